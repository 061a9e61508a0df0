"""An alarm that was taken is quiet until it is worse."""

from datetime import timedelta

import pytest

from queue_server.domain.alarms import OUT_OF_ORDER, WITHIN, Taken, is_quiet, jumped, level_of
from tests.world.values import at

SINCE = at("2026-01-19 09:00")


@pytest.mark.parametrize(
    ("after", "minutes", "level"),
    [
        pytest.param(10, 10, 0, id="when it becomes an alarm"),
        pytest.param(10, 19, 0, id="not yet twice as long"),
        pytest.param(10, 20, 1, id="twice as long"),
        pytest.param(10, 39, 1, id="not yet four times"),
        pytest.param(10, 40, 2, id="four times as long"),
        pytest.param(1, 9, 0, id="a short limit counts as five minutes"),
        pytest.param(1, 10, 1, id="and is worse after ten"),
        pytest.param(10, -5, 0, id="a clock that was put back"),
    ],
)
def test_a_trouble_is_worse_whenever_its_time_has_doubled(after, minutes, level):
    found = level_of(SINCE, SINCE + timedelta(minutes=after), SINCE + timedelta(minutes=minutes))
    assert found == level


def test_what_has_no_time_is_never_worse_by_it():
    assert level_of(None, SINCE, SINCE + timedelta(hours=5)) == 0


@pytest.mark.parametrize(
    ("taken", "since", "level", "quiet"),
    [
        (None, SINCE, 0, False),
        (Taken("wati", SINCE, SINCE, 0), SINCE, 0, True),
        (Taken("wati", SINCE, SINCE, 1), SINCE, 0, True),
        (Taken("wati", SINCE, SINCE, 0), SINCE, 1, False),
        (Taken("wati", SINCE, SINCE, 5), SINCE + timedelta(minutes=1), 0, False),
        (Taken("wati", SINCE, None, 0), None, 0, True),
        (Taken("wati", SINCE, None, 0), None, 1, False),
    ],
)
def test_a_taken_alarm_is_quiet_while_it_is_the_same_and_no_worse(taken, since, level, quiet):
    assert is_quiet(taken, since, level) is quiet


def test_calls_past_others_are_looked_at_where_a_counter_made_several_of_late():
    now = at("2026-11-23 10:00")
    of_late = [now - WITHIN / (n + 2) for n in range(OUT_OF_ORDER)]
    long_ago = [now - WITHIN, now - 2 * WITHIN]
    calls = [("5", moment) for moment in (*long_ago, *of_late)] + [("6", moment) for moment in of_late[1:]]
    assert jumped(calls, now) == {"5": of_late}
