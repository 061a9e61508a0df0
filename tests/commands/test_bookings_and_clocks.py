"""Booked places when the clock is wrong, and when a day or a number ends before its time: nobody is shut out by it."""

from datetime import date, timedelta

import pytest

from queue_server.commands import carrying, day, helping, interrupting, officer, visitor
from queue_server.domain.errors import Code
from queue_server.domain.replay import replay
from queue_server.queries.bookings import is_ripe
from tests.commands.test_bookings import AHEAD, MONDAY, book, come, line, ripen, used
from tests.world.hall import KIOSK, RATNA, TUTI, WATI
from tests.world.values import at


def test_a_clock_that_is_lost_takes_nobody_s_place_and_calls_nobody_before_their_time(hall):
    book(hall, line("11:00", "48217306", 3), line("15:00", "22223333"), line("09:00", "33334444", on=AHEAD))
    hall.do(RATNA, officer.open_counter, "2")
    early = come(hall, "22223333")
    for days in (91, -20 * 365):
        hall.now += timedelta(days=days)
        assert not hall.read(is_ripe)
        with hall.changes_nothing():
            ripen(hall)
            hall.do(RATNA, officer.call_next, "2")
        hall.now -= timedelta(days=days)
    assert (used(hall), used(hall, AHEAD), hall.ticket(early).early) == (4, 1, True)


def test_who_comes_while_the_clock_is_lost_comes_in_time_and_an_officer_may_call_who_came_early(hall):
    book(hall, line("11:00", "48217306"), line("15:00", "22223333"))
    hall.do(RATNA, officer.open_counter, "2")
    early = come(hall, "22223333")
    hall.now -= timedelta(days=20 * 365)
    assert come(hall, "48217306").in_line
    hall.do(RATNA, officer.call, "2", early.number, "jam server salah")
    assert hall.at_hand("2") == early.number
    assert hall.rows() == replay(hall.events())


def test_what_was_missed_by_a_clock_in_the_future_is_booked_again_by_the_next_list(hall):
    lines = [line("09:00", "48217306", 3), line("08:00", "22223333"), line("14:00", "33334444", on=AHEAD)]
    book(hall, *lines)
    hall.now += timedelta(hours=5)
    ripen(hall)
    assert (used(hall), used(hall, AHEAD)) == (0, 1)
    hall.now -= timedelta(hours=5)
    assert [one.changed for one in book(hall, *lines).lists] == [1, 0]  # 08:00 is over, and stays missed
    assert (used(hall), come(hall, "48217306").people) == (3, 3)
    assert used(hall) == 3
    assert hall.rows() == replay(hall.events())


def test_a_day_that_is_closed_releases_its_bookings_whatever_the_clock_says(hall):
    book(hall, line("11:00", "48217306", 3))
    hall.issue("ktp-cetak")
    hall.now -= timedelta(days=20 * 365)
    hall.do(WATI, day.close_day)
    assert used(hall) == 0


@pytest.mark.parametrize("days", [9, 30])
def test_a_clock_that_leaps_ahead_and_is_put_right_loses_no_code(hall, days):
    lines = [line("14:00", "48217306", 3), line("09:00", "33334444", on=AHEAD)]
    book(hall, *lines)
    hall.now += timedelta(days=days)
    hall.issue("ktp-cetak")
    assert hall.events("day_opened")[-1].day == date(2026, 11, 23) + timedelta(days=days)
    hall.now -= timedelta(days=days)
    hall.do(WATI, day.confirm_day, date(2026, 11, 23))
    assert [one.added for one in book(hall, *lines).lists] == [0, 0]
    assert come(hall, "48217306").people == 3
    hall.now = at(f"{AHEAD} 09:00")
    assert come(hall, "33334444").in_line
    assert hall.rows() == replay(hall.events())


def closed_and_opened_again(hall):
    hall.do(WATI, day.close_day)
    hall.do(WATI, day.reopen_day)


def leapt_and_put_right(hall):
    hall.now += timedelta(days=2)
    hall.issue("ktp-cetak")
    hall.now -= timedelta(days=2)
    hall.do(WATI, day.confirm_day, date(2026, 11, 23))


@pytest.mark.parametrize("ended", [closed_and_opened_again, leapt_and_put_right])
def test_whose_number_ended_with_a_day_that_goes_on_has_a_new_one_by_the_same_code(hall, ended):
    book(hall, line("11:00", "48217306", 3))
    old = come(hall, "48217306")
    ended(hall)
    assert hall.ticket(old).state == "expired"
    new = come(hall, "48217306")
    assert (new.id != old.id, new.state, new.early, new.people) == (True, "waiting", True, 3)
    with hall.changes_nothing():
        assert come(hall, "48217306") == new
    assert used(hall) == 3
    assert hall.rows() == replay(hall.events())


def test_who_gave_the_number_up_has_a_new_one_by_the_rule_and_its_place_is_taken_again(hall):
    book(hall, line("09:30", "48217306", 3))
    old = come(hall, "48217306")
    hall.do(KIOSK, visitor.cancel_own, old.id)
    assert used(hall) == 0
    new = come(hall, "48217306")
    assert (new.id != old.id, new.state, used(hall)) == (True, "waiting", 3)
    assert hall.rows() == replay(hall.events())
    hall.do(KIOSK, visitor.cancel_own, new.id)
    hall.now = at(f"{MONDAY} 10:01")
    with hall.refuses(Code.TOO_LATE):
        come(hall, "48217306")


def test_whom_an_officer_cancelled_and_who_has_a_place_tomorrow_keep_their_number(hall):
    book(hall, line("09:30", "48217306"), line("09:15", "22223333"))
    first, second = come(hall, "48217306"), come(hall, "22223333")
    hall.do(TUTI, helping.cancel_number, first.number, "salah layanan")
    hall.do(WATI, interrupting.begin, {}, "power")
    hall.do(WATI, carrying.carry_over, "Listrik padam")
    with hall.changes_nothing():
        assert (come(hall, "48217306").id, come(hall, "22223333").id) == (first.id, second.id)
