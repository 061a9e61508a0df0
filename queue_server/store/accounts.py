"""Accounts, their sessions, and devices: who may speak. Secrets are stored as hashes only."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, literal, select, update

from ..domain.roles import Actor, Role, in_order, mightiest
from .device_schema import device
from .lendings import lent_to
from .prepared import Asked, Prepared
from .rows import AnyRow
from .schema import account, counter, lending, session

SESSION_LASTS = timedelta(hours=12)
SESSION_ID = 16  # so much of its hash names a session among its account's


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in."""

    id: str
    username: str
    name: str
    roles: frozenset[Role]
    password_hash: str
    sites: tuple[str, ...]
    agencies: tuple[str, ...]
    organisation: str | None = None
    version: int = 0
    disabled: bool = False
    lent: tuple[tuple[str, str], ...] = ()  # (site, agency) pairs where it helps out

    @property
    def role(self) -> Role:
        """The mightiest of its roles."""
        return mightiest(self.roles)

    @property
    def actor(self) -> Actor:
        """The account as one who acts."""
        limits = (frozenset(self.sites), frozenset(self.agencies))
        return Actor(self.id, self.roles, *limits, self.name, frozenset(self.lent))


_COLUMNS = (
    account.c.id,
    account.c.username,
    account.c.name,
    account.c.role,
    account.c.password_hash,
    account.c.sites,
    account.c.agencies,
    account.c.roles,
    account.c.organisation,
    account.c.version,
    account.c.disabled_at,
)
_BY_ID = select(*_COLUMNS).where(account.c.id == bindparam("id"))
_BY_NAME = select(*_COLUMNS).where(func.lower(account.c.username) == bindparam("name"), account.c.disabled_at.is_(None))
_LENT = (lending.c.site, lending.c.agency)  # of an outer join: a row for each lending, one without any for nobody's
_SIGNED_IN = select(*_COLUMNS, *_LENT).join(session, session.c.account == account.c.id)
_SIGNED_IN = _SIGNED_IN.outerjoin(lending, lending.c.account == account.c.id)
_SIGNED_IN = _SIGNED_IN.where(session.c.id_hash == bindparam("id_hash"), account.c.disabled_at.is_(None))
_BY_SESSION = Prepared(_SIGNED_IN.where(session.c.created_at > bindparam("created_after")))
_NAME = select(account.c.name).where(account.c.id == bindparam("id"))
_ENROLLED = select(device.c.id, device.c.kind, device.c.site, device.c.name)
_DEVICE = Prepared(_ENROLLED.where(device.c.token_hash == bindparam("token_hash"), device.c.revoked_at.is_(None)))


_NAMED = select(account.c.id).where(account.c.id == bindparam("id"), account.c.password_hash != "")
_HOLDS = (
    account.c.id.label("account"),
    account.c.role,
    account.c.roles,
    account.c.sites,
    account.c.agencies,
    account.c.disabled_at,
)
_HOLDER = select(*_HOLDS, lending.c.site.label("lent_at"), lending.c.agency.label("lent_to"))
_HOLDER = _HOLDER.outerjoin(lending, lending.c.account == account.c.id).where(account.c.id == bindparam("id"))


def _account(row: AnyRow | None, lent: tuple[tuple[str, str], ...] = ()) -> Account | None:
    if row is None:
        return None
    roles, limits = roles_of(row[3], row[7]), (tuple(row[5]), tuple(row[6]))
    return Account(row[0], row[1], row[2], roles, row[4], *limits, row[8], row[9], row[10] is not None, lent)


def roles_of(role: str, kept: Iterable[str] | None) -> frozenset[Role]:
    """The roles of a row of accounts.

    A process of the release before this one knows and writes ``role`` alone: where that is not the mightiest of the
    set, it was changed since, and stands alone.
    """
    known = frozenset(Role(one) for one in kept or ())
    return known if known and mightiest(known).value == role else Role(role).only


def _columns_of(roles: Iterable[Role]) -> dict[str, Any]:
    """The two columns that keep them."""
    return {"role": mightiest(roles).value, "roles": [role.value for role in in_order(roles)]}


def by_username(conn: Connection, username: str) -> Account | None:
    """The account that signs in under this name, unless it is disabled. Names ignore case."""
    return _account(conn.execute(_BY_NAME, {"name": username.lower()}).first())


def by_id(conn: Connection, id: str) -> Account | None:
    """An account, disabled or not."""
    return _account(conn.execute(_BY_ID, {"id": id}).first())


def id_of(conn: Connection, username: str) -> str | None:
    """The id of the account of this name, disabled or not."""
    return conn.execute(select(account.c.id).where(func.lower(account.c.username) == username.lower())).scalar()


