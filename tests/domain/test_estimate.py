"""I-16: an estimate is a sane figure, or nothing. How right its range is: ``tests/estimates``."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.estimate import BREAK_S, cycle_time, expected, free_in, line_turn
from queue_server.domain.fold import CounterState

NOON = datetime(2026, 1, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "turn_s", "free"),
    [
        pytest.param(3, 600, [], id="no counter serves"),
        pytest.param(3, None, [0, 0], id="pace unknown"),
        pytest.param(3, 0, [0], id="a pace of nothing"),
        pytest.param(3, -600, [0], id="a pace that runs backwards"),
    ],
)
def test_silent_rather_than_wrong(ahead, turn_s, free):
    assert expected(ahead, turn_s, free) is None


@pytest.mark.parametrize(
    ("ahead", "turn_s", "free", "seconds"),
    [
        pytest.param(0, 600, [0], 0, id="nobody ahead, a free counter"),
        pytest.param(0, 600, [300], 300, id="nobody ahead, somebody at the counter"),
        pytest.param(4, 600, [300], 2700, id="four ahead at one counter"),
        pytest.param(4, 600, [300, 300], 1500, id="two counters halve their turns"),
        pytest.param(4, 600, [300, 900], 1800, id="one is back from a break in a quarter of an hour"),
        pytest.param(1, 600, [0, 900], 600, id="the work is done before that"),
        pytest.param(-2, 600, [60], 60, id="fewer than nobody is nobody"),
    ],
)
def test_known_cases(ahead, turn_s, free, seconds):
    assert expected(ahead, turn_s, free) == seconds


TURN = st.floats(1, 7200)
FREE = st.lists(st.floats(0, 3600), min_size=1, max_size=12)


@given(ahead=st.integers(0, 500), turn_s=TURN, free=FREE, more=st.floats(0, 3600))
def test_fewer_ahead_or_more_counters_never_takes_longer(ahead, turn_s, free, more):
    now = expected(ahead, turn_s, free)
    assert min(free) <= now
    assert now <= expected(ahead + 1, turn_s, free) + 1e-6
    assert expected(ahead, turn_s, [*free, more]) <= now + 1e-6


@given(ahead=st.integers(1, 500), turn_s=TURN, free=FREE)
def test_the_work_ahead_is_shared_by_those_who_are_free_by_then(ahead, turn_s, free):
    now = expected(ahead, turn_s, free)
    assert sum(max(now - at, 0) for at in free) == pytest.approx(ahead * turn_s, rel=1e-6)


BREAK = {"officer": "o", "break_since": NOON}


@pytest.mark.parametrize(
    ("state", "awaited", "seconds"),
    [
        pytest.param({}, False, None, id="closed"),
        pytest.param({"officer": "o"}, False, 0, id="free"),
        pytest.param({"officer": "o"}, True, 300, id="free, though somebody waits: not there at once"),
        pytest.param({"officer": "o", "ticket": "t"}, False, 300, id="half a turn"),
        pytest.param(BREAK | {"break_until": NOON + timedelta(minutes=40)}, True, 1200, id="half a break"),
        pytest.param(BREAK, True, BREAK_S, id="a break of which no end was said"),
    ],
)
def test_when_a_counter_is_free(state, awaited, seconds):
    assert free_in(CounterState("1", **state), 600, awaited=awaited) == seconds


@pytest.mark.parametrize(
    ("turns", "people", "turn_s"),
    [
        pytest.param({"a": 300, "b": 600}, {}, 300, id="nobody waits: one's own"),
        pytest.param({"a": 300, "b": 600}, {"a": 1, "b": 2}, 500, id="as many as wait of each"),
        pytest.param({"a": None, "b": 600}, {"b": 2}, None, id="one's own is not known"),
        pytest.param({"a": 300, "b": None}, {"a": 1, "b": 2}, 300, id="another's is not"),
    ],
)
def test_what_one_of_a_line_takes(turns, people, turn_s):
    assert line_turn(turns, people, "a") == turn_s


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
