"""The supervisor's document: what it says of counters and services, and what it raises an alarm about, from when on."""

from dataclasses import replace
from datetime import datetime

import pytest

from queue_server.commands import day, officer, taking
from queue_server.documents.hall import Hall
from queue_server.documents.schemas import hold
from queue_server.domain.ticket import State
from queue_server.queries.alarms import alarms_now
from queue_server.queries.hall import hall as hall_document
from tests.world.hall import ASEP, DEDI, SARI, WATI
from tests.world.values import at


def seen(hall):
    """The document, held to its declared shape."""
    document = hall.read(hall_document)
    hold(Hall, document)
    return document


def counter(hall, id):
    """One counter of it."""
    return next(c for c in seen(hall)["counters"] if c["id"] == id)


def service(hall, id):
    """One service of it."""
    return next(s for s in seen(hall)["services"] if s["id"] == id)


def alarms(hall):
    """What has become an alarm by now: (kind, where, minutes since)."""
    found = []
    for one in seen(hall)["alarms"]:
        if datetime.fromisoformat(one["at"]) <= hall.now:
            since = one["since"] and (hall.now - datetime.fromisoformat(one["since"])).total_seconds() / 60
            found.append((one["kind"], one["counter"] or one["service"], since))
    return found


def serving(hall):
    """Sari serves at counter 5."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")


def waiting(hall):
    """Counter 5 has been open for a while when somebody comes."""
    hall.do(SARI, officer.open_counter, "5")
    hall.later(minutes=30)
    hall.issue("ktp-cetak")


def waiting_since_before(hall):
    """Somebody waits, and only then Sari lets her visitor go."""
    serving(hall)
    hall.issue("ktp-cetak")
    hall.later(minutes=3)
    hall.do(SARI, officer.finish, "5")


def passed_on(hall):
    """As before, but the visitor went to another service (the ticket remembers no counter)."""
    serving(hall)
    hall.issue("ktp-cetak")
    hall.later(minutes=3)
    hall.do(SARI, officer.transfer, "5", "kk-akta", confirm=True)


def returned(hall):
    """A visitor who came back into the queue was issued long ago and waits only now."""
    serving(hall)
    hall.do(DEDI, officer.open_counter, "6")
    hall.do(SARI, officer.hold, "5")
    hall.later(minutes=40)
    hall.do(SARI, officer.return_ticket, "5", "J001")


def unserved(hall):
    """Somebody waits for the police, and only Dukcapil works."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("skck-baru")


def left_alone(hall):
    """Their one counter closes."""
    hall.do(ASEP, officer.open_counter, "10")
    hall.issue("skck-baru")
    hall.later(minutes=1)
    hall.do(ASEP, officer.close_counter, "10", "rapat")


@pytest.mark.parametrize(
    ("happened", "minutes", "expected"),
    [
        pytest.param(serving, 5, [], id="within the promise"),
        pytest.param(serving, 7, [("over_target", "5", 7)], id="at the promise"),
        pytest.param(waiting, 1.9, [], id="idle, not yet two minutes"),
        pytest.param(waiting, 2, [("idle", "5", 2)], id="idle for two minutes, though people wait"),
        pytest.param(waiting_since_before, 1.9, [], id="the wait of before is not the counter's idleness"),
        pytest.param(waiting_since_before, 2, [("idle", "5", 2)], id="idle since it let go"),
        pytest.param(
            passed_on, 2, [("nobody_open", "kk-akta", 5), ("idle", "5", 2)], id="idle since it passed somebody on"
        ),
        pytest.param(returned, 1.9, [], id="somebody came back into the queue just now"),
        pytest.param(unserved, 0, [("nobody_open", "skck-baru", 0)], id="nobody serves"),
        pytest.param(left_alone, 4, [("nobody_open", "skck-baru", 5)], id="their counter has closed"),
    ],
)
def test_alarms(hall, happened, minutes, expected):
    target = {"ktp-cetak": replace(hall.site.services["ktp-cetak"], target_minutes=7)}
    hall.start(services=dict(hall.site.services) | target)
    happened(hall)
    hall.later(minutes=minutes)
    assert alarms(hall) == expected


