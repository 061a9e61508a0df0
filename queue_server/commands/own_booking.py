"""A place is booked on the hall's own page, confirmed the day before, or given back; no name, no number of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ..domain import carry
from ..domain.booking_events import Booked, BookingConfirmed, BookingGivenBack, BookingsReleased, OneBooking, SlotBooked
from ..domain.bookings import Booking, misses
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.own_codes import address_hash, browser_hash, own_code, own_code_hash, own_token, own_token_hash
from ..domain.rights import Act, require
from ..domain.site import Site
from ..domain.slots import (
    MOST_HELD,
    DayOfSlots,
    Slot,
    address_places,
    begins_at,
    confirm_from,
    free_slots,
    is_to_confirm,
    rule_of_slots,
    unconfirmed,
)
from ..store import bookings, numbers, structures
from ..store.ids import new_id
from ..store.transaction import Transaction, record

_TRIES = 20  # of a code that nobody has


@dataclass(frozen=True, slots=True)
class Booker:
    """The one who books, as far as that is asked: a browser that is known again, and an address.

    The address is None for staff and for the hall's own devices, who book for others.
    """

    browser: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: ``at`` is a time of the day at the site."""

    service: str
    day: date
    at: time
    people: int = 1


def book(tx: Transaction, wish: Wish, by: Booker) -> Booking:
    """Take a place of a slot. Raises ``unknown_service`` for one without slots, ``group_too_large``, ``slot_gone``,
    ``slot_full {left}``, ``bookings_held {most}`` for a browser that has two, ``too_many_requests`` for an address that
    has booked its share of today.
    """
    require(tx.actor, Act.BOOK, tx.site_id)
    site = site_on(tx, wish.day)
    if rule_of_slots(site, wish.service) is None and rule_of_slots(_site(tx), wish.service) is None:
        raise QueueError(Code.UNKNOWN_SERVICE, service=wish.service)
    if wish.people > site.group_max:
        raise QueueError(Code.GROUP_TOO_LARGE, most=site.group_max, people=wish.people)
    slot = _instant(site, wish)
    found = next((one for one in _slots(tx, site, wish) if one.at == slot), None)
    if found is None:
        raise QueueError(Code.SLOT_GONE, service=wish.service, slot=slot.isoformat())
    if found.left < wish.people:
        raise QueueError(Code.SLOT_FULL, service=wish.service, slot=slot.isoformat(), left=found.left)
    keys = _counted(tx, site, wish, by)
    id = _new_id(tx)
    keys["code_hash"] = own_code_hash(tx.secret, tx.site_id, own_code(tx.secret, id))
    keys["token_hash"] = own_token_hash(tx.secret, own_token(tx.secret, id))
    confirmed = tx.now >= confirm_from(_site(tx), wish.service, wish.day)
    booked = Booked(id=id, date=wish.day.isoformat(), slot=slot.isoformat(), people=wish.people, confirmed=confirmed)
    record(tx, Kind.SLOT_BOOKED, service=wish.service, detail=SlotBooked(booking=booked), codes={id: keys})
    return _as_it_is(tx, id)


def confirm(tx: Transaction, id: str) -> Booking:
    """The holder will come; once more changes nothing. Raises ``illegal_transition`` where it cannot be said now.

    While no time can be read from the clock, it can be said at any time.
    """
    require(tx.actor, Act.HOLD_BOOKING, tx.site_id)
    found = _as_it_is(tx, id)
    if found.confirmed and found.may_come:
        return found
    possible = found.expected and (tx.clock_lost or is_to_confirm(_site(tx), found, tx.now))
    if not possible:
        raise _illegal(found)
    record(tx, Kind.BOOKING_CONFIRMED, service=found.service, detail=BookingConfirmed(booking=_named(found)))
    return _as_it_is(tx, id)


