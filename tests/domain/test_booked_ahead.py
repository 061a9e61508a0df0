"""Those who have booked and are to come: a part of the wait, no more than the wheel gives them, and nothing on days
without. How right the figure is: ``tests/estimates``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.booked_ahead import (
    UNTRIED,
    Due,
    come_rate,
    come_rates,
    expected_with,
    turns_left,
)
from queue_server.domain.estimate import expected

WEIGHTS = {"priority": 2, "booked": 1, "regular": 1}
DUE = st.lists(st.builds(Due, st.floats(0, 7200), st.floats(0.1, 5)), max_size=20)


def at_one_counter(people: float) -> float | None:
    return expected(people, 600, [300])


@pytest.mark.parametrize(
    ("due", "most", "minutes"),
    [
        pytest.param([], 9, 25, id="nobody is to come"),
        pytest.param([Due(1500, 1)], 9, 35, id="in time for a turn before it"),
        pytest.param([Due(1501, 1)], 9, 25, id="after it"),
        pytest.param([Due(2000, 1), Due(1200, 1)], 9, 45, id="the call moves on behind the next one's time"),
        pytest.param([Due(0, 0.5), Due(0, 0.5), Due(0, 1)], 1, 35, id="no more than the wheel gives"),
    ],
)
def test_known_cases(due, most, minutes):
    """Two people ahead of ten minutes each, and half of one at the counter."""
    assert expected_with(2, due, most, at_one_counter) == minutes * 60


def test_where_nothing_is_known_nothing_is_told():
    assert expected_with(2, [Due(0, 1)], 9, lambda people: None) is None


@given(ahead=st.integers(0, 60), due=DUE, most=st.floats(0, 30))
def test_they_never_make_a_wait_shorter_nor_longer_than_they_are(ahead, due, most):
    found, people = expected_with(ahead, due, most, at_one_counter), sum(one.people for one in due)
    assert at_one_counter(ahead) <= found <= at_one_counter(ahead + min(people, most)) + 1e-6


@pytest.mark.parametrize(
    ("class_", "ahead", "booked", "turns"),
    [
        ("regular", 6, 0, 6),  # turn about with those who are to come
        ("regular", 6, 2, 2),  # four of the own class are ahead, two of the others are here
        ("regular", 6, 3, 0),
        ("regular", 6, 5, 0),
        ("priority", 6, 0, 3),  # two turns to one
        ("booked", 6, 0, 0),  # they come after whoever is here
    ],
)
def test_their_turns_are_those_of_the_wheel(class_, ahead, booked, turns):
    assert turns_left(WEIGHTS, class_, ahead, booked) == turns


def test_a_class_without_a_turn_is_called_before_nobody():
    assert turns_left({"regular": 1}, "regular", 6, 0) == turns_left({"booked": 1}, "regular", 6, 0) == 0


def test_as_many_are_expected_as_came_of_the_service_or_of_the_hall_or_as_is_usual():
    rates = come_rates({"kk": (15, 5), "akta": (3, 1), "bank": (0, 0)})
    assert (come_rate(rates, "kk"), come_rate(rates, "akta")) == (0.75, 18 / 24)
    assert come_rate(come_rates({"kk": (9, 1)}), "kk") == UNTRIED
