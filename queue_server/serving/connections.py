"""Which connections there may be: however many are opened, who has just come finds room, and who is known keeps it.

The web server below gives each connection a place, and when there is none left nobody gets in any more: twenty thousand
that never say a byte would keep a hall out. So strangers have a part of the places. When they are too many, in all or
from one public address, nobody new is turned away: the one that has said nothing for longest gives way, first of those
that ask nothing at the moment.
"""

import contextlib
import errno
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from itertools import islice
from typing import Any

from ..addresses import is_near, subscriber
from ..interfaces import plain

STRANGERS, SOCKETS, EACH = 1 / 8, 3 / 4, 1 / 40  # of all places: strangers' connections, sockets; one public address's
OF_ONE = 32  # places that one credential keeps: a browser opens six, and a family may share a ticket's link
_LOOKED_AT = 100  # connections, to find one that asks nothing
_IN_A_ROW = 16  # connections taken before others have their turn
_WAIT_S = 0.05  # until an accept that failed is tried again
_BROKEN = (errno.EBADF, errno.EINVAL, errno.ENOTSOCK)  # the listener itself has gone
NAME = "antrean.connection"  # in a request's environ


@dataclass(slots=True, eq=False)
class Connection:
    """One that is open; ``hang_up`` ends it from outside, whatever its thread waits for."""

    who: str  # the address, or what one subscriber has of it
    hang_up: Callable[[], None]
    stranger: bool = True
    near: bool = False
    busy: bool = False  # a whole request is being answered
    socket: bool = False  # it has become a WebSocket, and is counted as such
    whose: str = ""  # by which credential it is no stranger's


@dataclass
class Connections:
    """All of them. ``most``: places in all; ``trusted``: proxies of ours, who keep order among their own clients."""

    most: int
    trusted: Iterable[IPv4Network | IPv6Network] = ()
    _quiet: dict[Connection, None] = field(default_factory=dict)  # strangers that ask nothing, longest silent first
    _busy: dict[Connection, None] = field(default_factory=dict)  # and those that do
    _of: dict[str, dict[Connection, None]] = field(default_factory=dict)  # both, of each public address
    _known: dict[str, int] = field(default_factory=dict)  # how many of each credential are known by it
    _sockets: int = 0  # strangers' WebSockets
    _open: int = 0  # of whatever kind

    def enter(self, address: str, hang_up: Callable[[], None]) -> Connection:
        """Somebody has come; another may have to go."""
        new = Connection(subscriber(address), hang_up, not self._is_trusted(address), is_near(address))
        self._open += 1
        if self._open > self.most and not self.make_room():
            hang_up()
        elif new.stranger:
            self._add(new)
            own = self._of.get(new.who, {})
            if not new.near and len(own) > self.most * EACH:
                self._end(self._first(own, new))
            elif len(self._quiet) + len(self._busy) > self.most * STRANGERS:
                self._end(self._first(self._quiet, new) if len(self._quiet) > 1 else next(iter(self._busy)))
        return new

    def leave(self, one: Connection) -> None:
        """It has gone."""
        self._open -= 1
        self._drop(one)
        if one.socket and one.stranger:
            self._sockets -= 1
        one.socket = False
        if one.whose:
            self._known[one.whose] -= 1
            if not self._known[one.whose]:
                del self._known[one.whose]
            one.whose = ""

    def work(self, one: Connection, *, busy: bool) -> None:
        """A whole request has come, or its answer has gone: it is now the one that spoke last."""
        if one.stranger and not one.socket:
            self._drop(one)
            one.busy = busy
            self._add(one)

    def know(self, one: Connection, whose: str) -> None:
        """It has shown whose it is, and is no stranger's for as long as it lasts.

        ``whose`` tells one credential from another. One alone must not fill the hall: anybody may take a number and
        hold its link, and what it brings beyond ``OF_ONE`` stays a stranger's.
        """
        have = self._known.get(whose, 0)
        if one.stranger and have < OF_ONE:
            self._drop(one)
            self._sockets -= one.socket
            one.stranger, one.whose = False, whose
            self._known[whose] = have + 1

    def sit(self, one: Connection | None) -> bool:
        """It becomes a WebSocket, which stays; False if strangers have too many already."""
        if one is None or one.socket:
            return True
        if one.stranger:
            if self._sockets >= self.most * SOCKETS:
                return False
            self._drop(one)
            self._sockets += 1
        one.socket = True
        return True

    def make_room(self) -> bool:
        """End the stranger's that has been silent for longest, of the busy ones only if there is no other; if any."""
        some = self._quiet or self._busy
        if some:
            self._end(next(iter(some)))
        return bool(some)

    def _first(self, own: dict[Connection, None], new: Connection) -> Connection:
        others = [one for one in islice(own, _LOOKED_AT) if one is not new]
        return next((one for one in others if not one.busy), others[0])

    def _end(self, one: Connection) -> None:
        self._drop(one)
        one.hang_up()

    def _add(self, one: Connection) -> None:
        (self._busy if one.busy else self._quiet)[one] = None
        if not one.near:
            self._of.setdefault(one.who, {})[one] = None

    def _drop(self, one: Connection) -> None:
        self._quiet.pop(one, None)
        self._busy.pop(one, None)
        own = self._of.get(one.who, {})
        own.pop(one, None)
        if not own:
            self._of.pop(one.who, None)

    def _is_trusted(self, address: str) -> bool:
        with contextlib.suppress(ValueError):
            found = ip_address(plain(address))
            return any(found in network for network in self.trusted)
        return False


class Listener:
    """A listening socket whose ``accept`` never fails for a passing reason: the web server would end for good."""

    def __init__(self, listener: Any, connections: Connections, sleep: Callable[[float], None] = time.sleep) -> None:
        self._listener, self._connections, self._sleep = listener, connections, sleep
        self._in_a_row = 0

    def accept(self) -> tuple[Any, Any]:
        """The next connection. Without a free file, one that is silent gives way."""
        while True:
            self._in_a_row = (self._in_a_row + 1) % _IN_A_ROW
            if self._in_a_row == 0:
                self._sleep(0)  # who has come takes a place, and who gave way closes a file, before more come
            try:
                return self._listener.accept()
            except OSError as error:
                if error.errno in _BROKEN:
                    raise
                if error.errno in (errno.EMFILE, errno.ENFILE):
                    self._connections.make_room()
                self._sleep(_WAIT_S)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)


def hanging_up(connection: Any) -> Callable[[], None]:
    """What ends a connection from outside: whoever reads from it hears that it is over."""

    def hang_up() -> None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    return hang_up
