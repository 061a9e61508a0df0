"""Today's figures: every one from events, each interval credited where it was spent."""

from datetime import timedelta
from itertools import groupby
from statistics import median

import pytest

from queue_server.commands import officer, outage
from queue_server.domain.errors import QueueError
from queue_server.domain.outage import Entry, sheet
from queue_server.domain.times import intervals
from queue_server.reports.measures import spread, today, within_target
from tests.world.hall import DEDI, SARI, TUTI, WATI


@pytest.fixture
def worked(hall):
    """A morning at counters 5 and 6."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    for n in range(6):
        hall.issue("ktp-cetak", "priority" if n % 3 == 0 else "regular")
        hall.later(seconds=40)
    for who, counter, minutes in ((SARI, "5", 3), (DEDI, "6", 4), (SARI, "5", 9)):
        hall.do(who, officer.call_next, counter)
        hall.later(seconds=20)
        hall.do(who, officer.serve, counter)
        hall.later(minutes=minutes)
        hall.do(who, officer.finish, counter)
    hall.do(SARI, officer.call_next, "5")
    hall.later(seconds=90)
    hall.do(SARI, officer.no_show, "5")
    hall.do(DEDI, officer.call_next, "6")
    hall.do(DEDI, officer.transfer, "6", "kk-akta", confirm=True)
    return hall


def test_counts_follow_the_tickets(worked):
    report = worked.read(today)
    card = next(s for s in report["services"] if s["id"] == "ktp-cetak")
    family = next(s for s in report["services"] if s["id"] == "kk-akta")
    assert (card["issued"], card["completed"], card["no_show"], card["waiting"]) == (6, 3, 1, 1)
    assert (family["issued"], family["waiting"]) == (0, 1), "issued where its number is from, counted where it stands"
    totals = report["totals"]
    assert totals["issued"] == 6 == sum(totals[s] for s in ("completed", "no_show", "waiting"))


def test_what_was_issued_is_told_by_class_too(worked):
    report = worked.read(today)
    told = {s["id"]: s["issued_by_class"] for s in report["services"] if s["issued"]}
    assert told == {"ktp-cetak": {"priority": 2, "regular": 4}}
    assert report["totals"]["issued_by_class"] == {"priority": 2, "regular": 4}
    for row in (*report["services"], report["totals"]):
        assert sum(row["issued_by_class"].values()) == row["issued"]


def test_service_times_are_credited_to_their_counter(worked):
    at = {c["id"]: c for c in worked.read(today)["counters"]}
    assert at["5"]["service"] == {"n": 2, "sum_s": 720, "median_s": 360, "p90_s": 504, "median_min": 7, "p90_min": 9}
    assert (at["6"]["service"]["sum_s"], at["6"]["served"]) == (240, 1)
    assert at["5"]["within_target"] == 0.5, "three minutes kept the promise of five, nine did not"
    assert at["1"]["within_target"] is None


def test_refusals_are_counted_as_demand(worked):
    for _ in range(2):
        with pytest.raises(QueueError):
            worked.issue("pelayanan-ham")
    report = worked.read(today)
    assert next(s for s in report["services"] if s["id"] == "pelayanan-ham")["refused"] == 2
    assert report["totals"]["refused"] == 2


def test_figures_equal_a_recomputation_by_hand(worked):
    """I-10"""
    stays = []
    told = sorted((e for e in worked.events() if e.ticket), key=lambda e: e.ticket)
    for _, own in groupby(told, key=lambda e: e.ticket):
        stays += intervals(sorted(own, key=lambda e: (e.revision, e.n)))
    totals = worked.read(today)["totals"]
    for kind in ("wait", "walk", "service"):
        spent = [s.seconds() for s in stays if s.kind == kind and s.end is not None]
        assert totals[kind]["n"] == len(spent)
        assert totals[kind]["sum_s"] == round(sum(spent))
        assert totals[kind]["median_s"] == round(median(spent))


def test_an_agency_sees_its_own_figures_only(worked):
    report = worked.read(lambda view: today(view, frozenset({"imigrasi"})))
    assert {s["agency"] for s in report["services"]} == {c["agency"] for c in report["counters"]} == {"imigrasi"}
    assert report["totals"]["issued"] == 0


def test_an_empty_day_has_no_medians(hall):
    totals = hall.read(today)["totals"]
    assert totals["wait"] == {"n": 0, "sum_s": 0, "median_s": None, "p90_s": None, "median_min": None, "p90_min": None}
    assert totals["within_target"] is None


def test_no_person_stands_in_a_report(worked):
    text = str(worked.read(today))
    assert not any(who.name in text for who in (SARI, DEDI, WATI))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7], {"n": 1, "sum_s": 7, "median_s": 7, "p90_s": 7, "median_min": 1, "p90_min": 1}),
        ([1, 2, 3, 4], {"n": 4, "sum_s": 10, "median_s": 2, "p90_s": 4, "median_min": 1, "p90_min": 1}),
        (range(1, 12), {"n": 11, "sum_s": 66, "median_s": 6, "p90_s": 10, "median_min": 1, "p90_min": 1}),
    ],
)
def test_a_spread(values, expected):
    assert spread(values) == expected


def test_nothing_served_is_no_share(hall):
    assert within_target(hall.site, []) is None


def test_what_a_counter_served_on_paper_counts_there(hall):
    hall.issue("ktp-cetak")
    times = [hall.now - timedelta(minutes=m) for m in (40, 30, 28, 20)]
    hall.do(TUTI, outage.enter, [Entry(sheet(hall.site, "ktp-cetak", 1)[0], "ktp-cetak", "regular", 1, *times, "5")])
    assert {c["id"]: c["served"] for c in hall.read(today)["counters"] if c["served"]} == {"5": 1}
