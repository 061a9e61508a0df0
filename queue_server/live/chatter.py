"""Sockets carry no orders, so nobody has much to say on one: who says more than a screen ever would is hung up on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_MINUTE_S = 60.0


@dataclass
class Chatter:
    """Counts what each connection said in its present minute: every packet, whatever it asks for."""

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    said: dict[str, tuple[float, int]] = field(default_factory=dict)  # connection -> (minute began, packets in it)

    def may_speak(self, connection: str) -> bool:
        """Count a packet; False for the first one too many."""
        now = self.clock()
        began, count = self.said.get(connection, (now, 0))
        if now - began >= _MINUTE_S:
            began, count = now, 0
        self.said[connection] = (began, count + 1)
        return count < self.per_minute

    def forget(self, connection: str) -> None:
        """It has gone."""
        self.said.pop(connection, None)


def attach(server: Any, chatter: Chatter) -> None:
    """Stand between the wire and a Socket.IO server: what is one too many is not heard, and its connection ends."""
    hear, end = server.eio.handlers["message"], server.eio.handlers["disconnect"]

    def message(connection: str, data: Any) -> Any:
        if chatter.may_speak(connection):
            return hear(connection, data)
        return server.eio.disconnect(connection)

    def disconnect(connection: str, *reason: Any) -> Any:
        chatter.forget(connection)
        return end(connection, *reason)

    server.eio.on("message", message)
    server.eio.on("disconnect", disconnect)
