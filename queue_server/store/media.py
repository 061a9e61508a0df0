"""Pictures and playlists as they stand: written by ``record()``; a picture's own bytes by the command that adds it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from ..domain import media as rules
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.media import Picture, Playlist
from .media_schema import picture, picture_content, playlist
from .numbers import upsert

_p, _c, _l = picture.c, picture_content.c, playlist.c
_FIELDS = tuple(Picture.__dataclass_fields__)
_PICTURES = select(*(_p[name] for name in _FIELDS))


def pictures(conn: Connection, site: str) -> dict[str, Picture]:
    """All of a site, the oldest first."""
    rows = conn.execute(_PICTURES.where(_p.site == site).order_by(_p.at, _p.id))
    return {row.id: Picture(**row._mapping) for row in rows}


def playlist_of(conn: Connection, site: str) -> Playlist:
    """The site's playlist; empty if none was ever set."""
    row = conn.execute(select(_l.version, _l.entries).where(_l.site == site)).first()
    return {"version": row.version, "entries": row.entries} if row else {}


def content(conn: Connection, site: str, id: str) -> bytes | None:
    """The picture itself."""
    found: bytes | None = conn.execute(select(_c.content).where(_c.site == site, _c.id == id)).scalar()
    return found


def keep(conn: Connection, site: str, id: str, content: bytes) -> None:
    """The bytes of a picture that an event has just told of."""
    conn.execute(picture_content.insert().values(site=site, id=id, content=content))


def write(conn: Connection, site: str, event: Event) -> None:
    """What an event of pictures or playlist leaves."""
    id = event.detail.get("id", "")
    if event.kind == Kind.PICTURE_ADDED:
        one = rules.added(event.detail, event.by, event.at)
        conn.execute(picture.insert().values(site=site, **{name: getattr(one, name) for name in _FIELDS}))
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
