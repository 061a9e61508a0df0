"""A sustained day: twenty numbers and twenty calls a second, with walls listening, for as long as is asked."""

import asyncio
import contextlib
import time
from collections import Counter
from pathlib import Path

from .figures import Row, number, percentile
from .hall import COUNTERS, SERVICES, SITE, Caller, NobodyWaits, prepare, serving, write_config
from .wire import Crowd, Http, rss_kib

_PER_SECOND = 20
_WALLS = 100
_SLICE = 0.1  # of the run at its start and end that are compared


async def run(folder: Path, seconds: float) -> list[Row]:
    """All rows of this module."""
    config, data = write_config(folder / "config"), folder / "day"
    people = prepare(config, data, 200)
    with serving(config, data) as process:
        day = Day(Caller(process.port, people))
        walls = Crowd(process.port, {"site": SITE, "screen": "wall"})
        await walls.grow(_WALLS)
        before = rss_kib(process.pid)
        await day.live(seconds)
        grown = rss_kib(process.pid) - before
    return [*day.rows(seconds), Row("… memory of the server after it", f"+{grown / 1024:.1f} MiB")]


class Day:
    """Visitors and officers, each at their own pace whatever the server's."""

    def __init__(self, caller: Caller, per_second: int = _PER_SECOND) -> None:
        self.caller, self.per_second = caller, per_second
        self.numbers: Counter[str] = Counter()
        self.issued: list[float] = []
        self.called: list[float] = []
        self.late = 0

    async def live(self, seconds: float) -> None:
        """Open loop: what is due is asked for at its time; what does not fit any more counts as late."""
        kiosks = [await self.caller.kiosk() for _ in range(8)]
        officers = [(c, await self.caller.officer(c)) for c in range(COUNTERS)]
        free: asyncio.Queue[Http] = asyncio.Queue()
        desks: asyncio.Queue[tuple[int, Http]] = asyncio.Queue()
        for kiosk in kiosks:
            free.put_nowait(kiosk)
        for desk in officers:
            desks.put_nowait(desk)
        began, tasks = time.perf_counter(), set()
        for n in range(int(seconds * self.per_second)):
            due = began + n / self.per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self.late += time.perf_counter() - due > 0.5
            tasks |= {asyncio.create_task(self._visit(free, n)), asyncio.create_task(self._serve(desks))}
        await asyncio.gather(*tasks)
        for http in (*kiosks, *(officer for _, officer in officers)):
            http.close()

    async def _visit(self, free: asyncio.Queue, n: int) -> None:
        kiosk = await free.get()
        ticket, took = await self.caller.issue(kiosk, n % len(SERVICES))
        free.put_nowait(kiosk)
        self.numbers[ticket["number"]] += 1
        self.issued.append(took)
        await self.taken(ticket)

    async def taken(self, ticket: dict) -> None:
        """What a visitor does with the number."""

    async def _serve(self, desks: asyncio.Queue) -> None:
        counter, officer = await desks.get()
        with contextlib.suppress(NobodyWaits):
            self.called.append((await self.caller.verb(officer, counter, "call-next"))[1])
            await self.caller.verb(officer, counter, "serve")
            await self.caller.verb(officer, counter, "finish")
        desks.put_nowait((counter, officer))

    def rows(self, seconds: float) -> list[Row]:
        """What it was like."""
        twice = sum(n - 1 for n in self.numbers.values())
        out = [
            Row(
                f"sustained {seconds:.0f} s at 20 numbers + 20 calls/s, {_WALLS} walls: numbers, calls",
                f"{len(self.issued):,}, {len(self.called):,}; {twice} duplicates, {self.late} late",
                "",
                "",
                "no duplicate",
                not twice,
            ),
        ]
        for name, took in (("issue", self.issued), ("call next", self.called)):
            part = max(1, int(len(took) * _SLICE))
            p50, p99 = (number(percentile(took, share) * 1000) for share in (0.5, 0.99))
            first, last = (percentile(t, 0.5) * 1000 for t in (took[:part], took[-part:]))
            tenths = f"{number(first)} ms (its first tenth), {number(last)} ms (its last)"
            out.append(Row(f"… {name}", f"{p50} / {p99} ms", tenths, f"{last / first:.2f}×"))
        return out
