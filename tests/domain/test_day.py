"""I-13: the service day opens by an event and never goes back by the clock alone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.day import clock_lost, clock_suspect, day_due, local_date, numbers_opened
from tests.world.values import at, hall

MONDAY, TUESDAY = date(2026, 1, 19), date(2026, 1, 20)
NOON = at("2026-01-19 12:00")


@pytest.mark.parametrize(
    ("zone", "utc", "expected"),
    [
        pytest.param("Asia/Jakarta", "2026-01-19T16:59:59", MONDAY, id="WIB before midnight"),
        pytest.param("Asia/Jakarta", "2026-01-19T17:00:00", TUESDAY, id="WIB midnight is 17:00 UTC"),
        pytest.param("Asia/Makassar", "2026-01-19T16:00:00", TUESDAY, id="WITA an hour earlier"),
        pytest.param("Asia/Jayapura", "2026-01-19T15:00:00", TUESDAY, id="WIT two hours earlier"),
        pytest.param("America/New_York", "2026-01-20T04:59:59", MONDAY, id="west of Greenwich"),
    ],
)
def test_the_date_is_the_site_s(zone, utc, expected):
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert local_date(hall(timezone=ZoneInfo(zone)), now) == expected


@pytest.mark.parametrize(
    ("open_day", "last_at", "now", "due"),
    [
        pytest.param(None, None, NOON, MONDAY, id="the very first day"),
        pytest.param(MONDAY, NOON, NOON, None, id="the open day holds"),
        pytest.param(MONDAY, NOON, at("2026-01-19 23:59:59.999999"), None, id="to its last microsecond"),
        pytest.param(MONDAY, NOON, at("2026-01-20 00:00"), TUESDAY, id="midnight"),
        pytest.param(MONDAY, NOON, at("2026-02-10 09:00"), date(2026, 2, 10), id="after a long closure"),
        pytest.param(MONDAY, NOON, NOON + timedelta(days=31), date(2026, 2, 19), id="31 days are believed"),
        pytest.param(MONDAY, NOON, NOON + timedelta(days=31, microseconds=1), None, id="a moment more is not"),
        pytest.param(MONDAY, NOON, at("1970-01-01 07:00"), None, id="a dead battery"),
        pytest.param(MONDAY, NOON, at("2038-01-19 12:00"), None, id="a clock from the future"),
        pytest.param(MONDAY, NOON, NOON - timedelta(seconds=1), None, id="a second back"),
        pytest.param(TUESDAY, NOON, at("2026-01-19 13:00"), None, id="a day opened too early never goes back"),
    ],
)
def test_which_day_is_due(open_day, last_at, now, due):
    assert day_due(open_day, last_at, hall(), now) == due


def test_nothing_to_doubt_before_the_first_event():
    assert not clock_suspect(None, NOON)


def test_two_events_of_one_instant_are_no_reason_for_doubt():
    assert not clock_suspect(NOON, NOON)


INSTANTS = st.datetimes(
    datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2038-01-19"), timezones=st.just(UTC)
)


@given(jumps=st.lists(INSTANTS | st.timedeltas(timedelta(days=-2), timedelta(days=40)), max_size=30))
def test_whatever_the_clock_does_the_day_only_goes_forward(jumps):
    """A clock that jumps at every step: days strictly grow, and none is opened on a clock that is not believed."""
    site, now, last_at, day = hall(), NOON.astimezone(UTC), None, None
    for jump in jumps:
        now = jump if isinstance(jump, datetime) else min(now + jump, datetime(2038, 1, 19, tzinfo=UTC))
        due = day_due(day, last_at, site, now)
        if due is not None:
            assert day is None or due > day
            assert not clock_suspect(last_at, now)
            day = due
        if not clock_suspect(last_at, now):
            last_at = now
            assert day is not None and day >= local_date(site, now)


def test_a_clock_that_was_put_right_is_believed_after_nothing_but_1970():
    woke = at("1970-01-01 07:00")
    assert not clock_suspect(woke, at("2026-11-24 09:00"))
    assert clock_suspect(woke, at("1970-03-01 07:00")) and clock_suspect(woke, at("1969-12-31 07:00"))
    assert clock_suspect(at("2026-11-24 09:00"), woke)


@pytest.mark.parametrize(
    ("behind", "lost"),
    [
        pytest.param(timedelta(seconds=2), False, id="put right over the network"),
        pytest.param(timedelta(hours=12), False, id="a wrong zone"),
        pytest.param(timedelta(days=1), True, id="a wrong day"),
        pytest.param(timedelta(days=-32), True, id="longer ahead than a hall is ever shut"),
        pytest.param(timedelta(0), False, id="not at all"),
    ],
)
def test_a_clock_that_stepped_back_a_little_still_knows_whether_it_is_sunday(behind, lost):
    assert clock_lost(NOON, NOON - behind) is lost


@pytest.mark.parametrize(
    ("until", "given"),
    [
        pytest.param(None, False, id="nobody said so"),
        pytest.param(NOON, False, id="the moment itself is over"),
        pytest.param(NOON - timedelta(hours=1), False, id="an hour ago"),
        pytest.param(NOON + timedelta(seconds=1), True, id="a second more"),
        pytest.param(NOON + timedelta(hours=25), True, id="to the end of the longest day"),
        pytest.param(NOON + timedelta(hours=25, seconds=1), False, id="said by a clock that stood in the future"),
    ],
)
def test_numbers_are_given_until_the_time_that_a_supervisor_said(until, given):
    assert numbers_opened(until, NOON) is given
