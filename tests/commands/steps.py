"""A hall that is open, and visitors on their way through it."""

import pytest

from queue_server.commands import officer
from tests.world.hall import DEDI, SARI, Hall

VERBS = {
    "recall": officer.recall,
    "serve": officer.serve,
    "finish": officer.finish,
    "no_show": officer.no_show,
    "hold": officer.hold,
    "return": officer.return_ticket,
    "cancel": lambda tx, counter: officer.cancel(tx, counter, "salah ambil"),
}


@pytest.fixture
def open_hall(hall: Hall) -> Hall:
    """Sari sits at counter 5, Dedi at 6."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    return hall


def called(hall: Hall, service="ktp-cetak", who=SARI, counter="5"):
    """A visitor takes a number and is called."""
    ticket = hall.issue(service)
    hall.later(seconds=60)
    hall.do(who, officer.call_next, counter)
    assert hall.at_hand(counter) == ticket.number
    return ticket


def serving(hall: Hall, **where):
    """A visitor who is being served."""
    ticket = called(hall, **where)
    hall.later(seconds=20)
    hall.do(SARI, officer.serve, "5")
    return ticket
