"""In a real browser: the weight of pages, time to a number, key press to paint on the wall, its heap and its frames."""

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.conftest import BROWSER_ARGUMENTS

from .figures import Row, number, percentile
from .hall import SITE, Caller, People, prepare, serving, write_config
from .wire import Crowd

_OFFICERS = range(4, 20)  # counters whose officers call in the background; counter 1 is the page's
_SLOWER = 6

# Notes when each key went down, and when each number was first painted, on the machine's clock.
_WATCH = """
window.painted = {}; window.pressed = []; window.longest = 0;
const now = () => performance.timeOrigin + performance.now();
addEventListener("keydown", (event) => pressed.push(performance.timeOrigin + event.timeStamp), true);
addEventListener("pointerup", (event) => pressed.push(performance.timeOrigin + event.timeStamp), true);
const paint = (name) => requestAnimationFrame(() => {
  const after = new MessageChannel();
  after.port1.onmessage = () => { painted[name] = now(); };
  after.port2.postMessage(0);
});
const look = () => {
  for (const one of document.querySelectorAll("[data-number], #number")) {
    const name = one.dataset.number || one.textContent.trim();
    if (name && !(name in painted)) { painted[name] = 0; paint(name); }
  }
};
new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
new PerformanceObserver((all) => {
  for (const task of all.getEntries()) longest = Math.max(longest, task.duration);
}).observe({ entryTypes: ["longtask"] });
"""


async def run(folder: Path, quick: bool) -> list[Row]:
    """All rows of this module."""
    config, data = write_config(folder / "config"), folder / "screens"
    people = prepare(config, data, 400 if quick else 3600)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        with serving(config, data) as process:
            screens = Screens(browser, Caller(process.port, people), people)
            rows = await screens.weights()
            rows += await screens.kiosk(3 if quick else 10)
            rows += await screens.presses(50 if quick else 500, 4 if quick else 20)
            rows += await screens.long_day(100 if quick else 2000, 8 if quick else 40)
        await browser.close()
    return rows


