"""A loopback port that a test's server keeps: before it first listens, and between a kill and the next start."""

import socket
import weakref
from dataclasses import dataclass, field


def _bound() -> socket.socket:
    # Bound and never listening: nobody else is given the port, whoever connects is refused, and a server that allows
    # the reuse of its address (ours, PostgreSQL, Valkey) listens there all the same.
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    return holder


@dataclass
class Port:
    """Ours until nobody holds on to this object any more."""

    _holder: socket.socket = field(default_factory=_bound)

    def __post_init__(self) -> None:
        weakref.finalize(self, self._holder.close)

    @property
    def number(self) -> int:
        """Which it is."""
        return self._holder.getsockname()[1]
