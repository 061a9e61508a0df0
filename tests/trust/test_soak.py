"""F21: a hall works on and on, screens and phones come and go, and the server stays as it was: memory and open files.

A quarter of the sustained load: five numbers and five whole services a second, a phone for each number, walls that
lose their line. The pace of the answers is noted, not judged.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.world import busy_hall as hall
from tests.world.figures import Tally
from tests.world.percentile import percentile
from tests.world.server import Server
from tests.world.wire import Crowd, Http, rss_kib
from tests.world.working_day import Day

PER_SECOND, WALLS, PHONES = 5, 40, 25
LEFT_S = 15
SOAK = "seconds of five numbers and five services a second, screens and phones coming and going"


def warm_up(seconds: float) -> float:
    """How long before the first look: Python's heap has found its size after some thousand visits."""
    return min(600.0, max(6.0, seconds / 3))


def allowed(seconds: float) -> float:
    """By which part the memory may grow; a short soak begins in the middle of the warm-up."""
    return 0.05 if warm_up(seconds) >= 600 else 0.2


@dataclass(frozen=True)
class Holds:
    """What the server's process holds."""

    kib: int
    files: int

    @classmethod
    def of(cls, pid: int) -> "Holds":
        """As the system counts it."""
        return cls(rss_kib(pid), len(list(Path(f"/proc/{pid}/fd").iterdir())))


class Patient(hall.Caller):
    """A caller who is told that the server is busy asks again; nothing was done."""

    async def issue(self, http: Http, n: int) -> tuple[dict, float]:
        """One ticket."""
        return await taken(lambda: hall.Caller.issue(self, http, n))

    async def verb(self, http: Http, counter: int, verb: str) -> tuple[dict, float]:
        """One verb at a counter."""
        return await taken(lambda: hall.Caller.verb(self, http, counter, verb))


async def taken(ask: Callable[[], Awaitable[tuple[dict, float]]]) -> tuple[dict, float]:
    """The answer to what is asked until the server is not too busy for it."""
    while True:
        try:
            return await ask()
        except RuntimeError as error:
            if ": 503 " not in str(error):
                raise
            await asyncio.sleep(0.2)


class Soak(Day):
    """A day in which each visitor opens the phone's page, and a wall loses its line with each number."""

    def __init__(self, caller: hall.Caller) -> None:
        super().__init__(caller, PER_SECOND)
        self.walls = [self.screen(screen="wall") for _ in range(WALLS)]
        self.phones: list[Crowd] = []

    def screen(self, **auth: str) -> Crowd:
        """A single screen."""
        return Crowd(self.caller.port, {"site": hall.SITE, **auth})

    async def taken(self, ticket: dict) -> None:
        """A phone looks at its number, until as many others have come after it."""
        self.phones.append(self.screen(screen="phone", token=ticket["token"]))
        wall = self.walls[len(self.issued) % WALLS]
        wall.leave()
        await asyncio.gather(self.phones[-1].join(), wall.grow(1))
        if len(self.phones) > PHONES:
            self.phones.pop(0).leave()

    def leave(self) -> None:
        """Everybody's line is cut."""
        for one in (*self.walls, *self.phones):
            one.leave()
        self.phones.clear()


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Server, hall.People]]:
    """The benchmark's hall; broken on purpose if the test says so."""
    config = hall.write_config(tmp_path / "config")
    people = hall.prepare(config, tmp_path / "data", 100)
    broken = getattr(request, "param", "")
    made = Server(tmp_path / "data", config=config, environ={"TEST_SABOTAGE": broken} if broken else {})
    made.start()
    yield made, people
    made.kill()


async def soak(server: Server, people: hall.People, seconds: float, row: Tally | None) -> tuple[Holds, Holds]:
    """What the server holds when everybody has left, after a warm-up and after the soak."""
    day, pid, held = Soak(Patient(server.port, people)), server.process.pid, []
    for length in (warm_up(seconds), seconds):
        day.issued.clear()
        day.called.clear()
        await day.live(length)
        day.leave()
        await all_gone(server, held[0].files if held else None)
        held.append(Holds.of(pid))
    if row:
        third = len(day.called) // 3
        paces = [percentile(part, 0.99) * 1000 for part in (day.called[:third], day.called[-third:])]
        row.note(f"call-next p99 {paces[0]:.0f} ms in the first third, {paces[1]:.0f} ms in the last")
    assert not [n for n, times in day.numbers.items() if times > 1]
    return held[0], held[1]


async def all_gone(server: Server, most: int | None) -> None:
    """The server has noticed that every line was cut: it holds no more files than ``most``, or ever the same number."""
    until, files = time.monotonic() + LEFT_S, -1
    while time.monotonic() < until:
        before, files = files, Holds.of(server.process.pid).files
        if files == before if most is None else files <= most:
            return
        await asyncio.sleep(1)


def apart(hours: Coroutine[Any, Any, tuple[Holds, Holds]]) -> tuple[Holds, Holds]:
    """Run in a thread of its own: the browser tests of the same process keep a loop of theirs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, hours).result()


def grown(before: Holds, after: Holds) -> tuple[float, int]:
    """By which part the memory grew, and by how many open files."""
    return after.kib / before.kib - 1, after.files - before.files


@pytest.mark.night
def test_a_hall_that_works_on_leaves_the_server_as_it_was(server, figure):
    row = figure("F21", SOAK)
    seconds = row.size(ci=10, night=28_800)
    before, after = apart(soak(*server, seconds, row))
    memory, files = grown(before, after)
    row.note(f"memory {memory:+.1%} of {before.kib / 1024:.0f} MiB, open files {files:+d}")
    row.count(seconds, lost=int(memory >= allowed(seconds) or files > 0))
    assert memory < allowed(seconds) and files <= 0, f"{before} became {after}"


@pytest.mark.night
@pytest.mark.parametrize("server", ["screens_that_stay"], indirect=True)
def test_control_a_server_that_keeps_what_has_gone_is_noticed(server, figure):
    memory, files = grown(*apart(soak(*server, 6, None)))
    assert memory > allowed(6) and files > 0
    figure("F21", SOAK).caught("what was kept for a screen stays", f"memory {memory:+.0%}, open files {files:+d}")
