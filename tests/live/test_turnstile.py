"""After a power cut everybody comes back in the same second: so many at a time, officers before screens."""

from queue_server.gate import Turnstile


class Line:
    """A turnstile whose clock stands still and whose sleepers say how long they would sleep."""

    def __init__(self, per_second: int) -> None:
        self.slept: list[float] = []
        self.turnstile = Turnstile(per_second, sleep=self.slept.append, clock=lambda: 1000.0)

    def come(self, count: int, *, officer: bool = False) -> list[bool]:
        return [self.turnstile.admit(officer=officer) for _ in range(count)]


def test_the_first_passes_at_once_and_each_next_one_a_place_later():
    line = Line(per_second=10)
    assert line.come(4) == [True] * 4
    assert [round(s, 6) for s in line.slept] == [0.1, 0.2, 0.3]


def test_an_officer_passes_at_once_and_moves_the_line_back_by_one_place():
    line = Line(per_second=10)
    line.come(3)
    before = list(line.slept)
    assert line.come(1, officer=True) == [True]
    assert line.slept == before
    line.come(1)
    assert round(line.slept[-1], 6) == 0.4


def test_who_would_wait_longer_than_a_browser_does_is_turned_away_but_never_an_officer():
    line = Line(per_second=8)
    assert line.come(123) == [True] * 121 + [False] * 2  # the last place is 15 s away
    assert max(line.slept) == 15.0
    assert line.come(1, officer=True) == [True]
    assert line.come(1) == [False]
