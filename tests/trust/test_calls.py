"""I-2, I-3, I-5: eight officers press Space at once, and every visitor is called once, in order; whatever the clock."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from requests import Response

from tests.world.ledger import check_replay, history
from tests.world.people import SITE, Cast, run_from
from tests.world.postgres import Postgres
from tests.world.server import Client, taken

OFFICERS, WAITING = 8, 200
COUNTERS = {str(n): ["talk"] for n in range(1, OFFICERS + 1)}


def fill(people: Cast, count: int) -> None:
    """That many visitors take a number, one after the other."""
    kiosk = people.kiosks()[0]
    for _ in range(count):
        assert kiosk.issue(SITE, "talk").status_code == 201


def pressed(officer: Client, counter: str, verb: str) -> Response:
    """One key press; where the server says that it is busy, the same press once more, as long as it takes."""
    key = uuid.uuid4().hex
    return taken(lambda: officer.verb(SITE, counter, verb, key=key))


def press_space(desk: tuple[str, Client]) -> list[tuple[int, str]]:
    """One officer calls and finishes until nobody waits: (revision, number) of each call as the reply told it.

    A counter whose visitor was called away from it by another counter is stuck, and its officer gives up.
    """
    counter, officer = desk
    called = []
    while True:
        answer = pressed(officer, counter, "call-next")
        if answer.status_code == 409 or answer.json()["ticket"] is None:
            return called
        called.append((answer.json()["revision"], answer.json()["ticket"]["number"]))
        for verb in ("serve", "finish"):
            pressed(officer, counter, verb)


def everyone_at_once(people: Cast) -> list[tuple[int, str]]:
    """All officers work until the hall is empty; the calls they were told of, by revision."""
    desks = list(zip(COUNTERS, people.officers(), strict=True))
    for counter, officer in desks:
        assert officer.verb(SITE, counter, "open").status_code == 200
    with ThreadPoolExecutor(OFFICERS) as pool:
        told = [call for calls in pool.map(press_space, desks) for call in calls]
    return sorted(told)


def check_called_once_in_order(told: list[tuple[int, str]], waiting: int) -> None:
    """Everybody was called, nobody twice, and the numbers go up with the revisions of their calls."""
    assert Counter(n for _, n in told).most_common(1)[0][1] == 1
    assert [n for _, n in told] == [f"A{n:03d}" for n in range(1, waiting + 1)]
    assert len({revision for revision, _ in told}) == waiting


def test_eight_officers_call_two_hundred_once_each_in_order(open_hall, figure):
    calls = figure("F1", "calls over HTTP by 8 officers, SQLite")
    for _ in calls.each(range(calls.size(ci=1, night=500))):
        people = open_hall(COUNTERS, officers=OFFICERS)
        fill(people, WAITING)
        told = everyone_at_once(people)
        calls.count(len(told), lost=len(told) - len({number for _, number in told}))
        check_all_is_on_record(people, told)
        people.server.stop()


def check_all_is_on_record(people: Cast, told: list[tuple[int, str]]) -> None:
    """All who waited were called, the events say the same, and nobody is left at a counter."""
    check_called_once_in_order(told, WAITING)
    kept = [(e.revision, e.detail["number"]) for e in history(people.server, SITE) if e.kind == "called"]
    assert kept == told  # what the officers were told is what is on record
    board = people.kiosks()[0].get(f"/sites/{SITE}/board").json()
    assert {c["state"] for c in board["counters"]} == {"idle"} and len(board["counters"]) == OFFICERS
    check_replay(people.server, SITE)


@pytest.mark.night
def test_control_a_naive_call_next_is_noticed(open_hall, figure):
    people = open_hall(COUNTERS, officers=OFFICERS, sabotage="naive_call_next")
    fill(people, 40)
    told = everyone_at_once(people)
    assert max(Counter(n for _, n in told).values()) > 1
    with pytest.raises(AssertionError):
        check_called_once_in_order(told, 40)
    twice = len(told) - len({number for _, number in told})
    figure("F1", "calls over HTTP by 8 officers, SQLite").caught("read, then update", f"{twice} of {len(told)} twice")


@pytest.mark.night
@pytest.mark.parametrize("store", ["SQLite", "PostgreSQL"])
def test_control_a_lock_without_a_second_look_is_noticed(open_hall, figure, store, request):
    """The ticket's row is locked and read anew, and called whatever it says: PostgreSQL's lock alone stops nobody."""
    cluster: Postgres | None = request.getfixturevalue("postgres") if store == "PostgreSQL" else None
    there = {"database_url": cluster.url(cluster.create())} if cluster else {}
    people = open_hall(COUNTERS, officers=OFFICERS, sabotage="lock_without_recheck", **there)
    fill(people, 40)
    told = everyone_at_once(people)
    with pytest.raises(AssertionError):
        check_called_once_in_order(told, 40)
    twice = len(told) - len({number for _, number in told})
    assert twice
    row = figure("F1", "calls over HTTP by 8 officers, SQLite")
    row.caught(f"lock without re-check, {store}", f"{twice} of {len(told)} twice")


JUMPS_BACK = ("2026-11-23T08:20:00+07:00", "1970-01-01T09:00:00+07:00")


def called_around_a_clock_put_back(people: Cast) -> list[str]:
    """A visitor before each time that the clock is put back, one after; the order in which all are called."""
    kiosk, officer = people.kiosks()[0], people.officers()[0]
    for moment in JUMPS_BACK:
        fill(people, 1)
        run_from(people.server, moment)
    fill(people, 1)
    assert officer.verb(SITE, "1", "open").status_code == 200
    assert kiosk.get(f"/sites/{SITE}/board").json()["services"][0]["waiting"] == len(JUMPS_BACK) + 1
    return [number for _, number in press_space(("1", officer))]


def test_a_clock_put_back_moves_nobody_ahead(open_hall, figure):
    row = figure("F12", "calls in order over HTTP after the clock was put back")
    row.aims_at(3)
    called = called_around_a_clock_put_back(open_hall({"1": ["talk"]}, officers=1))
    in_turn = ["A001", "A002", "A003"]
    row.count(len(called), lost=sum(a != b for a, b in zip(called, in_turn, strict=True)))
    assert called == in_turn


def test_control_a_queue_in_the_clock_s_order_is_noticed(open_hall, figure):
    people = open_hall({"1": ["talk"]}, officers=1, sabotage="clock_ordered_queue")
    called = called_around_a_clock_put_back(people)
    assert called == ["A003", "A002", "A001"]
    row = figure("F12", "calls in order over HTTP after the clock was put back")
    row.caught("a queue in the clock's order", f"called {', '.join(called)}")
