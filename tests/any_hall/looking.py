"""Every screen of any hall, opened as its people open it, and judged by geometry."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.any_hall.files import Shape, site_file
from tests.world.layout import faults
from tests.world.server import Client, Server

Size = tuple[int, int]
WALLS: list[Size] = [(1920, 1080), (1280, 720), (1024, 768), (3840, 2160), (1080, 1920)]
KIOSKS: list[Size] = [(1080, 1920), (1366, 768), (1280, 720), (1024, 768), (1920, 1080), (3840, 2160)]
DISPLAYS: list[Size] = [(1024, 600), (1280, 720), (1920, 540), (1080, 1920)]
PHONES: list[Size] = [(360, 640), (1366, 768)]
LAPTOPS: list[Size] = [(1366, 768), (1280, 720), (1024, 768), (1920, 1080), (360, 640)]
MODES: list[tuple[str, ...]] = [(), ("large",), ("contrast",), ("large", "contrast", "wheelchair")]
LOOK = """(tools) => {
  for (const tool of document.querySelectorAll("[data-tool][aria-pressed]"))
    if ((tool.getAttribute("aria-pressed") === "true") !== tools.includes(tool.dataset.tool)) tool.click();
}"""
TURN = """() => {
  const next = document.querySelector('[data-key="next"]');
  if (next) next.click();
  return next !== null;
}"""
TURN_BACK = """() => {
  const place = document.querySelector(".way-place");
  const later = place && !/^\\D*1\\D/.test(place.textContent);
  if (later) document.querySelector('[data-key="back"]').click();
  return Boolean(later);
}"""
STAY = """() => {
  const more = document.querySelector("#idle-more");
  if (more && more.checkVisibility()) more.click();
}"""
SETTLED = """() => new Promise((done) => {
  window.dispatchEvent(new Event("resize"));
  requestAnimationFrame(() => requestAnimationFrame(() => done(null)));
})"""
CALLING = 5  # counters with somebody in front of them
TOUCH_MM, KIOSK_MM = 20, 24 * 25.4  # a key's least, and the diagonal of the screen it is drawn for


@dataclass
class Look:
    """What was found on one screen, and where."""

    found: dict[tuple, list] = field(default_factory=dict)
    touches: int = 0  # on the way to a number, those to the next page counted too
    pictures: Path | None = None

    def at(self, page: Page, *where: str, full: bool = False, **how: Any) -> None:
        """Judge what is on the screen now."""
        if wrong := faults(page, **how):
            self.found[where] = wrong[:4]
        if self.pictures:
            page.screenshot(path=self.pictures / f"{'-'.join(where)}.png".replace("/", "_"), full_page=full)


class AnyHall:
    """A hall of one shape on a running server: people, devices, numbers taken and called."""

    def __init__(self, server: Server, shape: Shape) -> None:
        self.server, self.shape = server, shape
        self.site = shape.id
        printed = server.cli_here("device", "add", "k", "--kind", "kiosk", "--site", self.site)
        self.token = re.search(r"token: (\S+)", printed)[1]
        self.kiosk = Client(server, token=self.token)
        self.officer = server.officer(f"o-{self.site}", site=self.site)
        self.chief = server.officer(f"c-{self.site}", site=self.site, role="supervisor")
        self.info = self.kiosk.get(f"/sites/{self.site}").json()
        self.fill()

    def fill(self) -> None:
        """Numbers of many services; one is called, one is served by, one waits."""
        counters = self.info["counters"][:CALLING]
        first = counters[0]
        wanted = [one["services"][0] for one in counters] + [first["services"][0]] * 3
        wanted += [one["id"] for one in self.info["services"][:12]]
        self.tickets = [self.kiosk.issue(self.site, service).json() for service in wanted]
        self.counter = first["id"]
        for n, one in reversed(list(enumerate(counters))):  # the first calls last: it has the wall's band
            officer = self.server.officer(f"o{n}-{self.site}", site=self.site) if n else self.officer
            officer.verb(self.site, one["id"], "open")
            assert officer.verb(self.site, one["id"], "call-next").status_code == 200

    def services_of(self, agency: str) -> list[dict]:
        """What an agency gives."""
        return [one for one in self.info["services"] if one["agency"] == agency]


def sized(page: Page, size: Size) -> None:
    """Another glass, and everything measured again."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(SETTLED)


def look_at_kiosk(browser: Browser, hall: AnyHall, look: Look, sizes: list[Size], modes: list[tuple[str, ...]]) -> None:
    """Every screen a visitor passes, on every page of it."""
    context = browser.new_context(viewport={"width": sizes[0][0], "height": sizes[0][1]})
    page = context.new_page()
    page.add_init_script("window.print = () => {};")
    page.goto(f"{hall.server.url}/{hall.site}/kiosk?slip=0#enrol={hall.token}")
    page.wait_for_selector("#stage h1")
    page.wait_for_url(lambda url: "#" not in url)
    crowded = max(hall.info["agencies"], key=lambda one: len(hall.services_of(one["id"])))["id"]
    wanted = max(hall.services_of(crowded), key=lambda one: len(one["name"]["id"]))
    steps: list[tuple[str, Callable[[], int]]] = [
        ("home", lambda: 0),
        ("services", lambda: find(page, f"agency-{crowded}")),
        ("group", lambda: to_group(page, wanted["name"]["id"])),
        ("details", lambda: find(page, f"service-{wanted['id']}")),
        ("number", lambda: find(page, "take-regular")),
    ]
    for name, step in steps:
        look.touches += step()
        if name == "number":
            page.wait_for_selector("#number")
        for size in sizes:
            sized(page, size)
            for mode in modes:
                page.evaluate(STAY)
                page.evaluate(LOOK, list(mode))
                touch = TOUCH_MM * math.hypot(*size) / KIOSK_MM
                for n in range(6):
                    look.at(
                        page, hall.site, "kiosk", name, f"{size[0]}x{size[1]}", "+".join(mode), str(n), touch_px=touch
                    )
                    if not page.evaluate(TURN):
                        break
                while page.evaluate(TURN_BACK):
                    pass
        page.evaluate(LOOK, [])
        sized(page, sizes[0])
    context.close()


