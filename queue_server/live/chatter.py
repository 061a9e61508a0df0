"""Sockets carry no orders, so nobody has much to say on one: who says more than a screen ever would is hung up on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from socketio import packet

_MINUTE_S = 60.0
_SPOKEN = (packet.CONNECT, packet.DISCONNECT, packet.EVENT)  # all that a screen ever says


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
    """Stand between the wire and a Socket.IO server: what is one too many, or no screen's word, ends the socket."""
    hear, end = server.eio.handlers["message"], server.eio.handlers["disconnect"]

    def message(connection: str, data: Any) -> Any:
        if chatter.may_speak(connection) and _is_a_word(server, data):
            return hear(connection, data)
        return server.eio.disconnect(connection)

    def disconnect(connection: str, *reason: Any) -> Any:
        chatter.forget(connection)
        return end(connection, *reason)

    server.eio.on("message", message)
    server.eio.on("disconnect", disconnect)


def _is_a_word(server: Any, data: Any) -> bool:
    """Whether it is a packet that a screen may send. Whatever else would end in an error, logged for each."""
    try:
        said = server.packet_class(encoded_packet=data)
        named = isinstance(said.data, list) and said.data and isinstance(said.data[0], str)
        return said.packet_type in _SPOKEN and (said.packet_type != packet.EVENT or bool(named))
    except (ValueError, IndexError, TypeError, RecursionError):
        return False
