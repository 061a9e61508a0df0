"""Accounts, managed by those who may: listed, added, changed, disabled, given a password; their sessions ended."""

from typing import Any, Literal

from flask import Blueprint
from pydantic import Field

from ...commands import accounting, leaving, lending
from ...domain.accounts import PEMDA, refuse_name, refuse_no_role, refuse_unknown, refuse_username
from ...domain.errors import Code
from ...domain.rights import Act, require
from ...domain.roles import SYSTEM, Role
from ...perform import Answer, Command
from ...queries import accounts, identity, lendings
from ...queries.snapshot import inside
from ...store.accounts import Account
from ...store.ids import new_id
from ...store.passwords import HASHER, made
from ...store.transaction import ALL_SITES, Transaction
from ..http.auth import session_hash
from ..http.endpoint import PREFIX, Asked, Body, Empty, endpoint

bp = Blueprint("accounts", __name__, url_prefix=f"{PREFIX}/accounts")

_Roles = list[Literal["officer", "front_desk", "supervisor", "leader", "auditor", "content", "admin"]]
_Ids = list[str]
_MOST = 64


class Add(Body):
    """A new account; no site or agency named means all."""

    username: str = Field(max_length=_MOST)
    name: str = Field(max_length=200)
    roles: _Roles = Field(max_length=7)
    sites: _Ids = Field(default_factory=list, max_length=_MOST)
    agencies: _Ids = Field(default_factory=list, max_length=_MOST)
    organisation: str | None = Field(None, max_length=_MOST)


class Change(Body):
    """What shall be different; ``based_on``: the version that the caller looked at."""

    name: str | None = Field(None, max_length=200)
    roles: _Roles | None = Field(None, max_length=7)
    sites: _Ids | None = Field(None, max_length=_MOST)
    agencies: _Ids | None = Field(None, max_length=_MOST)
    organisation: str | None = Field(None, max_length=_MOST)
    based_on: int | None = Field(None, ge=0)


class Lend(Body):
    """To which agency's counters, and of which site."""

    agency: str = Field(max_length=_MOST)
    site: str = Field(max_length=_MOST)


_BEYOND = (Code.INVALID, Code.LAST_ADMIN, Code.ACCOUNT_CHANGED)


@endpoint(bp, "GET", "", act=Act.SEE_ACCOUNTS, reply="accounts")
def get_accounts(asked: Asked) -> Any:
    """Every account that the caller may see to."""
    return accounts.managed(asked.house.reader, asked.actor, asked.house.clock())


@endpoint(
    bp,
    "POST",
    "",
    act=Act.MANAGE_ACCOUNTS,
    body=Add,
    reply="new_password",
    codes=(Code.USERNAME_TAKEN,),
    status=201,
    keyless=True,
)
def add_account(asked: Asked) -> Any:
    """Add an account; its password is shown this once."""
    body, password = asked.body, made()
    refuse_username(body.username)
    refuse_name(body.name)
    _refuse_unknown(asked, body)
    new = Account(
        id=new_id(),
        username=body.username,
        name=body.name,
        roles=_roles(body.roles),
        password_hash=asked.house.off_hub(HASHER.hash, password),
        sites=tuple(body.sites),
        agencies=tuple(body.agencies),
        organisation=body.organisation or None,
    )
    _perform(asked, lambda tx: accounting.add(tx, new))
    return {"id": new.id, "password": password}, 201


@endpoint(bp, "PATCH", "/<account>", act=Act.MANAGE_ACCOUNTS, body=Change, reply="account", codes=_BEYOND)
def change_account(asked: Asked, account: str) -> Any:
    """Change what an account may do, or how it is shown; with other rights it signs in again."""
    body = asked.body
    if body.name is not None:
        refuse_name(body.name)
    _refuse_unknown(asked, body)
    changes: dict[str, Any] = {}
    for field in body.model_fields_set - {"based_on"}:
        value = getattr(body, field)
        if field == "organisation":
            changes[field] = value or None
        elif value is not None:
            changes[field] = _roles(value) if field == "roles" else tuple(value) if isinstance(value, list) else value
    return _changed(asked, account, lambda tx: accounting.change(tx, account, changes, body.based_on))


@endpoint(
    bp,
    "POST",
    "/<account>/disable",
    act=Act.MANAGE_ACCOUNTS,
    body=Empty,
    reply="account",
    codes=(Code.LAST_ADMIN,),
    keyless=True,
)
def disable_account(asked: Asked, account: str) -> Any:
    """An account may do nothing any more; its open pages end at once."""
    return _changed(asked, account, lambda tx: accounting.disable(tx, account))


