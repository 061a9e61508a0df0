"""Every document that a screen of a hall may be told, held against the same document read anew."""

from dataclasses import replace
from typing import Any

from queue_server.domain.ticket import State
from queue_server.queries import calls
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.overtaking import ledger
from queue_server.queries.overview import overview
from queue_server.queries.site import site_info
from queue_server.queries.snapshot import Snapshot
from queue_server.queries.ticket import ticket
from queue_server.queries.waits import queue
from queue_server.store import tickets
from tests.world.hall import SARI, Hall
from tests.world.model import SERVES


def every_document(view: Snapshot) -> dict[str, Any]:
    """What any screen of the hall would be told now."""
    waiting = (t for t in tickets.still_open(view.conn, view.site.id) if t.state is State.WAITING)
    return {
        "board": board(view),
        "hall": hall_document(view),
        "overview": overview(view),
        "site": site_info(view),
        "calls": calls.after(view, 0),
        "overtakes": [(one.who, one.whom, one.how) for one in ledger(view, view.day).overtakings] if view.day else [],
        **{f"desk {id}": desk(view, id, SARI) for id in SERVES},
        **{f"queue {id}": queue(view, id) for id in sorted(set().union(*SERVES.values()))},
        **{f"ticket {t.number}": ticket(view, t) for t in waiting},
    }


def what_is_kept_is_what_is_there(hall: Hall) -> None:
    """Documents made from what is known since earlier revisions are, field by field, those that are read anew."""
    known, anew = hall.read(lambda view: (every_document(view), every_document(replace(view, kept={}))))
    for name, document in anew.items():
        assert known[name] == document, name
