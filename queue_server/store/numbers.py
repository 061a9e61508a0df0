"""Series and quotas: what is counted per service and day. Only commands on the site's locked row touch them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, update

from .day_walk import days_in
from .prepared import Prepared
from .schema import quota, series, ticket

_USED = select(quota.c.service, quota.c.class_, quota.c.used)
_USED = _USED.where(quota.c.site == bindparam("site"), quota.c.day == bindparam("day"))
_OF_DAY, _OF_SERVICE = Prepared(_USED), Prepared(_USED.where(quota.c.service == bindparam("service")))
_DAYS = days_in(ticket)
_GIVE_BACK = (
    update(quota)
    .where(quota.c.site == bindparam("of_site"), quota.c.day == bindparam("of_day"))
    .where(quota.c.service == bindparam("of_service"), quota.c.class_ == bindparam("of_class"))
    .values(used=quota.c.used + bindparam("by"))
)


def upsert(conn: Connection, table: Table) -> Any:
    """An INSERT that can say ON CONFLICT on the database at hand."""
    return _insert(conn.dialect.name, table)


def _insert(dialect: str, table: Table) -> Any:
    """The dialect's own; the other one is not even loaded, which a start would have to wait for."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


@cache
def _take(dialect: str) -> Prepared:
    insert = _insert(dialect, series)
    key = list(series.primary_key)
    taken = insert.on_conflict_do_update(index_elements=key, set_={"next": series.c.next + 1})
    return Prepared(taken.returning(series.c.next))


@cache
def _count(dialect: str) -> Prepared:
    insert = _insert(dialect, quota)
    used = {"used": quota.c.used + insert.excluded.used}
    return Prepared(insert.on_conflict_do_update(index_elements=list(quota.primary_key), set_=used))


def were_given(conn: Connection, site: str) -> bool:
    """Whether the site ever gave a number."""
    return (
        conn.execute(select(series.c.site).where(series.c.site == site, series.c.next > 1).limit(1)).first() is not None
    )


def of_day(conn: Connection, site: str, day: date) -> dict[str, int]:
    """service -> the next number of its series on that day, where one was begun."""
    query = select(series.c.service, series.c.next).where(series.c.site == site, series.c.day == day)
    return {row.service: row.next for row in conn.execute(query)}


def days(conn: Connection, site: str, first: date, last: date) -> list[date]:
    """The service days from ``first`` to ``last`` on which somebody had a number, oldest first."""
    return list(conn.execute(_DAYS, {"site": site, "first": first, "last": last}).scalars())


def go_on_at(conn: Connection, site: str, service: str, day: date, following: int) -> None:
    """Let a series go on at a number, as a restore's event says."""
    row = {"site": site, "service": service, "day": day, "next": following}
    insert = upsert(conn, series).values(row)
    conn.execute(insert.on_conflict_do_update(index_elements=list(series.primary_key), set_={"next": following}))


def take_number(conn: Connection, site: str, service: str, day: date) -> int:
    """The next number of a series, taken in the caller's transaction: without gap or repeat (I-1)."""
    first = {"site": site, "service": service, "day": day, "next": 2}
    following: int = _take(conn.dialect.name).rows(conn, first)[0][0]
    return following - 1


def used(conn: Connection, site: str, day: date | None, service: str | None = None) -> Mapping[str, dict[str, int]]:
    """service -> class -> places taken of the day's quota."""
    query = _OF_DAY if service is None else _OF_SERVICE
    out: dict[str, dict[str, int]] = {}
    for name, class_, n in query.rows(conn, {"site": site, "day": day, "service": service}):
        out.setdefault(name, {})[class_] = n
    return out


def count_quota(conn: Connection, site: str, day: date, service: str, class_: str, by: int) -> None:
    """Take (+1) or give back (−1) one place."""
    if by < 0:
        of = {"of_site": site, "of_day": day, "of_service": service, "of_class": class_}
        conn.execute(_GIVE_BACK, {**of, "by": by})
        return
    taken = {"site": site, "service": service, "day": day, "class_": class_, "used": by}
    _count(conn.dialect.name).run(conn, taken)
