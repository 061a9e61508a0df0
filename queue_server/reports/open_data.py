"""A closed month as open data: its rows out of the days' sheets, the file that holds them, and how a file is read.

``queue-server figures`` makes of a file what the public page says: both by ``domain/open_rows.py``.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime
from functools import cache
from itertools import chain, groupby, repeat
from typing import IO, Any

import numpy as np

from ..documents.interruptions import PastInterruption
from ..domain import open_beside
from ..domain.open_beside import KINDS, VERDICTS, Beside, BesideFigures, Verdict, refusals
from ..domain.open_rows import BROKEN, GIVEN_UP, KEPT, NONE, OUTSIDE, SERVED, WITHIN, Figures, Row, anonymous
from ..store import numbers
from .calendar import Period, month_of
from .export import safe
from .sheet import AS_TOLD, FORETOLD, PROMISED, VISIT, WAIT, Sheet
from .sheet import KEPT as KEPT_FLAG

ALL, NUMBER = "(all)", "number"
ROW = tuple(one.name for one in fields(Row))
COLUMNS = ("site", "month", *ROW, "kind", "cause", "verdict", "minutes", "count")
OLDER = COLUMNS[: COLUMNS.index("foretold")]  # of files that told numbers alone; those are read as ever
FIGURES = ("site", "from", "to", "service", *(one.name for one in (*fields(Figures), *fields(BesideFigures))))
_OUTCOMES = {"completed": SERVED, "cancelled": GIVEN_UP, "expired": GIVEN_UP}  # any other is called what it is
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_NUMBERS = ("hour_from", "hour_to", "wait_min", "service_min", "minutes", "count")
_PER_DAY = ("date", "reopening", "restore")  # corrections of which the days are counted; of the others, how many


class NotOpenData(ValueError):
    """A file is not one of ours."""


@dataclass(frozen=True, slots=True)
class Month:
    """A closed month of a site, as everybody may have it."""

    site: str
    period: Period
    days: int  # on which numbers were taken
    rows: tuple[Row, ...]
    beside: tuple[Beside, ...]  # days, refusals, interruptions, what was put right afterwards
    names: Mapping[str, Mapping[str, str]]  # of the services that its rows name, by language

    @property
    def written(self) -> str:
        """``2026-11``."""
        return f"{self.period.first:%Y-%m}"


def month_named(text: str, today: date) -> Period | None:
    """The month of that name, if it is over; None for one that runs, is to come, or is none."""
    found = _MONTH.fullmatch(text)
    period = month_of(date(int(found[1]), int(found[2]), 1)) if found else None
    return period if period and period.last < today else None


def month(site: str, period: Period, sheets: Sequence[Sheet], interruptions: Iterable[PastInterruption]) -> Month:
    """A month out of the sheets of its days, and the interruptions that began in it."""
    rows = anonymous(row for sheet in sheets for row in _rows(sheet))
    days = sum(1 for sheet in sheets if len(sheet.tables["number"]))
    refused = refusals(one for sheet in sheets for one in _refused(sheet))
    broken = [_interruption(one) for one in interruptions]
    beside = open_beside.in_order(days, [*refused, *broken, *_corrected(sheets)])
    named = {row.service for row in (*rows, *beside)}
    names = {one["id"]: one["name"] for sheet in sheets for one in sheet.dims.services if one["id"] in named}
    return Month(site, period, days, rows, beside, names)


def _refused(sheet: Sheet) -> Iterator[tuple[str, int, str]]:
    """A day's requests for a number that got none, each with service, hour and cause."""
    columns = (sheet.tables["refusal"][name].tolist() for name in ("service", "hour", "cause"))
    for service, hour, cause in zip(*columns, strict=True):
        yield sheet.dims.services[service]["id"], hour, sheet.dims.causes[cause]


def _interruption(one: PastInterruption) -> Beside:
    ended = datetime.fromisoformat(one["ended_at"]) if one["ended_at"] else None
    lasted = None if ended is None else (ended - datetime.fromisoformat(one["since"])).total_seconds()
    verdict: Verdict = "confirmed" if one["confirmed"] else "rejected" if one["rejected"] else "open"
    return open_beside.interruption(one["reason"], verdict, lasted)


def _corrected(sheets: Sequence[Sheet]) -> Iterator[Beside]:
    """What was put right afterwards, by its cause: how many things, or on how many days."""
    every = [one for sheet in sheets for one in sheet.dims.corrected]
    for why in sorted({one["why"] for one in every}):
        mine = [one for one in every if one["why"] == why]
        yield Beside(
            "corrected", why, len({one["day"] for one in mine}) if why in _PER_DAY else sum(one["n"] for one in mine)
        )


