"""Every figure of a period is what a plain reckoning from the rows of events says, whatever the days held."""

from datetime import date

import pytest

from queue_server.commands import carrying, interrupting, officer, taking_over
from queue_server.reports import behind, period_report, sheets
from queue_server.reports.calendar import Period, month_of
from queue_server.reports.days_recorded import DaysRecorded
from queue_server.reports.period import figures
from queue_server.reports.sheet import packed, unpacked
from queue_server.reports.span import Wanted, joined_sheets
from tests.reports.reckoned import Facts
from tests.reports.seeded import YANI, LivedIn, live
from tests.world.hall import SARI, SITE, WATI
from tests.world.halls import copied, leave, prepare
from tests.world.values import at

DAYS = ("2026-11-23", "2026-11-24", "2026-11-26", "2026-11-30")
BY = {"day": "day", "weekday": "weekday", "hour": "hour", "agency": "agency", "service": "service"}
BY |= {"counter": "counter", "class": "class", "segment": "segment", "outcome": "outcome", "officer": "officer"}
BY |= {"week": "week", "month": "month", "paper": "paper"}


@pytest.fixture(scope="module", params=[20261130])
def lived(request, tmp_path_factory):
    """Four days of a hall, by chance; (hall, what a plain reckoning finds)."""
    yield from lived_by(request.param, tmp_path_factory)


@pytest.fixture(params=range(60))
def by_night(request, tmp_path_factory):
    """The same of many others, and longer; at both malls."""
    yield from lived_by(request.param, tmp_path_factory, 250, ("lebak", "pandeglang")[request.param % 2])


def lived_by(seed, tmp_path_factory, steps=110, site=SITE):
    folder = tmp_path_factory.mktemp("period")
    prepared = prepare(tmp_path_factory, site=site)
    hall = LivedIn(folder / "data", copied(prepared, folder / "data"), id=site)
    live(hall, seed, DAYS, steps)
    hall.check_replay()
    days = found(hall)
    yield hall, Facts(hall, {day.isoformat(): days.site(day) for day in (s.days[0] for s in read(hall))})
    leave(hall, None)


def found(hall):
    """What a snapshot tells of the hall's days."""
    return DaysRecorded(hall.reader.connect(), hall.perform.sites, hall.site)


def read(hall, first="2026-11-01", last="2026-11-30"):
    """The sheets of a period."""
    period = (date.fromisoformat(first), date.fromisoformat(last))
    return hall.read(lambda view: sheets.of_period(view.conn, view.declared, hall.perform.sites, *period))


def _kept(one):
    """A sheet as it comes from the table, its bookings read anew."""
    again = unpacked(packed(one))
    again.tables["booking"] = one.tables["booking"]
    return again


@pytest.mark.night
def test_every_figure_of_any_days_is_what_the_rows_of_events_say(by_night):
    test_every_figure_is_what_the_rows_of_events_say(by_night)


def test_every_figure_is_what_the_rows_of_events_say(lived):
    hall, facts = lived
    whole = joined_sheets([_kept(one) for one in read(hall)])
    [total] = figures(whole, Wanted())
    reckoned = facts.figures()
    assert {n: (v, reckoned[n]) for n, v in total.figures.items() if v != reckoned[n]} == {}
    assert total.figures.keys() == reckoned.keys()
    for by, name in BY.items():
        lines = figures(whole, Wanted(), by)
        assert len(lines) > (by == "segment"), by
        for line in lines:
            key = line.key.isoformat() if isinstance(line.key, date) else line.key
            wanted = facts.figures(**{name: key})
            wrong = {n: (v, wanted[n]) for n, v in line.figures.items() if v != wanted[n]}
            assert (by, key, wrong) == (by, key, {})


def test_the_days_held_all_that_spoils_figures(lived):
    """Any rule would reckon rightly a thing that never happened."""
    hall, facts = lived
    assert [name for name, value in facts.figures().items() if not value] == []
    kinds = {event.kind for event in hall.events()}
    wanted = "undone transferred taken_over held no_show returned recalled reclassed regrouped outage_entered restored"
    wanted += " break_begun break_ended interruption_confirmed interruption_rejected cancelled structure_saved"
    assert {*wanted.split()} - kinds == set()
    assert any(event.clock_suspect for event in hall.events())


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        ({"agency": "dukcapil"}, Wanted(agency="dukcapil")),
        ({"agency": "dukcapil"}, Wanted(agencies=frozenset({"dukcapil"}))),
        ({"service": "ktp-cetak", "class": "priority"}, Wanted(service="ktp-cetak", class_="priority")),
        ({"counter": "5", "weekday": 0}, Wanted(counter="5", weekday=0)),
        ({"hour": 9}, Wanted(hour=9)),
        ({"outcome": "no_show", "agency": "dukcapil"}, Wanted(outcome="no_show", agency="dukcapil")),
        ({"segment": "citizen", "hour": 9}, Wanted(segment="citizen", hour=9)),
        ({"officer": "sari"}, Wanted(officer="sari")),
        ({"officer": "sari", "counter": "5"}, Wanted(officer="sari", counter="5")),
    ],
)
def test_filters_leave_exactly_what_they_say(lived, limits, wanted):
    hall, facts = lived
    whole = joined_sheets(read(hall))
    [total] = figures(whole, wanted)
    assert total.figures == facts.figures(**limits)
    for line in figures(whole, wanted, "day"):
        assert line.figures == facts.figures(**limits, day=line.key.isoformat())


