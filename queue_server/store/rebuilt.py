"""A hall of the past as a database of its own, in memory: whatever reads the hall of now reads that one alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine, insert, select

from ..domain.booking_record import OF_BOOKINGS
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.replay import Replayed
from . import events, schema
from .booking_schema import booking
from .columns import metadata
from .engine import sqlite_module
from .few import FEW, SAME, few
from .private import KEPT, opened
from .rows import EVENT_COLUMNS, EVENT_FIELDS, TICKET_FIELDS, to_event
from .structures import VERSION_COLUMNS, Version

_v = schema.structure.c
_AHEAD = (*OF_BOOKINGS, Kind.CARRIED_OVER, Kind.CARRIED_IN)  # tell of days to come


def in_force(conn: Connection, site: str, at: datetime) -> Version | None:
    """The structure that held then; where the record begins later, its first."""
    then = select(*VERSION_COLUMNS).where(_v.site == site, _v.in_force_at <= at)
    first = select(*VERSION_COLUMNS).where(_v.site == site).order_by(_v.version)
    for asked in (then.order_by(_v.in_force_at.desc(), _v.version.desc()), first):
        row = conn.execute(asked.limit(1)).first()
        if row is not None:
            return Version(*row)
    return None


def reasons(conn: Connection, happened: Iterable[Event]) -> list[dict[str, Any]]:
    """The reasons that are still kept of a day's events, opened: the hall of the past has no keys."""
    days = {(event.site, event.day) for event in happened}
    e, p = schema.event.c, schema.private.c
    its = (p.site == e.site) & (p.epoch == e.epoch) & (p.revision == e.revision) & (p.n == e.n)
    found: list[dict[str, Any]] = []
    for site, day in days:
        asked = select(*schema.private.c).select_from(schema.event).join(schema.private, its)
        asked = asked.where(e.site == site, e.day == day, p.name == "reason")
        rows = [dict(row._mapping) for row in conn.execute(asked)]
        texts = [(row, opened(conn, [row[column.name] for column in KEPT])) for row in rows]
        found += [{**row, "value": text, "key": None} for row, text in texts if text is not None]
    return found


def place(event: Event) -> tuple[int, int, int]:
    """Where an event stands in its site's record."""
    return event.epoch, event.revision, event.n


def told_elsewhere(conn: Connection, site: str, day: date, happened: Sequence[Event]) -> list[Event]:
    """What was recorded on other days, until the last of a day's events, of bookings and of kept places.

    With all that was recorded there of tickets whose holders had a place on that day.
    """
    e, last = schema.event.c, place(happened[-1])
    every = select(*EVENT_COLUMNS).where(e.site == site)
    # Each day's kinds by a look into the index of days: a list may be read three months before its day.
    days = [one for one in events.days(conn, site, date.min, date.max) if one != day]
    ahead = select(*EVENT_COLUMNS).join(FEW, SAME).where(few.site == site, few.day.in_(days), few.kind.in_(_AHEAD))
    found = [to_event(row) for row in conn.execute(ahead)]
    carried = [event for event in (*found, *happened) if _keeps(event, day)]
    kept = [
        to_event(row)
        for one in carried
        for row in conn.execute(every.where(e.epoch == one.epoch, e.revision == one.revision, e.ticket.is_not(None)))
    ]
    holders = sorted({event.ticket for event in kept if event.ticket and event.detail.get("day") == day.isoformat()})
    found += [event for id in holders for event in events.of_ticket(conn, id) if event.day != day]
    return [event for event in found if place(event) <= last]


def _keeps(event: Event, day: date) -> bool:
    return event.kind == Kind.CARRIED_OVER and any(one["day"] == day.isoformat() for one in event.detail["places"])


@contextmanager
def rebuilt(
    rows: Replayed, happened: list[Event], site: Mapping[str, Any], people: Mapping[str, str], why: list[dict[str, Any]]
) -> Iterator[Connection]:
    """The rows that a replay made, with the events it was made of; ``site``: the site's own row."""
    engine = create_engine("sqlite://", module=sqlite_module(), poolclass=StaticPool)
    metadata.create_all(engine)
    places = {(event.epoch, event.revision, event.n) for event in happened}
    with engine.connect() as conn, conn.begin():
        _put(conn, schema.site, [dict(site)])
        _put(conn, schema.event, [{name: getattr(event, name) for name in EVENT_FIELDS} for event in happened])
        _put(conn, schema.ticket, [_ticket(one) for one in rows.tickets.values()])
        _put(conn, booking, [asdict(one) | {"state": one.state.value} for one in rows.bookings.values()])
        nowhere = {"agency": "", "name": "", "site": site["id"]}
        _put(conn, schema.counter, [nowhere | asdict(one) for one in rows.counters.values()])
        _put(conn, schema.quota, [_quota(site["id"], key, used) for key, used in rows.quotas.items()])
        _put(conn, schema.account, [_person(id, name, site["last_at"]) for id, name in people.items()])
        _put(conn, schema.private, [one for one in why if (one["epoch"], one["revision"], one["n"]) in places])
        yield conn
    engine.dispose()


def _put(conn: Connection, table: Any, values: list[dict[str, Any]]) -> None:
    if values:
        conn.execute(insert(table), values)


def _ticket(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TICKET_FIELDS} | {"token_hash": one.id}


def _quota(site: str, key: tuple[str, date, str], used: int) -> dict[str, Any]:
    service, day, class_ = key
    return {"site": site, "day": day, "service": service, "class_": class_, "used": used}


def _person(id: str, name: str, at: datetime) -> dict[str, Any]:
    lists: dict[str, Any] = {"sites": [], "agencies": []}
    return {"id": id, "username": id, "name": name, "role": "officer", "password_hash": "", "created_at": at, **lists}
