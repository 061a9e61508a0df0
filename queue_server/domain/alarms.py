"""An alarm that somebody took upon themselves is quiet until it is worse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Of these the cause moves on, while the trouble is the same: the next in a line waits too long, another call jumps it.
# A supervisor who sees to it is not asked anew each time, only once it is worse.
GOES_ON = frozenset({"wait_over", "out_of_order"})
OUT_OF_ORDER, WITHIN = 3, timedelta(minutes=60)  # so many calls past others at one counter are something to look at

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


def same_trouble(kind: str, since: datetime | None) -> datetime | None:
    """By which beginning a trouble is known again; None: it is one and the same, as long as it lasts."""
    return None if kind in GOES_ON else since


def jumped(calls: Iterable[tuple[str, datetime]], now: datetime) -> dict[str, list[datetime]]:
    """counter -> when it called past others of late, where it did so often enough to be looked at; oldest first."""
    recent: dict[str, list[datetime]] = {}
    for counter, at in calls:
        if now - at < WITHIN:
            recent.setdefault(counter, []).append(at)
    return {counter: times for counter, times in recent.items() if len(times) >= OUT_OF_ORDER}
