"""The public figures: a day's facts from hand-made visits, and a period's figures from its days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.commands import day, officer
from queue_server.domain.errors import QueueError
from queue_server.domain.fold import Event
from queue_server.domain.site import Holiday
from queue_server.reports.measures import today
from queue_server.reports.performance import FORMER, Day, Figures, facts, figures, looked_at, performance, together
from queue_server.reports.performance_cache import read_days
from queue_server.reports.performance_csv import percent, under
from queue_server.store import events
from tests.world.hall import DEDI, MONDAY, SARI, WATI
from tests.world.values import at, service, special
from tests.world.values import hall as small_hall

NINE = at("2026-01-19 09:00")  # a Monday
TODAY = NINE.date()
SITE = small_hall(service("ktp", target_minutes=10), service("foto", target_minutes=None))


def visit(steps, ticket="t", took="ktp"):
    """Events of one ticket from a line like ``"0 issued, 10 called, 12 transferred foto"``: minute, kind, target."""
    for n, step in enumerate(steps.split(",")):
        minute, kind, *to = step.split()
        detail = {"seq": 1, "number": "K001", "class": "regular"} if kind == "issued" else {}
        if kind == "transferred":
            detail = {"to": to[0]}
        if kind == "undone":
            before = {"state": "waiting", "since": NINE.isoformat(), "called_at": None, "finished_at": None}
            detail = {"before": before | {"counter": None, "officer": None, "call_revision": None, "recalls": 0}}
        counter = None if kind in ("issued", "cancelled", "expired") else "1"
        moment = NINE + timedelta(minutes=int(minute))
        officer = "sari" if counter else None
        yield Event("lebak", 1, n + 1, 0, moment, TODAY, kind, ticket, counter, took, officer, detail)


def minutes(found):
    """A day's waits in minutes."""
    return {slot: tuple(s / 60 for s in seconds) for slot, seconds in found.waits.items()}


PLAIN = "0 issued, 10 called, 11 served, 21 finished"


@pytest.mark.parametrize(
    ("life", "served", "waited", "kept"),
    [
        pytest.param(PLAIN, {"ktp": 1}, {("ktp", 9): (10,)}, {"ktp": (1, 1)}, id="plain: ten minutes keep the promise"),
        pytest.param(
            "0 issued, 10 called, 11 served, 22 finished",
            {"ktp": 1},
            {("ktp", 9): (10,)},
            {"ktp": (0, 1)},
            id="too long",
        ),
        pytest.param(
            "0 issued, 10 called, 11 undone, 30 called, 31 served, 32 finished",
            {"ktp": 1},
            {("ktp", 9): (30,)},
            {"ktp": (1, 1)},
            id="a call that was undone did not end the wait",
        ),
        pytest.param(
            "0 issued, 10 called, 11 served, 15 transferred foto, 70 called, 71 served, 99 finished",
            {"foto": 1},
            {("ktp", 9): (10,), ("foto", 9): (55,)},
            {"ktp": (1, 1)},
            id="a transfer: each wait where it was spent; foto promises nothing",
        ),
        pytest.param(
            "0 issued, 10 called, 12 no_show", {}, {("ktp", 9): (10,)}, {}, id="missed: called after ten minutes"
        ),
        pytest.param(
            "0 issued, 10 called, 12 no_show, 20 returned, 60 called",
            {},
            {("ktp", 9): (10, 40)},
            {},
            id="missed and back: waits twice",
        ),
        pytest.param("0 issued, 50 cancelled", {}, {}, {}, id="gave up: nobody called"),
        pytest.param("0 issued, 899 expired", {}, {}, {}, id="left: its midnight is no wait"),
        pytest.param("0 issued", {}, {}, {}, id="still waits"),
        pytest.param("60 issued, 70 called, 71 served", {}, {("ktp", 10): (10,)}, {}, id="by the hour of the arrival"),
        pytest.param(
            "0 issued, 1 called, 2 served, 9 held, 20 called, 21 served, 35 finished",
            {"ktp": 1},
            {("ktp", 9): (1,)},
            {"ktp": (0, 1)},
            id="held: no wait, and the parts of the service together against the promise",
        ),
    ],
)
def test_a_visit_as_facts(life, served, waited, kept):
    found = facts(SITE, TODAY, visit(life))
    assert (dict(found.issued), dict(found.served), minutes(found), dict(found.promises)) == (
        {"ktp": 1},
        served,
        waited,
        kept,
    )


