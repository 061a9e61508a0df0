"""A hall under siege: an officer who goes on calling, and strangers who drip, pour, knock and shout meanwhile."""

import contextlib
import re
import shutil
import socket
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import requests

from queue_server import places
from tests.world.figures import Tally
from tests.world.mall import Mall, open_mall

HEAD_S, BODY_S = 2, 2  # instead of 10 and 15: the same rule, and the test does not wait so long
PACE_S = 0.05  # an officer's breath between two visitors
SOON_S = 0.3  # within which half of the calls must be answered (F16) …
AS_ALONE = 4  # … or within as many times what they take at the same machine with no stranger about
CUT = 1  # press of a key that a test without a turn may have made so slowly that it was cut off like a stranger's
MEGABYTE = 1 << 20


def besieged(folder: Path, sabotage: str = "", limits: str = "", head_s: int = HEAD_S) -> Mall:
    """Both malls behind a gate that loses patience quickly, or waits as long for a head as a test wants."""
    config = folder / "config"
    shutil.copytree(places.CONFIG / "sites", config / "sites")
    told = f"[limits]\nrequest_head_within_s = {head_s}\nrequest_body_within_s = {BODY_S}\n{limits}"
    (config / "server.toml").write_text(told)
    return open_mall(folder, config=config, environ={"TEST_SABOTAGE": sabotage} if sabotage else {})


def resident_kb(mall: Mall) -> int:
    """The server's memory."""
    status = Path(f"/proc/{mall.server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


@dataclass
class Work:
    """What an officer met: how long each call took, alone and meanwhile, and every status."""

    mall: Mall
    alone_s: list[float] = field(default_factory=list)
    calls_s: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    cut: int = 0

    def check(self, row: Tally) -> None:
        """She worked on: nothing was answered 5xx, and half of her calls within 300 ms."""
        usual, alone = statistics.median(self.calls_s), statistics.median(self.alone_s)
        row.note(f"a call meanwhile {usual * 1000:.0f} ms (median of {len(self.calls_s)})")
        assert len(self.calls_s) >= 5 and max(self.statuses) < 500 and self.cut <= CUT, (self.statuses, self.cut)
        assert usual <= max(SOON_S, AS_ALONE * alone), (alone, sorted(self.calls_s)[-5:])

    def one_visitor(self) -> float:
        """Takes a number, is called, served and seen off; how long the call took."""
        self.press(lambda key: self.mall.kiosk.issue("lebak", "ktp-cetak", key=key))
        began = time.perf_counter()
        self.verb("call-next")
        took = time.perf_counter() - began
        for verb in ("serve", "finish"):
            self.verb(verb)
        return took

    def verb(self, verb: str) -> None:
        """At her counter."""
        self.press(lambda key: self.mall.sari.verb("lebak", "5", verb, key=key))

    def press(self, send: Callable[[str], requests.Response]) -> None:
        """A key, and the same again where the connection was cut off."""
        key = uuid.uuid4().hex
        while True:
            try:
                self.statuses.append(send(key).status_code)
                return
            except requests.ConnectionError:
                self.cut += 1
                if self.cut > CUT:
                    raise


@contextlib.contextmanager
def at_work(mall: Mall) -> Iterator[Work]:
    """Sari calls, serves and finishes one visitor after another while the block runs."""
    work, over = Work(mall), threading.Event()
    mall.begin_anew()
    assert mall.sari.verb("lebak", "5", "open").status_code == 200
    work.alone_s += [work.one_visitor() for _ in range(3)]

    def day() -> None:
        while not over.is_set() or len(work.calls_s) < 5:
            work.calls_s.append(work.one_visitor())
            time.sleep(PACE_S)

    thread = threading.Thread(target=day)
    thread.start()
    try:
        yield work
    finally:
        over.set()
        thread.join()


class Drip:
    """A connection that begins a request and then says a byte now and then, for ever."""

    def __init__(self, mall: Mall, beginning: bytes) -> None:
        self.beginning, self.began, self.lasted_s = beginning, time.monotonic(), None
        self.line = socket.create_connection(("127.0.0.1", mall.server.port), timeout=60)
        self.line.sendall(beginning)
        self.line.setblocking(False)

    def drop(self) -> None:
        """One more byte; notice that the server has hung up."""
        try:
            while self.line.recv(4096):  # an answer is no end: the connection is still held
                pass
            self._ended()
        except BlockingIOError:
            self._say()
        except OSError:
            self._ended()

    def _say(self) -> None:
        try:
            self.line.send(b"x")
        except BlockingIOError:
            pass
        except OSError:
            self._ended()

    def _ended(self) -> None:
        self.lasted_s = time.monotonic() - self.began
        self.line.close()


def drip(mall: Mall, beginnings: list[bytes], seconds: float) -> list[Drip]:
    """One for each at once, until all are ended or the time is over; those that are still there."""
    drips = [Drip(mall, beginning) for beginning in beginnings]
    until = time.monotonic() + seconds
    alive = drips
    while alive and time.monotonic() < until:
        for one in alive:
            one.drop()
        alive = [one for one in alive if one.lasted_s is None]
        time.sleep(0.25)
    for one in alive:
        one.line.close()
    return alive


def pour(mall: Mall, beginning: bytes, chunk: bytes, most: int, *, listen: bool = True) -> tuple[str, int, bool]:
    """Send on and on; the answer's first line, how many bytes went out, and whether the server hung up.

    ``listen``: stop when there is an answer, as an honest client would; else go on to the bitter end.
    """
    sent, answer, ended = 0, b"", False
    with socket.create_connection(("127.0.0.1", mall.server.port), timeout=60) as line:
        line.sendall(beginning)
        line.settimeout(60)
        try:
            while sent < most and not (listen and answer):
                line.sendall(chunk)
                sent += len(chunk)
                answer = answer or _heard(line)
            answer = answer or line.recv(4096)
        except OSError:
            ended = True
            with contextlib.suppress(OSError):  # it may have been said before the connection was cut
                answer = answer or line.recv(4096)
    return answer.split(b"\r\n")[0].decode("latin-1"), sent, ended


def _heard(line: socket.socket) -> bytes:
    line.settimeout(0.01)
    try:
        return line.recv(4096)
    except TimeoutError:
        return b""
    finally:
        line.settimeout(60)
