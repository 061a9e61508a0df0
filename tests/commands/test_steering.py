"""Levers for today: what a counter serves and how many numbers a service gives, until the next day opens."""

from datetime import date

import pytest

from queue_server.commands import officer, resting, steering, transferring
from queue_server.commands.day import close_day
from queue_server.domain.errors import Code
from queue_server.domain.roles import Role
from queue_server.domain.ticket import State
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.site import site_info
from queue_server.queries.ticket import ticket
from queue_server.store import state
from tests.world.hall import DEDI, RATNA, SARI, WATI
from tests.world.hall import officer as member
from tests.world.values import at

EVA = member("eva", "dukcapil", Role.SUPERVISOR)  # of one agency


def serves(hall, counter="5"):
    """What the site document says that a counter serves."""
    return next(one for one in hall.read(site_info)["counters"] if one["id"] == counter)["services"]


def places(hall, service="ktp-cetak"):
    """(total, by class, left in total, open, reason) of a service, as the site document says."""
    one = next(one for one in hall.read(site_info)["services"] if one["id"] == service)
    return one["quota_total"], one["quota"], one["quota_total_left"], one["open"], one["reason"]


def agrees(hall):
    """I-8: the rows are what the events amount to."""
    with hall.reader.connect() as conn, conn.begin():
        assert state.differences(conn, hall.id) == []


def tomorrow(hall):
    """The next morning, and the first command of it."""
    hall.now = at("2026-11-24 09:00")
    hall.do(WATI, lambda tx: None)


def test_a_counter_serves_something_else_until_the_next_day_opens(open_hall):
    hall = open_hall
    declared = serves(hall)
    hall.issue("kk-akta")
    hall.do(WATI, steering.set_services, "5", ["kk-akta", "ktp-cetak"], "antrean KK panjang")
    assert serves(hall) == ["kk-akta", "ktp-cetak"] != declared
    assert [one["number"] for one in hall.read(lambda view: desk(view, "5"))["upcoming"]] == ["D001"]
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == "D001"
    hall.do(SARI, officer.serve, "5")
    agrees(hall)
    tomorrow(hall)
    assert serves(hall) == declared
    agrees(hall)


def test_the_lever_outlives_a_restart_and_a_change_of_structure_and_ends_where_it_says_what_the_structure_says(
    open_hall,
):
    hall = open_hall
    declared = serves(hall)
    hall.do(WATI, steering.set_services, "5", ["kk-akta"], "antrean KK panjang")
    hall.stop()
    hall.start()
    assert serves(hall) == ["kk-akta"]
    hall.do(WATI, steering.set_services, "5", declared, "antrean sudah pendek")
    assert serves(hall) == declared
    assert [event.detail.get("declared") for event in hall.events("services_set")] == [None, True]
    agrees(hall)


def test_who_waits_for_what_nobody_would_call_any_more_is_asked_about_once(open_hall):
    hall = open_hall
    hall.issue("ktp-perekaman")
    with hall.refuses(Code.LAST_COUNTER, services=["ktp-perekaman"]):
        hall.do(WATI, steering.set_services, "5", ["ktp-cetak"], "alat rekam rusak")
    hall.do(WATI, steering.set_services, "5", ["ktp-cetak"], "alat rekam rusak", confirm=True)
    assert serves(hall) == ["ktp-cetak"]


