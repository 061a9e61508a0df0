"""A visitor is passed on to another service, and brought back when that was wrong."""

from collections import Counter

from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Cancelled, Kind
from ..domain.fold import CounterState, Event, Ticket, before_transfer
from ..domain.quota import lacks, quota_left
from ..domain.rights import Act, may
from ..domain.taken_places import places_after
from ..domain.transfer import may_be_undone, may_bring_back, reach
from ..domain.transfer_events import Transferred, TransferUndone
from ..domain.verbs import Verb, illegal, kind_of
from ..store import counters, events, numbers, tickets
from ..store.transaction import Transaction
from .by_number import OF_NOBODY, found
from .desk import act

_OF_NO_CONSEQUENCE = (Kind.REPRINTED, Kind.NOTE_READ)  # a slip, or a look, does nothing to the visitor


def pass_on(
    tx: Transaction,
    verb: Verb,
    ticket: Ticket,
    state: CounterState | None,
    service: str,
    wish: str | None,
    note: str | None,
    confirm: bool,
) -> None:
    """Send a ticket to another service, from the counter where it is (None: it waits and is moved by number).

    Hours, cutoff and ``kiosk = false`` of the target do not matter; but where nobody could call the visitor today it
    is asked once more. Raises ``unknown_service``, ``unknown_counter``, ``class_not_offered``, ``quota_full``,
    ``no_counter``; then nothing has changed.
    """
    if service not in tx.config.services:
        raise QueueError(Code.UNKNOWN_SERVICE, service=service)
    if wish is not None and service not in getattr(tx.config.counters.get(wish), "services", ()):
        raise QueueError(Code.UNKNOWN_COUNTER, counter=wish)
    if ticket.class_ not in tx.config.offered(service):
        raise QueueError(Code.CLASS_NOT_OFFERED, service=service, **{"class": ticket.class_})
    held = service != ticket.service and places_held(tx, ticket)[service] > 0
    used = numbers.used(tx.conn, tx.site_id, tx.day, service).get(service, {})
    left = quota_left(tx.config.service_on(service, tx.today), used, tx.config.offered(service))
    if service != ticket.service and not held and lacks(left.get(ticket.class_), ticket.people):
        others = any(not lacks(left[class_], ticket.people) for class_ in tx.config.offered(service))
        raise QueueError(Code.QUOTA_FULL, service=service, **({"class": ticket.class_} if others else {}))
    if not confirm:
        _ask_once_more(tx, service)
    detail = Transferred(to=service, wish=wish)
    if state:
        detail["before"], detail["held"] = before_transfer(ticket), held
    else:
        detail["back"] = held
    if note:
        detail["noted"] = True
    act(tx, verb, ticket, state, detail=detail, private={"note": note})


def _ask_once_more(tx: Transaction, service: str) -> None:
    """Raises ``no_counter`` where a visitor would wait for nobody."""
    today = None if tx.clock_lost or tx.opened else local_date(tx.config, tx.now)
    working = {id for id, how in counters.standing(tx.conn, tx.site_id).items() if how.officer is not None}
    found = reach(tx.config, service, working, today)
    if not found.certain:
        facts = {"hours_today": found.hours_today, "counters_open": found.counters_open}
        raise QueueError(Code.NO_COUNTER, service=service, **facts)


def places_held(tx: Transaction, ticket: Ticket) -> Counter[str]:
    """service -> how often the ticket has places of its quota: where it was issued, and where it was sent on to."""
    return places_after(events.of_ticket(tx.conn, ticket.id))


def cancelled(tx: Transaction, ticket: Ticket, by: str) -> Cancelled:
    """The detail of a cancellation: one that was never called, nor served, gives every place back that it holds."""
    detail = Cancelled(by=by)
    if not ticket.came:
        detail["places"] = sorted(places_held(tx, ticket).elements())
    return detail


def _transfers(tx: Transaction, ticket: Ticket) -> list[Event]:
    """The ticket's transfers that stand, oldest first."""
    made: list[Event] = []
    for event in events.of_ticket(tx.conn, ticket.id):
        if event.kind == Kind.TRANSFERRED:
            made.append(event)
        elif event.kind == Kind.TRANSFER_UNDONE and made:
            made.pop()
    return made


def bring_back(
    tx: Transaction,
    typed: str,
    service: str,
    wish: str | None = None,
    note: str | None = None,
    confirm: bool = False,
) -> Ticket:
    """Move a visitor who waits to another service: a wrong transfer is put right. Number and arrival are kept.

    May be done by whoever helps without a counter, and by an officer of the counter that sent the visitor or of one
    that serves the service where they are or were. Raises as ``pass_on``, and ``not_found``, ``forbidden``,
    ``illegal_transition``.
    """
    ticket = found(tx, typed)
    if not _may_move(tx, ticket):
        raise QueueError(Code.FORBIDDEN)
    kind_of(Verb.MOVE, ticket.state)
    pass_on(tx, Verb.MOVE, ticket, None, service, wish, note, confirm)
    return tx.tickets[ticket.id]


def _may_move(tx: Transaction, ticket: Ticket) -> bool:
    made = _transfers(tx, ticket)
    was_at = made[-2].detail["to"] if len(made) > 1 else ticket.series
    sent_from = made[-1].counter if made else None
    services = [tx.config.services.get(id) for id in (ticket.service, was_at)]
    agencies = [service.agency if service else OF_NOBODY for service in services]
    if any(may(tx.actor, Act.HELP, tx.site_id, agency) for agency in agencies):
        return True
    if not may(tx.actor, Act.WORK, tx.site_id):
        return False
    here = counters.open_elsewhere(tx.conn, tx.actor.id)
    sits_at = [here[1]] if here and here[0] == tx.site_id else []
    return may_bring_back(tx.config, sits_at, now_at=ticket.service, sent_from=sent_from, was_at=was_at)


def _stands(tx: Transaction, made: Event, ticket: Ticket) -> bool:
    """Whether nothing was done to the visitor since: where the clock stood still, times alone do not tell.

    Another slip does nothing to them.
    """
    newest = [event for event in events.of_ticket(tx.conn, ticket.id) if event.kind not in _OF_NO_CONSEQUENCE][-1]
    return newest.revision == made.revision and may_be_undone(made, ticket, tx.now)


def undo_transfer(tx: Transaction, state: CounterState, at_hand: str | None) -> None:
    """Take back the counter's last transfer while it is at most 15 s old and the visitor still waits there.

    All is as before it, the place in the target's quota too. Raises ``illegal_transition``, ``other_number``.
    """
    made = events.transfer_at(tx.conn, tx.site_id, tx.epoch, state.call_revision) if state.call_revision else None
    ticket = tickets.by_id(tx.conn, made.ticket) if made and made.ticket else None
    if made is None or ticket is None or not _stands(tx, made, ticket):
        raise illegal(Verb.UNDO, ticket.state if ticket else None)
    if at_hand not in (None, ticket.number):
        raise QueueError(Code.OTHER_NUMBER, number=ticket.number)
    held = made.detail.get("held", False)
    detail = TransferUndone(before=made.detail["before"], transfer=made.revision, held=held)
    act(tx, Verb.UNDO, ticket, state, detail=detail)
