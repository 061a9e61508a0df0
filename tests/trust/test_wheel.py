"""I-5, I-6: in every full turn of a counter's wheel each class waiting throughout is called exactly its share."""

from collections import Counter

import pytest

from tests.world.people import SITE, Cast
from tests.world.server import Client

ORDER = "priority = 2\nbooked = 1\nregular = 1"
WEIGHTS = {"priority": 2, "booked": 1, "regular": 1}
TURNS = 4
WHAT = "calls over HTTP in exact shares, three classes, a kill in the middle"


def issue(people: Cast, service: str, **counts: int) -> dict[str, str]:
    """Visitors of each class, the classes interleaved; number -> class."""
    kiosk, made = people.kiosks()[0], {}
    for n in range(max(counts.values())):
        for class_, count in counts.items():
            if n < count:
                answer = kiosk.issue(SITE, service, class_)
                assert answer.status_code == 201, answer.text
                made[answer.json()["number"]] = class_
    return made


def call(officer: Client, counter: str, times: int) -> list[str]:
    """That many calls, each finished; the numbers."""
    called = []
    for _ in range(times):
        called.append(officer.verb(SITE, counter, "call-next").json()["ticket"]["number"])
        for verb in ("serve", "finish"):
            assert officer.verb(SITE, counter, verb).status_code == 200
    return called


def check_shares(called: list[str], classes: dict[str, str], weights: dict[str, int]) -> None:
    """Each turn gives each class exactly its weight, and within a class the earlier arrival goes first."""
    turn = sum(weights.values())
    assert len(called) % turn == 0
    for start in range(0, len(called), turn):
        assert Counter(classes[n] for n in called[start : start + turn]) == weights, called[start : start + turn]
    for class_ in weights:
        own = [int(n[1:]) for n in called if classes[n] == class_]
        assert own == sorted(own)


def out_of_share(called: list[str], classes: dict[str, str], weights: dict[str, int]) -> int:
    """How many calls stand in a turn that did not give each class its weight."""
    turn = sum(weights.values())
    turns = [called[start : start + turn] for start in range(0, len(called), turn)]
    return sum(len(one) for one in turns if Counter(classes[n] for n in one) != weights)


def test_three_classes_get_two_one_one_in_every_turn_also_across_a_kill(open_hall, figure):
    row = figure("F26", WHAT)
    people = open_hall({"1": ["talk"]}, officers=1, order=ORDER)
    classes = issue(people, "talk", priority=2 * TURNS + 2, booked=TURNS + 2, regular=TURNS + 2)
    officer = people.officers()[0]
    officer.verb(SITE, "1", "open")
    called = call(officer, "1", 6)  # one turn and a half: the wheel stands in the middle
    people.server.kill()
    people.server.start()
    called += call(officer, "1", 4 * TURNS - 6)
    row.count(len(called), lost=out_of_share(called, classes, WEIGHTS))
    check_shares(called, classes, WEIGHTS)


def test_a_class_with_nobody_is_passed_over_and_the_others_keep_their_shares(open_hall):
    people = open_hall({"1": ["talk"]}, officers=1, order=ORDER)
    classes = issue(people, "talk", priority=2 * TURNS, regular=TURNS)
    officer = people.officers()[0]
    officer.verb(SITE, "1", "open")
    check_shares(call(officer, "1", 3 * TURNS), classes, {"priority": 2, "regular": 1})


def test_each_counter_turns_its_own_wheel(open_hall):
    people = open_hall({"1": ["talk"], "2": ["talk", "write"]}, officers=2, order=ORDER)
    classes = issue(people, "talk", priority=20, booked=12, regular=12)
    first, second = people.officers()
    first.verb(SITE, "1", "open")
    second.verb(SITE, "2", "open")
    at_first, at_second = [], []
    for _ in range(TURNS):  # three calls here for each one there: one shared wheel would show
        at_first += call(first, "1", 3)
        at_second += call(second, "2", 1)
    check_shares(at_first, classes, WEIGHTS)
    check_shares(at_second, classes, WEIGHTS)


def test_undo_puts_the_wheel_back_and_a_call_by_number_leaves_it(open_hall):
    people = open_hall({"1": ["talk"]}, officers=1, order=ORDER)
    classes = issue(people, "talk", priority=14, booked=6, regular=6)
    officer = people.officers()[0]
    officer.verb(SITE, "1", "open")
    called = call(officer, "1", 1)
    undone = officer.verb(SITE, "1", "call-next").json()["ticket"]["number"]
    assert officer.verb(SITE, "1", "undo").status_code == 200
    last = max(n for n, c in classes.items() if c == "regular")
    assert officer.verb(SITE, "1", "call", {"number": last, "reason": "asked for"}).status_code == 200
    assert officer.verb(SITE, "1", "no-show").status_code == 200
    called += call(officer, "1", 7)
    assert undone in called
    check_shares(called, classes, WEIGHTS)


@pytest.mark.night
def test_control_a_wheel_that_is_forgotten_is_noticed(open_hall, figure):
    people = open_hall({"1": ["talk"]}, officers=1, order=ORDER, sabotage="forget_the_wheel")
    classes = issue(people, "talk", priority=10, booked=4, regular=4)
    officer = people.officers()[0]
    officer.verb(SITE, "1", "open")
    called = call(officer, "1", 8)
    with pytest.raises(AssertionError):
        check_shares(called, classes, WEIGHTS)
    saw = f"{out_of_share(called, classes, WEIGHTS)} of {len(called)} calls in turns of wrong shares"
    figure("F26", WHAT).caught("a wheel that is forgotten", saw)
