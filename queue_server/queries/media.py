"""Pictures and playlist as documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..documents.media import Media, MediaTurn
from ..domain.media import MOST, MOST_BYTES, Picture, film_bytes
from ..store import accounts, media
from .snapshot import Snapshot

PART = media.PART  # bytes of each part of a film but the last


def playlist(view: Snapshot) -> list[MediaTurn]:
    """What walls show in turn: all that is not over."""
    entries = media.playlist_of(view.conn, view.site.id).get("entries", ())
    kept = media.pictures(view.conn, view.site.id) if entries else {}
    return [_turn(view, one, kept[one["picture"]]) for one in entries if not _is_over(one, view.now)]


def register(view: Snapshot, most_video_bytes: int) -> Media:
    """All there is, for those who see to it."""
    kept, standing = media.pictures(view.conn, view.site.id), media.playlist_of(view.conn, view.site.id)
    names = accounts.names(view.conn) if kept else {}
    return {
        "site": view.site.id,
        "version": standing.get("version", 0),
        "playlist": [_turn(view, one, kept[one["picture"]]) for one in standing.get("entries", ())],
        "pictures": [
            {
                "id": one.id,
                "url": _url(view, one.id),
                "video": _film_url(view, one),
                "seconds": -(-one.ms // 1000),
                "sound": one.sound,
                "name": one.name,
                "bytes": one.bytes,
                "width": one.width,
                "height": one.height,
                "by": names.get(one.by),
                "at": one.at.isoformat(),
            }
            for one in kept.values()
        ],
        "bytes": sum(one.bytes for one in kept.values() if not one.moves),
        "most_bytes": MOST_BYTES,
        "video_bytes": film_bytes(kept.values()),
        "most_video_bytes": most_video_bytes,
        "most": MOST,
    }


def pictures(view: Snapshot) -> list[Picture]:
    """All pictures and videos of the site, as they were told."""
    return list(media.pictures(view.conn, view.site.id).values())


def content(view: Snapshot, id: str) -> bytes | None:
    """A picture itself; None: there is no such one."""
    return media.content(view.conn, view.site.id, id)


def film(view: Snapshot, id: str) -> Picture | None:
    """The video of that id; None: there is no such one."""
    found = media.picture_of(view.conn, view.site.id, id)
    return found if found and found.moves else None


def film_part(view: Snapshot, id: str, n: int) -> bytes:
    """The n-th part of a film; empty: it is gone."""
    return media.part(view.conn, view.site.id, id, n) or b""


def _turn(view: Snapshot, entry: Mapping[str, Any], one: Picture) -> MediaTurn:
    return {
        "picture": entry["picture"],
        "url": _url(view, entry["picture"]),
        "video": _film_url(view, one),
        "sound": entry.get("sound", False),
        "seconds": entry["seconds"],
        "from": entry.get("begins"),
        "until": entry.get("ends"),
        "zones": list(entry.get("zones", ())),
    }


def _url(view: Snapshot, id: str) -> str:
    return f"/{view.site.id}/wall/pictures/{id}.jpg"


def _film_url(view: Snapshot, one: Picture) -> str | None:
    return f"/{view.site.id}/wall/videos/{one.id}.webm" if one.moves else None


def _is_over(entry: Mapping[str, Any], now: datetime) -> bool:
    return "ends" in entry and datetime.fromisoformat(entry["ends"]) <= now