def test_what_the_site_file_no_longer_has_is_still_counted():
    found = facts(SITE, TODAY, visit(PLAIN, took="dulu"))
    assert (dict(found.issued), dict(found.served), dict(found.promises)) == ({FORMER: 1}, {FORMER: 1}, {})
    shown = performance(SITE, "week", [found])
    assert (shown.total.served, shown.services[-1][0], shown.services[-1][1].served) == (1, FORMER, 1)


def test_refusals_are_counted_at_their_service():
    refused = [
        Event("lebak", 1, n, 0, NINE, TODAY, "refused", service=id) for n, id in enumerate(("ktp", "ktp", "foto"))
    ]
    assert dict(facts(SITE, TODAY, refused).refused) == {"ktp": 2, "foto": 1}


def said(kind, minute, **detail):
    """Of an interruption of everything, that minute."""
    at = NINE + timedelta(minutes=minute)
    return Event("lebak", 1, minute, 0, at, TODAY, kind, detail={"interruption": "i", **detail})


@pytest.mark.parametrize(
    ("confirmed", "without"),
    [pytest.param(True, (1, 600), id="a supervisor says so"), pytest.param(False, (0, 0), id="nobody stands for it")],
)
def test_the_promise_is_told_with_and_without_what_an_interruption_took(confirmed, without):
    cause = {"scope": {}, "reason": "power", "issuing": "warn", "confirmed": confirmed}
    began = NINE + timedelta(minutes=5)
    power = [
        said("interruption_begun", 5, since=began.isoformat(), **cause),
        said("interruption_ended", 15, at=(began + timedelta(minutes=10)).isoformat()),
    ]
    happened = [*visit("0 issued, 1 called, 2 served, 20 finished"), *power]  # 18 minutes, 10 are promised
    total = performance(SITE, "week", [facts(SITE, TODAY, happened)]).total
    assert (total.kept, total.promised) == (0, 1)
    assert (total.kept_without, total.left_out_s) == without


def test_who_still_waits_is_counted_by_the_hour():
    happened = [*visit(PLAIN), *visit("5 issued", "u"), *visit("60 issued, 61 called", "v")]
    found = facts(SITE, TODAY, happened)
    assert (found.waiting, performance(SITE, "week", [found]).waiting) == ({9: 1}, 1)


# -- periods


def worked(day, *waits_s, hour=9, id="ktp", **more):
    """A day on which as many were served as waited."""
    return Day(day, {id: len(waits_s)}, {id: len(waits_s)}, waits={(id, hour): waits_s}, **more)


def days_of(count, today=TODAY, **more):
    """Days on which one visitor waited a minute: as many dates as told, weekends too."""
    return [worked(today - timedelta(days=n), 60.0, **more) for n in reversed(range(count))]


def test_a_week_is_the_last_seven_days_with_service():
    shut = {TODAY - timedelta(days=n) for n in (1, 2, 8)}
    days = [Day(d.day) if d.day in shut else d for d in days_of(30)]
    shown = performance(SITE, "week", days)
    assert [(TODAY - d).days for d in shown.days] == [9, 7, 6, 5, 4, 3, 0]
    assert shown.total.served == 7
    assert len(performance(SITE, "month", days).days) == 27


@pytest.mark.parametrize(("period", "first"), [("week", 29), ("month", 29), ("quarter", 89)])
def test_the_dates_that_are_looked_at(period, first):
    dates = looked_at(period, TODAY)
    assert (dates[0], dates[-1]) == (TODAY - timedelta(days=first), TODAY)


