"""The urn: answers are sealed in it, and leave it in the order of chance (``domain/survey_mix.py`` says when)."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.exc import IntegrityError

from ..domain.site import Site
from ..domain.survey import ELEMENTS, PROFILE, Answered
from ..domain.survey_mix import Sealed, leave_at_end, leave_now
from . import comments
from .survey_schema import origin_answer, rating, survey_answer, survey_mark, survey_urn
from .urn_keys import UrnKeys

_SEALED_BYTES = 4096  # before sealing: one length for all, so that it tells nothing
_NONCE_BYTES = 12

_a, _m, _o, _r, _u = survey_answer.c, survey_mark.c, origin_answer.c, rating.c, survey_urn.c
_TABLES = (("survey", _a, survey_answer), ("rating", _r, rating), ("origin", _o, origin_answer))


@dataclass(frozen=True, slots=True)
class Urn:
    """Where answers go: within one transaction, at a site, on a day of the hall."""

    conn: Connection
    keys: UrnKeys
    site: Site
    today: date


def mark_of(key: bytes, kind: str, ticket: str) -> str:
    """What is kept of a ticket that has answered: nothing, without the key."""
    return hmac.new(key, f"{kind}:{ticket}".encode(), hashlib.sha256).hexdigest()


def is_marked(conn: Connection, site: str, month: str, mark: str) -> bool:
    """Whether that ticket has answered."""
    at = (_m.site == site, _m.month == month, _m.mark == mark)
    return conn.execute(select(_m.mark).where(*at)).first() is not None


def mark(conn: Connection, site: str, month: str, mark: str) -> bool:
    """Mark it; False if it was marked before, perhaps by another process just now."""
    try:
        with conn.begin_nested():
            conn.execute(survey_mark.insert().values(site=site, month=month, mark=mark))
    except IntegrityError:
        return False
    return True


def put(conn: Connection, key: bytes, site: str, kind: str, said: Answered) -> None:
    """Seal what somebody said, and lay it with the others."""
    id, nonce = _chance(), os.urandom(_NONCE_BYTES)
    plain = json.dumps([kind, _plain(said)], ensure_ascii=False).encode().ljust(_SEALED_BYTES)
    if len(plain) != _SEALED_BYTES:
        raise ValueError("more was said than one answer holds")
    sealed = nonce + _cipher(key).encrypt(nonce, plain, f"{site}:{said.month}:{id}".encode())
    conn.execute(survey_urn.insert().values(site=site, month=said.month, id=id, sealed=sealed))


def waiting(conn: Connection, keys: UrnKeys, site: str, month: str) -> list[Sealed]:
    """What lies in the urn of a month, opened; what no key opens any more is left out."""
    key = keys.get(month)
    if key is None:
        return []
    rows = conn.execute(select(_u.id, _u.sealed).where(_u.site == site, _u.month == month)).all()
    found = [_opened(key, site, month, id, sealed) for id, sealed in rows]
    return [one for one in found if one is not None]


def months_waiting(conn: Connection, site: str) -> dict[str, int]:
    """month -> how many lie in the urn."""
    rows = conn.execute(select(_u.month, func.count()).where(_u.site == site).group_by(_u.month))
    return {row[0]: row[1] for row in rows}


def months_known(conn: Connection, site: str) -> set[str]:
    """The months of which a mark or an answer in the urn is there."""
    marked = conn.execute(select(_m.month).where(_m.site == site).distinct())
    return {*marked.scalars(), *months_waiting(conn, site)}


def lost(conn: Connection, keys: UrnKeys, site: str) -> int:
    """How many answers lie in the urn that no key opens: the disk was lost, or an old copy was put back."""
    return sum(n - len(waiting(conn, keys, site, month)) for month, n in months_waiting(conn, site).items())


def let_out(conn: Connection, keys: UrnKeys, site: str, month: str, today: date, *, over: bool) -> int:
    """Move those whose time has come from the urn to the answers; how many. ``over``: nobody comes any more.

    Raises ``storage_full`` or ``keys_unwritable`` if the key of a comment cannot be kept.
    """
    found = waiting(conn, keys, site, month)
    leaving = leave_at_end(found, left_before(conn, site, month)) if over else leave_now(found, _draw)
    moved = 0
    for one in _draw(leaving, len(leaving)):
        mine = conn.execute(delete(survey_urn).where(_u.site == site, _u.month == month, _u.id == one.id)).rowcount
        if mine:  # of two processes that empty it at once, one has moved it
            _write(conn, site, one.kind, one.said, today)
            moved += 1
    return moved


def left_before(conn: Connection, site: str, month: str) -> dict[tuple[str, str], int]:
    """(kind, service) -> how many have left with their service."""
    found: dict[tuple[str, str], int] = {}
    for kind, columns, table in _TABLES:
        at = (columns.site == site, columns.month == month, columns.service.is_not(None))
        rows = conn.execute(
            select(columns.service, func.count()).select_from(table).where(*at).group_by(columns.service)
        )
        found |= {(kind, service): many for service, many in rows}
    return found


def forget(conn: Connection, site: str, month: str) -> int:
    """Drop the marks of a month, and what of its urn nobody can open any more; how many answers that were."""
    conn.execute(delete(survey_mark).where(_m.site == site, _m.month == month))
    return int(conn.execute(delete(survey_urn).where(_u.site == site, _u.month == month)).rowcount)


def _write(conn: Connection, site: str, kind: str, said: Answered, today: date) -> None:
    own: dict[str, Any] = {
        "id": _chance(),
        "site": site,
        "month": said.month,
        "service": said.service,
        "agency": said.agency,
    }
    if kind == "rating":
        conn.execute(rating.insert().values(**own, score=said.values[0]))
        return
    if kind == "origin":
        conn.execute(origin_answer.insert().values(**own, origin=said.profile[0]))
        return
    own |= {"channel": said.channel, "cost_scale": said.cost_scale, "wording": said.wording}
    own |= {f"on_{element}": value for element, value in zip(ELEMENTS, said.values, strict=True)}
    own |= dict(zip(PROFILE, said.profile, strict=True))
    if said.comment:
        own |= {"comment": comments.sealed(conn, site, today, own["id"], said.comment)}
        own |= {"comment_until": today + comments.LASTS}
    conn.execute(survey_answer.insert().values(**own))


def _plain(said: Answered) -> dict[str, Any]:
    return {name: getattr(said, name) for name in Answered.__dataclass_fields__}


def _opened(key: bytes, site: str, month: str, id: str, sealed: bytes) -> Sealed | None:
    from cryptography.exceptions import InvalidTag

    nonce, rest = bytes(sealed[:_NONCE_BYTES]), bytes(sealed[_NONCE_BYTES:])
    try:
        plain = _cipher(key).decrypt(nonce, rest, f"{site}:{month}:{id}".encode())
    except InvalidTag:
        return None  # sealed by a key of before the disk was lost
    kind, said = json.loads(plain)
    return Sealed(id, kind, Answered(**said | {"values": tuple(said["values"]), "profile": tuple(said["profile"])}))


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # imported once somebody answers

    return AESGCM(key)


def _draw(of: Sequence[Sealed], many: int) -> list[Sealed]:
    return secrets.SystemRandom().sample(list(of), many)


def _chance() -> str:
    """An id that tells neither when nor in which order."""
    return secrets.token_hex(16)
