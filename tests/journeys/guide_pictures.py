"""The pictures in the guides for staff, taken of a hall on one fixed morning: ``make pictures``.

`test_guides.py` takes them anew at every run and fails where a screen has become another than its picture shows.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Route, sync_playwright

from queue_server import demo, guides, settings
from tests.journeys.conftest import Stage
from tests.journeys.palette import shrink
from tests.world.browser import BROWSER_ARGUMENTS
from tests.world.screens import AT_REST
from tests.world.server import Client, Server
from tests.world.tree import ROOT

SITE = "lebak"
MOMENT = "2026-01-19T10:42:00+07:00"  # a Monday, with a morning of visitors behind it
# Pages count on from here by themselves: half a minute more or less, on a slow machine, raises or ends no alarm.
LOOKED_AT = "2026-01-19T10:43:00+07:00"
COUNTER = "5"
WORDS = guides.PICTURES / "words.json"  # picture -> the words of its headings and keys
MOST_BYTES = 90_000
# A picture and its screen, both made this small: what a reader sees of it from across the room.
_SMALL = (48, 30)
_DIFFERS = 12  # of 255: a patch is another one
_MOST_PATCHES = 0.12  # of a picture may differ: numbers, names and times do
SAID = """() => [...document.querySelectorAll("h1, h2, main button, legend, th, .hall-levers button")]
  .filter((one) => one.checkVisibility())
  .map((one) => one.innerText.replace(/\\d+([.,:]\\d+)*/g, "#").replace(/\\s+/g, " ").trim()).filter(Boolean)"""


_NEXT = {"closed": "open", "idle": "call-next", "called": "serve", "serving": "finish"}


def _state(desk: Mapping[str, Any]) -> str:
    if not desk["open"]:
        return "closed"
    return desk["ticket"]["state"] if desk["ticket"] else "idle"


class Morning:
    """A hall at half past ten, made by the commands that everybody uses, the same every time."""

    def __init__(self, folder: Path) -> None:
        config = folder / "config"
        (config / "sites").mkdir(parents=True)
        shutil.copy(ROOT / "config" / "sites" / f"{SITE}.toml", config / "sites")
        self.server = Server(folder / "data", config)
        self.server.set_clock(LOOKED_AT)
        self.server.data.mkdir()
        made = demo.fill(settings.load(config), self.server.data, datetime.fromisoformat(MOMENT))
        self.passwords = {one["username"]: one["password"] for one in made.accounts}

    def client(self, name: str) -> Client:
        """Somebody of the hall, signed in."""
        return Client(self.server).sign_in(name, self.passwords[name])

    def until(self, wanted: str) -> str:
        """The counter's officer does what leads to that state of a visitor; the number of whom it is now."""
        officer = self.client(f"{SITE}-{COUNTER}")
        desk = officer.get(f"/sites/{SITE}/counters/{COUNTER}/desk").json()
        while (state := _state(desk)) != wanted:
            answer = officer.verb(SITE, COUNTER, _NEXT[state])
            assert answer.status_code == 200, answer.text
            desk = answer.json()
        return str(desk["ticket"]["number"])


