"""The leader's document: the hall's figures and what it will be asked about, from the same record, without a name."""

import json
from dataclasses import replace

import pytest

from queue_server.commands import officer, resting
from queue_server.documents.overview import Overview
from queue_server.documents.schemas import hold
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.overview import overview
from tests.world.hall import DEDI, SARI, TUTI


def seen(hall, *agencies):
    """The document, held to its declared shape."""
    document = hall.read(lambda view: overview(view, frozenset(agencies)))
    hold(Overview, document)
    return document


def agency(document, id):
    """(waiting, counters open of how many, the services that somebody waits for) of one agency."""
    found = next(one for one in document["agencies"] if one["id"] == id)
    lines = [(line["service"], line["waiting"]) for line in found["lines"]]
    return found["waiting"], found["counters_open"], found["counters"], lines


def topics(hall, *agencies):
    """What is to be talked about: (kind, service, count)."""
    return [(one["kind"], one["service"], one["count"]) for one in seen(hall, *agencies)["topics"]]


@pytest.fixture
def promised(hall):
    """Dukcapil promises seven minutes for a KTP."""
    hall.start(services=dict(hall.site.services) | {"ktp-cetak": promise(hall, 7)})
    return hall


def promise(hall, minutes):
    """The service with another promise."""
    return replace(hall.site.services["ktp-cetak"], target_minutes=minutes)


def busy(hall):
    """Two counters serve the same, longer than promised; two wait there and one where nobody is open."""
    for who, counter in ((SARI, "5"), (DEDI, "6")):
        hall.do(who, officer.open_counter, counter)
        hall.issue("ktp-cetak")
        hall.do(who, officer.call_next, counter)
        hall.do(who, officer.serve, counter)
    hall.issue("ktp-cetak")
    hall.later(minutes=1)
    hall.issue("kk-akta")
    hall.later(minutes=9)
    hall.issue("skck-baru")


def test_it_counts_the_hall_and_each_agency(promised):
    busy(promised)
    whole = seen(promised)
    assert (whole["waiting"], whole["serving"], whole["counters_open"]) == (3, 2, 2)
    assert whole["counters"] == len(promised.site.counters) == sum(one["counters"] for one in whole["agencies"])
    assert whole["waiting"] == sum(one["waiting"] for one in whole["agencies"])
    assert agency(whole, "dukcapil")[0::3] == (2, [("ktp-cetak", 1), ("kk-akta", 1)]), "the longest first"
    assert agency(whole, "polres")[:2] == (1, 0)
    firsts = [one["first"] for one in whole["agencies"] if one["first"]]
    assert whole["first"] == min(firsts) and len(firsts) == 2


def test_what_it_will_be_asked_about_is_told_of_services_once_each(promised):
    assert topics(promised) == []
    busy(promised)
    assert topics(promised) == [("over_target", "ktp-cetak", 2), ("nobody_open", "skck-baru", 1)]
    (over, _) = seen(promised)["topics"]
    assert over["since"] == min(c["since"] for c in promised.read(hall_document)["counters"] if c["since"])


@pytest.mark.parametrize(("minutes", "told"), [(6.9, []), (7, [("over_target", "ktp-cetak", 1)])])
def test_what_is_not_yet_longer_than_promised_is_not_talked_about(promised, minutes, told):
    promised.do(SARI, officer.open_counter, "5")
    promised.issue("ktp-cetak")
    promised.do(SARI, officer.call_next, "5")
    promised.do(SARI, officer.serve, "5")
    promised.later(minutes=minutes)
    assert topics(promised) == told


def test_what_points_at_one_officer_is_left_to_the_supervisor(hall):
    """A call that is stuck, a counter that calls nobody though people wait."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(DEDI, officer.open_counter, "6")
    hall.issue("ktp-cetak")
    hall.later(minutes=20)
    assert {one["kind"] for one in hall.read(hall_document)["alarms"]} >= {"stuck_call", "idle"}
    assert topics(hall) == []


def test_an_account_of_one_agency_is_shown_that_agency(promised):
    busy(promised)
    mine = seen(promised, "polres")
    assert [one["id"] for one in mine["agencies"]] == ["polres"]
    assert (mine["waiting"], mine["serving"], mine["counters_open"]) == (1, 0, 0)
    assert topics(promised, "polres") == [("nobody_open", "skck-baru", 1)]


def test_who_waits_for_a_service_that_was_dropped_is_counted_with_its_agency(hall):
    hall.issue("skck-baru")
    left = {id: one for id, one in hall.site.services.items() if id != "skck-baru"}
    at = {
        id: replace(one, services=tuple(s for s in one.services if s in left)) for id, one in hall.site.counters.items()
    }
    hall.start(services=left, counters=at)
    assert agency(seen(hall), "polres")[0] == 1
    assert topics(hall) == [("nobody_open", "skck-baru", 1)]
    assert topics(hall, "imigrasi") == []


def test_no_officer_stands_in_it_under_any_name(promised):
    busy(promised)
    said = json.dumps(seen(promised)).casefold()
    assert [who for who in ("sari", "dedi", "officer") if who in said] == []
    assert "Sari" in json.dumps(promised.read(hall_document)), "control: the supervisor's names her"


def test_a_counter_on_a_break_is_not_among_the_open_ones(hall):
    for who, counter in ((SARI, "5"), (DEDI, "6")):
        hall.do(who, officer.open_counter, counter)
    assert (seen(hall)["counters_open"], agency(seen(hall), "dukcapil")[1]) == (2, 2)
    hall.do(SARI, resting.begin, "5", "meal", None, confirm=True)
    assert (seen(hall)["counters_open"], agency(seen(hall), "dukcapil")[1]) == (1, 1)


def test_people_stand_beside_numbers_where_groups_wait(hall):
    hall.issue("ktp-cetak")
    hall.issue("ktp-cetak", by=TUTI, people=4)
    whole = hall.read(overview)
    agency = next(one for one in whole["agencies"] if one["id"] == "dukcapil")
    assert [(one["waiting"], one["people_waiting"]) for one in (whole, agency)] == [(2, 5), (2, 5)]
    service = next(one for one in hall.read(hall_document)["services"] if one["id"] == "ktp-cetak")
    assert (service["waiting"], service["people_waiting"]) == (2, 5)
