"""Pictures and videos that walls show while nobody is called: which there are, in which order, for how long, when and
where. A video is a picture that moves: what cannot play it shows its picture."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from .errors import Code, QueueError
from .site import Site

MOST = 40  # pictures of a site, those that move among them
MOST_BYTES = 40 * 1024 * 1024  # of a site's pictures but its videos, as they are kept: in the database and its backups
SECONDS = (5, 120)  # for which one stands


class PictureAdded(TypedDict):
    """``digest``: SHA-256 of the picture as it is kept, which the event does not hold."""

    id: str
    name: str
    bytes: int
    width: int
    height: int
    digest: str


class VideoAdded(PictureAdded):
    """``bytes`` and ``digest`` are the film's. ``ms``: how long it lasts. ``sound``: whether it is heard."""

    ms: int
    sound: bool


class PictureRemoved(TypedDict):
    """It is gone, from the playlist too."""

    id: str


class Entry(TypedDict):
    """One turn of a picture. ``begins``, ``ends``: instants in ISO 8601; ``zones``: on whose walls, none: on all.

    ``sound``: a video is heard where a wall speaks.
    """

    picture: str
    seconds: int
    begins: NotRequired[str]
    ends: NotRequired[str]
    zones: NotRequired[Sequence[str]]
    sound: NotRequired[bool]


class PlaylistSet(TypedDict):
    """The whole list, in its order."""

    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Picture:
    """One as its event told it; ``ms``: 0 for one that does not move."""

    id: str
    name: str
    bytes: int
    width: int
    height: int
    digest: str
    by: str
    at: datetime
    ms: int = 0
    sound: bool = False

    @property
    def moves(self) -> bool:
        """Whether it is a video."""
        return self.ms > 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody wants shown, before it is checked."""

    picture: str
    seconds: int
    begins: datetime | None = None
    ends: datetime | None = None
    zones: Sequence[str] = ()
    sound: bool = False


def added(detail: Mapping[str, Any], by: str | None, at: datetime) -> Picture:
    """What the event of a picture or video leaves."""
    fields = {name: detail[name] for name in VideoAdded.__annotations__ if name in detail}
    return Picture(**fields, by=by or "", at=at)


def require_room(kept: Collection[Picture], more_bytes: int) -> None:
    """Raises ``media_full`` where a picture more, or its bytes, are too many."""
    if len(kept) >= MOST or sum(one.bytes for one in kept if not one.moves) + more_bytes > MOST_BYTES:
        raise QueueError(Code.MEDIA_FULL, most=MOST, most_bytes=MOST_BYTES)


def require_video_room(kept: Collection[Picture], more_bytes: int, most_bytes: int) -> None:
    """Raises ``media_full`` where a video more, or its bytes, are too many."""
    if len(kept) >= MOST or film_bytes(kept) + more_bytes > most_bytes:
        raise QueueError(Code.MEDIA_FULL, most=MOST, most_bytes=most_bytes)


def film_bytes(kept: Collection[Picture]) -> int:
    """What all videos of a site take."""
    return sum(one.bytes for one in kept if one.moves)


def checked(site: Site, kept: Mapping[str, Picture], turns: Sequence[Turn]) -> list[Entry]:
    """The entries of a playlist. Raises ``invalid`` with the field of the first that cannot be."""
    return [_entry(site, kept, f"entries.{n}", turn) for n, turn in enumerate(turns)]


def _entry(site: Site, kept: Mapping[str, Picture], place: str, turn: Turn) -> Entry:
    shown = kept.get(turn.picture)
    if shown is None:
        raise QueueError(Code.INVALID, field=f"{place}.picture", reason="unknown")
    if not shown.moves and not SECONDS[0] <= turn.seconds <= SECONDS[1]:
        raise QueueError(Code.INVALID, field=f"{place}.seconds", reason="seconds", least=SECONDS[0], most=SECONDS[1])
    if turn.begins and turn.ends and turn.ends <= turn.begins:
        raise QueueError(Code.INVALID, field=f"{place}.until", reason="until_over")
    if unknown := [zone for zone in turn.zones if zone not in site.wall.zones]:
        raise QueueError(Code.INVALID, field=f"{place}.zones", zone=unknown[0])
    seconds = -(-shown.ms // 1000) if shown.moves else turn.seconds  # a video's turn is as long as it is
    entry = Entry(picture=turn.picture, seconds=seconds)
    if turn.begins:
        entry["begins"] = turn.begins.isoformat()
    if turn.ends:
        entry["ends"] = turn.ends.isoformat()
    if turn.zones:
        entry["zones"] = list(turn.zones)
    if turn.sound and shown.sound:
        entry["sound"] = True
    return entry


Playlist = Mapping[str, Any]  # ``version``: the revision that left it so; ``entries``. Empty: none was ever set


def set_to(detail: Mapping[str, Any], revision: int) -> Playlist:
    """The playlist after it was set."""
    return {"version": revision, "entries": list(detail["entries"])}


def without(playlist: Playlist, picture: str, revision: int) -> Playlist:
    """The playlist once a picture is gone."""
    left = [one for one in playlist.get("entries", ()) if one["picture"] != picture]
    return playlist if len(left) == len(playlist.get("entries", ())) else {"version": revision, "entries": left}
