"""I-13: the service day opens by an event, closes by the contract's table, and never goes back by the clock alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.commands import day, officer, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.ticket import State
from queue_server.queries.site import site_info
from queue_server.store import schema
from tests.world.hall import ASEP, DEDI, MONDAY, RATNA, SARI, SITE, WATI
from tests.world.values import at

TUESDAY = at("2026-11-24 00:00")


@pytest.fixture
def busy(hall):
    """One ticket in each open state, and three counters open."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    hall.do(ASEP, officer.open_counter, "10")
    hall.issue("ktp-perekaman"), hall.issue("ktp-perekaman"), hall.issue("ktp-perekaman")
    hall.issue("skck-baru")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.hold, "5")
    hall.do(SARI, officer.call_next, "5")
    hall.do(ASEP, officer.call_next, "10")
    hall.do(ASEP, officer.serve, "10")
    return hall


CLOSED_BY_THE_TABLE = {
    "R001": (State.EXPIRED, None),  # was held
    "R002": (State.NO_SHOW, None),  # was called
    "R003": (State.EXPIRED, None),  # was waiting
    "A001": (State.COMPLETED, "day_closed"),  # was being served
}


def endings(hall):
    """How the tickets stand."""
    return {t.number: (t.state, t.outcome) for t in hall.tickets()}


def nobody_sits(hall):
    """Whether every counter is closed and free."""
    return all(c.officer is None and c.ticket is None for c in hall.counters().values())


def test_at_local_midnight_the_old_day_closes_by_the_table_and_the_new_one_opens(busy):
    busy.now = TUESDAY - timedelta(microseconds=1)
    with busy.changes_nothing():
        busy.do(WATI, lambda tx: None)
    busy.now = TUESDAY
    before = busy.revision
    busy.do(WATI, lambda tx: None)  # what the timer does: any command, even one that does nothing
    assert endings(busy) == CLOSED_BY_THE_TABLE
    assert nobody_sits(busy)
    assert (busy.row().day, busy.row().day_closed, busy.revision) == (date(2026, 11, 24), False, before + 1)
    assert busy.last(2) == ["day_closed", "day_opened"]
    closing = [e for e in busy.events() if e.revision == before + 1]
    assert {e.day for e in closing[:-1]} == {date(2026, 11, 23)}, "what closes the old day belongs to it"
    assert closing[-1].day == date(2026, 11, 24)


def test_numbers_restart_at_1_because_the_day_is_part_of_their_key(busy):
    busy.now = at("2026-11-24 09:00")
    ticket = busy.issue("ktp-perekaman")
    assert (ticket.number, ticket.day) == ("R001", date(2026, 11, 24))
    assert [t.number for t in busy.tickets()].count("R001") == 2, "history stays"


def test_the_first_command_of_a_new_date_opens_it_at_the_latest(busy):
    busy.now = at("2026-11-24 09:00")
    before = busy.revision
    busy.issue("ktp-cetak")
    assert busy.revision == before + 2, "the day's turn is a command of its own"
    assert [tx.revision for tx in busy.told[-2:]] == [before + 1, before + 2]


def test_a_refused_first_command_still_opens_the_day(busy):
    busy.now = at("2026-11-24 09:00")
    with pytest.raises(QueueError):
        busy.do(SARI, officer.call_next, "5")  # closed at midnight
    assert busy.row().day == date(2026, 11, 24)
    assert busy.last() == ["day_opened"]


def test_a_supervisor_closes_the_day_and_reopens_it_and_its_series_go_on(busy):
    busy.do(WATI, day.close_day)
    assert endings(busy) == CLOSED_BY_THE_TABLE
    assert nobody_sits(busy)
    with busy.changes_nothing():
        busy.do(WATI, day.close_day)
    with pytest.raises(QueueError) as refused:
        busy.issue("ktp-perekaman")
    assert refused.value.details["reason"] == "day_closed"
    busy.do(WATI, day.reopen_day)
    with busy.changes_nothing():
        busy.do(WATI, day.reopen_day)
    assert busy.issue("ktp-perekaman").number == "R004"


