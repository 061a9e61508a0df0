"""An upgrade while calls go on: walls of the release before live on before the new server, miss nothing, and reload.

The walls are really old: their page and scripts are those recorded in ``old_client/wall.tar.xz``. The server first
says that it is of their build; it is then stopped and started as what it is.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, Route

from tests.display_ui.hall import POLICY
from tests.display_ui.old_client import COUNTERS, OldWall, hall
from tests.world.people import SITE, WORKDAY, cast, run_from

KINDS = {".js": "text/javascript", ".css": "text/css"}
WHAT = "calls × walls over an upgrade, old client against new server, in the browser"
EVERY_MS = 200
NEXT = "next"
COME_BACK_S = 8  # the slowest reconnect, and a little
BUILD = "JSON.parse(document.querySelector('#page-data').textContent).build"
# Keeps, through a reload, which numbers were ever on the glass, and what the band was doing when the page was left.
EYES = """
const kept = () => JSON.parse(sessionStorage.getItem("seen") || "[]");
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  const seen = Array.from(document.querySelectorAll("[data-number]"), (one) => one.dataset.number);
  sessionStorage.setItem("seen", JSON.stringify(Array.from(new Set([...kept(), ...seen]))));
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-number"] }));
addEventListener("pagehide", () => sessionStorage.setItem("left", document.querySelector("#band").dataset.state));
Math.random = () => 0.02; // among the first of the minute over which a hall's screens reload
"""


class Upgrade:
    """A hall whose walls hang since the release before."""

    def __init__(
        self, folder: Path, chromium: Browser, old: OldWall, visitors: int, walls: list[dict[str, str]]
    ) -> None:
        self.server, self.old, self.called = hall(folder), old, []
        self.server.environ = {"TEST_SABOTAGE": "display_ui.release.tells", "TEST_BUILD": old.build}
        run_from(self.server, WORKDAY)
        people = cast(self.server, SITE, officers=len(COUNTERS), kiosks=1)
        self.server.start()
        self.officers = dict(zip(COUNTERS, people.officers(), strict=True))
        for counter, officer in self.officers.items():
            officer.verb(SITE, counter, "open")
        for _ in range(visitors):
            people.kiosks()[0].issue(SITE, "talk")
        # A page that a test answers is no page of this machine to Chromium, and may not speak to it unless told.
        options = {"viewport": {"width": 1920, "height": 1080}, "permissions": ["local-network-access"]}
        self.contexts = [chromium.new_context(**options) for _ in walls]
        self.walls = [self._hang(context.new_page(), own) for context, own in zip(self.contexts, walls, strict=True)]

    def _hang(self, page: Page, instead: dict[str, str]) -> Page:
        page.add_init_script(EYES)
        page.route("**/*", lambda route: self._answer(route, instead))
        page.goto(f"{self.server.url}/{SITE}/wall?voice=1")
        page.wait_for_selector('#band[data-state="notice"]')
        return page

    def _answer(self, route: Route, instead: dict[str, str]) -> None:
        path = urlsplit(route.request.url).path
        if path.endswith("/wall") and self.server.environ["TEST_BUILD"] != NEXT:
            headers = {"Content-Security-Policy": POLICY}
            return route.fulfill(body=self.old.page, content_type="text/html; charset=utf-8", headers=headers)
        own = path.removeprefix(f"/assets/{self.old.build}/")
        if own != path and (file := self.old.files / own).is_file():
            return route.fulfill(body=instead.get(own, file.read_text()), content_type=KINDS[file.suffix])
        return route.continue_()

    def call(self, times: int) -> None:
        """Officers call one after another; whoever was at the counter is served."""
        for _ in range(times):
            counter = list(COUNTERS)[len(self.called) % len(COUNTERS)]
            if len(self.called) >= len(COUNTERS):
                self.finish(counter)
            answer = self.officers[counter].verb(SITE, counter, "call-next").json()
            self.called.append(answer["ticket"]["number"])
            self.walls[0].wait_for_timeout(EVERY_MS)

    def finish(self, counter: str) -> None:
        """The visitor there is served."""
        for verb in ("serve", "finish"):
            self.officers[counter].verb(SITE, counter, verb)

    def upgrade(self) -> float:
        """Stop the old, start the new; seconds in which officers were not answered."""
        began = time.monotonic()
        assert self.server.stop() == 0
        self.server.environ["TEST_BUILD"] = NEXT  # also where nothing was changed since the recording
        self.server.start()
        return time.monotonic() - began

    def go_home(self) -> None:
        """Everybody is served, and so long ago that the band has nobody left to call."""
        for counter in COUNTERS:
            self.finish(counter)
        run_from(self.server, WORKDAY.replace("09:00", "09:05"))
        self.officers["1"].verb(SITE, "1", "close")

    def left(self) -> list[str | None]:
        """What each wall's band was doing when it reloaded; None: it has not."""
        return [_ask(wall, "sessionStorage.getItem('left')") for wall in self.walls]

    def comes(self, ready: Callable[[], bool], patience_s: float) -> bool:
        """Whether something comes true in time."""
        until = time.monotonic() + patience_s
        while not (now := ready()) and time.monotonic() < until:
            self.walls[0].wait_for_timeout(250)
        return now

    def missed(self) -> list[list[str]]:
        """Of each wall, the numbers that were called and never seen."""
        seen = [set(json.loads(_ask(wall, "sessionStorage.getItem('seen')") or "[]")) for wall in self.walls]
        return [[number for number in self.called if number not in one] for one in seen]

    def end(self) -> None:
        """Take the walls down and stop the server."""
        for context in self.contexts:
            context.close()
        if self.server.process.poll() is None:
            self.server.kill()


