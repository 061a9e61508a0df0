"""Holders of a number whose service was renamed or dropped are seen by all who look, by the record's name."""

from dataclasses import replace

import pytest

from queue_server.commands import officer
from queue_server.domain.ticket import State
from queue_server.printing.slip import make_slip
from queue_server.queries.desk import desk
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.site import site_info
from queue_server.queries.ticket import current, ticket
from queue_server.queries.waits import queue
from queue_server.reports.measures import today
from tests.world.hall import DEDI, SARI, Hall
from tests.world.slip import WORDS, site
from tests.world.slip import ticket as taken

OLD = "kk-akta"


@pytest.fixture
def dropped(hall: Hall):
    """Three hold numbers of a service: one waits, one was set aside, one is served; then the file drops it."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    held, served, waits = (hall.issue(OLD) for _ in range(3))
    hall.do(DEDI, officer.call_next, "6")
    hall.do(DEDI, officer.hold, "6")
    hall.do(DEDI, officer.call_next, "6")
    hall.do(DEDI, officer.serve, "6")
    drop(hall, OLD)
    return held, served, waits


def drop(hall: Hall, id: str) -> None:
    """The site file no longer has the service."""
    kept = {c.id: replace(c, services=tuple(s for s in c.services if s != id)) for c in hall.site.counters.values()}
    hall.start(services={s: it for s, it in hall.site.services.items() if s != id}, counters=kept)


def slip(hall: Hall, held) -> object:
    """The slip, printed again."""
    document = hall.read(lambda view: ticket(view, current(view, held))) | {"url": "http://example.test/t/x"}
    return make_slip(document, hall.read(site_info), WORDS["id"], "id")


def test_the_slip_is_printed_by_the_name_of_the_record(hall, dropped):
    name = hall.site.former[OLD].name["id"]
    printed = slip(hall, dropped[2])
    assert (printed.service, printed.agency) == (name, hall.site.agencies["dukcapil"].short_name)
    assert printed.number == dropped[2].number and printed.zone is None


def test_the_slip_of_a_service_and_agency_that_are_both_gone(hall):
    taken = hall.issue(OLD)
    name = hall.site.agencies["dukcapil"].name
    others = {id: s for id, s in hall.site.services.items() if s.agency != "dukcapil"}
    places = {id: c for id, c in hall.site.counters.items() if c.agency != "dukcapil"}
    agencies = {id: a for id, a in hall.site.agencies.items() if id != "dukcapil"}
    hall.start(services=others, counters=places, agencies=agencies)
    assert slip(hall, taken).agency == name


def test_a_slip_of_something_that_was_never_recorded_is_still_a_slip():
    assert make_slip(taken(service="gone"), site(), WORDS["id"], "id").service == "gone"


def test_the_supervisor_sees_who_waits_and_an_alarm(hall, dropped):
    document = hall.read(hall_document)
    (row,) = [s for s in document["services"] if s["id"] == OLD]
    assert (row["former"], row["name"], row["waiting"], row["open"]) == (
        True,
        hall.site.former[OLD].name["id"],
        1,
        False,
    )
    assert row["first"] is not None
    (alarm,) = [a for a in document["alarms"] if a["service"] == OLD and a["kind"] == "nobody_open"]
    assert alarm["at"] is not None
    (place,) = [c for c in document["counters"] if c["id"] == "6"]
    assert place["target_s"] == hall.site.former[OLD].target_minutes * 60, "the promise holds for who is served"


def test_a_service_nobody_holds_a_number_of_is_not_shown(hall):
    drop(hall, OLD)
    assert [s["id"] for s in hall.read(hall_document)["services"]] == list(hall.site.services)


def test_the_phone_keeps_its_place_and_its_service(hall, dropped):
    waits = dropped[2]
    document = hall.read(lambda view: ticket(view, current(view, waits)))
    assert document["state"] == "waiting" and document["ahead"] == 0
    assert hall.read(lambda view: queue(view, OLD))["order"] == [waits.number]
    assert OLD in [f["id"] for f in hall.read(site_info)["former"]]


def test_whoever_was_set_aside_stands_on_the_desks_of_the_agency(hall, dropped):
    held = dropped[0].number
    for counter in ("5", "6"):
        assert held in [t["number"] for t in hall.read(lambda view, c=counter: desk(view, c))["held"]]
    assert held not in [t["number"] for t in hall.read(lambda view: desk(view, "2"))["held"]]
    hall.do(DEDI, officer.finish, "6")
    hall.do(DEDI, officer.call, "6", held, "layanan lama")
    assert hall.at_hand("6") == held


def test_the_report_counts_them(hall, dropped):
    hall.do(DEDI, officer.finish, "6")
    before = hall.read(today)
    (row,) = [s for s in before["services"] if s["id"] == OLD]
    assert (row["issued"], row["completed"], row["waiting"], row["held"]) == (3, 1, 1, 1)
    assert row["name"] == hall.site.former[OLD].name and before["totals"]["issued"] == 3
    assert OLD in [s["id"] for s in hall.read(lambda view: today(view, frozenset({"dukcapil"})))["services"]]
    assert OLD not in [s["id"] for s in hall.read(lambda view: today(view, frozenset({"imigrasi"})))["services"]]


def test_a_renamed_service_is_two_and_nobody_is_lost(hall):
    before = hall.issue(OLD)
    services = {("kk" if id == OLD else id): replace(s, id="kk" if id == OLD else id)
                for id, s in hall.site.services.items()}  # fmt: skip
    counters = {c.id: replace(c, services=tuple("kk" if s == OLD else s for s in c.services))
                for c in hall.site.counters.values()}  # fmt: skip
    hall.start(services=services, counters=counters)
    after = hall.issue("kk")
    rows = {s["id"]: s["waiting"] for s in hall.read(hall_document)["services"]}
    assert (rows[OLD], rows["kk"]) == (1, 1) and before.number != after.number
    assert hall.ticket(before).state is State.WAITING
