"""Figures by officer, for few eyes: each officer's own, and others' for whoever answers for their agency.

Of another's work nothing is told that fewer than ten visitors stand behind: so few say more of chance than of the
officer. Nothing stands in all, for medians do not add up and a sum less the lines would tell what is held back. These
figures are never public and in no evidence pack.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

import numpy as np

from ..documents.reports import OfficersFigures, OfficersReport, PeriodRow
from . import sheet, span
from .by import OFFICER
from .calendar import Period
from .filed import Filed, Write, filed
from .period import Grouping, Line, figures
from .period_report import filters, names_of
from .rows import Rows
from .sheet import Sheet
from .span import Wanted

FEW = 10  # visitors, and whatever a share or a percentile is reckoned of
NAME = "officers"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: the account whose figures are their own, and whether others' are shown. ``names``: of the accounts."""

    id: str
    others: bool
    names: Mapping[str, str]

    def limits(self, wanted: Wanted) -> Wanted:
        """What they asked about; of whom they may read."""
        return wanted if self.others else replace(wanted, officer=self.id)


def report(
    site: str, by: str, wanted: Wanted, periods: list[Period], found: list[Sheet], made_at: datetime,
    reader: Reader,
) -> OfficersReport:  # fmt: skip
    """The figures of officers, or of one of them line by line as ``by`` says, beside those of the period before."""
    asked = reader.limits(wanted)
    now, before = (_figures(*one, asked, by, reader) for one in zip(periods, found, strict=True))
    return {
        "site": site,
        "name": NAME,
        "by": by,
        "made_at": made_at.isoformat(timespec="seconds"),
        "filters": {**filters(asked), "officer": asked.officer},
        "own": not reader.others,
        **now,
        "previous": before,
    }


def with_choices(
    site: str, by: str, asked: Wanted, wanted: Wanted, periods: list[Period], made_at: datetime, reader: Reader,
    found: list[Sheet],
) -> tuple[OfficersReport, dict[str, str]]:  # fmt: skip
    """The report of what is ``asked``, and whom the reader may choose of what they ``wanted``."""
    made = report(site, by, asked, periods, found, made_at, reader)
    return made, listed(found[0], wanted, reader)


def _figures(period: Period, whole: Sheet, wanted: Wanted, by: str, reader: Reader) -> OfficersFigures:
    enough, rows, few = _enough(whole, wanted, by), list[PeriodRow](), 0
    names = names_of(whole, by)
    for line in figures(whole, wanted, by):
        officer = line.key if by == OFFICER else wanted.officer
        own = officer == reader.id
        if not own and (line.figures["served"] or 0) < FEW:
            few += 1
            continue
        shown = line.figures if own else {n: v if enough(n, line) else None for n, v in line.figures.items()}
        name = {"id": reader.names.get(officer, officer)} if by == OFFICER else names.get(line.key)
        key = line.key.isoformat() if isinstance(line.key, date) else line.key
        rows.append(cast(PeriodRow, {"key": key, "name": name, **shown}))
    if by == OFFICER:
        rows.sort(key=lambda row: (row["name"] or {"id": ""})["id"].casefold())
    return {"from": period.first.isoformat(), "to": period.last.isoformat(), "rows": rows, "few": few}


def _enough(whole: Sheet, wanted: Wanted, by: str) -> Callable[[str, Line], bool]:
    """Whether a measure of a line is reckoned of enough."""
    part, grouping = span.part(whole, wanted), Grouping(by, whole)
    number, visit = part.tables["number"], span.by_officer(part, sheet.VISIT)
    of = {
        "no_show_share": number[number["flags"] & sheet.CALLED > 0],
        **dict.fromkeys(("walk_p50_s", "walk_p90_s"), span.by_officer(part, sheet.WALK)),
        **dict.fromkeys(("service_p50_s", "service_p90_s"), span.by_officer(part, sheet.SERVICE)),
        **dict.fromkeys(
            ("service_in_promise", "service_in_promise_without"), visit[visit["flags"] & sheet.PROMISED > 0]
        ),
    }
    counts = {name: _counted(grouping, rows) for name, rows in of.items()}
    places = {key: n for n, key in enumerate(grouping.keys)}
    return lambda name, line: name not in counts or counts[name][places[line.key]] >= FEW


def _counted(grouping: Grouping, rows: Rows) -> Any:
    lines = grouping.lines(rows)
    return np.bincount([] if lines is None else lines, minlength=len(grouping.keys) + 1)


def in_file(
    make: Callable[[list[Sheet]], tuple[OfficersReport, dict[str, str]]], write: Write, found: list[Sheet]
) -> Filed:
    """The report of ``make`` (``with_choices``) as a file."""
    return filed(as_report, write, make(found)[0])


def as_report(found: OfficersReport) -> dict[str, Any]:
    """The same as files write a report: nothing in all."""
    lines = lambda one: {**one, "totals": None, "targets": []}  # noqa: E731
    return {**lines(found), "previous": lines(found["previous"]), "corrected": [], "days": None}


def listed(whole: Sheet, wanted: Wanted, reader: Reader) -> dict[str, str]:
    """Whom the reader may choose: those of whom anything is told within the agencies, by name."""
    if not reader.others:
        return {}
    keys = [line.key for line in figures(whole, Wanted(wanted.agencies), OFFICER)]
    return dict(sorted(((id, reader.names.get(id, id)) for id in keys), key=lambda one: one[1].casefold()))