def _ask(page: Page, what: str) -> Any:
    """Ask a page that may reload this very moment."""
    while True:
        try:
            return page.evaluate(what)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            page.wait_for_load_state()


@pytest.fixture
def old(tmp_path: Path) -> OldWall:
    """The recorded wall."""
    return OldWall(tmp_path / "old")


@pytest.fixture
def hang(tmp_path: Path, chromium: Browser, old: OldWall) -> Iterator[Callable[..., Upgrade]]:
    """Makes halls with old walls."""
    made: list[Upgrade] = []

    def make(visitors: int, walls: list[dict[str, str]]) -> Upgrade:
        made.append(Upgrade(tmp_path / str(len(made)), chromium, old, visitors, walls))
        return made[-1]

    yield make
    for one in made:
        one.end()


@pytest.mark.night
def test_old_walls_show_every_call_over_an_upgrade_and_reload_when_idle(hang, figure):
    row = figure("F19", WHAT)
    calls = row.size(ci=12, night=600)
    upgrade = hang(calls, [{}] * row.size(ci=2, night=12))
    upgrade.call(calls // 2)
    gap = upgrade.upgrade()
    upgrade.call(calls - calls // 2)
    upgrade.comes(lambda: not any(upgrade.missed()), COME_BACK_S)
    missed = sum(map(len, upgrade.missed()))
    row.count(calls * len(upgrade.walls), lost=missed)
    row.note(f"officers unanswered for {gap:.1f} s")
    assert not missed
    assert gap < 10
    upgrade.go_home()
    assert upgrade.comes(lambda: None not in upgrade.left(), 60)
    assert set(upgrade.left()) == {"rest"}  # nobody was being called
    for wall in upgrade.walls:
        wall.wait_for_selector(
            f'[data-number="{upgrade.called[-1]}"]', state="attached"
        )  # the new wall goes on where the old one was
    assert {_ask(wall, BUILD) for wall in upgrade.walls} == {NEXT}


def disarmed(old: OldWall, path: str, safeguard: str, without: str) -> dict[str, str]:
    """A recorded script without one of its safeguards."""
    source = (old.files / path).read_text()
    assert source.count(safeguard) == 1
    return {path: source.replace(safeguard, without)}


@pytest.mark.night
def test_control_walls_that_do_not_come_back_or_reload_in_the_middle_of_a_call_are_noticed(hang, old, figure):
    bye = 'socket.on("disconnect", () => this.'
    gone = disarmed(old, "static/js/live.js", f"{bye}again());", f"{bye}close());")
    rude = disarmed(old, "static/js/fresh.js", " || !idle()) return;", ") return;")
    upgrade = hang(10, [gone, rude])
    upgrade.call(2)
    upgrade.upgrade()
    upgrade.call(8)  # enough for half a minute in the band; a beat comes within ten seconds
    assert upgrade.comes(lambda: upgrade.left()[1] is not None, 30)
    assert [len(one) for one in upgrade.missed()] == [8, 0]
    assert upgrade.left() == [None, "call"]
    row = figure("F19", WHAT)
    row.caught("a wall that does not come back", "8 of 10 missed")
    row.caught("a wall that reloads while it calls", "left in the middle of a call")
