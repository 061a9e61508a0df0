"""Sign-ins that were refused: counts per account, address and hour, and no events (``contract.md``: the exception).

Guesses may come from a million addresses. So an hour has its share of rows, and all that come after are counted
together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from ..domain.privacy import DAYS, Lifetime
from .access_schema import refused_sign_in
from .keyring import Sealed
from .numbers import upsert
from .private import ring_of
from .structure import clock_believed

ADDRESS_LASTS = timedelta(days=DAYS[Lifetime.ADDRESSES])  # at most, of whoever signed in or could not
ALL = "*"  # the server's own record, whose key it is
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
    sealed = _sealed(conn, hour, address) if rows < _MOST else Sealed(None, "")
    where = {"hour": hour, "account": account, "address": sealed.value, "key": sealed.key}
    conn.execute(counted, {**where, "count": 1})


def _sealed(conn: Connection, hour: datetime, address: str) -> Sealed:
    """Equal for equal addresses of a day, so that they are counted together; of many where no key can be kept."""
    ring = ring_of(conn)
    try:
        return ring.seal_alike(ALL, hour.date(), Lifetime.ADDRESSES, address) if ring and address else Sealed(None, "")
    except OSError:
        return Sealed(None, "")


def _opened(conn: Connection, address: str, key: str | None) -> str:
    ring = ring_of(conn)
    return address if key is None else (ring.open_alike(key, address) if ring else None) or ""


def between(conn: Connection, first: datetime, until: datetime) -> list[Refusals]:
    """Those of the hours that begin from ``first`` on and before ``until``, the latest first."""
    wanted = select(_r.hour, _r.account, _r.address, _r["count"], _r.key)
    wanted = wanted.where(_r.hour >= first, _r.hour < until)
    rows = conn.execute(wanted.order_by(_r.hour.desc(), _r.account, _r.address))
    found = [Refusals(hour, account, _opened(conn, address, key), n) for hour, account, address, n, key in rows]
    return sorted(found, key=lambda one: (-one.hour.timestamp(), one.account, one.address))


def newest(conn: Connection, until: datetime) -> datetime | None:
    """The last hour before ``until`` in which somebody was refused."""
    return conn.execute(select(func.max(_r.hour, type_=_r.hour.type)).where(_r.hour < until)).scalar()
