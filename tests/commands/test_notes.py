"""Notes name their writer and counter; who goes on with the visitor reads them, and whoever else looks is recorded."""

import pytest

from queue_server.commands import forgetting, helping, officer, reading_notes
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.queries.desk import desk
from queue_server.queries.notes import notes_of
from tests.commands.steps import called, open_hall, serving
from tests.world.hall import ASEP, DEDI, SARI, SITE, WATI

TUTI = Actor("tuti", Role.FRONT_DESK.only, frozenset({SITE}), name="Tuti")
__all__ = ["open_hall"]


def told(hall, counter, reader):
    """What a reader of the desk is told of notes."""
    return hall.read(lambda view: desk(view, counter, reader))["notes"]


def sent_on(hall):
    """A visitor whom Sari has sent on to Dedi's counter, with a note."""
    ticket = serving(hall)
    hall.do(SARI, officer.transfer, "5", "kk-akta", None, "akta asli sudah dilihat", True)
    return ticket


def test_the_next_counter_reads_what_the_last_one_wrote_and_who(open_hall):
    hall = open_hall
    ticket = sent_on(hall)
    hall.later(minutes=2)
    hall.do(DEDI, officer.call_next, "6")
    assert hall.at_hand("6") == ticket.number
    [note] = told(hall, "6", DEDI)
    assert (note["text"], note["counter"]) == ("akta asli sudah dilihat", "5")
    assert note["at"] < hall.now.isoformat()
    assert [event.by for event in hall.events("transferred")] == ["sari"]
    hall.do(DEDI, officer.serve, "6")
    hall.do(DEDI, officer.hold, "6", None, None, [], "menunggu ibunya")
    hall.do(DEDI, officer.call, "6", ticket.number, "kembali")
    assert [one["text"] for one in told(hall, "6", DEDI)] == ["akta asli sudah dilihat", "menunggu ibunya"]
    hall.check_replay()


def test_nobody_who_looks_on_is_shown_them_unasked(open_hall):
    hall = open_hall
    sent_on(hall)
    hall.do(DEDI, officer.call_next, "6")
    for reader in (None, WATI, SARI):
        assert told(hall, "6", reader) is None, "there are some"
    called(hall)
    for reader in (None, WATI, SARI):
        assert told(hall, "5", reader) == []


def test_the_text_lies_apart_from_the_record(open_hall):
    hall = open_hall
    sent_on(hall)
    [event] = hall.events("transferred")
    assert event.detail["noted"] is True
    assert "dilihat" not in repr(event)


@pytest.mark.parametrize("who", [TUTI, WATI, SARI], ids=["front desk", "supervisor", "an officer of the agency"])
def test_opening_them_is_recorded_and_the_text_is_not(open_hall, who):
    hall = open_hall
    ticket = sent_on(hall)
    hall.do(who, reading_notes.open_notes, ticket.number)
    assert hall.last() == ["note_read"]
    assert (hall.events("note_read")[0].by, hall.events("note_read")[0].ticket) == (who.id, ticket.id)
    assert [one["text"] for one in hall.read(lambda view: notes_of(view, ticket.id))] == ["akta asli sudah dilihat"]
    before = hall.ticket(ticket)
    hall.do(who, reading_notes.open_notes, ticket.number)
    assert hall.ticket(ticket) == before
    hall.do(SARI, officer.undo, "5")  # that somebody looked keeps no transfer from being taken back
    hall.check_replay()


def test_where_nobody_wrote_nothing_is_recorded_and_another_agency_opens_none(open_hall):
    hall = open_hall
    ticket = called(hall)
    with hall.changes_nothing():
        hall.do(TUTI, reading_notes.open_notes, ticket.number)
    with hall.refuses(Code.FORBIDDEN):
        hall.do(ASEP, reading_notes.open_notes, ticket.number)
    with hall.refuses(Code.NOT_FOUND):
        hall.do(TUTI, reading_notes.open_notes, "J999")


def test_no_identity_number_is_written_with_who_is_set_aside(open_hall):
    hall = open_hall
    serving(hall)
    with hall.refuses(Code.INVALID):
        hall.do(SARI, officer.hold, "5", None, None, [], "NIK 3602041507900001")


def test_a_note_of_one_who_was_helped_by_number_stays(open_hall):
    hall = open_hall
    ticket = sent_on(hall)
    hall.do(DEDI, officer.call_next, "6")
    hall.do(TUTI, helping.return_number, ticket.number, "kembali")
    hall.do(DEDI, officer.call_next, "6")
    assert len(told(hall, "6", DEDI)) == 1


def test_where_nothing_is_kept_of_a_visitor_nothing_is_erased(open_hall):
    ticket = called(open_hall)
    with open_hall.changes_nothing():
        assert open_hall.do(SARI, forgetting.erase_own, ticket.id).number == ticket.number
    with open_hall.refuses(Code.NOT_FOUND):
        open_hall.do(SARI, forgetting.erase_own, "nobody's")
