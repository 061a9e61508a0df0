"""How right the hall's estimates were of late: read once, then kept from call to call (``domain/calibration.py``).

A process that finds a revision which another one made reads the calls since, not all of them anew.
"""

from collections.abc import Iterator
from datetime import timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from ..domain.calibration import KEPT, Called, Scores, called
from ..domain.fold import Ticket
from ..domain.ticket import UNDO_WITHIN
from ..store import foretold
from .kept import Moved, Things, kept
from .snapshot import Snapshot

_UNSURE = UNDO_WITHIN + timedelta(seconds=45)  # older calls than this are undone no more, whoever made them

# engine -> site -> of which epoch and services scores were known last, and they
_MEMORY: WeakKeyDictionary[Engine, dict[str, tuple[int, frozenset[str], Scores]]] = WeakKeyDictionary()


def _after(things: Things, moved: Moved) -> Things:
    gone: set[str] = set()
    come: dict[str, Called] = {}
    for old, new in moved.tickets:
        if (old.called_at if old else None) != new.called_at:  # called for the first time, or that was undone
            gone |= {new.id} if old and old.called_at else set()
            come |= {call.ticket: call for call in _judged(new)}
    return {of: scores.after(gone, come.values()) for of, scores in things.items()} if gone or come else things


def _judged(ticket: Ticket) -> Iterator[Called]:
    if ticket.foretold is not None and ticket.called_at is not None:
        waited_s = (ticket.called_at - ticket.issued_at).total_seconds()
        yield called(ticket.called_at, ticket.id, ticket.series, ticket.foretold, waited_s)


@kept(_after)
def scores(view: Snapshot) -> Scores:
    """The site's, as far as calls were made at this revision."""
    memory, services = _MEMORY.setdefault(view.conn.engine, {}), frozenset(view.declared.services)
    *of, known = memory.get(view.site.id, (0, services, Scores()))
    newest = known.newest
    if of != [view.epoch, services] or newest is None or newest > view.now:
        now = Scores().after((), foretold.last(view.conn, view.site.id, services, KEPT))
    else:
        from_then = newest - _UNSURE
        now = known.after(known.since(from_then), foretold.since(view.conn, view.site.id, services, from_then))
    memory[view.site.id] = (view.epoch, services, now)
    return now
