"""An announcement names its number letter by letter, digit by digit, and its counter as people say it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice.phrases import LETTERS, clips, spoken, vocabulary

NUMBERS = st.from_regex(r"[A-Z]{1,2}[0-9]{1,6}", fullmatch=True)


def test_full_form_of_the_example():
    assert clips("K001", "Loket 2")["id"] == [
        "nomor-antrean", "sela", "k", "sela", "nol", "sela", "nol", "sela", "satu",
        "jeda", "silakan-menuju-loket", "dua",
    ]  # fmt: skip


def test_short_form_is_number_and_counter_only():
    assert clips("K001", "Loket 2")["id_short"] == [
        "k-cepat", "nol-cepat", "nol-cepat", "satu-cepat", "loket", "dua",
    ]  # fmt: skip


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_every_letter_is_its_own_clip(letter):
    full = _heard(clips(f"{letter}207", "Loket 1")["id"])
    assert full[1:5] == [letter.lower(), "dua", "nol", "tujuh"]
    assert clips("A001", f"Loket {letter}")["id"][-1] == f"{letter.lower()}"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("PJ009", "p j nol nol sembilan"),
        ("K1000", "k satu nol nol nol"),
        ("A12", "a satu dua"),
        ("A-012", "a nol satu dua"),
        ("k7", "k tujuh"),
        ("K", "k"),
    ],
)
def test_numbers_are_spelled(number, words):
    full = _heard(clips(number, "Loket 1")["id"])
    assert full[1 : full.index("jeda")] == words.split()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Loket 1", "satu"),
        ("Loket 10", "sepuluh"),
        ("Loket 11", "sebelas"),
        ("Loket 12", "dua-belas"),
        ("Loket 19", "sembilan-belas"),
        ("Loket 20", "dua-puluh"),
        ("Loket 23", "dua-puluh-cepat tiga"),
        ("Loket 99", "sembilan-puluh-cepat sembilan"),
        ("Loket 100", "seratus"),
        ("Loket 101", "seratus-cepat satu"),
        ("Loket 112", "seratus-cepat dua-belas"),
        ("Loket 130", "seratus-cepat tiga-puluh"),
        ("Loket 204", "dua-cepat nol-cepat empat"),
        ("Loket 05", "nol-cepat lima"),
        ("Loket A", "a"),
        ("Loket 4K", "empat-cepat k"),
        ("Loket A-12", "a-cepat dua-belas"),
        ("LOKET 3", "tiga"),
        ("Loket3", "tiga"),
        ("7", "tujuh"),
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
        "id": [
            "nomor-antrean",
            "sela",
            "a",
            "sela",
            "nol",
            "sela",
            "nol",
            "sela",
            "satu",
            "jeda",
            "silakan-lihat-layar",
        ],
        "id_short": ["a-cepat", "nol-cepat", "nol-cepat", "satu-cepat", "jeda", "silakan-lihat-layar"],
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
        assert set(form) <= {*vocabulary(), "jeda", "sela"}


@given(NUMBERS, st.integers(1, 99))
def test_the_number_can_be_written_back_from_what_was_said(number, counter):
    """A listener who writes down what they hear has their ticket's number, in either form."""
    full, short = clips(number, f"Loket {counter}").values()
    assert _written(_heard(full)[1 : _heard(full).index("jeda")]) == number
    assert _written(short[: short.index("loket")]) == number


def _heard(names: list[str]) -> list[str]:
    return [name for name in names if name != "sela"]


def _written(names: list[str]) -> str:
    digits = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    heard = [name.removesuffix("-cepat") for name in names]
    return "".join(name.upper() if name.upper() in LETTERS else str(digits.index(name)) for name in heard)
