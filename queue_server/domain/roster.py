"""A day's roster: which account sits at which counter, from when to when."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .rights import Act, may
from .roles import Actor
from .site import Site


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of a day; ``begins`` and ``ends`` are wall-clock times as ``HH:MM``, the end of the day ``24:00``."""

    counter: str
    account: str
    begins: str
    ends: str

    def span(self, site: Site, day: date) -> tuple[datetime, datetime]:
        """The instants (UTC) at which it begins and ends."""
        return _instant(site, day, self.begins), _instant(site, day, self.ends)

    def overlaps(self, other: "Shift") -> bool:
        """Whether both are at work at one moment."""
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a shift cannot be: ``key`` is where it stands in the list."""

    key: str
    reason: str


def problems(
    site: Site, shifts: Sequence[Shift], people: Mapping[str, Actor], others: Sequence[Shift] = ()
) -> list[Problem]:
    """All that is wrong with a day's shifts, by their places in the list.

    ``people``: the accounts that may sign in, as they are on that day; ``others``: the day's shifts at the counters
    that are not the writer's to see to.
    """
    found = {*_alone(site, shifts, people), *_together(shifts, others)}
    return sorted(found, key=lambda one: (int(one.key.partition(".")[0]), one.key, one.reason))


def _alone(site: Site, shifts: Sequence[Shift], people: Mapping[str, Actor]) -> Iterator[Problem]:
    for n, shift in enumerate(shifts):
        counter, actor = site.counters.get(shift.counter), people.get(shift.account)
        if counter is None:
            yield Problem(f"{n}.counter", "unknown")
        if actor is None:
            yield Problem(f"{n}.account", "unknown")
        elif counter is not None and not may(actor, Act.WORK, site.id, counter.agency):
            yield Problem(f"{n}.account", "not_of_agency")
        if shift.begins >= shift.ends:
            yield Problem(f"{n}.to", "ends_before")


def _together(shifts: Sequence[Shift], others: Sequence[Shift]) -> Iterator[Problem]:
    """Of two in one list the later is told."""
    for n, shift in enumerate(shifts):
        for other in [*shifts[:n], *others]:
            if not shift.overlaps(other):
                continue
            if shift.counter == other.counter:
                yield Problem(f"{n}.from", "counter_overlap")
            elif shift.account == other.account:
                yield Problem(f"{n}.account", "account_overlap")


def version_of(shifts: Sequence[Shift]) -> str:
    """By which a roster that was looked at is told from another."""
    lines = sorted(f"{one.counter} {one.account} {one.begins} {one.ends}" for one in shifts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def now_on(shifts: Sequence[Shift], site: Site, day: date, now: datetime) -> Iterator[tuple[Shift, datetime]]:
    """(shift, when it began) of those that are at work now."""
    for shift in shifts:
        begins, ends = shift.span(site, day)
        if begins <= now < ends:
            yield shift, begins


def _instant(site: Site, day: date, text: str) -> datetime:
    hours, minutes = map(int, text.split(":"))
    whole, hours = divmod(hours, 24)
    local = datetime.combine(day + timedelta(days=whole), time(hours, minutes), tzinfo=site.timezone)
    return local.astimezone(UTC)
