"""A break: the counter stays its officer's and calls nobody; asked once more where it would leave people alone."""

from datetime import datetime, time

import pytest

from queue_server.commands import officer, reclassing, resting, transferring
from queue_server.domain.errors import Code
from queue_server.domain.ticket import State
from queue_server.queries.alarms import alarms_now
from queue_server.queries.board import board
from queue_server.queries.desk import desk
from queue_server.queries.hall import hall as supervisors
from queue_server.queries.ticket import ticket as phone
from queue_server.queries.waits import queue
from tests.commands.steps import called
from tests.world.hall import DEDI, SARI, WATI
from tests.world.values import at

NOON = at("2026-11-23 12:00")


def rest(hall, who=SARI, counter="5", reason="meal", until=time(12, 30), **how):
    """Somebody takes a break."""
    hall.do(who, resting.begin, counter, reason, until, **({"confirm": True} | how))


@pytest.fixture
def noon(open_hall):
    """Sari at counter 5 and Dedi at 6, at noon."""
    open_hall.now = NOON
    return open_hall


@pytest.fixture
def resting_hall(noon):
    """Sari rests until half past twelve."""
    rest(noon)
    return noon


def shown(hall, counter="5"):
    """What the board says of a counter."""
    return next(one for one in hall.read(board)["counters"] if one["id"] == counter)


def due(hall, counter="5"):
    """The kinds of alarms of a counter that are due."""
    found = hall.read(lambda view: alarms_now(view, frozenset(), {}))
    return [one["kind"] for one in found if one["counter"] == counter]


def test_a_break_is_told_to_everybody_with_its_end_and_to_staff_with_its_reason(resting_hall):
    hall = resting_hall
    until = at("2026-11-23 12:30").isoformat()
    one = shown(hall)
    assert (one["open"], one["state"], one["number"]) == (True, "break", None)
    assert same(one["until"], until)
    told = hall.read(lambda view: desk(view, "5"))["break"]
    assert (told["reason"], same(told["until"], until), same(told["since"], NOON.isoformat())) == ("meal", True, True)
    assert "meal" not in str(hall.read(board)) and "meal" not in str(hall.read(supervisors))
    assert hall.last() == ["break_begun"] and hall.events()[-1].by == "sari"


def same(one: str, other: str) -> bool:
    """Whether two written instants are one."""
    return datetime.fromisoformat(one) == datetime.fromisoformat(other)


VERBS = {
    "open": lambda hall: hall.do(SARI, officer.open_counter, "5"),
    "call-next": lambda hall: hall.do(SARI, officer.call_next, "5"),
    "call": lambda hall: hall.do(SARI, officer.call, "5", "J001", "diminta"),
    "recall": lambda hall: hall.do(SARI, officer.recall, "5"),
    "serve": lambda hall: hall.do(SARI, officer.serve, "5"),
    "finish": lambda hall: hall.do(SARI, officer.finish, "5"),
    "no-show": lambda hall: hall.do(SARI, officer.no_show, "5"),
    "hold": lambda hall: hall.do(SARI, officer.hold, "5"),
    "return": lambda hall: hall.do(SARI, officer.return_ticket, "5", "J001"),
    "transfer": lambda hall: hall.do(SARI, officer.transfer, "5", "kk-akta", confirm=True),
    "undo": lambda hall: hall.do(SARI, officer.undo, "5"),
    "cancel": lambda hall: hall.do(SARI, officer.cancel, "5", "pergi", "J001"),
    "reclass": lambda hall: hall.do(SARI, reclassing.reclass, "5", "priority", "asked", "J001"),
}


def test_every_other_verb_there_is_refused_and_leaves_nothing(resting_hall):
    resting_hall.issue("ktp-cetak")
    for act in VERBS.values():
        with resting_hall.refuses(Code.COUNTER_ON_BREAK):
            act(resting_hall)


def test_whoever_comes_back_calls_again_and_comes_back_once(resting_hall):
    hall = resting_hall
    waiting = hall.issue("ktp-cetak")
    hall.later(minutes=20)
    hall.do(SARI, resting.resume, "5")
    assert shown(hall)["state"] == "idle" and hall.read(lambda view: desk(view, "5"))["break"] is None
    with hall.refuses(Code.ILLEGAL_TRANSITION, action="resume", state=None):
        hall.do(SARI, resting.resume, "5")
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == waiting.number


def test_nobody_rests_who_has_somebody_at_the_counter_or_no_counter(noon):
    ticket = called(noon)
    with noon.refuses(Code.COUNTER_BUSY):
        rest(noon)
    noon.do(SARI, officer.serve, "5")
    with noon.refuses(Code.COUNTER_BUSY):
        rest(noon)
    assert noon.ticket(ticket).state is State.SERVING
    with noon.refuses(Code.NOT_YOUR_COUNTER):
        rest(noon, DEDI)
    with noon.refuses(Code.NOT_YOUR_COUNTER):
        noon.do(WATI, resting.begin, "5", "meal")
    with noon.refuses(Code.COUNTER_CLOSED):
        rest(noon, counter="7")
    with noon.refuses(Code.COUNTER_CLOSED):
        noon.do(SARI, resting.resume, "7")


