"""Which hours of its own a service is said to have on a day to come."""

from datetime import date

import pytest

from queue_server.domain.days_ahead import own_week
from tests.world.values import hall, hours, service

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("changes", "of_hall", "told"),
    [
        pytest.param({}, {}, None, id="the hall's"),
        pytest.param({"days": ("fri",)}, {}, {"fri": hours("08:00-15:30")}, id="on one day alone"),
        pytest.param({"days": ("mon", "tue", "wed", "thu", "fri")}, {}, None, id="on the hall's days"),
        pytest.param({"hours": {"fri": hours("09:00-11:00")}}, {}, {"fri": hours("09:00-11:00")}, id="other hours"),
        pytest.param({"days": ("fri",)}, {"hours": None}, None, id="where the hall itself tells none"),
        pytest.param({"days": ("fri",)}, {"always_open": True}, None, id="where all hours are set aside"),
    ],
)
def test_a_service_s_own_week_is_told_where_it_is_not_the_hall_s(changes, of_hall, told):
    assert own_week(hall(service(**changes), **of_hall), "ktp", FRIDAY) == told
