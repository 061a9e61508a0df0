"""The registry: a site's enrolled kiosks and displays, and how each is."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from ..documents.devices import Devices, LastTest, Registered
from ..domain.devices import State, state_of
from ..store import presence, site_leases
from ..store.rows import AnyRow
from .snapshot import Reader
from .ticket import iso

LastHeard = Callable[[str], datetime | None]  # of a device, by this process's memory


def registry(reader: Reader, site: str, now: datetime, build: str, heard: LastHeard) -> Devices:
    """The site's devices as they are now; ``build``: the server's own."""
    with reader.connect() as conn, conn.begin():
        return devices(conn, site, now, build, heard)


def devices(conn: Connection, site: str, now: datetime, build: str, heard: LastHeard) -> list[Registered]:
    """Every device of the site that is not revoked, by name."""
    rows = presence.of_site(conn, site)
    held = site_leases.held(conn).get(site, []) if any(heard(row.id) is None for row in rows) else []
    return [_registered(row, heard(row.id), held, now, build) for row in rows]


def _registered(row: AnyRow, heard: datetime | None, held: list[str], now: datetime, build: str) -> Registered:
    elsewhere = heard is None and row.there and row.process in held  # that process says so as soon as it goes
    seen = heard or (None if elsewhere else row.heard_at)
    said = presence.said_of(row)
    state = state_of(said, now if elsewhere else seen, now, build)
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "state": state,
        "since": iso(_since(row, state, seen)),
        "seen": iso(seen),
        "build": said.build,
        "sound": said.sound,
        "screen": said.screen,
        "printer": said.printer,
        "paper": said.paper,
        "clock_s": said.clock_s,
        "shows": row.screen,
        "counter": row.counter,
        "zone": said.zone,
        "last_test": _last_test(row),
    }


def _since(row: AnyRow, state: State, seen: datetime | None) -> datetime | None:
    if state in ("dead", "late"):
        return seen
    began: datetime | None = row.mute_since if state == "mute" else row.since
    return began


def _last_test(row: AnyRow) -> LastTest | None:
    if row.test is None:
        return None
    return {"at": row.at.isoformat(), "kind": row.test_kind, "ok": row.ok, "value": row.value}
