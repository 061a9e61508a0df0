"""An announcement names its number letter by letter, digit by digit, and its counter as people say it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice.phrases import LETTERS, clips, spoken, vocabulary

NUMBERS = st.from_regex(r"[A-Z]{1,2}[0-9]{1,6}", fullmatch=True)


def test_full_form_of_the_example():
    assert clips("K001", "Loket 2")["id"] == [
        "nomor-antrean", "k", "nol", "nol", "satu-akhir", "jeda", "silakan-menuju-loket", "dua-akhir",
    ]  # fmt: skip


def test_short_form_is_number_and_counter_only():
    assert clips("K001", "Loket 2")["id_short"] == ["k", "nol", "nol", "satu", "loket", "dua-akhir"]


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_every_letter_is_its_own_clip(letter):
    full = clips(f"{letter}207", "Loket 1")["id"]
    assert full[1:5] == [letter.lower(), "dua", "nol", "tujuh-akhir"]
    assert clips("A001", f"Loket {letter}")["id"][-1] == f"{letter.lower()}-akhir"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("PJ009", "p j nol nol sembilan-akhir"),
        ("K1000", "k satu nol nol nol-akhir"),
        ("A12", "a satu dua-akhir"),
        ("A-012", "a nol satu dua-akhir"),
        ("k7", "k tujuh-akhir"),
        ("K", "k-akhir"),
    ],
)
def test_numbers_are_spelled(number, words):
    full = clips(number, "Loket 1")["id"]
    assert full[1 : full.index("jeda")] == words.split()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Loket 1", "satu-akhir"),
        ("Loket 10", "sepuluh-akhir"),
        ("Loket 11", "sebelas-akhir"),
        ("Loket 12", "dua-belas-akhir"),
        ("Loket 19", "sembilan-belas-akhir"),
        ("Loket 20", "dua-puluh-akhir"),
        ("Loket 23", "dua-puluh tiga-akhir"),
        ("Loket 99", "sembilan-puluh sembilan-akhir"),
        ("Loket 100", "seratus-akhir"),
        ("Loket 101", "seratus satu-akhir"),
        ("Loket 112", "seratus dua-belas-akhir"),
        ("Loket 130", "seratus tiga-puluh-akhir"),
        ("Loket 204", "dua nol empat-akhir"),
        ("Loket 05", "nol lima-akhir"),
        ("Loket A", "a-akhir"),
        ("Loket 4K", "empat k-akhir"),
        ("Loket A-12", "a dua-belas-akhir"),
        ("LOKET 3", "tiga-akhir"),
        ("Loket3", "tiga-akhir"),
        ("7", "tujuh-akhir"),
    ],
)
def test_counters_are_read_as_people_say_them(name, words):
    full, short = clips("A001", name).values()
    assert full[full.index("silakan-menuju-loket") + 1 :] == words.split()
    assert short[short.index("loket") + 1 :] == words.split()


@pytest.mark.parametrize("name", ["Meja Informasi", "Loket Prioritas 2", "Loket é", "Loket", "", "Loket ٣", "服务台"])
def test_a_counter_the_clips_cannot_say_sends_people_to_the_screen(name):
    """Half of a name (*loket dua* for *Loket Prioritas 2*) would send them to the wrong place."""
    assert clips("A001", name) == {
        "id": ["nomor-antrean", "a", "nol", "nol", "satu-akhir", "jeda", "silakan-lihat-layar"],
        "id_short": ["a", "nol", "nol", "satu-akhir", "jeda", "silakan-lihat-layar"],
    }


@pytest.mark.parametrize("counter", range(1, 100))
def test_every_counter_to_99_is_heard_as_its_own(counter):
    """No two counters sound alike, and the clips add up to the counter's number."""
    full = clips("A001", f"Loket {counter}")["id"]
    said = " ".join(vocabulary()[name].rstrip(".,") for name in full[full.index("silakan-menuju-loket") + 1 :])
    assert _value(said) == counter


def _value(said: str) -> int:
    words = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9}
    total = last = 0
    for word in said.split():
        if word in ("sepuluh", "sebelas"):
            return 10 if word == "sepuluh" else 11
        if word == "belas":
            return last + 10
        if word == "puluh":
            total, last = last * 10, 0
        else:
            last = words[word]
    return total + last


def test_spoken_text_for_a_screen_reader():
    assert spoken("K001", "Loket 2") == "Nomor antrean K nol nol satu, silakan menuju loket dua."
    assert spoken("PJ010", "Loket 23") == "Nomor antrean P J nol satu nol, silakan menuju loket dua puluh tiga."
    assert spoken("A001", "Meja Informasi") == "Nomor antrean A nol nol satu, silakan menuju Meja Informasi."
    assert spoken("A001", " ") == "Nomor antrean A nol nol satu, silakan lihat layar."


@given(NUMBERS, st.one_of(st.text(max_size=20), st.integers(0, 300).map("Loket {}".format)))
def test_whatever_is_called_only_known_clips_are_named(number, counter):
    for form in clips(number, counter).values():
        assert set(form) <= {*vocabulary(), "jeda"}


@given(NUMBERS, st.integers(1, 99))
def test_the_number_can_be_written_back_from_what_was_said(number, counter):
    """A listener who writes down what they hear has their ticket's number, in either form."""
    full, short = clips(number, f"Loket {counter}").values()
    assert _written(full[1 : full.index("jeda")]) == number
    assert _written(short[: short.index("loket")]) == number


def _written(names: list[str]) -> str:
    digits = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    heard = [name.removesuffix("-akhir") for name in names]
    return "".join(name.upper() if name.upper() in LETTERS else str(digits.index(name)) for name in heard)
