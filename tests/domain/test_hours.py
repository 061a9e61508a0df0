"""When numbers are given, as tables; 2026-01-19 is a Monday."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.day_hours import service_hours_on, site_hours_on, written, written_ends, written_week
from queue_server.domain.hours import (
    HORIZON_DAYS,
    next_opening,
    opening,
)
from queue_server.domain.site import WEEKDAYS, Holiday
from tests.world.values import WEEK, at, hall, hours, service, span, special

NYEPI = Holiday(date(2026, 3, 19), "Nyepi")
SHORT = Holiday(date(2026, 1, 20), "Jam pendek", closed=False, hours=hours("08:00-12:00"))
SATURDAY = Holiday(date(2026, 1, 24), "Buka Sabtu", closed=False, hours=hours("09:00-11:00"))
REOPENED = Holiday(date(2026, 3, 18), "Cuti bersama, tetap buka", closed=False)


def said(site, now, id="ktp"):
    """What the hour says, in short: "open", or the reason."""
    found = opening(site, id, now)
    assert found.open == (found.reason is None)
    return found.reason or "open"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-01-19 00:00", "not_yet", id="midnight"),
        pytest.param("2026-01-19 07:59:59.999999", "not_yet", id="a microsecond early"),
        pytest.param("2026-01-19 08:00", "open", id="at opening"),
        pytest.param("2026-01-19 14:59:59.999999", "open", id="the last microsecond before the cutoff"),
        pytest.param("2026-01-19 15:00", "after_cutoff", id="at the cutoff"),
        pytest.param("2026-01-19 15:29:59.999999", "after_cutoff", id="just before closing"),
        pytest.param("2026-01-19 15:30", "closed", id="at closing"),
        pytest.param("2026-01-19 23:59", "closed", id="evening"),
        pytest.param("2026-01-18 10:00", "not_today", id="Sunday"),
        pytest.param("2026-03-19 10:00", "holiday", id="holiday"),
        pytest.param("2026-03-19 03:00", "holiday", id="holiday before hours"),
        pytest.param("2026-01-20 11:29", "open", id="short day"),
        pytest.param("2026-01-20 11:30", "after_cutoff", id="short day's cutoff"),
        pytest.param("2026-01-20 13:00", "closed", id="short day's afternoon"),
        pytest.param("2026-01-24 10:00", "open", id="Saturday opened by a dated file"),
        pytest.param("2026-03-18 10:00", "open", id="joint leave on which the hall opens"),
    ],
)
def test_the_site_s_hours(now, expected):
    site = hall(holidays=special(NYEPI, SHORT, SATURDAY, REOPENED))
    assert said(site, at(now)) == expected


@pytest.mark.parametrize(
    ("own", "now", "expected"),
    [
        pytest.param(
            {"hours": {"mon": hours("13:00-15:00")}}, "2026-01-19 12:59", "not_yet", id="own hours begin later"
        ),
        pytest.param({"hours": {"mon": hours("13:00-15:00")}}, "2026-01-19 13:00", "open", id="own hours"),
        pytest.param(
            {"hours": {"mon": hours("13:00-15:00")}}, "2026-01-19 14:30", "after_cutoff", id="cutoff counts too"
        ),
        pytest.param({"hours": {"mon": hours("13:00-15:00")}}, "2026-01-20 13:00", "not_today", id="weekday left out"),
        pytest.param(
            {"hours": {"sat": hours("08:00-10:00")}}, "2026-01-31 08:00", "open", id="open though the site is not"
        ),
        pytest.param(
            {"hours": {"sat": hours("06:00-10:00")}}, "2026-01-24 06:00", "not_yet", id="special hours cut own: early"
        ),
        pytest.param(
            {"hours": {"sat": hours("06:00-10:00")}}, "2026-01-24 09:20", "open", id="special hours cut own: within"
        ),
        pytest.param(
            {"hours": {"sat": hours("06:00-10:00")}}, "2026-01-24 10:00", "closed", id="special hours cut own: end"
        ),
        pytest.param({"hours": {"sat": hours("06:00-24:00")}}, "2026-01-24 11:00", "closed", id="even from midnight"),
        pytest.param({"hours": {"sat": hours("06:00-09:00")}}, "2026-01-24 09:00", "not_today", id="they only touch"),
        pytest.param(
            {"hours": {"tue": hours("13:00-15:00")}}, "2026-01-20 13:30", "not_today", id="no hour left of a short day"
        ),
        pytest.param({"days": frozenset({"tue", "thu"})}, "2026-01-19 10:00", "not_today", id="not its day"),
        pytest.param({"days": frozenset({"tue", "thu"})}, "2026-01-22 10:00", "open", id="its day, the site's hours"),
        pytest.param(
            {"days": frozenset({"sun"})}, "2026-01-18 10:00", "not_today", id="its day, but the site has no hours"
        ),
        pytest.param(
            {"days": frozenset({"mon"}), "hours": WEEK}, "2026-01-20 10:00", "not_today", id="days narrow its own hours"
        ),
    ],
)
def test_a_service_s_own_hours_and_days(own, now, expected):
    site = hall(service(**own), holidays=special(SHORT, SATURDAY))
    assert said(site, at(now)) == expected


@pytest.mark.parametrize(
    ("own", "now", "expected"),
    [
        pytest.param({}, "2026-03-19 03:00", "open", id="holidays and nights included"),
        pytest.param({"days": frozenset({"mon"})}, "2026-01-19 23:59", "open", id="own days: the whole day"),
        pytest.param({"days": frozenset({"mon"})}, "2026-01-20 00:00", "not_today", id="own days still apply"),
        pytest.param(
            {"hours": {"thu": hours("08:00-10:00")}}, "2026-03-19 09:59", "open", id="own hours, without cutoff"
        ),
        pytest.param(
            {"hours": {"thu": hours("08:00-10:00")}}, "2026-03-19 10:00", "closed", id="own hours still apply"
        ),
    ],
)
def test_a_site_that_is_always_open(own, now, expected):
    site = hall(service(**own), hours=None, cutoff_minutes=0, holidays=special(NYEPI))
    assert said(site, at(now)) == expected


def test_only_what_never_closes_has_no_end_in_sight():
    now = at("2026-01-19 09:00")
    assert opening(hall(hours=None), "ktp", now).until is None
    only_mondays = hall(service(days=frozenset({"mon"})), hours=None)
    assert opening(only_mondays, "ktp", now).until == at("2026-01-20 00:00")
    own_hours = hall(service(hours=WEEK), hours=None)
    assert opening(own_hours, "ktp", now).until == at("2026-01-19 15:30")


def test_the_demo_sets_hours_days_cutoff_and_holidays_aside():
    own = {"days": frozenset({"tue"}), "hours": {"tue": hours("08:00-09:00")}}
    site = hall(service(**own), holidays=special(NYEPI), always_open=True)
    for now in ("2026-03-19 03:00", "2026-01-18 23:59", "2026-01-20 08:45", "2026-01-19 15:15"):
        assert said(site, at(now)) == "open"


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        pytest.param("2026-01-19 07:00", "2026-01-19 08:00", id="later today"),
        pytest.param("2026-01-19 15:10", "2026-01-20 08:00", id="tomorrow"),
        pytest.param("2026-01-16 15:40", "2026-01-19 08:00", id="after the weekend"),
        pytest.param("2026-03-18 16:00", "2026-03-20 08:00", id="after the holiday"),
    ],
)
def test_a_closed_service_says_when_it_opens(now, opens_at):
    found = opening(hall(holidays=special(NYEPI)), "ktp", at(now))
    assert not found.open
    assert found.opens_at == at(opens_at)
    assert found.opens_at.utcoffset() == timedelta(hours=7)


def test_it_says_since_when_until_when_and_which_holiday():
    site = hall(holidays=special(NYEPI))
    now = opening(site, "ktp", at("2026-01-19 09:00"))
    assert (now.since, now.until) == (at("2026-01-19 08:00"), at("2026-01-19 15:00"))
    late = opening(site, "ktp", at("2026-01-19 15:10"))
    assert (late.since, late.until) == (at("2026-01-19 15:00"), at("2026-01-19 15:30"))
    assert opening(site, "ktp", at("2026-01-19 18:00")).since == at("2026-01-19 15:30")
    assert opening(site, "ktp", at("2026-03-19 10:00")).holiday == "Nyepi"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"hours": {}}, id="no hours at all"),
        pytest.param({"cutoff_minutes": 24 * 60}, id="a cutoff longer than the day"),
        pytest.param(
            {"holidays": {d: Holiday(d, "Tutup") for d in (date(2026, 1, 1) + timedelta(n) for n in range(99))}},
            id="shut",
        ),
    ],
)
def test_no_opening_in_sight(changes):
    assert opening(hall(**changes), "ktp", at("2026-01-19 09:00")).opens_at is None


def test_the_same_instant_is_another_day_in_another_zone():
    """Server in UTC, two halls: at 22:30 UTC on Sunday it is Monday 07:30 in Jayapura and 05:30 in Jakarta."""
    now = datetime(2026, 1, 18, 23, 30, tzinfo=UTC)
    assert said(hall(timezone=ZoneInfo("Asia/Jayapura")), now) == "open"
    assert said(hall(), now) == "not_yet"
    assert said(hall(timezone=ZoneInfo("America/New_York")), now) == "not_today"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "not_yet", id="01:59 CET"),
        pytest.param(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "not_yet", id="03:00 CEST, 02:00 was skipped"),
        pytest.param(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "open", id="the skipped 02:30 falls on 03:30"),
        pytest.param(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "open", id="the first 02:30"),
        pytest.param(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "open", id="the second 02:30 does not open again"),
        pytest.param(datetime(2026, 10, 25, 2, 59, tzinfo=UTC), "open", id="03:59 CET"),
        pytest.param(datetime(2026, 10, 25, 3, 0, tzinfo=UTC), "closed", id="04:00 CET"),
    ],
)
def test_days_on_which_the_clocks_change(now, expected):
    site = hall(timezone=ZoneInfo("Europe/Berlin"), hours={"sun": hours("02:30-04:00")}, cutoff_minutes=0)
    assert said(site, now) == expected


@pytest.mark.parametrize("year", [1970, 2000, 2038, 2099])
def test_a_strange_year_does_no_harm(year):
    assert opening(hall(), "ktp", datetime(year, 1, 1, 3, tzinfo=UTC)).reason in (None, "not_today")


def test_hours_of_a_date():
    site = hall(service(days=frozenset({"tue"})), holidays=special(NYEPI, SHORT, SATURDAY))
    assert site_hours_on(site, date(2026, 1, 19)) == hours("08:00-15:30")
    assert site_hours_on(site, SHORT.day) == service_hours_on(site, "ktp", SHORT.day) == hours("08:00-12:00")
    assert service_hours_on(site, "ktp", date(2026, 1, 19)) == ()
    assert site_hours_on(site, NYEPI.day) == service_hours_on(site, "ktp", NYEPI.day) == ()
    assert site_hours_on(hall(hours=None), NYEPI.day) == hours("00:00-24:00")


def test_hours_are_written_as_the_site_file_writes_them():
    assert written(hours("08:00-24:00")) == [["08:00", "24:00"]]
    assert written_week(None) == written_ends(None) == "always"
    week = {"tue": hours("09:00-10:05"), "mon": hours("08:00-11:30", "13:00-24:00")}
    assert written_week(week) == {"mon": [["08:00", "11:30"], ["13:00", "24:00"]], "tue": [["09:00", "10:05"]]}
    assert written_ends(week) == {"mon": ["08:00", "24:00"], "tue": ["09:00", "10:05"]}


# --- whatever the week, whatever the zone ---

ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Berlin", "America/St_Johns", "UTC"])
MINUTE = st.integers(0, 24 * 60 - 1)


@st.composite
def periods(draw):
    """A day's hours: one period, or two or three with a gap between."""
    minutes = sorted(draw(st.lists(MINUTE, min_size=2, max_size=6, unique=True)))
    ends = zip(minutes[::2], minutes[1::2], strict=False)  # an odd one is left over
    return hours(*(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in ends))


