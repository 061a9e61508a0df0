"""A period's report as a document: its figures, those of the period before, and what was put right afterwards."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

import numpy as np

from ..documents.reports import (
    Corrected,
    Filters,
    Measured,
    NumbersBehind,
    PeriodFigures,
    PeriodReport,
    PeriodRow,
    WaitBin,
    WaitsReport,
)
from ..queries.registers import Dated
from . import behind, sheet, span
from .by import PAPER
from .calendar import Period
from .judged import judged
from .period import Line, figures
from .sheet import Sheet
from .span import Wanted

#: the reports by name, and by what each tells its lines unless somebody asks otherwise
REPORTS: Mapping[str, str | None] = {
    "summary": None,
    "activity": "day",
    "services": "service",
    "counters": "counter",
    "agencies": "agency",
    "refusals": "service",
    "interruptions": "service",
}
BIN_S, LAST_BIN_S = 300, 3600  # waits are told by five minutes, to an hour


def report(
    site: str, name: str, by: str | None, wanted: Wanted, now: tuple[Period, Sheet], before: tuple[Period, Sheet],
    made_at: datetime, dated: Dated = (),
) -> PeriodReport:  # fmt: skip
    """The figures of what is wanted, line by line as ``by`` says, beside those of the period before."""
    whole = now[1]
    return {
        "site": site,
        "name": name,
        "by": by,
        "made_at": made_at.isoformat(timespec="seconds"),
        "filters": filters(wanted),
        **_figures(now[0], whole, wanted, by, dated, made_at.date()),
        "previous": _figures(*before, wanted, by, dated, made_at.date()),
        "corrected": _corrected(whole, wanted),
    }


def of_sheets(
    site: str, name: str, by: str | None, wanted: Wanted, periods: Sequence[Period], made_at: datetime, dated: Dated,
    found: Sequence[Sheet],
) -> PeriodReport:  # fmt: skip
    """The same of the sheets of both. ``periods``: the one that is asked for and the one before."""
    now, before = zip(periods, found, strict=True)
    return report(site, name, by, wanted, now, before, made_at, dated)


def _corrected(whole: Sheet, wanted: Wanted) -> list[Corrected]:
    """By day and cause; of what concerns a service only what is asked about."""
    services = [whole.dims.services[n] for n in span.services_of(whole, wanted)]
    mine = {one["id"] for one in services}
    found: dict[tuple[str, str], Corrected] = {}
    for one in whole.dims.corrected:
        if one["service"] is None or one["service"] in mine:
            new: Corrected = {"day": one["day"], "at": one["at"], "why": one["why"], "n": 0}
            known = found.setdefault((one["day"], one["why"]), new)
            known["n"] += one["n"]
            known["at"] = max(known["at"], one["at"])
    return [*found.values()]


def filters(wanted: Wanted) -> Filters:
    """What figures are limited to, as a document says it."""
    return {
        "agency": wanted.agency,
        "service": wanted.service,
        "counter": wanted.counter,
        "class": wanted.class_,
        "weekday": wanted.weekday,
        "hour": wanted.hour,
        "segment": wanted.segment,
        "outcome": wanted.outcome,
    }


def _figures(period: Period, whole: Sheet, wanted: Wanted, by: str | None, dated: Dated, today: date) -> PeriodFigures:
    [total] = figures(whole, wanted)
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "days": service_days(whole, wanted),
        "totals": cast(Measured, total.figures),
        "rows": period_rows(whole, wanted, by) if by else [],
        "targets": judged(dated, total.figures, min(period.last, today)),
    }


def period_rows(whole: Sheet, wanted: Wanted, by: str) -> list[PeriodRow]:
    """The lines by something; of papers the one missed most first."""
    names, lines = names_of(whole, by), figures(whole, wanted, by)
    if by == PAPER:
        lines.sort(key=lambda line: -(line.figures["missing"] or 0))
    return [_row(line, names) for line in lines]


def _row(line: Line, names: Mapping[Any, Mapping[str, str]]) -> PeriodRow:
    key = line.key.isoformat() if isinstance(line.key, date) else line.key
    name = names.get(line.key)
    return cast(PeriodRow, {"key": key, "name": dict(name) if name else None, **line.figures})


def service_days(whole: Sheet, wanted: Wanted) -> int:
    """The days on which numbers were taken; within the asker's agencies, of which alone anything is told."""
    mine = Wanted(agencies=wanted.agencies)
    return len(np.unique(span.issued_part(whole, mine)["day"]))


def names_of(whole: Sheet, by: str | None) -> Mapping[Any, Mapping[str, str]]:
    """What services, counters, agencies and papers were called on the last day that had them."""
    if by == PAPER:
        of = {one["id"]: _words(one["name"]) for one in whole.dims.services}
        return {span.paper_key(one): _at(_words(one["name"]), of.get(one["service"], {})) for one in whole.dims.papers}
    listed = {"service": whole.dims.services, "counter": whole.dims.counters, "agency": whole.dims.agencies}
    return {one["id"]: _words(one["name"]) for one in listed.get(by or "", [])}


def _at(paper: Mapping[str, str], service: Mapping[str, str]) -> Mapping[str, str]:
    """A paper with the service that asked for it: several may ask for a family card."""
    named = [words for words in (paper, service) if words]
    langs = sorted({lang for words in named for lang in words})
    return {lang: " · ".join(words.get(lang) or words["id"] for words in named) for lang in langs}


def _words(name: Any) -> Mapping[str, str]:
    return name if isinstance(name, Mapping) else {"id": str(name)}


def bins(whole: Sheet, wanted: Wanted) -> list[WaitBin]:
    """How many waits lasted how long, by five minutes."""
    seconds = span.spells(span.part(whole, wanted), sheet.WAIT)["seconds"]
    places = np.minimum(seconds // BIN_S, LAST_BIN_S // BIN_S).astype(int)
    counts = np.bincount(places, minlength=LAST_BIN_S // BIN_S + 1)
    ends = [*range(BIN_S, LAST_BIN_S + 1, BIN_S), None]
    return [{"from_s": n * BIN_S, "to_s": end, "n": int(counts[n])} for n, end in enumerate(ends)]


def waits(site: str, wanted: Wanted, period: Period, whole: Sheet) -> WaitsReport:
    """How the waits of a period spread."""
    [total] = figures(whole, wanted)
    found = total.figures
    return {
        "site": site,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "filters": filters(wanted),
        "waits": int(found["waits"] or 0),
        "wait_p50_s": cast(int | None, found["wait_p50_s"]),
        "wait_p90_s": cast(int | None, found["wait_p90_s"]),
        "bins": bins(whole, wanted),
    }


def named_numbers(
    site: str, wanted: Wanted, period: Period, whole: Sheet, measure: str, page: int
) -> tuple[NumbersBehind, dict[str, Mapping[Any, Mapping[str, str]]]]:
    """A page of the numbers behind a measure, and what services and counters were called."""
    names = {by: names_of(whole, by) for by in ("service", "counter")}
    return numbers(site, wanted, period, whole, measure, page), names


def numbers(site: str, wanted: Wanted, period: Period, whole: Sheet, measure: str, page: int) -> NumbersBehind:
    """A page of the numbers behind a measure."""
    of, seconds = behind.behind(whole, wanted, measure)
    shown = slice((page - 1) * behind.PER_PAGE, page * behind.PER_PAGE)
    listed = behind.described(whole, of[shown].tolist(), None if seconds is None else seconds[shown].tolist())
    return {
        "site": site,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "filters": filters(wanted),
        "measure": measure,
        "total": len(of),
        "page": page,
        "tickets": listed,
    }
