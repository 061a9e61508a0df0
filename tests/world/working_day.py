"""A sustained day in the busy hall: numbers and calls at an even pace, for as long as is asked."""

import asyncio
import contextlib
import time
from collections import Counter

from tests.world.busy_hall import COUNTERS, SERVICES, Caller, NobodyWaits
from tests.world.wire import Http

_PER_SECOND = 20


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
