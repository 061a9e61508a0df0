"""What a follower declares: its name, the kinds of events it wants, and what it does with them.

There are two sorts. One *writes* tables of its own, in the transaction that moves its cursor: all it does is done once,
whatever dies. One *sends* to the world outside, where nothing can be taken back, and says what it promises.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from ..domain.fold import Event

Part = Callable[[Connection], None]  # a piece of a transaction: a few milliseconds

FRESH = timedelta(seconds=60)  # a follower that sends at most once drops what is older


class Promise(StrEnum):
    """What becomes of a revision when a process dies between acting and noting it, and at a new epoch.

    ``AGAIN``: it is sent at least once and in order; a new epoch is read on into from the cursor.
    ``ONCE``: it is sent at most once, within a minute or never; what lies before a new epoch is passed over.
    """

    AGAIN = "again"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Writes:
    """A follower that writes tables of its own. At a new epoch it reads on from the cursor.

    ``parts`` says what a revision's events ask to be written, part by part, so that no transaction takes long: parts of
    one revision may be committed one after another, and all of them are done again if that is broken off. An act that
    must not be done twice is one part. ``whole`` says the same of everything that a site ever had, each thing once;
    ``afresh`` is done before it, in the transaction that puts the cursor back to the beginning.
    """

    name: str
    parts: Callable[[list[Event]], Iterable[Part]]
    whole: Callable[[Connection, str], Iterable[Part]]
    kinds: frozenset[str] = frozenset()  # none named: all
    afresh: Callable[[Connection, str], None] = lambda conn, site: None
    promise = Promise.AGAIN


@dataclass(frozen=True, slots=True)
class Sends:
    """A follower that tells the world outside: of one whole revision at a time, with no lock held.

    ``send`` ends within a few seconds, for its process has its turn only as long as a lease; it raises if it could not.
    """

    name: str
    promise: Promise
    send: Callable[[list[Event]], None]
    kinds: frozenset[str] = frozenset()  # none named: all


Follower = Writes | Sends


def wanted(follower: Follower, revision: list[Event]) -> list[Event]:
    """The events of a revision that a follower has asked for."""
    return [event for event in revision if not follower.kinds or event.kind in follower.kinds]


def is_fresh(revision: list[Event], now: datetime) -> bool:
    """Whether a revision happened within the last minute; not so one of a clock that was put back meanwhile."""
    return abs(now - revision[0].at) <= FRESH
