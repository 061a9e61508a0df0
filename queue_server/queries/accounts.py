"""Accounts and their sessions, for whoever manages them and for oneself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from ..documents.accounts import Accounts, LentTo, Managed, Me, Sessions
from ..documents.roster import Sitting
from ..domain.accounts import manages
from ..domain.roles import Actor, in_order
from ..store import accounts, lendings
from ..store.accounts import SESSION_ID, SESSION_LASTS, Account, roles_of
from .snapshot import Reader


def managed(reader: Reader, by: Actor, now: datetime) -> Accounts:
    """Every account that ``by`` may see to."""
    with reader.connect() as conn, conn.begin():
        counts = accounts.sessions_each_has(conn, now - SESSION_LASTS)
        every = [(row, roles_of(row.role, row.roles)) for row in accounts.all_accounts(conn)]
        lent = _lent(conn)
    shown = [(row, roles) for row, roles in every if manages(by, _actor(row, roles))]
    return {"accounts": [_managed(row, roles, counts.get(row.id, 0), lent) for row, roles in shown]}


def one(reader: Reader, by: Actor, id: str, now: datetime) -> Managed | None:
    """One of them; None if there is none of that id among them."""
    return next((found for found in managed(reader, by, now)["accounts"] if found["id"] == id), None)


def inside(conn: Connection, id: str, now: datetime) -> Managed:
    """One account as a command has just left it. Raises LookupError if there is none."""
    row = next(row for row in accounts.all_accounts(conn) if row.id == id)
    count = accounts.sessions_each_has(conn, now - SESSION_LASTS).get(id, 0)
    return _managed(row, roles_of(row.role, row.roles), count, _lent(conn))


def sessions(reader: Reader, id: str, current: str, now: datetime) -> Sessions:
    """Where an account is signed in; ``current``: the hash of the session that asks."""
    with reader.connect() as conn, conn.begin():
        found = accounts.sessions_of(conn, id, now - SESSION_LASTS)
    return {
        "sessions": [
            {
                "id": row.id_hash[:SESSION_ID],
                "began_at": row.created_at.isoformat(),
                "browser": row.browser,
                "current": row.id_hash == current,
            }
            for row in found
        ]
    }


def me(account: Account, sits: list[Sitting]) -> Me:
    """One's own account; ``sits``: where it sits today."""
    return {
        "id": account.id,
        "username": account.username,
        "name": account.name,
        "roles": in_order(account.roles),
        "sites": list(account.sites),
        "agencies": list(account.agencies),
        "organisation": account.organisation,
        "lent": lent_to(account.lent),
        "sits": sits,
    }


def lent_to(pairs: Iterable[tuple[str, str]]) -> list[LentTo]:
    """(site, agency) pairs as documents have them."""
    return [{"site": site, "agency": agency} for site, agency in pairs]


def _lent(conn: Connection) -> dict[str, list[tuple[str, str]]]:
    """account -> where it helps out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in lendings.every(conn):
        found.setdefault(one.account, []).append((one.site, one.agency))
    return found


def _actor(row: Any, roles: Any) -> Actor:
    return Actor(row.id, roles, frozenset(row.sites), frozenset(row.agencies))


def _managed(row: Any, roles: Any, count: int, lent: Mapping[str, list[tuple[str, str]]]) -> Managed:
    limits: Mapping[str, Any] = {"sites": list(row.sites), "agencies": list(row.agencies)}
    return {
        "id": row.id,
        "username": row.username,
        "name": row.name,
        "roles": in_order(roles),
        "sites": limits["sites"],
        "agencies": limits["agencies"],
        "organisation": row.organisation,
        "disabled_at": row.disabled_at.isoformat() if row.disabled_at else None,
        "sessions": count,
        "version": row.version,
        "lent": lent_to(lent.get(row.id, ())),
    }
