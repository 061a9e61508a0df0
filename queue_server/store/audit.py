"""Reading the record for those who check it: a day at a time, backwards, by whatever is asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_

from ..domain.audit import Place
from ..domain.fold import Event
from .few import FEW, SAME, few
from .private import KEPT, opened
from .rows import EVENT_COLUMNS, to_event
from .schema import counter, event, private, service, ticket

_e, _p, _t = event.c, private.c, ticket.c

# An outer join, and no condition that would make an inner one of it, keeps the order of ``few.py`` whatever else is
# asked for.
_FOUND = select(*EVENT_COLUMNS).select_from(FEW.outerjoin(event, SAME))


def _is_one(column: ColumnElement[Any], values: Collection[str]) -> ColumnElement[bool]:
    return func.coalesce(column, "").in_(list(values))


@dataclass(frozen=True, slots=True)
class Own:
    """What of a site is for readers of some agencies: what happened there, their people's acts, what is everybody's."""

    services: Collection[str]
    counters: Collection[str]
    people: Collection[str]
    kinds: Collection[str]

    def holds(self) -> ColumnElement[bool]:
        """The condition on an event."""
        here = or_(_is_one(_e.service, self.services), _is_one(_e.counter, self.counters))
        return or_(here, _is_one(_e.by, self.people), few.kind.in_(list(self.kinds)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None: whatever it be. ``own``: None for whom all of the site concerns."""

    site: str
    kinds: Sequence[str] | None = None
    who: str | None = None
    counter: str | None = None
    number: str | None = None
    own: Own | None = None

    def conditions(self, day: date) -> list[ColumnElement[bool]]:
        """Those of one service day."""
        found: list[ColumnElement[bool]] = [few.site == self.site, few.day == day]
        if self.kinds is not None:
            found.append(few.kind.in_(list(self.kinds)))
        if self.who is not None:
            found.append(func.coalesce(_e.by, _e.officer) == self.who)
        if self.counter is not None:
            found.append(_is_one(_e.counter, [self.counter]))
        if self.number is not None:
            of = (_t.site == self.site, _t.day == day, _t.number == self.number)
            found.append(func.coalesce(_e.ticket, "").in_(select(_t.id).where(*of)))
        return [*found, *([self.own.holds()] if self.own else [])]


def of_day(conn: Connection, wanted: Wanted, day: date, before: Place | None, limit: int) -> list[Event]:
    """What is asked for of one service day, the latest first; ``before``: only what lies before that place."""
    order = ((few.epoch + 0).desc(), few.revision.desc(), few.n.desc())
    found = _FOUND.where(*wanted.conditions(day))
    if before is not None:
        place: tuple[int, ...] = (before.epoch, before.revision, before.n)
        found = found.where(tuple_(few.epoch + 0, few.revision, few.n) < place)
    return [to_event(row) for row in conn.execute(found.order_by(*order).limit(limit))]


def of_server(conn: Connection, site: str, first: date, last: date) -> list[Event]:
    """What happened to accounts, sessions and devices on those days, as the reserved row counts them; oldest first."""
    found = _FOUND.where(few.site == site, few.day >= first, few.day <= last)
    return [to_event(row) for row in conn.execute(found.order_by(few.epoch + 0, few.revision, few.n))]


def of_kinds(conn: Connection, site: str, kinds: Iterable[str]) -> list[Event]:
    """All that ever happened of some kinds, which are few; oldest first."""
    found = _FOUND.where(few.site == site, few.kind.in_(list(kinds)))
    return [to_event(row) for row in conn.execute(found.order_by(few.epoch + 0, few.revision, few.n))]


def last_day(conn: Connection, site: str, until: date) -> date | None:
    """The last service day, not after that one, of which the record tells anything."""
    return conn.execute(select(func.max(_e.day)).where(_e.site == site, _e.day <= until)).scalar()


def kept_apart(conn: Connection, happened: Collection[Event]) -> Mapping[tuple[str, int, int, int], dict[str, str]]:
    """(site, epoch, revision, n) -> what is still kept of these events beside the record, by name."""
    if not happened:
        return {}
    places = [(one.site, one.epoch, one.revision, one.n) for one in happened]
    rows = conn.execute(select(*KEPT).where(tuple_(_p.site, _p.epoch, _p.revision, _p.n).in_(places)))
    found: dict[tuple[str, int, int, int], dict[str, str]] = {}
    for row in rows:
        if (text := opened(conn, row)) is not None:
            found.setdefault((row.site, row.epoch, row.revision, row.n), {})[row.name] = text
    return found


def numbers(conn: Connection, ids: Collection[str]) -> dict[str, str]:
    """ticket id -> its number."""
    if not ids:
        return {}
    return {row.id: row.number for row in conn.execute(select(_t.id, _t.number).where(_t.id.in_(list(ids))))}


def of_agencies(conn: Connection, site: str, agencies: Collection[str]) -> tuple[list[str], list[str]]:
    """(services, counters) that these agencies have, or had."""

    def ids(table: Any) -> list[str]:
        whose = and_(table.c.site == site, table.c.agency.in_(list(agencies)))
        return list(conn.execute(select(table.c.id).where(whose)).scalars())

    return ids(service), ids(counter)
