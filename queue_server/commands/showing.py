"""Pictures for walls: added, taken away, and put into the order in which they are shown."""

import hashlib
from collections.abc import Sequence

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.media import PictureAdded, PictureRemoved, PlaylistSet, Turn, checked, require_room
from ..domain.plain_text import one_line
from ..domain.rights import Act, require
from ..store import media
from ..store.ids import new_id
from ..store.transaction import Transaction, record

_MOST_LETTERS = 80


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
    line = one_line("name", name, _MOST_LETTERS)
    width, height = size
    detail = PictureAdded(id=new_id(), name=line, bytes=len(content), width=width, height=height, digest=digest)
    record(tx, Kind.PICTURE_ADDED, detail=detail)
    media.keep(tx.conn, tx.site_id, detail["id"], content)
    return detail["id"]


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
    entries = checked(tx.config, media.pictures(tx.conn, tx.site_id).keys(), turns)
    if entries != standing.get("entries", []):
        record(tx, Kind.PLAYLIST_SET, detail=PlaylistSet(entries=entries))
