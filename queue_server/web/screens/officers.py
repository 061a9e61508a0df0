"""The page of officers' figures: one's own, and for a supervisor those of the officers of their agencies."""

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import request

from ...domain.errors import Code, QueueError
from ...domain.rights import Act, may
from ...domain.rounding import percent
from ...reports.by import OFFICER
from ...reports.calendar import Period, month_of
from ...reports.measure_table import OF_OFFICERS
from ...reports.officers import FEW
from ..http.officers_figures import of_officers
from .period import words
from .report_tabs import tabs
from .visit import Visit

#: by what an officer's figures are told; the API knows more ways
WAYS = (OFFICER, "day", "week", "month", "weekday", "hour", "service", "counter")
_ASKED = ("from", "to", "officer", "by")


def show(visit: Visit) -> dict[str, Any]:
    """The figures that the address asks for; where a field is wrong, its name and no figures."""
    house, actor = visit.house, visit.account.actor
    today = house.clock().astimezone(house.site(visit.site).timezone).date()
    try:
        (found, people), wrong = of_officers(house, actor, visit.site), None
    except QueueError as error:
        if error.code is Code.FORBIDDEN:
            raise
        found, people, wrong = None, {}, str(error.details.get("field"))
    period = Period(date.fromisoformat(found["from"]), date.fromisoformat(found["to"])) if found else month_of(today)
    asked = {name: request.args.get(name, "") for name in _ASKED}
    query = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    said = {name: asked[name] for name in ("officer", "by") if found and asked[name]}
    by = found["by"] if found else OFFICER
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "found": found,
        "wrong": wrong,
        "period": period,
        "is_month": period == month_of(period.first),
        "people": people,
        "others": may(actor, Act.SEE_OFFICERS, visit.site),
        "tabs": tabs(visit, "officers", period if found else None),
        "by": by,
        "ways": WAYS,
        "earlier": {row["key"]: row for row in found["previous"]["rows"]} if found else {},
        "row_name": partial(words(visit).row, by),
        "measures": OF_OFFICERS,
        "asked": asked,
        "files": urlencode(query | said),
        "least": FEW,
        "percent": percent,
    }
