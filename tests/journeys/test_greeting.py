"""A screen greets the server once on each line, however long the answer takes; a second greeting makes it hang up.

The library then holds the dead line for a living one, and the screen would be wrong until it notices the silence. And a
line that ends before the server's first word is tried again at once, not when the library's time for it is over.
"""

import re
import time
from functools import partial

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute

from queue_server import places
from tests.journeys.conftest import Stage
from tests.world.screens import Phone, Wall, eventually

SITE = "pandeglang"
SLOW_MS = 5500  # longer than any page waits before it looks after a lost line
SOON_S = 10.0  # far less than until the wall notices the silence of a dead line
GREETING = "40/live"
IMPATIENT = {"if (!this.socket.active) this.begin();": "if (!this.socket.connected) this.socket.connect();"}


class SlowLine:
    """The line between a wall and a real server; while ``slow``, what the wall says waits until it is released."""

    def __init__(self) -> None:
        self.slow, self.greetings, self._kept, self._ends = False, [], [], ()

    def carry(self, line: WebSocketRoute) -> None:
        """Stand between a page's socket and the server."""
        server, greetings = line.connect_to_server(), []
        self.greetings.append(greetings)
        self._ends = (line, server)

        def said(message: str | bytes) -> None:
            if str(message).startswith(GREETING):
                greetings.append(message)
            if self.slow:
                self._kept.append((server, message))
            else:
                server.send(message)

        line.on_message(said)

    def lose(self) -> None:
        """The line is cut; what is said on the next one waits."""
        self.slow = True
        for end in self._ends:
            end.close()

    def is_greeted(self, times: int) -> bool:
        """Whether the line that came after the lost one was greeted so often."""
        return len(self.greetings) > 1 and len(self.greetings[-1]) >= times

    def release(self) -> None:
        """Pass on what was kept."""
        self.slow = False
        for server, message in self._kept:
            server.send(message)


def _answer_with(source: str, route: Route) -> None:
    route.fulfill(body=source, content_type="text/javascript")


def hang_without(page: Page, changes: dict[str, str]) -> None:
    """Give the page a live connection in which some of ours is replaced."""
    if not changes:
        return
    for bundle in (places.STATIC / "bundle").glob("*.js"):
        source = bundle.read_text()
        if not all(ours in source for ours in changes):
            continue  # a page that has no live connection
        for ours, other in changes.items():
            assert source.count(ours) == 1
            source = source.replace(ours, other)
        page.route(f"**/{bundle.name}", partial(_answer_with, source))


@pytest.fixture
def greeted(open_malls, stage: Stage):
    """Open a hall and its wall, lose the line, let the greeting of the next one wait; the line and the wall.

    The wall looks after its line as late as it ever does, so that a busy machine has opened the next one by then.
    """

    def lose(without: dict[str, str], times: int) -> tuple[SlowLine, Wall]:
        malls, line, page = open_malls(), SlowLine(), stage.page("wall")
        page.route_web_socket(re.compile("/socket.io/"), line.carry)
        hang_without(page, without)
        page.add_init_script("Math.random = () => 0.99")
        wall = Wall.open(page, malls.server, SITE)
        stage.expect_lost_lines()
        eventually(lambda: len(line.greetings[0]), 1, page=page)
        line.lose()
        eventually(lambda: line.is_greeted(1), True, page=page)
        page.wait_for_timeout(SLOW_MS)
        eventually(lambda: line.is_greeted(times), True, page=page)
        line.release()
        page.wait_for_timeout(500)
        officer = malls.people[SITE].officers()[0]
        officer.verb(SITE, "1", "open")
        assert malls.people[SITE].kiosks()[0].issue(SITE, "paspor-informasi").status_code == 201
        assert officer.verb(SITE, "1", "call-next").json()["ticket"]["number"] == "F001"
        return line, wall

    return lose


def test_a_wall_whose_greeting_is_answered_late_greets_once_and_hears_the_next_call(greeted):
    line, wall = greeted({}, times=1)
    wall.until("F001", "1", seconds=SOON_S)
    assert [len(said) for said in line.greetings if said] == [1, 1]


@pytest.mark.night
def test_control_a_wall_that_greets_again_is_noticed(greeted):
    line, wall = greeted(IMPATIENT, times=2)
    assert max(len(said) for said in line.greetings) > 1
    with pytest.raises(AssertionError):
        wall.until("F001", "1", seconds=4)


def test_a_line_that_ends_before_the_servers_first_word_is_tried_again_at_once(open_malls, stage: Stage):
    """A server that dies in that moment: a phone would wait for twenty seconds, and longer if it happens twice."""
    malls, page, tries = open_malls(), stage.page("phone"), []

    def carry(line: WebSocketRoute) -> None:
        tries.append(time.monotonic())
        if len(tries) <= 2:  # the first of the page, and the first of the library's own
            line.close()
        else:
            line.connect_to_server()

    page.route_web_socket(re.compile("/socket.io/"), carry)
    ticket = malls.people[SITE].kiosks()[0].issue(SITE, "paspor-informasi").json()
    phone = Phone.open(page, malls.server, ticket["token"])
    stage.expect_lost_lines()
    eventually(lambda: len(tries), 3, 60, page)
    assert tries[2] - tries[0] < 15
    officer = malls.people[SITE].officers()[0]
    officer.verb(SITE, "1", "open")
    officer.verb(SITE, "1", "call-next")
    phone.until("called", "F001", "1", seconds=SOON_S)
