"""Series and quotas: what is counted per service and day. Only commands on the site's locked row touch them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .schema import quota, series


def upsert(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT on the database at hand."""
    return (sqlite if conn.dialect.name == "sqlite" else postgresql).insert(table)


def take_number(conn: Connection, site: str, service: str, day: date) -> int:
    """The next number of a series, taken in the caller's transaction: without gap or repeat (I-1)."""
    insert = upsert(conn, series).values(site=site, service=service, day=day, next=2)
    step = insert.on_conflict_do_update(index_elements=["site", "service", "day"], set_={"next": series.c.next + 1})
    return conn.execute(step.returning(series.c.next)).scalar_one() - 1


def used(conn: Connection, site: str, day: date | None, service: str | None = None) -> Mapping[str, dict[str, int]]:
    """service -> class -> places taken of the day's quota."""
    query = select(quota.c.service, quota.c.class_, quota.c.used).where(quota.c.site == site, quota.c.day == day)
    if service is not None:
        query = query.where(quota.c.service == service)
    out: dict[str, dict[str, int]] = {}
    for name, class_, n in conn.execute(query):
        out.setdefault(name, {})[class_] = n
    return out


def count_quota(conn: Connection, site: str, day: date, service: str, class_: str, by: int) -> None:
    """Take (+1) or give back (−1) one place."""
    if by < 0:
        where = (quota.c.site == site, quota.c.service == service, quota.c.day == day, quota.c.class_ == class_)
        conn.execute(update(quota).where(*where).values(used=quota.c.used + by))
        return
    insert = upsert(conn, quota).values(site=site, service=service, day=day, class_=class_, used=by)
    keys = ["site", "service", "day", "class_"]
    conn.execute(insert.on_conflict_do_update(index_elements=keys, set_={"used": quota.c.used + by}))
