"""What a visitor sets off: a ticket is issued (by a kiosk, or by staff for them), or given up."""

from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Ticket
from ..domain.issue_events import Issued, Refused
from ..domain.numbering import number
from ..domain.quota import INTERRUPTED, QUOTA_FULL, Availability, availability, day_facts
from ..domain.rights import Act, require
from ..domain.roles import Role
from ..domain.site import GROUP_MOST, Class, Service
from ..domain.verbs import Verb
from ..store import numbers, tickets
from ..store.ids import new_id
from ..store.transaction import Transaction, record
from .desk import act
from .escorting import say
from .foretelling import tell
from .transferring import cancelled

_CODES = {QUOTA_FULL: Code.QUOTA_FULL, INTERRUPTED: Code.SERVICE_INTERRUPTED}


def issue(
    tx: Transaction,
    service: str,
    class_: Class = "regular",
    *,
    booking: str | None = None,
    language: str | None = None,
    origin: str | None = None,
    walk_in: bool = False,
    people: int = 1,
    escort: bool = False,
    reason: str | None = None,
) -> Ticket | None:
    """Give the next number of a service, to one person or to a group.

    ``walk_in``: to one who is served at once; ``escort``: they ask to be guided to the counter; ``reason``: why staff
    give the class ``booked`` to somebody without a code.

    None if hours or quota refuse: the refusal is kept as an event (unmet demand) and ``tx.refused`` is what the
    caller is told. Raises QueueError: ``unknown_service``, ``not_at_kiosk``, ``class_not_offered``,
    ``group_too_large``, ``forbidden``.
    """
    wanted = _may_issue(tx, service, class_)
    _may_be_so_many(tx, people)
    limited = tx.config.service_on(service, tx.today).limited
    used = numbers.used(tx.conn, tx.site_id, tx.day, service).get(service, {}) if limited else {}
    found = availability(tx.config, service, tx.now, day=tx.day, used=used, **day_facts(tx))
    if found.why_not(class_, people) is not None:
        _refuse(tx, wanted, class_, found, people)
        return None
    seq = numbers.take_number(tx.conn, tx.site_id, service, tx.today)
    by, id = tx.actor.role.value, new_id()
    detail: Issued = {"seq": seq, "number": number(wanted.prefix, seq), "class": class_, "by": by}
    if origin:
        detail["origin"] = origin
    if language:
        detail["language"] = language
    if walk_in:
        detail["walk_in"] = True
    else:
        tell(tx, detail, service, class_)
    if people > 1:
        detail["people"] = people
    record(
        tx, Kind.ISSUED, new_ticket=id, service=service, detail=detail, private={"booking": booking, "reason": reason}
    )
    if escort:
        say(tx, tx.tickets[id], True)
    return tx.tickets[id]


def _may_issue(tx: Transaction, service: str, class_: str) -> Service:
    require(tx.actor, Act.ISSUE, tx.site_id)
    wanted = tx.config.services.get(service)
    if wanted is None:
        raise QueueError(Code.UNKNOWN_SERVICE, service=service)
    require(tx.actor, Act.ISSUE, tx.site_id, wanted.agency)
    if tx.actor.has({Role.KIOSK}) and not wanted.kiosk:
        raise QueueError(Code.NOT_AT_KIOSK, service=service)
    if class_ not in tx.config.offered(service) or _only_by_check_in(tx, wanted, class_):
        raise QueueError(Code.CLASS_NOT_OFFERED, service=service, **{"class": class_})
    return wanted


def _only_by_check_in(tx: Transaction, wanted: Service, class_: str) -> bool:
    """A kiosk knows who has booked by the code alone, where the service takes lists of booked places."""
    return class_ == "booked" and wanted.booking is not None and tx.actor.has({Role.KIOSK})


def _may_be_so_many(tx: Transaction, people: int) -> None:
    most = tx.config.group_max if tx.actor.has({Role.KIOSK}) else GROUP_MOST
    if people > most:
        raise QueueError(Code.GROUP_TOO_LARGE, most=most, people=people)


def _refuse(tx: Transaction, service: Service, class_: Class, found: Availability, people: int) -> None:
    reason = found.why_not(class_, people)
    code = _CODES.get(reason or "", Code.SERVICE_CLOSED)
    detail: Refused = {"code": code.value, "reason": reason, "class": class_}
    if people > 1:
        detail["people"] = people
    record(tx, Kind.REFUSED, service=service.id, detail=detail)
    about: dict[str, Any] = {}
    if found.open and (left := found.quota_left.get(class_)):  # for fewer there would be room
        about = {"left": left, "people": people}
    elif found.open:  # only this class is full
        about = {"class": class_} | ({"opens_at": found.again_at.isoformat()} if found.again_at else {})
    said: dict[str, Any] = {"reason": reason} | dict(found.detail) | about
    if found.cause is not None and code is Code.SERVICE_INTERRUPTED:
        said["reason"] = said.pop("cause")
    tx.refused = QueueError(code, service=service.id, **said)


def cancel_own(tx: Transaction, ticket_id: str) -> Ticket:
    """The holder gives the ticket up. Raises ``illegal_transition`` once it was called."""
    ticket = tickets.by_id(tx.conn, ticket_id)
    if ticket is None:
        raise QueueError(Code.NOT_FOUND)
    act(tx, Verb.GIVE_UP, ticket, detail=cancelled(tx, ticket, "visitor"))
    return tx.tickets[ticket.id]
