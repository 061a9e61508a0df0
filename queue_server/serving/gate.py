"""The gate of the whole server, before any page, call or socket: whose word counts, and who is let in when."""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, Protocol
from urllib.parse import parse_qs

from werkzeug.middleware.proxy_fix import ProxyFix

from ..interfaces import plain
from .connections import NAME as PLACE
from .connections import Connections
from .turnstile import Turnstile

_FINISH_WITHIN_S = 3.5  # of the 5 s that a stop may take
_SOCKETS = "/socket.io"
_OF_A_HANDSHAKE = {"HTTP_SEC_WEBSOCKET_KEY", "HTTP_SEC_WEBSOCKET_VERSION"}


class Doorkeeper(Protocol):
    """Tells callers apart (``web/http/security.py``)."""

    def known_by(self, environ: dict[str, Any]) -> str | None:
        """The credential by which the caller is known, never itself; None for a stranger."""

    def knock(self, environ: dict[str, Any]) -> str | None:
        """Name the caller who opens another socket; None if that is too often."""


class Gate:
    """WSGI middleware: counts requests under way, and lets sockets in one after another, without compression.

    Browsers offer permessage-deflate and eventlet accepts: two and a half times the memory per screen for messages
    of a few kilobytes.
    """

    def __init__(self, app: Callable[..., Any], turnstile: Turnstile, door: Doorkeeper, room: Connections) -> None:
        self._app, self._turnstile, self._door, self._room = app, turnstile, door, room
        self.under_way = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        websocket = environ.get("HTTP_UPGRADE", "").lower() == "websocket"
        place = environ.get(PLACE)
        if place is not None and place.stranger and (whose := self._door.known_by(environ)) is not None:
            self._room.know(place, whose)
        if environ["PATH_INFO"].startswith(_SOCKETS):
            refusal = self._refusal(environ, websocket)
            if refusal is not None:
                start_response(refusal[0], [*refusal[1], ("Content-Length", "0")])
                return [b""]
        if websocket:
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            return self._app(environ, start_response)
        if _is_chunked(environ):
            environ["wsgi.input_terminated"] = True  # the server ends the body: it may be read without a length
        self.under_way += 1
        try:
            return self._app(environ, start_response)
        finally:
            self.under_way -= 1

    def _refusal(self, environ: dict[str, Any], websocket: bool) -> tuple[str, list[tuple[str, str]]] | None:
        """Why a request to the sockets goes no further; waits for its turn if it may."""
        if _is_chunked(environ) or (websocket and not environ.keys() >= _OF_A_HANDSHAKE):
            return "400 Bad Request", []
        if "sid" in parse_qs(environ.get("QUERY_STRING", "")):
            return None  # of a socket that was let in before
        standing = self._door.knock(environ)
        if standing is None:
            return "429 Too Many Requests", [("Retry-After", "60")]
        if not (self._turnstile.admit(standing) and (not websocket or self._room.sit(environ.get(PLACE)))):
            return "503 Service Unavailable", [("Retry-After", "5")]
        return None

    def drain(self) -> None:
        """Wait until what began is finished, a few seconds at the most."""
        until = time.monotonic() + _FINISH_WITHIN_S
        while self.under_way > 0 and time.monotonic() < until:
            time.sleep(0.02)


# In the environ: our address of the connection; whether its peer is a proxy of ours; whether it says that it is one.
ARRIVED, TRUSTED, PROXIED = "antrean.arrived", "antrean.trusted", "antrean.proxied"
_FORWARDED = ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR")


class TrustedProxies:
    """Believes ``X-Forwarded-*`` only when a proxy of ours says so: for pages, calls and sockets alike.

    The outermost of all: behind it every address is in its plain form, however the listening socket spells it.
    """

    def __init__(self, app: Callable[..., Any], networks: Iterable[IPv4Network | IPv6Network]) -> None:
        self._plain, self._networks = app, tuple(networks)
        self._proxied = ProxyFix(self._forwarded, x_for=1, x_proto=1, x_host=1)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        peer = plain(environ.get("REMOTE_ADDR", ""))
        trusted = _is_in(peer, self._networks)
        environ |= {"REMOTE_ADDR": peer, ARRIVED: _arrived(environ), TRUSTED: trusted}
        environ[PROXIED] = trusted and any(name in environ for name in _FORWARDED)
        return (self._proxied if trusted else self._plain)(environ, start_response)

    def _forwarded(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        environ["REMOTE_ADDR"] = plain(_without_port(environ.get("REMOTE_ADDR", "")))
        return self._plain(environ, start_response)


def _without_port(address: str) -> str:
    """Some proxies write the port too: ``36.68.77.99:4711``, ``[2001:db8::1]:4711``."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def _arrived(environ: dict[str, Any]) -> str:
    """The address of this machine that the connection was made to."""
    connection = environ.get("werkzeug.socket")  # on threads SERVER_NAME is what the server listens on
    return plain(connection.getsockname()[0] if connection else environ.get("SERVER_NAME", ""))


@lru_cache(maxsize=1024)
def _is_in(address: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    return any(peer in network for network in networks)


def _is_chunked(environ: dict[str, Any]) -> bool:
    return environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
