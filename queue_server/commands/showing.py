"""Pictures and videos for walls: added, taken away, and put into the order in which they are shown."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.media import (
    PictureAdded,
    PictureRemoved,
    PlaylistSet,
    Turn,
    VideoAdded,
    checked,
    require_room,
    require_video_room,
)
from ..domain.plain_text import one_line
from ..domain.rights import Act, require
from ..store import media
from ..store.ids import new_id
from ..store.transaction import Transaction, record

MOST_LETTERS = 80


@dataclass(frozen=True, slots=True)
class Film:
    """A video as it was encoded anew; its parts are kept already, under ``id``."""

    id: str
    length: int  # bytes
    digest: str
    ms: int
    sound: bool
    size: tuple[int, int]
    poster: bytes  # the picture that stands for it


def add(tx: Transaction, name: str, content: bytes, size: tuple[int, int]) -> str:
    """A picture, as we encoded it, is there to be shown; its id. The very same one again is the one that is there.

    Raises ``forbidden``, ``invalid`` for a name, ``media_full``.
    """
    require(tx.actor, Act.KEEP_MEDIA, tx.site_id)
    kept = media.pictures(tx.conn, tx.site_id)
    digest = hashlib.sha256(content).hexdigest()
    same = [one.id for one in kept.values() if one.digest == digest]
    if same:
        return same[0]
    require_room(kept.values(), len(content))
    line = one_line("name", name, MOST_LETTERS)
    width, height = size
    detail = PictureAdded(id=new_id(), name=line, bytes=len(content), width=width, height=height, digest=digest)
    record(tx, Kind.PICTURE_ADDED, detail=detail)
    media.keep(tx.conn, tx.site_id, detail["id"], content)
    return detail["id"]


Aside = Callable[[], AbstractContextManager[Any]]  # a transaction of no command (``perform.aside``)


def keep_parts(aside: Aside, site: str, id: str, parts: Iterable[bytes]) -> tuple[int, str]:
    """Write a film that ``add_video`` is to tell of, a part in each transaction: no call waits for it.

    Its bytes, and their SHA-256.
    """
    size, digest = 0, hashlib.sha256()
    for n, part in enumerate(parts):
        with aside() as conn:
            media.keep_part(conn, site, id, n, part)
        size += len(part)
        digest.update(part)
    return size, digest.hexdigest()


def drop_parts(aside: Aside, site: str, id: str) -> None:
    """Delete a film that is gone, a few parts in each transaction."""
    more = True
    while more:
        with aside() as conn:
            more = media.drop_parts(conn, site, id)


def sweep(aside: Aside, site: str, now: datetime) -> None:
    """Delete what is left of films that came to nothing."""
    with aside() as conn:
        gone = media.left_behind(conn, site, now)
    for one in gone:
        drop_parts(aside, site, one)


def add_video(tx: Transaction, name: str, film: Film, most_bytes: int) -> str:
    """A video is there to be shown; its id: another one than the film's if the very same was there already.

    ``most_bytes``: that all videos of a site may take. Raises ``forbidden``, ``invalid`` for a name, ``media_full``.
    """
    require(tx.actor, Act.KEEP_MEDIA, tx.site_id)
    kept = media.pictures(tx.conn, tx.site_id)
    same = [one.id for one in kept.values() if one.digest == film.digest]
    if same:
        return same[0]
    require_video_room(kept.values(), film.length, most_bytes)
    line = one_line("name", name, MOST_LETTERS)
    detail = VideoAdded(
        id=film.id,
        name=line,
        bytes=film.length,
        width=film.size[0],
        height=film.size[1],
        digest=film.digest,
        ms=film.ms,
        sound=film.sound,
    )
    record(tx, Kind.VIDEO_ADDED, detail=detail)
    media.keep(tx.conn, tx.site_id, film.id, film.poster)
    return film.id


def remove(tx: Transaction, id: str) -> None:
    """It is gone, from the playlist too. Raises ``forbidden``, ``not_found``."""
    require(tx.actor, Act.KEEP_MEDIA, tx.site_id)
    if id not in media.pictures(tx.conn, tx.site_id):
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.PICTURE_REMOVED, detail=PictureRemoved(id=id))


def set_playlist(tx: Transaction, turns: Sequence[Turn], based_on: int | None = None) -> None:
    """This is shown from now on, in this order; the same again changes nothing.

    Raises ``forbidden``, ``invalid``, and ``media_changed`` if it is another by now than ``based_on``.
    """
    require(tx.actor, Act.KEEP_MEDIA, tx.site_id)
    standing = media.playlist_of(tx.conn, tx.site_id)
    version = standing.get("version", 0)
    if based_on not in (None, version):
        raise QueueError(Code.MEDIA_CHANGED, version=version)
    entries = checked(tx.config, media.pictures(tx.conn, tx.site_id), turns)
    if entries != standing.get("entries", []):
        record(tx, Kind.PLAYLIST_SET, detail=PlaylistSet(entries=entries))
