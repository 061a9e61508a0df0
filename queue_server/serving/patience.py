"""How long the server listens to somebody who talks slowly, and how much to somebody who does not stop.

The web server below waits for each single byte as long as for the next request: a client that sends one byte a minute
would keep its place for ever, and a body without end would be read without end. ``patient`` makes of it one that gives
every head and body its whole time at once, and a WebSocket so many bytes a minute.
"""

import errno
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from . import connections
from .connections import Connections

_MINUTE_S = 60.0
_READ_ON_BYTES = 1 << 20  # of a body that nobody wants: who hangs up at once may cut off the answer that is on its way
_READ_ON_S = 2.0
_SLOWEST = 256 * 1024  # bytes a second of a large body
_LARGEST = 1 << 30
_LINE_BYTES = 4096  # between the chunks of a body

# Raises TimeoutError in the block if it is not left within so many seconds.
Within = Callable[[float], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Patience:
    """What a client is given; see ``[limits]`` of ``config/server.toml``."""

    head_s: float  # for a new connection's first byte, and from a request's first byte to the end of its headers
    body_s: float  # from there to the end of its body
    socket_bytes_per_minute: int  # what a WebSocket may send; a screen sends about 500


def patient(protocol: type, within: Within, patience: Patience, room: Connections) -> type:
    """The web server's protocol with an end to its patience, and to the connections there may be.

    Between requests a connection may be idle as before, while there is ``room``.
    """

    class Patient(protocol):
        _head_until = 0.0
        _has_asked = False

        def setup(self) -> None:
            self.place = room.enter(self.client_address[0], connections.hanging_up(self.request))
            super().setup()

        def finish(self) -> None:
            room.leave(self.place)
            super().finish()

        def handle_one_response(self) -> None:
            room.work(self.place, busy=True)
            try:
                super().handle_one_response()
            finally:
                room.work(self.place, busy=False)

        def _read_request_line(self) -> Any:
            if not self._first_byte():
                self.close_connection = True
                return ""
            self._head_until = time.monotonic() + patience.head_s
            with within(patience.head_s):
                return super()._read_request_line()

        def _first_byte(self) -> bool:
            if self.rfile.closed:
                return False
            self.connection.settimeout(self.server.keepalive if self._has_asked else patience.head_s)
            self._has_asked = True
            try:
                return bool(self.rfile.peek(1))
            except ConnectionError:
                return False

        def parse_request(self) -> Any:
            with within(max(self._head_until - time.monotonic(), 0.001)):
                return super().parse_request()

        def get_environ(self) -> dict[str, Any]:
            environ = super().get_environ()
            environ[connections.NAME] = self.place
            sent = environ["eventlet.input"]
            environ["wsgi.input"] = Body(sent, within, patience.body_s + _large(environ))
            sent.rfile = Lines(self.rfile)
            sent.discard = environ["wsgi.input"].read_on
            sent._sock = Metered(self.connection, patience.socket_bytes_per_minute)
            return environ

    return Patient


def _large(environ: dict[str, Any]) -> float:
    """Seconds more for a body of that size: a video comes over Wi-Fi. One that is refused is not waited for."""
    length = environ.get("CONTENT_LENGTH") or "0"
    return min(int(length), _LARGEST) / _SLOWEST if length.isdecimal() else 0.0


class Lines:
    """A stream whose lines end: the one before a chunk names its size, and would be read for ever."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.read = stream, stream.read

    def readline(self, size: int | None = -1) -> bytes:
        """A line, or as much of it as is allowed."""
        return self._stream.readline(_LINE_BYTES if size is None or size < 0 else min(size, _LINE_BYTES))


class Body:
    """A request's body that must be there in time. ``OSError`` when it is not: the server then hangs up."""

    def __init__(self, source: Any, within: Within, seconds: float) -> None:
        self._source, self._within = source, within
        self._until = time.monotonic() + seconds

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; all that is left without one."""
        return self._in_time(self._source.read, size if size >= 0 else None)

    def readline(self, size: int = -1) -> bytes:
        """A line."""
        return self._in_time(self._source.readline, size if size >= 0 else None)

    def _in_time(self, read: Callable[[int | None], bytes], size: int | None) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the body took too long")
        with self._within(left):
            return read(size)

    def read_on(self) -> None:
        """After the answer: read what little may be left of the body, so that the connection can serve again."""
        self._until = min(self._until, time.monotonic() + _READ_ON_S)
        left = _READ_ON_BYTES
        while left > 0 and (more := self.read(16384)):
            left -= len(more)
        if left <= 0:
            raise OSError("a body that nobody wants does not end")


class Metered:
    """A connection of which only so many bytes a minute are taken; then it counts as broken."""

    def __init__(self, connection: Any, bytes_per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection, self._most, self._clock = connection, bytes_per_minute, clock
        self._left, self._since = float(bytes_per_minute), clock()

    def recv(self, size: int, *flags: int) -> bytes:
        """What came. Raises ConnectionResetError at the first byte too many."""
        data = self._connection.recv(size, *flags)
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._since) * self._most / _MINUTE_S) - len(data)
        self._since = now
        if self._left < 0:
            raise ConnectionResetError(errno.ECONNRESET, "a socket that does not stop talking")
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