def test_a_report_has_the_names_agencies_and_promises_of_its_days(lived):
    """The second day opened with another name, promise and agency than the first."""
    hall, _ = lived
    for first, last, name, agency in (
        ("2026-11-23", "2026-11-23", "Cetak KTP-el", "polres"),
        ("2026-11-24", "2026-11-30", "Cetak kartu", "dukcapil"),
    ):
        whole = joined_sheets(read(hall, first, last))
        assert period_report.names_of(whole, "service")["ktp-cetak"]["id"] == name
        assert {one["agency"] for one in whole.dims.services if one["id"] == "skck-baru"} == {agency}
    both = joined_sheets(read(hall))
    assert len([one for one in both.dims.services if one["id"] == "skck-baru"]) == 2, "each day's own"
    assert len([line for line in figures(both, Wanted(), "service") if line.key == "skck-baru"]) == 1


def test_the_numbers_behind_a_figure_are_as_many_as_it_says(lived):
    hall, _ = lived
    whole = joined_sheets(read(hall))
    [total] = figures(whole, Wanted())
    for measure in ("issued", "called", "begun", "served", "no_show", "given_up", "papers", "waits", "missing"):
        of, _ = behind.behind(whole, Wanted(), measure)
        assert (measure, len(of)) == (measure, total.figures[measure])
        assert len(behind.described(whole, of, None)) == len(of)
    of, seconds = behind.behind(whole, Wanted(), "hold_s")
    assert round(sum(seconds)) == total.figures["hold_s"]
    broken, _ = behind.behind(whole, Wanted(), "service_in_promise")
    promised = len(broken) / (1 - total.figures["service_in_promise"])
    assert promised == pytest.approx(round(promised))
    found = period_report.numbers(SITE, Wanted(), month_of(date(2026, 11, 1)), joined_sheets(read(hall)), "waits", 1)
    assert [one["seconds"] for one in found["tickets"]] == sorted(one["seconds"] for one in found["tickets"])[::-1]


def test_the_waits_by_five_minutes_are_all_waits(lived):
    hall, facts = lived
    found = period_report.waits(SITE, Wanted(), month_of(date(2026, 11, 1)), joined_sheets(read(hall)))
    assert sum(one["n"] for one in found["bins"]) == found["waits"] == facts.figures()["waits"]
    assert found["bins"][0]["n"] == sum(s["kind"] == "wait" and s["seconds"] < 300 for s in facts.spells)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-31")),
        (("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31")),
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        (("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-22")),
        (("2026-03-01", "2026-03-30"), ("2026-01-30", "2026-02-28")),
    ],
)
def test_the_period_before_is_as_many_whole_months_or_days(period, before):
    asked, expected = (Period(*map(date.fromisoformat, one)) for one in (period, before))
    assert asked.before() == expected


def test_numbers_that_were_carried_over_are_counted_by_themselves(hall):
    for _ in range(3):
        hall.issue("ktp-cetak")
    hall.do(WATI, interrupting.begin, {}, "power")
    hall.do(WATI, carrying.carry_over, "Listrik padam")
    whole = joined_sheets(read(hall))
    [total] = figures(whole, Wanted())
    told = {name: total.figures[name] for name in ("issued", "carried", "given_up", "papers", "served")}
    assert told == {"issued": 3, "carried": 3, "given_up": 0, "papers": 0, "served": 0}
    assert len(behind.behind(whole, Wanted(), "carried")[0]) == 3


def test_what_a_supervisor_confirms_on_a_later_day_corrects_the_figures_of_its_own(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    one = hall.do(SARI, interrupting.begin, {"counter": "5"}, "equipment")
    hall.later(minutes=7)
    hall.do(SARI, interrupting.end, one.id)
    hall.do(SARI, officer.finish, "5")
    hall.now = at("2026-11-24 08:10")
    hall.issue("ktp-cetak")

    def told():
        sheets_of = read(hall, "2026-11-23", "2026-11-23")
        return figures(joined_sheets(sheets_of), Wanted())[0].figures["left_out_s"], sheets_of[0].dims.corrected

    assert told() == (0, [])
    hall.do(WATI, interrupting.confirm, one.id)
    left_out, [corrected] = told()
    assert (left_out, corrected["why"], corrected["day"]) == (420, "interruption", "2026-11-23")


def test_whoever_handed_a_visitor_over_has_their_part_while_the_next_officer_goes_on(hall):
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.open_counter, "5")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.later(minutes=10)
    hall.do(YANI, taking_over.take_over, "5", "ganti")
    hall.later(minutes=2)
    spent = {line.key: line.figures["service_s"] for line in figures(joined_sheets(read(hall)), Wanted(), "officer")}
    assert spent == {"sari": 600, "yani": 0}
    hall.do(YANI, officer.finish, "5")
    spent = {line.key: line.figures["service_s"] for line in figures(joined_sheets(read(hall)), Wanted(), "officer")}
    assert spent == {"sari": 600, "yani": 120}
