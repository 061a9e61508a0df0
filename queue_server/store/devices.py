"""Devices by their ids; who may speak by a token is ``accounts``'s."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from .schema import device

_d = device.c
_ONE = (_d.site == bindparam("of_site"), _d.id == bindparam("of"), _d.revoked_at.is_(None))
_STANDS = select(_d.id).where(*_ONE)
_REVOKE = update(device).where(*_ONE).values(revoked_at=bindparam("at"))


def stands(conn: Connection, site: str, id: str) -> bool:
    """Whether the site has this device, and it is not revoked."""
    return conn.execute(_STANDS, {"of_site": site, "of": id}).first() is not None


def revoke(conn: Connection, site: str, id: str, at: datetime) -> bool:
    """The device may do nothing any more; whether there was one."""
    return conn.execute(_REVOKE, {"of_site": site, "of": id, "at": at}).rowcount == 1
