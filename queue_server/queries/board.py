"""The board document: what a wall or counter display shows. No token, no class, no person."""

from datetime import datetime, timedelta
from typing import Any

from ..domain.quota import availability
from ..store import numbers, tickets
from . import calls
from .snapshot import Snapshot
from .waits import Waits

_KEPT = timedelta(seconds=1)  # what hours say may change between two revisions; a second is not noticed


def board(view: Snapshot) -> dict[str, Any]:
    """Counters, recent calls and waiting figures of a site."""
    waits, used = Waits(view), numbers.used(view.conn, view.site.id, view.day)
    return {
        "site": view.site.id,
        **view.stamp(),
        "last_call": view.last_call,
        "now": view.now.isoformat(),
        "counters": _counters(view, waits),
        "recent": calls.recent(view),
        "services": [_service(view, waits, id, used.get(id, {})) for id in view.site.services],
    }


def at_counter(view: Snapshot, counter: str) -> tuple[str | None, str | None]:
    """The number that is called to a counter or served there, and which of the two; twice None: nobody's."""
    return tickets.at_counters(view.conn, view.site.id).get(counter, (None, None))


class Boards:
    """Boards for everybody who asks at once: one is made for each revision, however many screens come back together.

    The revision is read from the database each time, so that a board is never older than what is committed.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[int, int], datetime, dict[str, Any]]] = {}

    def __call__(self, view: Snapshot) -> dict[str, Any]:
        """The board of this snapshot."""
        stamp, made_at, document = self._kept.get(view.site.id, (None, view.now, {}))
        if stamp != (view.epoch, view.revision) or not made_at <= view.now < made_at + _KEPT:
            document = board(view)
            self._kept[view.site.id] = ((view.epoch, view.revision), view.now, document)
        return document


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


def _service(view: Snapshot, waits: Waits, id: str, used: dict[str, int]) -> dict[str, Any]:
    service = view.site.services[id]
    facts = {"day_closed": view.day_closed, "clock_lost": view.clock_lost, "opened": view.opened}
    found = availability(view.site, id, view.now, used=used, **facts)
    return {
        "id": id,
        "name": service.name["id"],
        "prefix": service.prefix,
        "waiting": waits.count(id),
        "open": found.open,
        "estimate": waits.estimate_now(id),
    }
