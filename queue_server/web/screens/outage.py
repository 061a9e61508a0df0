"""An outage's paper: the sheet of numbers for it, and the form by which it is entered afterwards."""

from typing import Any

from flask import request

from ...domain.outage import MOST, prefix, prefix_or_none, sheet
from ...domain.rights import Act, may
from ...domain.site import Service, Site
from .visit import Visit

_COUNT, _ROWS = 50, 12  # numbers of a sheet, and lines of the form, if nothing else is asked for


def show(visit: Visit) -> dict[str, Any]:
    """One service's form (``service``), with as many lines as are asked for (``rows``)."""
    site = visit.house.site(visit.site)
    mine = _mine(visit, site)
    chosen = _chosen(mine)
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "mine": mine,
        "service": chosen,
        "prefix": prefix(site, chosen.id) if chosen else "",
        "counters": [c for c in site.counters.values() if chosen and chosen.id in c.services],
        "classes": site.offered(chosen.id) if chosen else (),
        "rows": _asked("rows", _ROWS),
        "count": _COUNT,
        "most": MOST,
        "done": request.args.get("done", type=int),
        "day_closed": visit.house.read(site.id, lambda view: view.day_closed),
    }


def show_sheet(visit: Visit) -> dict[str, Any]:
    """The numbers of a service (``service``, ``count``, ``first``), to be printed before they are needed."""
    site = visit.house.site(visit.site)
    chosen = _chosen(_mine(visit, site))
    count, first = _asked("count", _COUNT), min(request.args.get("first", 1, type=int), 9999)
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "service": chosen,
        "numbers": sheet(site, chosen.id, count, max(first, 1)) if chosen else [],
    }


def _mine(visit: Visit, site: Site) -> list[Service]:
    """The services that have a sheet, of the account's agencies."""
    actor = visit.account.actor
    return [
        s
        for s in site.services.values()
        if may(actor, Act.ENTER_OUTAGE, site.id, s.agency) and prefix_or_none(site, s.id)
    ]


def _chosen(mine: list[Service]) -> Service | None:
    return next((s for s in mine if s.id == request.args.get("service")), mine[0] if mine else None)


def _asked(name: str, otherwise: int) -> int:
    return max(1, min(request.args.get(name, otherwise, type=int), MOST))