def test_a_day_that_a_supervisor_closed_opens_anew_with_the_next_date(busy):
    busy.do(WATI, day.close_day)
    busy.now = at("2026-11-24 09:00")
    assert busy.issue("ktp-perekaman").number == "R001"
    assert len(busy.events("day_closed")) == 1


def test_whoever_worked_on_after_the_supervisor_closed_is_sent_home_at_midnight(busy):
    """A missed visitor of a closed day may still be called; at midnight that counter closes too."""
    busy.do(WATI, day.close_day)
    busy.do(SARI, officer.open_counter, "5")
    busy.do(SARI, officer.call, "5", "R002", "datang terlambat")
    busy.do(SARI, officer.hold, "5")
    busy.now = TUESDAY
    busy.do(WATI, lambda tx: None)
    assert endings(busy)["R002"] == (State.EXPIRED, None)
    assert nobody_sits(busy)


@pytest.mark.parametrize("who", [SARI, replace(WATI, sites=frozenset({"pandeglang"}))], ids=["officer", "other mall"])
@pytest.mark.parametrize(
    "command",
    [day.close_day, day.reopen_day, lambda tx: day.confirm_day(tx, date(2026, 11, 23))],
    ids=["close", "reopen", "confirm"],
)
def test_only_the_site_s_supervisor_decides_about_the_day(hall, who, command):
    with hall.refuses(Code.FORBIDDEN):
        hall.do(who, command)


# -- a clock that is not believed

SUSPECT = [
    pytest.param(MONDAY - timedelta(seconds=1), id="before the last event"),
    pytest.param(at("1970-01-01 07:00"), id="a dead battery"),
    pytest.param(MONDAY + timedelta(days=31, seconds=1), id="over 31 days after it"),
    pytest.param(at("2038-01-01 09:00"), id="a far future"),
]


@pytest.mark.parametrize("now", SUSPECT)
def test_a_clock_that_is_not_believed_opens_nothing_and_flags_what_happens(hall, now):
    hall.do(SARI, officer.open_counter, "5")
    first = hall.issue("ktp-cetak")
    trusted = hall.row().last_at
    hall.now = now
    hall.do(WATI, lambda tx: None)
    hall.do(SARI, officer.call_next, "5")
    assert (hall.row().day, hall.row().last_at) == (date(2026, 11, 23), trusted)
    assert (hall.events()[-1].clock_suspect, hall.events()[-1].day) == (True, date(2026, 11, 23))
    assert hall.ticket(first).state is State.CALLED
    assert not hall.events("issued")[0].clock_suspect


@pytest.mark.parametrize("now", [at("1970-01-01 07:00"), at("2099-12-26 23:00")], ids=["1970", "2099"])
def test_hours_that_a_false_clock_shows_send_nobody_home(hall, now):
    """A holiday of 1970, a night of 2099: numbers go on in the open day until a person ends it."""
    hall.issue("ktp-cetak")
    hall.now = now
    services = hall.read(site_info)["services"]
    assert {(s["open"], s["reason"]) for s in services} == {(True, None)}
    assert hall.issue("ktp-cetak").number == "J002"
    assert hall.events()[-1].clock_suspect
    hall.do(WATI, day.close_day)
    with pytest.raises(QueueError) as refused:
        hall.issue("ktp-cetak")
    assert refused.value.details["reason"] == "day_closed"
    assert "opens_at" not in refused.value.details, "when that is, a false clock cannot say"


def test_a_clock_that_is_believed_decides_by_the_hours(hall):
    """The control: the same hours, and nobody doubts them."""
    hall.issue("ktp-cetak")
    hall.now = at("2026-11-23 23:00")
    with pytest.raises(QueueError) as refused:
        hall.issue("ktp-cetak")
    assert refused.value.details["reason"] == "closed"


def test_31_days_are_believed(hall):
    hall.now = MONDAY + timedelta(days=31)
    hall.do(WATI, lambda tx: None)
    assert hall.row().day == date(2026, 12, 24)


