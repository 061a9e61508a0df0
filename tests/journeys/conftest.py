"""Both malls on a working day, and a browser whose every screen is watched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.world.people import WORKDAY, Cast, cast, run_from
from tests.world.screens import LOST_LINE, NO_PRINTER, PATIENCE_MS, REFUSED, Watch
from tests.world.server import Server

OFFICERS = {
    "lebak": {"lebak-dukcapil": "dukcapil", "lebak-imigrasi": "imigrasi"},
    "pandeglang": {"pandeglang-1": "imigrasi", "pandeglang-2": "imigrasi", "pandeglang-polres": "polres"},
}
SIZES = {
    "kiosk": (1080, 1920),
    "wall": (1920, 1080),
    "display": (1024, 600),
    "phone": (360, 640),
    "desk": (1366, 768),
    "supervisor": (1440, 900),
}


class Malls:
    """One server for both malls, with officers and a kiosk at each."""

    def __init__(self, folder: Path, moment: str = WORKDAY) -> None:
        folder.mkdir()
        self.server = Server(folder / "data")
        run_from(self.server, moment)
        self.people: dict[str, Cast] = {
            site: cast(self.server, site, officers=named, kiosks=1) for site, named in OFFICERS.items()
        }

    def kiosk_token(self, site: str) -> str:
        """The site's kiosk."""
        return self.people[site].kiosk_tokens[0]

    def board(self, site: str) -> dict:
        """The site's board, without the moment it was asked for."""
        board = self.people[site].kiosks()[0].get(f"/sites/{site}/board").json()
        return {k: v for k, v in board.items() if k != "now"}


@pytest.fixture
def open_malls(tmp_path: Path) -> Iterator[Callable[..., Malls]]:
    """Open both malls at a moment; the server is ended afterwards."""
    made: list[Malls] = []

    def start(moment: str = WORKDAY, sabotage: str = "") -> Malls:
        malls = Malls(tmp_path / f"malls-{len(made)}", moment)
        made.append(malls)
        if sabotage:
            malls.server.environ["TEST_SABOTAGE"] = sabotage
        malls.server.start()
        return malls

    yield start
    for malls in made:
        if malls.server.process is not None and malls.server.process.poll() is None:
            malls.server.kill()
        print(malls.server.last_words(80))  # shown beside a journey that failed: what its screens met


@pytest.fixture
def stage(chromium: Browser) -> Iterator["Stage"]:
    """New pages of every kind; at the end none may have erred or have asked another host."""
    made = Stage(chromium)
    yield made
    made.close()


class Stage:
    """The browser's side of a journey."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.contexts, self.watches = [], []

    def page(self, kind: str, **options: object) -> Page:
        """A page of its own browser profile, in the size of that kind of screen."""
        width, height = SIZES[kind]
        if kind == "phone":
            options = {"is_mobile": True, "has_touch": True} | options
        context = self.chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.add_init_script(NO_PRINTER)
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        self.watches.append(Watch(context))
        return context.new_page()

    def expect_lost_lines(self) -> None:
        """From now on the server may be away: what a browser writes about that is no fault."""
        for watch in self.watches:
            watch.expected.append(LOST_LINE)

    def expect_refusals(self) -> None:
        """This test asks for what is not to be had: a browser writes every refused request into its console."""
        for watch in self.watches:
            watch.expected.append(REFUSED)

    def faults(self) -> list[str]:
        """All faults so far, of all pages."""
        return [f for w in self.watches for f in w.faults]

    def outside(self) -> list[str]:
        """All addresses of other hosts that any page asked for."""
        return [u for w in self.watches for u in w.outside]

    def close(self) -> None:
        """Close everything, and fail on faults."""
        faults, outside = self.faults(), self.outside()
        for context in self.contexts:
            context.close()
        assert not faults
        assert not outside
