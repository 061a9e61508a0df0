"""The sheets of a period: those that are kept, and of the other days made anew; and what keeps them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from ..domain.site import Site
from ..queries.snapshot import Reader
from ..store import events, sheets
from ..store.cursors import Position
from ..store.engine import reading_apart
from ..store.structure import site_row
from ..store.structures import Structures
from .booked import add_bookings
from .days_recorded import DaysRecorded
from .of_site import OfSite
from .sheet import VERSION, Sheet, packed, unpacked

EVERY_S = 5.0  # between two days that a server makes beside its work
LOOK_EVERY_S = 60.0  # for days that are over and have no sheet

Write = Callable[[Any], Any]
Job = Callable[[], Any]


def of_period(conn: Any, site: Site, structures: Structures, first: date, last: date) -> list[Sheet]:
    """The sheets of all days from ``first`` to ``last`` of which anything is recorded, oldest first."""
    written = sheets.kept(conn, site.id, VERSION, first, last)
    recorded = DaysRecorded(conn, structures, site)
    days = events.days(conn, site.id, first, last)
    found = [unpacked(written[day]) if day in written else recorded.sheet(day) for day in days]
    add_bookings(conn, site, found)
    return found


def lacking(conn: Any, site: str) -> list[date]:
    """The days that are over and have no sheet, the latest first: those are asked for most."""
    row = site_row(conn, site)
    if row is None or row.day is None:
        return []
    known = sheets.days(conn, site, VERSION)
    every = events.days(conn, site, date.min, row.day)
    return [day for day in reversed(every) if day not in known and (day < row.day or row.day_closed)]


def make(conn: Any, site: Site, structures: Structures, day: date) -> tuple[Position, bytes]:
    """A day's sheet of a snapshot, and the position that it tells everything up to."""
    row = site_row(conn, site.id)
    return (row.epoch, row.revision), packed(DaysRecorded(conn, structures, site).sheet(day))


@dataclass(frozen=True, slots=True)
class Missing(OfSite):
    """Makes the latest day's sheet that is not there; None: none is missing. It can be asked in another process."""

    def __call__(self) -> tuple[Position, date, bytes] | None:
        """(position that it tells everything up to, day, sheet)."""
        with self.reading() as conn:
            day = next(iter(lacking(conn, self.site.id)), None)
            if day is None:
                return None
            position, sheet = make(conn, self.site, self.structures, day)
            return position, day, sheet


class Keeper:
    """Has the missing sheets of a server made, one every few seconds, while its follower has nothing to read."""

    def __init__(
        self,
        reader: Reader,
        structures: Structures,
        run: Callable[[Job], Any],
        off_hub: Callable[..., Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``run``: does a piece of work where it holds nobody up."""
        self._url = reader.url.render_as_string(hide_password=False)
        self._structures, self._run, self._off_hub, self._clock = structures, run, off_hub, clock
        self._next: dict[str, float] = {}

    def __call__(self, site: str, at: Position) -> Write | None:
        """What is to be written at a site that stands at a position; None: nothing now."""
        if site not in self._structures or self._clock() < self._next.get(site, 0.0):
            return None
        found = None
        if self._off_hub(self._lacks, site):  # so that no process is started to find nothing
            found = self._run(Missing(self._url, self._structures[site], self._structures.build))
        self._next[site] = self._clock() + (EVERY_S if found else LOOK_EVERY_S)
        if found is None or found[0] != at:
            return None
        position, day, sheet = found
        return partial(sheets.keep, site=site, day=day, version=VERSION, at=position, sheet=sheet)

    def _lacks(self, site: str) -> bool:
        with reading_apart(self._url) as conn:
            return bool(lacking(conn, site))


def make_all(
    reader: Reader, site: Site, structures: Structures, aside: Callable[[], Any]
) -> Iterator[tuple[date, int]]:
    """Make every missing sheet, the latest first; each day once it is written, and how many are left.

    Broken off, it goes on where it was. A server may be running: a day to which something happens meanwhile is left
    to be made later.
    """
    with reader.connect() as conn, conn.begin():
        days = lacking(conn, site.id)
    for n, day in enumerate(days):
        with reader.connect() as conn, conn.begin():
            position, sheet = make(conn, site, structures, day)
        with aside() as conn:
            sheets.keep(conn, site.id, day, VERSION, position, sheet)
        yield day, len(days) - n - 1
