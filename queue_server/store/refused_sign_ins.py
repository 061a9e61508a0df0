"""Sign-ins that were refused: counts per account, address and hour, and no events (``contract.md``: the exception).

Guesses may come from a million addresses. So an hour has its share of rows, and all that come after are counted
together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from .access_schema import refused_sign_in
from .numbers import upsert
from .structure import clock_believed

ADDRESS_LASTS = timedelta(days=30)  # so long an address is kept, of whoever signed in or could not
NOBODY = ""  # in the place of an account: a name that nobody has
_MOST = 1000  # rows of an hour

_r = refused_sign_in.c


@dataclass(frozen=True, slots=True)
class Refusals:
    """So often in the hour that began then (UTC)."""

    hour: datetime
    account: str  # "": a name that nobody has
    address: str  # "": of many
    count: int


def count(conn: Connection, account: str, address: str, at: datetime) -> None:
    """Somebody could not sign in; counts whose addresses are too old go, by a clock that is believed."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    if clock_believed(conn, at):
        conn.execute(delete(refused_sign_in).where(_r.hour < hour - ADDRESS_LASTS))
    rows = conn.execute(select(func.count()).select_from(refused_sign_in).where(_r.hour == hour)).scalar_one()
    insert = upsert(conn, refused_sign_in)
    counted = insert.on_conflict_do_update(
        index_elements=list(refused_sign_in.primary_key), set_={"count": _r.count + 1}
    )
    where = {"hour": hour, "account": account, "address": address if rows < _MOST else ""}
    conn.execute(counted, {**where, "count": 1})


def between(conn: Connection, first: datetime, until: datetime) -> list[Refusals]:
    """Those of the hours that begin from ``first`` on and before ``until``, the latest first."""
    wanted = select(_r.hour, _r.account, _r.address, _r["count"]).where(_r.hour >= first, _r.hour < until)
    rows = conn.execute(wanted.order_by(_r.hour.desc(), _r.account, _r.address))
    return [Refusals(*row) for row in rows]


def newest(conn: Connection, until: datetime) -> datetime | None:
    """The last hour before ``until`` in which somebody was refused."""
    return conn.execute(select(func.max(_r.hour, type_=_r.hour.type)).where(_r.hour < until)).scalar()
