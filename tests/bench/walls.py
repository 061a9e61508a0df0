"""The wall in a real browser: key press to paint, the longest task of a slow box, and what many calls leave behind."""

import asyncio
import time
from collections.abc import Iterator

from playwright.async_api import Page

from tests.world.busy_hall import SITE
from tests.world.percentile import percentile
from tests.world.wire import Crowd, Http

from .browser import SLOWER, Screens, Tasks, heap, paint_of, slow_down
from .figures import Row, number

_BUSY = range(4, 20)  # counters whose officers call as fast as they can; counter 1 is the page's
_FORGOTTEN_S = 62.0  # after so long the band leaves out calls that concern nobody any more
_REST_S = 9.5  # a call stands 8 s; then the wall is at rest


async def presses(screens: Screens, sockets: int, calls: int, slow_calls: int) -> list[Row]:
    """An officer presses the key; the wall has painted number and counter; then the same on a slow wall."""
    crowd = Crowd(screens.caller.port, {"site": SITE, "screen": "wall"})
    await crowd.grow(sockets)
    session = ("session", screens.people.sessions[0])
    async with screens.page(f"/{SITE}/wall") as wall, screens.page(f"/{SITE}/counters/1", (1366, 768), session) as desk:
        officer = await screens.caller.officer(0)
        press = _Press(screens, crowd, desk, wall, officer)
        await press.many(2)  # the first use of anything is not what an officer feels 300 times a day
        rows = [_row(*await press.many(calls), sockets, 1)]
        await slow_down(wall)
        async with Tasks(screens.browser, wall) as tasks:
            slow = await press.many(slow_calls)
            await asyncio.sleep(_REST_S)
            await press.many(1)
        rows += [_row(*slow, sockets, SLOWER), _tasks(tasks.longest_ms(), slow_calls + 1)]
        officer.close()
    crowd.leave()
    return rows


def _row(took: list[float], heard: list[float], sockets: int, slower: int) -> Row:
    p50, p95, base = percentile(took, 0.5), percentile(took, 0.95), percentile(heard, 0.5)
    name = f"key press → paint on the wall, {sockets} sockets" + (f", {slower}× slower CPU" if slower > 1 else "")
    ours = f"{number(p50)} / {number(p95)} ms (p50 / p95)"
    floor = f"{number(base)} ms (last bare socket hears)"
    target, reached = ("≤ 100 ms", p95 <= 100) if slower == 1 else ("", None)
    return Row(name, ours, floor, f"{p50 / base:.2f}×", target, reached)


def _tasks(longest: float, calls: int) -> Row:
    name = f"longest task of a wall, {SLOWER}× slower CPU, {calls} calls and a rest"
    return Row(name, f"{longest:.0f} ms of its processor", "", "", "≤ 50 ms", longest <= 50)


class _Press:
    """One officer's page, one wall and a crowd of bare sockets."""

    def __init__(self, screens: Screens, crowd: Crowd, desk: Page, wall: Page, officer: Http) -> None:
        self.caller, self.crowd, self.desk, self.wall, self.officer = screens.caller, crowd, desk, wall, officer

    async def many(self, calls: int) -> tuple[list[float], list[float]]:
        """Press and finish so many times: ms until painted, ms until the last bare socket has heard."""
        both = [await self._one() for _ in range(calls)]
        return [painted for painted, _ in both], [heard for _, heard in both]

    async def _one(self) -> tuple[float, float]:
        await asyncio.sleep(1.0)
        before = self.crowd.newest["call"]
        await self.desk.evaluate("pressed.length = 0")
        await self.desk.keyboard.press("Space")
        began = await self.desk.evaluate("pressed[0]")
        await self.crowd.until(lambda: self.crowd.newest["call"] != before)
        arrived = await self.crowd.last_hears("call", self.crowd.newest["call"]) - time.perf_counter() + time.time()
        called, _ = await self.officer.must("GET", f"{self.caller.site}/counters/1/desk")
        painted = await paint_of(self.wall, called["ticket"]["number"])
        await asyncio.sleep(0.2)
        for verb in ("serve", "finish"):
            await self.caller.verb(self.officer, 0, verb)
        return painted - began, arrived * 1000 - began


class LongDay:
    """A wall that shows thousands of calls: what it keeps of them. It stays open while other things are measured."""

    def __init__(self, screens: Screens, wall: Page) -> None:
        self._screens, self._wall = screens, wall
        self._called = 0
        self._at = 0.0

    async def call(self, calls: int) -> None:
        """So many people are called and served, as fast as sixteen officers can."""
        left = iter(range(calls))
        await asyncio.gather(*(self._officer(counter, left) for counter in _BUSY))
        if next(left, None) is not None:
            raise RuntimeError("too few people are waiting")
        self._called, self._at = self._called + calls, time.monotonic()

    async def _officer(self, counter: int, left: Iterator[int]) -> None:
        officer = await self._screens.caller.officer(counter)
        for _ in left:
            desk, _took = await self._screens.caller.verb(officer, counter, "call-next")
            if desk["ticket"] is None:
                break
            for verb in ("serve", "finish"):
                await self._screens.caller.verb(officer, counter, verb)
        officer.close()

    async def at_rest(self) -> float:
        """The heap once the last call has left the band."""
        await asyncio.sleep(max(0.0, self._at + _FORGOTTEN_S - time.monotonic()))
        await self._wall.wait_for_selector('#band[data-state="rest"]', timeout=60_000)
        return await heap(self._wall)

    def row(self, first: float, first_calls: int, last: float) -> Row:
        """What the calls between two looks left behind."""
        grown = (last / first - 1) * 100
        name = f"heap of a wall, from call {first_calls:,} to call {self._called:,}"
        return Row(
            name,
            f"{last / 2**20:.2f} MiB, {grown:+.1f} %",
            f"{first / 2**20:.2f} MiB (lists full)",
            f"{last / first:.2f}×",
            "< 5 %",
            grown < 5,
        )
