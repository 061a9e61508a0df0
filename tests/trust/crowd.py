"""Many screens in one process: raw Socket.IO over WebSocket on asyncio, a few hundred bytes of state each.

``python -m tests.trust.crowd PORT SITE COUNT PATIENCE`` connects COUNT walls, each within PATIENCE seconds, and prints
a line of JSON when all that can are in; then it prints another when every one has heard a call, or after a minute.
"""

import asyncio
import base64
import json
import os
import resource
import struct
import sys
import time

WELCOME_S, HEAR_S, AT_ONCE = 240, 60, 40


def frame(text: str) -> bytes:
    """A client's text frame; the mask is zero, which leaves the bytes as they are."""
    data = text.encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
    return b"\x81" + length + b"\0\0\0\0" + data


async def read_frame(reader: asyncio.StreamReader) -> str:
    """The text of the server's next frame. Raises IncompleteReadError when the server has gone."""
    head = await reader.readexactly(2)
    length = head[1] & 0x7F
    if length >= 126:
        size = 2 if length == 126 else 8
        length = int.from_bytes(await reader.readexactly(size), "big")
    return (await reader.readexactly(length)).decode()


class Screen:
    """One wall: connects, is welcomed with a board, hears calls."""

    def __init__(self, port: int, site: str) -> None:
        self.port, self.site = port, site
        self.welcomed, self.heard_at = False, 0.0

    async def connect(self) -> None:
        """Open the socket and wait for the first board. Raises OSError or IncompleteReadError if that fails."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        key = base64.b64encode(os.urandom(16)).decode()
        path = "/socket.io/?EIO=4&transport=websocket"
        head = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade"]
        head += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]
        self.writer.write("\r\n".join(head).encode())
        answer = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise OSError(answer[:80])
        while not self.welcomed:
            self.take(await read_frame(self.reader))

    def take(self, text: str) -> None:
        """Answer the protocol's own messages; note a welcome and a call."""
        if text.startswith("0"):
            self.writer.write(frame("40/live," + json.dumps({"site": self.site, "screen": "wall"})))
        elif text == "2":
            self.writer.write(frame("3"))
        elif text.startswith('42/live,["board"'):
            self.welcomed = True
        elif text.startswith('42/live,["call"'):
            self.heard_at = time.monotonic()

    async def listen(self) -> None:
        """Read until a call was heard."""
        while not self.heard_at:
            self.take(await read_frame(self.reader))


async def crowd(port: int, site: str, count: int, patience_s: float) -> None:
    """Connect everybody, say so, and wait for the call."""
    door, full = asyncio.Semaphore(AT_ONCE), asyncio.Event()

    async def enter(screen: Screen) -> None:
        async with door:
            if full.is_set():
                return
            try:
                await asyncio.wait_for(screen.connect(), patience_s)
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                full.set()  # who is refused proves it; a hundred more would only take longer

    screens = [Screen(port, site) for _ in range(count)]
    began = time.monotonic()
    await asyncio.wait([asyncio.create_task(enter(s)) for s in screens], timeout=WELCOME_S)
    inside = [s for s in screens if s.welcomed]
    print(json.dumps({"welcomed": len(inside), "seconds": round(time.monotonic() - began, 2)}), flush=True)
    listening = [asyncio.create_task(s.listen()) for s in inside]
    await asyncio.wait(listening, timeout=HEAR_S)
    heard = [s.heard_at for s in inside if s.heard_at]
    spread = round(max(heard) - min(heard), 3) if heard else None
    print(json.dumps({"heard": len(heard), "spread_s": spread}), flush=True)
    os._exit(0)  # a thousand polite goodbyes prove nothing


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(crowd(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
