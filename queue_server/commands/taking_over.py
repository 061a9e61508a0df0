"""A counter changes hands while it is open, with the visitor who is called or served there."""

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.staffing_events import TakenOver
from ..domain.verbs import Verb, require_take_over
from ..store import counters, tickets
from ..store.transaction import Transaction, record
from .desk import counter_of, oversee


def take_over(tx: Transaction, counter_id: str, reason: str | None = None) -> None:
    """Sit down at a counter that another officer has open; of one's own nothing changes.

    The officer before is told by whom and why. Raises ``counter_closed``; ``officer_busy`` for who has another counter
    open; ``reason_missing`` without a reason, but where the officer before is on a break.
    """
    _, state = counter_of(tx, counter_id, Verb.TAKE_OVER)
    if state.officer is not None and state.officer == tx.actor.id:
        return
    require_take_over(state, reason)
    elsewhere = counters.open_elsewhere(tx.conn, tx.actor.id)
    if elsewhere:
        raise QueueError(Code.OFFICER_BUSY, site=elsewhere[0], counter=elsewhere[1])
    here = tickets.by_id(tx.conn, state.ticket) if state.ticket else None
    detail = TakenOver(was=state.officer or "")
    record(tx, Kind.TAKEN_OVER, ticket=here, counter=state, detail=detail, private={"reason": reason})
    oversee(tx, state, Verb.TAKE_OVER, here)
