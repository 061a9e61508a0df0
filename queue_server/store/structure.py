"""The declared structure (agencies, services, counters) as rows: what is removed is retired, never deleted."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, func, select, update

from ..domain import carry
from ..domain.day import clock_suspect
from ..domain.interruption import Lasting
from ..domain.site import Class, Former, Site
from . import schema
from .numbers import upsert
from .prepared import Prepared


class SiteRow(NamedTuple):
    """A site's own row: where it stands."""

    epoch: int
    revision: int
    last_call: int
    last_at: datetime | None
    day: date | None
    day_closed: bool
    open_until: datetime | None
    weights: Mapping[str, int]
    name: str
    structure: int
    interruptions: Sequence[Lasting]
    levers: Mapping[str, Any]  # set for one day (``domain/levers.py``)
    notices: int  # the revision at which one last changed; 0: none was ever made
    carried: carry.Kept  # places on days to come (``domain/carry.py``)


_COLUMNS = [schema.site.c[name] for name in SiteRow._fields]
_SITE_ROW = Prepared(select(*_COLUMNS).where(schema.site.c.id == bindparam("id")))
_EPOCHS = 1_000_000_000  # far below a 32-bit column's end, since restores count up from it


def ensure_row(conn: Connection, id: str, name: str) -> None:
    """Make the row that a site's (or the server's, ``*``) commands lock, if it is not there.

    A new history begins at an epoch of its own: screens left on from another database (yesterday's demo, a wiped
    folder) would otherwise take its lower revisions for old news and show the wrong calls.
    """
    epoch = secrets.randbelow(_EPOCHS) + 1
    values = {"id": id, "revision": 0, "epoch": epoch, "last_call": 0, "day_closed": False, "weights": {}, "name": name}
    conn.execute(upsert(conn, schema.site).values(values).on_conflict_do_nothing())


def declared(site: Site) -> Mapping[Table, dict[str, dict[str, Any]]]:
    """table -> id -> columns, as the site file says."""
    return {
        schema.agency: {a.id: {"name": a.name} for a in site.agencies.values()},
        schema.service: {
            s.id: {
                "agency": s.agency,
                "prefix": s.prefix,
                "name": s.name["id"],
                "target_s": s.target_minutes * 60 if s.target_minutes else None,
            }
            for s in site.services.values()
        },
        schema.counter: {c.id: {"agency": c.agency, "name": c.name} for c in site.counters.values()},
    }


def differences(conn: Connection, site: Site) -> dict[Table, dict[str, dict[str, Any] | None]]:
    """table -> id -> what to write (None: retire), for what is not yet as declared."""
    out: dict[Table, dict[str, dict[str, Any] | None]] = {}
    for table, wanted in declared(site).items():
        rows = {r.id: r._mapping for r in conn.execute(select(table).where(table.c.site == site.id))}
        changes: dict[str, dict[str, Any] | None] = {}
        for id, columns in wanted.items():
            row = rows.get(id)
            if row is None or row["retired_at"] is not None or any(row[k] != v for k, v in columns.items()):
                changes[id] = columns
        changes |= {id: None for id, row in rows.items() if id not in wanted and row["retired_at"] is None}
        if changes:
            out[table] = changes
    return out


def former(conn: Connection, site: Site) -> dict[str, Former]:
    """The services that the site file no longer has, by what the record calls them; the latest to go first."""
    s, a = schema.service.c, schema.agency.c
    asked = select(s.id, s.agency, s.prefix, s.name, s.target_s, a.name.label("agency_name"))
    asked = asked.outerjoin(schema.agency, (a.site == s.site) & (a.id == s.agency)).where(s.site == site.id)
    rows = conn.execute(asked.order_by(s.retired_at.desc(), s.id))
    return {
        r.id: Former(r.id, r.agency, r.agency_name or r.agency, r.prefix, {"id": r.name}, _minutes(r.target_s))
        for r in rows
        if r.id not in site.services
    }


def _minutes(seconds: int | None) -> int | None:
    return seconds // 60 if seconds else None


def write(conn: Connection, table: Table, site: str, id: str, columns: dict[str, Any] | None, now: datetime) -> None:
    """Make, change, bring back or retire (``columns`` None) one row."""
    if columns is None:
        where = (table.c.site == site, table.c.id == id)
        conn.execute(update(table).where(*where).values(retired_at=now))
        return
    fresh = {"wheel": 0} if table is schema.counter else {}
    insert = upsert(conn, table).values(site=site, id=id, retired_at=None, **columns, **fresh)
    conn.execute(insert.on_conflict_do_update(index_elements=["site", "id"], set_={**columns, "retired_at": None}))


def write_weights(conn: Connection, site: str, name: str, weights: Mapping[Class, int]) -> None:
    """Remember the order that is in force and the site's name."""
    conn.execute(update(schema.site).where(schema.site.c.id == site).values(weights=dict(weights), name=name))


def site_row(conn: Connection, site: str) -> SiteRow | None:
    """The site's own row, if it is in the database."""
    row = _SITE_ROW.first(conn, {"id": site})
    return SiteRow._make(row) if row else None


def clock_believed(conn: Connection, now: datetime) -> bool:
    """Whether the clock stands where it may after what any site recorded last; else nothing is forgotten by it."""
    last_at = schema.site.c.last_at
    return not clock_suspect(conn.execute(select(func.max(last_at, type_=last_at.type))).scalar(), now)
