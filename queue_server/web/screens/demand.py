"""The page of the study of need: requests, refusals and origins of a period, and a form for the kecamatan."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import request

from ... import formats
from ...documents.demand import AskedCell, Demand
from ...domain.errors import QueueError
from ...domain.rights import Act, may
from ...reports.calendar import Period
from ...reports.demand_words import hour_in_words, months_in_words, period_in_words
from ...reports.span import Wanted
from ..http.demand_figures import asked_limits, asked_period, study, usual_period
from . import period_charts as charts
from .page_data import page_language
from .report_tabs import tabs
from .visit import Visit

_DARKER_FROM = (0.25, 0.5, 0.75)  # of the fullest hour of the week
_MOST_BARS = 15


def show(visit: Visit) -> dict[str, Any]:
    """The figures of the period and filters that the address names."""
    house, site, account, lang = visit.house, visit.house.site(visit.site), visit.account, page_language()
    actor = account.actor
    period, wanted, wrong = _asked(visit, actor.agencies)
    found = study(house, site.id, period, wanted)
    mine = [one for one in site.services.values() if actor.for_agency(one.agency)]
    limits = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    limits |= {name: said for name, said in (("agency", wanted.agency), ("service", wanted.service)) if said}
    written = found["districts"]["at"]
    return {
        "data": visit.data(account=visit.of_account(account), texts=house.texts.section("common", "staff", "demand")),
        "tabs": tabs(visit, "demand", period if any(name in request.args for name in ("from", "to")) else None),
        "study": found,
        "wrong": wrong,
        "period": period,
        "period_words": period_in_words(found, lang),
        "months_words": months_in_words(found["origins"]["months"], lang) if found["origins"]["months"] else None,
        "hour_words": hour_in_words,
        "asked": {"agency": wanted.agency or "", "service": wanted.service or ""},
        "agencies": [(one.id, one.short_name) for one in site.agencies.values() if actor.for_agency(one.id)],
        "services": [(one.id, one.name.get(lang) or one.name["id"]) for one in mine],
        "files": urlencode(limits),
        "hours": _bars([(f"{one['hour']:02}", one) for one in found["hours"]]),
        "weekdays": _bars([(formats.short_weekday(one["weekday"], lang), one) for one in found["weekdays"]]),
        "cells": {(one["weekday"], one["hour"]): one for one in found["cells"]},
        "cell_hours": _hours(found["cells"]),
        "shade": _shade(found),
        "origin_bars": _lying(found),
        "edits": may(actor, Act.SET_DISTRICTS, site.id) and bool(found["districts"]["districts"]),
        "changes_structure": may(actor, Act.CHANGE_STRUCTURE, site.id),
        "written_on": _date(written, site.timezone) if written else None,
        "saved": "saved" in request.args,
    }


def _asked(visit: Visit, agencies: frozenset[str]) -> tuple[Period, Wanted, str | None]:
    """What is asked for; where a field is wrong, a year without filters, and that field's name."""
    site = visit.house.site(visit.site)
    today = visit.house.clock().astimezone(site.timezone).date()
    try:
        return asked_period(today), asked_limits(agencies), None
    except QueueError as error:
        return usual_period(today), Wanted(agencies), str(error.details.get("field"))


def _date(at: str, zone: Any) -> date:
    return datetime.fromisoformat(at).astimezone(zone).date()


def _bars(rows: list[tuple[str, Any]]) -> dict[str, Any]:
    """Standing bars: those with a number from below, the refused above them."""
    axis = charts.ticks(max((one["asked"] for _, one in rows), default=0))
    top, slot = max(axis[-1].label, 1), charts.WIDTH / max(len(rows), 1)
    bars = []
    for n, (label, one) in enumerate(rows):
        given, whole = charts.HEIGHT * one["issued"] / top, charts.HEIGHT * one["asked"] / top
        x, width = round(slot * n + slot * 0.15, 1), round(slot * 0.7, 1)
        given_at = {"y": round(charts.HEIGHT - given, 1), "height": round(given, 1)}
        refused_at = {"y": round(charts.HEIGHT - whole, 1), "height": round(whole - given, 1)}
        bars.append({"x": x, "width": width, "label": label, "given": given_at, "refused": refused_at})
    return {"axis": axis, "bars": bars}


def _lying(found: Demand) -> list[dict[str, Any]]:
    answered = [one for one in found["origins"]["rows"] if one["answers"]][:_MOST_BARS]
    most = max((one["answers"] or 0 for one in answered), default=1)
    return [{"name": one["name"], "n": one["answers"], "width": 100 * (one["answers"] or 0) / most} for one in answered]


def _hours(cells: list[AskedCell]) -> range:
    hours = sorted({one["hour"] for one in cells})
    return range(hours[0], hours[-1] + 1) if hours else range(0)


def _shade(found: Demand) -> Any:
    most = max((one["issued"] + one["refused"] for one in found["cells"]), default=1)
    return lambda n: sum(n > step * most for step in _DARKER_FROM)
