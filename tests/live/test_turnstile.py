"""After a power cut everybody comes back in the same second: so many at a time, known ones before strangers."""

import pytest

from queue_server.serving.gate import Turnstile
from queue_server.web.http.callers import Standing

STAFF, DEVICE, TICKET, BROWSER, STRANGER = Standing


class Line:
    """A turnstile whose clock a test turns, and whose sleepers say how long they would sleep."""

    def __init__(self, per_second: int) -> None:
        self.slept: list[float] = []
        self.now = 1000.0
        self.turnstile = Turnstile(per_second, sleep=self.slept.append, clock=lambda: self.now)

    def come(self, count: int, standing: str = STRANGER) -> list[bool]:
        return [self.turnstile.admit(standing) for _ in range(count)]


@pytest.mark.parametrize("standing", [DEVICE, TICKET, BROWSER, STRANGER])
def test_the_first_passes_at_once_and_each_next_one_a_place_later(standing):
    line = Line(per_second=10)
    assert line.come(4, standing) == [True] * 4
    assert [round(s, 6) for s in line.slept] == [0.1, 0.2, 0.3]


def test_an_officer_passes_at_once_and_moves_the_line_back_by_one_place():
    line = Line(per_second=10)
    line.come(3)
    before = list(line.slept)
    assert line.come(1, STAFF) == [True]
    assert line.slept == before
    line.come(1)
    assert round(line.slept[-1], 6) == 0.4


def test_who_would_wait_longer_than_a_browser_does_is_turned_away_but_never_an_officer():
    line = Line(per_second=8)
    assert line.come(123) == [True] * 121 + [False] * 2  # the last place is 15 s away
    assert max(line.slept) == 15.0
    assert line.come(1, STAFF) == [True]
    assert line.come(1) == [False]


@pytest.mark.parametrize("standing", [DEVICE, TICKET, BROWSER])
def test_strangers_however_many_hold_up_nobody_who_is_known(standing):
    line = Line(per_second=10)
    line.come(100_000)
    line.slept.clear()
    assert line.come(3, standing) == [True] * 3
    assert [round(s, 6) for s in line.slept] == [0.1, 0.2]


def test_nobody_makes_the_line_longer_than_anybody_would_wait():
    line = Line(per_second=10)
    line.come(100_000, STAFF)
    line.now += 16
    line.slept.clear()
    assert line.come(1, STRANGER) == [True] and line.come(1, DEVICE) == [True]
    assert max(line.slept, default=0) <= 0.2
