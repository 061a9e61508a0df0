"""Take the README's pictures of the main screens from a running demo: ``python -m tests.journeys.take_pictures``."""

import os
import re
import shutil
import sys
import tempfile
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright

from tests.journeys.conftest import Stage
from tests.journeys.palette import shrink
from tests.world.browser import BROWSER_ARGUMENTS
from tests.world.screens import Desk, Display, Kiosk, Phone, Wall
from tests.world.server import Client, Server

FOLDER = Path(__file__).parent / "pictures"
SITE = "pandeglang"
MOST_BYTES = 120_000
TAKEN_AT = time(11, 30)  # in the hall: with half a day of visitors behind it


class Album:
    """The demo's screens and where their pictures go."""

    def __init__(self, server: Server, stage: Stage) -> None:
        self.server, self.stage = server, stage

    def keep(self, page: Page, name: str, selector: str | None = None) -> None:
        """Take a picture when the fonts are there and nothing moves any more."""
        page.evaluate("document.fonts.ready.then(() => null)")
        page.wait_for_timeout(1500)
        small = shrink(page.locator(selector).screenshot() if selector else page.screenshot())
        if len(small) > MOST_BYTES:
            raise ValueError(f"{name} has {len(small)} bytes")
        (FOLDER / f"{name}.png").write_bytes(small)
        print(f"{name}.png {len(small) // 1000} kB")

    def token(self, what: str) -> str:
        """An enrolment token from the demo's sheet."""
        return re.search(rf"/{SITE}/{what}\S*#enrol=(\S+)", self.server.printed)[1]

    def person(self, name: str) -> tuple[str, str]:
        """A demo account: username and password."""
        return name, re.search(rf"^\s*{name}\s+(\S+)", self.server.printed, re.M)[1]

    def take(self) -> None:
        """All pictures, along one visitor's way."""
        kiosk_token = self.token("kiosk")
        kiosk = Kiosk.open(self.stage.page("kiosk"), self.server, SITE, kiosk_token)
        self.keep(kiosk.page, "kiosk-agencies")
        kiosk.touch("agency-imigrasi")
        kiosk.page.wait_for_selector('[data-key="service-paspor-informasi"]')
        self.keep(kiosk.page, "kiosk-services")
        kiosk.touch("service-paspor-informasi")
        with kiosk.page.expect_response(lambda r: r.url.endswith("/tickets")) as answer:
            kiosk.touch("take-regular")
        ticket = answer.value.json()
        kiosk.page.wait_for_selector("#number")
        self.keep(kiosk.page, "kiosk-number")
        phone = Phone.open(self.stage.page("phone"), self.server, ticket["token"])
        self.keep(phone.page, "phone-waiting")
        slip = self.stage.page("desk")
        slip.goto(f"{self.server.url}/t/{ticket['token']}/slip?width=80")
        slip.set_viewport_size({"width": 300, "height": 600})
        self.keep(slip, "slip-80", "body")
        wall = Wall.open(self.stage.page("wall"), self.server, SITE)
        self.keep(wall.page, "wall-rest")
        self.called_and_served(ticket, wall, phone)
        home = self.stage.page("desk")
        home.goto(self.server.url)
        self.keep(home, "home")

    def called_and_served(self, ticket: dict, wall: Wall, phone: Phone) -> None:
        """The visitor is called and served; then the supervisor looks at the figures and the hall."""
        display = Display.open(self.stage.page("display"), self.server, SITE, "1")
        desk = Desk.sign_in(self.stage.page("desk"), self.server, SITE, "1", *self.person(f"{SITE}-1"))
        officer = Client(self.server).sign_in(*self.person(f"{SITE}-1"))
        officer.verb(SITE, "1", "open")
        officer.verb(SITE, "1", "call", {"number": ticket["number"], "reason": "picture"})
        phone.until("called", ticket["number"], "1")
        wall.until(ticket["number"], "1")
        self.keep(wall.page, "wall-calling")
        self.keep(display.page, "counter-display")
        self.keep(phone.page, "phone-turn")
        desk.press("s", "serve")
        desk.until("serving", ticket["number"])
        self.keep(desk.page, "desk-serving")
        report = Desk.sign_in(self.stage.page("desk"), self.server, SITE, "1", *self.person(f"{SITE}-supervisor"))
        for page in ("report", "supervisor", "performance"):
            report.page.goto(f"{self.server.url}/{SITE}/{page}")
            self.keep(report.page, page)


def main() -> None:
    """Serve a demo of its own, take the pictures, stop it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data", command="demo")
        here = datetime.now(ZoneInfo("Asia/Jakarta"))
        then = datetime.combine(here.date(), TAKEN_AT, here.tzinfo)
        server.set_clock(str((then - here).total_seconds()))
        try:
            server.start()
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            Album(server, Stage(playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS))).take()
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
