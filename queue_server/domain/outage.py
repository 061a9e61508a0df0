"""Numbers on paper while nothing works: which they are, and what of them may be entered afterwards.

A sheet of numbers is printed beforehand. Its prefix reads as no service's own, so that a number says by itself that it
is of the paper; it belongs to no series of the day, whose numbers go on without gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from .day import local_date
from .numbering import normalise, number, seq_of
from .site import CLASSES, GROUP_MOST, Class, Site

_BEFORE = "PVZ"
MOST = 300  # entries at a time
Fault = Literal[
    "unknown_service",
    "class_not_offered",
    "not_of_the_sheet",
    "number_twice",
    "number_taken",
    "group_too_large",
    "not_of_the_day",
    "not_yet_past",
    "times_out_of_order",
    "half_told",
    "unknown_counter",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the paper. Of a visit that is over all three times are told, and the counter."""

    number: str
    service: str
    class_: Class
    people: int
    came_at: datetime
    called_at: datetime | None = None
    served_at: datetime | None = None
    finished_at: datetime | None = None
    counter: str | None = None

    @property
    def times(self) -> tuple[datetime | None, ...]:
        """From the arrival to the end."""
        return (self.came_at, self.called_at, self.served_at, self.finished_at)

    @property
    def over(self) -> bool:
        """Whether the visit ended before it is entered."""
        return self.finished_at is not None

    @property
    def seq(self) -> int:
        """Where it stands on the sheet."""
        return seq_of(self.number)


def prefix(site: Site, service: str) -> str:
    """The prefix of a service's numbers on paper: the declared one, or the first of P, V and Z before its own that is
    nobody else's.

    Raises LookupError where all three are taken.
    """
    if declared := site.services[service].outage_prefix:
        return declared
    others = site.services.values()
    taken = {each.prefix for each in others} | {each.outage_prefix for each in others}
    own = site.services[service].prefix
    for letter in _BEFORE:
        if letter + own not in taken:
            return letter + own
    raise LookupError(own)


def prefix_or_none(site: Site, service: str) -> str | None:
    """The same; None where there is no sheet of the service."""
    try:
        return prefix(site, service)
    except LookupError:
        return None


def sheet(site: Site, service: str, count: int, first: int = 1) -> list[str]:
    """The numbers of a sheet, in order. Raises LookupError as ``prefix``."""
    before = prefix(site, service)
    return [number(before, seq) for seq in range(first, first + count)]


def faults(site: Site, entry: Entry, day: date, now: datetime) -> Iterator[tuple[str, Fault]]:
    """(field, what is wrong with it) of one entry, taken by itself."""
    service = site.services.get(entry.service)
    if service is None:
        yield "service", "unknown_service"
        return
    if entry.class_ not in CLASSES or entry.class_ not in site.offered(entry.service):
        yield "class", "class_not_offered"
    if entry.people > GROUP_MOST:
        yield "people", "group_too_large"
    known = normalise(entry.number)
    if known != entry.number or known.rstrip("0123456789") != prefix_or_none(site, entry.service):
        yield "number", "not_of_the_sheet"
    times = [at for at in entry.times if at is not None]
    if any(local_date(site, at) != day for at in times):
        yield "issued_at", "not_of_the_day"
    elif max(times) > now:
        yield "issued_at", "not_yet_past"
    elif times != sorted(times):
        yield "issued_at", "times_out_of_order"
    if len(times) not in (1, len(entry.times)):
        yield "finished_at", "half_told"
    counter = site.counters.get(entry.counter or "")
    if entry.over and (counter is None or entry.service not in counter.services):
        yield "counter", "unknown_counter"
