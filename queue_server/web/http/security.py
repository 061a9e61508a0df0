"""The door: headers on every answer, the origin rule, the size of a body, how often a stranger may ask."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from flask import Flask, Response, request

from ...addresses import is_near, subscriber
from ...domain import first_run
from ...domain.errors import Code, QueueError
from ...domain.pairing import WRONG_PER_MINUTE
from ...house import House
from ...interfaces import is_loopback
from ...reach import split_host
from ...serving.gate import PROXIED
from ...serving.origin import Lack, lack, origin_of, own_origins
from .auth import brings_credentials
from .browser import Browser
from .callers import Caller, Callers, Standing
from .rate_limits import Limit, RateLimits
from .slowness import Slowness

_DOCUMENTS = ("text/html", "image/svg+xml")  # a browser may open either, and an SVG may hold script
SAFE = ("GET", "HEAD", "OPTIONS")
_WRONG_CODES = Limit(WRONG_PER_MINUTE, 60)
_WRONG_FIRST_CODES = Limit(first_run.WRONG_PER_MINUTE, 60)
_WRONG_FIRST_CODES_IN_ALL = Limit(first_run.WRONG_IN_ALL, 60)
_MOST_REMEMBERED = 10_000  # (account, address): one account may sign in from ever new addresses
_FOR_EVERYBODY = (
    "/assets/",  # files named by their content
    "/healthz",  # what a page asks before it loads anew
    "/api/v1/login",  # has limits of its own, which know who was here before
)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "font-src 'self'; connect-src 'self' {socket}; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; "  # forms are sent by script: Enter before it is there puts no password into an address
    "frame-src 'self'; frame-ancestors 'self'; object-src 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
_HEADERS = (  # of every answer that does not say otherwise
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # a ticket's token is in its address
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("Cache-Control", "no-store"),
)


class Way(Enum):
    """How a password is weighed."""

    KNOWN = "of who knew it before, at this address or in this browser: before others"
    OTHER = "of anybody"
    UNTOLD = "at a hall's address where too many names were tried: a wrong one is refused like one that is not weighed"


class Door:
    """Keeps count of strangers and of failed logins. Memory only: an outage of a limiter never stops a queue.

    Failures of an account are counted per address, so that nobody else's guesses keep its owner out; and in all, since
    guesses may come from many addresses. That second count never meets the hall. The guesses of others, wherever they
    are, never count against a person who knew the password: at that address since the start, or in that browser.
    """

    def __init__(self, house: House) -> None:
        limits = house.settings.server.limits
        self._limits, self._secret = limits, house.secret
        self._public = Limit(limits.public_requests_per_minute, 60)
        self._knocks = Limit(limits.public_handshakes_per_minute, 60)
        self._account = Limit(limits.login_failures_per_account, limits.login_window_s)
        self._address = Limit(limits.login_failures_per_address, limits.login_window_s)
        self._anywhere = Limit(limits.login_failures_per_account_anywhere, limits.login_window_s)
        self._callers = Callers(house)
        self._window = RateLimits()
        self.slowness = Slowness()  # of those who try wrong codes of bookings
        self._knew: dict[tuple[str, str], None] = {}  # (account, address) that signed in since the start, latest last

    def may_ask(self, environ: Mapping[str, Any]) -> None:
        """Raises ``too_many_requests`` for a stranger at a public address that asks too often.

        A hall is one private address. Staff and devices are nobody's strangers; a ticket's holder is counted for
        themselves, not for the address, which may be a whole village's. The files that every page needs are no secret
        and cost as little as a refusal.
        """
        if is_near(environ.get("REMOTE_ADDR", "")) or environ.get("PATH_INFO", "").startswith(_FOR_EVERYBODY):
            return
        if not self._is_in_time(self._public, "public", environ, self._callers.of(environ)):
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=60)

    def known_by(self, environ: Mapping[str, Any]) -> str | None:
        """What tells the caller's credential from others; None for a stranger."""
        caller = self._callers.of(environ)
        return f"{caller.standing}:{caller.key}" if caller.standing is not Standing.STRANGER else None

    def knock(self, environ: Mapping[str, Any]) -> Standing | None:
        """Name the caller who opens another socket; None if that is too often.

        A hall always may, but one ticket's link that knocks too often there stands in the strangers' line: else who
        took one number could lengthen that of the walls and kiosks without end.
        """
        caller = self._callers.of(environ)
        near = is_near(environ.get("REMOTE_ADDR", ""))
        if near and caller.standing is Standing.STRANGER:
            return caller.standing
        if self._is_in_time(self._knocks, "knock", environ, caller):
            return caller.standing
        return Standing.STRANGER if near else None

    def _is_in_time(self, limit: Limit, what: str, environ: Mapping[str, Any], caller: Caller) -> bool:
        if caller.standing in (Standing.STAFF, Standing.DEVICE):
            return True
        own = caller.key or subscriber(environ.get("REMOTE_ADDR", ""))
        return self._window.hit(limit, what, caller.standing, own)

    def may_sign_in(self, username: str, address: str, browser: Browser | None = None) -> Way:
        """How this password may be weighed. Raises ``too_many_requests`` where guesses were too many.

        Names tried at a hall's address, which is one, keep nobody of the hall out: an account of which too many
        guesses came from there is another matter.
        """
        name, place, near = username.lower(), subscriber(address), is_near(address)
        knew_there = (name, place) in self._knew
        knew_here = browser is not None and browser.knows(self._secret, name)
        if knew_here and self._window.test(self._account, "browser", name, browser.id):
            return Way.KNOWN
        if self._window.test(self._account, "account", name, place):
            if knew_there:
                return Way.KNOWN
            few_here = self._window.test(self._address, "address", place)
            if few_here and (near or self._window.test(self._anywhere, "anywhere", name)):
                return Way.OTHER
            if near:
                return Way.UNTOLD
        raise self.too_many_logins()

    def pairing_address(self, environ: Mapping[str, Any]) -> str:
        """What a new screen is counted under. Raises ``forbidden`` for one outside of the hall's own network."""
        address = environ.get("REMOTE_ADDR", "")
        if not is_near(address):
            raise QueueError(Code.FORBIDDEN)
        return subscriber(address)

    def booking_address(self, environ: Mapping[str, Any]) -> str | None:
        """What whoever books is counted under; None for staff and for the hall's own devices, who book for others.

        The hall's own network counts too: to a server behind a proxy, or to one whose router stands in between, a
        script from anywhere is such an address.
        """
        known = self._callers.of(environ).standing in (Standing.STAFF, Standing.DEVICE)
        return None if known else subscriber(environ.get("REMOTE_ADDR", ""))

    def may_type_code(self, account: str) -> None:
        """Raises ``too_many_requests`` for an account that has typed too many wrong codes of new screens."""
        if not self._window.test(_WRONG_CODES, "code", account):
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=60)

    def code_was_wrong(self, account: str) -> None:
        """Count a code that no screen shows."""
        self._window.hit(_WRONG_CODES, "code", account)

    def refuse_wrong_first_code(self, code: str, typed: str, address: str) -> None:
        """Raises ``wrong_code`` unless it is the first run's, and ``too_many_requests`` where guesses were too many.

        Nobody is spared: before there is an account, the hall's network is as strange as any.
        """
        each, place = (_WRONG_FIRST_CODES, "first", subscriber(address)), (_WRONG_FIRST_CODES_IN_ALL, "first", "all")
        if not (self._window.test(*each) and self._window.test(*place)):
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=60)
        try:
            first_run.require_code(code, typed)
        except QueueError:
            self._window.hit(*each)
            self._window.hit(*place)
            raise

    def too_many_logins(self) -> QueueError:
        """What is said where guesses were too many."""
        return QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=self._limits.login_window_s)

    def login_failed(self, username: str, address: str, browser: Browser | None = None) -> None:
        """Count a failure; whose browser is known has a count of its own, and slips there are nobody else's guesses."""
        name, place = username.lower(), subscriber(address)
        knew_here = browser is not None and browser.knows(self._secret, name)
        if knew_here and self._window.hit(self._account, "browser", name, browser.id):
            return
        self._window.hit(self._account, "account", name, place)
        self._window.hit(self._address, "address", place)
        if not is_near(address):
            self._window.hit(self._anywhere, "anywhere", name)

    def signed_in(self, username: str, address: str) -> None:
        """The password was known here: from now on names tried at this address do not count against this account."""
        self._knew.pop(key := (username.lower(), subscriber(address)), None)
        self._knew[key] = None
        if len(self._knew) > _MOST_REMEMBERED:
            del self._knew[next(iter(self._knew))]


