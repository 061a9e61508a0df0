"""The page of a period: its figures beside those of the period before, their pictures, and the numbers behind them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import request

from ... import formats
from ...domain.errors import QueueError
from ...domain.open_rows import Figures
from ...domain.rights import Act, may
from ...domain.rounding import percent, under
from ...queries.registers import Dated, dated_targets, in_force
from ...reports import behind, period_page, period_report
from ...reports.by import BY
from ...reports.calendar import Period, month_of
from ...reports.evidence import MOST_DAYS as EVIDENCE_DAYS
from ...reports.fairness_report import MOST_DAYS
from ...reports.judged import by_measure
from ...reports.letter_words import Words
from ...reports.measure_table import BY_NAME, MEASURES
from ...reports.period_reader import of_first
from ...reports.sheet import OUTCOMES
from ...reports.span import Wanted
from ..http import period_query
from ..http.open_months import closed_month
from ..http.period_figures import say_in
from . import period_charts as charts
from .page_data import page_language
from .report_tabs import tabs
from .visit import Visit

_DARKER_FROM_MIN = (5, 15, 30)  # the steps of the hours' colours, as on the public page
_ASKED = ("from", "to", "agency", "service", "counter", "class", "weekday", "hour", "segment", "outcome", "by")


def show(visit: Visit) -> dict[str, Any]:
    """The figures of the period and filters that the address names."""
    wanted, period, by, wrong = _asked(visit)
    both, site = [period, period.before()], visit.site
    now, dated = _now(visit), visit.house.read(site, dated_targets)
    page: period_page.PeriodPage = _ask(visit, both, partial(period_page.of_sheets, site, wanted, both, now, dated, by))
    totals = page.report["totals"]
    bars, axis = charts.wait_bars(page.bins, totals["wait_p90_s"])
    hours = sorted({hour for _, hour in page.heat})
    return {
        **_shared(visit, period, wanted),
        "wrong": wrong,
        "page": page,
        "report": page.report,
        "totals": totals,
        "before": page.report["previous"],
        "earlier": {row["key"]: row for row in page.report["previous"]["rows"]},
        "by": by,
        "ways": BY,
        "segments": sorted(period_query.SEGMENTS),
        "outcomes": OUTCOMES,
        "row_name": partial(words(visit).row, by),
        "files_by": "" if by == "service" else f"&by={by}",
        "previous": both[1],
        "bars": bars,
        "axis": axis,
        "marks": {name: charts.at_wait(totals[f"wait_{name}_s"], page.bins) for name in ("p50", "p90")},
        "hours": range(hours[0], hours[-1] + 1) if hours else range(0),
        "stages": charts.funnel(totals),
        **_course(page, period, dated, now.date()),
        **_other_files(visit, period, wanted),
        "aims": by_measure(page.report["targets"]),
        "at": now,
        "everybody": _for_everybody(visit, period),
        "shade": lambda seconds: sum((under(seconds) or 0) > step for step in _DARKER_FROM_MIN),
        "beside": {"before": _aside(period, before=True), "after": _aside(period, before=False)},
        "files": _query(period, wanted),
    }


def _other_files(visit: Visit, period: Period, wanted: Wanted) -> dict[str, bool]:
    """Which files are offered that have few filters or none: one that would tell of more than the page is not."""
    account, whole = visit.account, Wanted(wanted.agencies)
    may_prove = account is not None and may(account.actor, Act.SEE_EVIDENCE, visit.site)
    of_services = replace(whole, agency=wanted.agency, service=wanted.service)
    return {
        "takes_fairness": period.days <= MOST_DAYS and wanted == of_services,
        "takes_evidence": may_prove and period.days <= EVIDENCE_DAYS and wanted == whole,
    }


def _for_everybody(visit: Visit, period: Period) -> tuple[str, Figures] | None:
    """What the public page tells of the same month, where it is one that is closed."""
    if period.months != 1:
        return None
    try:
        return (name := f"{period.first:%Y-%m}"), closed_month(visit.house, visit.site, name).total
    except QueueError:  # it runs still, or nothing was recorded
        return None


def _course(page: period_page.PeriodPage, period: Period, dated: Dated, today: date) -> dict[str, Any]:
    rows = page.course
    ends = [min(_last(date.fromisoformat(str(row["key"])), period.step()), period.last, today) for row in rows]
    aims = {name: [_aim(dated, f"wait_{name}_s", day) for day in ends] for name in ("p50", "p90")}
    highest = max((one or 0 for listed in aims.values() for one in listed), default=0)
    axis = charts.ticks(max(highest, *(under(row["wait_p90_s"]) or 0 for row in rows), 0))
    labels = [_label(date.fromisoformat(str(row["key"])), period.step()) for row in rows]
    lines = {name: charts.course(rows, f"wait_{name}_s", labels, max(axis[-1].label, 1)) for name in ("p50", "p90")}
    drawn = {name: charts.aims(listed, max(axis[-1].label, 1)) for name, listed in aims.items()}
    found = {"course_axis": axis, "course_lines": lines, "course_by": period.step(), "course_labels": labels}
    return {**found, "course_aims": drawn, "course_targets": aims}


def _last(first: date, step: str) -> date:
    """The last day of a step of the course."""
    return month_of(first).last if step == "month" else first + timedelta(days=6 if step == "week" else 0)


def _aim(dated: Dated, measure: str, day: date) -> float | None:
    """The target of a day in minutes."""
    held = next((one for one, _ in in_force(dated, day) if one.measure == measure), None)
    return held.value / 60 if held is not None and held.value is not None else None


def _label(day: date, step: str) -> str:
    lang = page_language()
    return formats.month_and_year(day, lang) if step == "month" else formats.day_and_month(day, lang)


def show_numbers(visit: Visit) -> dict[str, Any]:
    """The numbers behind one of the figures, a hundred a page."""
    wanted, period, _, wrong = _asked(visit)
    known = {m.name: m for m in MEASURES if behind.has(m.name)}
    measure = period_query.one_of("measure", known, "issued") or "issued"
    asked = period_query.page()
    make = partial(period_report.named_numbers, visit.site, wanted, period, measure=measure, page=asked)
    numbers, names = _ask(visit, [period], partial(of_first, make))
    pages = max(1, -(-numbers["total"] // behind.PER_PAGE))
    return {
        **_shared(visit, period, wanted),
        "wrong": wrong,
        "numbers": numbers,
        "names": names,
        "measure": BY_NAME[measure],
        "pages": pages,
        "files": _query(period, wanted),
        "day": date.fromisoformat,
    }


def words(visit: Visit) -> Words:
    """How figures and what they are of are written in the page's language."""
    lang = page_language()
    return Words(lang, say_in(visit.house, lang))


