"""Where a ticket may stand, and for how long a missed visitor may come back."""

from datetime import timedelta

import pytest

from queue_server.domain.ticket import may_come_back
from tests.world.values import at

MISSED = at("2026-01-19 10:00")


@pytest.mark.parametrize(
    ("after_minutes", "may"),
    [
        pytest.param(0, True, id="at once"),
        pytest.param(30, True, id="to the last moment of the half hour"),
        pytest.param(30 + 1e-6, False, id="a moment later"),
        pytest.param(-5, True, id="on a clock that went back"),
    ],
)
def test_a_missed_visitor_may_come_back_for_half_an_hour(after_minutes, may):
    assert may_come_back(MISSED, MISSED + timedelta(minutes=after_minutes), 30) is may
