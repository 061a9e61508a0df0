"""Tell who is asking before any limit is applied: staff, a device or a ticket's holder is not a stranger.

A limit for each address says nothing of people: behind one there may be a village on a carrier's network, or the hall.
Nothing is granted here, only not refused: every handler asks for itself who it serves. A good credential is believed
for a minute, so that an officer's key costs no second look; one that was not found is looked for each time, by one
indexed read, and nothing of it is kept.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs

from werkzeug.sansio.http import parse_cookie  # the one of requests: it takes any bytes

from ...house import House
from ...queries import identity
from ...store.ids import token_hash
from . import browser
from .auth import SESSION_LASTS, cookie_name

_BELIEVED_S = 60.0
_MOST_KEPT = 20_000  # all of them good, so no stranger can fill it; beyond, it begins anew
_TOKEN = re.compile(r"[\w-]{20,64}", re.ASCII)
_TICKET_PATH = re.compile(r"/(?:t|b|api/v1/tickets|api/v1/bookings)/([\w-]{20,64})(?:/|$)", re.ASCII)


class Standing(StrEnum):
    """What a caller has shown."""

    STAFF = "staff"
    DEVICE = "device"
    TICKET = "ticket"
    BROWSER = "browser"  # somebody signed in there before
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Caller:
    """The one who asks; ``key`` tells one credential from another (never the credential itself), "" for a stranger."""

    standing: Standing
    key: str = ""


STRANGER = Caller(Standing.STRANGER)


class Callers:
    """Tells callers apart by what a request brings: bearer token, cookies, a ticket's link."""

    def __init__(self, house: House, clock: Callable[[], float] = time.monotonic) -> None:
        self._house, self._clock = house, clock
        self._good: dict[Caller, float] = {}  # until when it is believed

    def of(self, environ: Mapping[str, Any]) -> Caller:
        """Find who asks. A database that cannot be asked knows nobody, and the limits hold."""
        for standing, token in credentials(environ):
            caller = Caller(standing, token_hash(token))
            if self._good.get(caller, 0.0) > self._clock() or self._is_good(standing, token):
                self._keep(caller)
                return caller
        return self._browser(environ)

    def _browser(self, environ: Mapping[str, Any]) -> Caller:
        """A browser that is known needs no look into the database."""
        name = cookie_name(browser.COOKIE, secure=environ.get("wsgi.url_scheme") == "https")
        cookie = environ.get("HTTP_COOKIE", "")
        found = browser.read(self._house.secret, parse_cookie(cookie).get(name)) if name in cookie else None
        return Caller(Standing.BROWSER, found.id) if found else STRANGER

    def _is_good(self, standing: Standing, token: str) -> bool:
        house = self._house
        try:
            if standing is Standing.STAFF:
                since = house.clock() - SESSION_LASTS
                return identity.account_of_session(house.reader, token, since) is not None
            if standing is Standing.DEVICE:
                return identity.device_of(house.reader, token) is not None
            return house.ticket_of(token) is not None or house.booking_of(token) is not None
        except Exception:  # whoever serves the request meets the same trouble, and says it
            return False

    def _keep(self, caller: Caller) -> None:
        if caller in self._good:
            if self._good[caller] > self._clock():
                return
        elif len(self._good) >= _MOST_KEPT:
            self._good.clear()
        self._good[caller] = self._clock() + _BELIEVED_S


def credentials(environ: Mapping[str, Any]) -> Iterator[tuple[Standing, str]]:
    """What a request brings that looks like one of ours, in the order in which it counts."""
    scheme, _, bearer = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    secure = environ.get("wsgi.url_scheme") == "https"
    on_path = _TICKET_PATH.match(environ.get("PATH_INFO", ""))
    asked = parse_qs(environ.get("QUERY_STRING", "")).get("ticket", [""])[-1]
    brought = (
        (Standing.STAFF, cookies.get(cookie_name("session", secure=secure), "")),
        (Standing.DEVICE, bearer.strip() if scheme.lower() == "bearer" else ""),
        (Standing.DEVICE, cookies.get(cookie_name("device", secure=secure), "")),
        (Standing.TICKET, on_path[1] if on_path else asked),
    )
    return ((standing, token) for standing, token in brought if _TOKEN.fullmatch(token))
