"""What people write for every screen: one line of letters that can be seen, whatever somebody pasted."""

import unicodedata

from .errors import Code, QueueError

_SPACES = "\t\n\r"
# Controls, what turns or hides other letters (U+202E, letters of no width), halves of letters, what is no letter yet.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Me"})
_MOST_MARKS = 2  # one above another, on one letter: what no language here needs more of only covers its neighbours


def one_line(field: str, said: str, most: int) -> str:
    """The text in one line, with single spaces, composed (NFC).

    Raises ``invalid`` with a reason: ``empty``, ``too_long`` for more than ``most`` letters, ``unseen_letters`` for
    what would be hidden or would turn or cover other text. The error does not repeat the text.
    """
    if len(said) > 4 * most:  # before anything is done with it
        raise QueueError(Code.INVALID, field=field, reason="too_long", most=most)
    text = " ".join(unicodedata.normalize("NFC", said).split())
    if not text:
        raise QueueError(Code.INVALID, field=field, reason="empty")
    if len(text) > most:
        raise QueueError(Code.INVALID, field=field, reason="too_long", most=most)
    if any(_is_unseen(letter) for letter in said) or _covers(text):
        raise QueueError(Code.INVALID, field=field, reason="unseen_letters")
    return text


def _is_unseen(letter: str) -> bool:
    return letter not in _SPACES and unicodedata.category(letter) in _UNSEEN


def _covers(text: str) -> bool:
    marks = 0
    for letter in unicodedata.normalize("NFD", text):
        marks = marks + 1 if unicodedata.category(letter) in _MARKS else 0
        if marks > _MOST_MARKS:
            return True
    return False
