"""A break lasts until a time of day, no longer than the law gives, and leaves no service without a counter unasked."""

from datetime import UTC, date, time, timedelta

import pytest

from queue_server.domain.breaks import ends_at, left_alone, longest, over_at
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.fold import CounterState
from queue_server.domain.site import Counter
from tests.world.values import at, hall, hours, service

MONDAY, FRIDAY = "2026-01-19", "2026-01-23"
HALL = hall()


@pytest.mark.parametrize(("day", "minutes"), [(MONDAY, 60), ("2026-01-22", 60), (FRIDAY, 90), ("2026-01-24", 60)])
def test_a_break_lasts_an_hour_and_on_fridays_an_hour_and_a_half(day, minutes):
    assert longest(HALL, at(f"{day} 12:00")) == timedelta(minutes=minutes)
    assert longest(HALL, at(f"{day} 00:30").astimezone(UTC)) == timedelta(minutes=minutes), "by the hall's own date"


@pytest.mark.parametrize(
    ("until", "begun", "now", "ends"),
    [
        pytest.param("12:30", "12:00", "12:00", f"{MONDAY} 12:30", id="half an hour"),
        pytest.param("13:00", "12:00", "12:00", f"{MONDAY} 13:00", id="the whole hour"),
        pytest.param("13:01", "12:00", "12:00", None, id="a minute too long"),
        pytest.param("12:01", "12:00", "12:00:59", f"{MONDAY} 12:01", id="this very minute's end"),
        pytest.param("12:00", "12:00", "12:00", None, id="now is tomorrow's"),
        pytest.param("11:59", "12:00", "12:00", None, id="so is a moment ago"),
        pytest.param("13:00", "12:00", "12:50", f"{MONDAY} 13:00", id="longer than was said at first"),
        pytest.param("13:10", "12:00", "12:50", None, id="but not than an hour since it began"),
        pytest.param("00:15", "23:40", "23:40", "2026-01-20 00:15", id="over midnight"),
    ],
)
def test_a_break_ends_when_a_clock_of_the_hall_next_shows_that_time(until, begun, now, ends):
    told = (HALL, time.fromisoformat(until), at(f"{MONDAY} {begun}"), at(f"{MONDAY} {now}").astimezone(UTC))
    if ends is not None:
        assert ends_at(*told) == at(ends)
        return
    with pytest.raises(QueueError) as refused:
        ends_at(*told)
    details = {"field": "until", "reason": "too_long", "limit": 60}
    assert (refused.value.code, refused.value.details) == (Code.INVALID, details)


def test_a_break_is_over_when_it_was_said_or_as_late_as_it_may_last():
    begun, until = at(f"{MONDAY} 12:00"), at(f"{MONDAY} 12:20")
    assert over_at(HALL, CounterState("1", "sari")) is None
    assert over_at(HALL, CounterState("1", "sari", break_since=begun, break_until=until)) == until
    assert over_at(HALL, CounterState("1", "sari", break_since=begun)) == at(f"{MONDAY} 13:00")


TWO = hall(
    service("ktp"),
    service("kk"),
    service("akta", days=frozenset({"tue"})),
    service("izin", hours={"mon": hours("08:00-10:00")}),
    counters={
        "1": Counter("1", "Loket 1", "dukcapil", "A", ("ktp", "kk", "akta", "izin")),
        "2": Counter("2", "Loket 2", "dukcapil", "A", ("ktp",)),
        "3": Counter("3", "Loket 3", "dukcapil", "A", ("kk", "akta")),
    },
)


@pytest.mark.parametrize(
    ("working", "today", "waited_for", "alone"),
    [
        pytest.param({"1"}, date(2026, 1, 19), set(), ["ktp", "kk", "izin"], id="akta is not given on Mondays"),
        pytest.param({"1"}, date(2026, 1, 19), {"akta"}, ["ktp", "kk", "akta", "izin"], id="unless somebody waits"),
        pytest.param({"1", "2"}, date(2026, 1, 19), set(), ["kk", "izin"], id="a colleague calls for one"),
        pytest.param({"1", "2", "3"}, date(2026, 1, 20), set(), [], id="both colleagues for all of a Tuesday's"),
        pytest.param({"2", "3"}, date(2026, 1, 20), set(), [], id="its own officer does not count"),
        pytest.param({"1"}, date(2026, 1, 25), set(), [], id="on a Sunday nothing is given"),
        pytest.param({"1"}, None, set(), ["ktp", "kk", "akta", "izin"], id="without a date hours do not matter"),
    ],
)
def test_a_break_leaves_alone_what_is_given_or_waited_for_and_nobody_else_serves(working, today, waited_for, alone):
    assert left_alone(TWO, TWO.counters["1"], working, today, waited_for) == alone
