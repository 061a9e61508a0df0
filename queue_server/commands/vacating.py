"""A counter whose officer leaves: whom it leaves behind, and one who will not come back."""

from ..domain.events import ByWhat, Kind
from ..domain.fold import CounterState
from ..domain.hours import opening, serves
from ..domain.site import Counter
from ..store import counters, tickets
from ..store.transaction import Transaction, record


def vacate(tx: Transaction, state: CounterState, by: str) -> None:
    """Close a counter whose officer will not come back; its visitor goes back into the queue, with the arrival kept."""
    if state.ticket and (ticket := tickets.by_id(tx.conn, state.ticket)):
        record(tx, Kind.RETURNED, ticket=ticket, counter=state, detail=ByWhat(by=by))
        state = counters.get(tx.conn, tx.site_id, state.id) or state
    if state.officer:
        record(tx, Kind.COUNTER_CLOSED, counter=state, officer=state.officer, detail=ByWhat(by=by))


def left_waiting(tx: Transaction, counter: Counter) -> int:
    """How many wait for the counter's services within their hours, and will see it close.

    Where a supervisor has opened numbers, or the clock is not to be believed, every hour counts as one.
    """
    lines = tickets.longest_waiting(tx.conn, tx.site_id, counter.services)
    always = tx.opened or tx.clock_lost
    return sum(count for id, (count, _) in lines.items() if always or serves(opening(tx.config, id, tx.now).reason))
