"""How days and numbers are written: one table for server and browser, and the same words as people here use."""

from datetime import date, datetime

import pytest

from queue_server import formats, texts
from queue_server.domain.site import LANGUAGES, WEEKDAYS
from tests.world.values import WEEK as WEEK_OF_VALUES
from tests.world.values import hours

MONDAY = date(2026, 1, 5)
WEEK = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "su": "Senén Salasa Rebo Kemis Jumaah Saptu Minggu",
}
YEAR = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
    "su": "Januari Pébruari Maret April Méi Juni Juli Agustus Séptémber Oktober Nopémber Désémber",
}


@pytest.mark.parametrize(
    ("lang", "written", "short"),
    [
        ("id", "Senin, 5 Januari 2026", "Sen 5 Jan"),
        ("en", "Monday, 5 January 2026", "Mon 5 Jan"),
        ("su", "Senén, 5 Januari 2026", "Sen 5 Jan"),
    ],
)
def test_a_date_is_written_as_people_do(lang, written, short):
    assert formats.long_date(MONDAY, lang) == written
    assert formats.short_date(MONDAY, lang) == short


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_days_and_months_of_a_new_release_of_cldr_are_still_those_that_people_say(lang):
    rows = {key: row[lang] for key, row in formats.rows().items()}
    assert [rows[f"weekday_{day}"] for day in WEEKDAYS] == WEEK[lang].split()
    assert [rows[f"month_{n}"] for n in range(1, 13)] == YEAR[lang].split()
    assert rows["long_date"] == "{weekday}, {day} {month} {year}"
    assert rows["date_of_year"] == "{weekday}, {day} {month}"


@pytest.mark.parametrize(
    ("lang", "figure", "many"), [("id", "8,6", "12.345"), ("en", "8.6", "12,345"), ("su", "8,6", "12.345")]
)
def test_a_figure_is_written_as_people_do(lang, figure, many):
    assert formats.decimal(8.64, lang) == figure
    assert formats.decimal(12345.0, lang) == many + figure[1] + "0"
    assert formats.decimal(12345.0, lang, apart=False) == f"12345{figure[1]}0", "as a file has it"
    assert formats.count(12345, lang) == many
    assert formats.rows()["decimal_sign"][lang] == figure[1]


FRIDAY = hours("08:00-11:30", "13:00-15:00")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((), ""),
        (hours("08:00-15:30"), "08.00–15.30"),
        (FRIDAY, "08.00–11.30, 13.00–15.00"),
        (hours("00:00-24:00"), "00.00–24.00"),
    ],
)
def test_the_hours_of_a_day_are_written_in_their_order(day, words):
    assert formats.hours(day) == words


@pytest.mark.parametrize(
    ("week", "lang", "words"),
    [
        ({}, "id", ""),
        (dict.fromkeys(WEEKDAYS, FRIDAY), "id", "Senin–Minggu 08.00–11.30, 13.00–15.00"),
        (WEEK_OF_VALUES | {"fri": FRIDAY}, "id", "Senin–Kamis 08.00–15.30 · Jumat 08.00–11.30, 13.00–15.00"),
        (WEEK_OF_VALUES | {"fri": FRIDAY}, "su", "Senén–Kemis 08.00–15.30 · Jumaah 08.00–11.30, 13.00–15.00"),
        ({"sun": FRIDAY, "mon": FRIDAY}, "en", "Monday 08.00–11.30, 13.00–15.00 · Sunday 08.00–11.30, 13.00–15.00"),
        (WEEK_OF_VALUES | {"wed": ()}, "id", "Senin–Selasa 08.00–15.30 · Kamis–Jumat 08.00–15.30"),
    ],
)
def test_a_week_is_written_with_neighbouring_days_of_equal_hours_together(week, lang, words):
    assert formats.week(week, lang) == words


def test_a_time_of_day_has_a_point_in_every_language():
    assert formats.clock(datetime(2026, 1, 5, 8, 5)) == "08.05"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "written"),
    [
        ("2026-01-05T01:12:00+00:00", "08.12"),
        ("2026-01-04T01:12:00+00:00", "Minggu 08.12"),
        ("2025-12-30T15:30:00+00:00", "Selasa 22.30"),
        ("2025-12-29T01:12:00+00:00", "29 Des"),
    ],
)
def test_a_moment_says_no_more_than_is_needed_to_know_which(at, written):
    now = datetime.fromisoformat("2026-01-05T10:00:00+07:00")
    assert formats.moment(datetime.fromisoformat(at), now, "id") == written


def test_the_browser_writes_a_date_by_the_same_rows():
    page = texts.load().section("common")
    for lang in LANGUAGES:
        words = page[lang]
        names = {"weekday": words["weekday_mon"], "day": 5, "month": words["month_1"], "year": 2026}
        assert texts.fill(words["long_date"], names) == formats.long_date(MONDAY, lang)
