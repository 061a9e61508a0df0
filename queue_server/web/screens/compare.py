"""The halls of somebody beside one another, each measure a line."""

from datetime import date, datetime
from typing import Any

from flask import request

from ...domain.errors import QueueError
from ...domain.rights import Act, may
from ...domain.rounding import percent, under
from ...reports.calendar import Period, month_of
from ...reports.judged import by_measure
from ...reports.measure_table import MEASURES
from ..http.period_figures import compared
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The halls and the period that the address names; where a field is wrong, its name."""
    house, actor = visit.house, visit.account.actor
    mine = [site for site in house.perform.sites.values() if may(actor, Act.SEE_PERIOD, site.id)]
    try:
        found, wrong = compared(house, actor), None
    except QueueError as error:
        found, wrong = None, str(error.details.get("field") or "sites")
    today = house.clock().astimezone(mine[0].timezone if mine else None).date()  # of halls that are no more: none
    usual = month_of(today)
    period = Period(date.fromisoformat(found["from"]), date.fromisoformat(found["to"])) if found else usual
    agencies = {a.id: a.short_name for site in mine for a in site.agencies.values() if actor.for_agency(a.id)}
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "found": found,
        "wrong": wrong,
        "period": period,
        "at": datetime.fromisoformat(found["made_at"]) if found else None,
        "earlier": {one["site"]: one["totals"] for one in found["previous"]["sites"]} if found else {},
        "aims": {one["site"]: by_measure(one["targets"]) for one in found["sites"]} if found else {},
        "measures": MEASURES,
        "agencies": sorted(agencies.items(), key=lambda one: one[1].casefold()),
        "asked": {name: request.args.get(name, "") for name in ("agency", "sites")},
        "under": under,
        "percent": percent,
    }
