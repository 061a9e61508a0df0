"""Reading counters."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from ..domain.fold import CounterState
from .prepared import Prepared
from .rows import COUNTER_COLUMNS, to_counter
from .schema import counter

_OF_SITE = select(*COUNTER_COLUMNS).where(counter.c.site == bindparam("site"))
_STANDING = select(counter.c.id, counter.c.officer, counter.c.wheel, counter.c.ticket)
_STANDING = _STANDING.where(counter.c.site == bindparam("site"))
_ONE = Prepared(_OF_SITE.where(counter.c.id == bindparam("id")))
_OF_OFFICER = select(counter.c.site, counter.c.id).where(counter.c.officer == bindparam("officer"))


def get(conn: Connection, site: str, id: str) -> CounterState | None:
    """One counter's state."""
    row = _ONE.first(conn, {"site": site, "id": id})
    return to_counter(row) if row else None


def of_site(conn: Connection, site: str) -> dict[str, CounterState]:
    """Every counter's state by id, retired ones included."""
    return {state.id: state for state in map(to_counter, conn.execute(_OF_SITE, {"site": site}))}


class Standing(NamedTuple):
    """How a counter stands: open if an officer has it, its wheel's slot, and whose ticket is there."""

    officer: str | None
    wheel: int
    ticket: str | None


def standing(conn: Connection, site: str) -> dict[str, Standing]:
    """Every counter by id, retired ones included: no more of it than foretelling calls needs."""
    return {id: Standing(*how) for id, *how in conn.execute(_STANDING, {"site": site})}


def open_elsewhere(conn: Connection, officer: str) -> tuple[str, str] | None:
    """(site, counter) that the officer has open, if any."""
    row = conn.execute(_OF_OFFICER, {"officer": officer}).first()
    return (row[0], row[1]) if row else None
