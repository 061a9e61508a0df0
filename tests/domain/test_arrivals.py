"""Arrivals so far against the same weekdays."""

from datetime import date

import pytest

from queue_server.domain.arrivals import by_hour, same_weekdays


@pytest.mark.parametrize(
    ("arrived", "past", "told"),
    [
        pytest.param({}, [], [], id="nobody ever came"),
        pytest.param({9: 4}, [{9: 2}], [(9, None, 4)], id="one day is not what is usual"),
        pytest.param({9: 4}, [{9: 2}, {9: 3}], [(9, 3, 4)], id="the mean, rounded half up"),
        pytest.param({9: 4}, [{9: 2}, {9: 2}, {}, {9: 0}], [(9, 2, 4)], id="a day on which nobody came was none"),
        pytest.param({}, [{8: 6}, {8: 6, 10: 3}], [(8, 6, 0), (9, 0, 0), (10, 2, 0)], id="an hour between"),
        pytest.param({7: 1}, [{9: 2}, {9: 2}], [(7, 0, 1), (8, 0, 0), (9, 2, 0)], id="earlier than ever"),
    ],
)
def test_each_hour_has_what_came_and_what_usually_comes(arrived, past, told):
    assert by_hour(arrived, past) == told


def test_it_is_compared_with_eight_of_its_own_weekday():
    days = same_weekdays(date(2026, 11, 23))
    assert (len(days), days[0], days[-1]) == (8, date(2026, 11, 16), date(2026, 9, 28))
    assert {day.weekday() for day in days} == {0}
