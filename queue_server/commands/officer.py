"""What an officer does at the counter: open, call, recall, serve, finish and the rest of the life of a ticket."""

from ..domain import order
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import CounterState, Ticket, before_call
from ..domain.roles import Role
from ..domain.ticket import UNDO_WITHIN, Action, State, after
from ..store import counters, events, tickets
from ..store.transaction import Transaction, record
from .desk import check, current, current_for, numbered, own, own_or_overseen, place
from .leaving import is_left, vacate
from .transferring import pass_on, undo_transfer


def open_counter(tx: Transaction, counter_id: str) -> None:
    """Sit down at a counter. Opening one's own open counter changes nothing.

    Raises ``counter_taken`` if another officer has it, ``officer_busy`` if the officer has another one open.
    """
    counter, state = place(tx, counter_id)
    if state.officer == tx.actor.id:
        return
    if state.officer is not None:
        if not is_left(tx, state, counter.agency):
            raise QueueError(Code.COUNTER_TAKEN)
        vacate(tx, state, "left")
        state = _again(tx, state)
    elsewhere = counters.open_elsewhere(tx.conn, tx.actor.id)
    if elsewhere:
        raise QueueError(Code.OFFICER_BUSY, site=elsewhere[0], counter=elsewhere[1])
    record(tx, Kind.COUNTER_OPENED, counter=state)


def close_counter(tx: Transaction, counter_id: str, reason: str | None = None, seen_officer: str | None = None) -> None:
    """Leave a counter. Raises ``counter_busy`` while its ticket is called or serving.

    ``seen_officer``: whose counter it was when the caller looked; ``other_officer`` if somebody else has it by now.
    """
    _, state = own_or_overseen(tx, counter_id, reason)
    if seen_officer is not None and state.officer != seen_officer:
        raise QueueError(Code.OTHER_OFFICER)
    if state.ticket:
        raise QueueError(Code.COUNTER_BUSY)
    record(tx, Kind.COUNTER_CLOSED, counter=state, private={"reason": reason})
    _oversee(tx, state, "close")


def call_next(tx: Transaction, counter_id: str) -> None:
    """Call whom the counter's wheel says (``domain/order.py``); nobody waiting: nothing happens.

    Raises ``counter_busy`` while the counter's ticket is called or serving; with the site's ``finish_on_next`` a
    serving one is finished first, in the same command.
    """
    counter, state = own(tx, counter_id)
    at_hand = current(tx, state)
    if at_hand is not None:
        if not (tx.config.finish_on_next and at_hand.state is State.SERVING):
            raise QueueError(Code.COUNTER_BUSY, number=at_hand.number)
        record(tx, Kind.FINISHED, ticket=at_hand, counter=state)
        state = _again(tx, state)
    classes = tickets.waiting_classes(tx.conn, tx.site_id, counter.services)
    choice = order.choose(tx.config.order, state.wheel, classes)
    if choice is None:
        return
    ticket = tickets.first_waiting(tx.conn, tx.site_id, counter.services, choice.class_)
    after(Action.CALL_NEXT, ticket.state)
    _call(tx, ticket, state, by="next", pointer=choice.pointer)


def call(tx: Transaction, counter_id: str, number: str, reason: str) -> None:
    """Call one number, with a reason that is kept. The wheel does not move.

    Raises ``counter_busy``, ``unknown_number``, ``illegal_transition``.
    """
    counter, state = own(tx, counter_id)
    if state.ticket:
        raise QueueError(Code.COUNTER_BUSY)
    ticket = numbered(tx, counter, number)
    check(tx, Action.CALL, ticket, counter)
    _call(tx, ticket, state, by="number", pointer=state.wheel, reason=reason)


def _call(
    tx: Transaction, ticket: Ticket, state: CounterState, *, by: str, pointer: int, reason: str | None = None
) -> None:
    detail = {"number": ticket.number, "previous": tx.last_call, "by": by, "wheel": [state.wheel, pointer]}
    detail["before"] = before_call(ticket)
    record(tx, Kind.CALLED, ticket=ticket, counter=state, detail=detail, private={"reason": reason})


def recall(tx: Transaction, counter_id: str) -> None:
    """Announce the called ticket once more: a new call occurrence; its first call's time stays."""
    _, state = own(tx, counter_id)
    ticket = current_for(tx, state, Action.RECALL)
    record(tx, Kind.RECALLED, ticket=ticket, counter=state, detail={"number": ticket.number, "previous": tx.last_call})


def serve(tx: Transaction, counter_id: str) -> None:
    """The visitor stands at the counter: service begins."""
    _, state = own(tx, counter_id)
    record(tx, Kind.SERVED, ticket=current_for(tx, state, Action.SERVE), counter=state)


