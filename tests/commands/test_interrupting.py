"""What cannot work is said, confirmed and over again; who waits is never forgotten by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.commands import day, interrupting, officer
from queue_server.domain.errors import Code
from queue_server.domain.times import WAIT, Interval
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.interruptions import register
from queue_server.queries.site import site_info
from queue_server.queries.ticket import ticket
from queue_server.queries.waits import queue
from queue_server.reports.excuses import Excuses
from tests.world.hall import ASEP, KIOSK, SARI, WATI
from tests.world.values import at

LINA = replace(WATI, id="lina", agencies=frozenset({"dukcapil"}))


def service(hall, id: str) -> dict:
    """A service as the kiosk is told of it."""
    return next(s for s in hall.read(site_info)["services"] if s["id"] == id)


def begin(hall, who=WATI, scope=None, reason="power", issuing="warn", **more):
    """Somebody says that something cannot work."""
    return hall.do(who, interrupting.begin, scope if scope is not None else {}, reason, issuing, **more)


def test_everybody_is_told_of_an_interruption_until_it_ends(open_hall):
    hall = open_hall
    waits = hall.issue("ktp-cetak")
    one = begin(hall, SARI, {"service": "ktp-cetak"}, "central_system", notice="Server pusat padam")
    told = {
        "site": hall.read(site_info)["interruptions"],
        "board": hall.read(board)["interruptions"],
        "hall": hall.read(hall_document)["interruptions"],
        "desk": hall.read(lambda view: desk(view, "5"))["interruptions"],
        "queue": hall.read(lambda view: queue(view, "ktp-cetak"))["interruptions"],
        "ticket": hall.read(lambda view: ticket(view, waits))["interruptions"],
    }
    assert {where: [i["id"] for i in said] for where, said in told.items()} == {where: [one.id] for where in told}
    assert told["site"] == told["ticket"]
    assert hall.read(lambda view: desk(view, "10"))["interruptions"] == [], "another agency's counter has nothing of it"
    assert hall.read(lambda view: queue(view, "skck-baru"))["interruptions"] == []
    hall.do(SARI, interrupting.end, one.id)
    assert hall.read(site_info)["interruptions"] == hall.read(board)["interruptions"] == []


@pytest.mark.parametrize("scope", [{}, {"agency": "dukcapil"}, {"service": "ktp-cetak"}])
def test_where_it_stops_no_number_is_given_it_counts_as_asked_for_and_who_waits_is_called(open_hall, scope):
    hall = open_hall
    waits = hall.issue("ktp-cetak")
    one = begin(hall, scope=scope, reason="network", issuing="stop", until=hall.now + timedelta(hours=1))
    before = hall.revision
    with pytest.raises(Exception, match="service_interrupted") as refused:
        hall.issue("ktp-cetak")
    assert refused.value.details == {
        "service": "ktp-cetak",
        "reason": "network",
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
    }
    assert hall.revision == before + 1
    assert hall.events("refused")[-1].detail["code"] == "service_interrupted"
    assert (service(hall, "ktp-cetak")["open"], service(hall, "ktp-cetak")["reason"]) == (False, "interrupted")
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == waits.number
    hall.do(WATI, interrupting.end, one.id)
    assert hall.issue("ktp-cetak")


@pytest.mark.parametrize("issuing", ["go_on", "warn"])
def test_where_it_only_warns_numbers_are_given(open_hall, issuing):
    begin(open_hall, issuing=issuing)
    assert open_hall.issue("ktp-cetak")
    assert service(open_hall, "ktp-cetak")["open"]


def test_a_counter_s_own_trouble_stops_no_service(open_hall):
    begin(open_hall, scope={"counter": "5"}, reason="equipment", issuing="stop")
    assert open_hall.issue("ktp-cetak")
    assert open_hall.read(lambda view: desk(view, "5"))["interruptions"]
    assert open_hall.read(lambda view: desk(view, "6"))["interruptions"] == []


def test_a_closed_hall_says_its_hours_not_its_interruption(open_hall):
    begin(open_hall, issuing="stop")
    open_hall.now = at("2026-11-23 16:30")
    assert service(open_hall, "ktp-cetak")["reason"] == "closed"


# -- who may


@pytest.mark.parametrize(
    ("who", "scope"),
    [(SARI, {}), (LINA, {}), (SARI, {"agency": "polres"}), (ASEP, {"service": "ktp-cetak"}), (KIOSK, {"counter": "5"})],
    ids=["an officer of all", "a supervisor of one agency of all", "another's agency", "another's service", "a kiosk"],
)
def test_nobody_interrupts_what_is_not_theirs(open_hall, who, scope):
    with open_hall.refuses(Code.FORBIDDEN):
        begin(open_hall, who, scope)


UNKNOWN = ({"agency": "x"}, {"service": "x"}, {"counter": "x"}, {"agency": "polres", "counter": "5"})


@pytest.mark.parametrize("scope", UNKNOWN)
def test_what_the_hall_has_not_got_is_not_interrupted(open_hall, scope):
    with open_hall.refuses(Code.INVALID):
        begin(open_hall, scope=scope)


def test_an_officer_s_word_waits_for_a_supervisor_s(open_hall):
    hall = open_hall
    one = begin(hall, SARI, {"agency": "dukcapil"})
    assert not one.confirmed
    with hall.refuses(Code.FORBIDDEN):
        hall.do(SARI, interrupting.confirm, one.id)
    hall.do(LINA, interrupting.confirm, one.id)
    assert [i["confirmed"] for i in hall.read(site_info)["interruptions"]] == [True]
    with hall.changes_nothing():
        hall.do(WATI, interrupting.confirm, one.id)
    assert begin(hall, LINA, {"service": "ktp-cetak"}).confirmed


def test_what_was_over_before_a_supervisor_looked_is_confirmed_all_the_same_also_on_a_later_day(open_hall):
    hall = open_hall
    short, late = begin(hall, SARI, {"service": "ktp-cetak"}), begin(hall, SARI, {"counter": "5"})
    hall.do(SARI, interrupting.end, short.id)
    with hall.refuses(Code.FORBIDDEN):
        hall.do(SARI, interrupting.confirm, short.id)
    hall.do(LINA, interrupting.confirm, short.id)
    with hall.changes_nothing():
        hall.do(WATI, interrupting.confirm, short.id)
    known = {
        one["id"]: one["confirmed"]
        for one in hall.read(lambda view: register(view, view.day, view.day))["interruptions"]
    }
    assert known == {short.id: True, late.id: False}
    with hall.refuses(Code.NOT_FOUND):
        hall.do(LINA, interrupting.confirm, "none")
    third = begin(hall, SARI, {"service": "kk-akta"})
    hall.do(WATI, day.close_day)
    hall.do(LINA, interrupting.confirm, late.id)
    assert "day" not in hall.events("interruption_confirmed")[-1].detail
    first, hall.now = hall.read(lambda view: view.day), hall.now + timedelta(days=1)
    hall.issue("ktp-cetak")
    hall.do(LINA, interrupting.confirm, third.id)
    assert hall.events("interruption_confirmed")[-1].detail["day"] == first.isoformat()
    with hall.changes_nothing():
        hall.do(WATI, interrupting.confirm, third.id)
    found = hall.read(lambda view: register(view, first, first))["interruptions"]
    assert [one["confirmed"] for one in found] == [True, True, True]
    fourth = begin(hall, SARI, {"service": "kk-akta"})
    hall.do(SARI, interrupting.end, fourth.id)
    for days in (20, 15):  # a clock that leaps further is not believed
        hall.now += timedelta(days=days)
        hall.issue("ktp-cetak")
    with hall.refuses(Code.NOT_FOUND):
        hall.do(LINA, interrupting.confirm, fourth.id)


def test_what_a_supervisor_does_not_stand_for_is_told_apart_from_what_nobody_looked_at_and_excuses_nothing(open_hall):
    hall = open_hall
    lasts, over, stood_for = (
        begin(hall, SARI, scope) for scope in ({"service": "ktp-cetak"}, {"counter": "5"}, {"service": "kk-akta"})
    )
    hall.do(SARI, interrupting.end, over.id)
    hall.do(WATI, interrupting.confirm, stood_for.id)
    with hall.refuses(Code.FORBIDDEN):
        hall.do(SARI, interrupting.reject, lasts.id)
    with hall.refuses(Code.ILLEGAL_TRANSITION, action="reject", state="confirmed"):
        hall.do(LINA, interrupting.reject, stood_for.id)
    for one in (lasts, over):
        hall.do(LINA, interrupting.reject, one.id)
        with hall.changes_nothing():
            hall.do(WATI, interrupting.reject, one.id)
    lasting = {one["id"]: (one["confirmed"], one["rejected"]) for one in hall.read(site_info)["interruptions"]}
    assert lasting == {lasts.id: (False, True), stood_for.id: (True, False)}
    [told] = [e for e in hall.events("interruption_rejected") if e.detail["interruption"] == over.id]
    assert (told.by, told.detail) == (LINA.id, {"interruption": over.id})
    hall.now += timedelta(minutes=10)
    excused = Excuses(hall.read(lambda view: view.site), hall.events())
    wait = Interval(WAIT, lasts.since, hall.now, None, "ktp-cetak")
    assert excused(wait) == 0.0
    hall.do(WATI, interrupting.confirm, lasts.id)  # after all: the last word holds
    found = hall.read(lambda view: register(view, view.day, view.day))["interruptions"]
    assert {one["id"]: (one["confirmed"], one["rejected"]) for one in found} == {
        lasts.id: (True, False),
        over.id: (False, True),
        stood_for.id: (True, False),
    }
    assert Excuses(hall.read(lambda view: view.site), hall.events())(wait) == 600.0


def test_of_two_supervisors_at_once_the_second_is_told(open_hall):
    hall = open_hall
    one = begin(hall, scope={"service": "ktp-cetak"})
    with hall.refuses(Code.ALREADY_INTERRUPTED, interruption=one.id):
        begin(hall, LINA, {"service": "ktp-cetak"})
    hall.do(LINA, interrupting.end, one.id)
    with hall.refuses(Code.NOT_FOUND):
        hall.do(WATI, interrupting.end, one.id)


# -- its times


def test_what_the_server_missed_is_entered_with_its_time_by_supervisors_only(open_hall):
    hall = open_hall
    since = hall.now - timedelta(minutes=50)
    with hall.refuses(Code.FORBIDDEN):
        begin(hall, SARI, {"agency": "dukcapil"}, since=since)
    one = begin(hall, since=since)
    hall.do(WATI, interrupting.end, one.id, since + timedelta(minutes=20))
    [told] = hall.read(lambda view: register(view, view.day, view.day))["interruptions"]
    assert (told["since"], told["entered_later"]) == (since.isoformat(), True) or told["since"] == one.since.isoformat()
    assert told["ended_at"] == (one.since + timedelta(minutes=20)).isoformat()
    assert told["by"] == "Wati"


@pytest.mark.parametrize("since", ["2026-11-22 09:00", "2026-11-23 09:30"], ids=["yesterday", "to come"])
def test_it_began_today_and_not_in_the_future(open_hall, since):
    with open_hall.refuses(Code.INVALID, field="since"):
        begin(open_hall, since=at(since))


def test_it_ends_not_before_it_began(open_hall):
    one = begin(open_hall)
    with open_hall.refuses(Code.INVALID, field="at"):
        open_hall.do(WATI, interrupting.end, one.id, one.since - timedelta(minutes=5))


def test_an_officer_says_no_other_moment_than_now_for_its_end(open_hall):
    one = begin(open_hall, SARI, {"agency": "dukcapil"})
    with open_hall.refuses(Code.FORBIDDEN):
        open_hall.do(SARI, interrupting.end, one.id, one.since)


def test_what_is_announced_is_to_come(open_hall):
    with open_hall.refuses(Code.INVALID, field="until"):
        begin(open_hall, until=open_hall.now)


def test_it_ends_with_the_day_and_a_closed_day_has_none(open_hall):
    hall = open_hall
    begin(hall)
    hall.do(WATI, day.close_day)
    assert hall.read(site_info)["interruptions"] == []
    with hall.refuses(Code.DAY_CLOSED):
        begin(hall)
    [told] = hall.read(lambda view: register(view, view.day, view.day))["interruptions"]
    assert told["ended_at"] == hall.events("interruption_ended")[0].detail["at"]


def test_it_ends_with_the_clock_s_day_too(open_hall):
    hall = open_hall
    begin(hall, issuing="stop")
    hall.now = at("2026-11-24 09:00")
    assert hall.issue("ktp-cetak").number == "J001"


def test_no_identity_number_stands_in_a_notice(open_hall):
    with open_hall.refuses(Code.INVALID, field="notice", reason="identity_number"):
        begin(open_hall, notice="Bapak 3602041011870002 ke loket 3")


def test_an_agency_s_register_has_its_own_and_what_concerned_everybody(open_hall):
    hall = open_hall
    begin(hall, reason="power")
    begin(hall, scope={"agency": "polres"})
    begin(hall, scope={"counter": "5"})
    begin(hall, scope={"service": "ktp-cetak"})
    found = hall.read(lambda view: register(view, view.day, view.day, frozenset({"dukcapil"})))["interruptions"]
    assert [one["scope"] for one in found] == [{"service": "ktp-cetak"}, {"counter": "5"}, {}]
