"""Halls made for one question: a site file of their own, people and devices, and a clock on a working day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from queue_server import data_folder, settings
from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.store.accounts import Account
from queue_server.store.ids import new_id, new_token
from queue_server.store.passwords import HASHER
from queue_server.store.transaction import ALL_SITES
from tests.world.in_process import lay_database
from tests.world.serve import FileClock
from tests.world.server import Client, Server

WORKDAY = "2026-11-23T09:00:00+07:00"  # a Monday on which both malls are open
PASSWORD = "kata-sandi-untuk-uji"
SITE = "hall"


def run_from(server: Server, moment: str) -> None:
    """Let the server's clock show ``moment`` (ISO, with offset) now, and run on from there."""
    server.set_clock(str((datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds()))


def write_hall(folder: Path, counters: Mapping[str, Iterable[str]], order: str = "priority = 2\nregular = 1") -> Path:
    """A ``--config`` folder with one hall, open around the clock; counter -> its services. No quotas."""
    services = sorted({s for own in counters.values() for s in own})
    lines = [f'id = "{SITE}"', 'name = "The hall of a test"', 'timezone = "Asia/Jakarta"', 'hours = "always"']
    lines += ["[order]", order, "[[agencies]]", 'id = "a"', 'name = "The agency"']
    for prefix, service in zip("ABCDEFGH", services, strict=False):
        lines += ["[[services]]", f'id = "{service}"', 'agency = "a"', f'prefix = "{prefix}"']
        lines += [f'name = {{ id = "{service}" }}', 'classes = ["priority", "booked", "regular"]']
    for counter, own in counters.items():
        listed = ", ".join(f'"{s}"' for s in own)
        lines += ["[[counters]]", f'id = "{counter}"', f'name = "Loket {counter}"', 'agency = "a"']
        lines += [f"services = [{listed}]"]
    (folder / "sites").mkdir(parents=True)
    (folder / "sites" / f"{SITE}.toml").write_text("\n".join(lines) + "\n")
    return folder


@dataclass
class Cast:
    """The people put into a server's database before it started."""

    server: Server
    usernames: list[str]
    kiosk_tokens: list[str]

    def officers(self) -> list[Client]:
        """All officers, signed in."""
        return [Client(self.server).sign_in(name, PASSWORD) for name in self.usernames]

    def kiosks(self) -> list[Client]:
        """All kiosks."""
        return [Client(self.server, token) for token in self.kiosk_tokens]


def cast(server: Server, site: str, *, officers: Mapping[str, str | None] | int = 0, kiosks: int = 0) -> Cast:
    """Put accounts (username -> agency) and kiosks into the data folder, by the commands that everybody uses.

    Much quicker than one ``queue-server`` process for each; the server must not have been started yet.
    """
    told = settings.load(server.config, environ=server.environ)
    if not told.server.database_url:
        lay_database(server.data)
    writer, reader = data_folder.open_store(told, server.data)
    perform = data_folder.make_performer(told, server.data, writer, FileClock(server.clock_file))
    data_folder.apply_structure(perform, told)
    named = {f"officer-{n}": None for n in range(1, officers + 1)} if isinstance(officers, int) else officers
    hashed = HASHER.hash(PASSWORD)
    for name, agency in named.items():
        account = Account(new_id(), name, name, Role.OFFICER.only, hashed, (site,), (agency,) if agency else ())
        perform(ALL_SITES, lambda tx, new=account: admin.add_account(tx, new))
    tokens = [new_token() for _ in range(kiosks)]
    for token in tokens:
        perform(ALL_SITES, lambda tx, new=token: admin.add_device(tx, f"kiosk {new[:8]}", Role.KIOSK, site, new))
    writer.dispose()
    reader.dispose()
    return Cast(server, list(named), tokens)
