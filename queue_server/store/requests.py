"""Idempotency: one key of one caller has one effect and one reply (I-4).

A reply that repeats a text (a note, a reason) lies sealed as the text does, by the same key of its day.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, delete, select, update

from ..domain.errors import Code, QueueError
from ..domain.privacy import Lifetime
from .prepared import Prepared
from .private import ring_of
from .schema import request

_SEALED = (
    "sealed_reply"  # in the place of a reply: the id of the key and what it opens; null: forgotten before its time
)
_ESCORT = '"escort": true'  # in a reply, as JSON is written

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
    private: bool = False  # whether the reply may hold a text that lies sealed


def texts(conn: Connection) -> int:
    """How many texts were sealed or opened so far: more of them since, and a reply may hold one."""
    ring = ring_of(conn)
    return ring.texts if ring else 0


def find(conn: Connection, scope: str, key: str) -> Stored | None:
    """The stored reply of a key, if it was used; one that was sealed is still closed (``opened``)."""
    row = _FIND.first(conn, {"scope": scope, "key": key})
    return Stored(*row) if row else None


def opened(conn: Connection, scope: str, key: str, stored: Stored) -> Any:
    """The reply as it was given.

    Raises ``idempotency_key_reused`` once nobody can open it any more: its effect is not to happen a second time.
    """
    if not (isinstance(stored.reply, dict) and _SEALED in stored.reply):
        return stored.reply
    ring, closed = ring_of(conn), stored.reply[_SEALED]
    said = ring.open(closed[0], closed[1], _place(scope, key)) if ring and closed else None
    if said is None:
        raise QueueError(Code.IDEMPOTENCY_KEY_REUSED)
    return json.loads(said)


def store(conn: Connection, scope: str, key: str, stored: Stored, *, site: str, day: date, at: datetime) -> None:
    """Keep a reply, in the transaction of its effect. Raises ``storage_full`` if the key of a text cannot be kept."""
    reply = _sealed(conn, scope, key, stored.reply, site, day) if stored.private else stored.reply
    answered = {"body_hash": stored.body_hash, "status": stored.status, "reply": reply, "ticket": stored.ticket}
    _STORE.run(conn, {"scope": scope, "key": key, "site": site, "day": day, "at": at, **answered})


def _sealed(conn: Connection, scope: str, key: str, reply: Any, site: str, day: date) -> Any:
    ring = ring_of(conn)
    if ring is None:
        return reply  # nobody could have sealed or opened a text either
    said = json.dumps(reply)
    try:
        sealed = ring.seal(site, day, Lifetime.TEXTS, said, _place(scope, key))
    except OSError as error:
        raise QueueError(Code.STORAGE_FULL) from error
    # What the day's end looks for stays to be found.
    return {_SEALED: [sealed.key, sealed.value], **({"escort": True} if _ESCORT in said else {})}


def _place(scope: str, key: str) -> str:
    return f"request/{scope}/{key}"


def forget_before(conn: Connection, site: str, day: date) -> None:
    """Drop the keys of service days before ``day``."""
    conn.execute(delete(request).where(request.c.site == site, request.c.day < day))


def forget_escorts(conn: Connection, site: str) -> None:
    """Drop the keys whose replies tell of somebody who asked to be guided: that is gone with the day."""
    tells = cast(request.c.reply, Text).contains(_ESCORT)
    conn.execute(delete(request).where(request.c.site == site, tells))


def forget_texts(conn: Connection, site: str) -> None:
    """Let nobody open the replies that hold texts any more; their keys stay used."""
    sealed = cast(request.c.reply, Text).contains(f'"{_SEALED}": [')
    conn.execute(update(request).where(request.c.site == site, sealed).values(reply={_SEALED: None}))
