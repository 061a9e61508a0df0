"""A wait is told by the fewest boxes that hold its range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.boxes import EDGES, boxes


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        pytest.param(0, 1, (0, 5), id="at once"),
        pytest.param(2, 5, (0, 5), id="up to an edge needs no box beyond it"),
        pytest.param(2, 5.1, (0, 10), id="over an edge, two"),
        pytest.param(5, 10, (5, 10), id="an edge belongs to the box that it begins"),
        pytest.param(12, 19, (10, 20), id="one box"),
        pytest.param(12, 43, (10, 60), id="three"),
        pytest.param(41, 61, (40, None), id="into the last, which has no upper edge"),
        pytest.param(60, 60, (60, None), id="an hour"),
        pytest.param(75, 300, (60, None), id="more than an hour"),
    ],
)
def test_the_smallest_run(low, high, told):
    assert boxes(low * 60, high * 60) == told


@given(st.floats(0, 20000), st.floats(0, 20000))
def test_it_holds_the_range_and_with_one_box_fewer_it_would_not(one, other):
    low_s, high_s = min(one, other), max(one, other)
    first, last = boxes(low_s, high_s)
    upper = last * 60 if last is not None else float("inf")
    assert first * 60 <= low_s and high_s <= upper
    inner = [edge * 60 for edge in EDGES if first < edge < (last or 10**6)]
    assert not inner or (low_s < inner[0] and high_s > inner[-1])
