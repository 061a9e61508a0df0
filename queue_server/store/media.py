"""Pictures, videos and playlists as they stand: written by ``record()``; their own bytes by whoever adds them.

A film lies in parts of a quarter of a megabyte, so that no transaction keeps a call waiting and a wall can ask for any
piece of it. They are written before the event that tells of it, and those of one that no event tells of are swept away.
"""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from ..domain import media as rules
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.media import Picture, Playlist
from .media_schema import picture, picture_content, playlist
from .numbers import upsert
from .rows import AnyRow

PART = 256 * 1024  # bytes; the last one of a film is smaller
_AT_ONCE = 8  # parts deleted in one transaction
_LEFT_BEHIND = timedelta(hours=2)  # parts of a film that nobody told of: longer than it takes to add one

_p, _c, _l = picture.c, picture_content.c, playlist.c
_COLUMNS = ("id", "name", "bytes", "width", "height", "digest", "by", "at", "ms", "sound")
_PICTURES = select(*(_p[name] for name in _COLUMNS))


def pictures(conn: Connection, site: str) -> dict[str, Picture]:
    """All of a site, the oldest first."""
    rows = conn.execute(_PICTURES.where(_p.site == site).order_by(_p.at, _p.id))
    return {row.id: _read(row) for row in rows}


def picture_of(conn: Connection, site: str, id: str) -> Picture | None:
    """One of them; None: there is no such one."""
    row = conn.execute(_PICTURES.where(_p.site == site, _p.id == id)).first()
    return _read(row) if row else None


def playlist_of(conn: Connection, site: str) -> Playlist:
    """The site's playlist; empty if none was ever set."""
    row = conn.execute(select(_l.version, _l.entries).where(_l.site == site)).first()
    return {"version": row.version, "entries": row.entries} if row else {}


def content(conn: Connection, site: str, id: str) -> bytes | None:
    """The picture itself; of a video the one that stands for it."""
    found: bytes | None = conn.execute(select(_c.content).where(_c.site == site, _c.id == id)).scalar()
    return found


def keep(conn: Connection, site: str, id: str, content: bytes) -> None:
    """The bytes of a picture that an event has just told of."""
    conn.execute(picture_content.insert().values(site=site, id=id, content=content))


def keep_part(conn: Connection, site: str, id: str, n: int, content: bytes) -> None:
    """A part of a film, of which an event is to tell."""
    keep(conn, site, _part(id, n), content)


def part(conn: Connection, site: str, id: str, n: int) -> bytes | None:
    """A part of a film; None: there is none."""
    return content(conn, site, _part(id, n))


def drop_parts(conn: Connection, site: str, id: str) -> bool:
    """Delete some parts of a film that is gone. Whether there are more."""
    mine = select(_c.id).where(_c.site == site, _c.id.startswith(_stem(id))).limit(_AT_ONCE)
    found = conn.execute(mine).scalars().all()
    conn.execute(delete(picture_content).where(_c.site == site, _c.id.in_(found)))
    return len(found) == _AT_ONCE


def left_behind(conn: Connection, site: str, now: datetime) -> list[str]:
    """Films of which there are parts and no event: somebody's server stopped while one came, or went."""
    known = {_stem(id) for id in conn.execute(select(_p.id).where(_p.site == site)).scalars()}
    parts = conn.execute(select(_c.id).where(_c.site == site, ~_c.id.contains("-"))).scalars()
    begun_ms = (now - _LEFT_BEHIND).timestamp() * 1000
    return [stem for stem in sorted({id[:32] for id in parts} - known) if int(stem[:12], 16) < begun_ms]  # UUIDv7: ms


def write(conn: Connection, site: str, event: Event) -> None:
    """What an event of pictures or playlist leaves."""
    id = event.detail.get("id", "")
    if event.kind in (Kind.PICTURE_ADDED, Kind.VIDEO_ADDED):
        one = rules.added(event.detail, event.by, event.at)
        conn.execute(picture.insert().values(site=site, **{name: getattr(one, name) for name in _COLUMNS}))
    elif event.kind == Kind.PICTURE_REMOVED:
        conn.execute(delete(picture_content).where(_c.site == site, _c.id == id))
        conn.execute(delete(picture).where(_p.site == site, _p.id == id))
        _set(conn, site, rules.without(playlist_of(conn, site), id, event.revision))
    else:
        _set(conn, site, rules.set_to(event.detail, event.revision))


def _set(conn: Connection, site: str, left: Playlist) -> None:
    if not left:
        return
    values: Mapping[str, Any] = {"version": left["version"], "entries": list(left["entries"])}
    made = upsert(conn, playlist).values(site=site, **values)
    conn.execute(made.on_conflict_do_update(index_elements=["site"], set_=dict(values)))


def _stem(id: str) -> str:
    return id.replace("-", "")


def _part(id: str, n: int) -> str:
    """The key of a part: an id without its dashes leaves room for a number of four digits."""
    return f"{_stem(id)}{n:04x}"


_PACKED = "video:"  # as a process before schema 0033 writes a film: then its length, its sound, its digest


def _read(row: AnyRow) -> Picture:
    about = dict(row._mapping)
    if row.digest.startswith(_PACKED):
        ms, sound, short = row.digest.removeprefix(_PACKED).split(":")
        digest = base64.urlsafe_b64decode(f"{short}=").hex()
        about |= {"digest": digest, "ms": int(ms), "sound": sound == "1"}
    return Picture(**about)
