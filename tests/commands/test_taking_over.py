"""A counter changes hands while it is open: with the visitor at hand, and never behind its officer's back."""

import pytest

from queue_server.commands import officer, resting, taking_over
from queue_server.domain.errors import Code
from queue_server.domain.fold import CounterState
from queue_server.domain.roles import Actor, Role
from queue_server.domain.ticket import State
from queue_server.queries.desk import desk, mine
from queue_server.reports.measures import today
from queue_server.store import stays
from tests.commands.steps import called, open_hall, serving
from tests.world.hall import ASEP, DEDI, RATNA, SARI, SITE, WATI

NINA = Actor("nina", Role.OFFICER.only, frozenset({SITE}), frozenset({"dukcapil"}), "Nina")
__all__ = ["open_hall"]


@pytest.mark.parametrize(("before", "state"), [(called, State.CALLED), (serving, State.SERVING)])
def test_the_visitor_at_hand_changes_hands_too_and_nothing_else(open_hall, before, state):
    hall = open_hall
    ticket = before(hall)
    at = hall.later(minutes=2)
    hall.do(NINA, taking_over.take_over, "5", "ganti giliran")
    assert hall.last(2) == ["taken_over", "overseen"]
    assert hall.counter("5") == CounterState("5", "nina", at, hall.counter("5").wheel, ticket.id)
    here = hall.ticket(ticket)
    assert (here.state, here.officer, here.counter) == (state, "nina", "5")
    assert here.since < at, "how long it lasts goes on"
    with hall.refuses(Code.NOT_YOUR_COUNTER):
        hall.do(SARI, officer.hold, "5")
    hall.do(NINA, officer.hold, "5")
    hall.check_replay()


def test_the_officer_before_is_told_by_whom_and_why_and_sits_nowhere(open_hall):
    hall = open_hall
    hall.do(NINA, taking_over.take_over, "5", "ganti giliran")
    told = hall.read(lambda view: desk(view, "5", SARI))["overseen"]
    assert (told["verb"], told["by_id"], told["reason"]) == ("take-over", "nina", "ganti giliran")
    assert hall.read(lambda view: desk(view, "5", WATI))["overseen"]["reason"] is None, "between the two of them"
    hall.do(SARI, officer.open_counter, "7")


def test_each_officer_has_their_own_part_of_the_service(open_hall):
    hall = open_hall
    ticket = serving(hall)
    hall.later(minutes=6)
    hall.do(NINA, taking_over.take_over, "5", "ganti giliran")
    hall.later(minutes=3)
    hall.do(NINA, officer.finish, "5")
    rows = stays.rows_of([e for e in hall.events() if e.ticket == ticket.id])
    parts = [(row["officer"], (row["end"] - row["start"]).seconds) for row in rows if row["kind"] == "service"]
    assert parts == [("sari", 360), ("nina", 180)]
    day = hall.read(lambda view: mine(view, "nina"))
    assert (day["served"], day["median_service_s"], day["last"][0]["service_s"]) == (1, 180, 180)
    assert day["within_target"] == 0, "but what the visitor was promised is judged by the whole visit"
    [counter] = [one for one in hall.read(today)["counters"] if one["id"] == "5"]
    assert (counter["service"]["n"], counter["service"]["sum_s"]) == (1, 540), "the counter had one service"


def test_of_a_break_no_reason_is_asked_and_it_is_over(open_hall):
    hall = open_hall
    with hall.refuses(Code.REASON_MISSING):
        hall.do(NINA, taking_over.take_over, "5")
    hall.do(SARI, resting.begin, "5", "meal", confirm=True)
    hall.do(NINA, taking_over.take_over, "5")
    assert hall.counter("5").officer == "nina" and not hall.counter("5").on_break
    with hall.refuses(Code.NOT_YOUR_COUNTER):
        hall.do(SARI, resting.resume, "5")


def test_nobody_sits_at_two_counters_and_nobody_at_another_agency_s(open_hall):
    hall = open_hall
    with hall.refuses(Code.OFFICER_BUSY, site=SITE, counter="6"):
        hall.do(DEDI, taking_over.take_over, "5", "ganti giliran")
    for stranger in (RATNA, ASEP):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(stranger, taking_over.take_over, "5", "ganti giliran")
    with hall.refuses(Code.COUNTER_CLOSED):
        hall.do(NINA, taking_over.take_over, "7", "ganti giliran")


def test_one_s_own_counter_is_not_taken_over(open_hall):
    with open_hall.changes_nothing():
        open_hall.do(SARI, taking_over.take_over, "5")


def test_the_call_of_another_officer_is_not_taken_back(open_hall):
    hall = open_hall
    called(hall)
    hall.do(NINA, taking_over.take_over, "5", "ganti giliran")
    with hall.refuses(Code.ILLEGAL_TRANSITION, action="undo"):
        hall.do(NINA, officer.undo, "5")
