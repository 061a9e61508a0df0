"""Serving: the listening socket, what eventlet must not be asked for, and an orderly end."""

import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .clock import utc_now

_BACKLOG = 2048
_FINISH_WITHIN_S = 3.5  # of the 5 s that a stop may take
_LONGEST_LINE_S = 15.0  # socket.io's clients give up after 20


def listen(host: str, port: int) -> socket.socket:
    """A listening socket with a real backlog.

    TCP_NODELAY is inherited by accepted connections: without it two small frames meet Nagle and a delayed
    acknowledgement, 44 ms instead of 1.5.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(_BACKLOG)
    return listener


def raise_file_limit() -> None:
    """As many sockets as the system allows this process."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def lan_address() -> str:
    """This machine's address in the hall's network; the loopback where there is none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737): only asks which interface would be used
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the process runs on: how it serves, where slow C code goes, what the time is. The entry chooses."""

    serve: Callable[[Any, socket.socket, threading.Event], None]
    off_hub: Callable[..., Any] = lambda function, *args: function(*args)
    clock: Callable[[], datetime] = utc_now


@dataclass
class Turnstile:
    """Lets so many handshakes a second in, officers before screens.

    After a power cut every screen and phone comes back in the same second. Each takes a place in the line and waits
    for it asleep; an officer passes at once, and the line moves back by one place.
    """

    per_second: int
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: float = 0.0  # when the next place is free

    def admit(self, *, officer: bool) -> bool:
        """Wait for one's turn; False, without waiting, if it is so far off that nobody would still be there."""
        now = self.clock()
        place = max(self._next, now)
        if not officer and place - now > _LONGEST_LINE_S:
            return False
        self._next = place + 1 / self.per_second
        if not officer and place > now:
            self.sleep(place - now)
        return True


class Gate:
    """WSGI middleware: counts requests under way, and lets WebSockets in one after another, without compression.

    Browsers offer permessage-deflate and eventlet accepts: two and a half times the memory per screen for messages
    of a few kilobytes.
    """

    def __init__(self, app: Callable[..., Any], turnstile: Turnstile) -> None:
        self._app, self._turnstile = app, turnstile
        self.under_way = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            if self._turnstile.admit(officer="session=" in environ.get("HTTP_COOKIE", "")):
                return self._app(environ, start_response)
            start_response("503 Service Unavailable", [("Retry-After", "5"), ("Content-Length", "0")])
            return [b""]
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            environ["wsgi.input_terminated"] = True  # the server ends the body: it may be read without a length
        self.under_way += 1
        try:
            return self._app(environ, start_response)
        finally:
            self.under_way -= 1

    def drain(self) -> None:
        """Wait until what began is finished, a few seconds at the most."""
        until = time.monotonic() + _FINISH_WITHIN_S
        while self.under_way > 0 and time.monotonic() < until:
            time.sleep(0.02)


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def serve_threads(app: Any, listener: socket.socket, stopping: threading.Event) -> None:
    """Serve on plain threads (``async_mode = "threading"``) until ``stopping`` is set."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True, fd=listener.fileno())
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stopping.wait()
    server.shutdown()