def to_group(page: Page, name: str) -> int:
    """Open the part of the alphabet that has this name, as one does in a dictionary; where there are parts."""
    if not page.query_selector('[data-key^="group-"]'):
        return 0
    begins = {}
    while True:
        for key in page.query_selector_all('[data-key^="group-"]'):
            begins[key.get_attribute("data-key")] = key.query_selector(".choice-name").inner_text()
        if not page.evaluate(TURN):
            break
    while page.evaluate(TURN_BACK):
        pass
    before = [key for key, first in begins.items() if first.casefold() <= name.casefold()]
    return find(page, before[-1])


def find(page: Page, key: str) -> int:
    """Touch a key, wherever its page is; how many touches that took."""
    page.wait_for_timeout(350)  # a touch sooner is half a double tap
    touches = 1
    while not page.query_selector(f'[data-key="{key}"]'):
        if not page.evaluate(TURN):
            return 0  # a hall with one agency or one service begins further on
        page.wait_for_timeout(320)
        touches += 1
    page.click(f'[data-key="{key}"]')
    page.wait_for_timeout(350)
    return touches


def plain(hall: AnyHall) -> Iterator[tuple[str, str, list[Size], bool, str]]:
    """Screens that one address shows: name, path, sizes, scrolls, what to wait for."""
    s = hall.site
    yield "wall", f"/{s}/wall", WALLS, False, '#band:not([data-state="starting"])'
    yield "display", f"/{s}/counters/{hall.counter}/display", DISPLAYS, False, '#middle:not([data-state="starting"])'
    yield (
        "display-idle",
        f"/{s}/counters/{hall.info['counters'][-1]['id']}/display",
        DISPLAYS,
        False,
        '#middle:not([data-state="starting"])',
    )
    yield "phone-called", f"/t/{hall.tickets[0]['token']}", PHONES, True, "#stage .number"
    yield "phone", f"/t/{hall.tickets[-1]['token']}", PHONES, True, "#stage .number"
    yield "slip80", f"/t/{hall.tickets[-1]['token']}/slip?width=80", [(303, 900)], True, "#number"
    yield "slip58", f"/t/{hall.tickets[0]['token']}/slip?width=58", [(220, 900)], True, "#number"
    yield "home", "/", LAPTOPS, True, ".site"
    yield "performance", f"/{s}/performance", LAPTOPS, True, "main"
    yield "board", f"/{s}/board", [(1920, 1080), (1280, 720), (1080, 1920)], True, "main"
    yield "travel", f"/{s}", PHONES, True, "main"


def staffed(hall: AnyHall) -> Iterator[tuple[str, Client, str, list[Size], bool, str]]:
    """Screens of people who signed in."""
    s = hall.site
    yield "choice", hall.officer, "/login", LAPTOPS, True, ".pick-list"
    yield "desk", hall.officer, f"/{s}/counters/{hall.counter}", LAPTOPS, True, "#main-word:not(:empty)"
    yield "supervisor", hall.chief, f"/{s}/supervisor", LAPTOPS, True, "main"
    yield "overview", hall.chief, f"/{s}/live", LAPTOPS, True, ".now-row"
    yield "report", hall.chief, f"/{s}/report", LAPTOPS, True, "main"


def screens(hall: AnyHall) -> list[tuple[Client | None, str, str, list[Size], bool, str]]:
    """Every screen but the kiosk: who looks, name, path, sizes, scrolls, what to wait for."""
    return [(None, *one) for one in plain(hall)] + [(one[1], one[0], *one[2:]) for one in staffed(hall)]


def page_of(browser: Browser, hall: AnyHall, size: Size, who: Client | None = None) -> Page:
    """A new page, signed in as somebody or as nobody."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    if who:
        context.add_cookies([{"name": c.name, "value": c.value, "url": hall.server.url} for c in who.http.cookies])
    page = context.new_page()
    page.add_init_script("window.print = () => {};")
    return page


def look_at_pages(browser: Browser, hall: AnyHall, look: Look, only: str = "", most_sizes: int = 9) -> None:
    """Every other screen, at its sizes, or the first and the last of them."""
    for who, name, path, sizes, scrolls, ready in screens(hall):
        if only and not name.startswith(only):
            continue
        page = page_of(browser, hall, sizes[0], who)
        page.goto(hall.server.url + path)
        page.wait_for_selector(ready, state="attached")
        page.wait_for_timeout(300)
        for size in sizes if len(sizes) <= most_sizes else (sizes[0], sizes[-1]):
            sized(page, size)
            look.at(page, hall.site, name, f"{size[0]}x{size[1]}", scrolls=scrolls)
        page.context.close()


def server_of(folder: Path, shapes: tuple[Shape, ...]) -> Server:
    """A server of these halls alone."""
    sites = folder / "config" / "sites"
    sites.mkdir(parents=True)
    for shape in shapes:
        (sites / f"{shape.id}.toml").write_text(site_file(shape))
    return Server(folder / "data", config=folder / "config").start()
