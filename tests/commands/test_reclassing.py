"""A visitor's class was wrong: another one is given, the place in the quota goes with it, and why stays private."""

from dataclasses import replace

import pytest

from queue_server.commands import officer, reclassing, transferring, visitor
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.domain.ticket import State
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.ticket import ticket as phone
from queue_server.store import events
from tests.commands.steps import called, serving
from tests.world.hall import ASEP, DEDI, KIOSK, SARI, SITE, WATI

RECLASS, BY_NUMBER = reclassing.reclass, reclassing.reclass_number


def waiting(hall):
    """One who waits."""
    return hall.issue("ktp-cetak")


def held(hall):
    """One who was set aside."""
    ticket = called(hall)
    hall.do(SARI, officer.hold, "5")
    return ticket


@pytest.mark.parametrize("come_to", [waiting, called, serving, held])
def test_the_class_changes_and_nothing_else_does(open_hall, come_to):
    hall = open_hall
    ticket = come_to(hall)
    was, at_hand = hall.ticket(ticket), hall.at_hand("5")
    hall.do(SARI, RECLASS, "5", "priority", "entitled", None if at_hand else ticket.number)
    assert hall.ticket(ticket) == replace(was, class_="priority")
    assert (hall.last(), hall.at_hand("5")) == (["reclassed"], at_hand)


def test_who_is_given_priority_is_called_before_who_came_earlier(open_hall):
    hall = open_hall
    first, second = hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    hall.do(SARI, RECLASS, "5", "priority", "entitled", second.number)
    assert [hall.read(lambda view, t=t: phone(view, hall.ticket(t)))["ahead"] for t in (first, second)] == [1, 0]
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == second.number


def test_why_is_kept_apart_and_no_document_says_it(open_hall):
    hall = open_hall
    ticket = called(hall)
    hall.do(SARI, RECLASS, "5", "priority", "entitled")
    (event,) = hall.events("reclassed")
    assert event.detail == {"class": "priority", "was": "regular", "places": ["ktp-cetak"]}
    with hall.reader.connect() as conn, conn.begin():
        assert events.reason_at(conn, event.site, event.epoch, event.revision) == "entitled"
    documents = (desk, lambda view, _: phone(view, hall.ticket(ticket)), lambda view, _: board(view))
    assert not [d for d in documents if "entitled" in str(hall.read(lambda view, d=d: d(view, "5")))]
    assert "priority" not in str(hall.read(board)), "nobody in the hall is told"


@pytest.mark.parametrize("end", [officer.finish, officer.no_show, lambda tx, c: officer.cancel(tx, c, "pergi")])
def test_whose_visit_is_over_stays_as_they_were(open_hall, end):
    hall = open_hall
    ticket = serving(hall) if end is officer.finish else called(hall)
    hall.do(SARI, end, "5")
    for who, command, where in ((SARI, RECLASS, ("5",)), (WATI, BY_NUMBER, (ticket.number,))):
        number = (ticket.number,) if command is RECLASS else ()
        with hall.refuses(Code.ILLEGAL_TRANSITION, action="reclass"):
            hall.do(who, command, *where, "priority", "asked", *number)


def test_the_class_that_it_has_already_is_no_event(open_hall):
    ticket = called(open_hall)
    with open_hall.changes_nothing():
        open_hall.do(SARI, RECLASS, "5", "regular", "asked")
        open_hall.do(WATI, BY_NUMBER, ticket.number, "regular", "asked")


def test_only_a_supervisor_takes_priority_away(open_hall):
    hall = open_hall
    ticket = hall.issue("ktp-cetak", "priority")
    with hall.refuses(Code.FORBIDDEN):
        hall.do(SARI, RECLASS, "5", "regular", "not_entitled", ticket.number)
    with hall.refuses(Code.FORBIDDEN):
        hall.do(SARI, BY_NUMBER, ticket.number, "regular", "not_entitled")
    hall.do(WATI, BY_NUMBER, ticket.number, "regular", "not_entitled")
    assert hall.ticket(ticket).class_ == "regular"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        pytest.param(SARI, True, id="an officer whose counter serves it"),
        pytest.param(WATI, True, id="a supervisor"),
        pytest.param(replace(WATI, agencies=frozenset({"dukcapil"})), True, id="the agency's supervisor"),
        pytest.param(replace(WATI, agencies=frozenset({"polres"})), False, id="another agency's"),
        pytest.param(ASEP, False, id="an officer of another agency"),
        pytest.param(DEDI, False, id="an officer who has no counter open"),
        pytest.param(replace(WATI, roles=Role.AUDITOR.only), False, id="an auditor"),
        pytest.param(KIOSK, False, id="a kiosk"),
        pytest.param(replace(WATI, sites=frozenset({"pandeglang"})), False, id="another mall's supervisor"),
    ],
)
def test_who_may_change_a_class_away_from_any_counter(hall, who, may):
    hall.do(SARI, officer.open_counter, "5")
    ticket = hall.issue("ktp-cetak")
    if not may:
        with hall.refuses(Code.FORBIDDEN):
            hall.do(who, BY_NUMBER, ticket.number, "priority", "asked")
        return
    hall.do(who, BY_NUMBER, ticket.number.lower(), "priority", "asked")
    assert (hall.ticket(ticket).class_, hall.events("reclassed")[0].by) == ("priority", who.id)


