"""A screen on the wire: a real Socket.IO client over WebSocket that remembers all it hears."""

import threading
import time
from collections.abc import Callable
from typing import Any

import engineio
import socketio
from socketio.exceptions import ConnectionError

from tests.world.mall import Caller, Mall

NAMESPACE = "/live"
PATIENCE_S = 60.0  # with what must be heard, however busy the machine is


class Refused(Exception):
    """The server would not let this screen in; the code it gave."""


class _InOrder(engineio.Client):
    """The library's client gives each message a thread of its own, which may overtake each other; this one does not."""

    def _trigger_event(self, event: str, *args: Any, **options: Any) -> Any:
        return super()._trigger_event(event, *args, **options | {"run_async": False})


class _Client(socketio.Client):
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _InOrder


class Screen:
    """One connection. ``heard`` holds (message, document) in the order of arrival."""

    def __init__(self, mall: Mall, auth: Any, who: Caller | None = None, **headers: str) -> None:
        self.mall, self.heard = mall, []
        self._more = threading.Condition()
        ticket = headers.pop("ticket", None)  # in the address of the handshake, as our phone page has it
        origin = headers.pop("Origin", None)  # else the client says the server's own, as a page of ours would
        options = {"origin": origin} if origin else {}
        self.client = _Client(reconnection=False, request_timeout=PATIENCE_S, websocket_extra_options=options)
        self.client.on("*", self._hear, namespace=NAMESPACE)
        refusal: list[Any] = []
        self.client.on("connect_error", refusal.append, namespace=NAMESPACE)
        if who is not None and "session" in who.http.cookies:
            headers["Cookie"] = f"session={who.http.cookies['session']}"
        try:
            self.client.connect(
                mall.server.url + (f"?ticket={ticket}" if ticket else ""),
                headers=headers,
                auth=auth,
                namespaces=[NAMESPACE],
                transports=["websocket"],
                wait_timeout=PATIENCE_S,
            )
        except ConnectionError as error:
            self.close()
            raise Refused(refusal[0] if refusal else str(error)) from None

    def _hear(self, message: str, *said: Any) -> None:
        with self._more:
            self.heard.append((message, *said))
            self._more.notify_all()

    def wait(self, condition: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
        """Wait until something is true of what was heard; its value."""
        deadline = time.monotonic() + seconds
        with self._more:
            while not (value := condition()):
                left = deadline - time.monotonic()
                assert left > 0, f"not heard within {seconds} s; heard {[m for m, *_ in self.heard]}"
                self._more.wait(min(left, 0.1))
            return value

    def documents(self, message: str) -> list[dict[str, Any]]:
        """All documents of a kind, each held to its schema."""
        found = [said[0] for name, *said in list(self.heard) if name == message]
        for document in found:
            self.mall.sockets.check_message(message, document)
        return found

    def hear(
        self, message: str, such_that: Callable[[dict], Any] = lambda d: True, seconds: float = PATIENCE_S
    ) -> dict[str, Any]:
        """The first document of a kind such that … is true."""
        return self.wait(lambda: next((d for d in self.documents(message) if such_that(d)), None), seconds)

    def kinds(self) -> set[str]:
        """Which messages came at all, beats aside."""
        return {message for message, *_ in self.heard} - {"beat"}

    def say(self, event: str, *what: Any) -> None:
        """Send something."""
        self.client.emit(event, *what, namespace=NAMESPACE)

    def is_cut(self) -> bool:
        """Whether the server hung up."""
        return NAMESPACE not in self.client.namespaces

    def close(self) -> None:
        """Hang up."""
        self.client.disconnect()