def test_who_rests_longer_says_so_and_the_break_goes_on_since_it_began(resting_hall):
    hall = resting_hall
    with hall.changes_nothing():
        rest(hall)
    hall.later(minutes=25)
    with hall.refuses(Code.INVALID, field="until", reason="too_long", limit=60):
        rest(hall, until=time(13, 1))
    rest(hall, until=time(12, 45), reason="other", confirm=False)
    told = hall.read(lambda view: desk(view, "5"))["break"]
    assert same(told["since"], NOON.isoformat()) and same(told["until"], at("2026-11-23 12:45").isoformat())
    assert (told["reason"], hall.last(1)) == ("other", ["break_begun"])


def test_a_break_without_a_time_has_none(noon):
    rest(noon, until=None)
    assert (shown(noon)["state"], shown(noon)["until"]) == ("break", None)
    assert due(noon) == []
    noon.later(minutes=60)
    assert due(noon) == ["break_over"]


# -- whom it would leave alone


def test_a_break_that_would_leave_services_without_a_counter_is_asked_once_more(noon):
    with noon.refuses(Code.LAST_COUNTER, services=["ktp-perekaman"]):  # Dedi prints too
        rest(noon, confirm=False)
    rest(noon, DEDI, "6", confirm=True)
    with noon.refuses(Code.LAST_COUNTER, services=["ktp-perekaman", "ktp-cetak"]):
        rest(noon, confirm=False)
    rest(noon, confirm=True)
    assert shown(noon)["state"] == "break"


def test_once_nobody_can_come_any_more_only_those_who_wait_matter(noon):
    noon.issue("ktp-perekaman")
    noon.now = at("2026-11-29 12:00")  # a Sunday: the day before has ended, and nobody waits
    noon.do(SARI, officer.open_counter, "5")
    rest(noon, confirm=False)
    assert shown(noon)["state"] == "break"


# -- what ends it


@pytest.mark.parametrize(
    "end",
    [
        lambda hall: hall.do(SARI, officer.close_counter, "5"),
        lambda hall: hall.do(WATI, officer.close_counter, "5", "lupa"),
    ],
    ids=["the officer", "a supervisor"],
)
def test_a_counter_on_a_break_may_be_closed_and_opens_without_one(resting_hall, end):
    end(resting_hall)
    assert (shown(resting_hall)["state"], shown(resting_hall)["until"]) == ("closed", None)
    resting_hall.do(SARI, officer.open_counter, "5")
    assert shown(resting_hall)["state"] == "idle"


def test_a_supervisor_gives_back_a_missed_visitor_of_a_counter_that_rests(noon):
    missed = called(noon)
    noon.do(SARI, officer.no_show, "5")
    rest(noon)
    noon.do(WATI, officer.return_ticket, "5", missed.number, "datang ke pengawas")
    assert noon.ticket(missed).state is State.WAITING
    with noon.refuses(Code.ILLEGAL_TRANSITION):
        noon.do(WATI, officer.hold, "5", "salah tekan")


def test_midnight_ends_every_break(resting_hall):
    resting_hall.now = at("2026-11-24 08:30")
    resting_hall.do(SARI, officer.open_counter, "5")
    assert shown(resting_hall)["state"] == "idle"


# -- what others see of it


def test_who_waits_is_told_the_wait_at_the_counters_that_call(noon):
    tickets = [noon.issue("ktp-cetak") for _ in range(6)]
    both = noon.read(lambda view: phone(view, noon.ticket(tickets[-1])))
    rest(noon)
    one = noon.read(lambda view: phone(view, noon.ticket(tickets[-1])))
    assert (both["counters_open"], one["counters_open"]) == (2, 1)
    assert one["estimate"]["high_s"] > both["estimate"]["high_s"]
    rest(noon, DEDI, "6")
    none = noon.read(lambda view: phone(view, noon.ticket(tickets[-1])))
    assert (none["counters_open"], none["estimate"], none["ahead"]) == (0, None, 5)
    assert same(none["back_at"], at("2026-11-23 12:30").isoformat()) and one["back_at"] is None
    assert noon.read(lambda view: queue(view, "ktp-cetak"))["back_at"] == none["back_at"]


def test_a_visitor_may_be_sent_to_a_counter_that_will_be_back(noon):
    rest(noon, DEDI, "6")
    sent = called(noon)
    noon.do(SARI, officer.transfer, "5", "kk-akta")
    assert noon.ticket(sent).service == "kk-akta"
    noon.do(SARI, transferring.bring_back, sent.number, "ktp-cetak")


def test_an_officer_on_a_break_is_not_idle_and_one_who_does_not_come_back_is_an_alarm(resting_hall):
    hall = resting_hall
    hall.issue("ktp-perekaman")
    hall.later(minutes=29)
    assert due(hall) == []
    hall.later(minutes=1)
    assert due(hall) == ["break_over"]
    hall.do(SARI, resting.resume, "5")
    assert due(hall) == []
    hall.later(minutes=2)
    assert due(hall) == ["idle"], "from the moment of coming back"


def test_a_counter_that_was_left_open_is_an_alarm_half_an_hour_after_the_hall_has_closed(noon):
    waiting = noon.issue("ktp-cetak")
    noon.now = at("2026-11-23 15:59")
    assert "left_open" not in due(noon) + due(noon, "6")
    noon.do(SARI, officer.call_next, "5")
    noon.do(SARI, officer.serve, "5")
    noon.do(SARI, officer.finish, "5")
    assert noon.ticket(waiting).state is State.COMPLETED and due(noon) == []
    noon.later(minutes=1)
    assert (due(noon), due(noon, "6"), due(noon, "7")) == (["left_open"], ["left_open"], [])
    noon.do(SARI, officer.close_counter, "5")
    assert due(noon) == []
