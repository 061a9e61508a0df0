"""What a visitor sets off: a ticket is issued (by a kiosk, or by staff for them), or given up."""

from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.events import Issued, Kind, Refused
from ..domain.fold import Ticket
from ..domain.numbering import number
from ..domain.quota import INTERRUPTED, QUOTA_FULL, Availability, availability, day_facts
from ..domain.rights import Act, require
from ..domain.roles import Role
from ..domain.site import Service
from ..domain.verbs import Verb
from ..store import numbers, tickets
from ..store.ids import new_id
from ..store.transaction import Transaction, record
from .desk import act
from .transferring import cancelled

_CODES = {QUOTA_FULL: Code.QUOTA_FULL, INTERRUPTED: Code.SERVICE_INTERRUPTED}


def issue(
    tx: Transaction,
    service: str,
    class_: str = "regular",
    *,
    booking: str | None = None,
    language: str | None = None,
    origin: str | None = None,
    walk_in: bool = False,
) -> Ticket | None:
    """Give the next number of a service; ``walk_in``: to one who is served at once.

    None if hours or quota refuse: the refusal is kept as an event (unmet demand) and ``tx.refused`` is what the
    caller is told. Raises QueueError: ``unknown_service``, ``not_at_kiosk``, ``class_not_offered``, ``forbidden``.
    """
    wanted = _may_issue(tx, service, class_)
    limited = tx.config.service_on(service, tx.today).limited
    used = numbers.used(tx.conn, tx.site_id, tx.day, service).get(service, {}) if limited else {}
    found = availability(tx.config, service, tx.now, day=tx.day, used=used, **day_facts(tx))
    if found.why_not(class_) is not None:
        _refuse(tx, wanted, class_, found)
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
    record(tx, Kind.ISSUED, new_ticket=id, service=service, detail=detail, private={"booking": booking})
    return tx.tickets[id]


def _may_issue(tx: Transaction, service: str, class_: str) -> Service:
    require(tx.actor, Act.ISSUE, tx.site_id)
    wanted = tx.config.services.get(service)
    if wanted is None:
        raise QueueError(Code.UNKNOWN_SERVICE, service=service)
    require(tx.actor, Act.ISSUE, tx.site_id, wanted.agency)
    if tx.actor.has({Role.KIOSK}) and not wanted.kiosk:
        raise QueueError(Code.NOT_AT_KIOSK, service=service)
    if class_ not in tx.config.offered(service):
        raise QueueError(Code.CLASS_NOT_OFFERED, service=service, **{"class": class_})
    return wanted


def _refuse(tx: Transaction, service: Service, class_: str, found: Availability) -> None:
    reason = found.why_not(class_)
    code = _CODES.get(reason or "", Code.SERVICE_CLOSED)
    detail: Refused = {"code": code.value, "reason": reason, "class": class_}
    record(tx, Kind.REFUSED, service=service.id, detail=detail)
    about: dict[str, str] = {}
    if found.open:  # only this class is full
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
