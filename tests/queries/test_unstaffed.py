"""A counter that nobody opened though the roster says so is an alarm, and one that somebody sees to is quiet."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from queue_server.commands import day, officer, rostering, taking
from queue_server.domain.errors import Code
from queue_server.domain.roster import Shift
from queue_server.queries.hall import hall as hall_document
from tests.queries.test_hall import seen
from tests.world.hall import MONDAY, SARI, WATI
from tests.world.values import at

TODAY = MONDAY.date()
SHIFT = Shift("5", "sari", "08:00", "12:00")


def rostered(hall, *shifts):
    """Sari is to sit at counter 5 in the morning, unless told otherwise; nothing has happened yet at seven."""
    hall.now = at("2026-11-23 07:00")
    hall.do(WATI, rostering.write, TODAY, shifts or [SHIFT])


def unstaffed(hall, now):
    """(counter, who, since when) of those that nobody has open at a time of the day."""
    hall.now = at(f"2026-11-23 {now}")
    found = [one for one in seen(hall)["alarms"] if one["kind"] == "unstaffed"]
    due = [one for one in found if datetime.fromisoformat(one["at"]) <= hall.now]
    since = {one["id"]: datetime.fromisoformat(one["since"]).astimezone(hall.now.tzinfo) for one in due}
    return [(one["counter"], one["person"], f"{since[one['id']]:%H:%M:%S}") for one in due]


EMPTY = [("5", "Sari", "08:00:00")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("07:59:59", []),
        ("08:00:29", []),
        ("08:00:30", EMPTY),
        ("11:59:59", EMPTY),
        ("12:00:00", []),
    ],
)
def test_a_counter_that_nobody_opened_when_the_roster_says_so_is_an_alarm_within_a_minute(hall, now, expected):
    rostered(hall)
    assert unstaffed(hall, now) == expected


def test_a_shift_that_begins_before_the_hall_does_counts_from_the_opening_and_one_after_closing_never(hall):
    rostered(hall, replace(SHIFT, begins="06:00"), replace(SHIFT, counter="6", begins="15:30", ends="24:00"))
    assert [unstaffed(hall, now) for now in ("07:30", "08:01", "16:00")] == [[], EMPTY, []]


def test_an_open_counter_is_no_alarm_and_one_that_was_left_is_from_then_on(hall):
    rostered(hall)
    hall.now = at("2026-11-23 08:10")
    hall.do(SARI, officer.open_counter, "5")
    assert unstaffed(hall, "09:00") == []
    hall.do(SARI, officer.close_counter, "5")
    assert [unstaffed(hall, now) for now in ("09:00:29", "09:00:30")] == [[], [("5", "Sari", "09:00:00")]]


def test_a_day_that_was_closed_and_a_roster_of_another_day_alarm_nobody(hall):
    rostered(hall)
    hall.now = at("2026-11-23 07:10")
    hall.do(WATI, rostering.write, TODAY, [])
    hall.do(WATI, rostering.write, TODAY + timedelta(days=1), [SHIFT])
    assert unstaffed(hall, "09:00") == []
    hall.do(WATI, rostering.write, TODAY, [SHIFT])
    assert unstaffed(hall, "09:01") == EMPTY
    hall.do(WATI, day.close_day)
    assert unstaffed(hall, "09:02") == []


def test_supervisors_of_another_agency_are_not_told(hall):
    rostered(hall)
    hall.now = at("2026-11-23 09:00")
    of = [
        hall.read(lambda view, who=who: hall_document(view, frozenset({who})))["alarms"]
        for who in ("dukcapil", "polres")
    ]
    assert [len(found) for found in of] == [1, 0]


# -- taken by somebody


def unstaffed_alarm(hall):
    """The alarm of counter 5."""
    [one] = [one for one in seen(hall)["alarms"] if one["kind"] == "unstaffed"]
    return one


def take(hall, who=WATI):
    """Somebody says: I see to it."""
    one = unstaffed_alarm(hall)
    hall.do(who, taking.take, one["id"], datetime.fromisoformat(one["since"]), one["level"])


def test_a_taken_alarm_names_who_took_it_until_it_is_worse(hall):
    rostered(hall)
    hall.now = at("2026-11-23 08:06")
    take(hall)
    hall.later(minutes=3)
    assert unstaffed_alarm(hall)["acknowledged"] == {"by": "Wati", "at": "2026-11-23T01:06:00+00:00"}
    hall.now = at("2026-11-23 08:10")  # twice the five minutes that it takes at least
    assert unstaffed_alarm(hall)["acknowledged"] is None
    take(hall)
    assert unstaffed_alarm(hall)["acknowledged"]["by"] == "Wati"
    assert [event.by for event in hall.events("alarm_taken")] == ["wati", "wati"]


def test_a_trouble_that_begins_anew_is_nobody_s(hall):
    rostered(hall)
    hall.now = at("2026-11-23 08:06")
    take(hall)
    hall.do(SARI, officer.open_counter, "5")
    hall.later(minutes=1)
    hall.do(SARI, officer.close_counter, "5")
    hall.later(minutes=1)
    assert unstaffed_alarm(hall)["acknowledged"] is None


def test_nobody_but_a_supervisor_takes_one(hall):
    rostered(hall)
    hall.now = at("2026-11-23 08:06")
    with hall.refuses(Code.FORBIDDEN):
        take(hall, SARI)


def test_what_was_taken_is_forgotten_with_the_day(hall):
    rostered(hall)
    hall.now = at("2026-11-23 08:06")
    take(hall)
    hall.do(WATI, day.close_day)
    hall.do(WATI, day.reopen_day)
    assert unstaffed_alarm(hall)["acknowledged"] is None
