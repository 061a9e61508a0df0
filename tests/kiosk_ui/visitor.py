"""What a visitor does and sees: at the kiosk, on the phone."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, Request, expect

from tests.world.screens import COUNT_REQUESTS, AskedAgain

# Counts what would have reached the printer and the hand; a headless browser has neither.
LISTEN = """
window.print = () => { top.prints = (top.prints || 0) + 1; };
navigator.vibrate = (pattern) => { window.shakes = (window.shakes || 0) + 1; return true; };
"""


NOW = datetime(2026, 1, 19, 3, 42, tzinfo=UTC)  # on a page whose clock is a test's
SETTLED_MS = 350  # a screen does not take the second half of a double tap


class Screen:
    """A page whose every fault is remembered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.forgiven = re.compile("$^")
        self.asked_again = AskedAgain()
        self.posts: list[Request] = []
        self.slips: list[str] = []
        self.clocked = False
        page.add_init_script(LISTEN)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        if message.location.get("url", "").endswith("/api/v1/pairings"):
            return  # all screens are at one address here, and while the hall's clock stands no code of theirs ends
        if message.type not in ("error", "warning") or self.forgiven.search(message.text):
            return
        if not self.asked_again.excuses(message):
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/tickets"):
            self.posts.append(request)
        if "/slip?" in request.url:
            self.slips.append(request.url)

    def forgive(self, pattern: str) -> None:
        """A browser writes every refused or broken request into its console; this test makes some on purpose."""
        self.forgiven = re.compile(f"{self.forgiven.pattern}|{pattern}")

    def until(self, expression: str, seconds: float = 30) -> None:
        """Until the page finds this true. (Playwright's own waiting evaluates text: forbidden by the page's policy.)"""
        deadline = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"never came true: {expression}"
            self.page.wait_for_timeout(50)

    def own_clock(self) -> None:
        """From its opening on the page's time stands still but in ``pass_time``, however long this test takes."""
        self.page.clock.install(time=NOW - timedelta(minutes=1))
        self.page.clock.pause_at(NOW)
        self.page.add_init_script(COUNT_REQUESTS)
        self.forgive("WebSocket")  # a warped clock cuts the live line; polling goes on
        self.clocked = True

    def pass_time(self, ms: int) -> None:
        """Let the page's own clock run, in steps after each of which the network answers."""
        while ms > 0:
            self.page.clock.run_for(min(ms, 5000))
            self.page.wait_for_timeout(60)
            self.until("window.asking === 0")
            ms -= 5000

    def open(self, url: str) -> None:
        """Go there; the page has drawn itself."""
        self.page.goto(url)
        self.page.wait_for_selector("#stage h1")


class KioskScreen(Screen):
    """A kiosk and the finger on it."""

    @property
    def name(self) -> str:
        """Which screen stands there."""
        return self.page.get_attribute("#stage", "data-screen")

    def touch(self, key: str) -> None:
        """One touch on the thing of this name, on whichever page of choices it stands."""
        while self.page.locator(f'[data-key="{key}"]').count() == 0 and self.page.locator('[data-key="next"]').count():
            self._click('[data-key="next"]')
        self._click(f'[data-key="{key}"]')

    def _click(self, selector: str) -> None:
        self.page.wait_for_selector(selector)
        if self.clocked:
            self.pass_time(SETTLED_MS)
        self.page.click(selector)

    def tool(self, name: str) -> None:
        """One touch on the toolbar."""
        self.page.click(f'[data-tool="{name}"]')

    def wait(self, name: str) -> None:
        """Until this screen stands there."""
        self.page.wait_for_selector(f'#stage[data-screen="{name}"]')

    def details(self, agency: str, service: str) -> None:
        """Two touches: the details of a service."""
        self.touch(f"agency-{agency}")
        self.wait("services")
        self.touch(f"service-{service}")

    def take(self, agency: str = "dukcapil", service: str = "ktp-cetak", type_: str = "regular") -> str:
        """Three touches: the number."""
        self.details(agency, service)
        self.touch(f"take-{type_}")
        return self.number()

    def number(self) -> str:
        """The number that stands there."""
        return self.page.inner_text("#number")

    def title(self, text: str) -> None:
        """The heading says so."""
        expect(self.page.locator("#stage h1")).to_contain_text(text)

    @property
    def keys(self) -> list[str]:
        """The idempotency keys of the wishes sent."""
        return [post.headers["idempotency-key"] for post in self.posts]

    def slip(self) -> str:
        """The address of the first slip: it is fetched after the number was shown."""
        until = time.monotonic() + 30
        while not self.slips and time.monotonic() < until:
            self.page.wait_for_timeout(40)
        return self.slips[0]

    def prints(self) -> int:
        """How many slips went to the printer."""
        return self.page.evaluate("window.prints || 0")


class PhoneScreen(Screen):
    """A phone in a hand."""

    def state(self, name: str) -> None:
        """The page shows this state of the ticket."""
        self.page.wait_for_selector(f'body[data-state="{name}"]')

    def shakes(self) -> int:
        """How often it has vibrated."""
        return self.page.evaluate("window.shakes || 0")