def test_days_without_service_say_why_and_weekends_nothing():
    friday, tuesday = TODAY - timedelta(days=3), TODAY + timedelta(days=1)
    site = small_hall(holidays=special(Holiday(TODAY, "Hari Raya")))
    shown = performance(
        site, "month", [worked(friday - timedelta(days=1), 60), Day(friday), Day(TODAY), worked(tuesday, 60)]
    )
    assert [(s.first, s.figures is None, s.holiday) for s in shown.spans] == [
        (friday - timedelta(days=1), False, None),
        (friday, True, None),
        (TODAY, True, "Hari Raya"),
        (tuesday, False, None),
    ]
    assert shown.holidays == ((TODAY, "Hari Raya"),)


def test_a_holiday_on_which_they_came_to_work_is_a_day_of_service():
    site = small_hall(holidays=special(Holiday(TODAY, "Hari Raya")))
    shown = performance(site, "month", days_of(3))
    assert (shown.spans[-1].holiday, shown.spans[-1].figures.served, shown.holidays) == (None, 1, ())


def test_a_holiday_on_a_weekend_closed_nothing():
    sunday = TODAY - timedelta(days=1)
    site = small_hall(holidays=special(Holiday(sunday, "Hari Raya")))
    shown = performance(site, "month", [worked(TODAY - timedelta(days=3), 60), worked(TODAY, 60)])
    assert (len(shown.spans), shown.holidays) == (2, ())


def test_a_quarter_is_told_by_weeks():
    shown = performance(SITE, "quarter", days_of(15))
    assert [(s.first.weekday(), s.last.weekday(), s.figures.served) for s in shown.spans] == [
        (0, 6, 7),
        (0, 6, 7),
        (0, 0, 1),
    ]


def test_a_period_s_median_is_that_of_its_waits_not_of_its_days():
    days = [worked(TODAY - timedelta(days=1), 60, 60, 60, 60), worked(TODAY, 6000)]
    assert (performance(SITE, "week", days).total.median_s, figures(days[:1]).p90_s) == (60, 60)


def test_hours_with_too_few_waits_or_more_to_come_say_nothing():
    days = [worked(TODAY, 60, 60), worked(TODAY - timedelta(days=7), 60, hour=9)]
    assert performance(SITE, "month", days).hours.keys() == {(0, 9)}, "two Mondays together are enough"
    assert not performance(SITE, "month", days[:1]).hours
    assert not performance(SITE, "month", [worked(TODAY, 60, 60, 60, waiting={9: 2})]).hours


def test_services_stand_by_how_many_came():
    shown = performance(SITE, "week", [worked(TODAY, 1, 2, id="foto")])
    assert [(id, f.served) for id, f in shown.services] == [("foto", 2), ("ktp", 0)]


def test_nothing_is_nothing():
    shown = performance(SITE, "quarter", [Day(d) for d in looked_at("quarter", TODAY)])
    assert (shown.days, shown.spans, shown.total) == ((), (), Figures(0, 0, 0, 0, 0, None, None, 0, 0, 0, 0, 0, 0))
    assert shown.total.share is None


@pytest.mark.parametrize(("seconds", "told"), [(None, None), (0, 1), (59, 1), (60, 2), (779, 13), (780, 14)])
def test_less_than_so_many_minutes_is_true(seconds, told):
    assert under(seconds) == told


@pytest.mark.parametrize(("share", "told"), [(None, None), (0, 0), (0.29, 29), (0.999, 99), (1.0, 100)])
def test_what_is_not_all_is_not_100_percent(share, told):
    assert percent(share) == told


# -- from real events, on both stores


