"""Accounts are added, changed, disabled, given another password; sessions are ended by somebody else.

Rights of the caller come from its own account: nobody manages, or gives, more than they have. The shell
(``SYSTEM``) manages all, and alone may take the last admin away: it can make another.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.account_events import AccountAdded, AccountChanged, OfAccount
from ..domain.accounts import manages, refuse_beyond, refuse_last_admin, refuse_stale
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.rights import Act, require
from ..domain.roles import Actor, Role, in_order, mightiest
from ..store import accounts
from ..store.accounts import SESSION_ID, SESSION_LASTS, Account
from ..store.transaction import Transaction, record

_SHOWN = frozenset({"name", "organisation"})  # whose change takes no right away


def add(tx: Transaction, new: Account) -> str:
    """Add an account; its id. Raises ``username_taken``, also for the name of one that was disabled: a name is given
    once, so that a log never means two people; ``forbidden`` for limits beyond the caller's own."""
    require(tx.actor, Act.MANAGE_ACCOUNTS)
    refuse_beyond(tx.actor, new.sites, new.agencies)
    if accounts.id_of(tx.conn, new.username) is not None:
        raise QueueError(Code.USERNAME_TAKEN, field="username")
    accounts.add(tx.conn, new, tx.now)
    roles, sites, agencies = in_order(new.roles), list(new.sites), list(new.agencies)
    detail = AccountAdded(account=new.id, role=new.role.value, roles=roles, sites=sites, agencies=agencies)
    if new.organisation:
        detail["organisation"] = new.organisation
    record(tx, Kind.ACCOUNT_ADDED, detail=detail)
    return new.id


def change(tx: Transaction, id: str, changes: Mapping[str, Any], seen: int | None = None) -> None:
    """Change what an account may do (``roles``, ``sites``, ``agencies``; none named means all), or how it is shown
    (``name``, ``organisation``).

    ``seen``: the version that the caller looked at. With other rights it signs in again, so that no open page shows
    what it may not. Raises ``not_found``, ``forbidden``, ``account_changed``, ``last_admin``.
    """
    before = _managed(tx, id)
    refuse_stale(seen, before.version)
    new = {name: value for name, value in changes.items() if value != getattr(before, name)}
    if not new:
        return
    refuse_beyond(tx.actor, new.get("sites", before.sites), new.get("agencies", before.agencies))
    if not before.disabled:
        _keep_an_admin(tx, before, _with(before.actor, new))
    accounts.change(tx.conn, id, new, end_sessions=bool(new.keys() - _SHOWN))
    record(tx, Kind.ACCOUNT_CHANGED, detail=_told(id, new))


def _told(id: str, new: Mapping[str, Any]) -> AccountChanged:
    detail = AccountChanged(account=id)  # a name is personal: no event holds it
    if "roles" in new:
        detail["role"], detail["roles"] = mightiest(new["roles"]).value, in_order(new["roles"])
    if "sites" in new:
        detail["sites"] = list(new["sites"])
    if "agencies" in new:
        detail["agencies"] = list(new["agencies"])
    if "organisation" in new:
        detail["organisation"] = new["organisation"]
    return detail


def disable(tx: Transaction, id: str) -> None:
    """An account may do nothing any more, and its sessions end. Raises ``not_found``, ``forbidden``, ``last_admin``."""
    before = _managed(tx, id)
    if before.disabled:
        return
    _keep_an_admin(tx, before, None)
    accounts.change(tx.conn, id, {"disabled_at": tx.now}, end_sessions=True)
    record(tx, Kind.ACCOUNT_DISABLED, detail=OfAccount(account=id))


def enable(tx: Transaction, id: str) -> None:
    """A disabled account may sign in again, with the password that it had. Raises ``not_found``, ``forbidden``."""
    if _managed(tx, id).disabled:
        accounts.change(tx.conn, id, {"disabled_at": None}, end_sessions=False)
        record(tx, Kind.ACCOUNT_ENABLED, detail=OfAccount(account=id))


def reset_password(tx: Transaction, id: str, password_hash: str, *, enabling: bool = False) -> None:
    """Another password for somebody else; their sessions end. ``enabling``: a disabled account may sign in again.

    Raises ``not_found``, ``forbidden``.
    """
    _managed(tx, id)
    also = {"disabled_at": None} if enabling else {}
    accounts.change(tx.conn, id, {"password_hash": password_hash, **also}, end_sessions=True)
    record(tx, Kind.PASSWORD_SET, detail=OfAccount(account=id))


def change_own_password(tx: Transaction, password_hash: str, session: str) -> None:
    """Another password for oneself; every session but the one at hand (``session``: its hash) ends."""
    accounts.change(tx.conn, tx.actor.id, {"password_hash": password_hash}, end_sessions=True, keep=session)
    record(tx, Kind.PASSWORD_SET, detail=OfAccount(account=tx.actor.id))


def end_session(tx: Transaction, id: str, session: str) -> None:
    """One of an account's sessions ends (``session``: how its hash begins): one's own, or of an account one manages.

    Raises ``not_found``, ``forbidden``.
    """
    if id != tx.actor.id:
        _managed(tx, id)
    there = [one.id_hash for one in accounts.sessions_of(tx.conn, id, tx.now - SESSION_LASTS)]
    found = [id_hash for id_hash in there if id_hash[:SESSION_ID] == session]
    if not found:
        raise QueueError(Code.NOT_FOUND)
    accounts.end_session(tx.conn, found[0])
    record(tx, Kind.SESSION_ENDED, detail=OfAccount(account=id))


def sign_out(tx: Transaction, id: str) -> None:
    """All of an account's sessions end: what it may was changed by somebody who may do that (``lending.py``)."""
    accounts.end_sessions(tx.conn, id)
    record(tx, Kind.SESSION_ENDED, detail=OfAccount(account=id))


def _managed(tx: Transaction, id: str) -> Account:
    """The account, if the caller may see to it."""
    require(tx.actor, Act.MANAGE_ACCOUNTS)
    found = accounts.by_id(tx.conn, id)
    if found is None:
        raise QueueError(Code.NOT_FOUND)
    if not manages(tx.actor, found.actor):
        raise QueueError(Code.FORBIDDEN)
    return found


def _keep_an_admin(tx: Transaction, before: Account, after: Actor | None) -> None:
    """``after``: what the account will be; None: it may do nothing any more."""
    if tx.actor.has({Role.SYSTEM}):
        return
    others: Iterable[Actor] = [one.actor for one in accounts.enabled(tx.conn) if one.id != before.id]
    refuse_last_admin([*others, before.actor], [*others, *([after] if after else [])])


def _with(actor: Actor, new: Mapping[str, Any]) -> Actor:
    limits = {name: frozenset(new.get(name, getattr(actor, name))) for name in ("roles", "sites", "agencies")}
    return Actor(actor.id, limits["roles"], limits["sites"], limits["agencies"])
