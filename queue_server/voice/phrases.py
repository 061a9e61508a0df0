"""The Indonesian announcement of a call, as names of recorded clips and as text.

Words with more to come in one breath are recordings of their own, said briskly: ``satu-cepat`` beside ``satu``.
"""

from collections.abc import Iterable

from ..documents.board import Clips
from .counter_name import DIGITS, HUNDRED, LETTERS, PAUSE, SPEAKABLE, TEENS, TENS, counter_words
from .words import BETWEEN, COUNTER, WORDS

__all__ = ["BRISK", "GAP", "LETTERS", "PAUSE", "clips", "needed", "spoken", "vocabulary"]

NUMBER, GO_TO, GO_TO_COUNTER, LOOK = "nomor antrean", "silakan menuju", "silakan menuju loket", "silakan lihat layar"
GAP = "sela"  # a clip of silence between letters and digits; `PAUSE` stands between number and counter
BRISK = "-cepat"


def clips(number: str, counter_name: str) -> Clips:
    """Clip names in order: ``id`` in full, ``id_short`` (number and counter) when more calls wait to be spoken."""
    said, there = _spelled(number), counter_words(counter_name)
    calm = [_clip(NUMBER), *(name for word in said for name in (GAP, _clip(word))), PAUSE]
    brisk = [_brisk(word) for word in said]
    if there is None:
        return {"id": [*calm, _clip(LOOK)], "id_short": [*brisk, PAUSE, _clip(LOOK)]}
    if there[0] == COUNTER:  # known so well that it is said in one breath with the words before it
        rest = _breath(there[1:])
        return {"id": [*calm, _clip(GO_TO_COUNTER), *rest], "id_short": [*brisk, _clip(COUNTER), *rest]}
    return {"id": [*calm, _clip(GO_TO), *_breath(there)], "id_short": [*brisk, *_breath(there)]}


def spoken(number: str, counter_name: str) -> str:
    """The full announcement as a sentence for a screen reader: letters stay letters, and any counter has its name."""
    said = counter_words(counter_name)
    words = [word for word in said or [counter_name.strip()] if word != PAUSE]
    where = " ".join([GO_TO, *words]) if words != [""] else LOOK
    return f"{' '.join([NUMBER.capitalize(), *_spelled(number)])}, {where}."


def vocabulary() -> dict[str, str]:
    """Every clip that an announcement may name and what it says; a comma at the end: more comes in the same breath."""
    words = {
        _clip(NUMBER): f"{NUMBER},",
        _clip(GO_TO): f"{GO_TO},",
        _clip(GO_TO_COUNTER): f"{GO_TO_COUNTER},",
        _clip(COUNTER): f"{COUNTER},",
        _clip(LOOK): f"{LOOK}.",
    }
    named = sorted(WORDS - {COUNTER})
    for word in (*LETTERS, *DIGITS, *TEENS, *TENS, HUNDRED, *named):
        words[_clip(word)] = f"{LETTERS.get(word, word)}."
    for word in (*LETTERS, *DIGITS, *TEENS, *TENS, HUNDRED, *sorted(set(BETWEEN.values())), *named):
        words[_brisk(word)] = f"{LETTERS.get(word, word)},"
    return words


def needed(prefixes: Iterable[str], counter_names: Iterable[str]) -> list[str]:
    """Every clip that calls of these prefixes to these counters may name, sorted: what a display fetches beforehand."""
    number = "".join(sorted({*"".join(prefixes), *"0123456789"}))
    names = list(counter_names)
    calls = [clips(number, name) for name in names]
    return sorted({clip for call in calls for clip in (*call["id"], *call["id_short"])})


def _spelled(text: str) -> list[str]:
    """Letters and digits one by one, nothing else: ``PJ-001`` is P, J, nol, nol, satu."""
    return [DIGITS[int(char)] if char in "0123456789" else char for char in text.upper() if char in SPEAKABLE]


def _breath(words: list[str]) -> list[str]:
    """The clips of words said in one breath: all brisk but the last."""
    return [*map(_brisk, words[:-1]), *map(_clip, words[-1:])]


def _brisk(word: str) -> str:
    """The clip of a word with more to come; *loket* and the pause have one form for both."""
    return _clip(word) if word in (COUNTER, PAUSE) else _clip(word) + BRISK


def _clip(word: str) -> str:
    return word.lower().replace(" ", "-")
