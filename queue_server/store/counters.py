"""Reading counters."""

from sqlalchemy import Connection, bindparam, select

from ..domain.fold import CounterState
from .rows import COUNTER_COLUMNS, to_counter
from .schema import counter

_OF_SITE = select(*COUNTER_COLUMNS).where(counter.c.site == bindparam("site"))
_OPEN = select(counter.c.id).where(counter.c.site == bindparam("site"), counter.c.officer.is_not(None))
_ONE = _OF_SITE.where(counter.c.id == bindparam("id"))
_OF_OFFICER = select(counter.c.site, counter.c.id).where(counter.c.officer == bindparam("officer"))


def get(conn: Connection, site: str, id: str) -> CounterState | None:
    """One counter's state."""
    row = conn.execute(_ONE, {"site": site, "id": id}).first()
    return to_counter(row) if row else None


def of_site(conn: Connection, site: str) -> dict[str, CounterState]:
    """Every counter's state by id, retired ones included."""
    return {state.id: state for state in map(to_counter, conn.execute(_OF_SITE, {"site": site}))}


def open_ids(conn: Connection, site: str) -> frozenset[str]:
    """The counters that an officer has open."""
    return frozenset(conn.execute(_OPEN, {"site": site}).scalars())


def open_elsewhere(conn: Connection, officer: str) -> tuple[str, str] | None:
    """(site, counter) that the officer has open, if any."""
    row = conn.execute(_OF_OFFICER, {"officer": officer}).first()
    return (row[0], row[1]) if row else None
