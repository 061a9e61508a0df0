"""What a desk and a ticket say can be done now; the rules themselves are ``tests/domain/test_verbs.py``."""

import pytest

from queue_server.commands import officer, resting
from queue_server.documents.desk import Desk
from queue_server.documents.schemas import hold
from queue_server.queries.desk import desk
from queue_server.queries.ticket import ticket
from tests.world.hall import SARI


@pytest.fixture
def open_hall(hall):
    """Sari sits at counter 5."""
    hall.do(SARI, officer.open_counter, "5")
    return hall


def told(hall):
    """The desk of counter 5, held to its declared shape."""
    document = hall.read(lambda view: desk(view, "5"))
    hold(Desk, document)
    return document


def test_a_desk_says_what_can_be_done_at_each_moment(open_hall):
    hall = open_hall
    hall.do(SARI, officer.close_counter, "5")
    assert (told(hall)["can"], told(hall)["overseer_can"]) == (["open"], [])
    hall.do(SARI, officer.open_counter, "5")
    first, second = hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    assert (told(hall)["can"], told(hall)["overseer_can"]) == (
        ["close", "help", "break", "call-next", "call", "walk-in", "move"],
        ["close"],
    )
    assert [one["can"] for one in told(hall)["upcoming"]] == [["call", "reclass", "cancel"]] * 2
    hall.do(SARI, resting.begin, "5", "rest", confirm=True)
    assert (told(hall)["can"], told(hall)["overseer_can"]) == (["close", "help", "break", "resume"], ["close"])
    assert [one["can"] for one in told(hall)["upcoming"]] == [[], []]
    hall.do(SARI, resting.resume, "5")
    hall.do(SARI, officer.call_next, "5")
    assert ("undo" in told(hall)["can"], told(hall)["undo_left_s"]) == (True, 15)
    hall.later(seconds=9.5)
    assert told(hall)["undo_left_s"] == 6
    hall.later(seconds=10)
    assert ("undo" in told(hall)["can"], told(hall)["undo_left_s"]) == (False, None)
    assert [one["can"] for one in told(hall)["upcoming"]] == [["reclass", "cancel"]], "another one is at the counter"
    assert told(hall)["overseer_can"] == ["no-show", "hold", "return"]
    hall.do(SARI, officer.hold, "5")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.no_show, "5")
    assert [one["can"] for one in told(hall)["held"]] == [["call", "return", "reclass", "cancel"]]
    assert [one["can"] for one in told(hall)["no_shows"]] == [["call", "return"]]
    assert {one["number"] for one in (*told(hall)["held"], *told(hall)["no_shows"])} == {first.number, second.number}


def test_a_ticket_says_whether_its_holder_can_give_it_up(open_hall):
    one = open_hall.issue("ktp-cetak")
    assert open_hall.read(lambda view: ticket(view, one))["can"] == ["cancel", "escort"]
    open_hall.do(SARI, officer.call_next, "5")
    assert open_hall.read(lambda view: ticket(view, open_hall.ticket(one)))["can"] == ["escort"]
