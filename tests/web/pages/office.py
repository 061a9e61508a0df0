"""A hall with one counter for each test, and an officer's page as a test drives it."""

import itertools
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, Route

from tests.world.people import PASSWORD, WORKDAY, cast
from tests.world.screens import LOST_LINE, NO_PRINTER, PATIENCE_MS, Watch, eventually
from tests.world.server import Client, Server

DESKTOP = {"width": 1440, "height": 900}  # of a supervisor
SITE = "kantor"
COUNTERS = 30
AT_LEISURE = "body:not([aria-busy=true])"  # the counter page takes one verb at a time
# What the line below the card has said since the last key: a passing word may be gone before a busy test looks.
EARS = """
window.said = [];
addEventListener("DOMContentLoaded", () => {
  const strip = document.querySelector("#strip");
  const note = () => window.said.push(strip.innerText);
  if (strip) new MutationObserver(note).observe(strip, { attributes: true, childList: true, subtree: true });
});
"""
# A cheap button closes several times within a moment. Each press is over before the next is heard, and all are of one
# moment by the clock that the page goes by, however slow the machine is.
BOUNCE = """async ([key, times]) => {
  const down = () => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  for (const press of Array.from({ length: times }, down)) {
    document.activeElement.dispatchEvent(press);
    while (document.body.getAttribute("aria-busy") === "true") await new Promise((go) => setTimeout(go, 20));
  }
}"""
HEAD = f"""
id = "{SITE}"
name = "Kantor Uji"
short_name = "Kantor Uji"
timezone = "Asia/Jakarta"
hours = "always"
[missed_call]
recalls = 2
return_within_minutes = 30
[[agencies]]
id = "a"
name = "Instansi A"
[[agencies]]
id = "b"
name = "Instansi B"
[[services]]
id = "lain"
agency = "b"
prefix = "Z"
name = {{ id = "Layanan lain & titipan" }}
kiosk = false
[[counters]]
id = "99"
name = "Loket 99"
agency = "b"
services = ["lain"]
"""
COUNTER = """
[[services]]
id = "s{n}"
agency = "a"
prefix = "{prefix}"
name = {{ id = "Layanan {n}" }}
target_minutes = 10
next = ["lain"]
outcomes = ["selesai", "berkas-kurang"]
papers = [{{ id = "KTP", name = {{ id = "KTP-el" }} }}, {{ id = "KK", name = {{ id = "Kartu Keluarga" }} }}]
[[counters]]
id = "{n}"
name = "Loket {n}"
agency = "a"
services = ["s{n}"]
"""


class Office:
    """A server, and a counter with an officer of its own for whoever asks."""

    def __init__(self, folder: Path, more: str = "") -> None:
        config = folder / "config"
        (config / "sites").mkdir(parents=True)
        letters = [a + b for a in "ABCDEF" for b in "KLMNPR"]
        parts = [COUNTER.format(n=n, prefix=letters[n]) for n in range(1, COUNTERS + 1)]
        (config / "sites" / f"{SITE}.toml").write_text(more + HEAD + "".join(parts))
        self.server = Server(folder / "data", config=config)
        self.server.data.mkdir()
        self.ahead = datetime.fromisoformat(WORKDAY) - datetime.now(UTC)
        self.pass_time(0)  # no test may run into midnight: then a new day begins
        officers = {f"petugas-{n}": "a" for n in range(1, COUNTERS + 1)} | {"petugas-99": "b"}
        self.cast = cast(self.server, SITE, officers=officers, kiosks=1)
        self.server.start()
        self.kiosk = self.cast.kiosks()[0]
        self.tokens: dict[str, str] = {}  # number -> its phone page
        self.free = itertools.count(1)
        assert self.client("petugas-99").verb(SITE, "99", "open").status_code == 200  # who is sent on can be called

    def pass_time(self, seconds: float) -> None:
        """Turn the server's clock, which runs on from there. No clock goes back: it stays so for all that share it."""
        self.ahead += timedelta(seconds=seconds)
        self.server.set_clock(str(self.ahead.total_seconds()))

    def take(self, n: int, how_many: int = 1, class_: str = "regular") -> list[str]:
        """Visitors take numbers for counter ``n``."""
        answers = [self.kiosk.issue(SITE, f"s{n}", class_) for _ in range(how_many)]
        assert all(a.status_code == 201 for a in answers)
        self.tokens |= {a.json()["number"]: a.json()["token"] for a in answers}
        return [a.json()["number"] for a in answers]

    def client(self, username: str) -> Client:
        """Somebody at the API."""
        return Client(self.server).sign_in(username, PASSWORD)


