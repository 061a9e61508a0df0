"""``doctor``'s questions about how the server is reached."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from ..serving import base_url, lan_address
from .checks import Finding, Patient, bad, ok, warn
from .presence import is_running, listens_on

_RENEW_BEFORE = timedelta(days=21)  # internet cuts delay renewal
_WITHIN_S = 5


def address(patient: Patient) -> Iterator[Finding]:
    """Where visitors' phones find this server."""
    server, lan = patient.told.server, lan_address()
    running = listens_on(patient.data)
    host = running.host if running else server.host
    base = server.public_url or (running.base if running else base_url(None, server.host, server.port))
    public = base != base_url(None, host, running.port if running else server.port)
    if public:
        yield ok(f"slips and QR codes lead to {base}")
    else:
        yield warn("QUEUE_PUBLIC_URL is not set: slips lead to the local address, phones reach it by the hall's Wi-Fi")
    if lan == "127.0.0.1":
        yield warn("this machine has no address in a network")
    elif host in ("127.0.0.1", "::1", "localhost") and not public:
        said = f"the running server listens on {host}" if running else f"a server started plainly listens on {host}"
        yield warn(f"{said}: without another --host nobody else reaches it ({lan})")
    else:
        yield ok(f"this machine's address in the network is {lan}")


def port(patient: Patient) -> Iterator[Finding]:
    """Whether the server runs, or could: its port is free."""
    server = patient.told.server
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
    parts = urlsplit(patient.told.server.public_url or "")
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
        told = line.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)


def expiry(ends: datetime, now: datetime) -> Finding:
    """What a certificate that is good until then means."""
    if ends <= now:
        return bad(f"the certificate ended on {ends:%Y-%m-%d}")
    if ends - now < _RENEW_BEFORE:
        return warn(f"the certificate ends on {ends:%Y-%m-%d}, in {(ends - now).days} days: renew it")
    return ok(f"the certificate is good until {ends:%Y-%m-%d}")
