"""Booked places: made beforehand, by another system's list or on the hall's own page, and taken at the door by a code.

A code lies nowhere: what is kept of it is a keyed hash, beside the row and in no event. A place is taken from the
quota of its day when it is booked, and given back when it is released: cancelled, or missed.

When one may come says ``booking_rule.py``.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from .booking_events import Place
from .booking_rule import BookingRule
from .fold import Ticket
from .site import Site
from .ticket import State

AHEAD = timedelta(days=92)  # how far ahead a list may reach
KEPT = 7  # service days after its own a code is still somebody's; then its hash goes
KEPT_WITHIN = timedelta(days=92)  # where those days are looked for: a hall may be shut for long
MOST_LETTERS = 64  # of a code
_PUNCTUATION = re.compile(r"[\s.\-_/]+")


class BookingState(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    MISSED = "missed"  # its time is over, and nobody came
    CANCELLED = "cancelled"  # given back: by a later list that lacks it, or by its holder


class Ended(StrEnum):
    """Why a place of the hall's own page was given back."""

    BY_HOLDER = "holder"
    UNCONFIRMED = "unconfirmed"  # nobody said the day before that they will come


HELD = (BookingState.BOOKED, BookingState.CHECKED_IN)  # while it is so its place is taken


@dataclass(frozen=True, slots=True)
class Booking:
    """A booked place. ``slot``: the instant (UTC) that was booked; ``late``: it was let in after its time.

    ``own``: booked on the hall's own page, not by a list; then ``confirmed`` says whether it was said, the day before,
    that somebody will come, and ``ended`` why it was given back.
    """

    id: str
    site: str
    day: date
    service: str
    slot: datetime
    people: int
    state: BookingState
    late: bool = False
    ticket: str | None = None
    own: bool = False
    confirmed: bool = False
    ended: str | None = None

    @property
    def holds_place(self) -> bool:
        """Whether its place of the quota is taken."""
        return self.state in HELD

    @property
    def given_back(self) -> bool:
        """Whether it was cancelled before its time."""
        return self.state is BookingState.CANCELLED

    @property
    def expected(self) -> bool:
        """Whether nobody has come with it, and its time is not over."""
        return self.state is BookingState.BOOKED

    @property
    def may_come(self) -> bool:
        """Whether nobody has come with it who still might, in time or late."""
        return self.state in (BookingState.BOOKED, BookingState.MISSED)


def normalise_code(typed: str) -> str:
    """A code as it is hashed: without what people and scanners put between or around it, in capitals.

    A QR of our own holds a link, whose last part is the code.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if "://" in text:
        text = text.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return _PUNCTUATION.sub("", text).upper()


def code_hash(secret: bytes, site: str, code: str) -> str:
    """What is kept of a code: nobody finds it again without the server's secret, not by trying all of eight digits."""
    return hmac.new(secret, f"booking {site} {normalise_code(code)}".encode(), hashlib.sha256).hexdigest()


def codes_kept_since(opened: Sequence[date]) -> date | None:
    """The first day whose codes are kept on the last of these service days, oldest first; None: all are kept.

    By the days that were opened and not by the calendar: a clock that leaps a month ahead opens a single one, and
    once it is put right nobody's code is lost.
    """
    return opened[-1 - KEPT] if len(opened) > KEPT else None


def rule_of(site: Site, service: str) -> BookingRule:
    """The service's rule of the door; of one that has none any more, the usual one."""
    known = site.services.get(service)
    return (known.booking if known else None) or BookingRule()


def is_over(site: Site, one: Booking, now: datetime) -> bool:
    """Whether it is too late to come in time."""
    return now > rule_of(site, one.service).until(one.slot)


def may_come_again(ticket: Ticket, given_up: bool) -> bool:
    """Whether whoever had this number may have a new one by the same code: it ended with the day, which was opened
    again, or they had given it up themselves."""
    if ticket.state is State.EXPIRED:
        return ticket.carried_to is None
    return ticket.state is State.CANCELLED and given_up


def gave_back(ticket: Ticket | None) -> bool:
    """Whether the number of whoever came before has given the place back."""
    return ticket is not None and ticket.state is State.CANCELLED and not ticket.came


# -- a list against what is known


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that a list names."""

    hash: str
    slot: datetime
    people: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list of one day and service changes of the bookings that are known by their hashes."""

    added: tuple[Wanted, ...]
    changed: tuple[tuple[Booking, Wanted], ...]
    gone: tuple[Booking, ...]
    places: int

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.added or self.changed or self.gone)


def difference(
    known: Mapping[str, Booking], wanted: Sequence[Wanted], is_ahead: Callable[[datetime], bool]
) -> Difference:
    """A list replaces the one before it: what it lacks is cancelled, unless somebody has checked in.

    A missed place that is named again is booked again if one may still come for its slot (``is_ahead``): a clock that
    stood in the future had released it.
    """
    listed = {one.hash for one in wanted}
    added = tuple(one for one in wanted if one.hash not in known)
    both = [(known[one.hash], one) for one in wanted if one.hash in known]
    changed = tuple((old, new) for old, new in both if _differs(old, new, is_ahead))
    still = (BookingState.BOOKED, BookingState.MISSED)
    gone = tuple(one for hash, one in known.items() if hash not in listed and one.state in still)
    places = sum(one.people for one in added) - sum(_holds(one) for one in gone)
    places += sum(new.people - _holds(old) for old, new in changed)
    return Difference(added, changed, gone, places)


def _differs(old: Booking, new: Wanted, is_ahead: Callable[[datetime], bool]) -> bool:
    if old.state is BookingState.CHECKED_IN:
        return False
    if old.state is BookingState.MISSED and is_ahead(new.slot):
        return True
    return old.state is BookingState.CANCELLED or (old.slot, old.people) != (new.slot, new.people)


def _holds(one: Booking) -> int:
    """How many places it has of its day's quota."""
    return one.people if one.state in HELD else 0


def misses(missed: Iterable[Booking]) -> list[Place]:
    """What the quotas get back of those that were missed."""
    back: dict[tuple[date, str], int] = {}
    for one in missed:
        back[one.day, one.service] = back.get((one.day, one.service), 0) + one.people
    return [[day.isoformat(), service, n] for (day, service), n in sorted(back.items())]


# -- how a day's bookings went


class Went(TypedDict):
    """How many bookings: ``booked`` in all but those given back; ``came`` with those who ``came_late``."""

    booked: int
    came: int
    came_late: int
    missed: int
    given_back: int
    to_come: int


def went(bookings: Iterable[Booking]) -> Went:
    """Count a day's bookings."""
    all_of_them = list(bookings)
    of = {state: [one for one in all_of_them if one.state is state] for state in BookingState}
    came = of[BookingState.CHECKED_IN]
    return {
        "booked": len(all_of_them) - len(of[BookingState.CANCELLED]),
        "came": len(came),
        "came_late": sum(one.late for one in came),
        "missed": len(of[BookingState.MISSED]),
        "given_back": len(of[BookingState.CANCELLED]),
        "to_come": len(of[BookingState.BOOKED]),
    }
