"""What people write for every screen: one line of letters that can be seen, whatever somebody pasted."""

import unicodedata

from .errors import Code, QueueError

_SPACES = "\t\n\r"
# Controls, what turns or hides other letters (U+202E, letters of no width), halves of letters, what is no letter yet.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Me"})
# Letters, signs and marks that are drawn as nothing: fillers of Hangul, the empty Braille cell and their like.
_DRAWN_AS_NOTHING = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U0001d159"
)
_NEVER_DRAWN = ((0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))
_MOST_MARKS = 2  # one above another, on one letter: what no language here needs more of only covers its neighbours


def is_blank(text: str) -> bool:
    """Whether it leaves nothing to be seen: spaces, what is hidden or drawn as nothing, marks without a letter."""
    return all(_leaves_nothing(letter) for letter in text)


def _leaves_nothing(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return letter.isspace() or kind in {"Cc", "Cf", "Cs"} or kind in _MARKS or _is_drawn_as_nothing(letter)


def _is_drawn_as_nothing(letter: str) -> bool:
    return letter in _DRAWN_AS_NOTHING or any(first <= ord(letter) <= last for first, last in _NEVER_DRAWN)


def one_line(field: str, said: str, most: int) -> str:
    """The text in one line, with single spaces, composed (NFC).

    Raises ``invalid`` with a reason: ``empty``, ``too_long`` for more than ``most`` letters, ``unseen_letters`` for
    what would be hidden or would turn or cover other text. The error does not repeat the text.
    """
    if len(said) > 4 * most:  # before anything is done with it
        raise QueueError(Code.INVALID, field=field, reason="too_long", most=most)
    text = " ".join(unicodedata.normalize("NFC", said).split())
    if is_blank(text):
        raise QueueError(Code.INVALID, field=field, reason="empty")
    if len(text) > most:
        raise QueueError(Code.INVALID, field=field, reason="too_long", most=most)
    if any(_is_unseen(letter) for letter in said) or _covers(text):
        raise QueueError(Code.INVALID, field=field, reason="unseen_letters")
    return text


def _is_unseen(letter: str) -> bool:
    hidden = unicodedata.category(letter) in _UNSEEN or _is_drawn_as_nothing(letter)
    return hidden and letter not in _SPACES


def _covers(text: str) -> bool:
    marks = 0
    for letter in unicodedata.normalize("NFD", text):
        marks = marks + 1 if unicodedata.category(letter) in _MARKS else 0
        if marks > _MOST_MARKS:
            return True
    return False
