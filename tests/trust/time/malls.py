"""Halls in several zones on one server, each with its kiosk, on a clock that a test turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import requests

from tests.world.people import cast
from tests.world.server import Client, Server

WEEK = "hours = { " + ", ".join(f'{day} = "08:00-15:00"' for day in ("mon", "tue", "wed", "thu", "fri")) + " }"


def write_site(folder: Path, id: str, zone: str, hours: str = 'hours = "always"') -> None:
    """A site file: one agency, one service, one counter."""
    lines = [f'id = "{id}"', f'name = "MPP {id}"', f'timezone = "{zone}"', hours]
    lines += ['holidays = "ID"'] if "always" not in hours else []
    lines += ["[[agencies]]", 'id = "a"', 'name = "The agency"']
    lines += ["[[services]]", 'id = "talk"', 'agency = "a"', 'prefix = "A"', 'name = { id = "talk" }']
    lines += ["[[counters]]", 'id = "1"', 'name = "Loket 1"', 'agency = "a"', 'services = ["talk"]']
    (folder / "sites").mkdir(parents=True, exist_ok=True)
    (folder / "sites" / f"{id}.toml").write_text("\n".join(lines) + "\n")


@dataclass
class Halls:
    """A server and the kiosk of each of its sites."""

    server: Server
    kiosks: dict[str, Client]
    officer: Client | None = None

    def issue(self, site: str) -> requests.Response:
        """A visitor takes a number."""
        return self.kiosks[site].issue(site, "talk")

    def turn_to(self, moment: datetime | str) -> None:
        """The server's clock stands there from now on."""
        self.server.set_clock(moment if isinstance(moment, str) else moment.isoformat())

    def site(self, site: str) -> dict:
        """What a kiosk is told of its site."""
        return self.kiosks[site].get(f"/sites/{site}").json()


def open_halls(
    folder: Path, zones: Mapping[str, str], moment: str, hours: str = 'hours = "always"', sabotage: str = ""
) -> Halls:
    """Write the sites, put the kiosks in, start at that moment."""
    for site, zone in zones.items():
        write_site(folder / "config", site, zone, hours)
    environ = {"TEST_SABOTAGE": sabotage} if sabotage else {}
    server = Server(folder / "data", config=folder / "config", environ=environ)
    server.set_clock(moment)
    kiosks = {site: cast(server, site, kiosks=1).kiosk_tokens[0] for site in zones}
    server.start()
    return Halls(server, {site: Client(server, token) for site, token in kiosks.items()})
