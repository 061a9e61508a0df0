"""Idempotency: one key of one caller has one effect and one reply (I-4).

A reply that repeats a text (a note, a reason) lies sealed as the text does, by the same key of its day; by that key
too, what was asked is known again.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy import Connection, Text, bindparam, cast, delete, select, update

from ..domain.errors import Code, QueueError
from ..domain.privacy import Lifetime
from .key_file import refusal
from .keyring import MARK
from .prepared import Prepared
from .private import ring_of
from .schema import request

_SEALED = (
    "sealed_reply"  # in the place of a reply: the id of the key and what it opens; null: forgotten before its time
)
_ESCORT = '"escort": true'  # in a reply, as JSON is written

log = structlog.get_logger()

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

    Raises ``reply_forgotten`` once nobody can open it any more: its effect is not to happen a second time.
    """
    if not (isinstance(stored.reply, dict) and _SEALED in stored.reply):
        return stored.reply
    ring, closed = ring_of(conn), stored.reply[_SEALED]
    said = ring.open(closed[0], closed[1], _place(scope, key)) if ring and closed else None
    if said is None:
        raise QueueError(Code.REPLY_FORGOTTEN)
    return json.loads(said)


def store(conn: Connection, scope: str, key: str, stored: Stored, *, site: str, day: date, at: datetime) -> None:
    """Keep a reply, in the transaction of its effect. Raises ``storage_full``, ``keys_unwritable`` for a text's key."""
    reply = _sealed(conn, scope, key, stored.reply, site, day) if stored.private else stored.reply
    body_hash = _marked(conn, site, day, stored.body_hash)
    answered = {"body_hash": body_hash, "status": stored.status, "reply": reply, "ticket": stored.ticket}
    _STORE.run(conn, {"scope": scope, "key": key, "site": site, "day": day, "at": at, **answered})


def is_of(conn: Connection, stored: Stored, body_hash: str) -> bool:
    """Whether the key was used for this request; also if nobody can tell any more, since its caller says so."""
    ring = ring_of(conn)
    if MARK not in stored.body_hash:  # written by a release before, at most two days ago
        return stored.body_hash in ("", body_hash)
    return ring is None or ring.is_mark_of(stored.body_hash, body_hash) is not False


def _marked(conn: Connection, site: str, day: date, body_hash: str) -> str:
    """What is kept to know a request again: nothing that says, to who has a copy without its keys, what was asked.

    Without its key it would be found by trying: a code has eight digits, a note few words. Where the key cannot be
    kept nothing is, and work goes on: the caller's word that it is the same request is then believed.
    """
    ring = ring_of(conn)
    if ring is None:
        return ""
    try:
        return ring.mark(site, day, Lifetime.TEXTS, body_hash)
    except OSError as error:
        log.error("keys_unwritable", file=str(ring.file), why=error.strerror or str(error))
        return ""


def _sealed(conn: Connection, scope: str, key: str, reply: Any, site: str, day: date) -> Any:
    ring = ring_of(conn)
    if ring is None:
        return reply  # nobody could have sealed or opened a text either
    said = json.dumps(reply)
    try:
        sealed = ring.seal(site, day, Lifetime.TEXTS, said, _place(scope, key))
    except OSError as error:
        raise refusal(error, ring.file) from error
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
