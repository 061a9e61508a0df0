"""The register of complaints, and a form to write a month's counts."""

from typing import Any

from flask import request

from ... import formats
from ...domain.complaints import CHANNELS
from ...domain.rights import Act, may
from ...queries.registers import complaints
from .page_data import page_language
from .report_tabs import tabs
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """All lines within the account's agencies, the latest months first."""
    house, site = visit.house, visit.house.site(visit.site)
    actor = visit.account.actor
    mine = [one for one in site.agencies.values() if may(actor, Act.COUNT_COMPLAINTS, site.id, one.id)]
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "register": house.read(site.id, lambda view: complaints(view, "2000-01", "2199-12", actor.agencies)),
        "tabs": tabs(visit, "complaints"),
        "channels": CHANNELS,
        "agencies": mine,
        "of_hall": not actor.agencies,
        "names": {one.id: one.short_name for one in site.agencies.values()},
        "this_month": f"{house.clock().astimezone(site.timezone):%Y-%m}",
        "month_of": lambda month: f"{formats.month(int(month[5:]), page_language())} {month[:4]}",
        "edits": may(actor, Act.COUNT_COMPLAINTS, site.id),
        "saved": "saved" in request.args,
    }
