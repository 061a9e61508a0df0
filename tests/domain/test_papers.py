"""Missing papers: of the service's own list, told once each, and how a visit counts that ended for want of them."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.papers import ended_as, expires_as, missing_papers, outcome_for
from queue_server.domain.ticket import State
from tests.world.values import service

PAPERS = {"KTP": {"id": "KTP-el"}, "KK": {"id": "Kartu Keluarga"}, "akta": {"id": "Akta lahir"}}
PASSPORT = service(papers=PAPERS, outcomes=("selesai", "berkas-kurang", "kurang-KTP"))


@pytest.mark.parametrize(
    ("asked", "outcome", "found"),
    [
        pytest.param((), None, (), id="none"),
        pytest.param(("akta", "KTP", "akta"), None, ("KTP", "akta"), id="each once, as the list has them"),
        pytest.param((), "kurang-KTP", ("KTP",), id="an outcome that names one"),
        pytest.param(("KK",), "kurang-KTP", ("KTP", "KK"), id="both ways"),
        pytest.param((), "kurang-ajar", (), id="an outcome that only begins so"),
        pytest.param((), "berkas-kurang", (), id="an outcome that names none"),
    ],
)
def test_what_is_missing_is_of_the_service_s_own_list(asked, outcome, found):
    assert missing_papers(PASSPORT, asked, outcome) == found


@pytest.mark.parametrize("of", [PASSPORT, service(), None], ids=["listed", "no list", "dropped service"])
def test_a_paper_that_the_service_does_not_list_is_refused_by_name(of):
    with pytest.raises(QueueError) as refused:
        missing_papers(of, ["KTP", "surat-sakti"] if of is PASSPORT else ["surat-sakti"])
    assert (refused.value.code, refused.value.details) == (Code.UNKNOWN_PAPER, {"paper": "surat-sakti"})


@pytest.mark.parametrize(
    ("of", "missing", "outcome"),
    [
        pytest.param(PASSPORT, (), None, id="none missing"),
        pytest.param(PASSPORT, ("KTP",), "kurang-KTP", id="one that has an outcome"),
        pytest.param(PASSPORT, ("KK",), "berkas-kurang", id="one that has none"),
        pytest.param(PASSPORT, ("KTP", "KK"), "berkas-kurang", id="several"),
        pytest.param(service(papers=PAPERS), ("KTP",), None, id="a hall without such outcomes"),
        pytest.param(None, (), None, id="dropped service"),
    ],
)
def test_a_visit_that_ends_for_want_of_papers_has_the_hall_s_own_outcome(of, missing, outcome):
    assert outcome_for(of, missing) == outcome


def test_who_does_not_come_back_with_papers_has_not_given_up():
    assert expires_as(State.HELD, ("KK",)) == "papers"
    assert expires_as(State.HELD, ()) is None
    assert expires_as(State.WAITING, ("KK",)) is None, "back in the queue, it was the queue that ended"
    assert ended_as(State.EXPIRED, "papers") == "papers"
    assert ended_as(State.EXPIRED, None) == "expired"
    assert ended_as(State.COMPLETED, "papers") == "completed", "a hall's own outcome of that name"
