"""Reading the append-only record of what happened."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, Select, select

from ..domain.fold import Event
from .rows import to_event
from .schema import IS_CALL, event, ticket


def of_site(conn: Connection, site: str) -> Iterator[Event]:
    """Every event of a site, oldest first."""
    order = (event.c.epoch, event.c.revision, event.c.n)
    return (to_event(r) for r in conn.execute(select(event).where(event.c.site == site).order_by(*order)))


def of_days(conn: Connection, site: str, first: date, last: date) -> Iterator[Event]:
    """The events of the service days ``first`` … ``last``, oldest first."""
    where = (event.c.site == site, event.c.day >= first, event.c.day <= last)
    order = (event.c.epoch, event.c.revision, event.c.n)
    return (to_event(r) for r in conn.execute(select(event).where(*where).order_by(*order)))


def of_ticket(conn: Connection, id: str) -> list[Event]:
    """One ticket's events, oldest first."""
    order = (event.c.epoch, event.c.revision, event.c.n)
    return [to_event(r) for r in conn.execute(select(event).where(event.c.ticket == id).order_by(*order))]


def call_at(conn: Connection, site: str, epoch: int, revision: int) -> Event | None:
    """The call that happened at a revision."""
    where = (event.c.site == site, event.c.epoch == epoch, event.c.revision == revision, IS_CALL)
    row = conn.execute(select(event).where(*where)).first()
    return to_event(row) if row else None


def _calls_of_day(site: str, epoch: int, day: date | None) -> Select:
    """Select a day's calls by the index of calls.

    ``epoch + 0`` keeps SQLite from walking the primary key instead, back through every event there ever was.
    """
    return select(event).where(event.c.site == site, event.c.day == day, event.c.epoch + 0 == epoch, IS_CALL)


def calls_after(conn: Connection, site: str, epoch: int, revision: int, day: date | None) -> list[Event]:
    """Today's calls newer than a revision, oldest first; undone ones are among them."""
    query = _calls_of_day(site, epoch, day).where(event.c.revision > revision).order_by(event.c.revision)
    return [to_event(r) for r in conn.execute(query)]


def standing_calls(conn: Connection, site: str, epoch: int, day: date | None, limit: int) -> Iterator[Event]:
    """Today's newest call of each ticket, newest first; a call that was undone stands no more."""
    standing = (ticket.c.id == event.c.ticket) & (ticket.c.call_revision == event.c.revision)
    query = _calls_of_day(site, epoch, day).join(ticket, standing).order_by(event.c.revision.desc()).limit(limit)
    return (to_event(r) for r in conn.execute(query))
