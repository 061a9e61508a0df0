"""A moving window counts what is recent, forgets what is not, and costs the same however many keys there are."""

from queue_server.web.http.rate_limits import Limit, RateLimits

THREE = Limit(3, 60)


def made() -> tuple[RateLimits, list[float]]:
    """Windows with a clock that a test turns."""
    now = [0.0]
    return RateLimits(clock=lambda: now[0]), now


def test_so_often_and_no_more_until_the_first_is_too_old():
    windows, now = made()
    for second in (0, 10, 20):
        now[0] = second
        assert windows.test(THREE, "a") and windows.hit(THREE, "a")
    assert not windows.test(THREE, "a") and not windows.hit(THREE, "a")
    assert windows.hit(THREE, "b"), "another key"
    now[0] = 60.0
    assert windows.hit(THREE, "a") and not windows.hit(THREE, "a"), "the one of the beginning has gone, no other"


def test_what_was_refused_is_not_counted():
    windows, now = made()
    for _ in range(50):
        windows.hit(THREE, "a")
    now[0] = 60.0
    assert [windows.hit(THREE, "a") for _ in range(4)] == [True] * 3 + [False]


def test_a_key_that_nobody_asks_for_any_more_is_forgotten():
    windows, now = made()
    for n in range(5000):
        windows.hit(THREE, str(n))
    assert len(windows) == 5000
    now[0] = 61.0
    for n in range(5001):
        windows.hit(THREE, f"later {n % 10}")
    assert len(windows) <= 10


def test_a_million_keys_make_no_hit_dearer():
    """Counted, not timed: how many keys are looked at for a hit, sweeps included."""
    windows, _ = made()
    looked, really = [0], windows._recent

    def counting(limit, key):
        looked[0] += 1
        return really(limit, key)

    windows._recent = counting
    for n in range(20_000):
        windows.hit(THREE, str(n))
    assert looked[0] < 5 * 20_000
