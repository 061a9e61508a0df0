"""Pictures for walls: handed in as raw files, encoded anew, put in order."""

from typing import Any

from flask import Blueprint, request
from pydantic import Field

from ...commands import showing
from ...domain.errors import Code
from ...domain.media import MOST, Turn
from ...domain.rights import Act
from ...perform import Answer, Command
from ...pictures import TYPES, encoded_anew
from ...queries.media import register
from ...queries.snapshot import inside
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from .notices import When, at_hall

bp = Blueprint("media", __name__, url_prefix=f"{PREFIX}/sites/<site>/media")

_MOST_BYTES = 12 * 1024 * 1024  # of one file, as a camera makes it


class TurnBody(Body):
    """One turn of a picture."""

    picture: str = Field(min_length=1, max_length=36)
    seconds: int = 10
    begins: When | None = Field(None, alias="from")
    until: When | None = None
    zones: list[str] = Field(default_factory=list, max_length=50)


class SetPlaylist(Body):
    """The whole list, in its order."""

    entries: list[TurnBody] = Field(max_length=2 * MOST)
    based_on: int | None = Field(None, ge=0, description="the version that was looked at; left out: whichever it is")


def _done(asked: Asked, site: str, command: Command, status: int = 200) -> Any:
    site = asked.house.site(site).id
    reply = lambda tx, _: Answer(status, register(inside(tx)))  # noqa: E731
    done = asked.house.perform(site, command, actor=asked.actor, reply=reply)
    return done.body, done.status


@endpoint(bp, "GET", "", act=Act.KEEP_MEDIA, reply="media")
def get_media(asked: Asked, site: str) -> Any:
    """The pictures and the playlist."""
    return asked.house.read(site, register)


@endpoint(
    *(bp, "POST", ""),
    act=Act.KEEP_MEDIA,
    reply="media",
    codes=(Code.INVALID, Code.MEDIA_FULL, Code.UNSUPPORTED_MEDIA_TYPE, Code.PAYLOAD_TOO_LARGE),
    raw=tuple(TYPES),
    body_bytes=_MOST_BYTES,
    status=201,
    keyless=True,
)
def add_picture(asked: Asked, site: str) -> Any:
    """Add a picture: the raw file under its own type (JPEG, PNG, WebP), ``name`` in the address. The same one again
    adds nothing."""
    content, size = asked.house.off_hub(encoded_anew, asked.body, request.mimetype)
    name = request.args.get("name", "")
    return _done(asked, site, lambda tx: showing.add(tx, name, content, size), 201)


@endpoint(
    *(bp, "PUT", ""), act=Act.KEEP_MEDIA, body=SetPlaylist, reply="media", codes=(Code.INVALID, Code.MEDIA_CHANGED)
)
def put_playlist(asked: Asked, site: str) -> Any:
    """Say what walls show in turn while nobody is called."""
    body = asked.body

    def command(tx: Transaction) -> None:
        showing.set_playlist(tx, [_turn(tx, n, one) for n, one in enumerate(body.entries)], body.based_on)

    return asked.perform(site, command, lambda tx, _: Answer(200, register(inside(tx)))).body


@endpoint(bp, "DELETE", "/<picture>", act=Act.KEEP_MEDIA, reply="media")
def remove_picture(asked: Asked, site: str, picture: str) -> Any:
    """Take a picture away, from the playlist too."""
    return _done(asked, site, lambda tx: showing.remove(tx, picture))


def _turn(tx: Transaction, n: int, one: TurnBody) -> Turn:
    begins = at_hall(tx.config, tx.now, f"entries.{n}.from", one.begins)
    ends = at_hall(tx.config, tx.now, f"entries.{n}.until", one.until)
    return Turn(one.picture, one.seconds, begins, ends, one.zones)
