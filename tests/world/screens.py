"""The screens of a mall as people see and use them; each remembers every fault and every host it asked."""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.world.server import Server

OWN_HOST = "127.0.0.1"
LOST_LINE = re.compile(r"net::ERR_|WebSocket connection to ")  # what a browser writes while no server answers
REFUSED = re.compile(r"status of (409|401)")  # and what it writes of a refusal that the page then explains
NO_PRINTER = "window.print = () => {};"
PATIENCE_MS = 30_000  # a busy machine may stand still for seconds, at any point
# How many requests a page waits for: a test whose clock stands still lets them be answered first.
COUNT_REQUESTS = """
window.asking = 0;
const reallyFetch = window.fetch;
window.fetch = async (...all) => {
  window.asking += 1;
  try {
    const answer = await reallyFetch(...all);
    await answer.clone().arrayBuffer();
    return answer;
  } finally {
    window.asking -= 1;
  }
};
"""
# Everything that moves and will come to rest has done so: what fades in has the contrast it will keep.
AT_REST = """async () => {
  await document.fonts.ready;
  const ends = (one) => one.effect && one.effect.getComputedTiming().endTime < Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
}"""


class AskedAgain:
    """A page on a busy machine gave up waiting for its socket and asked again, as it is to: a browser writes a line.

    Of each page once: one that goes on so is at fault, and whether it came live, a test asks of what it shows.
    """

    def __init__(self) -> None:
        self._pages = set[Page | None]()

    def excuses(self, message: ConsoleMessage) -> bool:
        """Whether the line is no fault."""
        first = message.page not in self._pages
        if "WebSocket is closed before the connection is established" not in message.text or not first:
            return False
        self._pages.add(message.page)
        return True


class Watch:
    """Everything of a context that must not happen: errors, broken policy, a request to another host."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.outside: list[str] = []
        self.expected: list[re.Pattern[str]] = []
        self._asked_again = AskedAgain()
        context.on("console", self._said)
        context.on("weberror", lambda e: self.faults.append(f"page error: {e.error}"))
        context.on("request", self._asked)
        context.on("page", lambda page: page.on("websocket", lambda ws: self._reach(ws.url)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or any(e.search(message.text) for e in self.expected):
            return
        if not self._asked_again.excuses(message):
            self.faults.append(f"{urlsplit(message.page.url).path if message.page else ''}: {message.text}")

    def _asked(self, request: Request) -> None:
        self._reach(request.url)

    def _reach(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != OWN_HOST:
            self.outside.append(url)


def eventually(look: Callable[[], Any], wanted: Any, seconds: float = 20.0, page: Page | None = None) -> None:
    """Wait until ``look()`` gives ``wanted``; fail with what it gave last. Looks once more after the time is over."""
    deadline = time.monotonic() + seconds
    while (seen := look()) != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(40) if page else time.sleep(0.04)
    assert seen == wanted, f"shows {seen}, not {wanted}"


BAND_WORDS = """
window.bandWords = [];
addEventListener("DOMContentLoaded", () => {
  const label = document.querySelector("#band-label");
  new MutationObserver(() => window.bandWords.push(label.textContent)).observe(label, { childList: true });
});
"""


@dataclass
class Screen(ABC):
    """A page of one kind, and what is to be read from it."""

    page: Page
    server: Server

    def text(self, selector: str) -> str:
        """What stands there, or nothing."""
        found = self.page.query_selector(selector)
        return found.inner_text().strip() if found else ""

    def attribute(self, selector: str, name: str) -> str | None:
        """An attribute, None where the element or the attribute is missing."""
        found = self.page.query_selector(selector)
        return found.get_attribute(name) if found else None

    @abstractmethod
    def shows(self) -> tuple:
        """What matters on this screen, as values."""

    def until(self, *wanted: Any, seconds: float = 20.0) -> None:
        """Wait until the screen shows this."""
        eventually(self.shows, wanted, seconds, self.page)


class Kiosk(Screen):
    """Where a visitor takes a number."""

    @classmethod
    def open(cls, page: Page, server: Server, site: str, token: str) -> "Kiosk":
        """The kiosk's page, enrolled by the link that ``device add`` makes possible."""
        page.goto(f"{server.url}/{site}/kiosk?slip=0#enrol={token}")
        page.wait_for_selector('[data-key^="agency-"]')
        page.wait_for_url(lambda url: "#" not in url)  # the token is traded in; before that no number is given
        return cls(page, server)

    def touch(self, key: str) -> None:
        """A finger on one of the screen's keys."""
        self.page.click(f'[data-key="{key}"]')

    def take(self, agency: str | None, service: str, class_: str = "regular") -> dict:
        """Agency (None: the hall has one only), service, *Ambil nomor*: the ticket that the server answered with."""
        if agency is not None:
            self.touch(f"agency-{agency}")
        self.touch(f"service-{service}")
        with self.page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/tickets")) as answer:
            self.touch(f"take-{class_}")
        assert answer.value.status == 201
        return answer.value.json()

    def shows(self) -> tuple:
        """(screen, number)."""
        return self.attribute("#stage", "data-screen"), self.attribute("#number", "data-number")


