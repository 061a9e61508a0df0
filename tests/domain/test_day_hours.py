"""Several periods a day, and dates on which a hall works otherwise; 2026-01-23 is a Friday."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.day_hours import (
    cutoff_on,
    in_order,
    overlap,
    service_hours_on,
    site_hours_on,
    week_on,
    week_overlap,
)
from queue_server.domain.hours import next_opening, open_span, opening
from queue_server.domain.quota import availability
from queue_server.domain.site import WEEKDAYS, Holiday
from tests.world.values import WEEK, at, hall, hours, service, span, special

PRAYER = WEEK | {"fri": hours("08:00-11:30", "13:00-16:00")}
FRIDAY = date(2026, 1, 23)
SHORT = Holiday(FRIDAY, "Jam pendek", closed=False, hours=hours("09:00-13:30"))
FASTING = {day: hours("08:00-12:00", "12:30-14:00") for day in ("mon", "tue", "wed", "thu", "fri")}


def said(site, now, id="ktp"):
    """What the hour says, in short."""
    return opening(site, id, at(now)).reason or "open"


def test_a_service_that_is_given_on_some_weekdays_has_no_hours_on_the_others():
    site = hall(service(days=frozenset({"mon", "fri"})))
    assert service_hours_on(site, "ktp", FRIDAY) == hours("08:00-15:30")
    assert service_hours_on(site, "ktp", FRIDAY - timedelta(days=1)) == ()


def test_on_a_day_of_rest_and_where_a_span_leaves_it_out_a_service_has_no_hours():
    feast = Holiday(FRIDAY, "Libur", closed=True, hours=None)
    assert service_hours_on(hall(holidays=special(feast)), "ktp", FRIDAY) == ()
    without = span([service()], "2026-01-19", "2026-01-23", not_offered=frozenset({"ktp"}))
    assert service_hours_on(hall(spans=(without,)), "ktp", FRIDAY) == ()
    assert service_hours_on(hall(spans=(without,)), "ktp", FRIDAY + timedelta(days=3)) == hours("08:00-15:30")


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("07:59", "not_yet"),
        ("08:00", "open"),
        ("11:29:59.999999", "open"),
        ("11:30", "pause"),
        ("12:59:59.999999", "pause"),
        ("13:00", "open"),
        ("15:29", "open"),
        ("15:30", "after_cutoff"),
        ("16:00", "closed"),
    ],
)
def test_numbers_pause_between_two_windows_and_the_cutoff_stands_before_the_last_closing(clock, expected):
    assert said(hall(hours=PRAYER), f"2026-01-23 {clock}") == expected


def test_a_pause_says_since_when_and_when_numbers_are_given_again():
    site = hall(hours=PRAYER)
    morning, noon = opening(site, "ktp", at("2026-01-23 10:00")), opening(site, "ktp", at("2026-01-23 12:00"))
    assert (morning.since, morning.until) == (at("2026-01-23 08:00"), at("2026-01-23 11:30"))
    assert (noon.since, noon.until, noon.opens_at) == (at("2026-01-23 11:30"), None, at("2026-01-23 13:00"))
    assert opening(site, "ktp", at("2026-01-23 14:00")).since == at("2026-01-23 13:00")
    assert open_span(site, FRIDAY) == (at("2026-01-23 08:00"), at("2026-01-23 16:00")), "screens stay on"


def test_a_cutoff_longer_than_the_last_window_leaves_nothing_to_wait_for():
    site = hall(hours=PRAYER, cutoff_minutes=190)
    assert said(site, "2026-01-23 11:29") == "open"
    late = opening(site, "ktp", at("2026-01-23 11:45"))
    assert (late.reason, late.since, late.until) == ("after_cutoff", at("2026-01-23 11:30"), at("2026-01-23 16:00"))
    assert late.opens_at == at("2026-01-26 08:00"), "not this afternoon: no number is given then"
    assert said(hall(hours=PRAYER, cutoff_minutes=300), "2026-01-23 11:00") == "after_cutoff"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"day_closed": True}, "day_closed"),
        ({"used": {"regular": 5}}, "quota_full"),
        ({"opened": True}, None),
        ({"clock_lost": True}, None),
        ({}, "pause"),
    ],
)
def test_what_is_certain_of_the_day_speaks_before_the_pause(facts, expected):
    site = hall(service(quota={"regular": 5}, classes=("regular",)), hours=PRAYER)
    found = availability(site, "ktp", at("2026-01-23 12:00"), **({"day_closed": False, "used": {}} | facts))
    assert found.reason == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        pytest.param({}, hours("09:00-13:30"), id="the hall's day"),
        pytest.param({"hours": PRAYER}, hours("09:00-11:30", "13:00-13:30"), id="each period of its own is cut"),
        pytest.param({"hours": {"fri": hours("06:00-09:00", "13:30-24:00")}}, (), id="they only touch"),
    ],
)
def test_a_short_day_cuts_each_period(own, expected):
    assert service_hours_on(hall(service(**own), holidays=special(SHORT)), "ktp", FRIDAY) == expected


def ramadan(*services, **changes):
    """A month of shorter days."""
    return span(services or [service()], "2026-02-18", "2026-03-19", **({"hours": FASTING} | changes))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-02-17 14:30", "open", id="the day before"),
        pytest.param("2026-02-18 12:10", "pause", id="its first day"),
        pytest.param("2026-03-18 13:10", "open", id="in it"),
        pytest.param("2026-03-18 13:40", "after_cutoff", id="its closing, the hall's cutoff"),
        pytest.param("2026-03-18 14:10", "closed", id="after its closing"),
        pytest.param("2026-03-19 10:00", "holiday", id="a holiday is one in it, too"),
        pytest.param("2026-03-20 14:30", "open", id="the day after"),
    ],
)
def test_a_span_replaces_the_hall_s_week(now, expected):
    site = hall(spans=(ramadan(),), holidays=special(Holiday(date(2026, 3, 19), "Nyepi")))
    assert said(site, now) == expected


def test_a_span_may_change_the_cutoff_alone():
    site = hall(spans=(ramadan(hours=None, cutoff_minutes=120),))
    assert (said(site, "2026-02-18 13:29"), said(site, "2026-02-18 13:30")) == ("open", "after_cutoff")
    assert cutoff_on(site, date(2026, 3, 20)) == timedelta(minutes=30)


def test_a_span_offers_only_the_services_that_it_names():
    both = (service("ktp"), service("kk", prefix="C"))
    site = hall(*both, spans=(ramadan(*both, not_offered=frozenset({"kk"})),))
    assert (said(site, "2026-02-18 10:00"), said(site, "2026-02-18 10:00", "kk")) == ("open", "not_today")
    assert next_opening(site, "kk", at("2026-02-18 10:00")) == at("2026-03-20 08:00")


def test_a_span_has_quotas_of_its_own():
    site = hall(service(quota_total=100), spans=(ramadan(service(quota_total=20, quota_reserved={"priority": 4})),))
    facts = {"day_closed": False, "used": {"regular": 16}}
    in_it = availability(site, "ktp", at("2026-02-18 10:00"), day=date(2026, 2, 18), **facts)
    assert (in_it.total_left, dict(in_it.quota_left)) == (4, {"regular": 0, "priority": 4})
    assert availability(site, "ktp", at("2026-02-17 10:00"), day=date(2026, 2, 17), **facts).total_left == 84
    before = availability(site, "ktp", at("2026-02-18 10:00"), day=date(2026, 2, 17), clock_lost=True, **facts)
    assert before.total_left == 84, "the open day's, where the clock is not believed"


def test_of_two_spans_the_inner_one_counts_alone():
    fair = span([service()], "2026-02-21", "2026-02-21", hours={"sat": hours("09:00-12:00")}, cutoff_minutes=0)
    site = hall(spans=(fair, ramadan(cutoff_minutes=60)))
    assert site_hours_on(site, date(2026, 2, 21)) == hours("09:00-12:00")
    assert (said(site, "2026-02-21 11:59"), said(site, "2026-02-20 13:00")) == ("open", "after_cutoff")


def test_the_demo_keeps_no_span_and_a_hall_around_the_clock_does():
    assert said(hall(spans=(ramadan(),), always_open=True), "2026-02-18 23:00") == "open"
    site = hall(hours=None, cutoff_minutes=0, spans=(ramadan(),))
    assert (said(site, "2026-02-18 23:00"), said(site, "2026-02-17 23:00")) == ("closed", "open")
    assert week_on(site, date(2026, 2, 18)) == FASTING and week_on(site, date(2026, 2, 17)) is None


# --- whatever the periods ---

CLOCKS = st.integers(0, 24 * 60)


@st.composite
def days(draw):
    """A day's periods, in order, with gaps."""
    minutes = sorted(draw(st.lists(CLOCKS, max_size=8, unique=True)))
    ends = zip(minutes[::2], minutes[1::2], strict=False)
    return hours(*(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in ends))