class Desk:
    """An officer's page: its keys, what it shows, what it has sent."""

    def __init__(
        self, office: Office, chromium: Browser, n: int, username: str = "", password: str = PASSWORD, **view: Any
    ) -> None:
        self.office, self.n = office, n
        self.numbers: list[str] = []
        self.meant: str | None = None
        self.context = chromium.new_context(viewport=view.pop("size", {"width": 1366, "height": 768}), **view)
        self.context.add_init_script(NO_PRINTER + EARS)
        self.watch = Watch(self.context)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.sent: list[tuple[str, dict[str, Any], str | None]] = []
        self.page.on("request", self._note)
        self.sign_in(username or f"petugas-{n}", password)

    def sign_in(self, username: str, password: str) -> None:
        """By the API: the sign-in page has tests of its own."""
        url = self.office.server.url
        body = json.dumps({"username": username, "password": password})
        headers = {"Content-Type": "application/json", "Origin": url}
        assert self.context.request.post(f"{url}/api/v1/login", data=body, headers=headers).status == 204

    def open(self, ready: bool = True) -> "Desk":
        """The page; with the counter open unless a test wants to do that itself."""
        self.page.goto(f"{self.office.server.url}/{SITE}/counters/{self.n}")
        self.page.wait_for_selector("#keys button")
        if ready:
            self.press("Space")
            self.until("idle")
            self.settle()
        return self

    def _note(self, request: Request) -> None:
        if request.method == "POST" and request.headers.get("content-type") == "application/json":
            key = request.headers.get("idempotency-key")
            body = dict(request.post_data_json)
            self.meant = body.pop("at_hand", None)  # which number the key was for
            self.sent.append((request.url.rsplit("/", 1)[1], body, key))

    def verbs(self) -> list[str]:
        """The verbs sent so far."""
        return [verb for verb, _, _ in self.sent]

    def press(self, *keys: str) -> None:
        """Keys, as fast as they come, once the page is at leisure; what it says from now on is new."""
        self.page.wait_for_selector(AT_LEISURE)
        self.page.evaluate("window.said = []")
        for key in keys:
            self.page.keyboard.press(key)

    def settle(self) -> None:
        """Long enough for the same key to be meant again."""
        self.page.wait_for_timeout(750)

    def until(self, state: str, number: str | None = None) -> None:
        """Wait until the page shows this state (and number in the card), and is at leisure.

        The line may tell of a verb sooner than its own reply; a key pressed in between is not taken.
        """
        eventually(lambda: self.page.get_attribute("#main", "data-state"), state, page=self.page)
        self.page.wait_for_selector(AT_LEISURE)
        if number:
            eventually(lambda: self.page.get_attribute("#number", "data-number"), number, page=self.page)

    def says(self, part: str) -> None:
        """Wait until the line below the card has this in it, or had it since the last key."""
        eventually(
            lambda: part in "\n".join([*self.page.evaluate("window.said"), self.text("#strip")]), True, page=self.page
        )

    def still_says(self, part: str) -> None:
        """Wait until it stands there."""
        eventually(lambda: part in self.text("#strip"), True, page=self.page)

    def text(self, selector: str) -> str:
        """What stands there."""
        return self.page.inner_text(selector)

    def dim(self, verb: str) -> bool:
        """Whether a verb's small key is dim."""
        return self.page.get_attribute(f"#key-{verb}", "aria-disabled") == "true"

    def truth(self) -> dict[str, Any]:
        """The desk as the server has it."""
        return self.context.request.get(f"{self.office.server.api}/sites/{SITE}/counters/{self.n}/desk").json()

    def expect_refusals(self, *statuses: int) -> None:
        """A refused request is written to the console by the browser; these are meant."""
        self.watch.expected.append(re.compile(f"status of ({'|'.join(map(str, statuses))})"))

    def expect_lost_lines(self) -> None:
        """A lost request is written there too."""
        self.watch.expected.append(LOST_LINE)

    def drop(self, verb: str, *, after: bool = False, times: int = 1) -> None:
        """Lose the next requests of a verb: on the way there, or (``after``) only their replies on the way back."""
        self._lose(f"**/counters/{self.n}/{verb}", after, times)

    def drop_issue(self, times: int) -> None:
        """Lose the next replies to wishes for a number."""
        self._lose(f"**/sites/{SITE}/tickets", True, times)

    def _lose(self, where: str, after: bool, times: int) -> None:
        left = itertools.count(1)

        def lose(route: Route) -> None:
            if next(left) > times:
                return route.continue_()
            if after:
                request = route.request
                headers = {k: v for k, v in request.headers.items() if k.startswith(("content", "idem", "accept"))}
                headers["Origin"] = self.office.server.url
                self.context.request.post(request.url, data=request.post_data, headers=headers)
            return route.abort()

        self.page.route(where, lose)
