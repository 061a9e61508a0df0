"""What the officer's verbs share: whose counter it is, and which ticket is meant."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.events import Held, Kind
from ..domain.fold import CounterState, Ticket
from ..domain.numbering import normalise
from ..domain.papers import missing_papers
from ..domain.rights import only_lent
from ..domain.site import Counter
from ..domain.staffing_events import Overseen
from ..domain.verbs import RULES, Verb, illegal, is_held_at, kind_of, require_in_reach, require_seat, require_verb
from ..store import counters, lendings, tickets
from ..store.transaction import Transaction, record


def counter_of(tx: Transaction, counter_id: str, verb: Verb) -> tuple[Counter, CounterState]:
    """The counter, if the actor may do that there. Raises ``not_found``, ``forbidden``."""
    counter = tx.config.counters.get(counter_id)
    if counter is None:
        raise QueueError(Code.NOT_FOUND)
    require_verb(tx.actor, verb, tx.site_id, counter.agency)
    if only_lent(tx.actor, tx.site_id, counter.agency):  # the day may have ended since it was looked who asks
        lent = lendings.stands(tx.conn, tx.site_id, tx.actor.id, counter.agency)
        if not lent:
            raise QueueError(Code.FORBIDDEN)
    state = counters.get(tx.conn, tx.site_id, counter_id)
    if state is None:
        raise QueueError(Code.NOT_FOUND)
    return counter, state


def seat(tx: Transaction, counter_id: str, verb: Verb, reason: str | None = None) -> tuple[Counter, CounterState]:
    """The counter, if the actor has it open or may oversee it so (``verbs.require_seat``)."""
    counter, state = counter_of(tx, counter_id, verb)
    require_seat(tx.actor, verb, state, reason)
    return counter, state


def current(tx: Transaction, state: CounterState, at_hand: str | None) -> Ticket | None:
    """The ticket that is called or served at the counter.

    ``at_hand``: the number that the caller saw there and means; None: whatever is there. Raises ``other_number`` if
    another is there now: a panel stays open while another officer, or a supervisor, goes on at the counter, and what
    is then sent was meant for the visitor before.
    """
    ticket = tickets.by_id(tx.conn, state.ticket) if state.ticket else None
    if ticket is not None and at_hand not in (None, ticket.number):
        raise QueueError(Code.OTHER_NUMBER, number=ticket.number)
    return ticket


def current_for(tx: Transaction, state: CounterState, verb: Verb, at_hand: str | None) -> Ticket:
    """The counter's ticket, if the verb is legal for it. Raises ``illegal_transition``, also where there is none."""
    ticket = current(tx, state, at_hand)
    if ticket is None:
        raise illegal(verb, None)
    kind_of(verb, ticket.state)
    return ticket


def numbered(tx: Transaction, counter: Counter, typed: str, *, kept: bool = False) -> Ticket:
    """Today's ticket of a number, of this counter's services; ``kept``: or on hold here. Raises ``unknown_number``.

    A number of a service that the site file has dropped since stands in no counter's queue any more; any counter may
    call or cancel it, so that nobody is passed over because a file changed.
    """
    number = normalise(typed)
    ticket = tickets.by_number(tx.conn, tx.site_id, tx.day, number) if number and tx.day else None
    elsewhere = ticket is None or (ticket.service not in counter.services and ticket.service in tx.config.services)
    here = kept and ticket is not None and is_held_at(ticket, counter.id)
    if ticket is None or (elsewhere and not here):
        raise QueueError(Code.UNKNOWN_NUMBER, number=typed)
    return ticket


def check(tx: Transaction, verb: Verb, ticket: Ticket, counter: Counter) -> None:
    """Raises ``illegal_transition`` if the verb may not take that ticket at this counter."""
    require_in_reach(verb, ticket, counter.id, tx.now, tx.config.missed_call.return_within_minutes)


def act(
    tx: Transaction,
    verb: Verb,
    ticket: Ticket,
    state: CounterState | None = None,
    *,
    detail: Mapping[str, Any] | None = None,
    private: Mapping[str, str | None] | None = None,
) -> None:
    """Record what the verb does to a ticket in its state. Raises ``illegal_transition``; ``invalid`` without a reason
    where the verb needs one."""
    if RULES[verb].reason and not (private or {}).get("reason"):
        raise QueueError(Code.INVALID, field="reason")
    record(tx, kind_of(verb, ticket.state), ticket=ticket, counter=state, detail=detail, private=private)


def held_for(tx: Transaction, ticket: Ticket, missing: Iterable[str], note: str | None = None) -> Held:
    """What is recorded of a visitor who is set aside. Raises ``unknown_paper``."""
    papers = missing_papers(tx.config.services.get(ticket.service), missing)
    detail = Held(missing=[*papers]) if papers or ticket.missing else Held()
    if note:
        detail["noted"] = True
    return detail


def oversee(tx: Transaction, state: CounterState, verb: Verb, ticket: Ticket | None = None) -> None:
    """Record that somebody else's counter was acted at, so that its officer can be told by whom and why.

    An event of its own because there are few of them in a day: the desk document finds the newest without looking
    through all that was held, missed and returned.
    """
    if state.officer != tx.actor.id:
        detail = Overseen(verb=verb.value, number=ticket.number if ticket else None, at=state.officer)
        record(tx, Kind.OVERSEEN, counter=state, detail=detail)
