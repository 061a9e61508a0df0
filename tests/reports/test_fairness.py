"""Overtakes: a visitor is called before one who had come earlier, by the published order or out of it."""

import pytest

from queue_server.commands import helping, officer, walking_in
from queue_server.queries.overtaking import ledger
from queue_server.reports.measures import today
from tests.world.hall import DEDI, SARI, TUTI, WATI, Hall


@pytest.fixture
def asked(hall: Hall) -> Hall:
    """At counters 5 and 6 three regulars of J wait, then one of D, then a priority holder of J."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    for service, class_ in [("ktp-cetak", "regular")] * 3 + [("kk-akta", "regular"), ("ktp-cetak", "priority")]:
        hall.issue(service, class_)
        hall.later(seconds=30)
    return hall


def overtakes(hall: Hall) -> dict[str, tuple[int, int]]:
    """number -> (suffered, made), of those who have any."""
    day = hall.read(lambda view: view.day)
    known = hall.read(lambda view: ledger(view, day))
    all_of = {t.number: known.of(t.id) for t in hall.tickets()}
    return {number: (n.suffered, n.made) for number, n in all_of.items() if n.suffered or n.made}


def fairness(hall: Hall, *agencies: str):
    """What the report says of it."""
    return hall.read(lambda view: today(view, frozenset(agencies)))["fairness"]


def test_the_order_s_own_overtakes_are_counted_for_both_sides(asked):
    asked.do(SARI, officer.call_next, "5")  # the priority holder, J004
    assert overtakes(asked) == {"J001": (1, 0), "J002": (1, 0), "J003": (1, 0), "J004": (0, 3)}
    told = fairness(asked)
    assert told["overtakes"] == {"suffered": 3, "made": 3}
    assert (told["out_of_order"], told["visitors"], told["most"], told["calls"]) == (0, 3, 1, [])
    assert told["services"] == [{"id": "ktp-cetak", "overtakes": {"suffered": 3, "made": 3}}]


def test_only_those_are_overtaken_whom_the_counter_serves(asked):
    asked.do(DEDI, officer.call_next, "6")
    assert overtakes(asked)["D001"] == (1, 0), "counter 6 serves both"


def test_a_call_out_of_order_is_told_with_whom_it_passed(asked):
    asked.do(SARI, officer.call, "5", "J003", "harus ke kapal")
    told = fairness(asked)
    assert (told["out_of_order"], told["overtakes"]["suffered"]) == (2, 2)
    [call] = told["calls"]
    assert (call["number"], call["counter"], call["how"], call["passed"]) == ("J003", "5", "number", ["J001", "J002"])
    assert "kapal" not in str(told), "a reason is for whom it concerns"


def test_whoever_is_served_without_a_number_overtakes_all_who_wait_there(asked):
    asked.do(SARI, walking_in.walk_in, "5", "ktp-cetak", "regular", "sakit")
    [call] = fairness(asked)["calls"]
    assert (call["number"], call["how"], call["passed"]) == ("J005", "walk_in", ["J001", "J002", "J003", "J004"])


def test_a_call_that_was_taken_back_overtook_nobody(asked):
    asked.do(SARI, officer.call_next, "5")
    assert overtakes(asked)
    asked.do(SARI, officer.undo, "5")
    assert overtakes(asked) == {}
    assert fairness(asked)["overtakes"] == {"suffered": 0, "made": 0}


def test_overtaking_the_same_visitor_twice_counts_once(asked):
    for _ in range(2):
        asked.do(SARI, officer.call, "5", "J002", "dokumen")
        asked.do(SARI, officer.hold, "5")
        asked.do(TUTI, helping.return_number, "J002")
    assert overtakes(asked) == {"J001": (1, 0), "J002": (0, 1)}


def test_whoever_goes_on_to_another_counter_keeps_the_arrival_and_overtakes_nobody(asked):
    asked.do(SARI, officer.call, "5", "J001", "pertama")
    asked.do(SARI, officer.serve, "5")
    asked.do(SARI, officer.transfer, "5", "kk-akta")
    asked.do(DEDI, officer.call_next, "6")  # the priority holder
    asked.do(DEDI, officer.serve, "6")
    asked.do(DEDI, officer.finish, "6")
    asked.do(DEDI, officer.call_next, "6")
    assert asked.at_hand("6") == "J001"
    assert overtakes(asked)["J001"] == (1, 0)


def test_an_agency_is_told_of_its_own_visitors(asked):
    asked.do(SARI, officer.call_next, "5")
    assert fairness(asked, "imigrasi")["overtakes"] == {"suffered": 0, "made": 0}
    assert fairness(asked, "dukcapil")["overtakes"] == {"suffered": 3, "made": 3}


def test_yesterday_s_overtakes_are_still_known(asked):
    asked.do(SARI, officer.call_next, "5")
    yesterday = asked.read(lambda view: view.day)
    asked.later(days=1)
    asked.do(WATI, lambda tx: None)
    known = asked.read(lambda view: ledger(view, yesterday))
    assert len(known.overtakings) == 3
