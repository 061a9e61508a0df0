"""A stop may take five seconds: what is under way is given most of them and no more, by a clock of its own."""

from types import SimpleNamespace

import pytest

from queue_server.serving import gate
from queue_server.serving.connections import Connections


class Clock:
    """Goes on only while somebody sleeps; ``ends_at`` is when the last request is answered."""

    def __init__(self, ends_at: float) -> None:
        self.now, self.ends_at = 100.0, 100.0 + ends_at
        self.gate = gate.Gate(lambda *_: [], None, None, Connections(10))
        self.gate.under_way = 1

    def monotonic(self) -> float:
        """Seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds
        self.gate.under_way = int(self.now < self.ends_at)


@pytest.mark.parametrize(("ends_at", "low", "high"), [(0.5, 0.5, 0.6), (3600, 3, 4.5)], ids=["soon", "never"])
def test_what_is_under_way_is_waited_for_but_not_longer_than_a_stop_may_take(monkeypatch, ends_at, low, high):
    clock = Clock(ends_at)
    monkeypatch.setattr(gate, "time", SimpleNamespace(monotonic=clock.monotonic, sleep=clock.sleep))
    clock.gate.drain()
    assert low <= clock.now - 100 <= high


def test_where_nothing_is_under_way_nothing_is_waited_for(monkeypatch):
    clock = Clock(3600)
    clock.gate.under_way = 0
    monkeypatch.setattr(gate, "time", SimpleNamespace(monotonic=clock.monotonic, sleep=clock.sleep))
    clock.gate.drain()
    assert clock.now == 100
