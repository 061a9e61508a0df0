"""The time that servers lived through: while they or the whole machine had no turn, none has passed.

A promise of two seconds holds where there is a processor for it; where four files of tests share two of them a
second may be gone before anybody did anything. So such a test counts by the servers' own pulse.
"""

import contextlib
import threading
import time

import requests

from tests.world.server import PATIENCE_S, Server

_EVERY_S = 0.04
_MOST_S = 0.15  # that may have passed between two beats; a server at rest takes a third of it


class Pulse:
    """Asks the servers, one after the other and again and again, whether they live. ``with Pulse(server) as pulse``."""

    def __init__(self, *servers: Server) -> None:
        self._servers = servers
        self._lived_s, self._beat = 0.0, time.monotonic()
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._feel, daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def now(self) -> float:
        """Seconds of a clock that stands still while a beat is late."""
        with self._lock:
            return self._lived_s + min(time.monotonic() - self._beat, _MOST_S)

    def _feel(self) -> None:
        with requests.Session() as http:
            while not self._over.wait(_EVERY_S):
                for server in self._servers:
                    with contextlib.suppress(requests.RequestException):
                        http.get(f"{server.url}/healthz", timeout=PATIENCE_S)
                with self._lock:
                    now = time.monotonic()
                    self._lived_s += min(now - self._beat, _MOST_S)
                    self._beat = now
