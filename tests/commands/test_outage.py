"""An outage's paper is entered, all of it or nothing: who waits joins the line, who was served is counted."""

from dataclasses import replace

import pytest

from queue_server.commands import officer, outage
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.outage import Entry, prefix, prefix_or_none, sheet
from queue_server.domain.ticket import State
from queue_server.queries.ticket import ticket
from queue_server.reports.measures import today
from tests.world.hall import KIOSK, SARI, TUTI, Hall
from tests.world.values import at


def waiting(n: int, came: str, **more) -> Entry:
    """Somebody who came then and still waits."""
    return Entry(f"PJ{n:03d}", "ktp-cetak", more.pop("class_", "regular"), more.pop("people", 1), day_at(came), **more)


def over(n: int, *times: str, **more) -> Entry:
    """Somebody who was served at counter 5."""
    called, served, finished = map(day_at, times[1:])
    return waiting(n, times[0], called_at=called, served_at=served, finished_at=finished, counter="5", **more)


def day_at(time: str):
    """A time of the day on which the hall is open."""
    return at(f"2026-11-23 {time}")


@pytest.fixture
def dark(hall: Hall) -> Hall:
    """Power was away from nine; it is eleven now. One took a number before."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.now = day_at("11:00")
    return hall


def test_the_sheet_s_numbers_read_as_no_other_service_s(hall):
    assert sheet(hall.site, "ktp-cetak", 2) == ["PJ001", "PJ002"]
    taken = {service.prefix for service in hall.site.services.values()}
    found = [prefix(hall.site, id) for id in hall.site.services]
    assert not taken & set(found) and len(set(found)) == len(found)


def test_a_sheet_s_prefix_can_be_declared_and_nobody_else_s_paper_takes_it(hall):
    services = dict(hall.site.services)
    other = replace(services["ktp-perekaman"], outage_prefix="PJ")
    assert prefix(replace(hall.site, services=services | {"ktp-perekaman": other}), "ktp-perekaman") == "PJ"
    assert prefix(replace(hall.site, services=services | {"ktp-perekaman": other}), "ktp-cetak") == "VJ"


def test_a_service_that_has_no_sheet_is_told_so_line_by_line(make_hall, hall):
    """P, V and Z before its prefix are all other services' own."""
    services = dict(hall.site.services)
    for letter, id in zip("PVZ", ("paspor-informasi", "skck-baru", "ak1"), strict=True):
        services[id] = replace(services[id], outage_prefix=f"{letter}J")
    dark = make_hall(services=services)
    assert prefix_or_none(dark.site, "ktp-cetak") is None
    with dark.refuses(Code.INVALID, problems=[{"key": "entries.0.number", "reason": "not_of_the_sheet"}]):
        dark.do(TUTI, outage.enter, [waiting(1, "08:50")])


def test_who_still_waits_joins_the_line_in_the_order_of_the_paper(dark):
    dark.do(TUTI, outage.enter, [waiting(2, "09:40", people=3), waiting(1, "09:20")])
    line = [t for t in dark.tickets() if t.state is State.WAITING]
    in_order = [t.number for t in sorted(line, key=lambda t: t.arrival)]
    assert in_order == ["J001", "PJ001", "PJ002"]
    assert len({t.arrival for t in line}) == 3, "each joins under a revision of its own"
    second = next(t for t in line if t.number == "PJ002")
    assert (second.issued_at, second.people, second.seq) == (day_at("09:40"), 3, -2)
    assert dark.read(lambda view: ticket(view, second))["ahead"] == 2
    assert dark.issue("ktp-cetak").number == "J002", "the day's own series goes on without gap"
    for expected in in_order:
        dark.do(SARI, officer.call_next, "5")
        assert dark.at_hand("5") == expected
        dark.do(SARI, officer.no_show, "5")


def test_who_was_served_is_counted_with_the_times_of_the_paper(dark):
    dark.do(TUTI, outage.enter, [over(1, "09:10", "09:30", "09:32", "09:40", people=2)])
    (event,) = dark.events("outage_entered")
    assert event.at == day_at("11:00") and event.counter == "5"
    report = dark.read(today)
    assert (report["totals"]["completed"], report["totals"]["people"], report["totals"]["issued"]) == (1, 2, 2)
    assert report["totals"]["wait"]["sum_s"] == 20 * 60
    assert (report["totals"]["walk"]["sum_s"], report["totals"]["service"]["sum_s"]) == (120, 480)
    assert dark.counter("5").ticket is None and dark.counter("5").wheel == 0, "no counter and no wheel is touched"


@pytest.mark.parametrize(
    ("entry", "key", "reason"),
    [
        (Entry("PJ001", "nothing", "regular", 1, day_at("09:10")), "service", "unknown_service"),
        (waiting(1, "09:10", class_="booked"), "class", "class_not_offered"),
        (waiting(1, "09:10", people=21), "people", "group_too_large"),
        (Entry("J001", "ktp-cetak", "regular", 1, day_at("09:10")), "number", "not_of_the_sheet"),
        (Entry("PJ001", "ktp-cetak", "regular", 1, at("2026-11-22 09:00")), "issued_at", "not_of_the_day"),
        (waiting(1, "11:01"), "issued_at", "not_yet_past"),
        (over(1, "09:30", "09:20", "09:32", "09:40"), "issued_at", "times_out_of_order"),
        (waiting(1, "09:10", called_at=day_at("09:20")), "finished_at", "half_told"),
        (replace(over(1, "09:10", "09:20", "09:32", "09:40"), counter="99"), "counter", "unknown_counter"),
        (replace(over(1, "09:10", "09:20", "09:32", "09:40"), counter="10"), "counter", "unknown_counter"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_faulty_line_enters_nothing(dark, entry, key, reason):
    before = dark.marks()
    with pytest.raises(QueueError) as refused:
        dark.do(TUTI, outage.enter, [waiting(7, "09:05"), entry])
    assert refused.value.code is Code.INVALID
    assert {"key": f"entries.1.{key}", "reason": reason} in refused.value.details["problems"]
    assert dark.marks() == before


def test_no_number_is_entered_twice(dark):
    dark.do(TUTI, outage.enter, [waiting(1, "09:20")])
    with dark.refuses(Code.INVALID):
        dark.do(TUTI, outage.enter, [waiting(2, "09:25"), waiting(1, "09:30")])
    with dark.refuses(Code.INVALID):
        dark.do(TUTI, outage.enter, [waiting(3, "09:25"), waiting(3, "09:30")])
    with dark.refuses(Code.FORBIDDEN):
        dark.do(KIOSK, outage.enter, [waiting(4, "09:25")])


def test_a_quota_is_taken_and_refuses_nobody(dark):
    dark.do(TUTI, outage.enter, [waiting(1, "09:20", people=4), over(2, "09:10", "09:30", "09:32", "09:40")])
    used = {class_: n for (of, _, class_), n in dark.rows().quotas.items() if of == "ktp-cetak"}
    assert used == {"regular": 6}