@endpoint(bp, "POST", "/<account>/enable", act=Act.MANAGE_ACCOUNTS, body=Empty, reply="account", keyless=True)
def enable_account(asked: Asked, account: str) -> Any:
    """A disabled account may sign in again."""
    return _changed(asked, account, lambda tx: accounting.enable(tx, account))


@endpoint(bp, "POST", "/<account>/password", act=Act.MANAGE_ACCOUNTS, body=Empty, reply="new_password", keyless=True)
def reset_password(asked: Asked, account: str) -> Any:
    """Another password, shown this once; the account's sessions end."""
    password = made()
    hashed = asked.house.off_hub(HASHER.hash, password)
    _perform(asked, lambda tx: accounting.reset_password(tx, account, hashed))
    return {"id": account, "password": password}


@endpoint(bp, "GET", "/<account>/sessions", act=Act.OWN, reply="sessions")
def get_sessions(asked: Asked, account: str) -> Any:
    """Where an account is signed in: one's own, or one that the caller manages."""
    house = asked.house
    if account != asked.actor.id:
        identity.refuse_unmanaged(house.reader, asked.actor, account)
    return accounts.sessions(house.reader, account, session_hash(), house.clock())


@endpoint(bp, "DELETE", "/<account>/sessions/<session>", act=Act.OWN)
def end_session(asked: Asked, account: str, session: str) -> Any:
    """One of them ends, and its open pages with it."""
    _perform(asked, lambda tx: accounting.end_session(tx, account, session))
    return None, 204


@endpoint(
    bp, "POST", "/<account>/lend", act=Act.ASSIGN, body=Lend, reply="lendings", codes=(Code.INVALID,), keyless=True
)
def lend_account(asked: Asked, account: str) -> Any:
    """An account helps out at another agency's counters until the day closes."""
    return _lendings(asked, lambda tx: lending.lend(tx, account, asked.body.agency))[0]


@endpoint(
    bp,
    "POST",
    "/<account>/lend/end",
    act=Act.ASSIGN,
    body=Lend,
    reply="lendings",
    codes=(Code.INVALID, Code.COUNTER_BUSY),
    keyless=True,
)
def take_account_back(asked: Asked, account: str) -> Any:
    """It helps out there no more; a counter that it has open there is closed, and it signs in again."""
    document, left_a_counter = _lendings(asked, lambda tx: lending.take_back(tx, account, asked.body.agency))
    if left_a_counter:
        asked.house.perform(ALL_SITES, lambda tx: accounting.sign_out(tx, account), actor=asked.actor)
    return document


def _lendings(asked: Asked, command: Command) -> Any:
    """Carry it out at the site that the body names: (who helps out there now, what the command said)."""
    house, site = asked.house, asked.body.site
    refuse_unknown("site", [site], {one.id for one in house.settings.sites.values()})
    require(asked.actor, Act.ASSIGN, site)

    def reply(tx: Transaction, said: Any) -> Answer:
        return Answer(200, (lendings.lendings(inside(tx), asked.actor.agencies), said))

    return house.perform(site, command, actor=asked.actor, reply=reply).body


def _roles(words: list[str]) -> frozenset[Role]:
    return frozenset(Role(word) for word in words)


def _refuse_unknown(asked: Asked, body: Add | Change) -> None:
    """Raises ``invalid`` for no role at all, and for what the configuration does not name."""
    if "roles" in body.model_fields_set:
        refuse_no_role(body.roles or ())
    sites = asked.house.settings.sites.values()
    agencies = {agency for site in sites for agency in site.agencies}
    refuse_unknown("sites", body.sites or (), {site.id for site in sites})
    refuse_unknown("agencies", body.agencies or (), agencies)
    refuse_unknown("organisation", filter(None, [body.organisation]), {PEMDA, *agencies})


def _perform(asked: Asked, command: Command, reply: Any = lambda tx, _: Answer(200, None)) -> Answer:
    return asked.house.perform(ALL_SITES, command, actor=asked.actor, reply=reply)


def _changed(asked: Asked, id: str, command: Command) -> Any:
    """Carry it out; the account as it is then. Counters that it may not have open any more are left at once."""
    house = asked.house

    def reply(tx: Transaction, _: Any) -> Answer:
        return Answer(200, accounts.inside(tx.conn, id, tx.now))

    answer = _perform(asked, command, reply)
    for site in identity.sites_left(house.reader, house.settings.sites):
        house.perform(site, leaving.vacate_left, actor=SYSTEM)
    return answer.body