def register(app: Flask, house: House) -> Door:
    """Put the door in front of the app."""
    door = Door(house)
    server = house.settings.server
    app.config["MAX_CONTENT_LENGTH"] = server.limits.body_bytes

    @app.before_request
    def check() -> None:
        door.may_ask(request.environ)
        view = app.view_functions.get(request.endpoint or "")
        own = getattr(view, "body_bytes", None) or server.limits.body_bytes
        request.max_content_length = own(server) if callable(own) else own
        if (request.content_length or 0) > request.max_content_length:
            raise QueueError(Code.PAYLOAD_TOO_LARGE)
        if request.method not in SAFE:
            _same_origin(house)
        elif not server.public_url and request.environ.get(PROXIED) and (name := _public_name()):
            house.proxy_lacks(Lack.NAME, name)

    @app.after_request
    def headers(response: Response) -> Response:
        said = {name for name, _ in response.headers}
        response.headers.extend((name, value) for name, value in _HEADERS if name not in said)
        if response.mimetype in _DOCUMENTS:
            socket = f"{'wss' if request.is_secure else 'ws'}://{request.host}"
            response.headers["Content-Security-Policy"] = _POLICY.format(socket=socket)
        return response

    return door


def _same_origin(house: House) -> None:
    """Refuse a cookie that does not come from our own page (``contract.md``, HTTP API, "Who").

    A bearer token alone says enough: no page can send one for somebody else. Beside a cookie it says nothing.
    """
    if not brings_credentials() and request.headers.get("Authorization", "").lower().startswith("bearer "):
        return
    origin = request.headers.get("Origin", "null")
    if origin == "null":  # not said, or hidden by our own no-referrer: then the browser says whose page it is
        if brings_credentials() and request.headers.get("Sec-Fetch-Site") != "same-origin":
            raise QueueError(Code.BAD_ORIGIN)
    elif not is_our_page(house, origin, request.environ):
        lacking = lack(origin, request.environ)
        raise QueueError(Code.BAD_ORIGIN, **({"reason": lacking.value} if lacking else {}))


def is_our_page(house: House, origin: str, environ: Mapping[str, Any]) -> bool:
    """Whether a page of that origin is ours; if only the proxy in front keeps it from being known, that is noted."""
    if origin in own_origins(environ, house.settings.server.public_url):
        return True
    if (lacking := lack(origin, environ)) is not None:
        house.proxy_lacks(lacking, origin)
    return False


def _public_name() -> str | None:
    """By what name the proxy in front is asked; None if that leads nowhere."""
    name, _ = split_host(request.host)
    return origin_of(request.scheme, request.host) if name and not is_loopback(name) else None
