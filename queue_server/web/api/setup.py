"""The first run: a code from the server's terminal makes the first administrator and the hall."""

from typing import Any, Literal

from flask import Blueprint, Response, current_app, request
from pydantic import Field

from ... import first_run
from ...domain import passwords
from ...domain.accounts import refuse_name, refuse_username
from ...domain.errors import Code
from ...domain.first_run import LENGTH, ZONES
from ...domain.plain_text import is_blank
from ...domain.rights import Act
from ...domain.roles import FIRST
from ...first_run import SMALL, FirstRun
from ...house import House, current_house
from ...store import passwords as kept
from ...store.accounts import Account
from ...store.ids import new_id, new_token
from ..http import browser
from ..http.auth import browser_cookie, set_cookie
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from ..http.user_agent import described

bp = Blueprint("setup", __name__, url_prefix=PREFIX)

_MOST_BYTES = 2_000_000  # a site file of a mall has 300 KB


class SetUp(Body):
    """The first administrator, and what the hall begins with: a file's text, a mall that ships, or a small hall."""

    code: str = Field(max_length=4 * LENGTH)
    username: str = Field(max_length=64)
    password: str = Field(max_length=passwords.MOST)
    name: str = Field("", max_length=200, description="of the person, as screens show it; the username if left out")
    site_file: str | None = Field(None, max_length=_MOST_BYTES)
    start_from: str = Field(SMALL, max_length=64, description="where no file is sent: `small`, or a mall that ships")
    hall: str = Field("", max_length=200, description="what the small hall is called")
    timezone: Literal[ZONES] = ZONES[0]


@bp.before_request
def refuse_late() -> None:
    """Before a body is looked at: once it is over there is nothing here at all."""
    _first_run(current_house())


@endpoint(bp, "GET", "/setup", act=Act.PUBLIC, reply="setup")
def get_setup(asked: Asked) -> Any:
    """What a hall may begin with; 404 for ever after the first run."""
    return {"start_from": [SMALL, *first_run.choices()], "timezones": list(ZONES)}


_CODES = (Code.WRONG_CODE, Code.PASSWORD_SHORT, Code.PASSWORD_COMMON)


@endpoint(
    bp,
    "POST",
    "/setup",
    act=Act.PUBLIC,
    body=SetUp,
    reply="hall_made",
    codes=_CODES,
    body_bytes=_MOST_BYTES,
    status=201,
    keyless=True,
)
def set_up(asked: Asked) -> Any:
    """Make the hall and its first administrator, who is signed in; the server begins anew and serves the hall."""
    house, body = asked.house, asked.body
    first = _first_run(house)
    current_app.extensions["door"].refuse_wrong_first_code(first.code, body.code, request.remote_addr or "")
    name = body.username if is_blank(body.name) else body.name.strip()
    refuse_username(body.username)
    refuse_name(name)
    house.off_hub(passwords.refuse_weak, body.password, kept.common(), (body.username, name, body.hall))
    text = body.site_file
    if text is None:
        text = first_run.text_of(body.start_from, body.hall.strip(), body.timezone)
    staged = first.stage(text)
    hashed = house.off_hub(kept.HASHER.hash, body.password)
    admin = Account(new_id(), body.username, name, FIRST, hashed, (), ())
    token = new_token()
    site = first.finish(house.perform, staged, admin, token, described(request.user_agent.string))
    response = Response(status=201, mimetype="application/json")
    response.set_data(current_app.json.dumps({"site": site, "path": "/"}))
    set_cookie(response, "session", token)
    here = (browser.read(house.secret, browser_cookie()) or browser.new()).with_account(house.secret, admin.username)
    set_cookie(response, browser.COOKIE, here.cookie(house.secret))
    return response


def _first_run(house: House) -> FirstRun:
    """Raises ``not_found`` where it is over, or was never due."""
    return house.first_run if house.begins and house.first_run is not None else house.refuse_unknown()
