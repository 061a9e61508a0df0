"""Calling: by the wheel, or by number with a reason."""

from dataclasses import replace

import pytest

from queue_server.commands import officer
from queue_server.domain.errors import Code
from queue_server.domain.ticket import State
from tests.commands.steps import called, serving
from tests.world.hall import DEDI, SARI, WATI
from tests.world.values import at

# -- call-next


def test_call_next_with_nobody_waiting_changes_nothing(open_hall):
    with open_hall.changes_nothing():
        open_hall.do(SARI, officer.call_next, "5")
    assert open_hall.at_hand("5") is None


def test_call_next_while_a_ticket_is_called_or_served_is_refused(open_hall):
    hall = open_hall
    called(hall)
    hall.issue("ktp-cetak")
    with hall.refuses(Code.COUNTER_BUSY, number="J001"):
        hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(SARI, officer.call_next, "5")
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(SARI, officer.call, "5", "J002", "terburu-buru")


def test_with_finish_on_next_a_served_ticket_is_finished_in_the_same_command(make_hall):
    hall = make_hall(finish_on_next=True)
    hall.do(SARI, officer.open_counter, "5")
    first = called(hall)
    second = hall.issue("ktp-cetak")
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    before = hall.revision
    hall.do(SARI, officer.call_next, "5")
    assert hall.revision == before + 1
    assert [(e.kind, e.revision, e.n) for e in hall.events()[-2:]] == [
        ("finished", before + 1, 0),
        ("called", before + 1, 1),
    ]
    assert (hall.ticket(first).state, hall.ticket(second).state) == (State.COMPLETED, State.CALLED)


def test_who_is_finished_by_the_next_call_keeps_the_outcome_that_came_with_it(make_hall):
    hall = make_hall(finish_on_next=True)
    services = hall.site.services
    with_outcomes = replace(services["ktp-perekaman"], outcomes=("selesai", "ditolak"))
    hall.start(services={**services, "ktp-perekaman": with_outcomes})
    hall.do(SARI, officer.open_counter, "5")
    first, second = hall.issue("ktp-perekaman"), hall.issue("ktp-perekaman")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    with hall.refuses(Code.INVALID, field="outcome"):
        hall.do(SARI, officer.call_next, "5", "terbang", at_hand=first.number)
    with hall.refuses(Code.OTHER_NUMBER, number=first.number):
        hall.do(SARI, officer.call_next, "5", at_hand=second.number)
    hall.do(SARI, officer.call_next, "5", "ditolak", 2, at_hand=first.number)
    assert hall.last(2) == ["finished", "called"]
    assert hall.events("finished")[0].detail == {"outcome": "ditolak", "quantity": 2}
    assert (hall.ticket(first).outcome, hall.at_hand("5")) == ("ditolak", second.number)


def test_the_next_call_is_not_made_when_whom_it_was_to_finish_has_been_taken_away(make_hall):
    hall = make_hall(finish_on_next=True)
    hall.do(SARI, officer.open_counter, "5")
    first, _ = hall.issue("ktp-perekaman"), hall.issue("ktp-perekaman")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.do(WATI, officer.hold, "5", "petugas dipanggil")
    with hall.refuses(Code.ILLEGAL_TRANSITION, action="finish", state=None):
        hall.do(SARI, officer.call_next, "5", at_hand=first.number)
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") != first.number, "who names nobody calls as before"


def test_with_finish_on_next_and_nobody_waiting_the_counter_is_free_afterwards(make_hall):
    hall = make_hall(finish_on_next=True)
    hall.do(SARI, officer.open_counter, "5")
    ticket = serving(hall)
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") is None
    assert hall.ticket(ticket).state is State.COMPLETED


def test_the_order_is_the_wheel_s_over_the_classes_and_arrival_within_them(open_hall):
    """I-5, I-6: 2:1:1 with nobody booked is priority, regular, priority, then the wheel goes round."""
    hall = open_hall
    for class_ in ("regular", "regular", "regular", "priority", "priority", "priority", "priority"):
        hall.issue("ktp-cetak", class_)
    order = []
    for _ in range(7):
        hall.do(SARI, officer.call_next, "5")
        order.append(hall.at_hand("5"))
        hall.do(SARI, officer.no_show, "5")
    assert order == ["J004", "J001", "J005", "J006", "J002", "J007", "J003"]


