"""What is done to a visitor by number, away from any counter, by whoever helps: the front desk and supervisors.

Where the visitor is called or served at a counter, that counter's officer is told by whom and why.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.fold import CounterState, Ticket
from ..domain.issue_events import Regrouped
from ..domain.quota import lacks, quota_left
from ..domain.rights import Act, may, require
from ..domain.site import GROUP_MOST, Class
from ..domain.verbs import Verb, kind_of, require_in_time, require_slip, whose_counter
from ..store import counters, numbers
from ..store.transaction import Transaction
from . import carrying
from .by_number import agency_of, found
from .desk import act, held_for, oversee
from .transferring import cancelled, places_held


def return_number(tx: Transaction, typed: str, reason: str | None = None) -> Ticket:
    """A called, held or missed visitor waits again, with the arrival kept.

    Raises ``not_found``, ``forbidden``, ``illegal_transition``; ``invalid`` without a reason at somebody's counter.
    """
    return _carry_out(tx, Verb.RETURN, typed, reason)


def hold_number(tx: Transaction, typed: str, reason: str | None = None, missing: Iterable[str] = ()) -> Ticket:
    """A called or served visitor is set aside, perhaps to fetch papers.

    Raises as ``return_number``, and ``unknown_paper``.
    """
    return _carry_out(tx, Verb.HOLD, typed, reason, missing)


def cancel_number(tx: Transaction, typed: str, reason: str) -> Ticket:
    """A waiting, held or called number is given up for its holder, or the place that is kept for them on another day.

    Raises as ``return_number``.
    """
    ticket = found(tx, typed)
    if ticket.carried_to is None:
        return _carry_out(tx, Verb.CANCEL, typed, reason)
    require(tx.actor, Act.HELP, tx.site_id, agency_of(tx, ticket))
    carrying.give_place_up(tx, ticket, reason)
    return tx.tickets[ticket.id]


def reprint(tx: Transaction, typed: str, reason: str | None = None) -> Ticket:
    """Another slip for a number whose visit is not over, or that ended for want of papers: their list.

    Nothing but that changes. Also by an officer of its agency. Raises as ``return_number``.
    """
    ticket = found(tx, typed)
    require_slip(ticket)
    agency = agency_of(tx, ticket)
    if not may(tx.actor, Act.HELP, tx.site_id, agency):
        require(tx.actor, Act.WORK, tx.site_id, agency)
    act(tx, Verb.REPRINT, ticket, private={"reason": reason})
    return tx.tickets[ticket.id]


def regroup(tx: Transaction, typed: str, people: int) -> Ticket:
    """Another number of people came with a number than was said. Of as many as before: nothing happens.

    Raises ``not_found``, ``forbidden``, ``illegal_transition``; ``quota_full`` where more have no places, and
    ``group_too_large``: then nothing has changed.
    """
    ticket = found(tx, typed)
    require(tx.actor, Act.HELP, tx.site_id, agency_of(tx, ticket))
    kind_of(Verb.REGROUP, ticket.state)
    if people > GROUP_MOST:
        raise QueueError(Code.GROUP_TOO_LARGE, most=GROUP_MOST, people=people)
    if people == ticket.people:
        return ticket
    held, more = places_held(tx, ticket), people - ticket.people
    for service in held if more > 0 else ():
        left = _left(tx, service).get(ticket.class_)
        if lacks(left, more * held[service]):
            raise QueueError(Code.QUOTA_FULL, service=service, left=left, people=people)
    detail = Regrouped(people=people, was=ticket.people, places=sorted(held.elements()))
    act(tx, Verb.REGROUP, ticket, detail=detail)
    return tx.tickets[ticket.id]


def _left(tx: Transaction, service: str) -> Mapping[Class, int | None]:
    """Places that each class can still take there; of a service that is no more as many as anybody likes."""
    if service not in tx.config.services:
        return {}
    used = numbers.used(tx.conn, tx.site_id, tx.day, service).get(service, {})
    return quota_left(tx.config.service_on(service, tx.today), used, tx.config.offered(service))


def _carry_out(tx: Transaction, verb: Verb, typed: str, reason: str | None, missing: Iterable[str] = ()) -> Ticket:
    ticket = found(tx, typed)
    require(tx.actor, Act.HELP, tx.site_id, agency_of(tx, ticket))
    require_in_time(verb, ticket, tx.now, tx.config.missed_call.return_within_minutes)
    state = _place(tx, ticket)
    if state is not None and not reason:
        raise QueueError(Code.INVALID, field="reason")
    by = "supervisor" if may(tx.actor, Act.OVERSEE, tx.site_id) else "front_desk"
    detail: Mapping[str, Any] | None = None
    if verb is Verb.CANCEL:
        detail = cancelled(tx, ticket, by)
    elif verb is Verb.HOLD:
        detail = held_for(tx, ticket, missing)
    act(tx, verb, ticket, state, detail=detail, private={"reason": reason})
    if state is not None:
        oversee(tx, state, verb, ticket)
    return tx.tickets[ticket.id]


def _place(tx: Transaction, ticket: Ticket) -> CounterState | None:
    """The counter where the visitor is called or served."""
    id = whose_counter(ticket)
    return counters.get(tx.conn, tx.site_id, id) if id else None