def give_back(tx: Transaction, id: str) -> Booking:
    """The holder will not come, and the place is free again; once more changes nothing.

    Raises ``illegal_transition`` once somebody has come with it, or when its time is over.
    """
    require(tx.actor, Act.HOLD_BOOKING, tx.site_id)
    found = _as_it_is(tx, id)
    if found.given_back:
        return found
    if not found.expected:
        raise _illegal(found)
    detail = BookingGivenBack(booking=_named(found), places=misses([found]))
    record(tx, Kind.BOOKING_GIVEN_BACK, service=found.service, detail=detail)
    return _as_it_is(tx, id)


def release(tx: Transaction, day: date, last_at: datetime | None) -> None:
    """A day begins: the places of it for which nobody said that they will come are free again."""
    left = unconfirmed(_site(tx), _still_booked(tx, day), last_at)
    if left:
        detail = BookingsReleased(bookings=[one.id for one in left], places=misses(left))
        record(tx, Kind.BOOKINGS_RELEASED, detail=detail)


def _instant(site: Site, wish: Wish) -> datetime:
    try:
        return datetime.combine(wish.day, wish.at, tzinfo=site.timezone).astimezone(UTC)
    except OverflowError:  # the first night of the calendar: no slot, whenever it would be
        return datetime.combine(wish.day, wish.at, tzinfo=UTC)


def site_on(tx: Transaction, day: date) -> Site:
    """The site as it is known to be on a day: the levers of the open day are for that one alone, and a structure that
    is saved for a later day holds from then on."""
    if day == tx.day:
        return tx.config
    declared = _site(tx)
    ahead = structures.ahead(tx.conn, tx.site_id, tx.structures, declared, local_date(declared, tx.now))
    return carry.in_force(ahead, day)


def _site(tx: Transaction) -> Site:
    """As it is declared; ``tx.config`` refuses a command that has no site."""
    return tx.site or tx.config


def _slots(tx: Transaction, site: Site, wish: Wish) -> list[Slot]:
    if tx.clock_lost or (tx.day_closed and wish.day == tx.day):
        return []
    booked = bookings.standing(tx.conn, tx.site_id, wish.service, wish.day, wish.day)
    used = numbers.used(tx.conn, tx.site_id, wish.day, wish.service).get(wish.service, {})
    return free_slots(site, wish.service, DayOfSlots(wish.day, booked, used), tx.now, tx.interruptions)


def _counted(tx: Transaction, site: Site, wish: Wish, by: Booker) -> dict[str, str]:
    """The hashes of browser and address, if neither has too many. Raises as ``book``."""
    today = local_date(site, tx.now)
    keys = {"browser_hash": browser_hash(tx.secret, tx.site_id, by.browser)}
    if bookings.of_browser(tx.conn, tx.site_id, keys["browser_hash"], today) >= MOST_HELD:
        raise QueueError(Code.BOOKINGS_HELD, most=MOST_HELD)
    if by.address is not None:
        keys["address_hash"] = address_hash(tx.secret, tx.site_id, today.isoformat(), by.address)
        has = bookings.of_address(tx.conn, tx.site_id, keys["address_hash"], wish.service)
        if has + wish.people > address_places(site, wish.service, wish.day):
            left = begins_at(site, today + timedelta(days=1)) - tx.now
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=max(1, int(left.total_seconds())))
    return keys


def _new_id(tx: Transaction) -> str:
    """An id whose code is nobody's: eight digits may come twice."""
    for _ in range(_TRIES):
        id = new_id()
        if not bookings.by_code(tx.conn, tx.site_id, own_code_hash(tx.secret, tx.site_id, own_code(tx.secret, id))):
            return id
    raise QueueError(Code.BUSY)


def _still_booked(tx: Transaction, day: date) -> Iterable[Booking]:
    return (one for one in bookings.of_day(tx.conn, tx.site_id, day) if one.expected)


def _as_it_is(tx: Transaction, id: str) -> Booking:
    found = bookings.known(tx.conn, tx.site_id, [id]).get(id)
    if found is None:
        raise QueueError(Code.NOT_FOUND)
    return found


def _named(one: Booking) -> OneBooking:
    return OneBooking(id=one.id, slot=one.slot.isoformat())


def _illegal(found: Booking) -> QueueError:
    return QueueError(Code.ILLEGAL_TRANSITION, state=found.state.value)
