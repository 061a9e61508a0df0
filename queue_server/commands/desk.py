"""What the officer's verbs share: whose counter it is, and which ticket is meant."""

from ..domain.errors import Code, QueueError
from ..domain.fold import CounterState, Ticket
from ..domain.numbering import normalise
from ..domain.roles import Role, require
from ..domain.site import Counter
from ..domain.ticket import Action, State, after, may_come_back
from ..store import counters, tickets
from ..store.transaction import Transaction


def place(tx: Transaction, counter_id: str) -> tuple[Counter, CounterState]:
    """The counter, if the actor may work there. Raises ``not_found``, ``forbidden``."""
    counter = tx.config.counters.get(counter_id)
    if counter is None:
        raise QueueError(Code.NOT_FOUND)
    require(tx.actor, tx.site_id, counter.agency)
    if tx.actor.role not in (Role.OFFICER, Role.SUPERVISOR):
        raise QueueError(Code.FORBIDDEN)
    state = counters.get(tx.conn, tx.site_id, counter_id)
    if state is None:
        raise QueueError(Code.NOT_FOUND)
    return counter, state


def own(tx: Transaction, counter_id: str) -> tuple[Counter, CounterState]:
    """The counter, if the actor has it open. Raises ``counter_closed`` (tested first), ``not_your_counter``."""
    counter, state = place(tx, counter_id)
    if state.officer is None:
        raise QueueError(Code.COUNTER_CLOSED)
    if state.officer != tx.actor.id:
        raise QueueError(Code.NOT_YOUR_COUNTER)
    return counter, state


def own_or_overseen(tx: Transaction, counter_id: str, reason: str | None) -> tuple[Counter, CounterState]:
    """As ``own``, but a supervisor may act at anybody's counter, with a reason. Raises ``invalid`` without one."""
    counter, state = place(tx, counter_id)
    if state.officer is None:
        raise QueueError(Code.COUNTER_CLOSED)
    if state.officer != tx.actor.id:
        if tx.actor.role is not Role.SUPERVISOR:
            raise QueueError(Code.NOT_YOUR_COUNTER)
        if not reason:
            raise QueueError(Code.INVALID, field="reason")
    return counter, state


def current(tx: Transaction, state: CounterState) -> Ticket | None:
    """The ticket that is called or served at the counter. Raises ``other_number`` if the caller saw another there.

    A panel stays open while another officer, or a supervisor, goes on at the counter: what is then sent was meant for
    the visitor before.
    """
    ticket = tickets.by_id(tx.conn, state.ticket) if state.ticket else None
    if ticket is not None and tx.at_hand not in (None, ticket.number):
        raise QueueError(Code.OTHER_NUMBER, number=ticket.number)
    return ticket


def current_for(tx: Transaction, state: CounterState, action: Action) -> Ticket:
    """The counter's ticket, if ``action`` is legal for it. Raises ``illegal_transition``, also where there is none."""
    ticket = current(tx, state)
    if ticket is None:
        raise QueueError(Code.ILLEGAL_TRANSITION, action=action.value, state=None)
    after(action, ticket.state)
    return ticket


def numbered(tx: Transaction, counter: Counter, typed: str) -> Ticket:
    """Today's ticket of a number, of this counter's services. Raises ``unknown_number``.

    Who took a number of a service that the site file has dropped since stands in no counter's queue any more; any
    counter may call or cancel it, so that nobody is passed over because a file changed.
    """
    number = normalise(typed)
    ticket = tickets.by_number(tx.conn, tx.site_id, tx.day, number) if number and tx.day else None
    if ticket is None or (ticket.service not in counter.services and ticket.service in tx.config.services):
        raise QueueError(Code.UNKNOWN_NUMBER, number=typed)
    return ticket


def check(tx: Transaction, action: Action, ticket: Ticket, counter: Counter) -> None:
    """Raises ``illegal_transition`` if the table, the missed-call rule or another counter stands against it."""
    after(action, ticket.state)
    elsewhere = ticket.state in (State.CALLED, State.SERVING) and ticket.counter != counter.id
    within = tx.config.missed_call.return_within_minutes
    too_late = ticket.state is State.NO_SHOW and not may_come_back(ticket.since, tx.now, within)
    if elsewhere or too_late:
        raise QueueError(Code.ILLEGAL_TRANSITION, action=action.value, state=ticket.state.value)