def test_waits_over_the_promise_are_one_alarm_of_their_service_and_quiet_until_twice_as_long(hall):
    """The first in the line is another each time; the trouble is the same."""
    promised = {"ktp-cetak": replace(hall.site.services["ktp-cetak"], wait_target_minutes=20, target_minutes=None)}
    hall.start(services=dict(hall.site.services) | promised)
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(4):
        hall.issue("ktp-cetak")
        hall.later(minutes=5)
    assert over(hall) == [("ktp-cetak", 20, 20, 0, False)]
    hall.do(WATI, taking.take, "wait_over::ktp-cetak::", None, 0)
    hall.do(SARI, officer.call_next, "5")
    assert over(hall) == []
    hall.later(minutes=15)
    assert over(hall) == [("ktp-cetak", 30, 20, 0, True)], "the next in the line"
    hall.later(minutes=15)
    assert over(hall) == [("ktp-cetak", 45, 20, 1, False)], "twice as long as promised"


def over(hall):
    """(service, minutes waited, minutes promised, level, taken) of the waits that are over the promise."""
    found = [a for a in due(hall) if a["kind"] == "wait_over"]
    quiet = lambda a: a["acknowledged"] is not None  # noqa: E731
    return [(a["service"], a["value"] // 60, a["limit"] // 60, a["level"], quiet(a)) for a in found]


def due(hall):
    """The alarms that are due."""
    return hall.read(lambda view: alarms_now(view, frozenset(), {}))


def test_calls_past_others_are_an_alarm_from_the_third_within_an_hour_and_worse_from_the_sixth(hall):
    hall.do(SARI, officer.open_counter, "5")
    numbers = [hall.issue("ktp-cetak").number for _ in range(9)]

    def jump(number):
        hall.do(SARI, officer.call, "5", number, "perlu didahulukan")
        hall.do(SARI, officer.serve, "5")
        hall.do(SARI, officer.finish, "5")
        hall.later(minutes=1)
        return [(a["counter"], a["number"], a["value"], a["level"]) for a in due(hall) if a["kind"] == "out_of_order"]

    assert [jump(number) for number in numbers[:2]] == [[], []]
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.hold, "5")
    held = next(t for t in hall.tickets() if t.state is State.HELD).number
    assert jump(held) == [], "one who was set aside passes nobody"
    assert jump(numbers[3]) == [("5", numbers[3], 3, 0)]
    hall.do(WATI, taking.take, "out_of_order:5:::", None, 0)
    assert [a["acknowledged"] is not None for a in due(hall) if a["kind"] == "out_of_order"] == [True]
    assert [jump(number) for number in numbers[4:7]][-1] == [("5", numbers[6], 6, 1)]
    assert [a["acknowledged"] for a in due(hall) if a["kind"] == "out_of_order"] == [None], "it is worse"
    hall.later(minutes=61)
    assert [a for a in due(hall) if a["kind"] == "out_of_order"] == []


@pytest.mark.parametrize(
    ("quota", "taken", "left"),
    [(20, 15, None), (20, 16, 4), (20, 20, 0), (1, 0, None), (1, 1, 0), (0, 0, None)],
)
def test_a_quota_near_its_end_is_told_by_class(hall, quota, taken, left):
    limits = {"quota": {"regular": quota, "priority": 0}, "quota_total": None, "quota_reserved": {}}
    changed = replace(hall.site.services["skck-baru"], **limits)
    hall.start(services=dict(hall.site.services) | {"skck-baru": changed})
    for _ in range(taken):
        hall.issue("skck-baru")
    found = [a for a in seen(hall)["alarms"] if a["kind"] == "quota"]
    told = [{k: a[k] for k in ("service", "class", "left", "quota")} for a in found]
    assert told == (
        [] if left is None else [{"service": "skck-baru", "class": "regular", "left": left, "quota": quota}]
    )


@pytest.mark.parametrize(("taken", "left"), [(31, None), (32, 8)])
def test_a_total_near_its_end_is_told_of_all_classes_together(hall, taken, left):
    """Forty a day, eight of them kept for priority."""
    for _ in range(taken):
        hall.issue("skck-baru")
    found = [a for a in seen(hall)["alarms"] if a["kind"] == "quota"]
    assert [(a["class"], a["left"], a["quota"]) for a in found] == ([] if left is None else [(None, left, 40)])


def test_the_gravest_alarm_comes_first_whatever_began_earlier(hall):
    unserved(hall)
    hall.later(minutes=1)
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.later(hours=1)
    assert [kind for kind, _, _ in alarms(hall)] == ["over_target", "nobody_open"]


def test_a_counter_says_who_does_what_since_when(hall):
    assert {k: counter(hall, "5")[k] for k in ("state", "open", "officer")} == {
        "state": "closed",
        "open": False,
        "officer": None,
    }
    hall.do(SARI, officer.open_counter, "5")
    assert (counter(hall, "5")["state"], counter(hall, "5")["officer"]) == ("idle", "Sari")
    hall.issue("ktp-cetak"), hall.issue("kk-akta"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    called = counter(hall, "5")
    assert (called["state"], called["number"], called["service"]) == ("called", "J001", "ktp-cetak")
    assert called["waiting"] == 1  # kk-akta is not among its services
    hall.later(minutes=1)
    hall.do(SARI, officer.serve, "5")
    assert datetime.fromisoformat(counter(hall, "5")["since"]) == hall.now


def test_a_service_says_who_waits_how_long_and_who_serves_it(hall):
    first = hall.issue("ktp-cetak")
    hall.later(minutes=4)
    hall.issue("ktp-cetak")
    one = service(hall, "ktp-cetak")
    assert (one["waiting"], one["counters_open"]) == (2, 0)
    assert datetime.fromisoformat(one["first"]) == first.issued_at
    assert one["estimate"] is None
    hall.do(SARI, officer.open_counter, "5"), hall.do(DEDI, officer.open_counter, "6")
    one = service(hall, "ktp-cetak")
    assert one["counters_open"] == 2
    assert one["estimate"]["high_s"] > 0


def test_a_closed_day_has_nothing_left_to_see_to(hall):
    unserved(hall)
    serving_at = hall.now
    hall.do(WATI, day.close_day)
    closed = seen(hall)
    assert (closed["day_closed"], closed["alarms"]) == (True, [])
    assert {c["state"] for c in closed["counters"]} == {"closed"}
    assert hall.now == serving_at
    hall.do(WATI, day.reopen_day)
    assert seen(hall)["day_closed"] is False


def test_it_names_officers_and_no_visitor(hall):
    serving(hall)
    told = str(seen(hall))
    assert "Sari" in told
    assert hall.tickets()[0].id not in told
    assert "token" not in told


def test_a_visitor_who_was_called_long_ago_is_an_alarm(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.later(minutes=4, seconds=59)
    assert alarms(hall) == []
    hall.later(minutes=15, seconds=1)
    assert alarms(hall) == [("stuck_call", "5", 20)]
    hall.do(SARI, officer.serve, "5")
    assert alarms(hall) == []


def test_a_hall_is_limited_to_agencies(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak"), hall.issue("skck-baru")
    whole, some = (hall.read(lambda view, a=a: hall_document(view, a)) for a in (frozenset(), frozenset({"polres"})))
    assert {a["service"] for a in whole["alarms"] if a["kind"] == "nobody_open"} == {"skck-baru"}
    assert {c["id"] for c in some["counters"]} == {c.id for c in hall.site.counters.values() if c.agency == "polres"}
    assert {s["id"] for s in some["services"]} == {s.id for s in hall.site.services.values() if s.agency == "polres"}
    theirs = hall.read(lambda view: hall_document(view, frozenset({"dukcapil"})))["alarms"]
    assert [(a["kind"], a["counter"]) for a in theirs] == [("idle", "5")]


def test_arrivals_stand_beside_those_of_the_same_weekdays_and_within_the_reader_s_agencies(hall):
    for date, hours in (
        ("2026-11-23", (9, 9, 9)),
        ("2026-11-30", (9, 10)),
        ("2026-12-01", (9, 9)),
        ("2026-12-07", (9,)),
    ):
        for hour in hours:
            hall.now = at(f"{date} {hour:02}:30")
            hall.issue("ktp-cetak")
    hall.issue("skck-baru")

    def told(*agencies):
        found = hall.read(lambda view: hall_document(view, frozenset(agencies)))["forecast"]
        return [(one["hour"], one["expected"], one["arrived"]) for one in found]

    assert told() == [(9, 2, 2), (10, 1, 0)], "Tuesday says nothing of a Monday"
    assert told("dukcapil") == [(9, 2, 1), (10, 1, 0)]
    assert told("imigrasi") == []
