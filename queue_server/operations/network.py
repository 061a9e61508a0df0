"""``doctor``'s questions about how the server is reached."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from .. import interfaces
from ..interfaces import Address
from ..reach import ANYWHERE, Reach
from .checks import Finding, Patient, bad, ok, warn
from .presence import Listening, is_running, listens_on
from .screens import reach_of

_RENEW_BEFORE = timedelta(days=21)  # internet cuts delay renewal
_WITHIN_S = 5


def address(patient: Patient) -> Iterator[Finding]:
    """Where visitors' phones find this server, and what may keep them from it."""
    running = listens_on(patient.data)
    reach = reach_of(patient.settings.server, patient.data)
    own = interfaces.own_addresses()
    reach = replace(reach, addresses=lambda: own)
    if reach.public_url:
        yield ok(f"slips and QR codes lead to {reach.public_url}")
    else:
        yield warn("QUEUE_PUBLIC_URL is not set: slips lead to the local address, phones reach it by the hall's Wi-Fi")
        yield from _of_links(reach, own, "the running server" if running else "a server started plainly")
    if running:
        yield from _moved(running, own)


def _of_links(reach: Reach, own: list[Address], server: str) -> Iterator[Finding]:
    """Where slips lead without a public name."""
    base = reach.base()
    if not own:
        yield warn(f"this machine has no address in a network: slips lead to {base}, and to an address once it has one")
    elif interfaces.is_loopback(reach.host) and reach.host not in ANYWHERE:
        said = f"{server} listens on {reach.host}: without another --host nobody else reaches it ({own[0].ip})"
        yield warn(f"{said}, and slips lead to {base}, which no phone can open")
    elif reach.host not in ANYWHERE and reach.host not in [a.ip for a in own]:
        yield bad(f"{server} listens on {reach.host}, which is not this machine's now ({_list(own)}): --host 0.0.0.0")
    else:
        yield ok(f"slips and QR codes lead to {base}, or to the address by which their kiosk asked")
        halls = [a for a in own if not a.inside and a.live and "." in a.ip]
        if reach.host in ANYWHERE and len(halls) > 1:
            yield warn(f"several networks ({_list(halls)}): a kiosk on this machine prints the first of them")
        if not any(a.live for a in own):
            yield warn(f"no cable or Wi-Fi is connected ({_list(own)}): is the switch on?")


def _moved(running: Listening, own: list[Address]) -> Iterator[Finding]:
    """Whether what was typed into kiosks and walls at the start is still this machine."""
    then = urlsplit(running.base).hostname or ""
    if running.host not in ANYWHERE or running.public_url or not own or then in [a.ip for a in own]:
        return
    if interfaces.is_loopback(then):
        yield warn(f"the server started before this machine had an address; it is {own[0].ip} now, and slips follow it")
    else:
        said = f"this machine's address was {then} when the server started and is {own[0].ip} now"
        yield warn(f"{said}: screens opened by the old one do not find it; give this machine a fixed address")


def _list(own: list[Address]) -> str:
    return ", ".join(f"{a.ip} on {a.interface}" for a in own)


def port(patient: Patient) -> Iterator[Finding]:
    """Whether the server runs, or could: its port is free."""
    server = patient.settings.server
    if is_running(patient.data):
        running = listens_on(patient.data)
        at = f", listening on {running.host} port {running.port}" if running else ""
        yield ok(f"the server is running on this folder{at}")
        return
    with socket.socket(socket.AF_INET6 if ":" in server.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((server.host, server.port))
        except OSError as error:
            yield bad(f"the server does not run, and could not: port {server.port}: {error.strerror}")
            return
    yield warn(f"the server is not running; port {server.port} is free")


def certificate(patient: Patient) -> Iterator[Finding]:
    """How long the public address's certificate is good for."""
    parts = urlsplit(patient.settings.server.public_url or "")
    if parts.scheme == "http":
        yield warn("the public address is plain HTTP: passwords and links travel readably")
    if parts.scheme != "https" or not parts.hostname:
        return
    try:
        ends = _ends(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        yield bad(f"browsers will not trust {parts.hostname}: {error.verify_message}")
    except OSError as error:
        yield warn(f"{parts.hostname} could not be asked for its certificate: {error}")
    else:
        yield expiry(ends, patient.clock())


def _ends(host: str, at: int) -> datetime:
    trusting = ssl.create_default_context()
    with (
        socket.create_connection((host, at), timeout=_WITHIN_S) as plain,
        trusting.wrap_socket(plain, server_hostname=host) as line,
    ):
        certificate = line.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)


def expiry(ends: datetime, now: datetime) -> Finding:
    """What a certificate that is good until then means."""
    if ends <= now:
        return bad(f"the certificate ended on {ends:%Y-%m-%d}")
    if ends - now < _RENEW_BEFORE:
        return warn(f"the certificate ends on {ends:%Y-%m-%d}, in {(ends - now).days} days: renew it")
    return ok(f"the certificate is good until {ends:%Y-%m-%d}")
