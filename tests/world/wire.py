"""The load client: lean HTTP and WebSocket on asyncio, loopback only. It must cost less than what it measures."""

import asyncio
import json
import os
import random
import re
import resource
import time
from collections import defaultdict
from typing import Any

_REVISION = re.compile(rb'"revision":\s*(\d+)')
_NAMESPACE = b"/live,"
_COMES_AGAIN_S = 0.5, 5.0  # as our pages: after the first refusal, and at the most; each time twice as long
NO_MASK = b"\0\0\0\0"  # a client must mask its frames; masking with nought is legal and costs nothing


def raise_file_limit() -> None:
    """As many sockets as the system allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Http(asyncio.Protocol):
    """One kept-alive connection; one request at a time."""

    def __init__(self) -> None:
        self._got = b""
        self._answer: asyncio.Future | None = None

    @classmethod
    async def to(cls, port: int, headers: dict[str, str] | None = None) -> "Http":
        """Connect; ``headers`` go with every request."""
        self = cls()
        self._port = port
        self._headers = "".join(f"{k}: {v}\r\n" for k, v in {"Host": f"127.0.0.1:{port}", **(headers or {})}.items())
        await self._connect()
        return self

    async def _connect(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self._port)

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, end, body = self._got.partition(b"\r\n\r\n")
        if not end:
            return
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if len(body) >= (int(length[1]) if length else 0):
            self._got = b""
            if not self._answer.done():  # nobody waits for it any more
                self._answer.set_result((int(head[9:12]), body))

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes, float]:
        """Status, body and the seconds from the first byte sent to the last received."""
        own = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
        sent = b"" if method == "GET" else json.dumps({} if body is None else body).encode()
        if method != "GET":
            own += f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
        if self.transport.is_closing():  # a server hangs up on who says nothing for long: into nothing one waits long
            await self._connect()
        self._answer = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.transport.write(f"{method} {path} HTTP/1.1\r\n{self._headers}{own}\r\n".encode() + sent)
        status, answer = await asyncio.wait_for(self._answer, 60)
        return status, answer, time.perf_counter() - began

    async def must(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[Any, float]:
        """As ``ask``, with the JSON of an answer that has to be 2xx."""
        status, answer, took = await self.ask(method, path, body, **headers)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {answer[:300]!r}")
        return (json.loads(answer) if answer.startswith((b"{", b"[")) else answer), took

    def close(self) -> None:
        """Hang up."""
        self.transport.abort()


def _frame(text: bytes) -> bytes:
    size = len(text)
    head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE]) + size.to_bytes(2)
    return head + NO_MASK + text


class Screen(asyncio.Protocol):
    """One Socket.IO client over a WebSocket: tells its crowd what it hears, answers pings."""

    def __init__(self, crowd: "Crowd") -> None:
        self._crowd, self._got, self._upgraded = crowd, b"", False
        self.current = False  # it has heard what is true now, so it is in its rooms
        self.refusals = 0  # so often it was turned away

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        transport.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{self._crowd.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        self._crowd.lost += 1

    def data_received(self, data: bytes) -> None:
        got = self._got + data if self._got else data
        if not self._upgraded:
            head, end, got = got.partition(b"\r\n\r\n")
            if not end:
                self._got = head
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.transport.abort()
                self._crowd.is_turned_away(self)
                return
            self._upgraded = True
        while len(got) >= 2:
            size, at = got[1] & 0x7F, 2
            if size == 126:
                size, at = int.from_bytes(got[2:4]), 4
            elif size == 127:
                size, at = int.from_bytes(got[2:10]), 10
            if len(got) < at + size:
                break
            self._hear(got[at : at + size])
            got = got[at + size :]
        self._got = got

    def _hear(self, text: bytes) -> None:
        if text[:2] == b"42":
            self._crowd.hear(self, text)
        elif text == b"2":
            self.transport.write(_frame(b"3"))
        elif text[:1] == b"0":
            self.transport.write(_frame(b"40" + _NAMESPACE + self._crowd.auth))


class Crowd:
    """Many screens of one kind, and when the last of them heard what."""

    def __init__(self, port: int, auth: dict[str, Any]) -> None:
        self.port, self.auth = port, json.dumps(auth).encode()
        self.screens: list[Screen] = []
        self.lost = self.refused = 0
        self._heard: dict[tuple[str, int], list] = defaultdict(lambda: [0, 0.0])
        self.newest: dict[str, int] = defaultdict(int)
        self.current = 0  # screens that have their board; another screen's second board is not one more
        self._waiting: list[tuple[Any, asyncio.Future]] = []
        self._coming: list[asyncio.Future] = []
        self._instead: dict[Screen, Screen] = {}  # of those that were turned away

    def hear(self, screen: Screen, text: bytes) -> None:
        """A message arrived at one screen."""
        now = time.perf_counter()
        kind = text[len(_NAMESPACE) + 4 :].split(b'"', 1)[0].decode()
        if kind == "board" and not screen.current:
            screen.current = True
            self.current += 1
        found = _REVISION.search(text)
        revision = int(found[1]) if found else 0
        self.newest[kind] = max(self.newest[kind], revision)
        one = self._heard[kind, revision]
        one[0] += 1
        one[1] = now
        for ready, done in self._waiting:
            if not done.done() and ready():
                done.set_result(now)

    async def grow(self, count: int, at_once: int = 100) -> None:
        """Connect until ``count`` screens have their board.

        Only then is each of them in its room: what is told earlier need not reach the newest.
        """
        loop = asyncio.get_running_loop()
        missing = count - len(self.screens)
        for start in range(0, missing, at_once):
            batch = [self._one(loop) for _ in range(min(at_once, missing - start))]
            came = await asyncio.gather(*batch)
            self.screens += came
        await self.until(lambda: self.current >= count, 60)

    async def join(self) -> None:
        """One more screen, of a kind that is not told the board."""
        self.screens.append(await self._one(asyncio.get_running_loop()))

    def is_turned_away(self, screen: Screen) -> None:
        """One was told to come again later, and does, as a browser would."""
        self.refused += 1
        self._coming.append(asyncio.ensure_future(self._again(screen)))

    async def _again(self, screen: Screen) -> None:
        first, most = _COMES_AGAIN_S
        await asyncio.sleep(min(first * 2**screen.refusals, most) * random.uniform(0.5, 1.5))
        new = await self._one(asyncio.get_running_loop())
        new.refusals = screen.refusals + 1
        self._instead[screen] = new

    async def _one(self, loop: asyncio.AbstractEventLoop) -> Screen:
        _, screen = await loop.create_connection(lambda: Screen(self), "127.0.0.1", self.port)
        return screen

    async def until(self, ready: Any, seconds: float = 15) -> float:
        """When ``ready`` came true."""
        if ready():
            return time.perf_counter()
        one = (ready, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        try:
            return await asyncio.wait_for(one[1], seconds)
        finally:
            self._waiting.remove(one)

    async def last_hears(self, kind: str, revision: int) -> float:
        """When the last of all screens had heard it."""
        key = (kind, revision)
        try:
            await self.until(lambda: self._heard[key][0] >= len(self.screens))
        except TimeoutError:
            heard = f"{self._heard[key][0]} of {len(self.screens)} ({self.lost} lost, {self.refused} refused)"
            raise RuntimeError(f"{kind} {revision} was heard by {heard}") from None
        return self._heard[key][1]

    def leave(self) -> None:
        """All hang up at once, without a word, as when the power goes."""
        for one in self._coming:
            one.cancel()
        for screen in (*self.screens, *self._instead.values()):
            screen.transport.abort()
        self._instead.clear()
        self.screens, self.current = [], 0


def rss_kib(pid: int) -> int:
    """A process's resident memory."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