def held(periods, minute):
    """Whether a minute of the day lies within."""
    clock = at("2026-01-19 00:00").replace(hour=minute // 60, minute=minute % 60).time()
    return any(a <= clock and (clock < b or b == hours("00:00-24:00")[0][1]) for a, b in periods)


@given(some=days(), others=days(), minute=st.integers(0, 24 * 60 - 1))
def test_what_two_days_share_is_what_lies_in_both(some, others, minute):
    shared = overlap(some, others)
    assert in_order(shared)
    assert held(shared, minute) == (held(some, minute) and held(others, minute))
    assert shared == overlap(others, some)


@given(
    week=st.dictionaries(st.sampled_from(WEEKDAYS), days().filter(bool)),
    other=st.dictionaries(st.sampled_from(WEEKDAYS), days()),
)
def test_weeks_share_what_their_days_share(week, other):
    assert week_overlap(week, week) == week
    assert all(shared == overlap(week[day], other[day]) != () for day, shared in week_overlap(week, other).items())


@given(minute=st.integers(0, 24 * 60 - 1), cutoff=st.integers(0, 24 * 60), periods=days())
def test_a_number_is_given_within_a_window_and_before_the_cutoff_and_never_else(minute, cutoff, periods):
    site = hall(hours={"mon": periods} if periods else {}, cutoff_minutes=cutoff)
    found = opening(site, "ktp", at("2026-01-19 00:00") + timedelta(minutes=minute))
    end = periods[-1][1] if periods else None
    last = (end.hour * 60 + end.minute or 24 * 60) - cutoff if end else 0
    assert found.open == (held(periods, minute) and minute < last)
    if found.reason == "pause":
        assert found.opens_at.date() == date(2026, 1, 19)


def test_a_service_is_the_same_on_a_day_without_a_span():
    site = hall(spans=(ramadan(replace(service(), quota_total=3)),))
    assert site.service_on("ktp", date(2026, 2, 17)) is site.services["ktp"]


def test_a_hall_that_is_always_open_has_no_week():
    assert week_on(hall(always_open=True), FRIDAY) is None
