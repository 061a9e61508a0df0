"""Pictures and videos for walls: handed in as raw files, encoded anew, put in order."""

from typing import Any

from flask import Blueprint, request
from pydantic import Field

from ...commands import showing
from ...domain.errors import Code, QueueError
from ...domain.media import MOST, Turn, require_video_room
from ...domain.plain_text import one_line
from ...domain.rights import Act
from ...perform import Answer, Command
from ...pictures import KEPT_AS, MOST_BYTES, TYPES, encoded_anew
from ...queries import media as documents
from ...queries.snapshot import Snapshot, inside
from ...store.ids import new_id
from ...store.transaction import Transaction
from ...videos import studio
from ...videos.bounds import TYPES as VIDEO_TYPES
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from .notices import When, at_hall

bp = Blueprint("media", __name__, url_prefix=f"{PREFIX}/sites/<site>/media")


class TurnBody(Body):
    """One turn of a picture; of a video it is as long as the video."""

    picture: str = Field(min_length=1, max_length=36)
    seconds: int = 10
    begins: When | None = Field(None, alias="from")
    until: When | None = None
    zones: list[str] = Field(default_factory=list, max_length=50)
    sound: bool = Field(False, description="a video's: heard where a wall speaks")


class SetPlaylist(Body):
    """The whole list, in its order."""

    entries: list[TurnBody] = Field(max_length=2 * MOST)
    based_on: int | None = Field(None, ge=0, description="the version that was looked at; left out: whichever it is")


def _done(asked: Asked, site: str, command: Command, status: int = 200) -> Any:
    site = asked.house.site(site).id
    reply = lambda tx, _: Answer(status, _register(asked, inside(tx)))  # noqa: E731
    done = asked.house.perform(site, command, actor=asked.actor, reply=reply)
    return done.body, done.status


def _register(asked: Asked, view: Snapshot) -> Any:
    return documents.register(view, asked.house.settings.server.videos.site_bytes)


@endpoint(bp, "GET", "", act=Act.KEEP_MEDIA, reply="media")
def get_media(asked: Asked, site: str) -> Any:
    """The pictures, the videos and the playlist."""
    return asked.house.read(site, lambda view: _register(asked, view))


@endpoint(
    *(bp, "POST", ""),
    act=Act.KEEP_MEDIA,
    reply="media",
    codes=(Code.INVALID, Code.MEDIA_FULL, Code.UNSUPPORTED_MEDIA_TYPE, Code.PAYLOAD_TOO_LARGE),
    raw=tuple(TYPES),
    body_bytes=MOST_BYTES,
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
    *(bp, "POST", "/videos"),
    act=Act.KEEP_MEDIA,
    reply="media",
    codes=(Code.INVALID, Code.MEDIA_FULL, Code.UNSUPPORTED_MEDIA_TYPE, Code.PAYLOAD_TOO_LARGE, Code.BUSY),
    raw=tuple(VIDEO_TYPES),
    streamed=True,
    body_bytes=lambda server: server.videos.file_bytes,
    status=201,
    keyless=True,
)
def add_video(asked: Asked, site: str) -> Any:
    """Add a video: the raw file under its own type (MP4 with H.264, WebM with VP8 or VP9), ``name`` in the address. The
    same one again adds nothing. The answer comes when it was encoded anew."""
    house, rules, name = asked.house, asked.house.settings.server.videos, request.args.get("name", "")
    id, site = new_id(), house.site(site).id
    one_line("name", name, showing.MOST_LETTERS)
    if not rules.seconds:
        raise QueueError(Code.MEDIA_FULL, most=0, most_bytes=0)
    kept = house.read(site, documents.pictures)
    require_video_room(kept, 1, rules.site_bytes)  # before a minute's work
    aside = house.perform.aside
    with house.studio.folder() as folder:
        studio.receive(asked.body, folder, rules.file_bytes, request.content_length)
        house.off_hub(studio.look_at, folder, request.mimetype, rules.seconds)
        made = studio.encoded_anew(folder, request.mimetype, rules.seconds)
        poster, _ = house.off_hub(encoded_anew, made.poster, KEPT_AS)
        require_video_room(kept, made.film.stat().st_size, rules.site_bytes)
        showing.sweep(aside, site, house.clock())
        bytes, digest = showing.keep_parts(aside, site, id, made.parts(documents.PART))
    film = showing.Film(id, bytes, digest, made.ms, made.sound, (made.width, made.height), poster)
    after = None
    try:
        done = _done(asked, site, lambda tx: showing.add_video(tx, name, film, rules.site_bytes), 201)
        after = done[0]
    finally:
        if after is None or id not in {one["id"] for one in after["pictures"]}:  # refused, or the same was there
            showing.drop_parts(aside, site, id)
    return done


@endpoint(
    *(bp, "PUT", ""), act=Act.KEEP_MEDIA, body=SetPlaylist, reply="media", codes=(Code.INVALID, Code.MEDIA_CHANGED)
)
def put_playlist(asked: Asked, site: str) -> Any:
    """Say what walls show in turn while nobody is called."""
    body = asked.body

    def command(tx: Transaction) -> None:
        showing.set_playlist(tx, [_turn(tx, n, one) for n, one in enumerate(body.entries)], body.based_on)

    return asked.perform(site, command, lambda tx, _: Answer(200, _register(asked, inside(tx)))).body


@endpoint(bp, "DELETE", "/<picture>", act=Act.KEEP_MEDIA, reply="media")
def remove_picture(asked: Asked, site: str, picture: str) -> Any:
    """Take a picture or video away, from the playlist too."""
    done = _done(asked, site, lambda tx: showing.remove(tx, picture))
    showing.drop_parts(asked.house.perform.aside, asked.house.site(site).id, picture)
    return done


def _turn(tx: Transaction, n: int, one: TurnBody) -> Turn:
    begins = at_hall(tx.config, tx.now, f"entries.{n}.from", one.begins)
    ends = at_hall(tx.config, tx.now, f"entries.{n}.until", one.until)
    return Turn(one.picture, one.seconds, begins, ends, one.zones, one.sound)
