"""Visitors who asked to be guided to the counter, until the day closes: a fact of today, and in no event.

That somebody cannot see or walk there says something of their health. So it stands in no record that is kept.
"""

from sqlalchemy import Connection, delete, select

from .schema import escort, ticket

_e = escort.c


def of_site(conn: Connection, site: str) -> frozenset[str]:
    """The tickets of whoever asked."""
    return frozenset(conn.execute(select(_e.ticket).where(_e.site == site)).scalars())


def ask(conn: Connection, site: str, ticket: str) -> None:
    """Somebody asks; twice is as good as once."""
    take_back(conn, site, ticket)
    conn.execute(escort.insert().values(site=site, ticket=ticket))


def take_back(conn: Connection, site: str, ticket: str) -> None:
    """Somebody needs it no more."""
    conn.execute(delete(escort).where(_e.site == site, _e.ticket == ticket))


def forget(conn: Connection, site: str) -> None:
    """The day is over, but for whoever has a place on another."""
    kept = select(ticket.c.id).where(ticket.c.carried_to.is_not(None), ticket.c.site == site)
    conn.execute(delete(escort).where(_e.site == site, _e.ticket.not_in(kept)))


def carry(conn: Connection, site: str, ticket: str, into: str) -> None:
    """Somebody who asked on an earlier day is let in under another number."""
    take_back(conn, site, ticket)
    ask(conn, site, into)
