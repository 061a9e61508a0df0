"""What enrolled screens last said of themselves, and came of their tests: no part of the record, and not replayed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from ..domain.absence import Place
from ..domain.devices import DeviceTest, Said
from .device_schema import device, device_test, presence
from .numbers import upsert
from .rows import AnyRow

_SAID = {one.name for one in fields(Said)}
_p, _d, _t = presence.c, device.c, device_test.c
_STANDING = _d.revoked_at.is_(None)
_OF_SITE = (
    select(
        *(_d.id, _d.name, _d.kind, _d.zone.label("wanted_zone"), _d.counter.label("wanted_counter"), *_p),
        _t.id.label("test"),
        _t.kind.label("test_kind"),
        _t.at,
        _t.ok,
        _t.value,
    )
    .join(presence, _p.device == _d.id, isouter=True)
    .join(device_test, _t.device == _d.id, isouter=True)
    .where(_d.site == bindparam("of"), _STANDING)
    .order_by(_d.name)
)
_MUTE = (
    select(_d.id, _d.name, _d.site, _p.screen, _p.counter, _p.mute_since)
    .join(presence, _p.device == _d.id)
    .where(_d.site == bindparam("of"), _STANDING, _p.there, _p.mute_since.is_not(None))
)
_LEFT = select(*_p, _d.site).join(device, _p.device == _d.id).where(_p.there, _STANDING)
_GOES = update(presence).where(_p.device == bindparam("of"), _p.process == bindparam("own"))
_GOES = _GOES.values(there=False, since=bindparam("heard"), heard_at=bindparam("heard"))
_ANSWERED = update(device_test).where(_t.device == bindparam("of"), _t.id == bindparam("asked"))
_ANSWERED = _ANSWERED.values(ok=bindparam("came"), value=bindparam("of_value"))


@dataclass(frozen=True, slots=True)
class Known:
    """A screen that is there, as one process knows it; ``since``: when it came, ``mute_since``: since it is mute."""

    place: Place
    said: Said
    since: datetime
    heard_at: datetime
    mute_since: datetime | None = None

    def heard(self, place: Place, said: Said, at: datetime) -> "Known":
        """The same screen, heard once more."""
        mute = (self.mute_since or at) if said.sound is False else None
        return replace(self, place=place, said=said, heard_at=at, mute_since=mute)


def said_of(row: AnyRow) -> Said:
    """What the screen of a row said."""
    return Said(**{name: value for name, value in (row.said or {}).items() if name in _SAID})  # a newer one says more


def of_site(conn: Connection, site: str) -> list[AnyRow]:
    """Every device of a site that is not revoked, by name, with what it last said and its last test."""
    return list(conn.execute(_OF_SITE, {"of": site}))


def mute(conn: Connection, site: str) -> list[AnyRow]:
    """The site's screens that should speak and cannot, and since when."""
    return list(conn.execute(_MUTE, {"of": site}))


def left_there(conn: Connection) -> list[AnyRow]:
    """Every screen that some process has as there."""
    return list(conn.execute(_LEFT))


def write(conn: Connection, process: str, known: Iterable[Known]) -> None:
    """Keep what this process knows of screens that are there."""
    for one in known:
        values: dict[str, Any] = {
            "screen": one.place.screen,
            "counter": one.place.counter,
            "there": True,
            "since": one.since,
            "heard_at": one.heard_at,
            "process": process,
            "mute_since": one.mute_since,
            "said": asdict(one.said),
        }
        row = upsert(conn, presence).values(device=one.place.device, **values)
        conn.execute(row.on_conflict_do_update(index_elements=["device"], set_=values))


def gone(conn: Connection, process: str, devices: Iterable[tuple[str, datetime]]) -> None:
    """(device, last heard) of screens that this process had as there; another that hears them by now says so itself."""
    for id, heard_at in devices:
        conn.execute(_GOES, {"of": id, "own": process, "heard": heard_at})


def test_asked(conn: Connection, device_id: str, test: int, kind: str, at: datetime) -> None:
    """A test begins; the one before is forgotten."""
    values: dict[str, Any] = {"id": test, "kind": kind, "at": at, "ok": None, "value": None}
    row = upsert(conn, device_test).values(device=device_id, **values)
    conn.execute(row.on_conflict_do_update(index_elements=["device"], set_=values))


def answered(conn: Connection, device_id: str, tested: DeviceTest) -> None:
    """What came of a test, unless it is no longer the last one."""
    conn.execute(_ANSWERED, {"of": device_id, "asked": tested.id, "came": tested.ok, "of_value": tested.value})
