"""An alarm that somebody took upon themselves is quiet until it is worse."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST = timedelta(minutes=5)  # nothing is twice as bad before it has lasted ten


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody sees to an alarm: which trouble it was (since when), and how bad."""

    by: str
    at: datetime
    since: datetime | None
    level: int


def level_of(since: datetime | None, at: datetime, now: datetime) -> int:
    """How bad a trouble is: 0 when it becomes an alarm (``at``), one more whenever its time has doubled since.

    A trouble without a time (a quota) is 0 until its own rule says more.
    """
    if since is None:
        return 0
    base = max(at - since, LEAST)
    return max(0, ((now - since) // base).bit_length() - 1)


def is_quiet(taken: Taken | None, since: datetime | None, level: int) -> bool:
    """Whether somebody sees to this very trouble, and it is no worse than they knew."""
    return taken is not None and taken.since == since and level <= taken.level
