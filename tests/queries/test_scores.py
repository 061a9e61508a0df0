"""What visitors are told stands in the record, and how right it was follows from that, whatever happened."""

import pytest

from queue_server.commands import officer, restored, walking_in
from queue_server.domain import calibration
from queue_server.domain.calibration import Scores, called
from queue_server.domain.replay import replay
from queue_server.domain.roles import SYSTEM
from queue_server.queries.board import board
from queue_server.queries.scores import scores
from queue_server.queries.ticket import ticket
from tests.world.hall import SARI, Hall


@pytest.fixture
def open_hall(hall: Hall) -> Hall:
    hall.do(SARI, officer.open_counter, "5")
    return hall


def replayed(hall: Hall) -> Scores:
    """The scores, from the events alone."""
    judged = [
        called(one.called_at, one.id, one.series, one.foretold, (one.called_at - one.issued_at).total_seconds())
        for one in replay(hall.events()).tickets.values()
        if one.foretold and one.called_at
    ]
    return Scores().after((), judged)


def known(hall: Hall) -> Scores:
    found = hall.read(scores)
    assert hall.read(lambda view: view.kept["scores"][None]) is found
    return Scores({service: calls for service, calls in found.of.items() if calls})


def serve(hall: Hall, minutes: float = 4) -> None:
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.later(minutes=minutes)
    hall.do(SARI, officer.finish, "5")


def test_the_record_has_what_the_visitor_was_told_and_every_screen_says_the_same(open_hall):
    for class_ in ("regular", "regular", "priority"):
        said = open_hall.read(lambda view: next(s for s in board(view)["services"] if s["id"] == "ktp-cetak"))
        slip = open_hall.told_at_issue("ktp-cetak", class_)
        event = open_hall.events("issued")[-1]
        estimate = slip["estimate"]
        assert [estimate["low_s"], estimate["high_s"]] == event.detail["told"]
        assert estimate["low_s"] <= event.detail["expected_s"] <= estimate["high_s"]
        phone = open_hall.read(lambda view: ticket(view, open_hall.tickets()[-1]))
        assert phone["estimate"] == estimate
        if class_ == "regular":
            assert said["estimate"] == estimate, "the kiosk said so before"


def test_what_is_not_known_is_told_to_nobody(hall):
    assert hall.told_at_issue("ktp-cetak")["estimate"] is None
    assert hall.events("issued")[-1].detail["told"] is None
    assert hall.tickets()[-1].foretold is None


def test_a_walk_in_is_told_nothing_and_teaches_nothing(open_hall):
    open_hall.do(SARI, walking_in.walk_in, "5", "ktp-cetak")
    assert "told" not in open_hall.events("issued")[-1].detail
    assert known(open_hall) == Scores()


def test_the_scores_follow_from_the_record_through_calls_and_undone_ones(open_hall):
    hall = open_hall
    for service in ("ktp-cetak", "ktp-perekaman", "ktp-cetak", "ktp-cetak"):
        hall.issue(service)
    hall.later(minutes=7)
    assert known(hall) == Scores()
    for _ in range(2):
        serve(hall)
        assert known(hall) == replayed(hall) != Scores()
    hall.do(SARI, officer.call_next, "5")
    assert len(known(hall).of[calibration.SITE]) == 3
    hall.do(SARI, officer.undo, "5")
    assert len(known(hall).of[calibration.SITE]) == 2
    assert known(hall) == replayed(hall)
    serve(hall)
    assert len(known(hall).of[calibration.SITE]) == 3
    assert known(hall) == replayed(hall)


def test_a_restarted_process_and_another_one_come_to_the_same(open_hall):
    hall = open_hall
    for _ in range(4):
        hall.issue("ktp-cetak")
    hall.later(minutes=3)
    serve(hall)
    before = known(hall)
    other = Hall(hall.folder, hall.settings, now=hall.now)
    try:
        assert known(other) == before == replayed(hall)
        serve(hall)
        other.now = hall.now
        other.do(SARI, officer.call_next, "5")  # it has seen nothing of the call between
        assert known(other) == known(hall) == replayed(hall)
        other.do(SARI, officer.undo, "5")
        hall.now = other.now
        hall.issue("ktp-cetak")
        assert known(hall) == known(other) == replayed(hall)
    finally:
        other.stop()
    hall.stop()
    hall.start()
    assert known(hall) == replayed(hall)


def test_a_call_that_was_not_committed_teaches_nothing(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.later(minutes=3)

    def fails(tx, _):
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        hall.perform(hall.id, lambda tx: officer.call_next(tx, "5"), actor=SARI, reply=fails)
    assert known(hall) == Scores()


def test_a_clock_that_was_put_back_loses_no_call(open_hall):
    hall = open_hall
    for _ in range(3):
        hall.issue("ktp-cetak")
    hall.later(minutes=30)
    serve(hall)
    hall.later(minutes=-20)
    serve(hall)
    other = Hall(hall.folder, hall.settings, now=hall.now)
    try:
        assert known(other) == known(hall) == replayed(hall)
    finally:
        other.stop()


def test_after_a_restore_they_are_those_of_the_record(open_hall):
    hall = open_hall
    for _ in range(3):
        hall.issue("ktp-cetak")
    hall.later(minutes=3)
    serve(hall)
    before = known(hall)
    hall.perform(hall.id, lambda tx: restored.go_on_after_loss(tx, tx.revision), actor=SYSTEM)
    assert hall.row().epoch > 1
    serve(hall)
    assert known(hall) == replayed(hall) != before
