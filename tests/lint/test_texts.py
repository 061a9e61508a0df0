"""Every text on a screen exists in all three languages, with the same blanks to fill."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.lint.tree import files, text

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
