"""Nudges between processes over Redis or Valkey: "this site has moved". Never truth, so anything may happen to them.

A nudge names a site and where it stands, or the enrolled screens that this process hears; the others then look into
the database. Sending is a worker's, so that no command ever waits for Redis; a nudge that cannot be sent within half a
second is dropped, and the others look a second later by themselves.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import structlog

from ..domain.absence import Place

CHANNEL = "antrean"
_TIMEOUT_S = 0.5
_AGAIN_S = 1.0  # between attempts while Redis is away
_LISTEN_S = 5.0

log = structlog.get_logger()

_SEEN = "seen"  # how word of a screen begins

Heard = Callable[[str, int, int], None]  # site, epoch, revision


class Nudges:
    """Both directions, each a worker of its own. ``missed()`` is called when something may have gone unheard.

    Raises ModuleNotFoundError if the client library is not installed.
    """

    def __init__(
        self, url: str, heard: Heard, missed: Callable[[], None], seen: Callable[[Place], None] = lambda place: None
    ) -> None:
        self._client, self._heard, self._missed, self._seen = _client(url), heard, missed, seen
        self._due: dict[str, tuple[int, int]] = {}
        self._screens: dict[Place, None] = {}
        self._wake = threading.Event()
        self.listening = False  # whether Redis is there, as far as we know

    def send(self, site: str, epoch: int, revision: int) -> None:
        """Have the others told; returns at once. Of several for one site the newest is enough."""
        self._due[site] = (epoch, revision)
        self._wake.set()

    def send_seen(self, place: Place) -> None:
        """Have the others told that an enrolled screen was heard here; returns at once."""
        self._screens[place] = None
        self._wake.set()

    def run_sending(self) -> None:
        """Send for ever."""
        while True:
            self._wake.wait()
            self._wake.clear()
            while word := self._next():
                try:
                    self._client.publish(CHANNEL, word)
                except Exception:  # whatever the library calls it: the listener says so, once
                    self._due.clear()
                    self._screens.clear()
                    time.sleep(_AGAIN_S)

    def _next(self) -> str:
        """The next word to say, commits first; None when all is said."""
        if self._due:
            site, (epoch, revision) = self._due.popitem()
            return f"{site} {epoch} {revision}"
        if self._screens:
            return json.dumps([_SEEN, *astuple(self._screens.popitem()[0])])
        return ""

    def run_listening(self) -> None:
        """Listen for ever, through every loss of Redis; what was missed meanwhile is looked up."""
        while True:
            try:
                self._listen()
            except Exception as error:
                if self.listening:
                    log.warning("message_queue_lost", why=type(error).__name__)
                self.listening = False
            time.sleep(_AGAIN_S)

    def _listen(self) -> None:
        with self._client.pubsub() as channel:
            channel.subscribe(CHANNEL)
            asked = False
            while True:
                message = channel.get_message(timeout=_LISTEN_S)
                if message is None and asked:
                    raise TimeoutError("no answer")  # a host that is gone without a word takes what it is sent
                if asked := message is None:
                    channel.ping()
                elif message["type"] == "subscribe":
                    self.listening = True
                    self._missed()
                elif message["type"] == "message":
                    self._take(message["data"])

    def _take(self, data: bytes) -> None:
        """Ignore what is no nudge of ours."""
        try:
            said = data.decode()
            if said.startswith("["):
                self._take_seen(json.loads(said))
                return
            site, epoch, revision = said.split(" ")
            self._heard(site, int(epoch), int(revision))
        except (ValueError, RecursionError):
            return

    def _take_seen(self, said: list[Any]) -> None:
        kind, *place = said
        device, site, screen, counter = place
        if kind == _SEEN and all(isinstance(part, str) for part in (device, site, screen, counter or "")):
            self._seen(Place(device, site, screen, counter))


def _client(url: str) -> Any:
    """A client that gives up soon and tries once: what is lost is lost, by design."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return redis.Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_S,
        socket_connect_timeout=_TIMEOUT_S,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 0),
    )
