"""Devices by their ids; who may speak by a token is ``accounts``'s."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from .device_schema import device
from .ids import token_hash
from .rows import AnyRow

_d = device.c
_ONE = (_d.site == bindparam("of_site"), _d.id == bindparam("of"), _d.revoked_at.is_(None))
_STANDS = select(_d.id).where(*_ONE)
_PLACE = select(_d.id, _d.name, _d.kind, _d.site, _d.zone, _d.counter, _d.voice)
_PLACE = _PLACE.where(_d.token_hash == bindparam("hash"), _d.revoked_at.is_(None))
_SET_PLACE = update(device).where(_d.id == bindparam("of"))
_SET_PLACE = _SET_PLACE.values(zone=bindparam("to_zone"), counter=bindparam("to_counter"), voice=bindparam("speaks"))
_KINDS = select(_d.kind).where(_d.site == bindparam("of_site"), _d.revoked_at.is_(None)).distinct()
_REVOKE = update(device).where(*_ONE).values(revoked_at=bindparam("at"))


def kinds(conn: Connection, site: str) -> set[str]:
    """Which kinds of devices the site has that are not revoked."""
    return set(conn.execute(_KINDS, {"of_site": site}).scalars())


def stands(conn: Connection, site: str, id: str) -> bool:
    """Whether the site has this device, and it is not revoked."""
    return conn.execute(_STANDS, {"of_site": site, "of": id}).first() is not None


def revoke(conn: Connection, site: str, id: str, at: datetime) -> bool:
    """The device may do nothing any more; whether there was one."""
    return conn.execute(_REVOKE, {"of_site": site, "of": id, "at": at}).rowcount == 1


def place_of(conn: Connection, token: str) -> AnyRow | None:
    """The device that knows this token, if it is not revoked, and where it is wanted."""
    return conn.execute(_PLACE, {"hash": token_hash(token)}).first()


def set_place(conn: Connection, id: str, zone: str | None, counter: str | None, voice: bool) -> None:
    """Say where a device is wanted."""
    conn.execute(_SET_PLACE, {"of": id, "to_zone": zone, "to_counter": counter, "speaks": voice})
