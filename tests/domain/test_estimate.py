"""I-16: an estimate is a sane range, or nothing; and it is right about four times in five."""

import heapq
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.estimate import cycle_time, estimate


@pytest.mark.parametrize(
    ("ahead", "cycle_s", "counters"),
    [
        pytest.param(3, 600, 0, id="no counter serves"),
        pytest.param(3, 600, -1, id="fewer than none"),
        pytest.param(3, None, 2, id="pace unknown"),
        pytest.param(3, 0, 2, id="a pace of nothing"),
        pytest.param(3, -600, 2, id="a pace that runs backwards"),
    ],
)
def test_silent_rather_than_wrong(ahead, cycle_s, counters):
    assert estimate(ahead, cycle_s, counters) is None


@pytest.mark.parametrize(
    ("ahead", "cycle_s", "counters", "expected"),
    [
        pytest.param(0, 600, 1, (0, 1061), id="next at one counter"),
        pytest.param(4, 600, 1, (1478, 4031), id="four ahead at one counter: 25 to 67 minutes"),
        pytest.param(4, 600, 2, (739, 2016), id="two counters halve it"),
        pytest.param(30, 300, 5, (1547, 2117), id="thirty ahead at five counters: 26 to 35 minutes"),
    ],
)
def test_known_cases(ahead, cycle_s, counters, expected):
    assert estimate(ahead, cycle_s, counters) == expected


CYCLES = st.floats(1, 7200)
COUNTERS = st.integers(1, 40)


@given(ahead=st.integers(0, 2000), cycle_s=CYCLES, counters=COUNTERS)
def test_a_range_that_holds_the_plain_sum(ahead, cycle_s, counters):
    low, high = estimate(ahead, cycle_s, counters)
    turn = cycle_s / counters
    assert 0 <= low <= ahead * turn + 1
    assert high >= (ahead + 1) * turn
    assert high > low


@given(ahead=st.integers(0, 500), cycle_s=CYCLES, counters=COUNTERS)
def test_fewer_ahead_or_more_counters_never_takes_longer(ahead, cycle_s, counters):
    low, high = estimate(ahead, cycle_s, counters)
    further = estimate(ahead + 1, cycle_s, counters)
    helped = estimate(ahead, cycle_s, counters + 1)
    assert low <= further[0] and high <= further[1]
    assert helped[0] <= low and helped[1] <= high


@pytest.mark.parametrize("counters", [1, 2, 5])
@pytest.mark.parametrize("ahead", [0, 3, 12])
def test_right_four_times_in_five(counters, ahead):
    """Against a simulated desk whose service times scatter as much as ``SPREAD`` says."""
    low, high = estimate(ahead, 600, counters)
    rng = random.Random(f"{counters} counters, {ahead} ahead")
    waits = [_simulated_wait(rng, counters, ahead) for _ in range(500)]
    right = sum(low <= wait <= high for wait in waits) / len(waits)
    too_short = sum(wait > high for wait in waits) / len(waits)
    assert right >= 0.8
    assert too_short <= 0.2


def _simulated_wait(rng, counters, ahead, mean_s=600.0, spread=0.6):
    """Seconds until one who arrives at a random moment behind ``ahead`` others is called; all counters are busy."""
    scale = math.sqrt(math.log(1 + spread**2))

    def service_s():
        return mean_s * rng.lognormvariate(-(scale**2) / 2, scale)

    free_at = [service_s() * rng.random() for _ in range(counters)]
    heapq.heapify(free_at)
    arrival = 20 * mean_s + rng.random() * mean_s
    while free_at[0] <= arrival:
        heapq.heapreplace(free_at, free_at[0] + service_s())
    for _ in range(ahead):
        heapq.heapreplace(free_at, free_at[0] + service_s())
    return free_at[0] - arrival


@pytest.mark.parametrize(
    ("recent", "target", "expected"),
    [
        pytest.param([], 600, 600, id="nobody yet: the promise"),
        pytest.param([], None, None, id="nobody yet, no promise"),
        pytest.param([10, 10, 10, 10], 600, 600, id="four are too few"),
        pytest.param([300, 300, 300, 300, 300], 600, 300, id="five tell the pace"),
        pytest.param([200, 300, 300, 300, 400], 600, 300, id="the mean"),
        pytest.param([300, 300, 300, 300, 7200], 600, 420, id="a ticket left open over lunch counts as three"),
        pytest.param([0, 0, 0, 0, 0], 600, 600, id="clicked through without serving"),
    ],
)
def test_the_pace(recent, target, expected):
    assert cycle_time(recent, target) == expected
