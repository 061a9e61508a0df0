"""An officer takes a break, and comes back: the counter stays theirs, and calls nobody meanwhile."""

from datetime import time

from ..domain.breaks import ends_at, left_alone
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import CounterState
from ..domain.site import Counter
from ..domain.staffing_events import BreakBegun, BreakReason
from ..domain.verbs import Verb
from ..store import counters, tickets
from ..store.transaction import Transaction, record
from .desk import seat


def begin(
    tx: Transaction, counter_id: str, reason: BreakReason, until: time | None = None, *, confirm: bool = False
) -> None:
    """Begin a break, or say anew until when it lasts. ``until``: a time of day at the site, the next one of that name.

    Raises ``counter_busy`` while somebody is called or served there; ``last_counter`` unless ``confirm`` where
    services would be left without a counter; ``invalid`` for a break that would be too long.
    """
    counter, state = seat(tx, counter_id, Verb.BREAK)
    if state.ticket:
        raise QueueError(Code.COUNTER_BUSY)
    detail = BreakBegun(reason=reason)
    if until is not None:
        detail["until"] = ends_at(tx.config, until, state.break_since or tx.now, tx.now).isoformat()
    if not (confirm or state.on_break):
        _ask_once_more(tx, counter)
    if (detail["reason"], detail.get("until")) != _said(state):
        record(tx, Kind.BREAK_BEGUN, counter=state, detail=detail)


def resume(tx: Transaction, counter_id: str) -> None:
    """The officer is back, and calls. Raises ``illegal_transition`` if the counter is on no break."""
    _, state = seat(tx, counter_id, Verb.RESUME)
    record(tx, Kind.BREAK_ENDED, counter=state)


def _said(state: CounterState) -> tuple[str | None, str | None]:
    return state.break_reason, state.break_until.isoformat() if state.break_until else None


def _ask_once_more(tx: Transaction, counter: Counter) -> None:
    """Raises ``last_counter`` where people would stand before services that nobody calls from."""
    today = None if tx.clock_lost or tx.opened else local_date(tx.config, tx.now)
    working = {id for id, how in counters.of_site(tx.conn, tx.site_id).items() if how.works}
    waited_for = {s for s in counter.services if tickets.waiting_classes(tx.conn, tx.site_id, (s,), tx.believed_now)}
    if alone := left_alone(tx.config, counter, working, today, waited_for):
        raise QueueError(Code.LAST_COUNTER, services=alone)
