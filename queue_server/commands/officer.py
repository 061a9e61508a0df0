"""What an officer does at the counter: open, call, recall, serve, finish and the rest of the life of a ticket."""

from collections.abc import Sequence
from typing import Literal

from ..domain import order
from ..domain.call_events import Called, Recalled, Undone
from ..domain.errors import Code, QueueError
from ..domain.events import CounterClosed, Kind
from ..domain.fold import CounterState, Ticket, before_call
from ..domain.rights import Act, may
from ..domain.ticket import UNDO_WITHIN
from ..domain.transactions import Transacted
from ..domain.verbs import Verb, finished_first, illegal, require_there
from ..store import counters, events, tickets
from ..store.transaction import Transaction, record
from .desk import act, check, counter_of, current, current_for, held_for, numbered, oversee, seat
from .finishing import end_service
from .leaving import is_left
from .ripening import let_in_line
from .transferring import cancelled, pass_on, undo_transfer
from .vacating import left_waiting, vacate


def open_counter(tx: Transaction, counter_id: str) -> None:
    """Sit down at a counter. Opening one's own open counter changes nothing.

    Raises ``counter_taken`` if another officer has it, ``officer_busy`` if the officer has another one open,
    ``counter_on_break`` if the officer has it and rests.
    """
    counter, state = counter_of(tx, counter_id, Verb.OPEN)
    if state.officer == tx.actor.id:
        require_there(Verb.OPEN, state)
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
    """Leave a counter. Raises ``counter_busy`` while its ticket is called or serving; ``reason_missing`` if people
    wait for its services within hours and nobody says why.

    ``seen_officer``: whose counter it was when the caller looked; ``other_officer`` if somebody else has it by now.
    """
    counter, state = seat(tx, counter_id, Verb.CLOSE, reason)
    if seen_officer is not None and state.officer != seen_officer:
        raise QueueError(Code.OTHER_OFFICER)
    if state.ticket:
        raise QueueError(Code.COUNTER_BUSY)
    left = left_waiting(tx, counter)
    if left and not reason:
        raise QueueError(Code.REASON_MISSING, waiting=left)
    detail = CounterClosed(waiting=left) if left else CounterClosed()
    record(tx, Kind.COUNTER_CLOSED, counter=state, detail=detail, private={"reason": reason})
    oversee(tx, state, Verb.CLOSE)


def call_next(
    tx: Transaction,
    counter_id: str,
    outcome: str | None = None,
    quantity: int | None = None,
    note: str | None = None,
    at_hand: str | None = None,
    missing: Sequence[str] = (),
) -> None:
    """Call whom the counter's wheel says (``domain/order.py``); nobody waiting: nothing happens.

    Raises ``counter_busy`` while the counter's ticket is called or serving; with the site's ``finish_on_next`` a
    serving one is finished first, in the same command, with that outcome, quantity, note and papers.
    """
    counter, state = seat(tx, counter_id, Verb.CALL_NEXT)
    here = current(tx, state, at_hand)
    if here is None and at_hand is not None:
        raise illegal(Verb.FINISH, None)  # whom the caller meant to finish was taken from the counter meanwhile
    if here is not None:
        if not finished_first(here.state, tx.config.finish_on_next):
            raise QueueError(Code.COUNTER_BUSY, number=here.number)
        end_service(tx, here, state, outcome, quantity, note, missing)
        state = _again(tx, state)
    classes = tickets.waiting_classes(tx.conn, tx.site_id, counter.services, tx.believed_now)
    choice = order.choose(tx.config.order, state.wheel, classes)
    if choice is None:
        return
    ticket = tickets.first_waiting(tx.conn, tx.site_id, counter.services, choice.class_, tx.believed_now)
    _call(tx, Verb.CALL_NEXT, ticket, state, by="next", pointer=choice.pointer)


def call(tx: Transaction, counter_id: str, number: str, reason: str) -> None:
    """Call one number, with a reason that is kept. The wheel does not move.

    Raises ``counter_busy``, ``unknown_number``, ``illegal_transition``; ``too_early`` for one who came before their
    booked time.
    """
    counter, state = seat(tx, counter_id, Verb.CALL)
    if state.ticket:
        raise QueueError(Code.COUNTER_BUSY)
    ticket = numbered(tx, counter, number)
    check(tx, Verb.CALL, ticket, counter)
    _call(tx, Verb.CALL, ticket, state, by="number", pointer=state.wheel, reason=reason)


def _call(
    tx: Transaction,
    verb: Verb,
    ticket: Ticket,
    state: CounterState,
    *,
    by: Literal["next", "number"],
    pointer: int,
    reason: str | None = None,
) -> None:
    ticket = let_in_line(tx, ticket)
    wheel, before = [state.wheel, pointer], before_call(ticket)
    detail = Called(number=ticket.number, previous=tx.last_call, by=by, wheel=wheel, before=before)
    act(tx, verb, ticket, state, detail=detail, private={"reason": reason})


def recall(tx: Transaction, counter_id: str, at_hand: str | None = None) -> None:
    """Announce the called ticket once more: a new call occurrence; its first call's time stays."""
    _, state = seat(tx, counter_id, Verb.RECALL)
    ticket = current_for(tx, state, Verb.RECALL, at_hand)
    act(tx, Verb.RECALL, ticket, state, detail=Recalled(number=ticket.number, previous=tx.last_call))


