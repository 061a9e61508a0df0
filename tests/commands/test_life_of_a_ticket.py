"""The officer's verbs on a real database: what each does, what it refuses, what it leaves behind."""

from dataclasses import replace

import pytest

from queue_server.commands import officer, visitor
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.domain.ticket import State
from tests.commands.steps import called, serving
from tests.world.hall import ASEP, DEDI, KIOSK, RATNA, SARI, SITE, WATI

# -- the straight way through


def test_a_visitor_is_issued_called_served_and_finished(open_hall):
    hall = open_hall
    ticket = hall.issue("ktp-cetak", language="su", origin="pintu")
    assert (ticket.number, ticket.state, ticket.arrival) == ("J001", State.WAITING, hall.revision)
    assert (ticket.language, ticket.origin) == ("su", "pintu")
    at_call = hall.later(seconds=60)
    hall.do(SARI, officer.call_next, "5")
    at_service = hall.later(seconds=20)
    hall.do(SARI, officer.serve, "5")
    at_end = hall.later(seconds=300)
    hall.do(SARI, officer.finish, "5", None, 2, "bawa KK")
    done = hall.ticket(ticket)
    assert done.state is State.COMPLETED
    assert (done.called_at, done.served_at, done.finished_at) == (at_call, at_service, at_end)
    assert (done.counter, done.officer) == ("5", "sari")
    assert hall.last(4) == ["issued", "called", "served", "finished"]
    assert hall.events("finished")[0].detail == {"quantity": 2, "noted": True}
    assert hall.counter("5").ticket is None


def test_each_command_moves_the_revision_by_exactly_one_and_tells_once(open_hall):
    """I-11"""
    hall = open_hall
    before = hall.revision
    called(hall)
    hall.do(SARI, officer.recall, "5")
    hall.do(SARI, officer.serve, "5")
    hall.do(SARI, officer.finish, "5")
    assert hall.revision == before + 5
    assert [tx.revision for tx in hall.told[-5:]] == list(range(before + 1, before + 6))


