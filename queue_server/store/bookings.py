"""Booked places: read by day or by the hash of a code, written by folding the events that tell of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from ..domain.bookings import HELD, Booking, BookingState
from ..domain.privacy import Lifetime
from .booking_schema import booking
from .key_file import refusal
from .keyring import MARK
from .prepared import Prepared
from .private import ring_of
from .schema import in_words, ticket

Keys = Mapping[str, str]  # the hashes by which a new booking is found: columns that no event tells of

_b = booking.c
FIELDS = tuple(f.name for f in fields(Booking))
_ALL = select(*(_b[name] for name in FIELDS))
_SITE = _b.site == bindparam("site")
_STATE = FIELDS.index("state")
_OF_DAY = _ALL.where(_SITE, _b.day == bindparam("day")).order_by(_b.slot, _b.id)
_BY_ID = _ALL.where(_SITE, _b.id == bindparam("id"))
_BY_CODE = _ALL.where(_SITE, _b.code_hash.in_(bindparam("said", expanding=True))).order_by(_b.day, _b.slot, _b.id)
_BY_TOKEN = _ALL.where(_b.token_hash == bindparam("token_hash"))
_OF_SERVICE = _ALL.where(_SITE, _b.day.between(bindparam("first"), bindparam("last")))
_OF_SERVICE = _OF_SERVICE.where(_b.service == bindparam("service"), _b.state.in_([in_words(one) for one in HELD]))
_STILL_BOOKED = _ALL.where(_SITE, _b.state == in_words(BookingState.BOOKED)).order_by(_b.slot, _b.id)
_EXPECTED = Prepared(
    _ALL.where(_SITE, _b.day == bindparam("day"), _b.state == in_words(BookingState.BOOKED)).order_by(_b.slot, _b.id)
)
_CHANGES = ("slot", "people", "state", "late", "ticket", "confirmed", "ended")
_KEYS = ("code_hash", "token_hash", "browser_hash", "address_hash")
_NEW = Prepared(booking.insert())
_CHANGE = Prepared(update(booking).where(_b.site == bindparam("of_site"), _b.id == bindparam("of")))


def _booking(row: Any) -> Booking:
    # To a type checker either star may be all the fields.
    return Booking(*row[:_STATE], BookingState(row[_STATE]), *row[_STATE + 1 : len(FIELDS)])  # type: ignore[call-arg]


def of_site(conn: Connection, site: str) -> Iterator[Booking]:
    """All that there ever were."""
    return map(_booking, conn.execute(_ALL.where(_SITE), {"site": site}))


def of_day(conn: Connection, site: str, day: date) -> list[Booking]:
    """A day's, in the order of their slots."""
    return [_booking(row) for row in conn.execute(_OF_DAY, {"site": site, "day": day})]


def expected(conn: Connection, site: str, day: date) -> list[Booking]:
    """Those of a day that nobody has come with, and that are not over, in the order of their slots."""
    return [_booking(row) for row in _EXPECTED.rows(conn, {"site": site, "day": day})]


def of_days(conn: Connection, site: str, first: date, last: date) -> Iterator[tuple[Booking, str | None]]:
    """Each of these days, in the order of their slots, with the number of whoever came."""
    wanted = select(ticket.c.number, *(_b[name] for name in FIELDS)).select_from(booking)
    wanted = wanted.outerjoin(ticket, _b.ticket == ticket.c.id).where(_b.site == site, _b.day.between(first, last))
    for row in conn.execute(wanted.order_by(_b.day, _b.slot, _b.id)):
        yield _booking(row[1:]), row[0]


def counts(
    conn: Connection, site: str, first: date, last: date
) -> Iterator[tuple[date, str, datetime, str, bool, int]]:
    """(day, service, slot, state, late, how many) of the bookings of these days."""
    keys = (_b.day, _b.service, _b.slot, _b.state, _b.late)
    counted = select(*keys, func.count()).where(_b.site == site, _b.day.between(first, last)).group_by(*keys)
    for row in conn.execute(counted.order_by(*keys)):
        yield row[0], row[1], row[2], row[3], row[4], row[5]


def numbers_of_day(conn: Connection, site: str, day: date) -> dict[str, str]:
    """ticket -> its number, of a day's bookings that somebody came with."""
    found = select(ticket.c.id, ticket.c.number).join(booking, _b.ticket == ticket.c.id)
    return {row.id: row.number for row in conn.execute(found.where(_b.site == site, _b.day == day))}


def mark(conn: Connection, site: str, day: date, code_hash: str) -> str:
    """How the hash of a code is kept: hashed once more, by a key of its day.

    Raises ``storage_full`` or ``keys_unwritable`` if that key cannot be kept.
    """
    ring = ring_of(conn)
    if ring is None:
        raise RuntimeError("nobody said where this database's keys lie (keyring.serve)")
    try:
        return ring.mark(site, day, Lifetime.BOOKINGS, code_hash)
    except OSError as error:
        raise refusal(error, ring.file) from error


