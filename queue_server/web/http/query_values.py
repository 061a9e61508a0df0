"""Single values of an address: short texts, and nothing that no form of ours sends."""

from datetime import date

from flask import request

from ...domain.errors import Code, QueueError

_LONGEST = 64  # characters of one value


def text(name: str) -> str | None:
    """A text that is said; None where nothing is. Raises ``invalid``."""
    said = request.args.get(name)
    if said is not None and (len(said) > _LONGEST or "\0" in said):
        raise QueueError(Code.INVALID, field=name)
    return said or None


def day_said(said: str) -> date | None:
    """The date that is written there; None for what is none, and for a year in which no hall is.

    At either end of the calendar an instant, or the day after, has no date.
    """
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None
