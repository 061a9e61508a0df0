"""A visitor sent on: asked once more where nobody would call them, taken back at once, brought back by number."""

from dataclasses import replace

import pytest

from queue_server.commands import helping, officer, transferring, visitor
from queue_server.domain.errors import Code
from queue_server.domain.roles import Role
from queue_server.domain.ticket import State
from queue_server.domain.times import intervals
from queue_server.queries.desk import desk
from queue_server.queries.ticket import ticket as phone
from queue_server.queries.waits import queue
from tests.commands.steps import called, serving
from tests.world.hall import ASEP, DEDI, KIOSK, RATNA, SARI, WATI
from tests.world.hall import officer as of_staff

YUSUF = of_staff("yusuf", "imigrasi", Role.SUPERVISOR)


def transfer(hall, service, confirm=False):
    """Sari sends the visitor at counter 5 on."""
    hall.do(SARI, officer.transfer, "5", service, confirm=confirm)


# -- where nobody would call them


@pytest.mark.parametrize(
    ("service", "facts"),
    [
        pytest.param("paspor-wawancara", {"hours_today": True, "counters_open": 0}, id="no counter open"),
        pytest.param("pelayanan-ham", {"hours_today": False}, id="a Tuesday's service on a Monday"),
    ],
)
def test_a_transfer_to_where_nobody_would_call_is_asked_once_more(open_hall, service, facts):
    ticket = called(open_hall)
    with open_hall.refuses(Code.NO_COUNTER, service=service, **facts):
        transfer(open_hall, service)
    transfer(open_hall, service, confirm=True)
    assert open_hall.ticket(ticket).service == service


def test_a_transfer_to_an_open_counter_is_not_asked_twice(open_hall):
    ticket = called(open_hall)
    transfer(open_hall, "kk-akta")  # Dedi's
    assert open_hall.ticket(ticket).service == "kk-akta"


# -- taken back within 15 s


@pytest.mark.parametrize("before", [called, serving])
def test_undo_restores_everything_the_transfer_changed(open_hall, before):
    hall = open_hall
    before(hall)
    was, counter = hall.tickets()[0], hall.counter("5")
    hall.later(seconds=30)
    transfer(hall, "kk-akta")
    desk_now = hall.read(lambda view: desk(view, "5"))
    assert desk_now["undo_number"] == was.number
    hall.later(seconds=15)
    hall.do(SARI, officer.undo, "5")
    assert hall.ticket(was) == was
    assert hall.counter("5") == replace(counter, call_revision=None)
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.undo, "5")


def test_an_undone_transfer_gives_its_place_back_and_the_service_went_on(open_hall):
    hall = open_hall
    ticket = serving(hall)
    transfer(hall, "paspor-wawancara", confirm=True)
    hall.later(seconds=10)
    hall.do(SARI, officer.undo, "5")
    used = {key: n for key, n in hall.rows().quotas.items() if key[0] == "paspor-wawancara"}
    assert set(used.values()) <= {0}
    stays = intervals(e for e in hall.events() if e.ticket == ticket.id)
    assert [(stay.kind, stay.service, stay.end is None) for stay in stays] == [
        ("wait", "ktp-cetak", False), ("walk", "ktp-cetak", False), ("service", "ktp-cetak", True),
    ]  # fmt: skip


