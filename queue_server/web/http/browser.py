"""A browser in which somebody signed in before: known again by a cookie, without a look into the database.

It opens nothing. It only says that what others do at the same address is not this browser's doing: guesses at names and
passwords from a hall's network, or a flood from there, do not keep those out who knew their password here.
"""

import hmac
from dataclasses import dataclass

from ...store.ids import new_token, token

COOKIE = "browser"
_MOST = 12  # accounts remembered in one browser, the latest first: counters are shared
_ID, _MARK = 43, 22  # signs of either


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser: its own random name, and a mark for each account that was signed in here."""

    id: str
    marks: tuple[str, ...]

    def knows(self, secret: bytes, username: str) -> bool:
        """Whether this account's password was known here."""
        return _mark(secret, self.id, username) in self.marks

    def with_account(self, secret: bytes, username: str) -> "Browser":
        """The same, where this account has now signed in."""
        mark = _mark(secret, self.id, username)
        return Browser(self.id, (mark, *(m for m in self.marks if m != mark))[:_MOST])

    def cookie(self, secret: bytes) -> str:
        """What the browser keeps of it."""
        return ".".join((self.id, _signature(secret, self.id, self.marks), *self.marks))


def read(secret: bytes, cookie: str | None) -> Browser | None:
    """The browser that a cookie of ours names; None for whatever else was sent."""
    parts = (cookie or "").split(".", _MOST + 2)
    if len(parts) < 2 or len(parts[0]) != _ID or not all(len(p) == _MARK and p.isascii() for p in parts[1:]):
        return None
    id, signature, *marks = parts
    genuine = id.isascii() and hmac.compare_digest(signature, _signature(secret, id, tuple(marks)))
    return Browser(id, tuple(marks)) if genuine else None


def new() -> Browser:
    """One that was never seen before."""
    return Browser(new_token(), ())


def _mark(secret: bytes, id: str, username: str) -> str:
    return token(secret, f"browser:{id}:{username.lower()}")


def _signature(secret: bytes, id: str, marks: tuple[str, ...]) -> str:
    return token(secret, f"browser:{id}.{'.'.join(marks)}")
