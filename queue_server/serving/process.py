"""Serving: the listening socket, what eventlet must not be asked for, and an orderly end."""

import gc
import os
import resource
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..apart import Apart, here
from ..clock import utc_now
from .connections import Connections
from .patience import Patience

_BACKLOG = 2048
_MOST_CONNECTIONS = 20_000
_FILES_OF_OUR_OWN = 512  # databases, logs, copies


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


def raise_file_limit() -> int:
    """As many files as the system allows this process; how many of them may be connections."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return min(_MOST_CONNECTIONS, max(hard - _FILES_OF_OUR_OWN, hard // 2))


def collect_seldom() -> None:
    """Look for garbage rarely: what exists now lives for ever, and most of what is made is gone without a search."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def begin_anew(port: int) -> None:
    """Become a new process of the same command, number and output, on the port that screens know: all else closes."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--port", str(port)])


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the process runs on: how it serves, where slow C code and long reckoning go, the time. The entry chooses."""

    serve: Callable[[Any, socket.socket, threading.Event, Patience, Connections], None]
    off_hub: Callable[..., Any] = lambda function, *args: function(*args)
    apart: Apart = here
    clock: Callable[[], datetime] = utc_now
    begin_anew: Callable[[int], None] = begin_anew


def process_name() -> str:
    """What this process is called where several serve one database: machine, number, and a word of this start."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(3)}"


def stop_on_signals() -> tuple[threading.Event, threading.Event]:
    """Two events that SIGTERM and SIGINT set: the first may be set by others too, the second says that they came."""
    stopping, asked = threading.Event(), threading.Event()

    def stop(*_: Any) -> None:
        asked.set()
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping, asked


def serve_threads(
    app: Any, listener: socket.socket, stopping: threading.Event, patience: Patience, room: Connections
) -> None:
    """Serve on plain threads (``async_mode = "threading"``) until ``stopping`` is set.

    A thread waits for its client however slow it is: in this mode a proxy in front must be the one who loses patience.
    """
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True, fd=listener.fileno())
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stopping.wait()
    server.shutdown()
