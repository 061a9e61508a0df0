"""A counter whose officer will not come back."""

from ..domain.events import ByWhat, Kind
from ..domain.fold import CounterState
from ..store import counters, tickets
from ..store.transaction import Transaction, record


def vacate(tx: Transaction, state: CounterState, by: str) -> None:
    """Close a counter whose officer will not come back; its visitor goes back into the queue, with the arrival kept."""
    if state.ticket and (ticket := tickets.by_id(tx.conn, state.ticket)):
        record(tx, Kind.RETURNED, ticket=ticket, counter=state, detail=ByWhat(by=by))
        state = counters.get(tx.conn, tx.site_id, state.id) or state
    if state.officer:
        record(tx, Kind.COUNTER_CLOSED, counter=state, officer=state.officer, detail=ByWhat(by=by))
