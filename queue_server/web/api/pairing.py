"""A new kiosk or display shows a code; somebody who keeps the hall's devices types it, and it is one of them."""

from typing import Any

from flask import Blueprint, current_app, request
from pydantic import Field

from ...commands import devices as commands
from ...commands import pairing
from ...domain.errors import Code, QueueError
from ...domain.pairing import LASTS, Kind, Place
from ...domain.rights import Act
from ...perform import Answer
from ...queries.devices import devices, paired, pairing_waits
from ...store.ids import new_poll
from ...store.transaction import ALL_SITES
from ..http.endpoint import PREFIX, Asked, Body, endpoint

bp = Blueprint("pairing", __name__, url_prefix=PREFIX)


class NewScreen(Body):
    """What it wants to be."""

    kind: Kind


class Approval(Body):
    """What the screen is from now on, and where."""

    name: str = Field(min_length=1, max_length=64, pattern=r"^\S(.*\S)?$")
    kind: Kind
    zone: str | None = Field(None, max_length=64)
    counter: str | None = Field(None, max_length=64)
    voice: bool = False


@endpoint(bp, "POST", "/pairings", act=Act.PUBLIC, body=NewScreen, reply="pairing", codes=(Code.FORBIDDEN,), status=201)
def begin_pairing(asked: Asked) -> Any:
    """Show a code on a new screen of the hall's own network: 201. It lives ten minutes."""
    house, address = asked.house, current_app.extensions["door"].pairing_address(request.environ)
    poll, now = new_poll(), house.clock()
    with house.perform.aside() as conn:
        code = pairing.begin(conn, poll, asked.body.kind, address, now)
    return {"code": code, "poll": poll, "expires_at": (now + LASTS).isoformat()}, 201


@endpoint(bp, "GET", "/pairings/<poll>", act=Act.PUBLIC, reply="paired")
def get_pairing(asked: Asked, poll: str) -> Any:
    """What a new screen has become; 202 while nobody has typed its code, 404 when its time is over."""
    house = asked.house
    if (found := paired(house.reader, poll)) is not None:
        return found
    waits = pairing_waits(house.reader, poll, house.clock())
    return (waits, 202) if waits is not None else house.refuse_unknown()


@endpoint(bp, "POST", "/sites/<site>/pairings/<code>/approve", act=Act.KEEP_DEVICES, body=Approval, reply="registered")
def approve_pairing(asked: Asked, site: str, code: str) -> Any:
    """Make the screen that shows this code one of the hall's devices. Wrong codes: five a minute."""
    house, door, said = asked.house, current_app.extensions["door"], asked.body
    door.may_type_code(asked.actor.id)
    place = Place(said.kind, said.zone, said.counter, said.voice)

    def reply(tx: Any, id: str) -> Answer:
        found = devices(tx.conn, site, house.clock(), house.build, house.seen.last_heard)
        return Answer(200, next(one for one in found if one["id"] == id))

    try:
        answer = house.perform(
            ALL_SITES,
            lambda tx: commands.approve(tx, house.site(site), code, said.name, place),
            actor=asked.actor,
            key=asked.key(),
            reply=reply,
        )
    except QueueError as error:
        if error.code is Code.NOT_FOUND:
            door.code_was_wrong(asked.actor.id)
        raise
    return answer.body, answer.status
