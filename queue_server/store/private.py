"""What is personal beside an event: sealed when it is written, opened for whoever may read it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from ..domain.fold import Event
from ..domain.privacy import lifetime_of
from . import keyring
from .key_file import refusal
from .keyring import Keyring
from .prepared import Prepared
from .private_schema import private
from .schema import event as _event

_p = private.c
KEPT = (_p.site, _p.epoch, _p.revision, _p.n, _p.name, _p.key, _p.value)  # of a row that is to be opened
_e = _event.c
_ITS = (_p.site == _e.site) & (_p.epoch == _e.epoch) & (_p.revision == _e.revision) & (_p.n == _e.n)
_NEW = Prepared(private.insert())


def ring_of(conn: Connection) -> Keyring | None:
    """The keys of the database at hand; None of a copy that is only looked at."""
    return keyring.of(conn.engine.url)


def place_of(site: str, epoch: int, revision: int, n: int, name: str) -> str:
    """Where a text stands, and nowhere else can it be opened."""
    return f"{site}/{epoch}/{revision}/{n}/{name}"


def write(conn: Connection, event: Event, name: str, text: str) -> None:
    """Keep a text beside an event, sealed by the key of its service day.

    Raises ``storage_full`` or ``keys_unwritable`` if the key cannot be kept: a text that nobody could read tomorrow is
    not taken in.
    """
    place = (event.site, event.epoch, event.revision, event.n, name)
    ring = ring_of(conn)
    if ring is None:
        raise RuntimeError("nobody said where this database's keys lie (keyring.serve)")
    try:
        sealed = ring.seal(event.site, event.day, lifetime_of(name), text, place_of(*place))
    except OSError as error:
        raise refusal(error, ring.file) from error
    values = dict(zip(("site", "epoch", "revision", "n", "name"), place, strict=True))
    _NEW.run(conn, {**values, "value": sealed.value, "at": event.at, "key": sealed.key})


def opened(conn: Connection, kept: Sequence[Any]) -> str | None:
    """The text of a row's ``KEPT``; None once it was purged, or where its key is lost, or where there is none."""
    site, epoch, revision, n, name, key, value = kept
    if key is None:
        return None if value is None else str(value)
    ring = ring_of(conn)
    return ring.open(key, value, place_of(site, epoch, revision, n, name)) if ring else None


def is_kept(conn: Connection, keys: Iterable[str | None]) -> bool:
    """Whether any of these keys still opens something."""
    ring = ring_of(conn)
    return any(key is None or (ring is not None and key in ring.keys) for key in keys)


def remember_erased(conn: Connection, ticket: str) -> None:
    """It is erased in an old copy too, should one be put back. Raises as ``write`` if that cannot be remembered."""
    if (ring := ring_of(conn)) is not None:
        try:
            ring.forget([ticket])
        except OSError as error:
            raise refusal(error, ring.file) from error


def names_of(conn: Connection, ticket: str) -> dict[str, tuple[int, datetime]]:
    """name -> how many texts of that name are kept about a ticket and can be read, and when the last was written."""
    asked = select(_p.name, _p.key, _p.at).select_from(_event).join(private, _ITS).where(_event.c.ticket == ticket)
    found: dict[str, tuple[int, datetime]] = {}
    for name, key, at in conn.execute(asked):
        if is_kept(conn, [key]):
            n, last = found.get(name, (0, at))
            found[name] = (n + 1, max(last, at))
    return found


def forget(conn: Connection, site: str, names: Iterable[str], before: datetime) -> int:
    """Drop what of these was kept beside events of a site before an instant; how many there were."""
    old = delete(private).where(_p.site == site, _p.name.in_(list(names)), _p.at < before)
    return conn.execute(old).rowcount


def forget_of(conn: Connection, places: Iterable[tuple[str, int, int, int]], names: Iterable[str]) -> int:
    """Drop what is kept beside these events by these names; how many there were."""
    gone = 0
    for site, epoch, revision, n in places:
        at = (_p.site == site, _p.epoch == epoch, _p.revision == revision, _p.n == n)
        gone += conn.execute(delete(private).where(*at, _p.name.in_(list(names)))).rowcount
    return gone
