"""What an address says of who is behind it."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from .interfaces import plain

# Loopback, private and link-local ranges by name: Python's ``is_private`` also means addresses kept for documentation.
_NEAR = tuple(
    ip_network(n)
    for n in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)


@lru_cache(maxsize=1024)
def is_near(address: str) -> bool:
    """Whether it belongs to a hall's own network, which may be one address."""
    found = _plain(address)
    return found is not None and any(found in network for network in _NEAR)


def subscriber(address: str) -> str:
    """What one stranger has of the network: an address, of IPv6 the 2^64 that a single connection is given.

    Whatever is no address is one and the same: a name for it would be the client's own, of any length.
    """
    found = _plain(address)
    if found is None:
        return "unknown"
    return str(ip_network((int(found) >> 64 << 64, 64)) if found.version == 6 else found)


def _plain(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(plain(address))
    except ValueError:
        return None
