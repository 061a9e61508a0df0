"""Chromium before one server: pages whose keys, touches and paints are noted, a slower processor, heap and tasks."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Page

from tests.world.busy_hall import Caller, People

SLOWER = 6  # times: a wall's box or a kiosk of ten years ago beside the machine that measures
PATIENCE_S = 15.0

# Notes when each key or touch went down, and when each number was first painted, on the machine's clock. Painted is
# what stands on the page after the next frame; a number counts from its first frame on, however it moves after that.
_WATCH = """
window.painted = {}; window.pressed = [];
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
"""


class Screens:
    """Pages of one browser, before one server."""

    def __init__(self, browser: Browser, caller: Caller, people: People) -> None:
        self.browser, self.caller, self.people = browser, caller, people
        self.url = f"http://127.0.0.1:{caller.port}"

    @asynccontextmanager
    async def page(
        self, path: str, size: tuple[int, int] = (1920, 1080), cookie: tuple[str, str] = ("", ""), watched: bool = True
    ) -> AsyncIterator[Page]:
        """A page in a context of its own; watched, it notes keys and paints (and keeps them: not for a heap)."""
        context = await self.browser.new_context(viewport={"width": size[0], "height": size[1]})
        context.set_default_timeout(PATIENCE_S * 1000)
        if cookie[0]:
            await context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": self.url}])
        page = await context.new_page()
        if watched:
            await page.add_init_script(_WATCH)
        await page.goto(self.url + path, wait_until="load")
        try:
            yield page
        finally:
            await context.close()


async def slow_down(page: Page, times: int = SLOWER) -> None:
    """From now on this page's processor is so many times slower."""
    cdp = await page.context.new_cdp_session(page)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})


async def paint_of(page: Page, name: str = "") -> float:
    """When a number was painted (without a name: any), in ms since 1970."""
    until = time.monotonic() + PATIENCE_S
    while not (times := [at for key, at in (await page.evaluate("painted")).items() if at and name in ("", key)]):
        if time.monotonic() > until:
            raise RuntimeError(f"{name or 'no number'} was never painted")
        await asyncio.sleep(0.02)
    return min(times)


async def heap(page: Page) -> float:
    """Bytes of JavaScript that are still in use after everything that can go has gone."""
    cdp = await page.context.new_cdp_session(page)
    await cdp.send("HeapProfiler.enable")
    for _ in range(3):
        await cdp.send("HeapProfiler.collectGarbage")
        await asyncio.sleep(0.2)
    used = await cdp.send("Runtime.getHeapUsage")
    await cdp.detach()
    return used["usedSize"]


class Tasks:
    """What the main thread of one page does: the processor time of each task, which other programs do not lengthen."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self._browser, self._page = browser, page
        self._events: list[dict[str, Any]] = []

    async def __aenter__(self) -> "Tasks":
        self._cdp = await self._browser.new_browser_cdp_session()
        self._ended = asyncio.Event()
        self._cdp.on("Tracing.dataCollected", lambda event: self._events.extend(event["value"]))
        self._cdp.on("Tracing.tracingComplete", lambda _: self._ended.set())
        config = {"includedCategories": ["toplevel", "blink.user_timing"]}
        await self._cdp.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
        await self._page.evaluate("performance.mark('here')")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._cdp.send("Tracing.end")
        await asyncio.wait_for(self._ended.wait(), 60)
        await self._cdp.detach()

    def longest_ms(self) -> float:
        """The longest task of the page's main thread. Raises RuntimeError if none was seen."""
        here = next(((e["pid"], e["tid"]) for e in self._events if e["name"] == "here"), None)
        found = [
            e["tdur"] / 1000
            for e in self._events
            if (e["pid"], e["tid"]) == here and e["name"].endswith("RunTask") and "tdur" in e
        ]
        if not found:
            raise RuntimeError("the browser told of no task of this page")
        return max(found)
