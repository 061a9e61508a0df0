"""Closed months as they are kept for everybody: what they come to, and the files, packed. No row stays in memory.

They are made beside the server (``reckoning/``): whatever loops over the numbers of a month is done there.
"""

import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from ..domain.open_beside import BesideFigures, beside
from ..domain.open_rows import Figures, by_service, figures
from ..queries.interruptions import begun_between
from . import open_data, sheets
from .calendar import Period
from .of_site import OfSite
from .open_data import Month
from .open_document import Meanings, written

MOST = 36  # that are kept: the months of a year and the years of two halls, and more
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Files:
    """A month's rows as files, packed as ``gzip`` does."""

    csv: bytes
    json: bytes


@dataclass(frozen=True, slots=True)
class Closed:
    """What one closed month comes to, or several together."""

    days: int  # on which numbers were taken
    total: Figures
    services: tuple[tuple[str, Figures], ...]
    names: Mapping[str, Mapping[str, str]]  # of those services, by language
    beside: BesideFigures
    files: Files | None  # of one month


@dataclass(frozen=True, slots=True)
class Question(OfSite):
    """What closed months of a site come to; it is asked in another process (as ``period_reader.Question`` is)."""

    periods: tuple[Period, ...]
    meanings: Meanings

    def __call__(self) -> Closed:
        """Read month by month, on one snapshot."""
        with self.reading() as conn:
            months = [self._month(conn, period) for period in self.periods]
        return closed(months, self.meanings)

    def _month(self, conn: Any, period: Period) -> Month:
        found = sheets.of_period(conn, self.site, self.structures, period.first, period.last)
        broken = begun_between(conn, self.site.id, period.first, period.last, {})
        return open_data.month(self.site.id, period, found, broken)


def closed(months: Sequence[Month], meanings: Meanings) -> Closed:
    """What months come to, of their rows."""
    rows = [one.rows for one in months]
    return Closed(
        days=sum(one.days for one in months),
        total=figures(row for own in rows for row in own),
        services=tuple(by_service(rows)),
        names={id: name for one in months for id, name in one.names.items()},
        beside=beside(row for one in months for row in one.beside),
        files=_files(months[0], meanings) if len(months) == 1 else None,
    )


def _files(month: Month, meanings: Meanings) -> Files:
    rows = io.StringIO()
    open_data.write(month, rows)
    return Files(*(gzip.compress(one, _LEVEL, mtime=0) for one in (rows.getvalue().encode(), written(month, meanings))))


class OpenMonths:
    """What was asked for: made once, and anew after a restore or a date put right. The longest unasked is forgotten."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, tuple[date, ...]], tuple[Any, Closed]] = {}
        self._lock, self._one_at_a_time = Lock(), Lock()

    def of(self, site: str, months: Sequence[Period], life: Any, make: Callable[[], Closed]) -> Closed:
        """What months come to, in this life of the site's record; of a month without numbers nothing is kept."""
        key = site, tuple(one.first for one in months)
        if kept := self._found(key, life):
            return kept
        with self._one_at_a_time:
            if kept := self._found(key, life):  # somebody else asked for the same
                return kept
            made = make()
            if made.days:
                self._keep(key, life, made)
            return made

    def _found(self, key: tuple[str, tuple[date, ...]], life: Any) -> Closed | None:
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is None or kept[0] != life:
                return None
            self._kept[key] = kept  # now the last to be forgotten
            return kept[1]

    def _keep(self, key: tuple[str, tuple[date, ...]], life: Any, made: Closed) -> None:
        with self._lock:
            self._kept[key] = life, made
            while len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
