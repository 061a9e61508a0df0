"""Accounts, their sessions, and devices: who may speak. Secrets are stored as hashes only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from ..domain.roles import Actor, Role
from .schema import account, device, session


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in."""

    id: str
    username: str
    name: str
    role: Role
    password_hash: str
    sites: tuple[str, ...]
    agencies: tuple[str, ...]

    @property
    def actor(self) -> Actor:
        """The account as one who acts."""
        return Actor(self.id, self.role, frozenset(self.sites), frozenset(self.agencies), self.name)


_COLUMNS = (
    account.c.id,
    account.c.username,
    account.c.name,
    account.c.role,
    account.c.password_hash,
    account.c.sites,
    account.c.agencies,
)


def _account(row: tuple | None) -> Account | None:
    if row is None:
        return None
    return Account(row[0], row[1], row[2], Role(row[3]), row[4], tuple(row[5]), tuple(row[6]))


def by_username(conn: Connection, username: str) -> Account | None:
    """The account that signs in under this name, unless it is disabled. Names ignore case."""
    where = (func.lower(account.c.username) == username.lower(), account.c.disabled_at.is_(None))
    return _account(conn.execute(select(*_COLUMNS).where(*where)).first())


def by_session(conn: Connection, id_hash: str, created_after: datetime) -> Account | None:
    """The account of a session that is young enough and not ended."""
    joined = select(*_COLUMNS).join(session, session.c.account == account.c.id)
    where = (session.c.id_hash == id_hash, session.c.created_at > created_after, account.c.disabled_at.is_(None))
    return _account(conn.execute(joined.where(*where)).first())


def add(conn: Connection, new: Account, at: datetime) -> None:
    """Write a new account; IntegrityError if the username is taken."""
    values = {"role": new.role.value, "sites": list(new.sites), "agencies": list(new.agencies), "created_at": at}
    columns = {k: getattr(new, k) for k in ("id", "username", "name", "password_hash")}
    conn.execute(account.insert().values(**columns, **values))


def name_of(conn: Connection, id: str) -> str | None:
    """The name to show of an account."""
    return conn.execute(select(account.c.name).where(account.c.id == id)).scalar()


def names(conn: Connection) -> dict[str, str]:
    """account id -> name to show."""
    return {r.id: r.name for r in conn.execute(select(account.c.id, account.c.name))}


def start_session(conn: Connection, id_hash: str, account_id: str, at: datetime) -> None:
    """A session begins."""
    conn.execute(session.insert().values(id_hash=id_hash, account=account_id, created_at=at))


def end_session(conn: Connection, id_hash: str) -> bool:
    """A session ends; whether there was one."""
    return conn.execute(delete(session).where(session.c.id_hash == id_hash)).rowcount == 1


def drop_sessions_before(conn: Connection, at: datetime) -> None:
    """Forget sessions that are too old to count."""
    conn.execute(delete(session).where(session.c.created_at <= at))


def add_device(conn: Connection, *, id: str, name: str, kind: str, site: str, token_hash: str, at: datetime) -> None:
    """Write a new device."""
    values = {"id": id, "name": name, "kind": kind, "site": site, "token_hash": token_hash, "created_at": at}
    conn.execute(device.insert().values(values))


def by_device_token(conn: Connection, token_hash: str) -> Actor | None:
    """The device whose token has that SHA-256, unless it was revoked."""
    where = (device.c.token_hash == token_hash, device.c.revoked_at.is_(None))
    row = conn.execute(select(device.c.id, device.c.kind, device.c.site, device.c.name).where(*where)).first()
    return Actor(row.id, Role(row.kind), frozenset({row.site}), name=row.name) if row else None


def revoke_device(conn: Connection, id: str, at: datetime) -> bool:
    """The device may do nothing any more; whether there was one."""
    where = (device.c.id == id, device.c.revoked_at.is_(None))
    return conn.execute(update(device).where(*where).values(revoked_at=at)).rowcount == 1
