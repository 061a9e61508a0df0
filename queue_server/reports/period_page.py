"""All that the page of a period shows, from one reading of its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ..documents.reports import PeriodReport, PeriodRow, WaitBin
from ..queries.registers import Dated
from . import sheet, span
from .calendar import Period
from .period import spreads
from .period_report import bins, period_rows, report
from .sheet import Sheet
from .span import Wanted

TOO_FEW = 3  # waits; fewer say nothing of an hour


@dataclass(frozen=True, slots=True)
class Choices:
    """What one may limit the figures to: what there was in the period, within the asker's agencies."""

    agencies: list[dict[str, Any]]
    services: list[dict[str, Any]]
    counters: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """The figures line by line with the period before, their course, the counters', and two pictures of waits."""

    report: PeriodReport
    course: list[PeriodRow]
    counters: list[PeriodRow]
    bins: list[WaitBin]
    heat: dict[tuple[int, int], int]  # (weekday, hour in which it began) -> median wait in seconds
    choices: Choices


def page(
    site: str, wanted: Wanted, now: tuple[Period, Sheet], before: tuple[Period, Sheet], made_at: datetime,
    dated: Dated = (), by: str = "service",
) -> PeriodPage:  # fmt: skip
    """Everything; ``by``: by what the lines are told."""
    whole = now[1]
    return PeriodPage(
        report(site, "services", by, wanted, now, before, made_at, dated),
        period_rows(whole, wanted, now[0].step()),
        period_rows(whole, wanted, "counter"),
        bins(whole, wanted),
        heat(whole, wanted),
        _choices(whole, wanted),
    )


def of_sheets(
    site: str, wanted: Wanted, periods: Sequence[Period], made_at: datetime, dated: Dated, by: str,
    found: Sequence[Sheet],
) -> PeriodPage:  # fmt: skip
    """The same of the sheets of two periods: the one that is asked for and the one before."""
    now, before = zip(periods, found, strict=True)
    return page(site, wanted, now, before, made_at, dated, by)


def heat(whole: Sheet, wanted: Wanted) -> dict[tuple[int, int], int]:
    """The median wait of each weekday and hour in which there were enough."""
    rows = span.spells(span.part(whole, wanted), sheet.WAIT)
    weekdays = np.array([day.weekday() for day in whole.days] or [0], "u2")
    lines = weekdays[rows["day"]] * 24 + rows["hour"] if len(rows) else np.zeros(0, "u2")
    half, _ = spreads(rows, lines, 7 * 24)
    many = np.bincount(lines, minlength=7 * 24)
    return {divmod(int(n), 24): int(half[n]) for n in np.flatnonzero(many >= TOO_FEW)}


def _choices(whole: Sheet, wanted: Wanted) -> Choices:
    mine = lambda one: not wanted.agencies or one["agency"] in wanted.agencies  # noqa: E731
    dims = whole.dims
    there = lambda ids: not wanted.agencies or ids["id"] in wanted.agencies  # noqa: E731
    unique = lambda listed: list({one["id"]: one for one in listed}.values())  # noqa: E731
    return Choices(
        unique(filter(there, dims.agencies)), unique(filter(mine, dims.services)), unique(filter(mine, dims.counters))
    )
