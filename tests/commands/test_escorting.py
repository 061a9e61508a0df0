"""A visitor asks to be guided to the counter: staff are told, nobody else, and it is gone when the day closes."""

import io
import json

import pytest
from sqlalchemy import select

from queue_server.commands import day, escorting, officer
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.perform import Answer, Key
from queue_server.queries import finding
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.snapshot import inside
from queue_server.queries.ticket import ticket
from queue_server.queries.waits import queue
from queue_server.reports import export
from queue_server.reports.measures import today
from queue_server.store import schema
from tests.world.hall import KIOSK, RATNA, SARI, SITE, TUTI, WATI, Hall

HOLDER = Actor("visitor", Role.VISITOR.only, frozenset({SITE}))


@pytest.fixture
def asked(hall: Hall):
    """Sari is at counter 5; of two who wait the second asked at the kiosk."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    return hall.issue("ktp-cetak", by=KIOSK, escort=True)


def guided(hall: Hall, reader: Actor = TUTI) -> list[str]:
    """Whom the front desk is told of."""
    return [one["number"] for one in hall.read(lambda view: finding.escorted(view, reader))]


def test_front_desk_and_officer_are_told_and_the_called_come_first(hall, asked):
    early = hall.tickets()[0]
    hall.do(HOLDER, escorting.own_escort, early.id, True)
    assert guided(hall) == ["J001", "J002"]
    hall.do(SARI, officer.call, "5", "J002", "tidak melihat")
    assert guided(hall) == ["J002", "J001"]
    seen = hall.read(lambda view: desk(view, "5"))
    assert seen["ticket"]["escort"] and seen["upcoming"][0]["escort"]
    assert hall.read(lambda view: ticket(view, early))["escort"], "and its holder, who may need nobody after all"
    hall.do(SARI, officer.serve, "5")
    assert guided(hall) == ["J001"]
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(TUTI, escorting.escort_number, "J002", False)


def test_nobody_needs_a_guide_after_all(hall, asked):
    hall.do(TUTI, escorting.escort_number, asked.number, False)
    assert guided(hall) == []
    before = hall.marks()
    hall.do(TUTI, escorting.escort_number, asked.number, False)
    assert hall.marks() == before, "said before: nothing happened"


def test_staff_of_another_agency_may_not_say_so_and_are_not_told(hall, asked):
    with hall.refuses(Code.FORBIDDEN):
        hall.do(RATNA, escorting.escort_number, asked.number, False)
    assert guided(hall, RATNA) == []
    hall.do(SARI, escorting.escort_number, asked.number, False)


def test_neither_the_public_nor_any_report_or_record_tells(hall, asked):
    hall.do(SARI, officer.call_next, "5")
    public = [hall.read(board), hall.read(lambda view: queue(view, "ktp-cetak"))]
    record = [(e.kind, dict(e.detail)) for e in hall.events()]
    file = io.StringIO()
    day_ = hall.read(lambda view: view.day)
    for written in (export.tickets, export.whole_record):
        written(hall.reader, SITE, hall.site.timezone, day_, day_, file)
    told = json.dumps([public, record, hall.read(today), file.getvalue()], default=str)
    assert "escort" not in told and "guide" not in told
    assert ("confided", {}) in record, "that something changed, not what"


def test_it_is_gone_with_the_day_from_stored_replies_too(hall, asked):
    def reply(tx, one):
        return Answer(200, ticket(inside(tx), one), one.id)

    for key in ("with", "without"):
        hall.perform(
            hall.id,
            lambda tx, wanted=key == "with": escorting.own_escort(tx, asked.id, wanted),
            actor=HOLDER,
            key=Key("visitor", key, key),
            reply=reply,
        )
    hall.do(TUTI, escorting.escort_number, asked.number, True)
    hall.do(WATI, day.close_day)
    with hall.reader.connect() as conn:
        assert conn.execute(select(schema.escort)).all() == []
        kept = conn.execute(select(schema.request.c.key, schema.request.c.reply)).all()
    assert [key for key, _ in kept] == ["without"]
    assert guided(hall) == []


def test_a_holder_of_no_number_asks_for_nobody(hall):
    with hall.refuses(Code.NOT_FOUND):
        hall.do(HOLDER, escorting.own_escort, "nobody's", True)
