"""I-8: what each event makes of a ticket, a counter, a quota; folding is pure and every prefix is legal."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import fold
from queue_server.domain.fold import CounterState, Event, Ticket
from queue_server.domain.replaced import replaced
from queue_server.domain.replay import replay
from queue_server.domain.taken_places import places_after, quota_changes
from queue_server.domain.ticket import State
from queue_server.domain.times import Interval
from tests.world.values import at

DAY = date(2026, 1, 19)
NINE = at("2026-01-19 09:00")


def event(kind, revision=10, minutes=0, **changes):
    """An event of Monday, some minutes after nine."""
    when = NINE + timedelta(minutes=minutes)
    return Event("lebak", 1, revision, 0, when, DAY, kind, **changes)


ISSUED = event("issued", 3, ticket="t", service="ktp", detail={"seq": 7, "number": "J007", "class": "priority"})
WAITING = fold.issued(ISSUED)
FAMILY = replace(WAITING, people=4)
CALLED = fold.ticket_after(WAITING, event("called", 4, 5, ticket="t", counter="5", officer="sari"))


def test_an_issue_makes_a_waiting_ticket_whose_arrival_is_its_revision():
    expected = {"seq": 7, "number": "J007", "class_": "priority", "state": State.WAITING, "arrival": 3}
    expected |= {"series": "ktp", "service": "ktp", "issued_at": NINE, "since": NINE, "called_at": None, "recalls": 0}
    assert {name: getattr(WAITING, name) for name in expected} == expected


def test_a_call_puts_the_ticket_at_the_counter_and_keeps_the_first_called_at():
    assert (CALLED.state, CALLED.counter, CALLED.officer, CALLED.call_revision) == (State.CALLED, "5", "sari", 4)
    back = fold.ticket_after(CALLED, event("returned", 5, 6, ticket="t", counter="5"))
    again = fold.ticket_after(back, event("called", 6, 9, ticket="t", counter="6", officer="dedi"))
    assert (again.called_at, again.since) == (NINE + timedelta(minutes=5), NINE + timedelta(minutes=9))
    assert (again.counter, again.officer, again.call_revision, again.recalls) == ("6", "dedi", 6, 0)


def test_a_recall_is_a_new_occurrence_and_nothing_else():
    recalled = fold.ticket_after(CALLED, event("recalled", 9, 8, ticket="t", counter="5"))
    assert recalled == replace(CALLED, call_revision=9, recalls=1)


@pytest.mark.parametrize(
    ("kind", "detail", "expected"),
    [
        pytest.param("served", {}, {"state": State.SERVING}, id="served"),
        pytest.param("finished", {"outcome": "selesai"}, {"state": State.COMPLETED, "outcome": "selesai"}, id="done"),
        pytest.param("no_show", {}, {"state": State.NO_SHOW, "counter": "5"}, id="a no-show remembers its counter"),
        pytest.param("held", {}, {"state": State.HELD, "counter": "5", "finished_at": None}, id="held"),
        pytest.param("returned", {}, {"state": State.WAITING, "counter": None, "officer": None}, id="returned"),
        pytest.param(
            "transferred",
            {"to": "kk", "wish": "7"},
            {"state": State.WAITING, "service": "kk", "wish": "7", "series": "ktp", "number": "J007", "counter": None},
            id="a transfer keeps number and series",
        ),
        pytest.param("cancelled", {}, {"state": State.CANCELLED}, id="cancelled"),
        pytest.param("expired", {}, {"state": State.EXPIRED}, id="expired"),
    ],
)
def test_what_an_event_makes_of_a_called_ticket(kind, detail, expected):
    later = NINE + timedelta(minutes=8)
    result = fold.ticket_after(CALLED, event(kind, 9, 8, ticket="t", counter="5", detail=detail))
    assert {name: getattr(result, name) for name in expected} == expected
    assert (result.since, result.arrival, result.id) == (later, 3, "t")
    assert (result.finished_at == later) == (result.state in (fold.ENDED))


def test_an_event_that_changes_no_ticket_is_a_mistake_when_asked_to():
    with pytest.raises(ValueError, match="changes no ticket"):
        fold.ticket_after(CALLED, event("counter_opened"))


INSTANT = st.integers(0, 10_000).map(lambda s: NINE + timedelta(seconds=s))
TICKETS = st.builds(
    Ticket,
    **{f.name: st.just(getattr(WAITING, f.name)) for f in fields(Ticket)}
    | {
        "state": st.sampled_from([State.WAITING, State.HELD, State.NO_SHOW]),
        "since": INSTANT,
        "called_at": st.none() | INSTANT,
        "served_at": st.none() | INSTANT,
        "finished_at": st.none() | INSTANT,
        "counter": st.none() | st.just("6"),
        "officer": st.none() | st.just("dedi"),
        "call_revision": st.none() | st.integers(1, 9),
        "recalls": st.integers(0, 3),
    },
)


@given(TICKETS, st.integers(0, 3))
def test_an_undone_call_leaves_no_trace_in_the_ticket(before, recalls):
    """Whatever it was before, however often it was recalled: all is as before the call."""
    detail = {"number": "J007", "before": fold.before_call(before), "wheel": [1, 2]}
    ticket = fold.ticket_after(before, event("called", 20, ticket="t", counter="5", officer="sari", detail=detail))
    for n in range(recalls):
        ticket = fold.ticket_after(ticket, event("recalled", 21 + n, ticket="t", counter="5"))
    undone = event("undone", 30, ticket="t", counter="5", detail={"before": detail["before"], "wheel": 1})
    assert fold.ticket_after(ticket, undone) == before


OPEN = CounterState("5", officer="sari", opened_at=NINE, wheel=1)
BUSY = replace(OPEN, ticket="t", wheel=2, call_revision=4)


@pytest.mark.parametrize(
    ("counter", "kind", "more", "expected"),
    [
        pytest.param(CounterState("5", wheel=3), "counter_opened", {"officer": "sari"},
                     CounterState("5", "sari", NINE, wheel=3), id="opening keeps the wheel"),
        pytest.param(OPEN, "counter_closed", {}, CounterState("5", wheel=1), id="closing keeps the wheel"),
        pytest.param(OPEN, "called", {"ticket": "t", "detail": {"wheel": [1, 2]}},
                     replace(OPEN, ticket="t", wheel=2, call_revision=10), id="a call turns the wheel"),
        pytest.param(BUSY, "undone", {"ticket": "t", "detail": {"wheel": 1}}, OPEN, id="undo turns it back"),
        pytest.param(BUSY, "served", {"ticket": "t"}, replace(BUSY, call_revision=None), id="served: no undo any more"),
        pytest.param(BUSY, "recalled", {"ticket": "t"}, BUSY, id="a recall changes no counter"),
        pytest.param(BUSY, "finished", {"ticket": "t"}, replace(OPEN, wheel=2), id="finished frees it"),
        pytest.param(BUSY, "held", {"ticket": "t"}, replace(OPEN, wheel=2), id="held frees it"),
        pytest.param(BUSY, "returned", {"ticket": "another"}, BUSY, id="another's return does not"),
        pytest.param(BUSY, "cancelled", {"ticket": "another"}, BUSY, id="nor another's cancellation"),
        pytest.param(BUSY, "configured", {"detail": {"weights": True}},
                     replace(BUSY, wheel=0, call_revision=None), id="new weights turn it to the first slot"),
        pytest.param(BUSY, "configured", {"detail": {"weights": False}}, BUSY, id="other news of the file do not"),
    ],
)  # fmt: skip
def test_what_an_event_makes_of_a_counter(counter, kind, more, expected):
    assert fold.counter_after(counter, event(kind, 10, counter="5", **more)) == expected


@pytest.mark.parametrize(
    ("kind", "detail", "ticket", "changes"),
    [
        pytest.param("issued", {"class": "priority"}, None, [("ktp", "priority", 1)], id="an issue takes a place"),
        pytest.param("transferred", {"to": "kk"}, CALLED, [("kk", "priority", 1)], id="a transfer one of its target"),
        pytest.param("transferred", {"to": "ktp"}, CALLED, [], id="to the same service none"),
        pytest.param("transferred", {"to": "kk", "held": True}, CALLED, [], id="nor to one whose place it holds"),
        pytest.param("transferred", {"to": "kk", "back": True}, WAITING, [("ktp", "priority", -1)], id="moved back"),
        pytest.param("transferred", {"to": "kk", "back": False}, WAITING, [("kk", "priority", 1)], id="moved on"),
        pytest.param("transfer_undone", {"before": {"service": "kk"}}, WAITING, [("ktp", "priority", -1)], id="undone"),
        pytest.param("transfer_undone", {"before": {"service": "kk"}, "held": True}, WAITING, [], id="it took none"),
        pytest.param("cancelled", {"places": ["kk", "ktp"]}, WAITING,
                     [("kk", "priority", -1), ("ktp", "priority", -1)], id="all its places, moved and never called"),
        pytest.param("cancelled", {"places": ["kk"]}, CALLED, [], id="none after the first call"),
        pytest.param("cancelled", {}, WAITING, [("ktp", "priority", -1)], id="cancelled before the first call: back"),
        pytest.param("cancelled", {}, CALLED, [], id="cancelled after it: not"),
        pytest.param("no_show", {}, CALLED, [], id="a no-show gives nothing back"),
        pytest.param("expired", {}, WAITING, [], id="nor does an expiry"),
        pytest.param("issued", {"class": "priority", "people": 4}, None, [("ktp", "priority", 4)], id="a group"),
        pytest.param("transferred", {"to": "kk"}, FAMILY, [("kk", "priority", 4)], id="all of a group move on"),
        pytest.param("cancelled", {"places": ["kk", "ktp"]}, FAMILY,
                     [("kk", "priority", -4), ("ktp", "priority", -4)], id="all of a group give theirs back"),
        pytest.param("reclassed", {"was": "priority", "class": "regular", "places": ["ktp"]}, FAMILY,
                     [("ktp", "priority", -4), ("ktp", "regular", 4)], id="a group's places change their class"),
        pytest.param("regrouped", {"was": 4, "people": 6, "places": ["kk", "ktp"]}, FAMILY,
                     [("kk", "priority", 2), ("ktp", "priority", 2)], id="two more come"),
        pytest.param("regrouped", {"was": 4, "people": 1, "places": ["ktp"]}, FAMILY,
                     [("ktp", "priority", -3)], id="one came alone after all"),
    ],
)  # fmt: skip
def test_what_an_event_makes_of_a_quota(kind, detail, ticket, changes):
    assert quota_changes(event(kind, service="ktp", ticket="t", detail=detail), ticket) == changes


@given(
    st.lists(st.tuples(st.sampled_from(["pass on", "move", "undo"]), st.sampled_from(["ktp", "kk", "sim"]))),
    st.booleans(),
)
def test_a_ticket_holds_one_place_of_a_service_at_most_and_always_one_where_it_is(acts, called):
    """As the commands record it: at a counter, moved by number, taken back; never called, all places come back."""
    history, ticket, at_counter = [ISSUED], WAITING, None

    def happens(kind, **detail):
        nonlocal ticket
        history.append(event(kind, 10 + len(history), ticket="t", counter="5", detail=detail))
        ticket = fold.ticket_after(ticket, history[-1])

    for act, to in acts:
        held = to != ticket.service and to in places_after(history)
        if act == "undo" and at_counter is not None and history[-1] is at_counter:
            happens("transfer_undone", before=at_counter.detail["before"], held=at_counter.detail["held"])
        elif act == "pass on" and called:
            if ticket.state is State.WAITING:
                happens("called", wheel=[0, 0])
            happens("transferred", to=to, held=held, before=fold.before_transfer(ticket))
            at_counter = history[-1]
        elif act == "move" and ticket.state is State.WAITING:
            happens("transferred", to=to, back=held)
        places = places_after(history)
        assert set(places.values()) == {1} and ticket.service in places
        assert replay(history).quotas == {(s, DAY, "priority"): places[s] for s, *_ in replay(history).quotas}
    before = places_after(history)
    happens("cancelled", places=sorted(before))
    assert places_after(history) == (before if ticket.called_at else {})


def test_a_replay_rebuilds_tickets_counters_series_and_quotas():
    history = [
        event("configured", 1, detail={"counters": ["5", "6"], "weights": True}),
        event("counter_opened", 2, counter="5", officer="sari"),
        ISSUED,
        event("called", 4, 5, ticket="t", counter="5", officer="sari", detail={"wheel": [0, 1], "number": "J007"}),
        event("finished", 5, 9, ticket="t", counter="5", service="ktp"),
        event("refused", 6, service="ktp", detail={"code": "quota_full"}),
    ]
    rows = replay(history)
    assert rows.tickets["t"].state is State.COMPLETED
    assert rows.counters == {"5": CounterState("5", "sari", NINE, wheel=1), "6": CounterState("6")}
    assert rows.series == {("ktp", DAY): 8}
    assert rows.quotas == {("ktp", DAY, "priority"): 1}
    assert replay(history) == rows, "folding is pure"
    for length in range(len(history)):
        replay(history[:length])


@pytest.mark.parametrize("other", ["a", "z"], ids=["an id before", "an id behind"])
@pytest.mark.parametrize("kind", ["cancelled", "returned", "expired"])
def test_what_happens_to_somebody_else_leaves_the_counter_s_own_visitor_there(kind, other):
    busy = replace(OPEN, ticket="t", call_revision=4)
    assert fold.counter_after(busy, event(kind, 10, counter="5", ticket=other)) == busy


def test_only_a_restore_says_where_numbers_go_on():
    told = {"series": {"2026-01-19": {"ktp": 1001, "kk": 2001}}}
    assert fold.series_after(event("restored", detail=told)) == {("ktp", DAY): 1001, ("kk", DAY): 2001}
    assert fold.series_after(ISSUED) == {}


def test_a_value_takes_no_field_that_its_kind_has_not():
    """As ``dataclasses.replace``, which this stands for."""
    of_a_day = Interval("wait", at("2026-11-23 09:00"), None, None, "a")
    assert replaced(of_a_day, {"counter": "5"}) == replace(of_a_day, counter="5")
    with pytest.raises(TypeError, match="loket"):
        replaced(of_a_day, {"loket": "5"})
