"""A roster is written by whoever sees to its counters, for a day that is not over, and never over somebody else's."""

from dataclasses import replace
from datetime import date, timedelta

from queue_server.commands import rostering
from queue_server.domain.errors import Code
from queue_server.domain.roster import Shift, version_of
from queue_server.store import rosters
from tests.world.hall import SARI, SITE, WATI

MONDAY = date(2026, 11, 23)
MINE, THEIRS = Shift("5", "sari", "08:00", "12:00"), Shift("2", "ratna", "08:00", "12:00")
OF_DUKCAPIL = replace(WATI, agencies=frozenset({"dukcapil"}))


def written(hall, day=MONDAY):
    """The day's shifts."""
    with hall.reader.connect() as conn, conn.begin():
        return list(rosters.of_day(conn, SITE, day))


def test_a_roster_is_kept_told_once_and_leaves_other_agencies_shifts(hall):
    hall.do(WATI, rostering.write, MONDAY, [THEIRS])
    hall.do(OF_DUKCAPIL, rostering.write, MONDAY, [MINE])
    assert sorted(written(hall), key=lambda one: one.counter) == [THEIRS, MINE]
    assert hall.events("roster_set")[-1].detail["shifts"] == [["5", "sari", "08:00", "12:00"]]
    with hall.changes_nothing():
        hall.do(OF_DUKCAPIL, rostering.write, MONDAY, [MINE], version_of([MINE]))


def test_a_roster_is_refused_to_who_may_not_over_what_was_not_seen_and_for_no_day_of_its_own(hall):
    hall.do(WATI, rostering.write, MONDAY, [MINE])
    for who, shifts in ((SARI, [MINE]), (OF_DUKCAPIL, [THEIRS])):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(who, rostering.write, MONDAY, shifts)
    with hall.refuses(Code.ROSTER_CHANGED):
        hall.do(WATI, rostering.write, MONDAY, [], version_of([]))
    for day in (MONDAY - timedelta(days=1), MONDAY + rostering.AHEAD + timedelta(days=1)):
        with hall.refuses(Code.INVALID, field="day", reason="day_not_ahead"):
            hall.do(WATI, rostering.write, day, [MINE])
    with hall.refuses(Code.INVALID):
        hall.do(WATI, rostering.write, MONDAY, [replace(MINE, counter="99")])
    assert written(hall) == [MINE]
