"""This machine's addresses as they are now: asked of the kernel each time, since cables and leases come and go."""

import array
import fcntl
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

_SIOCGIFCONF, _SIOCGIFFLAGS = 0x8912, 0x8913  # linux/sockios.h
_IFREQ = 40  # bytes of one struct ifreq on 64 bits: 16 of name, then the address
_AT_MOST = 64  # addresses that are looked at
_UP, _RUNNING = 0x1, 0x40  # linux/if.h
_OF_IPV6 = Path("/proc/net/if_inet6")
_PASSING = 0x01 | 0x08 | 0x20 | 0x40  # temporary, duplicate, deprecated, tentative (linux/if_addr.h)
_CONTAINERS = ("docker", "br-", "veth", "virbr", "vnet", "lxc", "lxd", "cni", "podman")
_TUNNELS = ("tun", "tap", "wg", "tailscale", "zt")


@dataclass(frozen=True, slots=True)
class Address:
    """One address of one interface; ``live``: its cable or radio is connected."""

    ip: str
    interface: str
    live: bool = True

    @property
    def inside(self) -> bool:
        """Whether it is a network of this machine's own (containers) or a tunnel, and not the hall's."""
        return self.interface.startswith((*_CONTAINERS, *_TUNNELS))


@lru_cache(maxsize=1024)
def plain(address: str) -> str:
    """An address in its plain form: ``::ffff:10.0.0.5`` is 10.0.0.5, without a zone; what is none stays as it is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(getattr(found, "ipv4_mapped", None) or found)


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Whether a host (name or address, without port) means the very machine that asks."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        found = ip_address(plain(name))
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return found.is_loopback or found.is_unspecified


def own_addresses() -> list[Address]:
    """The addresses by which others may reach this machine, the likeliest first. Empty without a network."""
    return ranked([*_ipv4(), *_ipv6()], _towards_others())


def ranked(found: Iterable[Address], first: str | None) -> list[Address]:
    """Without loopback and link-local IPv6; ``first``, which the default route uses, before all that is no better.

    A connected interface comes before one without a cable, a network of the hall before one inside this machine
    (containers, tunnels), a given address before one that a machine makes up for itself, IPv4 before IPv6.
    """

    def rank(address: Address) -> tuple[bool, bool, bool, bool, bool]:
        ip = ip_address(address.ip)
        return not address.live, ip.is_link_local, address.inside, address.ip != first, ip.version == 6

    return sorted((a for a in found if _serves(ip_address(a.ip))), key=rank)


def _serves(ip: IPv4Address | IPv6Address) -> bool:
    return not (ip.is_loopback or ip.is_unspecified or ip.is_multicast or (ip.version == 6 and ip.is_link_local))


def _towards_others() -> str | None:
    """The address that the default route would use; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737)
            return probe.getsockname()[0]
        except OSError:
            return None


def _ipv4() -> list[Address]:
    held = array.array("B", bytes(_IFREQ * _AT_MOST))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            answer = fcntl.ioctl(asked, _SIOCGIFCONF, struct.pack("iL", len(held), held.buffer_info()[0]))
            used = struct.unpack("iL", answer)[0]
            entries = [held[at : at + _IFREQ].tobytes() for at in range(0, used, _IFREQ)]
            found = [(e[:16].split(b"\0")[0], socket.inet_ntoa(e[20:24])) for e in entries]
            flags = {name: _flags(asked, name) for name, _ in found}
        except OSError:
            return []
    return [_address(ip, name.decode(), flags[name]) for name, ip in found if flags[name] & _UP]


def _ipv6() -> list[Address]:
    try:
        lines = [line.split() for line in _OF_IPV6.read_text().splitlines()]
    except OSError:
        return []  # a machine without IPv6
    given = [
        (str(IPv6Address(bytes.fromhex(ip))), name) for ip, *_, flags, name in lines if not int(flags, 16) & _PASSING
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        flags = {name: _flags(asked, name.encode()) for _, name in given}
    return [_address(ip, name, flags[name]) for ip, name in given if flags[name] & _UP]


def _address(ip: str, name: str, flags: int) -> Address:
    return Address(ip, name.split(":")[0], bool(flags & _RUNNING))


def _flags(asked: socket.socket, name: bytes) -> int:
    """The interface's flags; 0 if it has gone meanwhile."""
    try:
        answer = fcntl.ioctl(asked, _SIOCGIFFLAGS, struct.pack("16s24x", name))
    except OSError:
        return 0
    return struct.unpack("16xH22x", answer)[0]