def finish(
    tx: Transaction, counter_id: str, outcome: str | None = None, quantity: int | None = None, note: str | None = None
) -> None:
    """Service is over. ``outcome`` must be one of the service's; ``quantity`` counts transactions.

    Raises ``invalid`` for another outcome.
    """
    _, state = own(tx, counter_id)
    ticket = current_for(tx, state, Action.FINISH)
    service = tx.config.services.get(ticket.service)
    if outcome is not None and (service is None or outcome not in service.outcomes):
        raise QueueError(Code.INVALID, field="outcome")
    detail = {k: v for k, v in (("outcome", outcome), ("quantity", quantity)) if v is not None}
    record(tx, Kind.FINISHED, ticket=ticket, counter=state, detail=detail, private={"note": note})


def no_show(tx: Transaction, counter_id: str, reason: str | None = None) -> None:
    """The called visitor did not come. They may return within the site's ``return_within_minutes``."""
    _, state = own_or_overseen(tx, counter_id, reason)
    ticket = current_for(tx, state, Action.NO_SHOW)
    record(tx, Kind.NO_SHOW, ticket=ticket, counter=state, private={"reason": reason})
    _oversee(tx, state, "no-show", ticket)


def hold(tx: Transaction, counter_id: str, reason: str | None = None) -> None:
    """Set the visitor aside, to be called again by number."""
    _, state = own_or_overseen(tx, counter_id, reason)
    ticket = current_for(tx, state, Action.HOLD)
    record(tx, Kind.HELD, ticket=ticket, counter=state, private={"reason": reason})
    _oversee(tx, state, "hold", ticket)


def return_ticket(tx: Transaction, counter_id: str, number: str | None = None, reason: str | None = None) -> None:
    """Back into the queue with the arrival kept: the called ticket, or a held or missed one by number."""
    counter, state = own_or_overseen(tx, counter_id, reason)
    ticket = numbered(tx, counter, number) if number else current_for(tx, state, Action.RETURN)
    check(tx, Action.RETURN, ticket, counter)
    record(tx, Kind.RETURNED, ticket=ticket, counter=state, private={"reason": reason})
    _oversee(tx, state, "return", ticket)


def transfer(
    tx: Transaction,
    counter_id: str,
    service: str,
    wish: str | None = None,
    note: str | None = None,
    confirm: bool = False,
) -> None:
    """Pass the visitor on to another service with the same number and arrival; takes a place of its quota.

    Raises ``no_counter`` unless ``confirm`` where nobody could call the visitor today; see ``transferring.pass_on``.
    """
    _, state = own(tx, counter_id)
    pass_on(tx, current_for(tx, state, Action.TRANSFER), state, service, wish, note, confirm)


def undo(tx: Transaction, counter_id: str) -> None:
    """Take back the counter's last act while it is at most 15 s old: a call still called, a transfer still waiting."""
    _, state = own(tx, counter_id)
    if state.ticket is None:
        undo_transfer(tx, state)
        return
    ticket = current_for(tx, state, Action.UNDO)
    made = events.call_at(tx.conn, tx.site_id, tx.epoch, state.call_revision) if state.call_revision else None
    if made is None or tx.now - made.at > UNDO_WITHIN:
        raise QueueError(Code.ILLEGAL_TRANSITION, action=Action.UNDO.value, state=ticket.state.value)
    detail = {"before": made.detail["before"], "wheel": made.detail["wheel"][0], "call": made.revision}
    record(tx, Kind.UNDONE, ticket=ticket, counter=state, detail=detail)


def cancel(tx: Transaction, counter_id: str, reason: str, number: str | None = None) -> None:
    """Cancel the called ticket, or a waiting or held one by number; the reason is kept."""
    counter, state = own(tx, counter_id)
    ticket = numbered(tx, counter, number) if number else current(tx, state)
    if ticket is None:
        raise QueueError(Code.ILLEGAL_TRANSITION, action=Action.CANCEL.value, state=None)
    action = Action.CANCEL_CALLED if ticket.state is State.CALLED else Action.CANCEL
    check(tx, action, ticket, counter)
    by = "supervisor" if tx.actor.role is Role.SUPERVISOR else "officer"
    record(tx, Kind.CANCELLED, ticket=ticket, counter=state, detail={"by": by}, private={"reason": reason})


def _oversee(tx: Transaction, state: CounterState, verb: str, ticket: Ticket | None = None) -> None:
    """Record that somebody else's counter was acted at, so that its officer can be told by whom and why.

    An event of its own because there are few of them in a day: the desk document finds the newest without looking
    through all that was held, missed and returned.
    """
    if state.officer != tx.actor.id:
        detail = {"verb": verb, "number": ticket.number if ticket else None, "at": state.officer}
        record(tx, Kind.OVERSEEN, counter=state, detail=detail)


def _again(tx: Transaction, state: CounterState) -> CounterState:
    """The counter as this command's own events have left it."""
    return counters.get(tx.conn, tx.site_id, state.id) or state
