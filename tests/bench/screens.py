"""In a real browser: the weight of pages and the time to a number; the walls are in ``walls.py``."""

import asyncio
import os
import shutil
import time
from pathlib import Path

from playwright.async_api import async_playwright

from tests.world.browser import BROWSER_ARGUMENTS
from tests.world.busy_hall import SITE, Caller, write_config
from tests.world.percentile import percentile

from .browser import SLOWER, Screens, paint_of, slow_down
from .figures import Row, number
from .processes import prepare, serving
from .walls import LongDay, presses

_PHONE_KB = 60  # what a phone on a bad line may have to load before it shows a place in the queue, fonts aside
_NUMBER_MS = {1: 150, SLOWER: 250}  # from the last touch to the number: within 150 it is felt as one movement


async def run(folder: Path, quick: bool) -> list[Row]:
    """All rows of this module, in about four minutes. One wall stays open meanwhile, for its heap."""
    config, data = write_config(folder / "config"), folder / "screens"
    warm, calls, visits = (60, 200, 3) if quick else (300, 1700, 10)
    people = prepare(config, data, 2 * (warm + calls) + 400)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        with serving(config, data) as process:
            screens = Screens(browser, Caller(process.port, people), people)
            async with screens.page(f"/{SITE}/wall", watched=False) as wall:
                day = LongDay(screens, wall)
                await day.call(warm)
                rows = await weights(screens) + [await kiosk(screens, visits, 1)]
                first = await day.at_rest()
                await day.call(calls)
                rows.append(await kiosk(screens, visits, SLOWER))
                kept = day.row(first, warm, await day.at_rest())
            rows += await presses(screens, *((50, 4, 4) if quick else (500, 24, 12))) + [kept]
        await browser.close()
    return rows


async def weights(screens: Screens) -> list[Row]:
    """Content as it crosses the wire (compressed, without headers) until a page has loaded for the first time."""
    http = await screens.caller.kiosk()
    ticket, _ = await screens.caller.issue(http, 0)
    http.close()
    rows = []
    pages = {"kiosk": f"/{SITE}/kiosk", "wall": f"/{SITE}/wall", "counter display": f"/{SITE}/counters/1/display"}
    for name, path in {**pages, "phone": f"/t/{ticket['token']}"}.items():
        kb, fonts, seconds = await _weight(screens, path)
        target, reached = (f"≤ {_PHONE_KB} kB before fonts", kb <= _PHONE_KB) if name == "phone" else ("", None)
        ours = f"{kb:.0f} kB and {fonts:.0f} kB of fonts, {number(seconds * 1000)} ms until loaded"
        rows.append(Row(f"first load of the {name}", ours, "", "", target, reached))
    return rows


async def _weight(screens: Screens, path: str) -> tuple[float, float, float]:
    context = await screens.browser.new_context(viewport={"width": 1080, "height": 1920})
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    heads: dict[str, tuple[bool, float]] = {}  # request -> is it a font? bytes of its headers
    sizes: dict[bool, float] = {False: 0.0, True: 0.0}  # is it a font? -> bytes

    def finished(event: dict) -> None:
        font, head = heads[event["requestId"]]
        sizes[font] += event["encodedDataLength"] - head

    def answered(event: dict) -> None:
        heads[event["requestId"]] = event["type"] == "Font", event["response"]["encodedDataLength"]

    cdp.on("Network.responseReceived", answered)
    cdp.on("Network.loadingFinished", finished)
    await cdp.send("Network.enable")
    began = time.perf_counter()
    await page.goto(screens.url + path, wait_until="load")
    took = time.perf_counter() - began
    await asyncio.sleep(1.5)  # what is fetched after the load belongs to it
    await context.close()
    return sizes[False] / 1000, sizes[True] / 1000, took


async def kiosk(screens: Screens, visits: int, slower: int) -> Row:
    """From the last touch to the number on the glass, beside the bare request for a number."""
    took, bare = [], []
    http = await screens.caller.kiosk()
    for n in range(visits):
        async with screens.page(f"/{SITE}/kiosk", (1080, 1920), ("device", screens.people.kiosk)) as page:
            await page.click('[data-key^="service-"]')
            await page.wait_for_selector('#stage[data-screen="details"]')
            await asyncio.sleep(0.4)  # the kiosk takes no touch while a screen settles
            await slow_down(page, slower)
            await page.evaluate("pressed.length = 0; for (const name in painted) delete painted[name]")
            await page.click('[data-key="take-regular"]')
            await page.wait_for_selector("#number")
            took.append(await paint_of(page) - (await page.evaluate("pressed[0]")))
        bare.append((await screens.caller.issue(http, n))[1] * 1000)
    http.close()
    p50, p95, base = percentile(took, 0.5), percentile(took, 0.95), percentile(bare, 0.5)
    name = "touch → number on the kiosk" + (f", {slower}× slower CPU" if slower > 1 else "")
    target, reached = f"≤ {_NUMBER_MS[slower]} ms", p95 <= _NUMBER_MS[slower]
    ours, floor = f"{number(p50)} / {number(p95)} ms (p50 / p95)", f"{number(base)} ms (the bare request)"
    return Row(name, ours, floor, f"{p50 / base:.1f}×", target, reached)
