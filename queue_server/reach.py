"""Where this server is reached: the address that goes into slips, QR codes, and what a technician types in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Literal

from .interfaces import Address, is_loopback, own_addresses, plain

_NAME, _BRACKETED = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?", r"\[[0-9A-Fa-f:.]{2,45}\]"
_HOST = re.compile(rf"(?P<name>{_NAME}|{_BRACKETED})(?::(?P<port>[0-9]{{1,5}}))?")
_USUAL = {"http": 80, "https": 443}
ANYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Approach:
    """How a request came. ``host`` is what the client wrote, or what a trusted proxy says (``proxied``)."""

    scheme: Literal["http", "https"]
    host: str
    arrived: str  # the address of ours that the connection was made to; nobody can claim another
    proxied: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What the server listens on, and its public name if it was given one."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    addresses: Callable[[], Sequence[Address]] = own_addresses

    def base(self, asked: Approach | None = None) -> str:
        """The address for links, as it is now, without a trailing slash.

        The public URL if there is one; else the address by which the asker came, as far as the connection or a trusted
        proxy vouches for it; else what the interfaces say. The loopback only where the server listens on nothing else.
        """
        if self.public_url:
            return self.public_url
        if asked is not None and asked.proxied:
            return self._by_proxy(asked)
        if asked is not None and (own := plain(asked.arrived)) and _is_for_others(own):
            name, port = split_host(asked.host)
            known = plain(name.strip("[]")) == own  # then its port too is the one that was used, say 80 led on to ours
            return url(asked.scheme, own, (port or _USUAL[asked.scheme]) if known else self.port)
        return self.bases()[0]

    def bases(self) -> list[str]:
        """Every address by which this server is reached now, the likeliest first; never empty."""
        return [url("http", ip, self.port) for ip in self._ways()] or [url("http", self._loopback(), self.port)]

    def _by_proxy(self, asked: Approach) -> str:
        name, port = split_host(asked.host)
        if name and not is_loopback(name):
            return url(asked.scheme, name.strip("[]").lower(), port or _USUAL[asked.scheme])
        ways = [a.ip for a in self.addresses()]  # the proxy is on this machine, and so is the asker
        return url(asked.scheme, ways[0], port or _USUAL[asked.scheme]) if ways else self.bases()[0]

    def _ways(self) -> list[str]:
        if self.host not in ANYWHERE:
            return [] if is_loopback(self.host) else [self.host]
        return [a.ip for a in self.addresses() if self.host == "::" or ":" not in a.ip]

    def _loopback(self) -> str:
        return "127.0.0.1" if self.host in ANYWHERE else self.host


def url(scheme: str, host: str, port: int) -> str:
    """An origin; the port is left out where it is the scheme's own."""
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if _USUAL.get(scheme) == port else f"{scheme}://{shown}:{port}"


@lru_cache(maxsize=1024)
def _is_for_others(address: str) -> bool:
    """Whether an address of this machine means anything to another; what is no address does not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return not (is_loopback(address) or (found.version == 6 and found.is_link_local))


def split_host(host: str) -> tuple[str, int | None]:
    """Name and port of a ``Host``; an empty name if it is not one."""
    found = _HOST.fullmatch(host)
    if found is None:
        return "", None
    port = int(found["port"]) if found["port"] else None
    return (found["name"], port) if port is None or 0 < port < 65536 else ("", None)
