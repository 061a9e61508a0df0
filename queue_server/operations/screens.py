"""Where a site's screens are, as a technician types them into the machines of the hall."""

from pathlib import Path
from urllib.parse import quote

from .. import serving
from ..domain.site import Site
from ..settings import ServerSettings
from . import presence


def addresses(site: Site, base: str, kiosk: str = "", display: str = "") -> list[str]:
    """A line for each kind of screen; ``kiosk`` and ``display`` are what enrols such a device (``#enrol=…``)."""
    url, first, zones = f"{base}/{site.id}", next(iter(site.counters)), site.wall.zones
    return [
        f"    kiosk            {url}/kiosk{kiosk}",
        f"    wall             {url}/wall?voice=1{display}",
        *(f"    wall, zone {z}     {url}/wall?zone={quote(z)}&voice=1{display}" for z in zones if len(zones) > 1),
        f"    counter display  {url}/counters/{first}/display{display}   (…/counters/N/display)",
        f"    officer          {url}/counters/{first}   (…/counters/N)",
        f"    supervisor       {url}/supervisor",
        f"    report           {url}/report",
    ]


def base_of(server: ServerSettings, data: Path) -> str:
    """Where the server on the folder is reached: as it was started if it runs, else as it is configured."""
    running = presence.listens_on(data)
    if running and not server.public_url:
        return running.base
    return serving.base_url(server.public_url, server.host, server.port)


def enrolment(site: Site, kind: str, token: str, base: str) -> str:
    """What to open on the device, once."""
    url, enrol = f"{base}/{site.id}", f"#enrol={token}"
    if kind == "kiosk":
        links = [f"  {url}/kiosk{enrol}"]
    else:
        first = next(iter(site.counters))
        links = [f"  {url}/wall?voice=1{enrol}", f"  or {url}/counters/{first}/display{enrol}   (its own counter's)"]
    lines = ["Open on the device, once:", *links]
    if base.startswith(("http://127.", "http://[::1]", "http://localhost")):
        lines.append(
            "  This address is this machine's alone; for others start the server with --host or QUEUE_PUBLIC_URL."
        )
    return "\n".join(lines)
