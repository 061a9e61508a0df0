"""Pictures and playlist as documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..documents.media import Media, MediaTurn
from ..domain.media import MOST, MOST_BYTES
from ..store import accounts, media
from .snapshot import Snapshot


def playlist(view: Snapshot) -> list[MediaTurn]:
    """What walls show in turn: all that is not over."""
    entries = media.playlist_of(view.conn, view.site.id).get("entries", ())
    return [_turn(view, one) for one in entries if not _is_over(one, view.now)]


def register(view: Snapshot) -> Media:
    """All there is, for those who see to it."""
    kept, standing = media.pictures(view.conn, view.site.id), media.playlist_of(view.conn, view.site.id)
    names = accounts.names(view.conn) if kept else {}
    return {
        "site": view.site.id,
        "version": standing.get("version", 0),
        "playlist": [_turn(view, one) for one in standing.get("entries", ())],
        "pictures": [
            {
                "id": one.id,
                "url": _url(view, one.id),
                "name": one.name,
                "bytes": one.bytes,
                "width": one.width,
                "height": one.height,
                "by": names.get(one.by),
                "at": one.at.isoformat(),
            }
            for one in kept.values()
        ],
        "bytes": sum(one.bytes for one in kept.values()),
        "most_bytes": MOST_BYTES,
        "most": MOST,
    }


def content(view: Snapshot, id: str) -> bytes | None:
    """A picture itself; None: there is no such one."""
    return media.content(view.conn, view.site.id, id)


def _turn(view: Snapshot, entry: Mapping[str, Any]) -> MediaTurn:
    return {
        "picture": entry["picture"],
        "url": _url(view, entry["picture"]),
        "seconds": entry["seconds"],
        "from": entry.get("begins"),
        "until": entry.get("ends"),
        "zones": list(entry.get("zones", ())),
    }


def _url(view: Snapshot, id: str) -> str:
    return f"/{view.site.id}/wall/pictures/{id}.jpg"


def _is_over(entry: Mapping[str, Any], now: datetime) -> bool:
    return "ends" in entry and datetime.fromisoformat(entry["ends"]) <= now
