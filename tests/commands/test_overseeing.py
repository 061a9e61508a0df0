"""What a supervisor does across the counters: whose counter is meant, and what concerns the whole site."""

from dataclasses import replace
from datetime import time

import pytest

from queue_server.commands import day, officer
from queue_server.domain.errors import Code, QueueError
from queue_server.queries.desk import desk
from queue_server.queries.site import site_info
from tests.world.hall import DEDI, SARI, WATI
from tests.world.values import at


def test_a_supervisor_s_close_means_the_officer_who_was_there(open_hall):
    hall = open_hall
    hall.do(SARI, officer.close_counter, "5")
    hall.do(DEDI, officer.close_counter, "6")
    hall.do(DEDI, officer.open_counter, "5")
    with hall.refuses(Code.OTHER_OFFICER):
        hall.do(WATI, officer.close_counter, "5", "petugas pulang", "sari")
    hall.do(WATI, officer.close_counter, "5", "petugas pulang", "dedi")
    assert hall.counter("5").officer is None


def test_a_supervisor_of_one_agency_neither_closes_nor_opens_the_day(open_hall):
    hall = open_hall
    lina = replace(WATI, agencies=frozenset({"dukcapil"}))
    for command in (day.close_day, day.reopen_day, lambda tx: day.confirm_day(tx, tx.day)):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(lina, command)


# -- numbers now, whatever the hours or the calendar say

SHUT = {
    "after the last hour": "2026-11-23 16:17",
    "before opening": "2026-11-23 05:00",
    "a Sunday": "2026-11-29 10:00",
    "joint leave": "2026-12-24 08:30",
}


@pytest.mark.parametrize("when", SHUT)
def test_a_supervisor_opens_numbers_although_the_clock_or_the_calendar_says_closed(hall, when):
    hall.do(WATI, lambda tx: None)
    hall.now = at(SHUT[when])
    with pytest.raises(QueueError):
        hall.issue("ktp-cetak")
    hall.do(WATI, day.open_numbers, "jam server keliru")
    assert hall.issue("ktp-cetak").number == "J001"
    assert all(service["open"] for service in hall.read(site_info)["services"])
    assert hall.read(lambda view: desk(view, "5"))["shut"] is None
    event = hall.events("numbers_opened")[0]
    assert (event.officer, "keliru" in str(event.detail)) == ("wati", False)


def test_opened_numbers_end_at_the_given_time_with_the_day_and_with_its_close(hall):
    hall.now = at("2026-11-23 16:17")
    hall.do(WATI, day.open_numbers, "lembur", time(17, 0))
    hall.issue("ktp-cetak")
    hall.now = at("2026-11-23 17:00")
    with pytest.raises(QueueError):
        hall.issue("ktp-cetak")
    hall.do(WATI, day.open_numbers, "lembur")
    hall.do(WATI, day.close_day)
    with pytest.raises(QueueError):
        hall.issue("ktp-cetak")
    hall.do(WATI, day.open_numbers, "lembur")
    assert hall.issue("ktp-cetak").number == "J002", "a closed day opens again, and its series goes on"
    hall.now = at("2026-11-24 05:00")
    with pytest.raises(QueueError):
        hall.issue("ktp-cetak")


def test_a_time_that_has_passed_opens_nothing(hall):
    with hall.refuses(Code.INVALID, field="until"):
        hall.do(WATI, day.open_numbers, "lembur", time(8, 0))


def test_only_a_supervisor_of_the_whole_site_opens_numbers(hall):
    for who in (SARI, replace(WATI, agencies=frozenset({"dukcapil"})), replace(WATI, sites=frozenset({"pandeglang"}))):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(who, day.open_numbers, "lembur")


def test_what_a_clock_of_next_year_opened_is_over_when_the_clock_is_right_again(open_hall):
    """Else the kiosk would give numbers all night, until the next day opens."""
    hall = open_hall
    hall.now = at("2027-06-01 09:00")  # half a year ahead: not believed
    hall.do(WATI, day.open_numbers, "jam server keliru")
    assert hall.issue("ktp-cetak").number == "J001"
    hall.now = at("2026-11-23 23:30")
    assert not hall.read(site_info)["services"][0]["open"]
    with pytest.raises(QueueError, match="service_closed"):
        hall.issue("ktp-cetak")
    hall.do(WATI, day.open_numbers, "lembur")
    assert hall.issue("ktp-cetak").number == "J002"