def _asked(visit: Visit) -> tuple[Wanted, Period, str, str | None]:
    """What is asked for, and by what; where a field is wrong, the present month by service, and that field's name."""
    account, today = visit.account, _now(visit).date()
    agencies = account.actor.agencies if account is not None else frozenset[str]()
    try:
        by = period_query.by("service") or "service"
        return period_query.wanted(agencies), period_query.period(today), by, None
    except QueueError as error:
        return Wanted(agencies), month_of(today), "service", str(error.details.get("field"))


def _now(visit: Visit) -> datetime:
    return visit.house.clock().astimezone(visit.house.site(visit.site).timezone)


def _ask(visit: Visit, periods: list[Period], make: Any) -> Any:
    house, site = visit.house, visit.house.site(visit.site)
    return house.periods.ask(house.reader, site, house.perform.sites, house.off_hub, periods, make)


def _shared(visit: Visit, period: Period, wanted: Wanted) -> dict[str, Any]:
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "period": period,
        "wanted": wanted,
        "under": under,
        "percent": percent,
        "is_month": period == month_of(period.first),
        "weekdays": range(7),
        "measures": MEASURES,
        "asked": {name: request.args.get(name, "") for name in _ASKED},
        "tabs": tabs(visit, "period", period),
    }


def _query(period: Period, wanted: Wanted, **more: object) -> str:
    """The address of the same period and filters."""
    limits: Mapping[str, object] = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        **{"agency": wanted.agency, "service": wanted.service, "counter": wanted.counter},
        **{"class": wanted.class_, "weekday": wanted.weekday, "hour": wanted.hour},
        **{"segment": wanted.segment, "outcome": wanted.outcome},
        **more,
    }
    return urlencode({name: value for name, value in limits.items() if value is not None})


def _aside(period: Period, *, before: bool) -> str:
    """The period before, or after, with the filters that are asked for."""
    if before:
        other = period.before()
    elif (months := period.months) is not None:
        end = period.last + timedelta(days=1)
        last = end
        for _ in range(months):
            last = month_of(last).last + timedelta(days=1)
        other = Period(end, last - timedelta(days=1))
    else:
        other = Period(period.last + timedelta(days=1), period.last + timedelta(days=period.days))
    kept = {name: request.args[name] for name in _ASKED[2:] if request.args.get(name)}
    return urlencode({"from": other.first.isoformat(), "to": other.last.isoformat(), **kept})
