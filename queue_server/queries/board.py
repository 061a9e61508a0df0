"""The board document: what a wall or counter display shows. No token, no class, no person."""

from typing import Any

from ..domain.hours import opening
from ..store import tickets
from . import calls
from .snapshot import Snapshot
from .waits import Waits


def board(view: Snapshot) -> dict[str, Any]:
    """Counters, recent calls and waiting figures of a site."""
    waits = Waits(view)
    return {
        "site": view.site.id,
        **view.stamp(),
        "last_call": view.last_call,
        "now": view.now.isoformat(),
        "counters": _counters(view, waits),
        "recent": calls.recent(view),
        "services": [_service(view, waits, id) for id in view.site.services],
    }


def _counters(view: Snapshot, waits: Waits) -> list[dict[str, Any]]:
    here = tickets.at_counters(view.conn, view.site.id)
    out = []
    for place in view.site.counters.values():
        is_open = place.id in waits.open
        number, shown = here.get(place.id, (None, "idle" if is_open else "closed"))
        out.append(
            {
                "id": place.id,
                "name": place.name,
                "open": is_open,
                "state": shown,
                "number": number,
            }
        )
    return out


def _service(view: Snapshot, waits: Waits, id: str) -> dict[str, Any]:
    service = view.site.services[id]
    waiting = waits.count(id)
    return {
        "id": id,
        "name": service.name["id"],
        "prefix": service.prefix,
        "waiting": waiting,
        "open": not view.day_closed and opening(view.site, id, view.now).open,
        "estimate": waits.estimate(id, waiting),
    }
