"""After a power cut everybody comes back in the same second: one after the other, known ones before strangers."""

import contextlib
import threading
from collections.abc import Iterator

import pytest

from queue_server.serving.turnstile import Turnstile
from queue_server.web.http.callers import Standing
from tests.world.screens import eventually

STAFF, DEVICE, TICKET, BROWSER, STRANGER = Standing


class Line:
    """Those who come, each in a thread, before a turnstile whose time passes only while the first in line sleeps."""

    def __init__(self, per_second: int) -> None:
        self.now, self.late = 1000.0, 0.0  # seconds; how much later than meant a sleeper wakes
        self.told: dict[str, tuple[bool, float]] = {}  # who -> let in? after how long since the beginning
        self.order: list[str] = []
        self.came = 0
        self.killed = False  # whoever sleeps next is ended in the middle
        self.open = threading.Semaphore(0)  # how many may wake
        self.people: list[threading.Thread] = []
        self.turnstile = Turnstile(per_second, sleep=self._sleep, clock=lambda: self.now)

    def _sleep(self, seconds: float) -> None:
        assert self.open.acquire(timeout=60)
        if self.killed:
            self.killed = False
            raise SystemExit
        self.now += seconds + self.late

    def come(self, *names: str, standing: str = STRANGER) -> None:
        """One after the other: each stands in line, or has been told, before the next one comes."""
        for name in names:
            self.people.append(threading.Thread(target=self._come, args=(name, standing), daemon=True))
            self.people[-1].start()
            self.came += 1
            eventually(lambda: self.turnstile.waiting + len(self.told), self.came)

    def _come(self, name: str, standing: str) -> None:
        told = False
        with contextlib.suppress(SystemExit):
            told = self.turnstile.admit(standing)
        self.order.append(name)
        self.told[name] = told, round(self.now - 1000, 6)

    def all_pass(self) -> dict[str, float]:
        """After how long each was let in; whoever was not is not there."""
        self.open.release(len(self.people))
        for one in self.people:
            one.join(60)
        return {name: after for name, (let_in, after) in self.told.items() if let_in}


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line(per_second=10)
    yield made
    made.all_pass()


@pytest.mark.parametrize("standing", [DEVICE, TICKET, BROWSER, STRANGER])
def test_the_first_passes_at_once_and_each_next_one_a_place_later(line, standing):
    line.come(*"abcd", standing=standing)
    assert list(line.told) == ["a"]
    assert line.all_pass() == {"a": 0, "b": 0.1, "c": 0.2, "d": 0.3}


def test_an_officer_passes_at_once_and_moves_the_line_back_by_one_place(line):
    line.come("a", "b", "c")
    line.come("officer", standing=STAFF)
    assert line.told.keys() == {"a", "officer"}
    assert line.all_pass() == {"a": 0, "officer": 0, "b": 0.1, "c": 0.3}


def test_on_a_machine_that_is_late_nobody_wakes_before_the_one_ahead_has_passed_and_then_makes_up_for_it():
    line = Line(per_second=8)  # an eighth is a number that floats know
    line.late = 0.375
    line.come(*"abcdef")
    assert line.all_pass() == {"a": 0, "b": 0.5, "c": 0.5, "d": 0.5, "e": 0.5, "f": 1.0}
    assert line.order == [*"abcdef"]


def test_no_more_than_a_second_is_made_up_for_after_a_machine_stood_still():
    line = Line(per_second=8)
    line.late = 8
    line.come(*"abcdefghijk")
    assert line.all_pass() == {"a": 0} | dict.fromkeys("bcdefghij", 8.125) | {"k": 16.25}


def test_a_line_that_moves_slowly_takes_in_no_more_than_it_can_serve():
    line = Line(per_second=8)
    line.come(*(f"{n}" for n in range(110)))
    line.late = 3
    line.open.release(6)
    eventually(lambda: line.turnstile.waiting, 110 - 1 - 6 * 9)
    line.come("late")
    assert line.told["late"][0] is False, "nine in three seconds, and 55 before it"
    line.come("wall", standing=DEVICE)
    assert "wall" not in line.told, "which has a line of its own"
    line.all_pass()


def test_a_moment_in_which_the_machine_stood_still_turns_nobody_away():
    line = Line(per_second=8)
    line.late = 6
    line.come(*"abcdefghij")
    line.open.release()
    eventually(lambda: line.turnstile.waiting, 0)
    line.come(*(f"{n}" for n in range(100)))
    assert [name for name, (let_in, _) in line.told.items() if not let_in] == []
    line.late = 0
    line.all_pass()


def test_whoever_is_ended_while_they_sleep_leaves_the_line_to_the_next(line):
    line.killed = True
    line.come("a", "b", "c")
    assert line.all_pass() == {"a": 0, "c": 0.1}


def test_whoever_would_wait_longer_than_a_browser_does_is_turned_away_but_never_an_officer():
    line = Line(per_second=8)
    line.come(*(f"{n}" for n in range(122)))
    assert line.told == {"0": (True, 0), "121": (False, 0)}  # the last place is 15 s away
    line.come("officer", standing=STAFF)
    line.come("late")
    assert line.told["officer"] == (True, 0) and line.told["late"] == (False, 0)
    assert max(line.all_pass().values()) == 15.125


def test_whoever_has_given_up_by_their_turn_is_not_let_in_and_keeps_nobody_waiting():
    line = Line(per_second=8)
    line.late = 11
    line.come(*"abcdefghijklmn")
    assert line.all_pass() == {"a": 0} | dict.fromkeys("bcdefghij", 11.125)
    assert line.now - 1000 == 22.25, "three more cost no time"


@pytest.mark.parametrize("standing", [DEVICE, TICKET, BROWSER])
def test_strangers_however_many_hold_up_nobody_who_is_known(line, standing):
    line.come(*(f"s{n}" for n in range(140)))
    line.come("a", "b", standing=standing)
    passed = line.all_pass()
    # one stranger kept the time already when they came
    assert (passed["s1"], passed["a"], passed["b"], passed["s2"]) == (0.1, 0.2, 0.3, 0.4)


def test_phones_however_many_hold_up_no_wall_and_no_kiosk(line):
    line.come(*(f"p{n}" for n in range(140)), standing=TICKET)
    line.come("wall", standing=DEVICE)
    passed = line.all_pass()
    assert (passed["p1"], passed["wall"], passed["p2"]) == (0.1, 0.2, 0.3)


def test_nobody_makes_the_line_longer_than_anybody_would_wait(line):
    assert all(line.turnstile.admit(STAFF) for _ in range(10_000))
    line.now += 16
    line.come("a", standing=STRANGER)
    line.come("b", standing=DEVICE)
    assert max(line.all_pass().values()) - 16 <= 0.2


def test_a_line_that_was_slow_yesterday_is_none_today(line):
    line.late = 0.4
    line.come(*"abc")
    line.all_pass()
    line.late, line.now = 0, 90_000
    line.open = threading.Semaphore(0)
    line.come(*(f"{n}" for n in range(100)))
    assert [name for name, (let_in, _) in line.told.items() if not let_in] == []