def test_a_number_that_nobody_has_and_another_s_visitor_are_left_alone(open_hall):
    hall = open_hall
    called(hall, service="kk-akta", who=DEDI, counter="6")
    with hall.refuses(Code.NOT_FOUND):
        hall.do(WATI, BY_NUMBER, "J999", "priority", "asked")
    with hall.refuses(Code.UNKNOWN_NUMBER):
        hall.do(SARI, RECLASS, "5", "priority", "asked", "D001")
    with hall.refuses(Code.OTHER_NUMBER):
        hall.do(DEDI, RECLASS, "6", "priority", "asked", at_hand="J999")
    with hall.refuses(Code.INVALID, field="reason"):
        hall.do(DEDI, RECLASS, "6", "priority", "")


# -- quotas


@pytest.fixture
def tight(make_hall):
    """KTP: three places in all, one of them kept for priority; two regular ones at most."""
    hall = make_hall()
    services = dict(hall.site.services)
    limits = {"quota": {"regular": 2, "priority": 2}, "quota_total": 3, "quota_reserved": {"priority": 1}}
    services["ktp-cetak"] = replace(services["ktp-cetak"], **limits)
    hall.start(services=services)
    hall.do(SARI, officer.open_counter, "5")
    return hall


def used(hall, service):
    """class -> places taken today."""
    return {class_: n for (of, _, class_), n in hall.rows().quotas.items() if of == service and n}


def test_the_place_moves_with_the_class_and_the_total_stays(tight):
    one, _ = tight.issue("ktp-cetak"), tight.issue("ktp-cetak")
    tight.do(SARI, RECLASS, "5", "priority", "entitled", one.number)
    assert used(tight, "ktp-cetak") == {"regular": 1, "priority": 1}


def test_a_class_without_a_place_left_refuses(tight):
    one = tight.issue("ktp-cetak", "priority")
    tight.issue("ktp-cetak"), tight.issue("ktp-cetak")
    with tight.refuses(Code.QUOTA_FULL, service="ktp-cetak", **{"class": "regular"}):
        tight.do(WATI, BY_NUMBER, one.number, "regular", "not_entitled")
    assert used(tight, "ktp-cetak") == {"regular": 2, "priority": 1}


def test_a_class_that_the_service_does_not_offer_refuses(open_hall):
    hall = open_hall
    services = dict(hall.site.services)
    services["ktp-cetak"] = replace(services["ktp-cetak"], classes=("regular",))
    hall.start(services=services)
    ticket = hall.issue("ktp-cetak")
    for class_ in ("priority", "booked"):
        with hall.refuses(Code.CLASS_NOT_OFFERED, service="ktp-cetak", **{"class": class_}):
            hall.do(SARI, RECLASS, "5", class_, "asked", ticket.number)


def test_who_was_sent_on_holds_places_at_both_services_and_all_of_them_move(open_hall):
    """Given back later at either of them, no class is counted twice or below nobody."""
    hall = open_hall
    ticket = called(hall)
    hall.do(SARI, officer.transfer, "5", "kk-akta")
    hall.do(DEDI, RECLASS, "6", "priority", "entitled", ticket.number)
    assert (used(hall, "ktp-cetak"), used(hall, "kk-akta")) == ({"priority": 1}, {"priority": 1})
    hall.do(WATI, transferring.bring_back, ticket.number, "ktp-cetak")
    assert (used(hall, "ktp-cetak"), used(hall, "kk-akta")) == ({"priority": 1}, {})


def test_who_came_back_to_a_service_by_transfers_holds_one_place_of_each_and_both_move(open_hall):
    hall = open_hall
    ticket = called(hall)
    hall.do(SARI, officer.transfer, "5", "kk-akta")
    hall.do(DEDI, officer.call_next, "6")
    hall.do(DEDI, officer.transfer, "6", "ktp-cetak")
    hall.do(SARI, RECLASS, "5", "priority", "entitled", ticket.number)
    assert (used(hall, "ktp-cetak"), used(hall, "kk-akta")) == ({"priority": 1}, {"priority": 1})


def test_a_booking_given_back_before_the_first_call_is_that_of_the_new_class(open_hall):
    hall = open_hall
    ticket = hall.issue("ktp-cetak")
    hall.do(SARI, RECLASS, "5", "priority", "entitled", ticket.number)
    hall.do(Actor("visitor", Role.VISITOR.only, frozenset({SITE})), visitor.cancel_own, ticket.id)
    assert used(hall, "ktp-cetak") == {}


def test_a_call_that_is_undone_leaves_the_new_class(open_hall):
    hall = open_hall
    ticket = called(hall)
    hall.do(SARI, RECLASS, "5", "priority", "entitled")
    hall.do(SARI, officer.undo, "5")
    assert (hall.ticket(ticket).class_, hall.ticket(ticket).state) == ("priority", State.WAITING)
