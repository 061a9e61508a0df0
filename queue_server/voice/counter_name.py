"""A counter's name as the words that say it: *Ruang 12A* is *ruang, dua belas, A*."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from .words import BETWEEN, COUNTER, PLACES, ROMAN, SAME, WORDS

LETTERS = {
    "A": "a", "B": "be", "C": "ce", "D": "de", "E": "e", "F": "ef", "G": "ge", "H": "ha", "I": "i",
    "J": "je", "K": "ka", "L": "el", "M": "em", "N": "en", "O": "o", "P": "pe", "Q": "ki", "R": "er",
    "S": "es", "T": "te", "U": "u", "V": "fe", "W": "we", "X": "eks", "Y": "ye", "Z": "zet",
}  # fmt: skip
DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
TEENS = ("sepuluh", "sebelas", *(f"{digit} belas" for digit in DIGITS[2:]))
TENS = tuple(f"{digit} puluh" for digit in DIGITS[2:])
HUNDRED = "seratus"
PAUSE = "jeda"  # a clip of silence
SPEAKABLE = frozenset([*LETTERS, *"0123456789"])

_LAST_READ_AS_NUMBER = 199
_SPELLED_LETTERS = 2  # "Loket AB" is spelled; a longer run of letters is a word or an abbreviation
_ABBREVIATION = 5  # letters of the longest one: "KTP", "BPJS"
_PARTS = re.compile(r"[^\W\d_]+|\d+")


def counter_words(counter_name: str) -> list[str] | None:
    """The words that say where to go, letters as capitals; None if no clip says one of them.

    Half of a name would send people astray: *loket dua* for *Loket Disporapar 2*.
    """
    name = plain(counter_name)
    words: list[str] = []
    for between, part in _parts(name):
        said = _said(part, mixed=name != name.upper())
        if said is None:
            return None
        words += [*_joint(between, words, said), *said]
    if not words:
        return None
    return words if words[0] in PLACES else [COUNTER, *words]


def unsaid(counter_name: str) -> list[str]:
    """The parts of a name that no clip says, as they are written."""
    name = plain(counter_name)
    return [part for _, part in _parts(name) if _said(part, mixed=name != name.upper()) is None]


def plain(name: str) -> str:
    """Without the marks on letters, which change no sound here: ``Lokét`` is ``Loket``."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """Each run of letters or digits, with what stands before it."""
    end = 0
    for found in _PARTS.finditer(name):
        yield name[end : found.start()], found[0]
        end = found.end()


def _joint(between: str, before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What is said between two numbers, which would else run into one: ``20-1`` is not ``21``."""
    if before and before[-1] in _NUMBERS and after[0] in _NUMBERS:
        return [BETWEEN.get(between.strip()[:1], PAUSE)]
    return []


def _said(part: str, *, mixed: bool) -> list[str] | None:
    """The words of one run of letters or digits; None: no clip says it. ``mixed``: not all is in capitals."""
    if part.isdigit():
        return list(_counted(part)) if part.isascii() else None
    word = SAME.get(part.lower(), part.lower())
    if word in WORDS or word in _NUMBERS:
        return [word]
    if part in ROMAN:
        return list(_counted(str(ROMAN[part])))
    if not set(part.upper()) <= SPEAKABLE:
        return None
    return list(part.upper()) if _is_spelled(part, mixed) else None


def _is_spelled(part: str, mixed: bool) -> bool:
    """Whether letters are named one by one: *KTP* is no word, nor are two letters."""
    if len(part) <= _SPELLED_LETTERS:
        return True
    without_vowels = not set(part.upper()) & set("AEIOU")
    return part.isupper() and len(part) <= _ABBREVIATION and (mixed or without_vowels)


def _counted(digits: str) -> Sequence[str]:
    """A counter's number as people say it: 23 is *dua puluh tiga*; 007 and 204 are spelled."""
    if digits.startswith("0") or len(digits) > 3 or int(digits) > _LAST_READ_AS_NUMBER:
        return [DIGITS[int(digit)] for digit in digits]
    value = int(digits)
    if value < 10:
        return [DIGITS[value]]
    if value < 20:
        return [TEENS[value - 10]]
    if value < 100:
        return [TENS[value // 10 - 2], *_rest(value % 10)]
    return [HUNDRED, *_rest(value - 100)]


def _rest(value: int) -> Sequence[str]:
    return _counted(str(value)) if value else []


_NUMBERS = frozenset((*DIGITS, *TEENS, *TENS, HUNDRED))
