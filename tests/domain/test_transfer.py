"""Until when a transfer may be taken back, who may bring a visitor back, and who could call them there today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server import settings
from queue_server.domain.fold import Event, Ticket
from queue_server.domain.ticket import UNDO_WITHIN, State
from queue_server.domain.transfer import may_be_undone, may_bring_back, reach
from tests.world.values import at

NINE = at("2026-11-23 09:00")
DAY = date(2026, 11, 23)  # a Monday
MADE = Event("lebak", 1, 9, 0, NINE, DAY, "transferred", ticket="t", detail={"to": "kk-akta"})
THERE = Ticket("t", "lebak", DAY, "ktp-cetak", 1, "J001", "kk-akta", "regular", State.WAITING, 3, NINE, NINE)
MOMENT = timedelta(microseconds=1)


@pytest.fixture(scope="module")
def lebak():
    """MPP Lebak as it is shipped."""
    return settings.load(None, environ={}).sites["lebak"]


@pytest.mark.parametrize(
    ("changes", "after", "may"),
    [
        pytest.param({}, timedelta(), True, id="at once"),
        pytest.param({}, UNDO_WITHIN, True, id="at the last moment"),
        pytest.param({}, UNDO_WITHIN + MOMENT, False, id="a moment too late"),
        pytest.param({"state": State.CALLED}, timedelta(), False, id="called there meanwhile"),
        pytest.param({"state": State.CANCELLED}, timedelta(), False, id="given up meanwhile"),
        pytest.param({"since": NINE + MOMENT}, timedelta(seconds=5), False, id="called, and back again since"),
        pytest.param({"service": "ktp-cetak"}, timedelta(), False, id="sent on from there in the same moment"),
        pytest.param({"state": State.HELD, "since": NINE}, timedelta(), False, id="set aside in the same moment"),
    ],
)
def test_a_transfer_is_taken_back_while_the_visitor_still_waits_there(changes, after, may):
    assert may_be_undone(MADE, replace(THERE, **changes), NINE + after) is may


@pytest.mark.parametrize(
    ("sits_at", "sent_from", "may"),
    [
        (["5"], "5", True),  # the counter that sent the visitor
        (["6"], None, True),  # serves the service where the visitor is, or was
        (["2"], "5", False),  # another agency's
        (["2"], "2", True),  # whoever sent them, whatever they serve
        (["gone"], "gone", False),  # a counter that the hall has not got any more
        ([], "5", False),  # no counter open
    ],
)
def test_a_visitor_is_brought_back_by_who_sent_or_would_serve_them(lebak, sits_at, sent_from, may):
    said = may_bring_back(lebak, sits_at, now_at="kk-akta", sent_from=sent_from, was_at="ktp-cetak")
    assert said is may


@pytest.mark.parametrize(
    ("service", "open_counters", "today", "hours_today", "counters_open", "certain"),
    [
        ("ktp-cetak", ["5", "6"], DAY, True, 2, True),
        ("ktp-cetak", ["2"], DAY, True, 0, False),
        ("ktp-cetak", ["5"], date(2026, 11, 22), False, 1, False),  # a Sunday
        ("ktp-cetak", ["5"], None, True, 1, True),  # the clock is not believed: hours keep nobody out
    ],
)
def test_who_could_call_a_visitor_there_today_is_known(
    lebak, service, open_counters, today, hours_today, counters_open, certain
):
    found = reach(lebak, service, open_counters, today)
    assert (found.hours_today, found.counters_open, found.certain) == (hours_today, counters_open, certain)
