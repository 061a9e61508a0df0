"""The seals of closed days, and the events that each covers, some at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from ..domain.fold import Event
from .numbers import upsert
from .rows import EVENT_COLUMNS, to_event
from .schema import event
from .schema import site as site_table
from .seal_schema import seal

Place = tuple[int, int, int]  # epoch, revision, n
FIRST: Place = (0, 0, 0)

_s, _e = seal.c, event.c
_PLACE = tuple_(_e.epoch, _e.revision, _e.n)


@dataclass(frozen=True, slots=True)
class Seal:
    """A day's seal. It covers the events from where the one before ended to ``until``, which it does not."""

    site: str
    number: int
    day: date
    until: Place
    events: int
    previous: str
    digest: str
    at: datetime


_COLUMNS = (_s.site, _s.number, _s.day, _s.epoch, _s.revision, _s.n, _s.events, _s.previous, _s.digest, _s.at)
_SEALS = select(*_COLUMNS).order_by(_s.number)


def _seals(conn: Connection, *where: ColumnElement[bool]) -> list[Seal]:
    rows = conn.execute(_SEALS.where(*where))
    return [Seal(site, number, day, (e, r, n), *rest) for site, number, day, e, r, n, *rest in rows]


def of_site(conn: Connection, site: str) -> list[Seal]:
    """Every seal, the first one first."""
    return _seals(conn, _s.site == site)


def of_days(conn: Connection, site: str, days: Sequence[date]) -> list[Seal]:
    """The seals of some days; mostly one each."""
    return _seals(conn, _s.site == site, _s.day.in_(list(days)))


def last(conn: Connection, site: str) -> Seal | None:
    """The newest."""
    number = select(_s.number).where(_s.site == site).order_by(_s.number.desc()).limit(1).scalar_subquery()
    found = _seals(conn, _s.site == site, _s.number == number)
    return found[0] if found else None


def add(conn: Connection, new: Seal) -> None:
    """Keep it, unless another process has meanwhile."""
    epoch, revision, n = new.until
    where = {"epoch": epoch, "revision": revision, "n": n}
    kept = {name: getattr(new, name) for name in ("site", "number", "day", "events", "previous", "digest", "at")}
    conn.execute(upsert(conn, seal).on_conflict_do_nothing(), {**kept, **where})


def newest_day(conn: Connection, site: str) -> date | None:
    """The day of the newest event."""
    newest = select(_e.day).where(_e.site == site).order_by(_e.epoch.desc(), _e.revision.desc(), _e.n.desc())
    return conn.execute(newest.limit(1)).scalar()


def events_from(conn: Connection, site: str, place: Place, limit: int) -> list[Event]:
    """So many events from a place on, in the order of the record."""
    found = select(*EVENT_COLUMNS).where(_e.site == site, place <= _PLACE)
    rows = conn.execute(found.order_by(_e.epoch, _e.revision, _e.n).limit(limit))
    return [to_event(row) for row in rows]


def days_from(conn: Connection, site: str, place: Place) -> list[tuple[date, datetime]]:
    """The days of the events from a place on, in the order in which they began there, each with that instant."""
    first = func.min(_e.at, type_=_e.at.type)
    rows = conn.execute(select(_e.day, first).where(_e.site == site, place <= _PLACE).group_by(_e.day).order_by(first))
    return [(day, at) for day, at in rows]


def newest_at(conn: Connection) -> datetime | None:
    """When anything was last recorded by a clock that was believed, at any site."""
    return conn.execute(select(func.max(site_table.c.last_at, type_=site_table.c.last_at.type))).scalar()


def last_made(conn: Connection) -> datetime | None:
    """When a seal was last made, of any site."""
    return conn.execute(select(func.max(_s.at, type_=_s.at.type))).scalar()


def events_between(conn: Connection, site: str, first: Place, until: Place) -> Iterator[Event]:
    """The events that a seal covers."""
    found = select(*EVENT_COLUMNS).where(_e.site == site, first <= _PLACE, until > _PLACE)
    for row in conn.execute(found.order_by(_e.epoch, _e.revision, _e.n).execution_options(yield_per=500)):
        yield to_event(row)
