"""Reading counters."""

from sqlalchemy import Connection, select

from ..domain.fold import CounterState
from .rows import to_counter
from .schema import counter


def get(conn: Connection, site: str, id: str) -> CounterState | None:
    """One counter's state."""
    row = conn.execute(select(counter).where(counter.c.site == site, counter.c.id == id)).first()
    return to_counter(row) if row else None


def of_site(conn: Connection, site: str) -> dict[str, CounterState]:
    """Every counter's state by id, retired ones included."""
    return {r.id: to_counter(r) for r in conn.execute(select(counter).where(counter.c.site == site))}


def open_elsewhere(conn: Connection, officer: str) -> tuple[str, str] | None:
    """(site, counter) that the officer has open, if any."""
    row = conn.execute(select(counter.c.site, counter.c.id).where(counter.c.officer == officer)).first()
    return (row[0], row[1]) if row else None
