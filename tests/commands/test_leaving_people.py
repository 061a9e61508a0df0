"""A counter that is closed while people wait for its services within hours: only with a reason, which is kept."""

import pytest

from queue_server.commands import day, officer, resting
from queue_server.domain.errors import Code
from queue_server.queries.desk import desk
from queue_server.queries.hall import hall as supervisors
from queue_server.queries.reasons import reasoned_acts
from tests.world.hall import DEDI, RATNA, SARI, WATI
from tests.world.values import at


def tile(hall, counter="5"):
    """What the supervisor's page is told of how a counter was left."""
    return next(one for one in hall.read(supervisors)["counters"] if one["id"] == counter)["left"]


def acts(hall, agencies=frozenset()):
    """What the report says was done for a reason: kind, number, counter, by whom, why."""
    told = hall.read(lambda view: reasoned_acts(view, agencies))
    return [(one["kind"], one["number"], one["counter"], one["by"], one["reason"]) for one in told]


def test_while_people_wait_within_hours_a_counter_closes_only_with_a_reason(open_hall):
    hall = open_hall
    for service in ("ktp-perekaman", "ktp-cetak", "ktp-cetak", "kk-akta"):
        hall.issue(service)
    assert hall.read(lambda view: desk(view, "5"))["close_reason"]
    with hall.refuses(Code.REASON_MISSING, waiting=3):
        hall.do(SARI, officer.close_counter, "5")
    hall.do(SARI, officer.close_counter, "5", "rapat dinas")
    assert hall.events()[-1].detail == {"waiting": 3}
    assert "rapat" not in str(hall.events()), "why is kept apart"
    left = tile(hall)
    assert (left["waiting"], left["reason"]) == (3, "rapat dinas")
    hall.do(SARI, officer.open_counter, "5")
    assert tile(hall) is None, "somebody is there again"


def test_a_counter_that_leaves_nobody_closes_without_a_word(open_hall):
    """Also one that others' visitors, or those set aside, would miss."""
    hall = open_hall
    hall.issue("kk-akta")
    hall.issue("ktp-perekaman")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.hold, "5")
    assert not hall.read(lambda view: desk(view, "5"))["close_reason"]
    hall.do(SARI, officer.close_counter, "5")
    assert hall.events()[-1].detail == {}
    assert tile(hall) is None


@pytest.mark.parametrize(
    ("when", "needed"),
    [
        pytest.param("2026-11-23 14:59", True, id="numbers are given"),
        pytest.param("2026-11-23 15:15", True, id="no more numbers, but who waits is served"),
        pytest.param("2026-11-23 18:00", False, id="after hours"),
    ],
)
def test_the_reason_is_asked_for_within_hours_alone(open_hall, when, needed):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.now = at(when)
    assert hall.read(lambda view: desk(view, "5"))["close_reason"] == needed
    if needed:
        with hall.refuses(Code.REASON_MISSING):
            hall.do(SARI, officer.close_counter, "5")
    else:
        hall.do(SARI, officer.close_counter, "5")


def test_where_a_supervisor_has_opened_numbers_every_hour_is_one(open_hall):
    hall = open_hall
    hall.now = at("2026-11-23 18:00")
    hall.do(WATI, day.open_numbers, "layanan tambahan")
    hall.issue("ktp-cetak")
    assert hall.read(lambda view: desk(view, "5"))["close_reason"]
    with hall.refuses(Code.REASON_MISSING):
        hall.do(SARI, officer.close_counter, "5")


def test_during_a_break_and_by_a_supervisor_it_is_the_same(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(SARI, resting.begin, "5", "rest", None, confirm=True)
    with hall.refuses(Code.REASON_MISSING):
        hall.do(SARI, officer.close_counter, "5")
    hall.do(WATI, officer.close_counter, "5", "petugas pulang")
    assert [event.detail.get("waiting") for event in hall.events("counter_closed")] == [1]


def test_the_report_says_what_was_done_for_a_reason_to_whom_it_concerns(open_hall):
    hall = open_hall
    hall.do(RATNA, officer.open_counter, "2")
    hall.issue("ktp-cetak")
    hall.issue("ktp-cetak")
    hall.issue("paspor-wawancara", by=RATNA)
    hall.do(SARI, officer.call, "5", "J002", "datang kembali")
    hall.do(SARI, officer.no_show, "5")
    hall.do(SARI, officer.close_counter, "5", "rapat dinas")
    hall.do(RATNA, officer.cancel, "2", "salah layanan", "K001")
    hers = [("counter_closed", None, "5", "Sari", "rapat dinas"), ("called", "J002", "5", "Sari", "datang kembali")]
    assert acts(hall) == [("cancelled", "K001", "2", "Ratna", "salah layanan"), *hers]
    assert acts(hall, frozenset({"dukcapil"})) == hers
    assert DEDI.id not in str(acts(hall))
