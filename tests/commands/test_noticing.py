"""A notice is said, said otherwise, and taken back; two who change it at once hear of each other."""

from dataclasses import replace

import pytest

from queue_server.commands import noticing
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.notice import Said
from tests.world.hall import SARI, WATI


@pytest.fixture
def said(hall):
    return Said({"id": "Tutup 15.00"}, ("wall",), hall.now)


def test_the_same_again_changes_nothing(hall, said):
    id = hall.do(WATI, noticing.make, said)
    with hall.changes_nothing():
        hall.do(WATI, noticing.change, id, said)
    with hall.changes_nothing():
        hall.do(WATI, noticing.change, id, replace(said, begins=hall.later(minutes=5)), begins=False)


def test_whoever_looked_at_an_older_one_is_told_the_newer(hall, said):
    id = hall.do(WATI, noticing.make, said)
    hall.do(WATI, noticing.change, id, replace(said, text={"id": "Tutup 14.00"}))
    with pytest.raises(QueueError) as refused:
        hall.do(WATI, noticing.change, id, replace(said, text={"id": "Tutup 13.00"}), 0)
    assert refused.value.code is Code.NOTICE_CHANGED
    assert refused.value.details["newer"]["text"] == {"id": "Tutup 14.00"}
    newest = refused.value.details["version"]
    hall.do(WATI, noticing.change, id, replace(said, text={"id": "Tutup 13.00"}), newest)


def test_one_that_was_taken_back_is_there_for_nobody(hall, said):
    id = hall.do(WATI, noticing.make, said)
    with hall.refuses(Code.FORBIDDEN):
        hall.do(SARI, noticing.end, id)
    hall.do(WATI, noticing.end, id)
    for again in (lambda tx: noticing.end(tx, id), lambda tx: noticing.change(tx, id, said)):
        with hall.refuses(Code.NOT_FOUND):
            hall.do(WATI, again)
