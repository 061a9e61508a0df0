"""An announcement names its number letter by letter, digit by digit, and its counter as people say it."""

import string
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice.counter_name import counter_words, plain, unsaid
from queue_server.voice.packs import installed
from queue_server.voice.phrases import LETTERS, clips, needed, spoken, vocabulary
from queue_server.voice.words import SAME, WORDS

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
        ("Loket 12A", "dua-belas-cepat a"),
        ("11B", "sebelas-cepat b"),
        ("14-1", "empat-belas-cepat strip-cepat satu"),
        ("Loket 10/2", "sepuluh-cepat garis-miring-cepat dua"),
        ("Loket 2.1", "dua-cepat titik-cepat satu"),
        ("Loket 20 1", "dua-puluh-cepat jeda satu"),
        ("Lokét 2", "dua"),
        ("Loket Prioritas 2", "prioritas-cepat dua"),
        ("Loket KTP 3", "k-cepat t-cepat p-cepat tiga"),
        ("LOKET BPJS", "b-cepat p-cepat j-cepat s"),
        ("Loket III", "tiga"),
        ("Loket Dua", "dua"),
        ("Loket", ""),
    ],
)
def test_counters_are_read_as_people_say_them(name, words):
    full, short = clips("A001", name).values()
    assert full[full.index("silakan-menuju-loket") + 1 :] == words.split()
    assert short[short.index("loket") + 1 :] == words.split()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ruang 3", "ruang-cepat tiga"),
        ("Meja 12A", "meja-cepat dua-belas-cepat a"),
        ("Gerai 20-1", "gerai-cepat dua-puluh-cepat strip-cepat satu"),
        ("Konter 7", "konter-cepat tujuh"),
        ("Counter 7", "konter-cepat tujuh"),
        ("kamar 2", "kamar-cepat dua"),
        ("BILIK B", "bilik-cepat b"),
        ("Pos Satu", "pos-cepat satu"),
        ("Pintu Timur", "pintu-cepat timur"),
        ("Meja Informasi", "meja-cepat informasi"),
        ("Ruang Loket 2", "ruang-cepat loket dua"),
        ("Kasir", "kasir"),
    ],
)
def test_a_place_that_is_no_counter_is_called_by_its_own_word(name, words):
    full, short = clips("A001", name).values()
    assert full[full.index("silakan-menuju") + 1 :] == words.split()
    assert short[4:] == words.split()
    assert "silakan-menuju-loket" not in full


@pytest.mark.parametrize("name", ["Loket Disporapar", "Ruang Disporapar 2", "Loket ø", "", "Loket ٣", "服务台"])
def test_a_counter_the_clips_cannot_say_sends_people_to_the_screen(name):
    """Half of a name (*loket dua* for *Loket Disporapar 2*) would send them to the wrong place."""
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
    assert spoken("A001", "Meja Informasi") == "Nomor antrean A nol nol satu, silakan menuju meja informasi."
    assert spoken("A001", "Loket 20 1") == "Nomor antrean A nol nol satu, silakan menuju loket dua puluh satu."
    assert spoken("A001", "Disporapar") == "Nomor antrean A nol nol satu, silakan menuju Disporapar."
    assert spoken("A001", " ") == "Nomor antrean A nol nol satu, silakan lihat layar."


# Names as halls give them: a word, a number, a letter, a second number, in any case and with any mark between.
WORD = st.sampled_from(["", *sorted(WORDS), *SAME, "KTP", "BPJS", "Disporapar", "Lokét"])
CODE = st.tuples(
    st.sampled_from(["", *map(str, range(1, 205))]),
    st.sampled_from(["", "A", "b", "AB"]),
    st.sampled_from(["", "-1", " 2", "/3", ".4", "–5", ", 6"]),
).map("".join)
WRITTEN = st.sampled_from([str, str.upper, str.lower, str.title])
NAMES = st.builds(lambda word, other, code, write: write(f"{word} {other} {code}"), WORD, WORD, CODE, WRITTEN)


@given(NUMBERS, st.one_of(st.text(max_size=20), NAMES))
def test_whatever_a_counter_is_called_it_is_spoken_whole_or_its_unsaid_part_is_named(number, counter):
    voice = installed()["id"]
    for form in clips(number, counter).values():
        assert voice.missing(form) == []
        assert ("silakan-lihat-layar" in form) == (counter_words(counter) is None)
    named = any(char.isalnum() for char in plain(counter))
    assert (counter_words(counter) is None) == bool(unsaid(counter)) or not named


@given(CODE, CODE)
def test_counters_numbered_otherwise_sound_otherwise(one, other):
    def sound(code: str) -> list[str]:
        return clips("A001", f"Ruang {code}")["id"]

    def read(code: str) -> str:
        return code.upper().lstrip("-/., –")

    assert (sound(one) == sound(other)) == (read(one) == read(other))


def test_what_a_hall_needs_beforehand_is_every_clip_of_every_call():
    beforehand = set(needed(["A", "PJ"], ["Loket 2", "Ruang 12A"]))
    for number, name in product([f"{p}{n:03}" for p in ("A", "PJ") for n in range(1000)], ["Loket 2", "Ruang 12A"]):
        assert {clip for form in clips(number, name).values() for clip in form} <= beforehand
    assert "b" not in beforehand


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