def by_session(reader: Asked, id_hash: str, created_after: datetime) -> Account | None:
    """The account of a session that is young enough and not ended."""
    rows = _BY_SESSION.rows(reader, {"id_hash": id_hash, "created_after": created_after})
    return _account(rows[0], lent_to((row[-2], row[-1]) for row in rows)) if rows else None


def add(conn: Connection, new: Account, at: datetime) -> None:
    """Write a new account; IntegrityError if the username is taken."""
    lists = {"sites": list(new.sites), "agencies": list(new.agencies)}
    values = {**_columns_of(new.roles), **lists, "created_at": at}
    columns = {k: getattr(new, k) for k in ("id", "username", "name", "password_hash", "organisation")}
    conn.execute(account.insert().values(**columns, **values))


def name_of(conn: Connection, id: str) -> str | None:
    """The name to show of an account."""
    return conn.execute(_NAME, {"id": id}).scalar()


def change(conn: Connection, id: str, changes: dict[str, Any], *, end_sessions: bool, keep: str = "") -> None:
    """Other columns for an account, disabled or not, and its next version; all its sessions but one may end."""
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    if "roles" in values:
        values |= _columns_of(values["roles"])
    conn.execute(update(account).where(account.c.id == id).values(**values, version=account.c.version + 1))
    if end_sessions:
        conn.execute(delete(session).where(session.c.account == id, session.c.id_hash != keep))


def anybody(conn: Connection) -> bool:
    """Whether there ever was an account or a device: whether anybody may speak, or might."""
    return any(conn.execute(select(table.c.id).limit(1)).first() is not None for table in (account, device))


def holder(conn: Connection, id: str) -> Actor | None:
    """The account as one who may have a counter open: a disabled one may do nothing. None if there is no account."""
    rows = conn.execute(_HOLDER, {"id": id}).all()
    return _holder(rows[0], lent_to((row.lent_at, row.lent_to) for row in rows)) if rows else None


def holders(conn: Connection) -> Iterator[tuple[str, str, str, Actor]]:
    """(site, counter, its agency, who has it open) of every open counter of an account, at whichever site."""
    open_ones = select(counter.c.site, counter.c.id.label("counter"), counter.c.agency, *_HOLDS, lending.c.at)
    open_ones = open_ones.join(account, counter.c.officer == account.c.id)
    here = (lending.c.site == counter.c.site, lending.c.agency == counter.c.agency)
    for row in conn.execute(open_ones.outerjoin(lending, and_(lending.c.account == account.c.id, *here))):
        lent = ((row.site, row.agency),) if row.at is not None else ()
        yield row.site, row.counter, row.agency, _holder(row, lent)


def _holder(row: Any, lent: tuple[tuple[str, str], ...]) -> Actor:
    roles = roles_of(row.role, row.roles) if row.disabled_at is None else Role.VISITOR.only
    return Actor(row.account, roles, frozenset(row.sites), frozenset(row.agencies), lent=frozenset(lent))


def enabled(conn: Connection) -> list[Account]:
    """Every account that is not disabled."""
    rows = conn.execute(select(*_COLUMNS).where(account.c.disabled_at.is_(None)))
    return [found for row in rows if (found := _account(row))]


def names(conn: Connection) -> dict[str, str]:
    """account id -> name to show."""
    return {r.id: r.name for r in conn.execute(select(account.c.id, account.c.name))}


def device_names(conn: Connection) -> dict[str, tuple[str, str]]:
    """device id -> (kind, name), also of those that were revoked."""
    return {r.id: (r.kind, r.name) for r in conn.execute(select(device.c.id, device.c.kind, device.c.name))}


def start_session(conn: Connection, id_hash: str, account_id: str, at: datetime, browser: str | None = None) -> None:
    """A session begins."""
    conn.execute(session.insert().values(id_hash=id_hash, account=account_id, created_at=at, browser=browser))


def sessions_of(conn: Connection, account_id: str, created_after: datetime) -> list[AnyRow]:
    """The account's sessions that are young enough, the newest first."""
    wanted = select(session.c.id_hash, session.c.created_at, session.c.browser)
    of = wanted.where(session.c.account == account_id, session.c.created_at > created_after)
    return list(conn.execute(of.order_by(session.c.created_at.desc(), session.c.id_hash)))


def sessions_each_has(conn: Connection, created_after: datetime) -> dict[str, int]:
    """account id -> how many of its sessions are young enough; only of those that have any."""
    counted = select(session.c.account, func.count()).where(session.c.created_at > created_after)
    return {row[0]: row[1] for row in conn.execute(counted.group_by(session.c.account))}


def end_session(conn: Connection, id_hash: str) -> bool:
    """A session ends; whether there was one."""
    return conn.execute(delete(session).where(session.c.id_hash == id_hash)).rowcount == 1


