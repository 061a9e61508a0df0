"""A visitor who has booked comes, and is let in by the code."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ..domain.booking_events import OfBooking
from ..domain.booking_rule import Arrival
from ..domain.bookings import Booking, code_hash, gave_back, may_come_again, rule_of
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Ticket
from ..domain.hours import CLOSED, HOLIDAY, NOT_TODAY, open_span
from ..domain.issue_events import Issued
from ..domain.numbering import number
from ..domain.own_codes import own_code_hash, own_token_hash
from ..domain.quota import DAY_CLOSED, availability, day_facts
from ..domain.rights import Act, may, require
from ..domain.roles import Role
from ..store import bookings, events, numbers, tickets
from ..store.ids import new_id
from ..store.transaction import Transaction, record
from .foretelling import tell

_SHUT = (HOLIDAY, NOT_TODAY, CLOSED, DAY_CLOSED)  # then nobody is let in; a pause or an interruption is waited out


def check_in(tx: Transaction, code: str, language: str | None = None, reason: str | None = None) -> Ticket:
    """The ticket of whoever comes with a code: a new one, or the one that they have already.

    It takes no place of a quota but that which was booked, and is never refused for one. An early visitor has
    a number that is not called yet. There is a new one, by the same rule, for a number that was given up, or that ended
    with a day which was opened again. ``reason``: of the front desk, for one who comes too late on the day itself.

    Raises ``unknown_booking``, ``booking_cancelled``, ``too_early {from}``, ``too_late {rule, alternatives}``,
    ``service_closed``, ``forbidden``.
    """
    require(tx.actor, Act.CHECK_IN, tx.site_id)
    found = _meant(tx, _made_with(tx, code))
    service = tx.config.services.get(found.service)
    if service is None:
        raise QueueError(Code.SERVICE_CLOSED, service=found.service, reason=NOT_TODAY)
    require(tx.actor, Act.CHECK_IN, tx.site_id, service.agency)
    known = tickets.by_id(tx.conn, found.ticket) if found.ticket else None
    if known is not None and not may_come_again(known, _given_up(tx, known)):
        return known
    if found.given_back:
        raise QueueError(Code.BOOKING_CANCELLED)
    _refuse_shut(tx, found)
    came = _arrival(tx, found)
    if came is Arrival.TOO_EARLY:
        raise _too_early(tx, found)
    late = came is Arrival.TOO_LATE
    if late and not (reason and may(tx.actor, Act.HELP, tx.site_id, service.agency)):
        raise _too_late(tx, found)
    return _let_in(tx, found, known, service.prefix, language, reason if late else None, came)


def _made_with(tx: Transaction, code: str) -> list[Booking]:
    """The bookings of a code: of a list, or of the hall's own page, by its code or by the link in its QR."""
    listed = bookings.by_code(tx.conn, tx.site_id, code_hash(tx.secret, tx.site_id, code))
    own = bookings.by_code(tx.conn, tx.site_id, own_code_hash(tx.secret, tx.site_id, code))
    linked = bookings.by_token(tx.conn, own_token_hash(tx.secret, code))
    return [*listed, *own, *([linked] if linked is not None and linked.site == tx.site_id else [])]


def _given_up(tx: Transaction, ticket: Ticket) -> bool:
    """Whether its holder cancelled it."""
    cancelled = (one for one in events.of_ticket(tx.conn, ticket.id) if one.kind == Kind.CANCELLED)
    return any(one.detail["by"] == "visitor" for one in cancelled)


