"""The targets of a hall, for all who read its figures, and a form for those who set them."""

from datetime import date, datetime
from typing import Any

from flask import request

from ... import formats
from ...domain.rights import Act, may
from ...domain.targets import BETTER
from ...queries.registers import dated_targets, in_force, targets
from .page_data import page_language
from .report_tabs import tabs
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """All of them, as people write them: minutes, and per cent."""
    house, site = visit.house, visit.house.site(visit.site)
    today = house.clock().astimezone(site.timezone).date()
    listed, held = house.read(site.id, lambda view: (targets(view), in_force(dated_targets(view), today)))
    holds = {(one.measure, one.begins.isoformat()) for one, _ in held}
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "tabs": tabs(visit, "targets"),
        "version": listed["version"],
        "rows": [_row(one, holds, site.timezone) for one in listed["targets"]],
        "measures": list(BETTER),
        "better": BETTER,
        "today": today,
        "edits": visit.account is not None and may(visit.account.actor, Act.SET_TARGETS, site.id),
        "saved": "saved" in request.args,
    }


def _row(one: Any, holds: set[tuple[str, str]], zone: Any) -> dict[str, Any]:
    by = 60 if one["measure"].endswith("_s") else 0.01
    value = None if one["value"] is None else round(one["value"] / by, 2)
    return {
        **one,
        "shown": "" if value is None else f"{value:g}",
        "holds": (one["measure"], one["from"]) in holds,
        "begins_on": formats.full_date(date.fromisoformat(one["from"]), page_language()),
        "written_on": formats.full_date(datetime.fromisoformat(one["at"]).astimezone(zone).date(), page_language()),
    }
