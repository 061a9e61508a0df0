"""The front desk acts by number: return, hold, cancel, another slip; nobody's counter is touched without a word."""

import pytest

from queue_server.commands import helping, officer
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.domain.site import GROUP_MOST
from queue_server.domain.ticket import State
from queue_server.queries.desk import desk
from tests.commands.steps import called, open_hall, serving
from tests.world.hall import ASEP, KIOSK, SARI, SITE, WATI, without

TUTI = Actor("tuti", Role.FRONT_DESK.only, frozenset({SITE}), name="Tuti")
LIMITED = Actor("lina", Role.FRONT_DESK.only, frozenset({SITE}), frozenset({"polres"}))
__all__ = ["open_hall"]


def held(hall):
    """A visitor whom Sari has set aside."""
    ticket = called(hall)
    hall.do(SARI, officer.hold, "5")
    return ticket


def missed(hall):
    """A visitor who did not come."""
    ticket = called(hall)
    hall.do(SARI, officer.no_show, "5")
    return ticket


def waiting(hall):
    """A visitor who waits."""
    return hall.issue("ktp-cetak")


@pytest.mark.parametrize("who", [TUTI, WATI], ids=["front desk", "supervisor"])
@pytest.mark.parametrize("before", [held, missed, called])
def test_a_visitor_comes_back_into_the_queue_with_the_old_place(open_hall, before, who):
    hall = open_hall
    ticket = before(hall)
    later = hall.issue("ktp-cetak")
    hall.do(who, helping.return_number, ticket.number.lower(), "kembali dari bank")
    assert hall.ticket(ticket).state is State.WAITING
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == ticket.number != later.number
    assert hall.events("returned")[-1].by == who.id


def test_whoever_was_missed_too_long_ago_does_not(open_hall):
    ticket = missed(open_hall)
    open_hall.later(minutes=open_hall.site.missed_call.return_within_minutes, seconds=1)
    with open_hall.refuses(Code.ILLEGAL_TRANSITION, action="return", state="no_show"):
        open_hall.do(TUTI, helping.return_number, ticket.number)


@pytest.mark.parametrize(
    ("before", "command", "after"),
    [
        pytest.param(called, helping.hold_number, State.HELD, id="hold one who is called"),
        pytest.param(serving, helping.hold_number, State.HELD, id="hold one who is served"),
        pytest.param(called, helping.cancel_number, State.CANCELLED, id="cancel one who is called"),
        pytest.param(called, helping.return_number, State.WAITING, id="return one who is called"),
    ],
)
def test_at_somebody_s_counter_it_takes_a_reason_and_the_officer_is_told(open_hall, before, command, after):
    hall = open_hall
    ticket = before(hall)
    with hall.refuses(Code.INVALID, field="reason"):
        hall.do(TUTI, command, ticket.number, None)
    hall.do(TUTI, command, ticket.number, "ke kamar kecil")
    assert hall.ticket(ticket).state is after
    assert hall.at_hand("5") is None
    told = hall.read(lambda view: desk(view, "5", SARI))["overseen"]
    assert (told["number"], told["by_id"], told["reason"]) == (ticket.number, "tuti", "ke kamar kecil")


@pytest.mark.parametrize("before", [waiting, held])
def test_a_number_is_given_up_for_its_holder_and_its_place_is_free_again(open_hall, before):
    ticket = before(open_hall)
    open_hall.do(TUTI, helping.cancel_number, ticket.number, "pulang")
    [event] = open_hall.events("cancelled")
    assert (event.by, event.detail["by"]) == ("tuti", "front_desk")
    assert bool(event.detail.get("places")) == (before is waiting), "one that was called gives none back"


def test_another_slip_changes_nothing_but_that_it_is_recorded(open_hall):
    hall = open_hall
    ticket = waiting(hall)
    hall.do(TUTI, helping.reprint, ticket.number, "kertas sobek")
    assert hall.ticket(ticket) == ticket
    assert hall.last() == ["reprinted"] and hall.events("reprinted")[0].ticket == ticket.id
    hall.do(SARI, helping.reprint, ticket.number)
    assert len(hall.events("reprinted")) == 2, "an officer of its agency may, too"


@pytest.mark.parametrize(
    ("who", "code"), [(LIMITED, Code.FORBIDDEN), (ASEP, Code.FORBIDDEN), (KIOSK, Code.FORBIDDEN)], ids=str
)
@pytest.mark.parametrize("command", [helping.return_number, helping.cancel_number, helping.reprint])
def test_nobody_of_another_agency_touches_it(open_hall, who, code, command):
    ticket = held(open_hall)
    with open_hall.refuses(code):
        open_hall.do(who, command, ticket.number, "apa saja")


@pytest.mark.parametrize("command", [helping.return_number, helping.hold_number, helping.cancel_number])
def test_an_officer_acts_at_the_counter_and_not_from_here(open_hall, command):
    ticket = held(open_hall)
    with open_hall.refuses(Code.FORBIDDEN):
        open_hall.do(SARI, command, ticket.number, "apa saja")


def test_a_number_that_nobody_has_is_not_found(open_hall):
    for typed in ("J999", "bukan nomor", ""):
        with open_hall.refuses(Code.NOT_FOUND):
            open_hall.do(TUTI, helping.reprint, typed)


def test_more_people_than_a_group_may_have_are_refused(open_hall):
    number = open_hall.issue("ktp-cetak").number
    with open_hall.refuses(Code.GROUP_TOO_LARGE, most=GROUP_MOST, people=GROUP_MOST + 1):
        open_hall.do(TUTI, helping.regroup, number, GROUP_MOST + 1)


def test_more_people_come_with_a_number_whose_service_is_no_more(open_hall):
    hall = open_hall
    number = hall.issue("ktp-cetak").number
    hall.stop()
    hall.start(**without(hall.site, "ktp-cetak"))
    assert hall.do(TUTI, helping.regroup, number, 3).people == 3
