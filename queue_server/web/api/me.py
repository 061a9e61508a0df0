"""One's own account: what it is, and another password."""

from typing import Any

from flask import Blueprint, current_app, request
from pydantic import Field

from ...commands import accounting
from ...domain import passwords
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...house import House
from ...perform import Answer
from ...queries import accounts
from ...queries.roster import sittings
from ...store import passwords as kept
from ...store.accounts import Account
from ...store.transaction import ALL_SITES
from ..http import browser
from ..http.auth import browser_cookie, session_hash, signed_in
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from ..http.security import Way

bp = Blueprint("me", __name__, url_prefix=f"{PREFIX}/me")


class ChangePassword(Body):
    """The password that it was, and what it shall be."""

    old: str = Field(max_length=passwords.MOST)
    new: str = Field(max_length=passwords.MOST)


_WEAK = (Code.WRONG_PASSWORD, Code.PASSWORD_SHORT, Code.PASSWORD_COMMON)


@endpoint(bp, "GET", "", act=Act.OWN, reply="me")
def get_me(asked: Asked) -> Any:
    """The account that is signed in."""
    house, account = asked.house, _account(asked.house)
    return accounts.me(account, sittings(house.reader, account.id, house.settings.sites.values(), house.clock()))


@endpoint(bp, "POST", "/password", act=Act.OWN, body=ChangePassword, codes=_WEAK, keyless=True)
def change_password(asked: Asked) -> Any:
    """Another password for oneself; one's other sessions end. Wrong ones count as failed sign-ins do."""
    house, account, body = asked.house, _account(asked.house), asked.body
    _prove(house, account, body.old)
    about = (account.username, account.name, *passwords.places(house.settings.sites.values(), account.sites))
    house.off_hub(passwords.refuse_weak, body.new, kept.common(), about, "new")
    hashed = house.off_hub(kept.HASHER.hash, body.new)
    session = session_hash()
    house.perform(
        ALL_SITES,
        lambda tx: accounting.change_own_password(tx, hashed, session),
        actor=asked.actor,
        reply=lambda tx, _: Answer(204, None),
    )
    return None, 204


def _prove(house: House, account: Account, password: str) -> None:
    """Raises ``wrong_password``; ``too_many_requests`` after too many: a page left open is nobody's to guess at."""
    door = current_app.extensions["door"]
    who = (account.username, request.remote_addr or "", browser.read(house.secret, browser_cookie()))
    if door.may_sign_in(*who) is Way.UNTOLD:
        raise door.too_many_logins()
    if not house.off_hub(kept.is_right, account.password_hash, password):
        door.login_failed(*who)
        raise QueueError(Code.WRONG_PASSWORD, field="old")


def _account(house: House) -> Account:
    account = signed_in(house)
    if account is None:  # a device has no account of its own
        house.refuse_unauthorized()
    return account