def end_oldest_sessions(conn: Connection, account_id: str, keep: int) -> int:
    """The account's newest sessions stay, so many; how many older ones ended."""
    begun = select(session.c.id_hash).where(session.c.account == account_id)
    newest_first = conn.execute(begun.order_by(session.c.created_at.desc(), session.c.id_hash)).scalars()
    return sum(end_session(conn, id_hash) for id_hash in list(newest_first)[keep:])


def to_forget(conn: Connection, ended_before: datetime, also: Collection[str]) -> list[str]:
    """The accounts that ended before an instant, or are named, and still have their person's name; by id."""
    ended = account.c.disabled_at.is_not(None) & (account.c.disabled_at < ended_before)
    rows = conn.execute(select(account.c.id).where(ended, account.c.password_hash != "").order_by(account.c.id))
    named = (id for id in also if conn.execute(_NAMED, {"id": id}).first() is not None)
    return sorted({*rows.scalars(), *named})


def forget(conn: Connection, id: str, username: str, name: str, at: datetime) -> None:
    """An account is nobody's any more: another name, no password, no session, and it may nothing."""
    gone = {"username": username, "name": name, "password_hash": ""}
    ended = func.coalesce(account.c.disabled_at, literal(at, account.c.disabled_at.type))
    conn.execute(update(account).where(account.c.id == id).values(**gone, disabled_at=ended))
    conn.execute(delete(session).where(session.c.account == id))


def drop_sessions_before(conn: Connection, at: datetime) -> None:
    """Forget sessions that are too old to count."""
    conn.execute(delete(session).where(session.c.created_at <= at))


def live_sessions(conn: Connection, id_hashes: Iterable[str], created_after: datetime) -> dict[str, datetime]:
    """When those of the sessions began that are young enough, not ended, and of an account that is not disabled."""
    wanted = select(session.c.id_hash, session.c.created_at).join(account, session.c.account == account.c.id)
    young = (session.c.created_at > created_after, account.c.disabled_at.is_(None))
    rows = conn.execute(wanted.where(session.c.id_hash.in_(list(id_hashes)), *young))
    return {row.id_hash: row.created_at for row in rows}


def live_devices(conn: Connection, token_hashes: Iterable[str]) -> set[str]:
    """Those of the devices' tokens that are not revoked."""
    wanted = select(device.c.token_hash).where(device.c.revoked_at.is_(None))
    return set(conn.execute(wanted.where(device.c.token_hash.in_(list(token_hashes)))).scalars())


def end_sessions(conn: Connection, account_id: str) -> None:
    """The account signs in again, wherever it was."""
    conn.execute(delete(session).where(session.c.account == account_id))


def end_every_session(conn: Connection) -> None:
    """Everybody signs in again."""
    conn.execute(delete(session))


def add_device(conn: Connection, *, id: str, name: str, kind: str, site: str, token_hash: str, at: datetime) -> None:
    """Write a new device."""
    values = {"id": id, "name": name, "kind": kind, "site": site, "token_hash": token_hash, "created_at": at}
    conn.execute(device.insert().values(values))


def has_device(conn: Connection, site: str, name: str) -> bool:
    """Whether the site has a device of this name that is not revoked."""
    where = (device.c.site == site, device.c.name == name, device.c.revoked_at.is_(None))
    return conn.execute(select(device.c.id).where(*where)).first() is not None


def by_device_token(reader: Asked, token_hash: str) -> Actor | None:
    """The device whose token has that SHA-256, unless it was revoked."""
    row = _DEVICE.first(reader, {"token_hash": token_hash})
    if row is None:
        return None
    id, kind, site, name = row
    return Actor(id, Role(kind).only, frozenset({site}), name=name)


def standing_devices(conn: Connection, ids: Iterable[str]) -> dict[str, AnyRow]:
    """The name and kind of those of the devices that are not revoked, by id."""
    wanted = select(device.c.id, device.c.name, device.c.kind).where(device.c.revoked_at.is_(None))
    return {row.id: row for row in conn.execute(wanted.where(device.c.id.in_(list(ids))))}


def revoke_devices(conn: Connection, site: str, name: str, at: datetime) -> list[str]:
    """The site's devices of that name may do nothing any more; their ids."""
    where = (device.c.site == site, device.c.name == name, device.c.revoked_at.is_(None))
    return list(conn.execute(update(device).where(*where).values(revoked_at=at).returning(device.c.id)).scalars())


def all_accounts(conn: Connection) -> list[AnyRow]:
    """Every account that ever was, by name; no secret."""
    a = account.c
    wanted = (a.id, a.username, a.name, a.role, a.roles, a.sites, a.agencies, a.disabled_at, a.organisation, a.version)
    return list(conn.execute(select(*wanted).order_by(account.c.username)))


def all_devices(conn: Connection) -> list[AnyRow]:
    """Every device that ever was, by site and name; no secret."""
    wanted = (device.c.kind, device.c.site, device.c.name, device.c.revoked_at)
    return list(conn.execute(select(*wanted).order_by(device.c.site, device.c.name)))