@st.composite
def spans(draw, one):
    first, length = draw(st.dates(date(2026, 1, 1), date(2026, 12, 1))), draw(st.integers(0, 40))
    meanwhile = {"hours": draw(st.none() | WEEKS), "cutoff_minutes": draw(st.none() | st.integers(0, 180))}
    shut = draw(st.sampled_from([frozenset(), frozenset({"ktp"})]))
    last = (first + timedelta(length)).isoformat()
    return span([one], first.isoformat(), last, **meanwhile, not_offered=shut)


WEEKS = st.dictionaries(st.sampled_from(WEEKDAYS), periods(), max_size=7)


@st.composite
def specials(draw):
    days = draw(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), unique=True, max_size=12))
    made = (Holiday(day, "Libur", draw(st.booleans()), draw(st.none() | periods())) for day in days)
    return special(*(Holiday(h.day, h.name, h.closed, None if h.closed else h.hours) for h in made))


@st.composite
def halls(draw):
    own = {
        "hours": draw(st.none() | WEEKS),
        "days": draw(st.none() | st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)),
    }
    one = service(**own)
    meanwhile = draw(st.lists(spans(service(**(own | {"hours": draw(st.none() | WEEKS)}))), max_size=2))
    return hall(
        one,
        spans=tuple(sorted(meanwhile, key=lambda one: one.last - one.first)),
        timezone=ZoneInfo(draw(ZONES)),
        hours=draw(st.none() | WEEKS),
        cutoff_minutes=draw(st.integers(0, 180)),
        holidays=draw(specials()),
    )