def _meant(tx: Transaction, made: Sequence[Booking]) -> Booking:
    """Which of the bookings of a code is meant now: today's first that can be taken, else what can be said of one."""
    today = [one for one in made if one.day == tx.today]
    open_ = [one for one in today if one.may_come]
    in_time = [one for one in open_ if _arrival(tx, one) is not Arrival.TOO_LATE]
    there = [one for one in today if one.ticket]
    for choice in (in_time, there[-1:], open_[-1:], today):
        if choice:
            return choice[0]
    standing = [one for one in made if not one.given_back]
    ahead = [one for one in standing if one.day > tx.today]
    if ahead:
        raise _too_early(tx, ahead[0])
    if standing:
        raise _too_late(tx, standing[-1])
    raise QueueError(Code.BOOKING_CANCELLED if made else Code.UNKNOWN_BOOKING)


def _arrival(tx: Transaction, found: Booking) -> Arrival:
    """By the rule of the door; whoever comes on the open day while the clock is lost comes in time."""
    if tx.clock_lost:
        return Arrival.IN_TIME
    return rule_of(tx.config, found.service).arrival(found.slot, tx.now, _doors(tx, found.day))


def _doors(tx: Transaction, day: date) -> datetime | None:
    """When the hall opens on the day; None: it is open whatever the hours say, or has none that can be read."""
    if day == tx.today and tx.opened:
        return None
    span = open_span(tx.config, day)
    return span[0] if span else None


def _refuse_shut(tx: Transaction, found: Booking) -> None:
    at = availability(tx.config, found.service, tx.now, day=tx.day, used={}, **day_facts(tx))
    if at.reason in _SHUT:
        raise QueueError(Code.SERVICE_CLOSED, service=found.service, reason=at.reason, **at.detail)


def _too_early(tx: Transaction, found: Booking) -> QueueError:
    midnight = datetime.combine(found.day, time(0), tzinfo=tx.config.timezone).astimezone(UTC)
    said = {"from": (_doors(tx, found.day) or midnight).isoformat(), "slot": found.slot.isoformat()}
    return QueueError(Code.TOO_EARLY, service=found.service, **said)


def _too_late(tx: Transaction, found: Booking) -> QueueError:
    """What the rule is, and what remains: the classes of which a number can be taken now, and the front desk."""
    rule = rule_of(tx.config, found.service)
    said = {"from": rule.callable_from(found.slot).isoformat(), "until": rule.until(found.slot).isoformat()}
    remains: list[str] = []
    service = tx.config.services.get(found.service)
    if service is not None and (service.kiosk or not tx.actor.has({Role.KIOSK})):
        used = numbers.used(tx.conn, tx.site_id, tx.day, found.service).get(found.service, {})
        at = availability(tx.config, found.service, tx.now, day=tx.day, used=used, **day_facts(tx))
        classes = [c for c in tx.config.offered(found.service) if c != "booked"]
        remains = [c for c in classes if at.why_not(c, found.people) is None]
    if found.day == tx.today:
        remains.append("front_desk")
    slot = found.slot.isoformat()
    return QueueError(Code.TOO_LATE, service=found.service, slot=slot, rule=said, alternatives=remains)


def _let_in(
    tx: Transaction,
    found: Booking,
    before: Ticket | None,
    prefix: str,
    language: str | None,
    reason: str | None,
    came: Arrival,
) -> Ticket:
    seq = numbers.take_number(tx.conn, tx.site_id, found.service, tx.today)
    booking = OfBooking(id=found.id, slot=found.slot.isoformat(), held=found.holds_place and not gave_back(before))
    if came is Arrival.TOO_LATE:
        booking["late"] = True
    detail: Issued = {"seq": seq, "number": number(prefix, seq), "class": "booked", "by": tx.actor.role.value}
    detail["booking"] = booking
    if came is Arrival.EARLY:
        detail["callable_from"] = rule_of(tx.config, found.service).callable_from(found.slot).isoformat()
    else:
        tell(tx, detail, found.service, "booked")
    if found.people > 1:
        detail["people"] = found.people
    if language:
        detail["language"] = language
    id = new_id()
    record(tx, Kind.ISSUED, new_ticket=id, service=found.service, detail=detail, private={"reason": reason})
    return tx.tickets[id]
