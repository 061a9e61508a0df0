"""Periods and dated exceptions in a hall's file: what is read, what is refused, what is doubted."""

from datetime import date, time

import pytest

from queue_server import settings
from tests.world.folders import MINIMAL, folder, load, problems
from tests.world.values import hours

HALL = MINIMAL.replace(
    'mon = "08:00-12:00"', 'mon = "08:00-12:00", fri = ["08:00-11:30", "13:00-16:00"], cutoff_minutes = 30'
)
FASTING = """
[[spans]]
name = { id = "Ramadan 1448 H", en = "Ramadan" }
first_day = 2027-02-08
last_day = 2027-03-09
hours = { mon = ["08:00-12:00", "12:30-14:00"], fri = "08:00-11:00" }
"""


def test_a_weekday_has_one_window_or_several(tmp_path):
    site = load(folder(tmp_path, HALL)).sites["kecil"]
    assert site.hours == {"mon": hours("08:00-12:00"), "fri": hours("08:00-11:30", "13:00-16:00")}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        pytest.param("[]", "a day without hours is left out", id="none"),
        pytest.param('["08:00-12:00", "11:00-14:00"]', "begins after the one before has ended", id="one in another"),
        pytest.param('["08:00-12:00", "12:00-14:00"]', "two that touch are one", id="no gap"),
        pytest.param('["13:00-16:00", "08:00-12:00"]', "begins after the one before", id="the wrong way round"),
        pytest.param('["08:00-24:00", "00:00-02:00"]', "begins after the one before", id="beyond midnight"),
        pytest.param('["8-12"]', "HH:MM-HH:MM", id="written otherwise"),
        pytest.param("[8, 12]", "HH:MM-HH:MM", id="numbers"),
        pytest.param('["08:00-11:30", "13:00-13:20"]', "leaves no time for numbers: open 20 minutes", id="cutoff"),
    ],
)
def test_windows_that_no_day_can_have_are_refused(tmp_path, written, reason):
    text = HALL.replace('["08:00-11:30", "13:00-16:00"]', written)
    [(_, key, told)] = problems(folder(tmp_path, text))
    assert key == "hours.fri" and reason in told


def test_a_short_first_window_is_no_matter_of_the_cutoff(tmp_path):
    text = HALL.replace('"08:00-11:30"', '"08:00-08:20"')
    assert load(folder(tmp_path, text)).sites["kecil"].hours["fri"][0] == (time(8), time(8, 20))


def test_a_span_is_read_with_what_it_changes_of_a_service(tmp_path):
    own = 'prefix = "A"\nhours = { mon = "09:00-13:00", tue = "09:00-10:00" }\nquota = { regular = 9 }'
    more = 'cutoff_minutes = 15\noffered = ["surat"]\nservices = [{ id = "surat", quota = { total = 5 } }]\n'
    site = load(folder(tmp_path, HALL.replace('prefix = "A"', own) + FASTING + more)).sites["kecil"]
    [span] = site.spans
    assert (span.name["en"], span.first, span.last) == ("Ramadan", date(2027, 2, 8), date(2027, 3, 9))
    assert (span.hours["fri"], span.cutoff_minutes, span.not_offered) == (hours("08:00-11:00"), 15, frozenset())
    meanwhile = span.services["surat"]
    assert meanwhile.hours == {"mon": hours("09:00-12:00", "12:30-13:00")}, "its own hours, cut by the hall's"
    assert (meanwhile.quota, meanwhile.quota_total) == ({}, 5), "the whole table is replaced"
    assert site.services["surat"].quota == {"regular": 9}


def test_hours_that_a_span_gives_a_service_are_not_cut(tmp_path):
    more = 'services = [{ id = "surat", hours = { mon = "15:00-17:00" }, days = ["mon"] }]\n'
    [span] = load(folder(tmp_path, HALL + FASTING + more)).sites["kecil"].spans
    assert span.services["surat"].hours == {"mon": hours("15:00-17:00")}
    assert span.services["surat"].days == {"mon"}


