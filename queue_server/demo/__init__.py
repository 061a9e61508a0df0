"""The demo: both malls with accounts, devices and a half-day of believable visitors, made anew at each start."""

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import event

from .. import data_folder
from ..commands import admin
from ..domain.roles import Actor, Role
from ..domain.site import Site
from ..operations import presence
from ..operations.screens import addresses
from ..perform import Performer
from ..settings import Settings
from ..store.accounts import Account
from ..store.engine import make_folder
from ..store.ids import new_id, new_token
from ..store.transaction import ALL_SITES
from ..store.urn_keys import UrnKeys
from . import satisfaction
from .half_day import PastClock, half_day

_MARK = ".antrean-demo"
_HOURS = 4  # of visitors before the demo begins


class NotADemo(RuntimeError):
    """The folder will not be wiped: it holds something that the demo did not make, or a demo runs on it."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the demo prints: accounts with passwords, tokens of kiosks and displays by site."""

    accounts: tuple[dict[str, Any], ...]
    kiosks: dict[str, str]
    displays: dict[str, str]


def prepare_folder(folder: Path) -> None:
    """An empty folder of the demo's own. Raises NotADemo for a folder with anything else in it, or one in use."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise NotADemo(f"{folder} was not made by the demo; it is left alone")
        if presence.is_running(folder):
            raise NotADemo(f"a demo runs on {folder}: stop it first, or name another folder with --data")
        shutil.rmtree(folder)
    make_folder(folder)
    (folder / _MARK).touch()


def fill(settings: Settings, folder: Path, now: datetime) -> Made:
    """Make accounts, devices and visitors until ``now``, by the same commands that everybody uses."""
    sites = settings.sites.values()
    clock = PastClock(min(satisfaction.begins(site, now) for site in sites))
    writer, reader = data_folder.open_store(settings, folder)
    event.listen(writer, "connect", _hurry)
    writer.dispose()
    perform = data_folder.make_performer(settings, folder, writer, clock)
    data_folder.apply_structure(perform, settings)
    people = _accounts(perform, settings)
    made = Made(
        accounts=tuple(shown for _, shown in people),
        kiosks={s: _device(perform, s, Role.KIOSK) for s in settings.sites},
        displays={s: _device(perform, s, Role.DISPLAY) for s in settings.sites},
    )
    officers = {(shown["site"], shown["counter"]): actor for actor, shown in people if "counter" in shown}
    keys = UrnKeys(folder)
    for site in sites:
        clock.at = satisfaction.begins(site, now)
        satisfaction.past(perform, keys, site, clock, now)
    for site in sites:
        clock.at = _morning(site, now)
        half_day(perform, site, clock, now, {c: officers[site.id, c] for c in site.counters})
        satisfaction.today(perform, keys, site, now)
    writer.dispose()
    reader.dispose()
    return made


def _hurry(connection: Any, _record: Any) -> None:
    """What is made up need not survive a power cut; the server that starts afterwards syncs every commit again."""
    if hasattr(connection, "execute"):
        connection.execute("PRAGMA synchronous=OFF")


def _morning(site: Site, now: datetime) -> datetime:
    """When the told half-day begins: hours ago, but not yesterday at the site, whose tickets would have expired."""
    midnight = now.astimezone(site.timezone).replace(hour=0, minute=0, second=1, microsecond=0)
    return max(now - timedelta(hours=_HOURS), midnight)


def _accounts(perform: Performer, settings: Settings) -> list[tuple[Actor, dict[str, Any]]]:
    """An officer for every counter; for every site whoever else works there or looks on; one administrator."""
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)  # thrown away with the demo: quick will do
    out = []

    def add(
        username: str, role: Role, name: str, sites: tuple[str, ...], agencies: tuple[str, ...], **more: str
    ) -> None:
        password = "-".join(secrets.choice(_WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"
        account = Account(new_id(), username, name, role.only, hasher.hash(password), sites, agencies)
        perform(ALL_SITES, lambda tx: admin.add_account(tx, account))
        shown = {"username": username, "password": password, "roles": [role.value], "name": name}
        out.append((account.actor, shown | {"site": ", ".join(sites), "agency": ", ".join(agencies)} | more))

    for site in settings.sites.values():
        for counter, name in zip(site.counters.values(), _NAMES * 4, strict=False):
            place = {"counter": counter.id, "page": f"/{site.id}/counters/{counter.id}"}
            add(f"{site.id}-{counter.id}", Role.OFFICER, name, (site.id,), (counter.agency,), **place)
        for role, name, page in _OTHERS:
            add(f"{site.id}-{role.value.replace('_', '-')}", role, name, (site.id,), (), page=f"/{site.id}/{page}")
    add("admin", Role.ADMIN, "Admin", tuple(settings.sites), (), page="/")
    return out


def _device(perform: Performer, site: str, kind: Role) -> str:
    token = new_token()
    perform(ALL_SITES, lambda tx: admin.add_device(tx, f"Demo {kind.value}", kind, site, token))
    return token


def sheet(settings: Settings, made: Made, base: str) -> str:
    """Every URL and password, as printed at the start."""
    lines = [
        "",
        "Antrean demo: both malls, always open. Everything begins anew at each start.",
        "",
        f"  Screens   {base}/",
    ]
    for site in settings.sites.values():
        kiosk, display = f"#enrol={made.kiosks[site.id]}", f"#enrol={made.displays[site.id]}"
        lines += ["", f"  {site.short_name}", *addresses(site, base, kiosk, display)]
    lines += ["", "  Accounts: username, password, role, counter", ""]
    for a in made.accounts:
        about = f"{', '.join(a['roles']):<11} {a.get('counter', '')}"
        lines.append(f"    {a['username']:<22} {a['password']:<28} {about}".rstrip())
    return "\n".join([*lines, "", "  Ctrl-C stops it.", ""])


# Each with the page that is theirs.
_OTHERS = (
    (Role.SUPERVISOR, "Supervisor", "supervisor"),
    (Role.FRONT_DESK, "Front desk", "front-desk"),
    (Role.LEADER, "Leader", "live"),
    (Role.AUDITOR, "Auditor", "audit"),
    (Role.CONTENT, "Content editor", "notices"),
)
_NAMES = ("Sari", "Dedi", "Ratna", "Asep", "Nurul", "Yudi", "Lilis", "Hendra", "Wati", "Ujang", "Fitri", "Agus")
_WORDS = tuple(
    """
    angin awan bambu batik beras bintang bulan bunga cemara danau daun delima durian embun fajar gajah garuda gula
    hujan ikan jagung jambu kapal kayu kelapa kopi laut lontar madu mangga melati mutiara nanas ombak padi pantai
    pasir perahu pohon rotan rusa sagu sawah senja sirih sungai surya tanah teh telaga terang tebu ubi wangi
    """.split()  # noqa: SIM905
)
