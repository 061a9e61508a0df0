"""A suggestion is taken or declined for what there is, and says so of a counter that would serve something else."""

import pytest

from queue_server.commands import answering, origins
from queue_server.domain.errors import Code
from queue_server.domain.suggesting import Option, Suggestion
from queue_server.domain.what_if import Post
from queue_server.store.urn import Urn
from tests.world.hall import WATI


def suggested(counter: str, service: str, *services: str) -> Suggestion:
    """That a counter serves these, for the line of one of them."""
    option = Option("serve", Post(counter, frozenset(services), 0, 0.0), frozenset({service}))
    return Suggestion(option, service, 2400.0, 1200.0, 20, 1.0)


@pytest.mark.parametrize(("counter", "service"), [("99", "kk-akta"), ("5", "tak-ada")])
def test_what_is_there_no_more_is_neither_taken_nor_declined(hall, counter, service):
    for taken in (True, False):
        with hall.refuses(Code.NOT_FOUND):
            hall.do(WATI, answering.answer, suggested(counter, service, service), [1], taken=taken)


def test_other_services_of_a_counter_are_told_and_its_own_are_not(hall):
    own = hall.site.counters["5"].services
    hall.do(WATI, answering.answer, suggested("5", own[0], *own), [3, 1], taken=True)
    hall.do(WATI, answering.answer, suggested("5", "kk-akta", *own, "kk-akta"), [], taken=False)
    taken, declined = hall.events("suggestion_taken", "suggestion_declined")
    assert (taken.detail["among"], "services" in taken.detail) == ([1, 3], False)
    assert declined.detail["services"] == sorted({*own, "kk-akta"}) and "among" not in declined.detail


def test_the_holder_of_no_number_is_asked_from_where_they_come_by_nobody(hall):
    with hall.reader.connect() as conn, conn.begin(), hall.refuses(Code.NOT_FOUND):
        origins.tell(Urn(conn, None, hall.site, hall.now.date()), "nobody's", "other")
