"""``server.toml`` as it stands on disk: which keys there are, of what type. Every default stands in the shipped file.

The text under each key is its help: ``make reference`` writes ``config/reference.md`` from it.
"""

import re
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from queue_server.settings.toml_file import Strict, Written


def _network(value: Any) -> IPv4Network | IPv6Network:
    try:
        found = ip_network(value)
    except (ValueError, TypeError):
        raise ValueError(f"{value!r} is not an address or network") from None
    mapped = found.version == 6 and found.network_address.ipv4_mapped
    return ip_network((mapped, found.prefixlen - 96)) if mapped and found.prefixlen >= 96 else found


def _url(*schemes: str) -> AfterValidator:
    """Accept "" (none) or a URL of one of ``schemes``; the message never repeats it: it may hold a password."""

    def check(url: str) -> str:
        if url and urlsplit(url).scheme not in schemes:
            raise ValueError(f"should begin with {' or '.join(f'{s}://' for s in schemes)}")
        return url

    return AfterValidator(check)


_Database = Annotated[
    str, _url("sqlite", "postgresql", "postgresql+psycopg2"), Written('"" or a URL like "postgresql://…"')
]
_Queue = Annotated[str, _url("redis", "rediss"), Written('"" or a URL like "redis://…"')]


_NAME, _BRACKETED = r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", r"\[[0-9a-f:.]+\]"
_ORIGIN = re.compile(rf"(?P<scheme>https?)://(?P<host>{_NAME}|{_BRACKETED})(?::(?P<port>[0-9]+))?/*")
_USUAL = {"http": 80, "https": 443}


def _origin(url: str) -> str:
    """As a browser writes it: small letters, without the scheme's own port; that is what its pages are known by."""
    if not (url := url.strip()):
        return ""
    found = _ORIGIN.fullmatch(url.lower())
    if found is None:
        raise ValueError("should be an origin like https://antrean.example, without quotes, path or blanks")
    scheme, host = found["scheme"], found["host"]
    port = int(found["port"] or _USUAL[scheme])
    if not 0 < port < 65536:
        raise ValueError(f"port {port} is none of 1 to 65535")
    if host.startswith("["):
        host = f"[{_address(host[1:-1])}]"
    return f"{scheme}://{host}" if port == _USUAL[scheme] else f"{scheme}://{host}:{port}"


def _address(host: str) -> str:
    try:
        return str(IPv6Address(host))
    except ValueError:
        raise ValueError(f"{host} is no address") from None


def _token(token: str) -> str:
    if token and len(token) < 16:
        raise ValueError("should have at least 16 characters, or be empty")
    return token


_Positive = Annotated[int, Field(ge=1)]


class ServerTable(Strict):
    """How the server listens and where it stores. Options of the command line and the environment win over the file."""

    host: Annotated[str, Field(min_length=1)]
    """Address to listen on; ``0.0.0.0`` serves the hall's network without a proxy in front."""
    port: Annotated[int, Field(ge=0, le=65535)]
    """Port to listen on; 0 takes any free one."""
    public_url: Annotated[str, AfterValidator(_origin), Written('"" or an origin like "https://antrean.example"')]
    """Name under which browsers know the server, in links and QR codes; empty: the address that the browser used."""
    trusted_proxies: list[Annotated[Any, AfterValidator(_network), Written("address or network")]]
    """Proxies whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed."""
    database_url: _Database
    """Where the record is kept; empty: SQLite in the data folder. A password belongs in the environment."""
    message_queue_url: _Queue
    """Redis or Valkey, by which several processes of one database hear of each other at once; empty: one process."""
    async_mode: Literal["eventlet", "threading"]
    """How the process waits for many at once."""
    metrics_token: Annotated[str, AfterValidator(_token), Written('"" or at least 16 characters')]
    """Bearer token for ``/metrics``; empty: only the machine itself is answered."""
    private_keys: str
    """File of the keys that what is personal is sealed with; empty: ``private.keys`` in the data folder. Processes on
    several machines name one file that all of them reach; no backup that keeps versions may hold it."""


class LimitsTable(Strict):
    """What a stranger may ask. No limit but that of failed logins applies to loopback and private addresses.

    Staff who are signed in, enrolled devices and the screens' own files are never counted; who holds a ticket's link is
    counted for themselves. An address of IPv6 is the /64 that one connection is given.
    """

    body_bytes: Annotated[int, Field(ge=1024)]
    """Largest body of a request; a larger one is refused with 413."""
    login_failures_per_account: _Positive
    """Failed logins of one account from one address within the window; then 429."""
    login_failures_per_address: _Positive
    """Failed logins from one address within the window, whatever the account."""
    login_failures_per_account_anywhere: _Positive
    """Failed logins of one account from all public addresses that never knew its password, within the window."""
    login_window_s: _Positive
    """Length of the window in which failed logins are counted, in seconds."""
    public_requests_per_minute: _Positive
    """Requests of strangers per address, and of one ticket's link."""
    public_handshakes_per_minute: _Positive
    """New sockets of strangers per address, and of one ticket's link."""
    handshakes_per_second: _Positive
    """New sockets admitted in all at the most, known ones first; fewer on a machine that greets more slowly."""
    socket_messages_per_minute: _Positive
    """Messages from one socket (a display sends six); more ends it."""
    socket_bytes_per_minute: Annotated[int, Field(ge=1024)]
    """Bytes from one socket (a screen sends about 500); more ends it."""
    request_head_within_s: _Positive
    """Seconds for a request's first byte, and from there to the end of its headers (``async_mode = "eventlet"``)."""
    request_body_within_s: _Positive
    """Seconds from there to the end of its body (``async_mode = "eventlet"``)."""
    kiosk_issues_per_minute: _Positive
    """Numbers from one kiosk above which an alarm is raised; a kiosk is never stopped from giving numbers."""


class VideosTable(Strict):
    """Videos for walls. They are encoded anew, one at a time, behind everything else that this machine does."""

    seconds: Annotated[int, Field(ge=0, le=300)]
    """Longest video; 0: none is taken."""
    file_bytes: Annotated[int, Field(ge=1024 * 1024, le=1024**3)]
    """Largest file of a video as it is handed in; a larger one is refused with 413."""
    site_bytes: Annotated[int, Field(ge=0, le=1024**3)]
    """What all videos of a hall may take as they are kept: in the database, and so in every backup."""


class ServerFile(Strict):
    """The whole file."""

    server: ServerTable
    """How the server listens and stores."""
    limits: LimitsTable
    """What a stranger may ask."""
    videos: VideosTable
    """Videos for walls."""
