"""A closed month as open data: its rows out of the days' sheets, the file that holds them, and how a file is read.

``queue-server figures`` makes of a file what the public page says: both by ``domain/open_rows.py``.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from threading import Lock
from typing import IO, Any

from ..domain.open_rows import BROKEN, GIVEN_UP, KEPT, NONE, SERVED, Figures, Row, anonymous
from ..store import numbers
from .calendar import Period, month_of
from .export import safe
from .sheet import KEPT as KEPT_FLAG
from .sheet import PROMISED, VISIT, WAIT, Sheet

ALL = "(all)"
COLUMNS = ("site", "month", *(one.name for one in fields(Row)))
FIGURES = ("site", "from", "to", "service", *(one.name for one in fields(Figures)))
_OUTCOMES = {"completed": SERVED, "cancelled": GIVEN_UP, "expired": GIVEN_UP}  # any other is called what it is
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_NUMBERS = ("hour_from", "hour_to", "wait_min", "service_min")


class NotOpenData(ValueError):
    """A file is not one of ours."""


@dataclass(frozen=True, slots=True)
class Month:
    """A closed month of a site, as everybody may have it."""

    site: str
    period: Period
    days: int  # on which numbers were taken
    rows: tuple[Row, ...]
    names: Mapping[str, Mapping[str, str]]  # of the services that its rows name, by language
    refused: int = 0  # requests for a number: no row, for nobody had one
    corrected: tuple[tuple[str, str, int], ...] = ()  # what was put right afterwards: day, why, of how many things

    @property
    def written(self) -> str:
        """``2026-11``."""
        return f"{self.period.first:%Y-%m}"


def month_named(text: str, today: date) -> Period | None:
    """The month of that name, if it is over; None for one that runs, is to come, or is none."""
    found = _MONTH.fullmatch(text)
    period = month_of(date(int(found[1]), int(found[2]), 1)) if found else None
    return period if period and period.last < today else None


def month(site: str, period: Period, sheets: Sequence[Sheet]) -> Month:
    """A month out of the sheets of its days."""
    raw = [row for sheet in sheets for row in _rows(sheet)]
    rows = anonymous(raw)
    named = {row.service for row in rows}
    names = {one["id"]: one["name"] for sheet in sheets for one in sheet.dims.services if one["id"] in named}
    days = sum(1 for sheet in sheets if len(sheet.tables["number"]))
    refused = sum(len(sheet.tables["refusal"]) for sheet in sheets)
    corrected = tuple((one["day"], one["why"], one["n"]) for sheet in sheets for one in sheet.dims.corrected)
    return Month(site, period, days, rows, names, refused, corrected)


def _rows(sheet: Sheet) -> Iterator[Row]:
    """A day's numbers, each with its first wait, its service, and what became of it."""
    numbers, spells = sheet.tables["number"], sheet.tables["spell"]
    waits: dict[int, float] = {}
    served: dict[int, float] = {}
    promises: dict[int, str] = {}
    for kind, of, flags, seconds in zip(
        *(spells[name].tolist() for name in ("kind", "of", "flags", "seconds")), strict=True
    ):
        if kind == WAIT:
            waits.setdefault(of, seconds)
        elif kind == VISIT:
            served[of] = served.get(of, 0.0) + seconds
            if flags & PROMISED:
                kept = flags & KEPT_FLAG and promises.get(of) != BROKEN
                promises[of] = KEPT if kept else BROKEN
    services, outcomes = sheet.dims.services, sheet.dims.outcomes
    columns = (numbers[name].tolist() for name in ("series", "hour", "outcome"))
    for of, (series, hour, outcome) in enumerate(zip(*columns, strict=True)):
        ended = outcomes[outcome]
        times = _minutes(waits.get(of)), _minutes(served.get(of))
        yield Row(services[series]["id"], hour, hour, _OUTCOMES.get(ended, ended), *times, promises.get(of, NONE))


def _minutes(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds // 60)


def write(found: Month, file: IO[str]) -> None:
    """The rows as a file."""
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(COLUMNS)
    for row in found.rows:
        out.writerow([found.site, found.written, *(safe("" if one is None else one) for one in astuple(row))])


def read(file: Iterable[str]) -> dict[tuple[str, str], list[Row]]:
    """(site, month) -> the rows of a file. Raises :class:`NotOpenData`, with the line that is wrong."""
    lines = csv.DictReader(file)
    if tuple(lines.fieldnames or ()) != COLUMNS:
        raise NotOpenData(f"the first line should be {','.join(COLUMNS)}")
    found: dict[tuple[str, str], list[Row]] = {}
    for line in lines:
        try:
            numbers: dict[str, Any] = {name: int(line[name]) if line[name] else None for name in _NUMBERS}
        except (TypeError, ValueError):
            raise NotOpenData(f"line {lines.line_num} holds no whole numbers") from None
        words = {name: line[name] for name in ("service", "outcome", "promise")}
        found.setdefault((line["site"], line["month"]), []).append(Row(**words, **numbers))
    return found


def closed(conn: Any, site: str, first: date, last: date) -> list[Period]:
    """The months between two dates in which somebody had a number, the latest first."""
    days = numbers.days(conn, site, first, last)
    return [month_of(day) for day in sorted({day.replace(day=1) for day in days}, reverse=True)]


class OpenMonths:
    """The months that were asked for: each is made once, and again after a restore or a date put right."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, date], tuple[Any, Month]] = {}
        self._lock = Lock()

    def get(self, site: str, period: Period, life: Any) -> Month | None:
        """One that was made in this life of the site's record."""
        with self._lock:
            kept = self._kept.get((site, period.first))
        return kept[1] if kept and kept[0] == life else None

    def keep(self, found: Month, life: Any) -> None:
        """Remember it."""
        with self._lock:
            self._kept[found.site, found.period.first] = life, found


def cells(site: str, first: str, last: str, service: str, found: Figures) -> list[object]:
    """A line of figures, in the order of ``FIGURES``; "" where nothing is told."""
    return [site, first, last, service, *("" if one is None else one for one in astuple(found))]
