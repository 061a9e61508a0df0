"""The sheets that are kept of days that are over: read by reports, taken away by whatever happens to such a day."""

from datetime import date

from sqlalchemy import Connection, and_, bindparam, delete, literal, or_, select, tuple_, update

from . import cursors, stays
from .cursors import Position
from .numbers import upsert
from .prepared import Prepared
from .schema import day_sheet, event, follower

_d, _e = day_sheet.c, event.c
_SITE = _d.site == bindparam("of_site")
_OLDER = or_(_d.epoch < bindparam("e"), and_(_d.epoch == bindparam("e"), _d.revision < bindparam("r")))
_FORGET = Prepared(delete(day_sheet).where(_SITE, _d.day == bindparam("of_day"), _OLDER))
_KEPT = select(_d.day, _d.sheet).where(_SITE, _d.version == bindparam("of_version"))
_KEPT = _KEPT.where(_d.day >= bindparam("first"), _d.day <= bindparam("last")).order_by(_d.day)
_KEPT = _KEPT.execution_options(yield_per=16)  # a driver may hold no year of them beside what is made of them
_DAYS = select(_d.day).where(_SITE, _d.version == bindparam("of_version"))
_STALE = select(_e.day).where(_e.site == bindparam("of_site"))
_STALE = _STALE.where(tuple_(_e.epoch, _e.revision) > tuple_(bindparam("epoch"), bindparam("revision"))).distinct()
_MORE = select(literal(1)).where(_e.site == bindparam("of_site"), _e.day == bindparam("of_day"))
_MORE = _MORE.where(tuple_(_e.epoch, _e.revision) > tuple_(bindparam("epoch"), bindparam("revision"))).limit(1)
_TAKE = update(follower).where(follower.c.name == bindparam("of_name"), follower.c.site == bindparam("of_site"))
_TAKE = _TAKE.values(fence=follower.c.fence)


def forget_before(conn: Connection, site: str, day: date, at: Position) -> None:
    """Take away a day's sheet that does not tell what happened at a position."""
    _FORGET.run(conn, {"of_site": site, "of_day": day, "e": at[0], "r": at[1]})


def forget_all(conn: Connection, site: str) -> None:
    """Take away every sheet of a site: they are made anew."""
    conn.execute(delete(day_sheet).where(_SITE), {"of_site": site})


def keep(conn: Connection, site: str, day: date, version: int, at: Position, sheet: bytes) -> bool:
    """Keep a day's sheet, which tells everything up to a position; False, and nothing, where more has happened since.

    The follower's row is taken first: whatever it has not read of that day by now takes the sheet away again.
    """
    conn.execute(_TAKE, {"of_site": site, "of_name": stays.NAME})
    asked = {"of_site": site, "of_day": day, "epoch": at[0], "revision": at[1]}
    if conn.execute(_MORE, asked).first() is not None:
        return False
    values = {"site": site, "day": day, "version": version, "epoch": at[0], "revision": at[1], "sheet": sheet}
    insert = upsert(conn, day_sheet).values(values)
    changes = {name: value for name, value in values.items() if name not in ("site", "day")}
    conn.execute(insert.on_conflict_do_update(index_elements=list(day_sheet.primary_key), set_=changes))
    return True


def kept(conn: Connection, site: str, version: int, first: date, last: date) -> dict[date, bytes]:
    """The days from ``first`` to ``last`` whose sheets can be believed, with them."""
    stale = _stale_days(conn, site)
    if stale is None:
        return {}
    asked = {"of_site": site, "of_version": version, "first": first, "last": last}
    return {row.day: row.sheet for row in conn.execute(_KEPT, asked) if row.day not in stale}


def days(conn: Connection, site: str, version: int) -> set[date]:
    """The days that have a sheet."""
    return set(conn.execute(_DAYS, {"of_site": site, "of_version": version}).scalars())


def _stale_days(conn: Connection, site: str) -> set[date] | None:
    """The days of which the follower has not read everything yet; None: it is too far behind to be believed."""
    seen = cursors.standing(conn, stays.NAME, site)
    if seen is None or seen.cursor is None or seen.behind > stays.LATE_AT_MOST:
        return None
    if seen.cursor == seen.head:
        return set()
    asked = {"of_site": site, "epoch": seen.cursor[0], "revision": seen.cursor[1]}
    return set(conn.execute(_STALE, asked).scalars())
