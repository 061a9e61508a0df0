"""Which days a site rests: calculated, decreed, and as its own dated files say."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from queue_server import settings
from tests.world.folders import MINIMAL, folder, keys, load

FOLLOWS = MINIMAL.replace('id = "kecil"', 'id = "kecil"\nholidays = "ID"', 1)

# Decree of the three ministers for 2026: 17 national holidays and 8 days of joint leave.
NATIONAL_2026 = "0101 0116 0217 0319 0321 0322 0403 0405 0501 0514 0527 0531 0601 0616 0817 0825 1225"
JOINT_LEAVE_2026 = "0216 0318 0320 0323 0324 0515 0528 1224"


def test_2026_is_exactly_as_decreed():
    days = load(None).sites["lebak"].holidays
    closed = {f"{d:%m%d}" for d in days if d.year == 2026}
    assert closed == set(f"{NATIONAL_2026} {JOINT_LEAVE_2026}".split())
    joint = {f"{d:%m%d}" for d in days if d.year == 2026 and days[d].name.startswith("Cuti Bersama")}
    assert joint == set(JOINT_LEAVE_2026.split())


@pytest.mark.parametrize("year", [1970, 2025, 2027, 2040, 2099])
def test_any_year_can_be_asked(year):
    days = load(None).sites["lebak"].holidays
    assert days[date(year, 8, 17)].name == "Hari Kemerdekaan Republik Indonesia"
    assert date(year, 8, 18) not in days or days[date(year, 8, 18)].closed


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_a_year_no_calendar_knows_has_no_holidays(year):
    assert date(year, 12, 25) not in load(None).sites["lebak"].holidays


def test_walking_the_calendar_covers_the_years_around_now():
    days = list(load(None).sites["lebak"].holidays)
    this_year = datetime.now(UTC).year
    assert days == sorted(set(days))
    assert {this_year - 1, this_year, this_year + 1} <= {day.year for day in days}


def test_a_site_that_keeps_no_holidays_has_none(tmp_path):
    assert date(2026, 3, 19) not in load(folder(tmp_path, MINIMAL)).sites["kecil"].holidays


OPEN_ON_LEAVE = """
[[day]]
date = 2026-12-24
name = "Layanan terbatas"
closed = false
hours = "08:00-10:00"
sites = ["kecil"]
[[day]]
date = 2027-06-01
name = "Hari jadi"
"""


def test_a_dated_file_reopens_and_closes_days(tmp_path):
    config = folder(tmp_path, FOLLOWS, MINIMAL.replace('"kecil"', '"lain"'), holidays=OPEN_ON_LEAVE)
    sites = load(config).sites
    leave = sites["kecil"].holidays[date(2026, 12, 24)]
    assert (leave.closed, leave.hours) == (False, ((time(8), time(10)),))
    assert sites["kecil"].holidays[date(2026, 12, 25)].closed
    assert sites["kecil"].holidays[date(2027, 6, 1)].name == "Hari jadi"
    assert len(sites["lain"].holidays) == 0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param(
            "[[day]]\ndate = 2026-01-02\nname = 'x'\nhours = '08:00-09:00'", "day[0].hours", id="closed hours"
        ),
        pytest.param("[[day]]\ndate = '2026-01-02'\nname = 'x'", "day[0].date", id="a date in quotes"),
        pytest.param("country = 'XX'", "country", id="no such country"),
        pytest.param("[[day]]\ndate = 2026-01-02\nname = 'x'\n" * 2, "day[1].date", id="a day given twice"),
    ],
)
def test_a_wrong_holiday_file_is_named(tmp_path, text, key):
    assert keys(folder(tmp_path, MINIMAL, holidays=text)) == [key]


@pytest.mark.parametrize(
    ("today", "told"),
    [("2026-11-29", []), ("2027-07-01", []), ("2027-08-10", ["ID-2028"]), ("2028-02-01", ["ID-2028"])],
)
def test_a_year_whose_joint_leave_is_not_known_is_told_ahead(today, told):
    """Calculated years after 2027 have lunar dates as estimates, and no cuti bersama at all."""
    found = [
        p for p in settings.warnings(settings.load(None, environ={}), date.fromisoformat(today)) if "ID-" in p.file
    ]
    assert [Path(p.file).stem for p in found] == told


OWN = """
[[dates]]
date = 2026-12-25
name = "Buka terbatas"
closed = false
hours = "08:00-10:00"
source = "Perbup 7/2026"
[[dates]]
date = 2026-12-28
name = "Hari jadi"
"""


def test_what_the_hall_itself_decided_wins_over_every_calendar(tmp_path):
    holidays = load(folder(tmp_path, FOLLOWS + OWN, holidays=OPEN_ON_LEAVE)).sites["kecil"].holidays
    said = {
        day: (holidays[day].origin, holidays[day].closed)
        for day in map(date.fromisoformat, ("2026-12-25", "2026-12-28", "2026-12-24", "2027-01-01"))
    }
    assert list(said.values()) == [("hall", False), ("hall", True), ("file", False), ("calculated", True)]
    assert holidays[date(2026, 12, 25)].source == "Perbup 7/2026"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('[[dates]]\ndate = 2026-01-02\nname = "x"\nhours = "08:00-09:00"\n', "dates[0].hours"),
        ('[[dates]]\ndate = 2026-01-02\nname = "x"\n' * 2, "dates[1].date"),
        ('[[dates]]\ndate = "2 Januari"\nname = "x"\n', "dates[0].date"),
    ],
)
def test_a_hall_s_own_date_that_says_two_things_is_refused(tmp_path, more, key):
    assert key in keys(folder(tmp_path, FOLLOWS + more))
