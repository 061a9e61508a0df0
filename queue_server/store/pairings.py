"""New screens that wait for somebody to approve them: rows that live ten minutes and are no part of the record."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, text

from ..domain.pairing import LASTS, MOST, MOST_OF_ADDRESS
from .device_schema import pairing
from .ids import token_hash
from .rows import AnyRow

_p = pairing.c
_OF_ADDRESS = select(func.count()).select_from(pairing).where(_p.address == bindparam("of"))
_ALL = select(func.count()).select_from(pairing)
_BY_CODE = select(_p.poll_hash, _p.kind, _p.at).where(_p.code == bindparam("typed"))
_BY_POLL = select(_p.code, _p.kind, _p.at).where(_p.poll_hash == bindparam("hash"))
_END = delete(pairing).where(_p.poll_hash == bindparam("hash"))
_OVER = delete(pairing).where(_p.at <= bindparam("before"))


def begin(conn: Connection, poll: str, code: str, kind: str, address: str, now: datetime) -> bool:
    """Keep a new one; False if as many of that address, or in all, are alive. Those that are over are forgotten."""
    if conn.dialect.name == "postgresql":  # two processes count one after the other; SQLite has one writer anyway
        conn.execute(text("LOCK TABLE pairing IN SHARE ROW EXCLUSIVE MODE"))
    conn.execute(_OVER, {"before": now - LASTS})
    if conn.execute(_OF_ADDRESS, {"of": address}).scalar_one() >= MOST_OF_ADDRESS:
        return False
    if conn.execute(_ALL).scalar_one() >= MOST:
        return False
    conn.execute(pairing.insert().values(poll_hash=token_hash(poll), code=code, kind=kind, address=address, at=now))
    return True


def by_code(conn: Connection, code: str) -> AnyRow | None:
    """The screen that shows this code, be it over or not."""
    return conn.execute(_BY_CODE, {"typed": code}).first()


def by_poll(conn: Connection, poll: str) -> AnyRow | None:
    """The screen that knows this secret and was not approved yet, be it over or not."""
    return conn.execute(_BY_POLL, {"hash": token_hash(poll)}).first()


def end(conn: Connection, poll_hash: str) -> None:
    """It was approved: from now on it is a device."""
    conn.execute(_END, {"hash": poll_hash})


def alive(conn: Connection, now: datetime) -> int:
    """How many wait."""
    return conn.execute(_ALL.where(_p.at > now - LASTS)).scalar_one()