def by_code(conn: Connection, site: str, code_hash: str) -> list[Booking]:
    """All that were made with a code, the earliest day first."""
    ring = ring_of(conn)
    said = [code_hash, *(ring.marks(site, Lifetime.BOOKINGS, code_hash) if ring else ())]
    return [_booking(row) for row in conn.execute(_BY_CODE, {"site": site, "said": said})]


def by_token(conn: Connection, token_hash: str) -> Booking | None:
    """The one of the hall's own page that a link names, at whichever site."""
    row = conn.execute(_BY_TOKEN, {"token_hash": token_hash}).first()
    return _booking(row) if row is not None else None


def standing(conn: Connection, site: str, service: str, first: date, last: date) -> list[Booking]:
    """Those of a service and of days that have a place."""
    asked = {"site": site, "service": service, "first": first, "last": last}
    return [_booking(row) for row in conn.execute(_OF_SERVICE, asked)]


def of_browser(conn: Connection, site: str, browser_hash: str, since: date) -> int:
    """How many a browser has that nobody has come with, of this day and later ones."""
    own = select(func.count()).where(_SITE, _b.browser_hash == bindparam("browser"), _b.day >= bindparam("since"))
    own = own.where(_b.state == in_words(BookingState.BOOKED))
    return int(conn.execute(own, {"site": site, "browser": browser_hash, "since": since}).scalar_one())


def of_address(conn: Connection, site: str, address_hash: str, service: str) -> int:
    """How many places were booked from an address today that were not given back, of a service."""
    own = select(func.coalesce(func.sum(_b.people), 0)).where(_SITE, _b.address_hash == bindparam("address"))
    own = own.where(_b.service == bindparam("service"), _b.state != in_words(BookingState.CANCELLED))
    return int(conn.execute(own, {"site": site, "address": address_hash, "service": service}).scalar_one())


def by_hash(conn: Connection, site: str, day: date, service: str) -> dict[str, Booking]:
    """hash of the code -> the booking, of a day and service; those of the hall's own page are no list's."""
    wanted = select(_b.code_hash, *(_b[name] for name in FIELDS)).where(_SITE, _b.day == bindparam("day"))
    wanted = wanted.where(_b.service == bindparam("service"), _b.code_hash.is_not(None), _b.own.is_(False))
    found = conn.execute(wanted, {"site": site, "day": day, "service": service})
    return {row[0]: _booking(row[1:]) for row in found}


def still_booked(conn: Connection, site: str, before: datetime) -> list[Booking]:
    """Those that nobody has come for, of slots before an instant, in the order of their slots."""
    wanted = _STILL_BOOKED.where(_b.slot < bindparam("before"))
    return [_booking(row) for row in conn.execute(wanted, {"site": site, "before": before})]


def known(conn: Connection, site: str, ids: Collection[str]) -> dict[str, Booking]:
    """id -> the booking, of these."""
    found = (conn.execute(_BY_ID, {"site": site, "id": id}).first() for id in ids)
    return {row.id: _booking(row) for row in found if row is not None}


def write(
    conn: Connection, before: Mapping[str, Booking], after: Iterable[Booking], hashes: Mapping[str, Keys]
) -> None:
    """Let these be as they are now; ``hashes``: of those that are new, by their ids."""
    for one in after:
        values = {**asdict(one), "state": one.state.value}
        if one.id in before:
            key = {"of_site": one.site, "of": one.id}
            _CHANGE.run(conn, key | {name: values[name] for name in _CHANGES})
        else:
            found_by = {name: hashes.get(one.id, {}).get(name) for name in _KEYS}
            if (code := found_by["code_hash"]) and MARK not in code:
                found_by["code_hash"] = mark(conn, one.site, one.day, code)
            _NEW.run(conn, values | found_by)


def has_code(conn: Connection, ticket_id: str) -> bool:
    """Whether the code that a ticket's holder came with is still kept."""
    wanted = select(_b.id).where(_b.ticket == ticket_id, _b.code_hash.is_not(None)).limit(1)
    return conn.execute(wanted).first() is not None


def forget_code_of(conn: Connection, ticket_id: str) -> int:
    """The code that a ticket's holder came with is nobody's any more; how many there were."""
    own = update(booking).where(_b.ticket == ticket_id, _b.code_hash.is_not(None))
    return conn.execute(own.values(code_hash=None)).rowcount


def forget_codes(conn: Connection, site: str, before: date) -> None:
    """The codes of days before this one are nobody's any more."""
    old = update(booking).where(_b.site == site, _b.day < before, _b.code_hash.is_not(None))
    conn.execute(old.values(code_hash=None, token_hash=None, browser_hash=None))


def forget_addresses(conn: Connection, site: str) -> None:
    """From where somebody has booked is of use for that day alone."""
    conn.execute(update(booking).where(booking.c.site == site, _b.address_hash.is_not(None)).values(address_hash=None))
