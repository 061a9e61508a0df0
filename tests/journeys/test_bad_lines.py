"""Whatever the line does, every screen is right again within ten seconds of its mending, without a touch.

The pages, the socket library, the server and every byte between them are real; the line alone is bad. It is late, it
refuses, it sticks in the middle of the server's answer, down to the byte: before the upgrade, in its headers, after the
library's first words, in the first document.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.journeys.bad_line import BadLine
from tests.journeys.conftest import Malls, Stage
from tests.journeys.test_greeting import IMPATIENT, hang_without
from tests.world.people import PASSWORD
from tests.world.pulse import Pulse
from tests.world.screens import Desk, Display, Phone, Screen, Wall

SITE, SERVICE = "pandeglang", "paspor-informasi"
RIGHT_WITHIN_S = 10.0
SILENCE_S = 25.0  # after which a screen takes a line for dead that says nothing of it
WHAT = "screens × disasters of the line, real library and server, in the browser"


@dataclass(frozen=True)
class Disaster:
    """What the line does, for how long, and whether the server dies first."""

    kind: str
    seconds: float = 0.0
    after: int = 0  # bytes of the server's answer
    kills: bool = False

    @property
    def within_s(self) -> float:
        """How soon all must be right: a line that is dead without a word is first to be noticed."""
        return RIGHT_WITHIN_S + (SILENCE_S if self.kind == "bury" else 0)


DISASTERS = [
    *(
        Disaster("stick", seconds, after, kills=True)
        for after in (0, 50, 129, 140, 200, 300, 600)
        for seconds in (3, 7)
    ),
    *(Disaster("stall", seconds) for seconds in (2, 6, 9, 14, 35)),
    *(Disaster("refuse", seconds, kills=True) for seconds in (3, 15)),
    Disaster("bury"),
]
IN_EVERY_RUN = [Disaster("stick", 7, 300, kills=True), Disaster("stall", 6), Disaster("refuse", 3, kills=True)]


class Hall:
    """A wall, a counter display, an officer's page and a phone behind one bad line; what happens does so past it."""

    def __init__(self, malls: Malls, stage: Stage, without: dict[str, str]) -> None:
        self.malls, self.line, people = malls, BadLine(malls.server.port), malls.people[SITE]
        self.officer = people.officers()[0]
        self.officer.verb(SITE, "1", "open")
        ticket = people.kiosks()[0].issue(SITE, SERVICE).json()
        self.number, self.state = ticket["number"], "waiting"
        pages = [stage.page(kind) for kind in ("wall", "display", "phone", "desk")]
        for page in pages:
            hang_without(page, without)
        wall, display, phone, desk = pages
        self.screens: dict[str, Screen] = {
            "wall": Wall.open(wall, self.line, SITE),
            "display": Display.open(display, self.line, SITE, "1"),
            "phone": Phone.open(phone, self.line, ticket["token"]),
            "desk": Desk.sign_in(desk, self.line, SITE, "1", "pandeglang-1", PASSWORD),
        }
        stage.expect_lost_lines()
        wall.wait_for_timeout(500)

    def go_on(self) -> None:
        """The visitor's next step: called, served, held, called again."""
        verb, body = {
            "waiting": ("call-next", None),
            "called": ("serve", None),
            "serving": ("hold", None),
            "held": ("call", {"number": self.number, "reason": "kembali"}),
        }[self.state]
        told = self.officer.verb(SITE, "1", verb, body)
        assert told.status_code == 200, told.text
        self.state = {"waiting": "called", "called": "serving", "serving": "held", "held": "called"}[self.state]

    def truth(self) -> dict[str, tuple]:
        """What each screen must show."""
        at_hand = ("idle", None) if self.state == "held" else (self.state, self.number)
        phone = (self.state, self.number, "1" if self.state == "called" else "")
        return {"wall": (self.number, "1"), "display": at_hand, "desk": at_hand, "phone": phone}

    def live_through(self, disaster: Disaster) -> None:
        """The line breaks, something happens meanwhile, the line is mended."""
        getattr(self.line, disaster.kind)(*([disaster.after] if disaster.kind == "stick" else []))
        if disaster.kills:
            self.malls.server.kill()
            self.malls.server.start()
        self.go_on()
        self.screens["wall"].page.wait_for_timeout(disaster.seconds * 1000)
        self.line.mend()

    def wrong_then_or_next(self, within_s: float) -> list[str]:
        """Which screens are not right so long after the mending, or then do not hear what happens next."""
        wrong = self.wrong_after(within_s)
        self.go_on()
        return wrong or self.wrong_after(RIGHT_WITHIN_S)

    def wrong_after(self, seconds: float) -> list[str]:
        """Which screens do not show the truth so long after; returns as soon as all do."""
        truth, page = self.truth(), self.screens["wall"].page
        with Pulse(self.malls.server) as pulse:
            while pulse.now() < seconds:
                if all(screen.shows() == truth[name] for name, screen in self.screens.items()):
                    return []
                page.wait_for_timeout(50)
        return [f"{n} shows {s.shows()}, not {truth[n]}" for n, s in self.screens.items() if s.shows() != truth[n]]


@pytest.fixture
def hall(open_malls, stage: Stage) -> Iterator:
    """Makes the hall; takes its line away."""
    made: list[Hall] = []

    def make(without: dict[str, str] | None = None) -> Hall:
        made.append(Hall(open_malls(), stage, without or {}))
        return made[-1]

    yield make
    for one in made:
        one.line.remove()


def test_whatever_the_line_does_every_screen_is_soon_right_again(hall, figure):
    row = figure("F5", WHAT)
    trial, chance = hall(), random.Random(row.seed)
    row.aims_at(1000)
    disasters = IN_EVERY_RUN if not row.effort else chance.choices(DISASTERS, k=row.size(ci=len(DISASTERS), night=250))
    for disaster in row.each(disasters):
        trial.live_through(disaster)
        wrong = trial.wrong_then_or_next(disaster.within_s)
        row.count(len(trial.screens), lost=len(wrong))
        assert not wrong, (disaster, wrong)
        trial.screens["wall"].page.wait_for_timeout(chance.choice((300, 1500, 4000)) if row.effort else 300)


@pytest.mark.night
def test_control_screens_that_greet_twice_are_noticed(hall, figure):
    trial = hall(IMPATIENT)
    trial.live_through(Disaster("stick", 7, 300, kills=True))
    wrong = trial.wrong_then_or_next(RIGHT_WITHIN_S)
    assert wrong
    figure("F5", WHAT).caught("screens that greet the server twice", f"{len(wrong)} of 4 still wrong after 10 s")