class Screens:
    """Pages of one browser, before one server."""

    def __init__(self, browser: Browser, caller: Caller, people: People) -> None:
        self.browser, self.caller, self.people = browser, caller, people
        self.url = f"http://127.0.0.1:{caller.port}"

    async def page(self, path: str, size: tuple[int, int] = (1920, 1080), cookie: tuple[str, str] = ("", "")) -> Page:
        """A page in a context of its own, watched."""
        context = await self.browser.new_context(viewport={"width": size[0], "height": size[1]})
        if cookie[0]:
            await context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": self.url}])
        page = await context.new_page()
        await page.add_init_script(_WATCH)
        await page.goto(self.url + path, wait_until="load")
        return page

    async def weights(self) -> list[Row]:
        """Bytes on the wire until a page has loaded for the first time."""
        kiosk = await self.caller.kiosk()
        ticket, _ = await self.caller.issue(kiosk, 0)
        rows = []
        for name, path, most in (
            ("kiosk", f"/{SITE}/kiosk", None),
            ("wall", f"/{SITE}/wall", None),
            ("phone", f"/t/{ticket['token']}", 50),
        ):
            kib, seconds = await self._weight(path)
            row = Row(f"first load of the {name}", f"{kib:.0f} KiB, {number(seconds * 1000)} ms until loaded")
            if most:
                row = Row(row.what, row.ours, "", "", f"< {most} KiB", kib < most)
            rows.append(row)
        return rows

    async def _weight(self, path: str) -> tuple[float, float]:
        context = await self.browser.new_context(viewport={"width": 1080, "height": 1920})
        page = await context.new_page()
        cdp = await context.new_cdp_session(page)
        sizes: list[float] = []
        cdp.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        await cdp.send("Network.enable")
        began = time.perf_counter()
        await page.goto(self.url + path, wait_until="networkidle" if path.startswith("/t/") else "load")
        took = time.perf_counter() - began
        await asyncio.sleep(1)
        await context.close()
        return sum(sizes) / 1024, took

    async def kiosk(self, visits: int) -> list[Row]:
        """From the last touch to the number on the glass."""
        took = []
        for _ in range(visits):
            page = await self.page(f"/{SITE}/kiosk", (1080, 1920), ("device", self.people.kiosk))
            await page.click('[data-key^="service-"]')
            await page.wait_for_selector('#stage[data-screen="details"]')
            await asyncio.sleep(0.4)  # the kiosk takes no touch while a screen settles
            await page.evaluate("pressed.length = 0; for (const name in painted) delete painted[name]")
            await page.click('[data-key="take-regular"]')
            await page.wait_for_selector("#number")
            took.append(await self._first_paint(page) - (await page.evaluate("pressed[0]")))
            await page.context.close()
        p95 = percentile(took, 0.95)
        return [Row("touch → number on the kiosk", f"{number(percentile(took, 0.5))} / {number(p95)} ms (p50 / p95)")]

    async def _first_paint(self, page: Page) -> float:
        while not (times := [t for t in (await page.evaluate("painted")).values() if t]):
            await asyncio.sleep(0.02)
        return min(times)

    async def presses(self, sockets: int, calls: int) -> list[Row]:
        """An officer presses the key; the wall has painted number and counter; then the same on a slow wall."""
        crowd = Crowd(self.caller.port, {"site": SITE, "screen": "wall"})
        await crowd.grow(sockets)
        wall = await self.page(f"/{SITE}/wall")
        desk = await self.page(f"/{SITE}/counters/1", (1366, 768), ("session", self.people.sessions[0]))
        rows = []
        for slower in (1, _SLOWER):
            cdp = await wall.context.new_cdp_session(wall)
            await cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            took, heard = await self._press(desk, wall, crowd, calls)
            p95 = percentile(took, 0.95)
            ours = f"{number(percentile(took, 0.5))} / {number(p95)} ms (p50 / p95)"
            base = percentile(heard, 0.5)
            name = f"key press → paint on the wall, {sockets} sockets" + (
                f", {slower}× slower CPU" if slower > 1 else ""
            )
            target = ("≤ 100 ms", p95 <= 100) if slower == 1 else ("", None)
            rows.append(
                Row(
                    name,
                    ours,
                    f"{number(base)} ms (last bare socket hears)",
                    f"{percentile(took, 0.5) / base:.2f}×",
                    *target,
                )
            )
        crowd.leave()
        for page in (wall, desk):
            await page.context.close()
        return rows

    async def _press(self, desk: Page, wall: Page, crowd: Crowd, calls: int) -> tuple[list[float], list[float]]:
        took, heard = [], []
        officer = await self.caller.officer(0)
        for _ in range(calls):
            await asyncio.sleep(1.5)
            before = crowd.newest["call"]
            await desk.evaluate("pressed.length = 0")
            await desk.keyboard.press("Space")
            began = await desk.evaluate("pressed[0]")
            await crowd.until(lambda before=before: crowd.newest["call"] != before)
            arrived = await crowd.last_hears("call", crowd.newest["call"]) - time.perf_counter() + time.time()
            heard.append(arrived * 1000 - began)
            called, _ = await officer.must("GET", f"{self.caller.site}/counters/1/desk")
            took.append(await self._paint_of(wall, called["ticket"]["number"]) - began)
            await asyncio.sleep(0.3)
            for verb in ("serve", "finish"):
                await self.caller.verb(officer, 0, verb)
        officer.close()
        return took, heard

    async def _paint_of(self, wall: Page, name: str) -> float:
        until = time.monotonic() + 15
        while not (at := await wall.evaluate("name => painted[name]", name)):
            if time.monotonic() > until:
                raise RuntimeError(f"{name} was never painted")
            await asyncio.sleep(0.02)
        return at

    async def long_day(self, calls: int, slow_calls: int) -> list[Row]:
        """A wall that has shown many calls: what it has kept; and its longest task while slow."""
        wall = await self.page(f"/{SITE}/wall")
        cdp = await wall.context.new_cdp_session(wall)
        await self._call(60 if calls > 500 else 30)
        first = await self._heap(cdp)
        await self._call(calls)
        last = await self._heap(cdp)
        await cdp.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        await wall.evaluate("longest = 0")
        for _ in range(slow_calls):
            await self._call(1)
            await asyncio.sleep(1)
        longest = await wall.evaluate("longest")
        await wall.context.close()
        grown = (last / first - 1) * 100
        task = f"{longest:.0f} ms" if longest else "under 50 ms"
        return [
            Row(
                f"heap of a wall over {calls:,} calls",
                f"{last / 2**20:.2f} MiB, {grown:+.1f} %",
                f"{first / 2**20:.2f} MiB (full lists)",
                "",
                "< 5 %",
                grown < 5,
            ),
            Row(
                f"longest task of a wall, {_SLOWER}× slower CPU, {slow_calls} calls",
                task,
                "",
                "",
                "≤ 50 ms",
                longest <= 50,
            ),
        ]

    async def _heap(self, cdp: Any) -> float:
        await asyncio.sleep(3)
        for _ in range(3):
            await cdp.send("HeapProfiler.collectGarbage")
        await cdp.send("Performance.enable")
        found = await cdp.send("Performance.getMetrics")
        return next(m["value"] for m in found["metrics"] if m["name"] == "JSHeapUsedSize")

    async def _call(self, calls: int) -> None:
        left = iter(range(calls))
        await asyncio.gather(*(self._officer(counter, left) for counter in _OFFICERS))

    async def _officer(self, counter: int, left: Any) -> None:
        officer = await self.caller.officer(counter)
        for _ in left:
            for verb in ("call-next", "serve", "finish"):
                await self.caller.verb(officer, counter, verb)
        officer.close()