def serve(tx: Transaction, counter_id: str, at_hand: str | None = None) -> None:
    """The visitor stands at the counter: service begins."""
    _, state = seat(tx, counter_id, Verb.SERVE)
    act(tx, Verb.SERVE, current_for(tx, state, Verb.SERVE, at_hand), state)


def finish(
    tx: Transaction,
    counter_id: str,
    outcome: str | None = None,
    quantity: int | None = None,
    note: str | None = None,
    at_hand: str | None = None,
    missing: Sequence[str] = (),
    done: Sequence[Transacted] = (),
) -> None:
    """Service is over. ``outcome`` must be one of the service's; ``quantity`` counts transactions.

    ``missing``: the papers that were, by their ids in the service's own list. ``done``: several transactions, instead
    of outcome, quantity and papers. Raises ``invalid`` for another outcome, ``unknown_paper``, ``unknown_outcome``.
    """
    _, state = seat(tx, counter_id, Verb.FINISH)
    here = current_for(tx, state, Verb.FINISH, at_hand)
    end_service(tx, here, state, outcome, quantity, note, missing, done)


def no_show(tx: Transaction, counter_id: str, reason: str | None = None, at_hand: str | None = None) -> None:
    """The called visitor did not come. They may return within the site's ``return_within_minutes``."""
    _set_aside(tx, counter_id, Verb.NO_SHOW, reason, at_hand)


def hold(
    tx: Transaction,
    counter_id: str,
    reason: str | None = None,
    at_hand: str | None = None,
    missing: Sequence[str] = (),
    note: str | None = None,
) -> None:
    """Set the visitor aside, to be called again by number.

    ``missing``: the papers that the visitor fetches meanwhile; raises ``unknown_paper``. ``note``: for whoever goes on.
    """
    _set_aside(tx, counter_id, Verb.HOLD, reason, at_hand, missing, note)


def _set_aside(
    tx: Transaction,
    counter_id: str,
    verb: Verb,
    reason: str | None,
    at_hand: str | None,
    missing: Sequence[str] = (),
    note: str | None = None,
) -> None:
    _, state = seat(tx, counter_id, verb, reason)
    ticket = current_for(tx, state, verb, at_hand)
    detail = held_for(tx, ticket, missing, note) if verb is Verb.HOLD else None
    act(tx, verb, ticket, state, detail=detail, private={"reason": reason, "note": note})
    oversee(tx, state, verb, ticket)


def return_ticket(
    tx: Transaction,
    counter_id: str,
    number: str | None = None,
    reason: str | None = None,
    at_hand: str | None = None,
) -> None:
    """Back into the queue with the arrival kept: the called ticket, or a held or missed one by number."""
    counter, state = seat(tx, counter_id, Verb.RETURN, reason)
    ticket = numbered(tx, counter, number, kept=True) if number else current_for(tx, state, Verb.RETURN, at_hand)
    check(tx, Verb.RETURN, ticket, counter)
    act(tx, Verb.RETURN, ticket, state, private={"reason": reason})
    oversee(tx, state, Verb.RETURN, ticket)


def transfer(
    tx: Transaction,
    counter_id: str,
    service: str,
    wish: str | None = None,
    note: str | None = None,
    confirm: bool = False,
    at_hand: str | None = None,
) -> None:
    """Pass the visitor on to another service with the same number and arrival; takes a place of its quota.

    Raises ``no_counter`` unless ``confirm`` where nobody could call the visitor today; see ``transferring.pass_on``.
    """
    _, state = seat(tx, counter_id, Verb.TRANSFER)
    ticket = current_for(tx, state, Verb.TRANSFER, at_hand)
    pass_on(tx, Verb.TRANSFER, ticket, state, service, wish, note, confirm)


def undo(tx: Transaction, counter_id: str, at_hand: str | None = None) -> None:
    """Take back the counter's last act while it is at most 15 s old: a call still called, a transfer still waiting."""
    _, state = seat(tx, counter_id, Verb.UNDO)
    if state.ticket is None:
        undo_transfer(tx, state, at_hand)
        return
    ticket = current_for(tx, state, Verb.UNDO, at_hand)
    made = events.call_at(tx.conn, tx.site_id, tx.epoch, state.call_revision) if state.call_revision else None
    if made is None or tx.now - made.at > UNDO_WITHIN:
        raise illegal(Verb.UNDO, ticket.state)
    detail = Undone(before=made.detail["before"], wheel=made.detail["wheel"][0], call=made.revision)
    act(tx, Verb.UNDO, ticket, state, detail=detail)


def cancel(
    tx: Transaction, counter_id: str, reason: str, number: str | None = None, at_hand: str | None = None
) -> None:
    """Cancel the called ticket, or a waiting or held one by number; the reason is kept."""
    counter, state = seat(tx, counter_id, Verb.CANCEL)
    ticket = numbered(tx, counter, number) if number else current(tx, state, at_hand)
    if ticket is None:
        raise illegal(Verb.CANCEL, None)
    check(tx, Verb.CANCEL, ticket, counter)
    by = "supervisor" if may(tx.actor, Act.OVERSEE) else "officer"
    act(tx, Verb.CANCEL, ticket, state, detail=cancelled(tx, ticket, by), private={"reason": reason})


def _again(tx: Transaction, state: CounterState) -> CounterState:
    """The counter as this command's own events have left it."""
    return counters.get(tx.conn, tx.site_id, state.id) or state
