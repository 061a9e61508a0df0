"""Find who asks: a device by its token, a person by the session. Cookies are ``__Host-`` and Secure under HTTPS."""

import re

from flask import Response, after_this_request, request

from ...commands.admin import MOST_SESSIONS
from ...domain.roles import Actor
from ...house import House
from ...queries import identity
from ...store.accounts import SESSION_LASTS, Account
from ...store.ids import new_token, token_hash

_BOOKER = re.compile(r"[\w-]{20,64}", re.ASCII)
_DEVICE_LASTS_S = 400 * 24 * 3600  # the most that browsers allow; survives power cuts without a keyboard


def cookie_name(name: str, *, secure: bool) -> str:
    """What the browser calls it."""
    return f"__Host-{name}" if secure else name


def _cookie(name: str) -> str:
    return cookie_name(name, secure=request.is_secure)


def session_over(account: Account | None) -> int | None:
    """Of a browser whose session no longer counts: how many an account may have, which may be why; else None."""
    return MOST_SESSIONS if account is None and session_token() else None


def session_token() -> str | None:
    """The session cookie as sent."""
    return request.cookies.get(_cookie("session"))


def session_hash() -> str:
    """By what the request's session is kept."""
    return token_hash(session_token() or "")


def signed_in(house: House) -> Account | None:
    """The account of the request's session."""
    sent = session_token()
    if not sent:
        return None
    return identity.account_of_session(house.reader, sent, house.clock() - SESSION_LASTS)


def device_token() -> str | None:
    """The device's token as sent: bearer token, or the cookie that ``enrol`` set."""
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    return sent.strip() if scheme.lower() == "bearer" else request.cookies.get(_cookie("device"))


def device(house: House, *, renew: bool = True) -> Actor | None:
    """The device of the request, if it is not revoked. Each use gives its cookie the whole lifetime again."""
    sent = device_token()
    found = identity.device_of(house.reader, sent) if sent else None
    if found and renew and request.cookies.get(_cookie("device")) == sent:
        after_this_request(lambda response: set_cookie(response, "device", sent) or response)
    return found


def identify(house: House) -> Actor | None:
    """Find who asks: a bearer token first, then the session, then the device cookie."""
    if "Authorization" in request.headers:
        return device(house)
    account = signed_in(house)
    return account.actor if account else device(house)


def browser_cookie() -> str | None:
    """What the browser says of who signed in there before."""
    return request.cookies.get(_cookie("browser"))


def known_booker() -> str | None:
    """The browser that books, if it was here before. Its cookie opens nothing: it only is the same one again."""
    sent = request.cookies.get(_cookie("booker"), "")
    return sent if _BOOKER.fullmatch(sent) else None


def keep_booker() -> str:
    """The same, or a new one that is known from now on."""
    known = known_booker() or new_token()
    after_this_request(lambda response: set_cookie(response, "booker", known) or response)
    return known


def brings_credentials() -> bool:
    """Whether the request brings a cookie that opens anything."""
    cookies, secure = request.cookies, request.is_secure
    return any(cookie_name(name, secure=secure) in cookies for name in ("session", "device"))


def set_cookie(response: Response, name: str, value: str) -> None:
    """Hand out a credential that scripts cannot read."""
    lasts = _DEVICE_LASTS_S if name != "session" else int(SESSION_LASTS.total_seconds())
    response.set_cookie(
        _cookie(name), value, max_age=lasts, path="/", httponly=True, samesite="Lax", secure=request.is_secure
    )


def drop_cookie(response: Response, name: str) -> None:
    """Take a credential back."""
    response.delete_cookie(_cookie(name), path="/", httponly=True, samesite="Lax", secure=request.is_secure)
