"""What an interruption excuses: only what a supervisor stands for, only its scope, each second once, never a median."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.commands import interrupting, officer
from queue_server.reports.measures import today
from tests.world.hall import DEDI, SARI, WATI

SERVICE = "ktp-cetak"  # promised in five minutes
LINA = replace(WATI, id="lina", agencies=frozenset({"dukcapil"}))


@pytest.fixture
def open_hall(hall):
    """Two counters of one agency are open."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    return hall


def served(hall, during, who=SARI, counter="5") -> None:
    """A visitor is served for ten minutes; ``during`` happens after the first three."""
    hall.issue(SERVICE)
    hall.do(who, officer.call_next, counter)
    hall.do(who, officer.serve, counter)
    hall.later(minutes=3)
    during()
    hall.do(who, officer.finish, counter)


def interrupted(hall, who=WATI, scope=None, minutes=7):
    """Something cannot work for so long."""
    one = hall.do(who, interrupting.begin, scope or {}, "power")
    hall.later(minutes=minutes)
    hall.do(who, interrupting.end, one.id)
    return one


def shares(hall, service=SERVICE):
    """Within the promise: with all that happened, without what interruptions took, and how long that was."""
    row = next(s for s in hall.read(today)["services"] if s["id"] == service)
    return row["within_target_percent"], row["within_target_without_percent"], row["left_out_s"]


@pytest.mark.parametrize("scope", [{}, {"agency": "dukcapil"}, {"service": SERVICE}, {"counter": "5"}])
def test_both_shares_are_shown(open_hall, scope):
    served(open_hall, lambda: interrupted(open_hall, scope=scope))
    assert shares(open_hall) == (0, 100, 420)
    report = open_hall.read(today)
    assert (report["totals"]["left_out_s"], report["counters"][4]["left_out_s"]) == (420, 420)
    assert report["totals"]["service"]["median_s"] == 600, "no median leaves anything out"
    assert [one["reason"] for one in report["interruptions"]] == ["power"]


@pytest.mark.parametrize("scope", [{"agency": "polres"}, {"service": "kk-akta"}, {"counter": "6"}])
def test_what_concerned_others_excuses_nothing(open_hall, scope):
    served(open_hall, lambda: interrupted(open_hall, scope=scope))
    assert shares(open_hall) == (0, 0, 0)


def test_an_officer_s_own_word_excuses_nothing_until_a_supervisor_stands_for_it(open_hall):
    hall = open_hall

    def own() -> None:
        one = hall.do(SARI, interrupting.begin, {"agency": "dukcapil"}, "network")
        hall.later(minutes=7)
        assert shares(hall)[2] == 0
        later.append(one)

    later = []
    served(hall, own)
    assert shares(hall) == (0, 0, 0)
    hall.do(LINA, interrupting.confirm, later[0].id)
    assert shares(hall) == (0, 100, 420), "it lasts still, and excuses what was served meanwhile"
    hall.do(SARI, interrupting.end, later[0].id)
    assert shares(hall) == (0, 100, 420)


def test_the_same_time_is_left_out_once_however_many_say_so(open_hall):
    hall = open_hall

    def both() -> None:
        outer = hall.do(WATI, interrupting.begin, {}, "power")
        hall.later(minutes=1)
        interrupted(hall, scope={"counter": "5"}, minutes=2)
        hall.later(minutes=4)
        hall.do(WATI, interrupting.end, outer.id)

    served(hall, both)
    assert shares(hall) == (0, 100, 420)


def test_what_is_entered_later_with_its_time_excuses_as_if_it_had_been_said_then(open_hall):
    hall = open_hall
    began = hall.now
    served(hall, lambda: hall.later(minutes=7))
    one = hall.do(WATI, interrupting.begin, {}, "power", since=began + timedelta(minutes=3))
    hall.do(WATI, interrupting.end, one.id, began + timedelta(minutes=10))
    assert shares(hall) == (0, 100, 420)


def test_who_kept_the_promise_anyway_is_counted_once_in_both(open_hall):
    hall = open_hall
    served(hall, lambda: None, DEDI, "6")
    assert shares(hall) == (100, 100, 0)
