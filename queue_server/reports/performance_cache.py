"""The facts of days, each worked out once: what the public asks never slows the hall.

A day that is over cannot change within an epoch, unless a supervisor confirms its date after a false future one; its
facts are kept in memory. The running day's are worked out at most once a minute. All of it beside the hub, and one
after another.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from ..domain.day import local_date
from ..domain.open_rows import LEAST
from ..domain.site import Site
from ..queries.snapshot import Snapshot
from ..store import events, foretold, stays
from ..store.engine import reading_apart
from ..store.structures import Structures
from .days_recorded import DaysRecorded
from .excuses import Excuses
from .of_site import OfSite
from .performance import PERIODS, Day, Performance, facts, facts_of, looked_at, performance

RUNNING_FOR = timedelta(minutes=1)
_LONGEST = max(PERIODS, key=lambda period: PERIODS[period])

Read = Callable[[list[date]], list[Day]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a site stands: which day runs, and what makes remembered days worthless."""

    now: datetime
    today: date
    running: bool  # today's service day is open
    life: tuple[int, int]  # epoch, dates and past interruptions confirmed by hand


def standing(view: Snapshot) -> Standing:
    """Read it."""
    today = view.day or local_date(view.site, view.now)
    days = looked_at(_LONGEST, today)
    confirmed = events.days_confirmed(view.conn, view.site.id, days)
    confirmed += len(events.confirmed_later(view.conn, view.site.id, days[0], days[-1]))
    running = not view.day_closed and today == local_date(view.site, view.now)
    return Standing(view.now, today, running, (view.epoch, confirmed))


def read_days(url: str, site: Site, days: list[date], structures: Structures) -> list[Day]:
    """The facts of some days, read on a connection of its own: for a thread beside the green hub.

    Each day is judged by what it promised itself, as in every other report.
    """
    with reading_apart(url) as conn:
        stale, recorded = stays.stale_days(conn, site.id), DaysRecorded(conn, structures, site)

        def read(day: date) -> Day:
            then = recorded.site(day)
            if stale is None or day in stale:
                later = events.confirmed_later(conn, site.id, day, day)
                return facts(site, day, [*events.of_days(conn, site.id, day, day), *later], then)
            written = stays.journeys(conn, site.id, day)  # says the same, in a fraction of the time
            excused = Excuses(then, events.of_interruptions(conn, site.id, day, day))
            refused, as_told = events.refused(conn, site.id, day), foretold.of_day(conn, site.id, day)
            return facts_of(site, day, written, refused, excused, as_told, then)

        return [read(day) for day in days]


@dataclass(frozen=True, slots=True)
class PastDays(OfSite):
    """The same of many days; it can be asked in another process."""

    days: tuple[date, ...]

    def __call__(self) -> list[Day]:
        """The answer."""
        return read_days(self.url, self.site, [*self.days], self.structures)


@dataclass(slots=True)
class _Kept:
    """What is remembered of a site: at most the dates of the longest period, and the running day."""

    life: tuple[int, int]
    over: dict[date, Day] = field(default_factory=dict)
    running: Day | None = None
    counted_at: datetime | None = None
    shown: dict[str, Performance] = field(default_factory=dict)  # by period, as of ``counted_at``


class PerformanceCache:
    """What is known of every site's days."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._one_at_a_time = Lock()

    def performance(
        self, site: Site, period: str, at: Standing, read: Read, off_hub: Callable[..., Any] = lambda f, *a: f(*a)
    ) -> tuple[Performance, datetime]:
        """A period's figures, and when the running day's were worked out.

        ``read``: reads days where that holds nobody up; ``off_hub``: does what else is slow.
        """
        with self._one_at_a_time:
            kept = self._kept.get(site.id)
            if kept is None or kept.life != at.life:
                kept = self._kept[site.id] = _Kept(at.life)
            _bring_up(kept, looked_at(period, at.today), at, read)
            if period not in kept.shown:
                days = [*(kept.over[day] for day in looked_at(period, at.today)[:-1]), kept.running]
                kept.shown[period] = off_hub(performance, site, period, days, LEAST)
            return kept.shown[period], kept.counted_at or at.now


def _bring_up(kept: _Kept, wanted: list[date], at: Standing, read: Read) -> None:
    """Read what is not known yet, and today's if that is a minute old; forget what nobody can ask for any more."""
    for day in [day for day in kept.over if day not in looked_at(_LONGEST, at.today)[:-1]]:
        del kept.over[day]
    missing = [day for day in wanted[:-1] if day not in kept.over]
    if missing:
        kept.over |= {each.day: each for each in read(missing)}
    fresh = kept.counted_at is not None and timedelta() <= at.now - kept.counted_at < RUNNING_FOR
    if kept.running is None or kept.running.day != at.today or not fresh:
        (kept.running,) = read([at.today])
        kept.counted_at = at.now
        kept.shown.clear()
