"""A visitor stands in the wrong class: the queue of another one is joined, with number and arrival kept.

Why is one of a few words, kept apart and purged by its lifetime: that somebody is entitled to priority, or is not, says
something of their health. No text can be written, and nothing is announced or printed.
"""

from ..domain.errors import Code, QueueError
from ..domain.fold import CounterState, Ticket
from ..domain.issue_events import Reclassed
from ..domain.quota import lacks, quota_left
from ..domain.rights import Act, may
from ..domain.verbs import Verb, require_class_change
from ..store import counters, numbers
from ..store.transaction import Transaction
from .by_number import agency_of, found
from .desk import act, check, current_for, numbered, seat
from .transferring import places_held


def reclass(
    tx: Transaction,
    counter_id: str,
    class_: str,
    reason: str,
    number: str | None = None,
    at_hand: str | None = None,
) -> None:
    """Change the class of the counter's ticket, or of a waiting or held one by number.

    Raises ``forbidden`` down from priority but for supervisors, ``class_not_offered``, ``quota_full``; then nothing has
    changed. Of the class that it has already: nothing happens.
    """
    counter, state = seat(tx, counter_id, Verb.RECLASS)
    ticket = numbered(tx, counter, number) if number else current_for(tx, state, Verb.RECLASS, at_hand)
    check(tx, Verb.RECLASS, ticket, counter)
    _change(tx, ticket, class_, reason, state)


def reclass_number(tx: Transaction, typed: str, class_: str, reason: str) -> Ticket:
    """The same away from any counter, by whoever helps without a counter, or by an officer who serves that service now.

    Raises as ``reclass``, and ``not_found``, ``illegal_transition``.
    """
    ticket = found(tx, typed)
    agency = agency_of(tx, ticket)
    here = counters.open_elsewhere(tx.conn, tx.actor.id)
    serves = may(tx.actor, Act.WORK, tx.site_id, agency) and _serves(tx, here, ticket.service)
    require_class_change(tx.actor, ticket.class_, class_, serves or may(tx.actor, Act.HELP, tx.site_id, agency))
    _change(tx, ticket, class_, reason, None)
    return tx.tickets.get(ticket.id, ticket)


def _serves(tx: Transaction, sits_at: tuple[str, str] | None, service: str) -> bool:
    site, counter = sits_at or ("", "")
    return site == tx.site_id and counter in tx.config.counters and service in tx.config.counters[counter].services


def _change(tx: Transaction, ticket: Ticket, class_: str, reason: str, state: CounterState | None) -> None:
    require_class_change(tx.actor, ticket.class_, class_)
    service = tx.config.services.get(ticket.service)
    offered = tx.config.offered(ticket.service) if service else ()
    if service is None or class_ not in offered:
        raise QueueError(Code.CLASS_NOT_OFFERED, service=ticket.service, **{"class": class_})
    if class_ == ticket.class_:
        return
    held = places_held(tx, ticket)
    theirs = held[ticket.service] * ticket.people
    used = dict(numbers.used(tx.conn, tx.site_id, tx.day, ticket.service).get(ticket.service, {}))
    used[ticket.class_] = used.get(ticket.class_, 0) - theirs  # its own places move with it
    left = quota_left(tx.config.service_on(service.id, tx.today), used, offered).get(class_)
    if lacks(left, theirs):
        raise QueueError(Code.QUOTA_FULL, service=ticket.service, **{"class": class_})
    detail: Reclassed = {"class": class_, "was": ticket.class_, "places": sorted(held.elements())}
    act(tx, Verb.RECLASS, ticket, state, detail=detail, private={"reason": reason})