YEAR = (datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-12-31"))
NOW = st.datetimes(*YEAR, timezones=st.just(UTC))


@given(site=halls(), now=NOW)
def test_a_promised_opening_is_kept(site, now):
    """Closed with a time: it is open then, and not a moment before."""
    found = opening(site, "ktp", now)
    if found.open:
        assert found.reason is None and found.opens_at is None
        return
    if found.opens_at is None:
        for hour in range(0, HORIZON_DAYS * 24, 5):
            assert not opening(site, "ktp", now + timedelta(hours=hour)).open
        return
    then = found.opens_at.astimezone(UTC)
    assert then > now
    assert opening(site, "ktp", then).open
    between = [then - timedelta(microseconds=1), now + (then - now) / 2, now + (then - now) / 7]
    assert not any(opening(site, "ktp", moment).open for moment in between)


@given(site=halls(), now=NOW)
def test_an_open_service_stays_open_until_it_says(site, now):
    found = opening(site, "ktp", now)
    if not found.open or found.until is None:
        return
    until = found.until.astimezone(UTC)
    assert found.since <= now < until
    assert opening(site, "ktp", until - timedelta(microseconds=1)).open
    next_day = until.astimezone(site.timezone).time() == time(0)  # it may open a minute after midnight
    assert opening(site, "ktp", until).reason != "not_yet" or next_day


@given(site=halls(), now=NOW)
def test_never_open_on_a_holiday_unless_always_open(site, now):
    today = site.holidays.get(now.astimezone(site.timezone).date())
    if today is not None and today.closed:
        assert said(site, now) == "holiday" or site.hours is None


@given(site=halls(), now=NOW, minutes=st.integers(-14 * 60, 14 * 60))
def test_the_zone_of_the_clock_makes_no_difference(site, now, minutes):
    elsewhere = now.astimezone(timezone(timedelta(minutes=minutes)))
    assert opening(site, "ktp", now) == opening(site, "ktp", elsewhere)


@given(site=halls(), now=NOW)
def test_a_later_first_day_never_opens_earlier(site, now):
    tomorrow = now.astimezone(site.timezone).date() + timedelta(days=1)
    later = next_opening(site, "ktp", now, first_day=tomorrow)
    assert later is None or later.date() >= tomorrow


@pytest.mark.parametrize(("ahead", "found"), [(59, True), (60, True), (61, False)])
def test_the_next_opening_is_looked_for_sixty_days_ahead_and_no_further(ahead, found):
    """Everything is closed but one Monday to Friday day that far ahead, whatever weekday that is."""
    today = at("2026-01-19 20:00")
    every_day = {day: hours("08:00-15:30") for day in WEEKDAYS}
    shut = {(today + timedelta(days=n)).date() for n in range(0, 70) if n != ahead}
    site = hall(hours=every_day, holidays=special(*(Holiday(day, "closed") for day in shut)))
    opens = next_opening(site, "ktp", today)
    assert opens == ((today + timedelta(days=ahead)).replace(hour=8, minute=0) if found else None)