def test_a_counter_whose_officer_rests_calls_for_nobody_meanwhile(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(DEDI, officer.open_counter, "6")
    hall.do(DEDI, resting.begin, "6", "meal", confirm=True)
    with hall.refuses(Code.LAST_COUNTER, services=["ktp-cetak"]):
        hall.do(WATI, steering.set_services, "5", ["ktp-perekaman"], "alat cetak rusak")
    hall.do(DEDI, resting.resume, "6")
    hall.do(WATI, steering.set_services, "5", ["ktp-perekaman"], "alat cetak rusak")
    assert serves(hall) == ["ktp-perekaman"]


def test_who_is_at_the_counter_is_served_to_the_end(open_hall):
    hall = open_hall
    hall.issue("ktp-perekaman")
    hall.do(SARI, officer.call_next, "5")
    hall.do(WATI, steering.set_services, "5", ["kk-akta"], "antrean KK panjang")
    for act in (officer.serve, officer.finish):
        hall.do(SARI, act, "5")
    agrees(hall)


@pytest.mark.parametrize(
    ("who", "services", "code"),
    [
        pytest.param(SARI, ["kk-akta"], Code.FORBIDDEN, id="an officer"),
        pytest.param(EVA, ["skck-baru"], Code.FORBIDDEN, id="another agency's service"),
        pytest.param(WATI, ["tak-ada"], Code.UNKNOWN_SERVICE, id="a service that is not there"),
        pytest.param(WATI, [], Code.INVALID, id="none"),
    ],
)
def test_a_counter_s_services_are_a_supervisor_s_to_set(open_hall, who, services, code):
    with open_hall.refuses(code):
        open_hall.do(who, steering.set_services, "5", services, "alasan")


def test_a_quota_set_for_today_is_what_kiosks_desks_and_rules_go_by(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": 2}, "blangko sisa dua")
    assert places(hall) == (2, {}, 1, True, None)
    hall.issue("ktp-cetak")
    assert places(hall)[2:] == (0, False, "quota_full")
    hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": 1}, "salah hitung")  # who has a place keeps it
    assert places(hall)[2:] == (0, False, "quota_full")
    hall.issue("kk-akta")
    hall.do(DEDI, officer.call_next, "6")
    hall.do(DEDI, officer.serve, "6")
    agrees(hall)
    hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": None, "priority": 0}, "blangko datang")
    assert places(hall)[:4] == (None, {"priority": 0}, None, True)
    tomorrow(hall)
    assert places(hall) == (None, {}, None, True, None)
    agrees(hall)


def test_a_quota_that_says_what_the_structure_says_is_no_lever(open_hall):
    hall = open_hall
    hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": 9}, "blangko sisa")
    with hall.changes_nothing():
        hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": 9}, "lagi")
    hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": None}, "blangko datang")
    first, last = hall.events("quota_set")
    assert (first.detail, last.detail) == (
        {"quota": {"total": 9}, "was": {"total": None}},
        {"quota": {}, "was": {"total": 9}},
    )


@pytest.mark.parametrize(
    ("who", "quota", "code"),
    [
        pytest.param(SARI, {"total": 3}, Code.FORBIDDEN, id="an officer"),
        pytest.param(RATNA, {"total": 3}, Code.FORBIDDEN, id="an officer of elsewhere"),
        pytest.param(WATI, {"booked": 3}, Code.CLASS_NOT_OFFERED, id="a class that it has not"),
        pytest.param(WATI, {"total": -1}, Code.INVALID, id="fewer than none"),
        pytest.param(WATI, {}, Code.INVALID, id="nothing"),
    ],
)
def test_a_quota_is_a_supervisor_s_to_set(open_hall, who, quota, code):
    with open_hall.refuses(code):
        open_hall.do(who, steering.set_quota, "ktp-cetak", quota, "alasan")


def test_every_document_says_that_something_was_set(open_hall):
    """By the revision: a screen fetches the site again, without a reload."""
    hall = open_hall
    assert hall.read(board)["levers"] == 0
    hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": 2}, "blangko sisa dua")
    row = hall.row()
    made = hall.issue("ktp-cetak")
    documents = (hall.read(board), hall.read(lambda view: desk(view, "5")), hall.read(lambda view: ticket(view, made)))
    assert [one["levers"] for one in documents] == [row.revision] * 3
    tomorrow(hall)
    assert hall.read(board)["levers"] == 0


def test_a_transfer_heeds_the_quota_of_today_and_places_are_told_by_what_counters_serve_today(open_hall):
    hall = open_hall
    hall.do(WATI, steering.set_quota, "kk-akta", {"total": 0}, "mesin cetak rusak")
    hall.issue("ktp-cetak")
    with hall.refuses(Code.QUOTA_FULL):
        hall.do(WATI, transferring.bring_back, "J001", "kk-akta", None, "salah layanan")
    assert hall.row().day == date(2026, 11, 23)


def test_one_on_hold_comes_back_where_they_were_held_whatever_that_counter_serves_by_now(open_hall):
    hall = open_hall
    held = hall.issue("ktp-cetak")
    for act in (officer.call_next, officer.serve, officer.hold):
        hall.do(SARI, act, "5")
    hall.do(WATI, steering.set_services, "5", ["kk-akta"], "antrean KK panjang", confirm=True)
    with hall.refuses(Code.UNKNOWN_NUMBER):
        hall.do(SARI, officer.cancel, "5", "salah layanan", held.number)
    hall.do(SARI, officer.return_ticket, "5", held.number)
    assert hall.ticket(held).state is State.WAITING


def test_nothing_is_set_for_a_day_that_is_closed(open_hall):
    hall = open_hall
    hall.do(WATI, close_day)
    with hall.refuses(Code.DAY_CLOSED):
        hall.do(WATI, steering.set_quota, "ktp-cetak", {"total": 5}, "blangko habis")
    with hall.refuses(Code.DAY_CLOSED):
        hall.do(WATI, steering.set_services, "5", ["kk-akta"], "antrean KK panjang")


def test_what_is_not_there_has_no_levers(open_hall):
    with open_hall.refuses(Code.NOT_FOUND):
        open_hall.do(WATI, steering.set_services, "99", ["kk-akta"], "alasan")
    with open_hall.refuses(Code.NOT_FOUND):
        open_hall.do(WATI, steering.set_quota, "tak-ada", {"total": 5}, "alasan")
