"""The door: headers on every answer, the origin rule, the size of a body, how often a stranger may ask."""

from ipaddress import ip_address, ip_network

from flask import Flask, Response, request
from limits import RateLimitItemPerMinute, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.middleware.proxy_fix import ProxyFix

from ..domain.errors import Code, QueueError
from .house import House

_DOCUMENTS = ("text/html", "image/svg+xml")  # a browser may open either, and an SVG may hold script
SAFE = ("GET", "HEAD", "OPTIONS")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "font-src 'self'; connect-src 'self' {socket}; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; object-src 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # a ticket's token is in its address
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Door:
    """Keeps count of strangers and of failed logins. Memory only: an outage of a limiter never stops a queue."""

    def __init__(self, house: House) -> None:
        limits = house.settings.server.limits
        self._limits = limits
        self._public = RateLimitItemPerMinute(limits.public_requests_per_minute)
        self._account = parse(f"{limits.login_failures_per_account} per {limits.login_window_s} second")
        self._address = parse(f"{limits.login_failures_per_address} per {limits.login_window_s} second")
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def may_ask(self, address: str) -> None:
        """Raises ``too_many_requests`` for a public address that asks too often; a hall is one private address."""
        if not _is_near(address) and not self._window.hit(self._public, "public", address):
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=60)

    def may_sign_in(self, username: str, address: str) -> None:
        """Raises ``too_many_requests`` after too many failures of this account from here, or from here at all."""
        account = self._window.test(self._account, "account", username.lower(), address)
        if not (account and self._window.test(self._address, "address", address)):
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=self._limits.login_window_s)

    def login_failed(self, username: str, address: str) -> None:
        """Count a failure."""
        self._window.hit(self._account, "account", username.lower(), address)
        self._window.hit(self._address, "address", address)


# Loopback, private and link-local ranges by name: Python's ``is_private`` also means addresses kept for documentation.
_NEAR = tuple(
    ip_network(n)
    for n in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)


def _is_near(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found  # ::ffff:192.168.1.20 on a socket of both kinds
    return any(found in network for network in _NEAR)


def register(app: Flask, house: House) -> Door:
    """Put the door in front of the app."""
    door = Door(house)
    server = house.settings.server
    app.config["MAX_CONTENT_LENGTH"] = server.limits.body_bytes
    app.wsgi_app = _TrustedProxies(app.wsgi_app, server.trusted_proxies)

    @app.before_request
    def check() -> None:
        door.may_ask(request.remote_addr or "")
        if (request.content_length or 0) > server.limits.body_bytes:
            raise QueueError(Code.PAYLOAD_TOO_LARGE)
        if request.method not in SAFE:
            _same_origin(server.public_url)

    @app.after_request
    def headers(response: Response) -> Response:
        scheme = "wss" if request.is_secure else "ws"
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype in _DOCUMENTS:
            response.headers["Content-Security-Policy"] = _POLICY.format(socket=f"{scheme}://{request.host}")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    return door


def _same_origin(public_url: str | None) -> None:
    """Whoever brings a cookie must come from our own page (``contract.md``, HTTP API, "Who")."""
    if "Authorization" in request.headers:
        return
    origin = request.headers.get("Origin", "null")
    if origin == "null":  # not said, or hidden by our own no-referrer: then the browser says whose page it is
        if request.cookies and request.headers.get("Sec-Fetch-Site") != "same-origin":
            raise QueueError(Code.BAD_ORIGIN)
    elif origin not in (f"{request.scheme}://{request.host}", public_url):
        raise QueueError(Code.BAD_ORIGIN)


class _TrustedProxies:
    """Believes ``X-Forwarded-*`` only when a proxy of ours says so."""

    def __init__(self, app, networks) -> None:
        self._plain, self._networks = app, networks
        self._proxied = ProxyFix(app, x_for=1, x_proto=1, x_host=1)

    def __call__(self, environ, start_response):
        try:
            peer = ip_address(environ.get("REMOTE_ADDR", ""))
        except ValueError:
            return self._plain(environ, start_response)
        trusted = any(peer in network for network in self._networks)
        return (self._proxied if trusted else self._plain)(environ, start_response)
