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
from .checks import Patient
from .findings import Finding, bad, ok, warn
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
        yield warn("address_unset")
        yield from _of_links(reach, own, running is not None)
    if running:
        yield from _moved(running, own)


def _of_links(reach: Reach, own: list[Address], running: bool) -> Iterator[Finding]:
    """Where slips lead without a public name."""
    base = reach.base()
    if not own:
        yield warn("address_none", base=base)
    elif interfaces.is_loopback(reach.host) and reach.host not in ANYWHERE:
        text = "address_loopback" if running else "address_loopback_plain"
        yield warn(text, host=reach.host, ip=own[0].ip, base=base)
    elif reach.host not in ANYWHERE and reach.host not in [a.ip for a in own]:
        text = "address_foreign" if running else "address_foreign_plain"
        yield bad(text, host=reach.host, own=_list(own))
    else:
        yield ok(f"slips and QR codes lead to {base}, or to the address by which their kiosk asked")
        halls = [a for a in own if not a.inside and a.live and "." in a.ip]
        if reach.host in ANYWHERE and len(halls) > 1:
            yield warn("address_several", own=_list(halls))
        if not any(a.live for a in own):
            yield warn("address_unplugged", own=_list(own))


def _moved(running: Listening, own: list[Address]) -> Iterator[Finding]:
    """Whether what was typed into kiosks and walls at the start is still this machine."""
    then = urlsplit(running.base).hostname or ""
    if running.host not in ANYWHERE or running.public_url or not own or then in [a.ip for a in own]:
        return
    if interfaces.is_loopback(then):
        yield warn("address_late", ip=own[0].ip)
    else:
        yield warn("address_moved", then=then, ip=own[0].ip)


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
            yield bad("port_taken", port=server.port, why=error.strerror)
            return
    yield warn("port_free", port=server.port)


def certificate(patient: Patient) -> Iterator[Finding]:
    """How long the public address's certificate is good for."""
    parts = urlsplit(patient.settings.server.public_url or "")
    if parts.scheme == "http":
        yield warn("certificate_http")
    if parts.scheme != "https" or not parts.hostname:
        return
    try:
        ends = _ends(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        yield bad("certificate_untrusted", host=parts.hostname, why=error.verify_message)
    except OSError as error:
        yield warn("certificate_unasked", host=parts.hostname, why=error)
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
        return bad("certificate_over", day=f"{ends:%Y-%m-%d}")
    if ends - now < _RENEW_BEFORE:
        return warn("certificate_ends", day=f"{ends:%Y-%m-%d}", days=(ends - now).days)
    return ok(f"the certificate is good until {ends:%Y-%m-%d}")
