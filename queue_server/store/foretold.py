"""Reading what visitors were told of their wait, and what came: of each first call. Facts of the tickets' own rows."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import BigInteger, Connection, bindparam, case, func, select, type_coerce

from ..domain.calibration import Called, WaitRange, called
from .prepared import Prepared
from .schema import TOLD_AND_CALLED, ticket

_t = ticket.c
_OF = (_t.site == bindparam("site")) & (_t.series == bindparam("series")) & TOLD_AND_CALLED
_ROW = (_t.called_at, _t.id, _t.series, _t.told_low_s, _t.told_high_s, _t.expected_s, _t.issued_at)
_LAST = Prepared(select(*_ROW).where(_OF).order_by(_t.called_at.desc(), _t.id.desc()).limit(bindparam("limit")))
_SINCE = Prepared(select(*_ROW).where(_OF, _t.called_at >= bindparam("since")))

_WAITED_US = type_coerce(_t.called_at, BigInteger) - type_coerce(_t.issued_at, BigInteger)
_INSIDE = _WAITED_US.between(_t.told_low_s * 1_000_000, _t.told_high_s * 1_000_000)
_OF_DAY = select(_t.series, func.sum(case((_INSIDE, 1), else_=0)), func.count()).group_by(_t.series)
_OF_DAY = _OF_DAY.where(_t.site == bindparam("site"), _t.day == bindparam("day"), TOLD_AND_CALLED)


def last(conn: Connection, site: str, services: Collection[str], limit: int) -> Iterator[Called]:
    """Of each service the last ``limit`` first calls of those who had been told something, in no order."""
    for service in services:
        for row in _LAST.rows(conn, {"site": site, "series": service, "limit": limit}):
            yield _called(*row)


def since(conn: Connection, site: str, services: Collection[str], at: datetime) -> Iterator[Called]:
    """Those of then or later."""
    for service in services:
        for row in _SINCE.rows(conn, {"site": site, "series": service, "since": at}):
            yield _called(*row)


def of_day(conn: Connection, site: str, day: date) -> dict[str, tuple[int, int]]:
    """service -> how many first calls of a day came as had been told, of how many."""
    rows = conn.execute(_OF_DAY, {"site": site, "day": day})
    return {service: (inside, many) for service, inside, many in rows}


def _called(
    at: datetime, id: str, service: str, low_s: int, high_s: int, expected_s: int, issued_at: datetime
) -> Called:
    return called(at, id, service, WaitRange(low_s, high_s, expected_s), (at - issued_at).total_seconds())