def test_every_call_names_the_call_before_it(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(DEDI, officer.call_next, "6")
    hall.do(SARI, officer.recall, "5")
    calls = hall.events("called", "recalled")
    assert [e.detail["previous"] for e in calls] == [0, calls[0].revision, calls[1].revision]
    assert hall.row().last_call == calls[2].revision


# -- every verb in every state: what the table forbids leaves nothing

VERBS = {
    "recall": lambda hall: hall.do(SARI, officer.recall, "5"),
    "serve": lambda hall: hall.do(SARI, officer.serve, "5"),
    "finish": lambda hall: hall.do(SARI, officer.finish, "5"),
    "no-show": lambda hall: hall.do(SARI, officer.no_show, "5"),
    "hold": lambda hall: hall.do(SARI, officer.hold, "5"),
    "return": lambda hall: hall.do(SARI, officer.return_ticket, "5"),
    "transfer": lambda hall: hall.do(SARI, officer.transfer, "5", "kk-akta"),
    "undo": lambda hall: hall.do(SARI, officer.undo, "5"),
    "cancel": lambda hall: hall.do(SARI, officer.cancel, "5", "salah ambil"),
    "return J001": lambda hall: hall.do(SARI, officer.return_ticket, "5", "J001"),
    "cancel J001": lambda hall: hall.do(SARI, officer.cancel, "5", "salah ambil", "J001"),
}
STATES = {
    "waiting": lambda hall: hall.issue("ktp-cetak"),
    "called": called,
    "serving": serving,
    "held": lambda hall: (serving(hall), hall.do(SARI, officer.hold, "5")),
    "no_show": lambda hall: (called(hall), hall.do(SARI, officer.no_show, "5")),
    "completed": lambda hall: (serving(hall), hall.do(SARI, officer.finish, "5")),
    "cancelled": lambda hall: (called(hall), hall.do(SARI, officer.cancel, "5", "salah ambil")),
}
LEGAL = {  # verb -> {state before: state after}
    "recall": {"called": "called"},
    "serve": {"called": "serving"},
    "finish": {"serving": "completed"},
    "no-show": {"called": "no_show"},
    "hold": {"called": "held", "serving": "held"},
    "return": {"called": "waiting"},
    "transfer": {"called": "waiting", "serving": "waiting"},
    "undo": {"called": "waiting"},
    "cancel": {"called": "cancelled"},
    "return J001": {"called": "waiting", "held": "waiting", "no_show": "waiting"},
    "cancel J001": {"waiting": "cancelled", "held": "cancelled", "called": "cancelled"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state(open_hall, verb, state):
    """I-9"""
    hall = open_hall
    STATES[state](hall)
    if state not in LEGAL[verb]:
        with hall.refuses(Code.ILLEGAL_TRANSITION):
            VERBS[verb](hall)
        return
    VERBS[verb](hall)
    assert [t.state for t in hall.tickets()] == [LEGAL[verb][state]]
    at_counter = LEGAL[verb][state] in ("called", "serving")
    assert hall.at_hand("5") == ("J001" if at_counter else None)


@pytest.mark.parametrize(
    ("state", "legal"),
    [("waiting", True), ("called", False), ("serving", False), ("held", True), ("no_show", True),
     ("completed", False), ("cancelled", False)],
)  # fmt: skip
def test_a_number_may_be_called_while_waiting_held_or_missed(open_hall, state, legal):
    hall = open_hall
    STATES[state](hall)
    if legal:
        hall.do(DEDI, officer.call, "6", "j1", "sudah datang")
        assert hall.at_hand("6") == "J001"
        return
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(DEDI, officer.call, "6", "j1", "sudah datang")


@pytest.mark.parametrize("state", STATES)
def test_a_visitor_gives_up_only_while_waiting_or_held(open_hall, state):
    hall = open_hall
    STATES[state](hall)
    ticket = hall.tickets()[0]
    visitor_ = Actor("visitor", Role.VISITOR.only, frozenset({SITE}))
    if state in ("waiting", "held"):
        hall.do(visitor_, visitor.cancel_own, ticket.id)
        assert hall.ticket(ticket).state is State.CANCELLED
        assert hall.events("cancelled")[0].officer is None
        return
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(visitor_, visitor.cancel_own, ticket.id)


# -- recall, undo


def test_a_recall_keeps_the_first_called_at(open_hall):
    hall = open_hall
    ticket = called(hall)
    first = hall.now
    hall.later(seconds=40)
    hall.do(SARI, officer.recall, "5")
    again = hall.ticket(ticket)
    assert (again.called_at, again.recalls, again.call_revision) == (first, 1, hall.revision)


@pytest.mark.parametrize("origin", ["waiting", "held", "no_show"])
def test_undo_restores_everything_the_call_changed(open_hall, origin):
    hall = open_hall
    STATES[origin](hall)
    hall.later(seconds=30)
    ticket, counter = hall.tickets()[0], hall.counter("5")
    hall.do(SARI, officer.call, "5", "J001", "sudah datang")
    hall.later(seconds=15)
    hall.do(SARI, officer.undo, "5")
    assert hall.ticket(ticket) == ticket
    assert hall.counter("5") == replace(counter, call_revision=None)


def test_undo_turns_the_wheel_back(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak", "priority"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    assert hall.counter("5").wheel == 1
    hall.do(SARI, officer.undo, "5")
    assert hall.counter("5").wheel == 0
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == "J001"


def test_undo_is_refused_after_15_seconds_and_twice_and_once_served(open_hall):
    hall = open_hall
    called(hall)
    hall.later(seconds=15.001)
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.undo, "5")
    hall.do(SARI, officer.return_ticket, "5")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.undo, "5")
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.undo, "5")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.undo, "5")


def test_a_recall_does_not_give_undo_more_time(open_hall):
    hall = open_hall
    called(hall)
    hall.later(seconds=10)
    hall.do(SARI, officer.recall, "5")
    hall.later(seconds=6)
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.undo, "5")


# -- finish, cancel


def test_an_outcome_must_be_one_of_the_service_s(hall):
    hall.do(RATNA, officer.open_counter, "2")
    hall.issue("paspor-wawancara", "booked", by=WATI, booking="A-17")
    hall.do(RATNA, officer.call_next, "2")
    hall.do(RATNA, officer.serve, "2")
    with hall.refuses(Code.INVALID, field="outcome"):
        hall.do(RATNA, officer.finish, "2", "lupa")
    hall.do(RATNA, officer.finish, "2", "berkas-kurang")
    assert hall.tickets()[0].outcome == "berkas-kurang"


def test_a_staff_cancellation_names_who_and_keeps_its_reason_apart(open_hall):
    hall = open_hall
    called(hall)
    hall.do(SARI, officer.cancel, "5", "dobel")
    event = hall.events("cancelled")[0]
    assert (event.officer, event.detail, event.counter) == ("sari", {"by": "officer"}, "5")


# -- whose counter


def test_the_rules_of_opening_a_counter(hall):
    hall.do(SARI, officer.open_counter, "5")
    with hall.changes_nothing():
        hall.do(SARI, officer.open_counter, "5")
    with hall.refuses(Code.COUNTER_TAKEN):
        hall.do(DEDI, officer.open_counter, "5")
    with hall.refuses(Code.OFFICER_BUSY, counter="5"):
        hall.do(SARI, officer.open_counter, "6")
    with hall.refuses(Code.FORBIDDEN):
        hall.do(ASEP, officer.open_counter, "6")
    with hall.refuses(Code.NOT_FOUND):
        hall.do(SARI, officer.open_counter, "99")
    foreign = replace(SARI, sites=frozenset({"pandeglang"}))
    with hall.refuses(Code.FORBIDDEN):
        hall.do(foreign, officer.open_counter, "6")
    for role in (Role.ADMIN, Role.AUDITOR, Role.CONTENT, Role.KIOSK, Role.DISPLAY):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(Actor("x", role.only, frozenset({SITE})), officer.open_counter, "6")


