"""The registry: a site's enrolled kiosks and displays, and how each is."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlencode

from sqlalchemy import Connection

from ..documents.devices import Devices, LastTest, Paired, PairingWaits, Registered
from ..domain.devices import State, state_of
from ..domain.pairing import LASTS, is_alive
from ..store import devices as rows
from ..store import pairings, presence, site_leases
from ..store.rows import AnyRow
from .snapshot import Reader
from .ticket import iso

LastHeard = Callable[[str], datetime | None]  # of a device, by this process's memory


def paired(reader: Reader, poll: str) -> Paired | None:
    """What the screen that knows this secret has become; None if it is no device, or no longer."""
    with reader.connect() as conn, conn.begin():
        row = rows.place_of(conn, poll)
    if row is None:
        return None
    return {"id": row.id, "name": row.name, "kind": row.kind, "site": row.site, "path": _path(row)}


def _path(row: AnyRow) -> str:
    """The page that a device is wanted to show."""
    if row.kind == "kiosk":
        return f"/{row.site}/kiosk"
    if row.counter:
        return f"/{row.site}/counters/{quote(row.counter)}/display"
    asked = {"zone": row.zone, "voice": "1" if row.voice else None}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/{row.site}/wall" + (f"?{query}" if query else "")


def pairing_waits(reader: Reader, poll: str, now: datetime) -> PairingWaits | None:
    """The screen that knows this secret waits; None if its time is over, or nobody knows it."""
    with reader.connect() as conn, conn.begin():
        row = pairings.by_poll(conn, poll)
    if row is None or not is_alive(row.at, now):
        return None
    return {"expires_at": (row.at + LASTS).isoformat()}


def screens_that_wait(reader: Reader, now: datetime) -> int:
    """How many new screens show a code."""
    with reader.connect() as conn, conn.begin():
        return pairings.alive(conn, now)


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
        "video": said.video,
        "clock_s": said.clock_s,
        "shows": row.screen,
        "counter": row.counter or row.wanted_counter,
        "zone": said.zone or row.wanted_zone,
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