@pytest.fixture
def morning(hall):
    """Served, transferred, missed, given up, refused; on a Monday that is over on Tuesday."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    for _ in range(5):
        hall.issue("ktp-cetak")
        hall.later(minutes=2)
    for who, counter, verbs in (
        (SARI, "5", ((officer.serve,), (officer.finish,))),
        (DEDI, "6", ((officer.serve,), (officer.transfer, "kk-akta"))),
        (SARI, "5", ((officer.no_show,),)),
    ):
        hall.do(who, officer.call_next, counter)
        for verb, *more in verbs:
            hall.later(minutes=3)
            hall.do(who, verb, counter, *more)
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.undo, "5")
    with pytest.raises(QueueError):
        hall.issue("pelayanan-ham")
    return hall


def read(hall, *days):
    """As the server reads them."""
    return read_days(hall.reader.url.render_as_string(hide_password=False), hall.site, list(days), hall.perform.sites)


def test_the_figures_are_those_of_the_report(morning):
    (found,) = read(morning, MONDAY.date())
    total, report = figures([found]), morning.read(today)
    assert (total.issued, total.served, total.refused) == (5, 1, 1)
    for id, one in ((None, report["totals"]), *((s["id"], s) for s in report["services"])):
        ours = figures([found], id)
        assert (ours.issued, ours.served, ours.refused) == (one["issued"], one["completed"], one["refused"])
        assert {"n": ours.waits, "median_s": ours.median_s, "p90_s": ours.p90_s}.items() <= one["wait"].items()
        assert ours.share == one["within_target"]


def test_a_day_that_is_over_is_the_replay_of_its_events(morning):
    before = read(morning, MONDAY.date())[0]
    morning.now = at("2026-11-24 08:00")
    morning.issue("ktp-cetak")
    monday, tuesday = read(morning, MONDAY.date(), date(2026, 11, 24))
    assert monday.waits == before.waits, "who was left over at midnight has no wait"
    assert before.waiting and not monday.waiting
    told = [e for e in morning.events() if e.day == MONDAY.date()]
    assert monday == facts(morning.site, MONDAY.date(), told)
    assert sum(tuesday.issued.values()) == 1


def test_a_day_closed_early_is_no_long_wait(morning):
    before = morning.read(today)["totals"]["wait"]
    morning.later(minutes=300)
    morning.do(WATI, day.close_day)
    assert morning.read(today)["totals"]["wait"] == before


def test_a_day_is_found_by_its_index(hall):
    """Not by a walk through every event there ever was."""
    if hall.reader.dialect.name != "sqlite":
        return
    with hall.reader.connect() as conn:
        asked = events._OF_DAYS.compile(conn).string
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("lebak", "2026-11-23", "2026-11-23", 0)).fetchall()
    assert "event_by_day" in plan[0][-1]


# -- for everybody


@pytest.mark.parametrize(
    ("counts", "few"),
    [
        ({"a": 12, "b": 15}, set()),
        ({"a": 12, "b": 9}, {"a", "b"}),
        ({"a": 12, "b": 5, "c": 6}, {"b", "c"}),
        ({"a": 30, "b": 12, "c": 1, "d": 0}, {"b", "c"}),
        ({"a": 3}, {"a"}),
    ],
)
def test_a_service_that_few_came_for_is_told_by_no_difference_either(counts, few):
    assert together(list(counts.items()), 10) == few


def test_of_a_few_no_time_is_told_and_no_promise():
    waits = {("ktp", 9): tuple(60.0 * n for n in range(1, 10))}
    nine = Day(TODAY, {"ktp": 9}, {"ktp": 9}, waits=waits, promises={"ktp": (1, 9)})
    shown = performance(SITE, "month", [nine], 10)
    assert (shown.total.median_s, shown.total.share, shown.spans[0].figures.median_s, shown.hours) == (
        None,
        None,
        None,
        {},
    )
    ten = replace(nine, waits={("ktp", 9): (*waits["ktp", 9], 119.0)}, promises={"ktp": (4, 10)})
    shown = performance(SITE, "month", [ten], 10)
    assert (shown.total.median_s, shown.total.share, list(shown.hours)) == (240, 0.4, [(0, 9)])
