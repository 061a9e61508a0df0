"""The Indonesian announcement of a call, as names of recorded clips and as text.

Words with more to come in one breath are recordings of their own, said briskly: ``satu-cepat`` beside ``satu``.
"""

import re
from collections.abc import Sequence

LETTERS = {
    "A": "a", "B": "be", "C": "ce", "D": "de", "E": "e", "F": "ef", "G": "ge", "H": "ha", "I": "i",
    "J": "je", "K": "ka", "L": "el", "M": "em", "N": "en", "O": "o", "P": "pe", "Q": "ki", "R": "er",
    "S": "es", "T": "te", "U": "u", "V": "fe", "W": "we", "X": "eks", "Y": "ye", "Z": "zet",
}  # fmt: skip
DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
TEENS = ("sepuluh", "sebelas", *(f"{digit} belas" for digit in DIGITS[2:]))
TENS = tuple(f"{digit} puluh" for digit in DIGITS[2:])
HUNDRED = "seratus"

NUMBER, GO_TO, COUNTER, LOOK = "nomor antrean", "silakan menuju loket", "loket", "silakan lihat layar"
PAUSE, GAP = "jeda", "sela"  # clips of silence: between number and counter; between letters and digits
BRISK = "-cepat"

_LAST_READ_AS_NUMBER = 199
_SPELLED_LETTERS = 2  # "Loket AB" is spelled; a longer run of letters is a word, and no clip says it
_OWN_WORD = re.compile(rf"^\s*{COUNTER}(?![^\W\d_])", re.IGNORECASE)  # "Loket" in "Loket 2" is a clip already
_PARTS = re.compile(r"[^\W\d_]+|\d+")


def clips(number: str, counter_name: str) -> dict[str, list[str]]:
    """Clip names in order: ``id`` in full, ``id_short`` (number and counter) when more calls wait to be spoken."""
    said, place = _spelled(number), _place(counter_name)
    calm = [_clip(NUMBER), *(name for word in said for name in (GAP, _clip(word))), PAUSE]
    brisk = [_clip(word) + BRISK for word in said]
    if place is None:
        return {"id": [*calm, _clip(LOOK)], "id_short": [*brisk, PAUSE, _clip(LOOK)]}
    there = [*(_clip(word) + BRISK for word in place[:-1]), _clip(place[-1])]
    return {"id": [*calm, _clip(GO_TO), *there], "id_short": [*brisk, _clip(COUNTER), *there]}


def spoken(number: str, counter_name: str) -> str:
    """The full announcement as a sentence for a screen reader: letters stay letters, and any counter has its name."""
    place = _place(counter_name)
    there = f"silakan menuju {counter_name.strip()}" if counter_name.strip() else LOOK
    where = there if place is None else " ".join([GO_TO, *place])
    return f"{' '.join([NUMBER.capitalize(), *_spelled(number)])}, {where}."


def vocabulary() -> dict[str, str]:
    """Every clip that an announcement may name and what it says; a comma at the end: more comes in the same breath."""
    words = {
        _clip(NUMBER): f"{NUMBER},",
        _clip(GO_TO): f"{GO_TO},",
        _clip(COUNTER): f"{COUNTER},",
        _clip(LOOK): f"{LOOK}.",
    }
    for word in (*LETTERS, *DIGITS, *TEENS, *TENS, HUNDRED):
        words[_clip(word)] = f"{LETTERS.get(word, word)}."
    for word in (*LETTERS, *DIGITS, *TENS, HUNDRED):
        words[_clip(word) + BRISK] = f"{LETTERS.get(word, word)},"
    return words


def _spelled(text: str) -> list[str]:
    """Letters and digits one by one, nothing else: ``PJ-001`` is P, J, nol, nol, satu."""
    return [DIGITS[int(char)] if char in "0123456789" else char for char in text.upper() if char in _SPEAKABLE]


def _place(counter_name: str) -> list[str] | None:
    """The words after *loket*; None if the clips cannot say all of them (half a name would send people astray)."""
    words: list[str] = []
    for part in _PARTS.findall(_OWN_WORD.sub("", counter_name)):
        if not set(part.upper()) <= _SPEAKABLE or (part.isalpha() and len(part) > _SPELLED_LETTERS):
            return None
        words += _counted(part) if part.isdigit() else _spelled(part)
    return words or None


def _counted(digits: str) -> Sequence[str]:
    """A counter's number as people say it: 23 is *dua puluh tiga*; 007 and 204 are spelled."""
    value = int(digits)
    if digits.startswith("0") or value > _LAST_READ_AS_NUMBER:
        return _spelled(digits)
    if value < 10:
        return [DIGITS[value]]
    if value < 20:
        return [TEENS[value - 10]]
    if value < 100:
        return [TENS[value // 10 - 2], *_rest(value % 10)]
    return [HUNDRED, *_rest(value - 100)]


def _rest(value: int) -> Sequence[str]:
    return _counted(str(value)) if value else []


def _clip(word: str) -> str:
    return word.lower().replace(" ", "-")


_SPEAKABLE = frozenset([*LETTERS, *"0123456789"])
