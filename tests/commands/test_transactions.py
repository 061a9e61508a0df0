"""Several transactions in one visit: each with its outcome, counted as often as it was done."""

import pytest

from queue_server.commands import officer
from queue_server.domain.errors import Code
from queue_server.domain.transactions import Transacted
from queue_server.reports.measures import today
from tests.commands.steps import open_hall, serving
from tests.world.hall import SARI

__all__ = ["open_hall"]


def service(hall):
    """The day's report of the service."""
    return next(one for one in hall.read(today)["services"] if one["id"] == "ktp-cetak")


def test_each_is_recorded_and_counted_with_its_outcome(open_hall):
    hall = open_hall
    ticket = serving(hall)
    done = [Transacted("selesai", 2), Transacted("kurang-surat-polisi"), Transacted("selesai")]
    hall.do(SARI, officer.finish, "5", done=done)
    [event] = hall.events("finished")
    assert [one["quantity"] for one in event.detail["transactions"]] == [2, 1, 1]
    assert (event.detail["outcome"], event.detail["quantity"]) == ("selesai", 4), (
        "as whoever knows one outcome reads it"
    )
    assert hall.ticket(ticket).outcome == "selesai" and hall.ticket(ticket).papers == ("surat-polisi",)
    assert service(hall)["outcomes"] == [
        {"outcome": "selesai", "count": 3},
        {"outcome": "kurang-surat-polisi", "count": 1},
    ]
    assert service(hall)["completed"] == 1, "one visitor"
    assert [(one["id"], one["count"]) for one in service(hall)["missing"]] == [("surat-polisi", 1)]
    hall.check_replay()


def test_a_plain_visit_is_one_transaction_or_as_many_as_it_says(open_hall):
    hall = open_hall
    for quantity in (None, 3):
        serving(hall)
        hall.do(SARI, officer.finish, "5", "selesai", quantity)
    serving(hall)
    hall.do(SARI, officer.finish, "5")
    assert service(hall)["outcomes"] == [{"outcome": "selesai", "count": 4}, {"outcome": None, "count": 1}]


@pytest.mark.parametrize(
    ("done", "more", "code"),
    [
        pytest.param([Transacted("selesai"), Transacted("sulap")], {}, Code.UNKNOWN_OUTCOME, id="no such outcome"),
        pytest.param([Transacted("selesai", 1, ("sulap",))], {}, Code.UNKNOWN_PAPER, id="no such paper"),
        pytest.param([Transacted("selesai")], {"outcome": "selesai"}, Code.INVALID, id="said twice"),
        pytest.param([Transacted("selesai")], {"quantity": 2}, Code.INVALID, id="counted twice"),
    ],
)
def test_what_cannot_be_is_refused_whole(open_hall, done, more, code):
    hall = open_hall
    serving(hall)
    with hall.refuses(code):
        hall.do(SARI, officer.finish, "5", done=done, **more)
