"""An officer asks for help without a word: who helps sees it until somebody comes, and no display ever does."""

import json

import pytest

from queue_server.commands import asking_help, officer, resting, taking_over
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.queries.alarms import alarms_now
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.help import help_wanted
from tests.commands.steps import open_hall, serving
from tests.world.hall import DEDI, SARI, SITE, WATI

TUTI = Actor("tuti", Role.FRONT_DESK.only, frozenset({SITE}), name="Tuti")
LINA = Actor("lina", Role.FRONT_DESK.only, frozenset({SITE}), frozenset({"polres"}))
NINA = Actor("nina", Role.OFFICER.only, frozenset({SITE}), frozenset({"dukcapil"}), "Nina")
__all__ = ["open_hall"]


def asked(hall):
    """What the desk tells of it."""
    return hall.read(lambda view: desk(view, "5", SARI))["help"]


def kinds(hall):
    """The alarms that are due."""
    return [one["kind"] for one in hall.read(lambda view: alarms_now(view, frozenset(), {}))]


def test_who_helps_sees_it_until_somebody_comes_and_no_display_ever(open_hall):
    hall = open_hall
    serving(hall)
    before = hall.read(board)
    hall.do(SARI, asking_help.ask, "5")
    assert asked(hall)["acknowledged"] is None
    assert [one["counter"] for one in hall.read(lambda view: help_wanted(view, TUTI))] == ["5"]
    assert hall.read(lambda view: help_wanted(view, LINA)) == [], "another agency's"
    assert "help" in kinds(hall)
    stamp = {"revision": 0, "now": ""}
    assert json.dumps(hall.read(board) | stamp) == json.dumps(before | stamp), "what everybody sees is as before"
    hall.do(TUTI, asking_help.come, asked(hall)["id"])
    assert asked(hall)["acknowledged"]["at"]
    assert hall.counter("5").helper == "tuti"
    assert hall.read(lambda view: help_wanted(view, WATI)) == []
    assert "help" not in kinds(hall)
    hall.check_replay()


def test_asked_twice_is_asked_once_and_whoever_says_so_first_comes(open_hall):
    hall = open_hall
    hall.do(SARI, asking_help.ask, "5")
    with hall.changes_nothing():
        hall.do(SARI, asking_help.ask, "5")
    help = asked(hall)["id"]
    hall.do(WATI, asking_help.come, help)
    with hall.changes_nothing():
        hall.do(TUTI, asking_help.come, help)
    assert hall.counter("5").helper == "wati"
    hall.do(SARI, asking_help.ask, "5")
    assert asked(hall)["id"] != help, "later is another asking"
    with hall.refuses(Code.NOT_FOUND):
        hall.do(TUTI, asking_help.come, help)


@pytest.mark.parametrize("who", [SARI, DEDI, LINA], ids=["herself", "a colleague", "another agency's front desk"])
def test_nobody_comes_who_does_not_help_there(open_hall, who):
    hall = open_hall
    hall.do(SARI, asking_help.ask, "5")
    with hall.refuses(Code.FORBIDDEN):
        hall.do(who, asking_help.come, asked(hall)["id"])


def test_it_is_asked_by_whoever_sits_there_also_on_a_break(open_hall):
    hall = open_hall
    with hall.refuses(Code.NOT_YOUR_COUNTER):
        hall.do(DEDI, asking_help.ask, "5")
    with hall.refuses(Code.COUNTER_CLOSED):
        hall.do(SARI, asking_help.ask, "7")
    hall.do(SARI, resting.begin, "5", "meal", confirm=True)
    hall.do(SARI, asking_help.ask, "5")
    assert asked(hall)["counter"] == "5"


def test_it_ends_with_the_counter_s_day_and_when_somebody_takes_it_over(open_hall):
    hall = open_hall
    hall.do(SARI, asking_help.ask, "5")
    hall.do(NINA, taking_over.take_over, "5", "ganti giliran")
    assert asked(hall) is None
    hall.do(NINA, asking_help.ask, "5")
    hall.do(NINA, officer.close_counter, "5", "selesai")
    assert asked(hall) is None