class Wall(Screen):
    """The wall display."""

    @classmethod
    def open(cls, page: Page, server: Server, site: str, query: str = "") -> "Wall":
        """The wall, drawn; it keeps what its band says, for that is over within seconds."""
        page.add_init_script(BAND_WORDS)
        page.goto(f"{server.url}/{site}/wall{query}")
        page.wait_for_selector('#band:not([data-state="starting"])', state="attached")
        return cls(page, server)

    def shows(self) -> tuple:
        """(number in the band, counter beside it), None before the first call."""
        if self.attribute("#band", "data-state") == "notice":
            return None, None
        return self.attribute("#band-number", "data-number"), self.text("#place-number")

    def has_said(self, words: str) -> None:
        """Wait until the line above the band's number has been this."""
        eventually(lambda: words in self.page.evaluate("window.bandWords"), True, page=self.page)


class Display(Screen):
    """The display above a counter."""

    @classmethod
    def open(cls, page: Page, server: Server, site: str, counter: str) -> "Display":
        """The counter display, drawn."""
        page.goto(f"{server.url}/{site}/counters/{counter}/display")
        page.wait_for_selector('#middle:not([data-state="starting"])', state="attached")
        return cls(page, server)

    def shows(self) -> tuple:
        """(state, number while there is one)."""
        state = self.attribute("#middle", "data-state")
        return state, self.attribute("#number", "data-number") if state in ("called", "serving") else None


class Phone(Screen):
    """A visitor's own ticket."""

    @classmethod
    def open(cls, page: Page, server: Server, token: str) -> "Phone":
        """The ticket's page, as its QR code opens it."""
        page.goto(f"{server.url}/t/{token}")
        page.wait_for_selector("#stage .number")
        return cls(page, server)

    def shows(self) -> tuple:
        """(state, number, counter while it is one's turn)."""
        return (
            self.page.evaluate("document.body.dataset.state"),
            self.attribute("#stage .number", "data-number"),
            self.text(".turn-counter"),
        )


@dataclass
class Desk(Screen):
    """An officer's counter page."""

    pressed: dict[str, float] = field(default_factory=dict)  # key -> when it was pressed last

    @classmethod
    def sign_in(cls, page: Page, server: Server, site: str, counter: str, username: str, password: str) -> "Desk":
        """Through the real sign-in page, to which the counter's page leads who is not signed in."""
        page.goto(f"{server.url}/{site}/counters/{counter}")
        assert urlsplit(page.url).path == "/login"
        page.fill("#username", username)
        page.fill("#password", password)
        page.click("#go")
        page.wait_for_selector("#main-word:not(:empty)")
        assert urlsplit(page.url).path == f"/{site}/counters/{counter}"
        return cls(page, server)

    def press(self, key: str, verb: str) -> dict:
        """One key, and the desk that its POST answered with."""
        soon = self.pressed.get(key, 0.0) + 0.75 - time.monotonic()
        if soon > 0:  # the page takes the same key again within 0.7 s for a bouncing button
            self.page.wait_for_timeout(soon * 1000)
        self.page.wait_for_selector("body:not([aria-busy=true])")  # it answers one key at a time
        try:
            with self.page.expect_response(
                lambda r: r.request.method == "POST" and r.url.endswith(f"/{verb}")
            ) as answer:
                self.page.keyboard.press(key)
                self.pressed[key] = time.monotonic()
        except PlaywrightTimeout:
            told = [self.text(part) for part in ("#main-key", "#strip", "#contact")]
            raise AssertionError(f"{key!r} at {self.shows()} sent no {verb}: {told}") from None
        assert answer.value.status == 200, answer.value.text()
        return answer.value.json()

    def transfer_to_first_suggestion(self) -> dict:
        """T, and the suggestion that is already chosen."""
        self.page.wait_for_selector("body:not([aria-busy=true])")
        self.page.keyboard.press("t")
        self.page.wait_for_selector("dialog[open] input[type=radio]:checked")
        with self.page.expect_response(lambda r: r.url.endswith("/transfer")) as answer:
            self.page.click("dialog[open] .panel-submit")
        assert answer.value.status == 200, answer.value.text()
        return answer.value.json()

    def shows(self) -> tuple:
        """(state, number in hand while there is one)."""
        state = self.attribute("#main", "data-state")
        return state, self.attribute("#number", "data-number") if state in ("called", "serving") else None
