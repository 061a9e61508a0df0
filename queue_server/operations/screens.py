"""Where a site's screens are, as a technician types them into the machines of the hall."""

from pathlib import Path
from urllib.parse import quote, urlsplit

from ..domain.site import Site
from ..interfaces import is_loopback
from ..reach import ANYWHERE, Reach
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


def reach_of(server: ServerSettings, data: Path) -> Reach:
    """Where the server on the folder is reached: as it was started if it runs, else as it is configured."""
    running = presence.listens_on(data)
    if running:
        return Reach(running.host, running.port, server.public_url or running.public_url)
    return Reach(server.host, server.port, server.public_url)


def remarks(reach: Reach) -> list[str]:
    """What to know about the addresses printed: that there are others, or why nobody else can use them."""
    base, *more = [reach.public_url] if reach.public_url else reach.bases()
    if more:
        return [f"  This machine has other addresses too: {', '.join(more)}"]
    if not is_loopback(urlsplit(base).hostname or ""):
        return []
    if reach.host in ANYWHERE:
        return ["  This machine has no address in a network now; links and slips lead to one as soon as it has."]
    return ["  This address is this machine's alone; for others start the server with --host or QUEUE_PUBLIC_URL."]


def enrolment(site: Site, kind: str, token: str, reach: Reach) -> str:
    """What to open on the device, once."""
    url, enrol = f"{reach.base()}/{site.id}", f"#enrol={token}"
    if kind == "kiosk":
        links = [f"  {url}/kiosk{enrol}"]
    else:
        first = next(iter(site.counters))
        links = [f"  {url}/wall?voice=1{enrol}", f"  or {url}/counters/{first}/display{enrol}   (its own counter's)"]
    return "\n".join(["Open on the device, once:", *links, *remarks(reach)])
