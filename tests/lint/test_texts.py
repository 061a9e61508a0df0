"""Every text on a screen exists in all three languages, with the same blanks to fill."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.world.tree import files, text

LANGUAGES = {"id", "en", "su"}
TEXTS = files(".toml", under=("config/text/",))


def blanks(words: str) -> set[str]:
    """The placeholders `{name}` in a text."""
    return set(re.findall(r"\{(\w+)\}", words))


def faults(rows: dict) -> list[str]:
    """What is wrong with a file's rows, by key."""
    found = []
    for key, row in rows.items():
        if not isinstance(row, dict) or set(row) != LANGUAGES:
            found.append(f"{key}: needs exactly {sorted(LANGUAGES)}")
        elif not all(isinstance(words, str) and words.strip() for words in row.values()):
            found.append(f"{key}: an empty text")
        elif len({frozenset(blanks(words)) for words in row.values()}) > 1:
            found.append(f"{key}: the languages differ in their {{blanks}}")
    return found


def test_there_are_texts():
    assert TEXTS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_row_has_three_full_texts(path: Path):
    assert not faults(tomllib.loads(text(path)))


@pytest.mark.parametrize(
    "row",
    [
        "a = { id = 'Halo', en = 'Hello' }",
        "a = { id = 'Halo', en = 'Hello', su = ' ' }",
        "a = { id = '{n} orang', en = '{n} people', su = 'jalma' }",
        "a = 'Halo'",
    ],
)
def test_a_poor_row_would_be_noticed(row):
    assert faults(tomllib.loads(row))


# One word a thing, and no word that another place has taught people to read otherwise.
SHUNNED = [
    ("su", r"\bantrian|\binformasi", "Sundanese says antrean and inpormasi"),
    ("id", r"panggilan terakhir", "at an airport the last call is the final one"),
    ("id", r"\bslip\b(?!=)|meja depan|ponsel|penyelia|\bkiosk\b(?!\?)|laporan masa|urungkan", "another word is ours"),
    ("id", r"dikehendaki|tidak terjangkau|\bbalai\b|sedang jeda|dahulu\b|\bkini\b", "no plain word"),
    (
        "su",
        r"\bslip\b(?!=)|méja payun|penyelia|\bkiosk\b(?!\?)|\bbalé\b|séép",
        "another word is ours, or spelling",
    ),
    ("en", r"\blast call", "at an airport the last call is the final one"),
    ("en", r"\bdisturbed\b|^look$|\byou look at\b|\bcertain number\b|\blater go to\b", "no native says so"),
]
WORDED = [*TEXTS, *files(".toml", under=("config/sites/",))]


@pytest.mark.parametrize(("language", "shunned", "why"), SHUNNED, ids=[f"{one[0]}-{one[2]}" for one in SHUNNED])
def test_no_text_uses_a_word_that_is_shunned(language, shunned, why):
    found = [words for path in WORDED for words in spoken(tomllib.loads(text(path)), language)]
    assert found
    assert not [words for words in found if re.search(shunned, words, re.IGNORECASE)], why


def spoken(value, language: str) -> list[str]:
    """Every text of a language, wherever it stands in a file."""
    if isinstance(value, list):
        return [words for one in value for words in spoken(one, language)]
    if not isinstance(value, dict):
        return []
    own = value.get(language, [])
    own = [own] if isinstance(own, str) else own if isinstance(own, list) else []
    here = [words for words in own if isinstance(words, str)] if set(value) & {"su", "en"} else []
    return here + [words for one in value.values() for words in spoken(one, language)]