def test_of_spans_the_shortest_is_asked_first(tmp_path):
    fair = (
        '[[spans]]\nname = "Pameran"\nfirst_day = 2027-02-13\nlast_day = 2027-02-13\nhours = { sat = "09:00-12:00" }\n'
    )
    site = load(folder(tmp_path, HALL + FASTING + fair)).sites["kecil"]
    assert site.span_on(date(2027, 2, 13)).name["id"] == "Pameran"
    assert site.span_on(date(2027, 2, 12)).name["id"] == "Ramadan 1448 H"
    assert site.span_on(date(2027, 3, 10)) is None


def other(first, last, more=""):
    """A second span."""
    return f'[[spans]]\nname = "x"\nfirst_day = {first}\nlast_day = {last}\n{more}'


@pytest.mark.parametrize(
    ("more", "key", "reason"),
    [
        (other("2027-03-02", "2027-03-01"), "spans[1].last_day", "is before first_day"),
        (other("2027-03-01", "2027-04-01"), "spans[1].first_day", "shares dates with spans[0]"),
        (other("2027-02-08", "2027-03-09"), "spans[1].first_day", "shares dates with spans[0]"),
        (other("2028-02-30", "2028-03-01"), "", "not valid TOML"),
        (other('"besok"', "2028-03-01"), "spans[1].first_day", "a date like 2026-12-24"),
        (other('"2028-02-31"', "2028-03-01"), "spans[1].first_day", "there is no day 2028-02-31"),
        (other("2028-02-01T08:00:00", "2028-03-01"), "spans[1].first_day", "a date like 2026-12-24"),
        (other("2028-02-01", "2028-03-01", 'offered = ["sura"]'), "spans[1].offered", "there is no service 'sura'"),
        (
            other("2028-02-01", "2028-03-01", 'services = [{ id = "sura" }]'),
            "spans[1].services[0].id",
            "there is no service 'sura'",
        ),
        (
            other("2028-02-01", "2028-03-01", 'services = [{ id = "surat" }, { id = "surat" }]'),
            "spans[1].services[1].id",
            "already stands in spans[1].services[0]",
        ),
        (
            other("2028-02-01", "2028-03-01", 'services = [{ id = "surat", quota = { booked = 3 } }]'),
            "spans[1].services[0].quota.booked",
            "does not offer the class",
        ),
        (other("2028-02-01", "2028-03-01", 'hours = { mon = "08:00-08:30" }'), "spans[1].hours.mon", "leaves no time"),
        (other("2028-02-01", "2028-03-01", "cutoff_minutes = 240"), "spans[1].cutoff_minutes", "open 240 minutes"),
        (other("2028-02-01", "2028-03-01", 'hour = { mon = "08:00-09:00" }'), "spans[1].hour", "did you mean 'hours'?"),
    ],
)
def test_a_span_that_cannot_be_is_refused(tmp_path, more, key, reason):
    found = problems(folder(tmp_path, HALL + FASTING + more))
    assert found[0][1] == key and reason in found[0][2]


def test_a_service_without_hours_in_a_span_is_doubted(tmp_path):
    own = 'prefix = "A"\nhours = { thu = "09:00-13:00" }'
    text = HALL.replace('prefix = "A"', own) + FASTING
    doubts = {problem.key: problem.reason for problem in settings.warnings(load(folder(tmp_path, text)))}
    assert doubts["spans"] == "Ramadan 1448 H: no opening hours in it: surat"


def test_the_hours_of_a_day_of_the_calendar_may_be_several(tmp_path):
    two = 'hours = ["08:00-09:00", "10:00-11:00"]'
    day = f'[[day]]\ndate = 2027-01-04\nname = "x"\nclosed = false\nsites = ["kecil"]\n{two}\n'
    site = load(folder(tmp_path, HALL, holidays=day)).sites["kecil"]
    assert site.holidays[date(2027, 1, 4)].hours == hours("08:00-09:00", "10:00-11:00")