def _rows(sheet: Sheet) -> Iterator[Row]:
    """A day's numbers, each with its first wait, its service, and what became of it."""
    numbers, spells = sheet.tables["number"], sheet.tables["spell"]
    outcome = [_OUTCOMES.get(one, one) for one in sheet.dims.outcomes]
    service = [one["id"] for one in sheet.dims.services]
    wait, spent, promise, foretold = (np.full(len(numbers), one, object) for one in (None, None, NONE, NONE))
    waits, visits = (spells[spells["kind"] == kind] for kind in (WAIT, VISIT))
    waited, first = np.unique(waits["of"], return_index=True)
    wait[waited] = _minutes(waits["seconds"][first])
    served = np.unique(visits["of"])
    spent[served] = _minutes(np.bincount(visits["of"], visits["seconds"], len(numbers))[served])
    judged = visits[visits["flags"] & PROMISED > 0]
    promise[judged["of"]] = KEPT
    promise[judged["of"][judged["flags"] & KEPT_FLAG == 0]] = BROKEN  # one that was not kept is enough
    had_one = numbers["flags"] & FORETOLD > 0
    foretold[had_one] = OUTSIDE
    foretold[had_one & (numbers["flags"] & AS_TOLD > 0)] = WITHIN
    hour = numbers["hour"].tolist()
    named = (service[one] for one in numbers["series"].tolist()), hour, hour
    return map(Row, *named, (outcome[one] for one in numbers["outcome"].tolist()), wait, spent, promise, foretold)


def _minutes(seconds: Any) -> Any:
    return (seconds // 60).astype(int)


def write(found: Month, file: IO[str]) -> None:
    """The rows as a file: first of the numbers, then of what stands beside them."""
    out, written = csv.writer(file, lineterminator="\r\n"), cache(safe)
    out.writerow(COLUMNS)
    for row, n in chain(each(found.rows), each(found.beside)):
        said = {"site": found.site, "month": found.written, "kind": NUMBER, "count": 1, **row}
        out.writerows(repeat([written(said.get(name)) for name in COLUMNS], n))


def each(rows: Iterable[Row | Beside]) -> Iterator[tuple[dict[str, Any], int]]:
    """Each row by its columns, and how often it stands there one after another: alike ones are written alike."""
    for row, alike in groupby(rows):
        yield {name: getattr(row, name) for name in row.__slots__}, sum(1 for _ in alike)


@dataclass(slots=True)
class Contents:
    """What a file tells of a month."""

    rows: list[Row] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)


def read(file: Iterable[str]) -> dict[tuple[str, str], Contents]:
    """(site, month) -> what a file tells. Raises :class:`NotOpenData`, with the line that is wrong."""
    lines = csv.DictReader(file)
    if tuple(lines.fieldnames or ()) not in (COLUMNS, OLDER):
        raise NotOpenData(f"the first line should be {','.join(COLUMNS)}")
    found: dict[tuple[str, str], Contents] = {}
    for line in lines:
        try:
            said = {"kind": NUMBER, "count": "1", **line}
            numbers: dict[str, Any] = {name: int(said[name]) if said.get(name) else None for name in _NUMBERS}
        except (TypeError, ValueError):
            raise NotOpenData(f"line {lines.line_num} holds no whole numbers") from None
        cells = said | numbers
        contents = found.setdefault((said["site"], said["month"]), Contents())
        if said["kind"] == NUMBER:
            contents.rows.append(Row(**{name: cells.get(name, NONE) for name in ROW}))
        elif said["kind"] in KINDS and said["verdict"] in VERDICTS and cells["count"] is not None:
            contents.beside.append(Beside(**{one.name: cells[one.name] for one in fields(Beside)}))
        else:
            raise NotOpenData(f"line {lines.line_num} is of no kind that there is")
    return found


def closed(conn: Any, site: str, first: date, last: date) -> list[Period]:
    """The months between two dates in which somebody had a number, the latest first."""
    days = numbers.days(conn, site, first, last)
    return [month_of(day) for day in sorted({day.replace(day=1) for day in days}, reverse=True)]


def cells(
    site: str, first: str, last: str, service: str, found: Figures, beside: BesideFigures | None = None
) -> list[object]:
    """A line of figures, in the order of ``FIGURES``; "" where nothing is told, and beside those of one service."""
    rest = astuple(beside) if beside else (None,) * len(fields(BesideFigures))
    return [site, first, last, service, *("" if one is None else one for one in (*astuple(found), *rest))]
