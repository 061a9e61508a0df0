"""What is known of a hall goes on with the command that changed it, and with nothing else."""

from datetime import timedelta

import pytest

from queue_server.booking_lists import read_list
from queue_server.commands import checking_in, escorting, importing, noticing, officer, ripening
from queue_server.domain import calibration
from queue_server.domain.notice import Said
from queue_server.domain.roles import SYSTEM
from queue_server.domain.ticket import State
from queue_server.perform import Answer
from queue_server.queries import calls, kept
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.snapshot import inside
from queue_server.queries.standing import people
from tests.world.counting import statements
from tests.world.every_document import what_is_kept_is_what_is_there
from tests.world.hall import DEDI, RATNA, SARI, TUTI, WATI, Hall


def test_notices_are_read_once_and_again_when_one_changed(hall):
    def texts() -> list[str]:
        return [one["text"]["id"] for one in hall.read(board)["notices"]]

    id = hall.do(WATI, noticing.make, Said({"id": "Tutup 15.00"}, ("wall",), hall.now))
    hall.read(board)
    hall.issue("ktp-cetak")
    with statements() as asked:
        assert texts() == ["Tutup 15.00"]
    assert not [one for one in asked if "notice" in one.partition("FROM")[2]]
    hall.do(WATI, noticing.change, id, Said({"id": "Tutup 14.00"}, ("wall",), hall.now))
    assert texts() == ["Tutup 14.00"]
    hall.do(WATI, noticing.end, id)
    assert texts() == []


def test_a_notice_that_was_not_committed_is_told_nobody(hall):
    hall.do(WATI, noticing.make, Said({"id": "Tutup 15.00"}, ("wall",), hall.now))

    def reply(tx, _):
        assert len(board(inside(tx))["notices"]) == 2
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        hall.perform(
            hall.id,
            lambda tx: noticing.make(tx, Said({"id": "Hilang"}, ("wall",), hall.now)),
            actor=WATI,
            reply=reply,
        )
    assert [one["text"]["id"] for one in hall.read(board)["notices"]] == ["Tutup 15.00"]
    hall.do(WATI, noticing.make, Said({"id": "Baru"}, ("wall",), hall.now))
    assert sorted(one["text"]["id"] for one in hall.read(board)["notices"]) == ["Baru", "Tutup 15.00"]


def waiting(hall: Hall) -> list[str]:
    return hall.read(lambda view: [t.number for t in people(view, ("ktp-cetak",))["ktp-cetak"].tickets])