def test_the_earliest_arrival_goes_first_across_the_counter_s_services(open_hall):
    hall = open_hall
    hall.issue("kk-akta")  # not a service of counter 5
    hall.issue("ktp-perekaman")
    hall.issue("ktp-cetak")
    hall.issue("ktp-perekaman")
    order = []
    for _ in range(3):
        hall.do(SARI, officer.call_next, "5")
        order.append(hall.at_hand("5"))
        hall.do(SARI, officer.no_show, "5")
    assert order == ["R001", "J001", "R002"]


def test_a_returned_or_transferred_visitor_keeps_arrival_and_number(open_hall):
    hall = open_hall
    first = called(hall)
    hall.issue("ktp-cetak"), hall.issue("kk-akta")
    hall.do(SARI, officer.return_ticket, "5")
    assert hall.ticket(first).counter is None
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == first.number
    hall.do(SARI, officer.transfer, "5", "kk-akta", "6", "cek NIK")
    moved = hall.ticket(first)
    assert (moved.number, moved.arrival, moved.service, moved.wish) == ("J001", first.arrival, "kk-akta", "6")
    hall.do(DEDI, officer.call_next, "6")
    assert hall.at_hand("6") == "J001", "earlier than both others"


# -- call by number


def test_a_call_by_number_does_not_move_the_wheel_and_keeps_its_reason_apart(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak", "priority"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call, "5", "J002", "ibu hamil")
    assert (hall.at_hand("5"), hall.counter("5").wheel) == ("J002", 0)
    event = hall.events("called")[-1]
    assert event.detail["by"] == "number"
    assert "ibu hamil" not in str(event)


@pytest.mark.parametrize("typed", ["J002", "D001", "K001", "J000", "", "antrean"])
def test_a_number_unknown_today_or_of_another_counter_s_services_is_refused(open_hall, typed):
    hall = open_hall
    hall.issue("ktp-cetak"), hall.issue("kk-akta")
    with hall.refuses(Code.UNKNOWN_NUMBER, number=typed):
        hall.do(SARI, officer.call, "5", typed, "sudah datang")


def test_yesterday_s_numbers_are_unknown_today(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.now = at("2026-11-24 09:00")
    hall.do(SARI, officer.open_counter, "5")
    with hall.refuses(Code.UNKNOWN_NUMBER):
        hall.do(SARI, officer.call, "5", "J001", "sudah datang")


@pytest.mark.parametrize(("minutes", "legal"), [(30, True), (30.01, False)])
def test_a_missed_visitor_is_called_or_returned_only_within_the_site_s_half_hour(open_hall, minutes, legal):
    hall = open_hall
    ticket = called(hall)
    hall.do(SARI, officer.no_show, "5")
    hall.later(minutes=minutes)
    if not legal:
        with hall.refuses(Code.ILLEGAL_TRANSITION):
            hall.do(SARI, officer.call, "5", "J001", "kembali")
        with hall.refuses(Code.ILLEGAL_TRANSITION):
            hall.do(SARI, officer.return_ticket, "5", "J001")
        return
    hall.do(SARI, officer.return_ticket, "5", "J001")
    back = hall.ticket(ticket)
    assert (back.state, back.arrival, back.finished_at) == (State.WAITING, ticket.arrival, None)


def test_a_ticket_called_elsewhere_cannot_be_taken_away(open_hall):
    hall = open_hall
    called(hall)
    for act in (
        lambda: hall.do(DEDI, officer.return_ticket, "6", "J001"),
        lambda: hall.do(DEDI, officer.cancel, "6", "salah", "J001"),
        lambda: hall.do(DEDI, officer.call, "6", "J001", "saya saja"),
    ):
        with hall.refuses(Code.ILLEGAL_TRANSITION):
            act()


# -- for the number that is meant


def test_a_verb_meant_for_another_number_than_is_at_the_counter_does_nothing(open_hall):
    hall = open_hall
    here = called(hall).number

    with hall.refuses(Code.OTHER_NUMBER, number=here):
        hall.do(SARI, officer.serve, "5", at_hand="J999")
    hall.do(SARI, officer.serve, "5", at_hand=here)
    assert hall.last() == ["served"]