def test_a_counter_closes_only_when_its_ticket_is_done(open_hall):
    hall = open_hall
    called(hall)
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(SARI, officer.close_counter, "5")
    hall.do(SARI, officer.serve, "5")
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(SARI, officer.close_counter, "5")
    hall.do(SARI, officer.finish, "5")
    hall.do(SARI, officer.close_counter, "5")
    assert hall.counter("5").officer is None


AT_COUNTER = {
    "close": lambda hall, who: hall.do(who, officer.close_counter, "5"),
    "call-next": lambda hall, who: hall.do(who, officer.call_next, "5"),
    "call": lambda hall, who: hall.do(who, officer.call, "5", "J001", "sudah datang"),
    "recall": lambda hall, who: hall.do(who, officer.recall, "5"),
    "serve": lambda hall, who: hall.do(who, officer.serve, "5"),
    "finish": lambda hall, who: hall.do(who, officer.finish, "5"),
    "no-show": lambda hall, who: hall.do(who, officer.no_show, "5"),
    "hold": lambda hall, who: hall.do(who, officer.hold, "5"),
    "return": lambda hall, who: hall.do(who, officer.return_ticket, "5"),
    "transfer": lambda hall, who: hall.do(who, officer.transfer, "5", "kk-akta"),
    "undo": lambda hall, who: hall.do(who, officer.undo, "5"),
    "cancel": lambda hall, who: hall.do(who, officer.cancel, "5", "salah"),
}


@pytest.mark.parametrize("verb", AT_COUNTER)
def test_every_verb_on_a_closed_counter_and_on_another_officer_s(hall, verb):
    with hall.refuses(Code.COUNTER_CLOSED):
        AT_COUNTER[verb](hall, SARI)
    hall.do(SARI, officer.open_counter, "5")
    called(hall)
    with hall.refuses(Code.NOT_YOUR_COUNTER):
        AT_COUNTER[verb](hall, DEDI)
    with hall.refuses(Code.FORBIDDEN):
        AT_COUNTER[verb](hall, ASEP)


@pytest.mark.parametrize(
    ("verb", "command"),
    [
        ("no-show", officer.no_show),
        ("hold", officer.hold),
        ("return", lambda tx, counter, reason: officer.return_ticket(tx, counter, None, reason)),
    ],
)
def test_a_supervisor_steps_in_at_any_counter_but_says_why(open_hall, verb, command):
    hall = open_hall
    called(hall)
    with hall.refuses(Code.INVALID, field="reason"):
        hall.do(WATI, command, "5", None)
    hall.do(WATI, command, "5", "petugas sakit")
    assert hall.at_hand("5") is None
    assert hall.events()[-1].officer == "wati"
    assert hall.counter("5").officer == "sari"


def test_a_supervisor_closes_a_counter_with_a_reason_and_does_nothing_else_there(open_hall):
    hall = open_hall
    with hall.refuses(Code.INVALID, field="reason"):
        hall.do(WATI, officer.close_counter, "5")
    hall.issue("ktp-cetak")
    for verb in ("call-next", "call", "recall", "serve", "finish", "transfer", "undo", "cancel"):
        with hall.refuses(Code.NOT_YOUR_COUNTER):
            AT_COUNTER[verb](hall, WATI)
    hall.do(WATI, officer.close_counter, "5", "petugas pulang")
    assert hall.counter("5").officer is None
    with hall.refuses(Code.COUNTER_CLOSED):
        hall.do(WATI, officer.hold, "5", "petugas pulang")


def test_nothing_personal_stands_in_an_event(open_hall):
    hall = open_hall
    hall.issue("paspor-wawancara", "booked", by=WATI, booking="RAHASIA-1")
    called(hall)
    hall.do(SARI, officer.hold, "5", "RAHASIA-2")
    hall.do(SARI, officer.call, "5", "J001", "RAHASIA-3")
    hall.do(SARI, officer.serve, "5")
    hall.do(SARI, officer.finish, "5", None, None, "RAHASIA-4")
    assert "RAHASIA" not in str(hall.events())


def test_a_kiosk_s_issue_and_a_visitor_s_cancellation_name_no_officer(hall):
    ticket = hall.issue("ktp-cetak", by=KIOSK)
    hall.do(Actor("visitor", Role.VISITOR.only, frozenset({SITE})), visitor.cancel_own, ticket.id)
    assert [e.officer for e in hall.events("issued", "cancelled")] == [None, None]
