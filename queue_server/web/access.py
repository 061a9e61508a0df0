"""Signing in and out, enrolling a device."""

import threading
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Blueprint, Response, current_app, request
from pydantic import Field

from ..commands import admin
from ..domain.errors import Code, QueueError
from ..domain.roles import SYSTEM, Actor
from ..perform import Answer
from ..queries import identity
from ..store.accounts import Account
from ..store.ids import new_token
from ..store.transaction import ALL_SITES
from .auth import drop_cookie, session_token, set_cookie, signed_in
from .endpoint import PREFIX, Asked, Body, Empty, Who, endpoint
from .house import House

bp = Blueprint("access", __name__, url_prefix=PREFIX)

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's argon2id; about 25 ms here
# An unknown name takes as long as a wrong password: the hash of random bytes that were thrown away. A start need not
# wait for it to be made.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$68CuFgghtQd3T0pitirydA$qsCnZ/Y/iJSPbHv7zMqLcRjryyZnc0OvzP3EnLwI014"
_AT_MOST_TWO = threading.BoundedSemaphore(2)  # logins cannot starve the queue


class Login(Body):
    """Who, and the proof."""

    username: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=256)


class Enrol(Body):
    """The token that ``device add`` printed."""

    token: str = Field(min_length=1, max_length=256)


@endpoint(bp, "POST", "/login", who=Who.PUBLIC, body=Login, codes=(Code.LOGIN_FAILED, Code.TOO_MANY_REQUESTS))
def login(asked: Asked) -> Any:
    """Begin a session: 204 and its cookie."""
    house, door, address = asked.house, current_app.extensions["door"], request.remote_addr or ""
    door.may_sign_in(asked.body.username, address)
    account = identity.account_named(house.reader, asked.body.username)
    with _AT_MOST_TWO:
        door.may_sign_in(asked.body.username, address)  # again: a hundred may have come in while this one waited
        if not _is_proven(house, account, asked.body):
            door.login_failed(asked.body.username, address)
            raise QueueError(Code.LOGIN_FAILED)
    door.signed_in(asked.body.username, address)
    token = new_token()
    _on_server(house, account.actor, lambda tx: admin.sign_in(tx, account, token))
    response = Response(status=204)
    set_cookie(response, "session", token)
    return response


def _is_proven(house: House, account: Account | None, sent: Login) -> bool:
    right = house.off_hub(_verify, account.password_hash if account else _NOBODY, sent.password)
    return right and account is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@endpoint(bp, "POST", "/logout", who=Who.PUBLIC, body=Empty)
def logout(asked: Asked) -> Any:
    """End the session: 204, with or without one."""
    account, token = signed_in(asked.house), session_token()
    if account and token:
        _on_server(asked.house, account.actor, lambda tx: admin.sign_out(tx, token))
    response = Response(status=204)
    drop_cookie(response, "session")
    return response


@endpoint(bp, "POST", "/enrol", who=Who.PUBLIC, body=Enrol, codes=(Code.UNAUTHORIZED,))
def enrol(asked: Asked) -> Any:
    """Keep a device's token in its browser: 204 and the cookie."""
    if identity.device_of(asked.house.reader, asked.body.token) is None:
        raise QueueError(Code.UNAUTHORIZED)
    response = Response(status=204)
    set_cookie(response, "device", asked.body.token)
    return response


def _on_server(house: House, actor: Actor, command: Any) -> None:
    house.perform(ALL_SITES, command, actor=actor or SYSTEM, reply=lambda tx, _: Answer(204, None))