def test_once_the_clock_is_right_again_everything_is_as_before(hall):
    hall.now = at("1970-01-01 07:00")
    hall.do(SARI, officer.open_counter, "5")
    hall.now = at("2026-11-24 09:00")
    assert hall.issue("ktp-cetak").day == date(2026, 11, 24)
    assert not hall.events()[-1].clock_suspect


def test_a_supervisor_s_word_makes_a_late_clock_believed(hall):
    hall.issue("ktp-cetak")
    hall.now = at("2027-02-01 09:00")
    with hall.refuses(Code.INVALID, field="day", clock="2027-02-01"):
        hall.do(WATI, day.confirm_day, date(2026, 11, 24))
    hall.do(WATI, day.confirm_day, date(2027, 2, 1))
    assert hall.row().day == date(2027, 2, 1)
    assert [t.state for t in hall.tickets()] == [State.EXPIRED]
    assert hall.last(2) == ["day_opened", "day_confirmed"]
    assert hall.issue("ktp-cetak").number == "J001"
    assert not hall.events()[-1].clock_suspect


@pytest.fixture
def never_opened(hall):
    """A hall that an old release declared and never opened, on a PC whose clock stands a year ahead."""
    with hall.writer.begin() as conn:
        conn.execute(schema.site.update().where(schema.site.c.id == SITE).values(day=None))
    hall.now += timedelta(days=365)
    return hall


def test_a_hall_that_never_had_a_day_gives_numbers_once_a_supervisor_says_so(never_opened):
    hall = never_opened
    assert hall.do(WATI, lambda tx: tx.day) is None, "the clock is not believed"
    hall.do(WATI, day.open_numbers, "hari pertama")
    assert hall.last(2) == ["day_opened", "numbers_opened"]
    assert hall.issue("ktp-cetak").number == "J001"


def test_a_hall_that_never_had_a_day_is_declared_anew_without_one(never_opened):
    hall = never_opened
    services = dict(hall.site.services)
    services["ktp-cetak"] = replace(services["ktp-cetak"], prefix="XY")
    hall.start(services=services)
    assert hall.row().day is None and "series" not in hall.events("configured")[-1].detail


def test_a_supervisor_may_confirm_the_day_that_is_open(hall):
    hall.issue("ktp-cetak")
    hall.do(WATI, day.confirm_day, MONDAY.date())
    assert hall.last(1) == ["day_confirmed"]
    assert hall.issue("ktp-cetak").number == "J002"


def test_opening_a_day_when_none_is_due_does_nothing(hall):
    hall.issue("ktp-cetak")
    with hall.changes_nothing():
        hall.do(WATI, day.open_day)


def test_a_supervisor_corrects_a_false_future_day(hall):
    hall.now = at("2026-12-10 09:00")  # set wrong, but within 31 days: believed
    hall.issue("ktp-cetak")
    assert hall.row().day == date(2026, 12, 10)
    hall.now = at("2026-11-23 09:30")  # put right
    hall.issue("ktp-cetak")
    assert hall.events()[-1].clock_suspect
    hall.do(WATI, day.confirm_day, date(2026, 11, 23))
    assert hall.row().day == date(2026, 11, 23)
    hall.issue("ktp-cetak")
    assert not hall.events()[-1].clock_suspect


def test_a_corrected_day_goes_on_with_its_own_series(hall):
    """I-1: the day that was open before the clock went wrong had numbers already."""
    hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    hall.now = at("2026-12-10 09:00")
    hall.issue("ktp-cetak")
    hall.now = at("2026-11-23 09:30")
    hall.do(WATI, day.confirm_day, date(2026, 11, 23))
    assert hall.issue("ktp-cetak").number == "J003"


def test_a_visitor_cancels_after_midnight_only_what_has_not_expired(hall):
    ticket = hall.issue("ktp-cetak")
    hall.now = TUESDAY
    with pytest.raises(QueueError) as refused:
        hall.do(RATNA, visitor.cancel_own, ticket.id)
    assert refused.value.code is Code.ILLEGAL_TRANSITION
    assert hall.ticket(ticket).state is State.EXPIRED
