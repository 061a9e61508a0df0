"""Booked places: read by day or by the hash of a code, written by folding the events that tell of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from ..domain.bookings import Booking, BookingState
from .booking_schema import booking
from .prepared import Prepared
from .schema import in_words, ticket

_b = booking.c
FIELDS = tuple(f.name for f in fields(Booking))
_ALL = select(*(_b[name] for name in FIELDS))
_SITE = _b.site == bindparam("site")
_STATE = FIELDS.index("state")
_OF_DAY = _ALL.where(_SITE, _b.day == bindparam("day")).order_by(_b.slot, _b.id)
_BY_ID = _ALL.where(_SITE, _b.id == bindparam("id"))
_BY_CODE = _ALL.where(_SITE, _b.code_hash == bindparam("code_hash")).order_by(_b.day, _b.slot, _b.id)
_STILL_BOOKED = _ALL.where(_SITE, _b.state == in_words(BookingState.BOOKED)).order_by(_b.slot, _b.id)
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


def of_days(conn: Connection, site: str, first: date, last: date) -> Iterator[tuple[Booking, str | None]]:
    """Each of these days, in the order of their slots, with the number of whoever came."""
    wanted = select(ticket.c.number, *(_b[name] for name in FIELDS)).select_from(booking)
    wanted = wanted.outerjoin(ticket, _b.ticket == ticket.c.id).where(_b.site == site, _b.day.between(first, last))
    for row in conn.execute(wanted.order_by(_b.day, _b.slot, _b.id)):
        yield _booking(row[1:]), row[0]


def numbers_of_day(conn: Connection, site: str, day: date) -> dict[str, str]:
    """ticket -> its number, of a day's bookings that somebody came with."""
    found = select(ticket.c.id, ticket.c.number).join(booking, _b.ticket == ticket.c.id)
    return {row.id: row.number for row in conn.execute(found.where(_b.site == site, _b.day == day))}


def by_code(conn: Connection, site: str, code_hash: str) -> list[Booking]:
    """All that were made with a code, the earliest day first."""
    return [_booking(row) for row in conn.execute(_BY_CODE, {"site": site, "code_hash": code_hash})]


def by_hash(conn: Connection, site: str, day: date, service: str) -> dict[str, Booking]:
    """hash of the code -> the booking, of a day and service."""
    wanted = select(_b.code_hash, *(_b[name] for name in FIELDS)).where(_SITE, _b.day == bindparam("day"))
    wanted = wanted.where(_b.service == bindparam("service"), _b.code_hash.is_not(None))
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


def write(conn: Connection, before: Mapping[str, Booking], after: Iterable[Booking], hashes: Mapping[str, str]) -> None:
    """Let these be as they are now; ``hashes``: of those that are new, by their ids."""
    for one in after:
        values = {**asdict(one), "state": one.state.value}
        if one.id in before:
            key = {"of_site": one.site, "of": one.id}
            _CHANGE.run(conn, key | {name: values[name] for name in ("slot", "people", "state", "late", "ticket")})
        else:
            _NEW.run(conn, values | {"code_hash": hashes.get(one.id)})


def forget_codes(conn: Connection, site: str, before: date) -> None:
    """The codes of days before this one are nobody's any more."""
    old = update(booking).where(_b.site == site, _b.day < before, _b.code_hash.is_not(None))
    conn.execute(old.values(code_hash=None))
