"""Signing in and out, enrolling a device."""

import threading
import time
from contextlib import suppress
from typing import Any, NoReturn

from flask import Blueprint, Response, current_app, request
from pydantic import Field

from ...commands import admin, refused_sign_ins
from ...domain.absence import Place
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.roles import SYSTEM, Actor, Role
from ...house import House
from ...perform import Answer
from ...queries import identity
from ...store.accounts import Account
from ...store.ids import new_token
from ...store.passwords import is_right
from ...store.transaction import ALL_SITES
from ..http import browser
from ..http.auth import browser_cookie, device, drop_cookie, session_token, set_cookie, signed_in
from ..http.endpoint import PREFIX, Asked, Body, Empty, endpoint
from ..http.security import Door, Way
from ..http.user_agent import described

bp = Blueprint("access", __name__, url_prefix=PREFIX)

# An unknown name takes as long as a wrong password: the hash of random bytes that were thrown away. A start need not
# wait for it to be made.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$68CuFgghtQd3T0pitirydA$qsCnZ/Y/iJSPbHv7zMqLcRjryyZnc0OvzP3EnLwI014"
# One at a time of each, so that logins cannot starve the queue, nor guesses those who knew their password before.
_UNTOLD_S = 0.15  # several times as long as weighing takes
_ONE_KNOWN, _ONE_OTHER = threading.BoundedSemaphore(1), threading.BoundedSemaphore(1)


class Login(Body):
    """A name, and the proof."""

    username: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=256)


class Enrol(Body):
    """The token that ``device add`` printed."""

    token: str = Field(min_length=1, max_length=256)


@endpoint(bp, "POST", "/login", act=Act.PUBLIC, body=Login, codes=(Code.LOGIN_FAILED, Code.TOO_MANY_REQUESTS))
def login(asked: Asked) -> Any:
    """Begin a session: 204 and its cookie."""
    house, door, address = asked.house, current_app.extensions["door"], request.remote_addr or ""
    began, here = time.monotonic(), browser.read(house.secret, browser_cookie())
    who = (asked.body.username, address, here)
    way = door.may_sign_in(*who)
    account = identity.account_named(house.reader, asked.body.username)
    if way is Way.UNTOLD and account is None:
        _refuse_untold(door, began)
    with _ONE_KNOWN if way is Way.KNOWN else _ONE_OTHER:
        way = door.may_sign_in(*who)  # again: a hundred may have come in while this one waited
        proven = _is_proven(house, account, asked.body)
        if not proven:
            door.login_failed(*who)
    if not proven:
        _count_refused(house, account, address)  # also of a name that nobody has, or it would be refused sooner
    if not proven and way is Way.UNTOLD:
        _refuse_untold(door, began)
    if not proven:
        raise QueueError(Code.LOGIN_FAILED)
    door.signed_in(asked.body.username, address)
    token = new_token()
    browser_is = described(request.user_agent.string)
    _on_server(house, account.actor, lambda tx: admin.sign_in(tx, account, token, browser_is, address))
    response = Response(status=204)
    set_cookie(response, "session", token)
    here = (here or browser.new()).with_account(house.secret, account.username)
    set_cookie(response, browser.COOKIE, here.cookie(house.secret))
    return response


def _count_refused(house: House, account: Account | None, address: str) -> None:
    """Count it; a database that cannot be written keeps nobody from being told that they were refused."""
    with suppress(QueueError):
        refused_sign_ins.count(house.perform.aside, account.id if account else None, address, house.clock())


def _refuse_untold(door: Door, began: float) -> NoReturn:
    """The same for a name that nobody has and for a wrong password, and about as late."""
    time.sleep(max(began + _UNTOLD_S - time.monotonic(), 0))
    raise door.too_many_logins()


def _is_proven(house: House, account: Account | None, sent: Login) -> bool:
    right = house.off_hub(is_right, account.password_hash if account else _NOBODY, sent.password)
    return right and account is not None


@endpoint(bp, "POST", "/logout", act=Act.PUBLIC, body=Empty)
def logout(asked: Asked) -> Any:
    """End the session: 204, with or without one."""
    account, token = signed_in(asked.house), session_token()
    if account and token:
        _on_server(asked.house, account.actor, lambda tx: admin.sign_out(tx, token))
    response = Response(status=204)
    drop_cookie(response, "session")
    return response


@endpoint(bp, "POST", "/enrol", act=Act.PUBLIC, body=Enrol, codes=(Code.UNAUTHORIZED,))
def enrol(asked: Asked) -> Any:
    """Keep a device's token in its browser: 204 and the cookie."""
    if identity.device_of(asked.house.reader, asked.body.token) is None:
        raise QueueError(Code.UNAUTHORIZED)
    response = Response(status=204)
    set_cookie(response, "device", asked.body.token)
    return response


@endpoint(bp, "GET", "/device", act=Act.PUBLIC, reply="device")
def get_device(asked: Asked) -> Any:
    """As what this browser or token is enrolled: nulls if it is not, or no longer. A kiosk asks every few seconds."""
    found = device(asked.house, renew=False)
    if found is None:
        return {"kind": None, "site": None}
    if found.has({Role.KIOSK}):
        asked.house.seen.hear(*(Place(found.id, site, "kiosk") for site in found.sites))
    return {"kind": found.role.value, "site": next(iter(found.sites), None)}


def _on_server(house: House, actor: Actor, command: Any) -> None:
    house.perform(ALL_SITES, command, actor=actor or SYSTEM, reply=lambda tx, _: Answer(204, None))
