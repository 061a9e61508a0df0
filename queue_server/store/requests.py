"""Idempotency: one key of one caller has one effect and one reply (I-4)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, delete, select

from .prepared import Prepared
from .schema import request

_KEY = (request.c.scope == bindparam("scope"), request.c.key == bindparam("key"))
_FIND = Prepared(select(request.c.body_hash, request.c.status, request.c.reply, request.c.ticket).where(*_KEY))
_STORE = Prepared(request.insert())


@dataclass(frozen=True, slots=True)
class Stored:
    """What a key was answered before."""

    body_hash: str
    status: int
    reply: Any
    ticket: str | None


def find(conn: Connection, scope: str, key: str) -> Stored | None:
    """The stored reply of a key, if it was used."""
    row = _FIND.first(conn, {"scope": scope, "key": key})
    return Stored(*row) if row else None


def store(conn: Connection, scope: str, key: str, stored: Stored, *, site: str, day: date, at: datetime) -> None:
    """Keep a reply, in the transaction of its effect."""
    answered = {"body_hash": stored.body_hash, "status": stored.status, "reply": stored.reply, "ticket": stored.ticket}
    _STORE.run(conn, {"scope": scope, "key": key, "site": site, "day": day, "at": at, **answered})


def forget_before(conn: Connection, site: str, day: date) -> None:
    """Drop the keys of service days before ``day``."""
    conn.execute(delete(request).where(request.c.site == site, request.c.day < day))


def forget_escorts(conn: Connection, site: str) -> None:
    """Drop the keys whose replies tell of somebody who asked to be guided: that is gone with the day."""
    tells = cast(request.c.reply, Text).contains('"escort": true')
    conn.execute(delete(request).where(request.c.site == site, tells))