class Album:
    """The screens that the guides show, each as its people see it."""

    def __init__(self, morning: Morning, stage: Stage, keep: Callable[[str, bytes, list[str]], None]) -> None:
        self.morning, self.stage, self.keep = morning, stage, keep

    def shot(self, page: Page, name: str, height: int, width: int = 1200, upper: int = 0) -> None:
        """One picture, when the fonts are there and nothing moves; ``upper``: of so much of the screen."""
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.activeElement.blur()")
        page.evaluate(AT_REST)
        clip = {"x": 0, "y": 0, "width": width, "height": upper or height}
        png = page.screenshot(caret="hide", animations="disabled", clip=clip)
        self.keep(name, png, page.evaluate(SAID))

    def signed_in(self, name: str, path: str) -> Page:
        """A page of the hall, opened by one of its people."""
        page = self.stage.page("desk", locale="id-ID")
        client = self.morning.client(name)
        cookies = [{"name": c.name, "value": c.value, "url": self.morning.server.url} for c in client.http.cookies]
        page.context.add_cookies(cookies)
        page.goto(f"{self.morning.server.url}{path}")
        return page

    def take(self) -> None:
        """All of them."""
        self.desk()
        self.front_desk()
        page = self.signed_in(f"{SITE}-supervisor", f"/{SITE}/supervisor")
        page.wait_for_selector("body[data-contact=live] .post")
        self.shot(page, "supervisor", 800, 1400)
        page.goto(f"{self.morning.server.url}/{SITE}/replay?at=2026-01-19T10:15")
        self.shot(page, "replay", 700)
        page.goto(f"{self.morning.server.url}/{SITE}/notices")
        page.fill("[name='text.id']", "Samsat tutup pukul 11.30 hari ini. Silakan datang lagi besok pukul 08.00.")
        self.shot(page, "notices", 760)
        self.media()
        page.goto(f"{self.morning.server.url}/{SITE}/media")
        page.wait_for_function("[...document.images].every((one) => one.complete)")
        self.shot(page, "media", 760)
        self.admins()
        self.leader()

    def leader(self) -> None:
        """The hall, for who looks after it from afar."""
        page = self.signed_in(f"{SITE}-leader", f"/{SITE}/live")
        page.wait_for_selector("body[data-contact=live]")
        self.shot(page, "overview", 760)

    def desk(self) -> None:
        """Somebody is served."""
        self.morning.until("serving")
        page = self.signed_in(f"{SITE}-{COUNTER}", f"/{SITE}/counters/{COUNTER}")
        page.wait_for_selector("#main[data-state=serving]")
        self.shot(page, "desk", 720)

    def media(self) -> None:
        """A picture for the wall: a plain one."""
        drawn, file = Image.new("RGB", (1600, 900), "#0f6339"), BytesIO()
        drawn.paste("#ffc72c", (0, 620, 1600, 900))
        drawn.save(file, "PNG")
        client = self.morning.client(f"{SITE}-content")
        sent = client.http.post(
            f"{self.morning.server.api}/sites/{SITE}/media?name=Ambil+nomor+dari+kios",
            data=file.getvalue(),
            headers={"Content-Type": "image/png", "Origin": self.morning.server.url},
        )
        assert sent.status_code == 201, sent.text

    def front_desk(self) -> None:
        """A number was looked for."""
        helper = self.morning.client(f"{SITE}-front-desk")
        waiting = helper.get(f"/sites/{SITE}/tickets?state=waiting").json()["tickets"]
        page = self.signed_in(f"{SITE}-front-desk", f"/{SITE}/front-desk?q={waiting[0]['number']}")
        page.wait_for_load_state()
        self.shot(page, "front-desk", 760)

    def admins(self) -> None:
        """Accounts, structure, devices; and a new screen."""
        page = self.signed_in("admin", "/accounts")
        self.shot(page, "accounts", 620)
        page.goto(f"{self.morning.server.url}/{SITE}/structure?part=services&id=ktp-cetak")
        self.shot(page, "structure", 760)
        page.goto(f"{self.morning.server.url}/{SITE}/devices")
        page.wait_for_selector("body[data-contact=live], main")
        self.shot(page, "devices", 620)
        new = self.stage.page("desk")
        new.route("**/api/v1/pairings", _always_the_same_letters)
        new.goto(f"{self.morning.server.url}/pair")
        new.wait_for_selector("[data-state=shown]")
        self.shot(new, "pair", 675, upper=450)


def _always_the_same_letters(route: Route) -> None:
    """The server's answer with another code: the page draws it again at every look, so it comes changed."""
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"code": "K7M2QX"})


def kind_differs(shown: bytes, kept: bytes) -> str:
    """Why a screen is another than its picture; empty if it is not. Numbers, names and letters may differ."""
    now, then = (Image.open(BytesIO(one)).convert("L") for one in (shown, kept))
    if now.size != then.size:
        return f"{now.size} instead of {then.size}"
    patches = ImageChops.difference(now.resize(_SMALL, Image.BOX), then.resize(_SMALL, Image.BOX)).tobytes()
    share = sum(patch > _DIFFERS for patch in patches) / len(patches)
    return f"{share:.0%} of it differs" if share > _MOST_PATCHES else ""


def chromium(playwright: object) -> Browser:
    """The browser of whoever takes the pictures by hand."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)


def main() -> None:
    """Take all pictures anew."""
    guides.PICTURES.mkdir(exist_ok=True)
    words = {}

    def keep(name: str, png: bytes, said: list[str]) -> None:
        small = shrink(png)
        if len(small) > MOST_BYTES:
            raise ValueError(f"{name} has {len(small)} bytes")
        (guides.PICTURES / f"{name}.png").write_bytes(small)
        words[name] = said
        print(f"{name}.png {len(small) // 1000} kB")

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        morning = Morning(Path(folder))
        try:
            morning.server.start()
            Album(morning, Stage(chromium(playwright)), keep).take()
        finally:
            morning.server.kill()
    WORDS.write_text(json.dumps(words, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
