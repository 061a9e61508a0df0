"""How long one person of a service takes: of late, on the days before, or as promised."""

import pytest

from queue_server.domain.drawn import Turn
from queue_server.domain.pace import EARLIER, Pace, turn

NOTHING = Pace(0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("lasted", "visitors", "mean", "deviation"),
    [
        ([], 0, 0.0, 0.0),
        ([300.0], 1, 300.0, 0.0),
        ([200.0, 400.0], 2, 300.0, 100.0),
    ],
)
def test_a_pace_is_the_mean_of_some_visitors_and_how_far_they_scatter(lasted, visitors, mean, deviation):
    assert Pace.of(lasted) == (visitors, mean, deviation)


def test_a_number_left_open_over_lunch_tells_no_pace():
    usual = [300.0] * 9
    assert Pace.of([*usual, 7200.0]).mean_s < 2 * Pace.of(usual).mean_s


@pytest.mark.parametrize(
    ("of_late", "earlier", "promised", "expected"),
    [
        ([], NOTHING, None, None),  # nothing is known and nothing was promised
        ([], NOTHING, 600.0, Turn(600.0, 0.6, 0)),
        ([0.0, 0.0], NOTHING, 600.0, Turn(600.0, 0.6, 0)),  # nobody takes no time at all
        ([0.0, 0.0], NOTHING, None, None),
        ([300.0, 300.0], NOTHING, 600.0, Turn(300.0, 0.3, 2)),  # known: never as even as a clock
        ([], Pace(10, 300.0, 900.0), None, Turn(300.0, 1.0, 10)),  # nor wilder than by its own mean
        ([300.0] * 2, Pace(2, 500.0, 0.0), None, Turn(400.0, 0.3, 4)),  # both, by how many they are
    ],
)
def test_what_one_person_takes_is_what_is_known_or_else_what_was_promised(of_late, earlier, promised, expected):
    assert turn(of_late, earlier, promised) == expected


def test_the_days_before_count_as_at_most_so_many_of_today():
    many = turn([100.0] * EARLIER, Pace(100_000, 300.0, 0.0), None)
    assert many is not None and many.mean_s == pytest.approx(200.0)
