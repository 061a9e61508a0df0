"""Reading tickets: the queue of a service, who is set aside, one ticket by id, number or token."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from ..domain.fold import Ticket
from ..domain.ticket import State
from .rows import to_ticket
from .schema import ASIDE, AT_COUNTER, COMPLETED, WAITING, counter, ticket


def by_id(conn: Connection, id: str) -> Ticket | None:
    """The ticket of that id."""
    row = conn.execute(select(ticket).where(ticket.c.id == id)).first()
    return to_ticket(row) if row else None


def by_token_hash(conn: Connection, token_hash: str) -> Ticket | None:
    """The ticket whose holder's token has that SHA-256."""
    row = conn.execute(select(ticket).where(ticket.c.token_hash == token_hash)).first()
    return to_ticket(row) if row else None


def by_number(conn: Connection, site: str, day: date, number: str) -> Ticket | None:
    """Today's ticket of that number."""
    where = (ticket.c.site == site, ticket.c.day == day, ticket.c.number == number)
    row = conn.execute(select(ticket).where(*where)).first()
    return to_ticket(row) if row else None


def first_waiting(conn: Connection, site: str, services: Sequence[str], class_: str) -> Ticket | None:
    """The earliest arrival of a class across the services."""
    where = (ticket.c.site == site, ticket.c.service.in_(services), ticket.c.class_ == class_, WAITING)
    row = conn.execute(select(ticket).where(*where).order_by(ticket.c.arrival).limit(1)).first()
    return to_ticket(row) if row else None


def waiting_classes(conn: Connection, site: str, services: Sequence[str]) -> set[str]:
    """The classes that have somebody waiting in any of the services."""
    where = (ticket.c.site == site, ticket.c.service.in_(services), WAITING)
    return set(conn.execute(select(ticket.c.class_).where(*where).distinct()).scalars())


def waiting(conn: Connection, site: str, services: Sequence[str], class_: str, limit: int) -> list[Ticket]:
    """The earliest ``limit`` arrivals of a class across the services."""
    where = (ticket.c.site == site, ticket.c.service.in_(services), ticket.c.class_ == class_, WAITING)
    rows = conn.execute(select(ticket).where(*where).order_by(ticket.c.arrival).limit(limit))
    return [to_ticket(r) for r in rows]


def waiting_numbers(conn: Connection, site: str, service: str) -> list[tuple[str, str]]:
    """(id, number) of all who wait for a service, in the order of arrival."""
    where = (ticket.c.site == site, ticket.c.service == service, WAITING)
    return [
        tuple(r) for r in conn.execute(select(ticket.c.id, ticket.c.number).where(*where).order_by(ticket.c.arrival))
    ]


def ahead(conn: Connection, site: str, service: str, arrival: int) -> int:
    """How many wait for the same service with an earlier arrival, all classes."""
    where = (ticket.c.site == site, ticket.c.service == service, WAITING, ticket.c.arrival < arrival)
    return conn.execute(select(func.count()).select_from(ticket).where(*where)).scalar_one()


def waiting_counts(
    conn: Connection, site: str, services: Iterable[str] | None = None
) -> Mapping[str, tuple[int, datetime]]:
    """service -> (how many wait, the earliest issue among them), for services where anybody does."""
    query = select(ticket.c.service, func.count(), func.min(ticket.c.issued_at, type_=ticket.c.issued_at.type)).where(
        ticket.c.site == site, WAITING
    )
    if services is not None:
        query = query.where(ticket.c.service.in_(list(services)))
    return {s: (n, first) for s, n, first in conn.execute(query.group_by(ticket.c.service))}


def set_aside(conn: Connection, site: str, day: date, state: State, services: Sequence[str]) -> list[Ticket]:
    """Today's held (or missed) tickets of the services, longest first."""
    where = (ticket.c.site == site, ticket.c.day == day, ASIDE, ticket.c.state == state.value)
    where += (ticket.c.service.in_(services),)
    return [to_ticket(r) for r in conn.execute(select(ticket).where(*where).order_by(ticket.c.since))]


def at_counters(conn: Connection, site: str) -> dict[str, tuple[str, str]]:
    """counter -> (number, state) of the ticket that is called or served there."""
    joined = select(counter.c.id, ticket.c.number, ticket.c.state).join(ticket, ticket.c.id == counter.c.ticket)
    return {c: (n, s) for c, n, s in conn.execute(joined.where(counter.c.site == site))}


def still_open(conn: Connection, site: str) -> list[Ticket]:
    """Every ticket that has not ended, in the order of arrival."""
    found: list[Ticket] = []
    for state in (WAITING, AT_COUNTER, and_(ASIDE, ticket.c.state == State.HELD.value)):
        found += [to_ticket(r) for r in conn.execute(select(ticket).where(ticket.c.site == site, state))]
    return sorted(found, key=lambda t: t.arrival)


def served_by(conn: Connection, site: str, day: date, officer: str) -> list[Ticket]:
    """Today's completed tickets of an officer, newest first."""
    where = (ticket.c.site == site, ticket.c.day == day, ticket.c.officer == officer, COMPLETED)
    return [to_ticket(r) for r in conn.execute(select(ticket).where(*where).order_by(ticket.c.finished_at.desc()))]


def recent_durations(conn: Connection, site: str, day: date, service: str, limit: int = 20) -> list[float]:
    """Seconds from first call to finish of the day's last ``limit`` completed tickets of a service."""
    where = (ticket.c.site == site, ticket.c.service == service, ticket.c.day == day, COMPLETED)
    newest = select(ticket.c.called_at, ticket.c.finished_at).where(*where).order_by(ticket.c.finished_at.desc())
    pairs = conn.execute(newest.limit(limit))
    return [max((finished - called).total_seconds(), 0.0) for called, finished in pairs if called and finished]