MEANWHILE = {
    "16 seconds": lambda hall: hall.later(seconds=15.001),
    "the target called them": lambda hall: hall.do(DEDI, officer.call_next, "6"),
    "the target called and gave them back": lambda hall: (
        hall.do(DEDI, officer.call_next, "6"),
        hall.do(DEDI, officer.return_ticket, "6"),
    ),
    "the counter called the next": lambda hall: (
        hall.issue("ktp-cetak"),
        hall.do(SARI, officer.call_next, "5"),
        hall.do(SARI, officer.serve, "5"),
    ),
    "the counter closed and opened": lambda hall: (
        hall.do(SARI, officer.close_counter, "5"),
        hall.do(SARI, officer.open_counter, "5"),
    ),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_a_transfer_is_not_undone_after(open_hall, meanwhile):
    called(open_hall)
    transfer(open_hall, "kk-akta")
    MEANWHILE[meanwhile](open_hall)
    with open_hall.refuses(Code.ILLEGAL_TRANSITION):
        open_hall.do(SARI, officer.undo, "5")


def test_another_slip_keeps_no_transfer_from_being_taken_back(open_hall):
    sent = called(open_hall)
    transfer(open_hall, "kk-akta")
    open_hall.do(SARI, helping.reprint, sent.number)
    open_hall.do(SARI, officer.undo, "5")
    assert open_hall.ticket(sent).state is State.CALLED


def test_an_undo_that_was_meant_for_another_visitor_takes_nobody_back(open_hall):
    hall = open_hall
    sent = called(hall)
    transfer(hall, "kk-akta")
    with hall.refuses(Code.OTHER_NUMBER, number=sent.number):
        hall.do(SARI, officer.undo, "5", at_hand="J999")
    hall.do(SARI, officer.undo, "5", at_hand=sent.number)
    assert hall.ticket(sent).state is State.CALLED


# -- brought back by number

WHO = [
    pytest.param(SARI, True, id="the counter that sent them"),
    pytest.param(RATNA, True, id="a counter of the new service"),
    pytest.param(WATI, True, id="a supervisor"),
    pytest.param(YUSUF, True, id="the new agency's supervisor"),
    pytest.param(DEDI, True, id="another counter of the service they came from"),
    pytest.param(ASEP, False, id="a counter that has nothing to do with it"),
    pytest.param(replace(YUSUF, agencies=frozenset({"polres"})), False, id="another agency's supervisor"),
    pytest.param(KIOSK, False, id="a kiosk"),
    pytest.param(replace(WATI, sites=frozenset({"pandeglang"})), False, id="another mall's supervisor"),
    pytest.param(replace(WATI, roles=Role.AUDITOR.only), False, id="an auditor"),
    pytest.param(of_staff("ani", None, Role.FRONT_DESK), True, id="the front desk"),
    pytest.param(of_staff("ani", "polres", Role.FRONT_DESK), False, id="another agency's front desk"),
]


@pytest.mark.parametrize(("who", "may"), WHO)
def test_who_may_bring_a_wrongly_sent_visitor_back(open_hall, who, may):
    hall = open_hall
    hall.do(RATNA, officer.open_counter, "2")
    hall.do(ASEP, officer.open_counter, "10")
    ticket = serving(hall)
    transfer(hall, "paspor-wawancara")
    hall.later(minutes=5)
    if not may:
        with hall.refuses(Code.FORBIDDEN):
            hall.do(who, transferring.bring_back, "j1", "ktp-cetak")
        return
    hall.do(who, transferring.bring_back, "j1", "ktp-cetak")
    back = hall.ticket(ticket)
    assert (back.service, back.state, back.arrival) == ("ktp-cetak", State.WAITING, ticket.arrival)
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == "J001"


def test_a_transfer_that_was_undone_gives_nobody_a_say(open_hall):
    hall = open_hall
    hall.do(RATNA, officer.open_counter, "2")
    serving(hall)
    transfer(hall, "paspor-wawancara")
    hall.do(SARI, officer.undo, "5")
    transfer(hall, "kk-akta")
    with hall.refuses(Code.FORBIDDEN):
        hall.do(RATNA, transferring.bring_back, "J001", "ktp-cetak")


def test_who_is_brought_back_takes_no_second_place_and_frees_the_wrong_one(make_hall):
    service = make_hall().site.services["ktp-cetak"]
    hall = make_hall()
    hall.stop()
    hall.start(services={**hall.site.services, "ktp-cetak": replace(service, quota={"regular": 1})})
    hall.do(SARI, officer.open_counter, "5")
    ticket = called(hall)
    transfer(hall, "paspor-wawancara", confirm=True)
    hall.later(minutes=1)
    hall.do(WATI, transferring.bring_back, "J001", "ktp-cetak")
    used = {service: n for (service, _, _), n in hall.rows().quotas.items() if n}
    assert (hall.ticket(ticket).service, used) == ("ktp-cetak", {"ktp-cetak": 1})


def used(hall):
    """Places of the day's quotas that are taken."""
    return {service: n for (service, _, _), n in hall.rows().quotas.items() if n}


def test_passed_there_and_back_by_two_counters_a_visitor_takes_one_place_of_each_service(open_hall):
    hall = open_hall
    ticket = called(hall)
    for who, counter, service in ((SARI, "5", "kk-akta"), (DEDI, "6", "ktp-cetak"), (SARI, "5", "kk-akta")):
        hall.do(who, officer.transfer, counter, service)
        assert used(hall) == {"ktp-cetak": 1, "kk-akta": 1}
        hall.do(who, officer.undo, counter)
        hall.do(who, officer.transfer, counter, service)
        hall.do(*((DEDI, officer.call_next, "6") if service == "kk-akta" else (SARI, officer.call_next, "5")))
    assert used(hall) == {"ktp-cetak": 1, "kk-akta": 1}
    assert hall.ticket(ticket).service == "kk-akta"


@pytest.mark.parametrize("services", [["kk-akta"], ["kk-akta", "paspor-wawancara"], ["kk-akta", "ktp-cetak"]])
def test_a_visitor_who_was_moved_gives_every_place_back_who_cancels_before_the_first_call(open_hall, services):
    hall = open_hall
    ticket = hall.issue("ktp-cetak")
    for service in services:
        hall.do(WATI, transferring.bring_back, "J001", service, None, None, True)
    hall.do(KIOSK, visitor.cancel_own, ticket.id)
    assert used(hall) == {}


@pytest.mark.parametrize("state", ["called", "serving", "held", "no_show", "completed"])
def test_only_who_waits_is_moved_by_number(open_hall, state):
    hall = open_hall
    {"called": called}.get(state, serving if state != "no_show" else called)(hall)
    if state in ("held", "no_show", "completed"):
        verb = {"held": officer.hold, "no_show": officer.no_show, "completed": officer.finish}[state]
        hall.do(SARI, verb, "5")
    with hall.refuses(Code.ILLEGAL_TRANSITION, state=state):
        hall.do(WATI, transferring.bring_back, "J001", "kk-akta")


def test_moving_by_number_is_asked_once_more_too_and_knows_no_strangers(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    with hall.refuses(Code.NOT_FOUND):
        hall.do(WATI, transferring.bring_back, "J777", "kk-akta")
    with hall.refuses(Code.NO_COUNTER):
        hall.do(WATI, transferring.bring_back, "J001", "pelayanan-ham")


# -- what the visitor is told


def test_a_phone_knows_whether_any_counter_could_call(hall):
    ticket = hall.issue("ktp-cetak")
    assert hall.read(lambda view: phone(view, ticket))["counters_open"] == 0
    assert hall.read(lambda view: queue(view, "ktp-cetak"))["counters_open"] == 0
    hall.do(SARI, officer.open_counter, "5")
    assert hall.read(lambda view: phone(view, ticket))["counters_open"] == 1
    hall.do(SARI, officer.call_next, "5")
    assert hall.read(lambda view: phone(view, hall.ticket(ticket)))["counters_open"] is None
