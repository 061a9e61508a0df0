"""The simulated rushes are rushes: repeatable, crowded, and the same but for the lever."""

from statistics import median

import pytest

from tests.estimates.rush import OFFICES, RUSH_HALL, SPARE, Lever, Played, p90, rush


@pytest.fixture(scope="module")
def asked() -> list[Played]:
    """Halls, at the moment at which somebody looks."""
    return [Played(one).until(one.asked_s) for one in map(rush, range(12))]


def test_a_rush_is_the_same_for_the_same_seed():
    first, again = (Played(rush(3)).until(1e9) for _ in range(2))
    assert first.waits == again.waits
    assert Played(rush(4)).until(1e9).waits != first.waits


def test_so_many_wait_that_somebody_would_look(asked):
    waiting = [sum(w.service == of.of.service for w in of.hall.waiting.values()) for of in asked]
    assert median(waiting) >= 8, waiting


def test_a_counter_more_helps_those_who_wait(asked):
    helped = 0
    for of in asked:
        waiting = [n for n, one in of.hall.waiting.items() if one.service == of.of.service]
        spare = next((desk for desk in SPARE if of.of.service in RUSH_HALL.desks[desk]), None)
        if len(waiting) < 6 or spare is None:
            continue
        without, with_it = (Played(of.of).until(of.of.asked_s) for _ in range(2))
        with_it.pull(Lever("open", spare))
        plays = [play.until(1e9) for play in (without, with_it)]
        waits = [[play.waits[n] for n in waiting if n in play.waits] for play in plays]
        assert p90(waits[1]) <= p90(waits[0])
        helped += 1
    assert helped >= 6


def test_nothing_differs_but_for_the_lever(asked):
    of = asked[0].of
    again = Played(of).until(of.asked_s)
    assert again.until(1e9).waits == Played(of).until(1e9).waits


def test_a_break_ends_when_it_is_ended():
    for number in range(40):
        of = rush(number)
        play = Played(of).until(of.asked_s)
        if resting := [id for id, desk in play.hall.desks.items() if desk.resting]:
            break
    play.pull(Lever("resume", resting[0]))
    play.until(of.asked_s + of.lag_s + 1)
    assert not play.hall.desks[resting[0]].resting


def test_each_service_has_an_office_and_its_counters_are_of_that_office_alone():
    for services in RUSH_HALL.desks.values():
        assert len({OFFICES[id] for id in services}) == 1
