"""Which processes serve which site: each says so for a while, and says it again before that is over."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, not_, select

from .leases import in_force, lasting
from .numbers import upsert
from .schema import site_lease

LEASE = timedelta(minutes=5)  # renewed each minute: a process that is busy or cut off for a while keeps its sites

_s = site_lease.c
_IN_FORCE = in_force(_s.until, LEASE)
_FORGET = delete(site_lease).where(not_(_IN_FORCE))
_HELD = select(_s.site, _s.process).where(_IN_FORCE).order_by(_s.site, _s.process)
_HELD_AT = _HELD.where(_s.site == bindparam("of"))


def hold(conn: Connection, process: str, sites: Iterable[str]) -> None:
    """Say that a process serves these sites; forget the processes that have not said so for long."""
    conn.execute(_FORGET)
    for site in sorted(sites):
        row = upsert(conn, site_lease).values(site=site, process=process, until=lasting(LEASE))
        conn.execute(row.on_conflict_do_update(index_elements=["site", "process"], set_={"until": lasting(LEASE)}))


def held(conn: Connection) -> dict[str, list[str]]:
    """site -> the processes that serve it now."""
    found: dict[str, list[str]] = {}
    for site, process in conn.execute(_HELD):
        found.setdefault(site, []).append(process)
    return found


def is_held(conn: Connection, site: str) -> bool:
    """Whether any process serves a site now."""
    return conn.execute(_HELD_AT, {"of": site}).first() is not None