def test_what_nobody_touched_is_not_read_again(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.read(lambda view: desk(view, "5"))
    hall.issue("ktp-cetak")
    with statements() as asked:
        assert hall.read(lambda view: desk(view, "5"))["waiting"][1]["count"] == 2
    assert len(asked) == 2, "the site's row and the officer's name"


def test_a_command_that_is_not_committed_leaves_nothing_known(hall):
    """Its reply was made, with somebody called; then the disk said no."""
    hall.do(SARI, officer.open_counter, "5")
    first, second = hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    assert waiting(hall) == [first.number, second.number]

    def reply(tx, _):
        seen = desk(inside(tx), "5")
        assert seen["ticket"]["number"] == first.number
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        hall.perform(hall.id, lambda tx: officer.call_next(tx, "5"), actor=SARI, reply=reply)
    assert waiting(hall) == [first.number, second.number]
    assert hall.read(lambda view: desk(view, "5"))["ticket"] is None
    hall.do(SARI, officer.call_next, "5")
    assert waiting(hall) == [second.number]


def test_what_another_process_has_done_is_read_anew(hall):
    """A second process on the same database: its commits are not this one's to go on from."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    other = Hall(hall.folder, hall.settings, now=hall.now)
    try:
        assert len(waiting(hall)) == 1
        other.issue("ktp-cetak")
        hall.issue("ktp-cetak")
        assert len(waiting(hall)) == 3
        assert hall.read(board)["services"] == other.read(board)["services"]
    finally:
        other.stop()


def test_a_reply_within_a_command_tells_what_readers_are_told_after_it(hall):
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(3):
        hall.issue("ktp-cetak")
        hall.read(board)
    told = hall.perform(
        hall.id,
        lambda tx: officer.call_next(tx, "5"),
        actor=SARI,
        reply=lambda tx, _: Answer(200, desk(inside(tx), "5")),
    )
    assert told.body == hall.read(lambda view: desk(view, "5"))


@pytest.fixture
def soon(monkeypatch):
    """A few calls of a day already tell how right the estimates are."""
    monkeypatch.setattr(calibration, "ANY", 3)


def a_day(hall: Hall) -> None:
    """A little of everything that moves tickets and counters; what is kept is looked at after each step."""

    def look() -> None:
        what_is_kept_is_what_is_there(hall)

    def step(who, command, *args) -> None:
        hall.do(who, command, *args)
        hall.later(seconds=10)
        look()

    step(SARI, officer.open_counter, "5")
    step(DEDI, officer.open_counter, "6")
    for service, class_ in [("ktp-cetak", "regular"), ("ktp-perekaman", "regular"), ("kk-akta", "priority")] * 3:
        hall.issue(service, class_)
        look()
    family = hall.issue("ktp-cetak", by=TUTI, people=3)
    look()
    step(TUTI, escorting.escort_number, family.number, True)
    for ends in (officer.finish, officer.no_show, officer.hold, officer.undo, officer.finish):
        step(SARI, officer.call_next, "5")
        if ends is officer.finish:
            step(SARI, officer.serve, "5")
        step(SARI, ends, "5")
    held = next(one.number for one in hall.tickets() if one.state is State.HELD)
    step(SARI, officer.call, "5", held, "Janji")
    step(SARI, officer.undo, "5")  # the call of before stands again
    step(RATNA, officer.open_counter, "2")
    for _ in range(2):
        hall.issue("paspor-wawancara", by=TUTI)
    later, soon = (f"{hall.now + timedelta(minutes=n):%Y-%m-%d,%H:%M},paspor-wawancara" for n in (90, 5))
    lines = f"date,time,service,code\n{later},48217306\n{later},11112222\n{soon},33332222\n"
    step(TUTI, importing.import_bookings, read_list(lines.encode()))
    for code in ("48217306", "11112222", "33332222"):
        step(TUTI, checking_in.check_in, code)
    hall.later(minutes=60)
    step(SYSTEM, ripening.ripen)
    step(DEDI, officer.call_next, "6")
    step(WATI, officer.hold, "6", "Berkas dicari")
    step(DEDI, officer.close_counter, "6", "Rapat dinas")
    for seconds in (60, 240, 120, 600, 60, 900, 30):  # enough of one service that its pace is told from them
        number = hall.issue("ktp-cetak").number
        step(SARI, officer.call, "5", number, "Janji")
        step(SARI, officer.serve, "5")
        hall.later(seconds=seconds)
        step(SARI, officer.finish, "5")


def test_after_each_step_of_a_day_the_documents_are_those_that_are_read_anew(hall, soon):
    a_day(hall)


def test_so_they_are_where_more_were_called_than_are_looked_back_at(hall, soon, monkeypatch):
    monkeypatch.setattr(calls, "_LOOK_BACK", 2)
    a_day(hall)


def test_a_call_reads_none_of_the_days_other_calls_again(hall):
    """Late in a day those were four hundred rows, after each call, for who came next and for every screen."""
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(3):
        hall.issue("ktp-cetak")
        hall.do(SARI, officer.call_next, "5")
        hall.do(SARI, officer.no_show, "5")
        hall.read(board)
    hall.issue("ktp-cetak")
    with statements() as asked:
        hall.do(SARI, officer.call_next, "5")
        called = [one["number"] for one in hall.read(board)["recent"]]
    assert [one[-3:] for one in called] == ["004", "003", "002", "001"]
    assert not [one for one in asked if " JOIN ticket " in one and "call_revision" in one.partition("WHERE")[0]]


ALWAYS = {"_all_notices"}  # no step of such a day says anything of them


@pytest.mark.parametrize("what", sorted(kept._AFTER.keys() - ALWAYS))
def test_control_what_is_kept_for_too_long_is_noticed(hall, what, soon, monkeypatch):
    monkeypatch.setitem(kept._AFTER, what, lambda things, moved: things)
    with pytest.raises((AssertionError, KeyError)):
        a_day(hall)
