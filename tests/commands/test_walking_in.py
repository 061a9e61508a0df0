"""A visitor without a number is given one at a free counter and served: no call, no wait, nobody overtaken unsaid."""

from dataclasses import replace

import pytest

from queue_server.commands import day, officer, resting, walking_in
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.ticket import State
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.reports.measures import today
from queue_server.store import tickets
from tests.commands.steps import called, open_hall
from tests.world.declared import redeclared
from tests.world.hall import DEDI, KIOSK, SARI, SITE, WATI

__all__ = ["open_hall"]


def walks_in(hall, who=SARI, counter="5", service="ktp-cetak", **more):
    """Somebody without a number is served; the ticket."""
    assert hall.do(who, walking_in.walk_in, counter, service, **more)
    return hall.tickets()[-1]


def test_a_number_is_given_and_served_without_a_call(open_hall):
    hall = open_hall
    ticket = walks_in(hall)
    assert hall.last(2) == ["issued", "served"]
    assert (ticket.number, ticket.state, ticket.counter, ticket.officer) == ("J001", State.SERVING, "5", "sari")
    assert ticket.called_at is None and hall.row().last_call == 0
    shown = hall.read(board)
    assert shown["recent"] == [] and shown["last_call"] == 0, "nothing is announced"
    assert hall.events("issued")[-1].detail["walk_in"] is True
    hall.later(minutes=4)
    hall.do(SARI, officer.finish, "5")
    mine = hall.read(lambda view: desk(view, "5", SARI))["mine"]
    assert (mine["served"], mine["last"][0]["number"], mine["median_service_s"]) == (1, "J001", 240)
    hall.check_replay()


def test_it_counts_as_issued_and_served_and_never_among_waits_walks_or_the_pace(open_hall):
    hall = open_hall
    walks_in(hall)
    hall.later(minutes=4)
    hall.do(SARI, officer.finish, "5")
    totals = hall.read(today)["totals"]
    assert (totals["issued"], totals["completed"]) == (1, 1)
    assert (totals["wait"]["n"], totals["walk"]["n"], totals["service"]["n"]) == (0, 0, 1)
    with hall.reader.connect() as conn, conn.begin():
        row = hall.row()
        assert tickets.recent_durations(conn, SITE, row.epoch, row.day, "ktp-cetak") == []


def test_while_anybody_waits_there_it_takes_a_reason_for_they_are_overtaken(open_hall):
    hall = open_hall
    hall.issue("ktp-perekaman")  # of another of the counter's services
    with hall.refuses(Code.REASON_MISSING):
        hall.do(SARI, walking_in.walk_in, "5", "ktp-cetak")
    assert walks_in(hall, reason="pertanyaan singkat").state is State.SERVING
    assert walks_in(hall, DEDI, "6", "kk-akta").state is State.SERVING, "nobody waits for the services of that one"


def test_the_counter_is_free_and_its_officer_there_and_the_service_its_own(open_hall):
    hall = open_hall
    with hall.refuses(Code.UNKNOWN_SERVICE, service="kk-akta"):
        hall.do(SARI, walking_in.walk_in, "5", "kk-akta")
    with hall.refuses(Code.CLASS_NOT_OFFERED):
        hall.do(SARI, walking_in.walk_in, "5", "ktp-cetak", "booked")
    with hall.refuses(Code.NOT_YOUR_COUNTER):
        hall.do(WATI, walking_in.walk_in, "5", "ktp-cetak")
    with hall.refuses(Code.FORBIDDEN):
        hall.do(KIOSK, walking_in.walk_in, "5", "ktp-cetak")
    hall.do(SARI, resting.begin, "5", "meal", confirm=True)
    with hall.refuses(Code.COUNTER_ON_BREAK):
        hall.do(SARI, walking_in.walk_in, "5", "ktp-cetak")
    hall.do(SARI, resting.resume, "5")
    ticket = called(hall)
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(SARI, walking_in.walk_in, "5", "ktp-cetak", reason="singkat")
    assert hall.at_hand("5") == ticket.number


def test_hours_and_quota_hold_and_whoever_is_turned_away_is_counted(open_hall):
    hall = open_hall
    services = {**hall.site.services, "ktp-cetak": replace(hall.site.services["ktp-cetak"], quota_total=1)}
    hall.settings = redeclared(hall.settings, {SITE: replace(hall.site, services=services)})
    hall.stop()
    hall.start()
    walks_in(hall)
    hall.do(SARI, officer.finish, "5")
    with pytest.raises(QueueError) as full:
        hall.do(SARI, walking_in.walk_in, "5", "ktp-cetak")
    assert full.value.code is Code.QUOTA_FULL
    hall.do(WATI, day.close_day)
    hall.do(SARI, officer.open_counter, "5")
    with pytest.raises(QueueError) as closed:
        hall.do(SARI, walking_in.walk_in, "5", "ktp-perekaman")
    assert closed.value.code is Code.SERVICE_CLOSED
    assert len(hall.events("refused")) == 2
    assert hall.counter("5").ticket is None


def test_a_family_without_a_number_takes_a_place_each(open_hall):
    hall = open_hall
    ticket = walks_in(hall, people=4)
    assert ticket.people == 4
    assert hall.rows().quotas["ktp-cetak", ticket.day, "regular"] == 4
    hall.check_replay()


def test_the_place_of_one_who_was_served_is_used_whatever_becomes_of_the_number(open_hall):
    hall = open_hall
    ticket = walks_in(hall)
    hall.do(SARI, officer.hold, "5")
    hall.do(SARI, officer.cancel, "5", "pulang", ticket.number)
    [event] = hall.events("cancelled")
    assert "places" not in event.detail
    hall.check_replay()
