"""I-10: where a visitor's time went, from events; each row of the tables is one visit."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.fold import Event
from queue_server.domain.times import AWAY, HOLD, SERVICE, WAIT, WALK, Interval, Times, Visit, intervals, times, visits
from tests.world.values import at

NINE = at("2026-01-19 09:00")


def visit(*steps, suspect=()):
    """Events of one ticket: ``(minute, kind)`` or ``(minute, kind, counter)``; a transfer goes to ``foto``."""
    events = []
    for n, (minute, kind, *counter) in enumerate(steps):
        event = Event(
            site="lebak",
            epoch=1,
            revision=n + 1,
            n=0,
            at=NINE + timedelta(minutes=minute),
            day=NINE.date(),
            kind=kind,
            ticket="t",
            counter=counter[0] if counter else None,
            service="berkas",
            officer="sari" if counter else None,
            detail={"to": "foto"} if kind == "transferred" else {},
            clock_suspect=n in suspect,
        )
        events.append(event)
    return events


def minutes(wait=0, walk=0, service=0, hold=0, away=0, *, clock_suspect=False):
    """What the sums should be, in minutes."""
    return Times(*(60.0 * m for m in (wait, walk, service, hold, away)), clock_suspect=clock_suspect)


def told(visit_told):
    """Steps from a line like ``"0 issued, 10 called 1"``: minute, kind, counter."""
    steps = (step.split() for step in visit_told.split(","))
    return [(int(minute), kind, *counter) for minute, kind, *counter in steps]


PLAIN = told("0 issued, 10 called 1, 11 served 1, 21 finished 1")


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        pytest.param("0 issued, 10 called 1, 11 served 1, 21 finished 1", minutes(10, 1, 10), id="a plain visit"),
        pytest.param("0 issued, 30 cancelled", minutes(30), id="gave up waiting"),
        pytest.param("0 issued, 400 expired", minutes(400), id="waited until the day closed"),
        pytest.param(
            "0 issued, 5 called 1, 6 recalled 1, 8 served 1, 9 finished 1",
            minutes(5, 3, 1),
            id="a recall does not begin the walk anew",
        ),
        pytest.param(
            "0 issued, 5 called 1, 6 undone 1, 9 called 2, 10 cancelled 2",
            minutes(9, 1),
            id="an undone call counts as waiting",
        ),
        pytest.param("0 issued, 5 called 1, 8 no_show 1", minutes(5, 3), id="never came: the no-show is the end"),
        pytest.param(
            "0 issued, 5 called 1, 8 no_show 1, 20 called 1, 21 served 1, 30 finished 1",
            minutes(5, 4, 9, away=12),
            id="came back and was called at once",
        ),
        pytest.param(
            "0 issued, 5 called 1, 8 no_show 1, 20 returned 1, 25 expired",
            minutes(10, 3, away=12),
            id="came back to the queue",
        ),
        pytest.param(
            "0 issued, 1 called 1, 2 no_show 1, 5 called 1, 6 undone 1",
            minutes(1, 1),
            id="an undone call of one who is away: the no-show is the end again",
        ),
        pytest.param(
            "0 issued, 1 called 1, 2 held 1, 5 called 1, 6 undone 1, 9 expired",
            minutes(1, 1, hold=7),
            id="an undone call of one on hold: on hold throughout",
        ),
        pytest.param(
            "0 issued, 2 called 1, 3 served 1, 5 held 1, 15 called 1, 16 served 1, 20 finished 1",
            minutes(2, 2, 6, hold=10),
            id="held time is no service time",
        ),
        pytest.param(
            "0 issued, 2 called 1, 3 served 1, 8 transferred 1, 18 called 2, 19 served 2, 29 finished 2",
            minutes(12, 2, 15),
            id="passed on from the document check to the photo",
        ),
    ],
)
def test_sums(life, expected):
    assert times(intervals(visit(*told(life)))) == expected


def test_each_stay_is_credited_where_it_was_spent():
    life = "0 issued, 2 called 1, 3 served 1, 8 transferred 1, 18 called 2, 19 served 2, 29 finished 2"
    stays = intervals(visit(*told(life)))
    credited = [(s.kind, s.service, s.counter, s.officer, s.called_to) for s in stays]
    assert credited == [
        (WAIT, "berkas", None, None, "1"),
        (WALK, "berkas", "1", "sari", None),
        (SERVICE, "berkas", "1", "sari", None),
        (WAIT, "foto", None, None, "2"),
        (WALK, "foto", "2", "sari", None),
        (SERVICE, "foto", "2", "sari", None),
    ]
    assert [s.start for s in stays[1:]] == [s.end for s in stays[:-1]]


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        pytest.param("0 issued, 1 called 1, 2 served 1, 9 finished 1", [("berkas", "1", 7)], id="plain"),
        pytest.param("0 issued, 1 called 1, 2 served 1", [], id="still served"),
        pytest.param("0 issued, 1 called 1, 2 served 1, 9 held 1", [], id="on hold: nobody knows yet"),
        pytest.param(
            "0 issued, 1 called 1, 2 served 1, 6 held 1, 20 called 3, 21 served 3, 26 finished 3",
            [("berkas", "3", 9)],
            id="held within the promise, and no promise kept: once, where it ended",
        ),
        pytest.param("0 issued, 1 called 1, 2 served 1, 6 held 1, 90 expired", [("berkas", "1", 4)], id="left on hold"),
        pytest.param(
            "0 issued, 1 called 1, 2 served 1, 6 held 1, 9 called 1, 12 no_show 1", [("berkas", "1", 4)], id="gone"
        ),
        pytest.param(
            "0 issued, 1 called 1, 2 served 1, 8 transferred 1, 18 called 2, 19 served 2",
            [("berkas", "1", 6)],
            id="sent on: the first service is over, the second is not",
        ),
        pytest.param(
            "0 issued, 1 called 1, 2 served 1, 8 transferred 1, 9 transfer_undone 1, 12 finished 1",
            [("berkas", "1", 10)],
            id="a transfer that was undone",
        ),
    ],
)
def test_a_visit_is_one_ticket_at_one_service_once_it_is_over(life, expected):
    assert visits(intervals(visit(*told(life)))) == [Visit(service, at, 60.0 * n) for service, at, n in expected]


def test_only_a_wait_is_ended_by_a_call_to_a_counter():
    stays = intervals(visit(*told("0 issued, 2 called 1, 3 held 1, 9 called 2")))
    assert [(s.kind, s.called_to) for s in stays] == [(WAIT, "1"), (WALK, None), (HOLD, None), (WALK, None)]


def test_an_undo_without_a_call_changes_nothing():
    assert intervals(visit(*told("0 issued, 3 undone 1"))) == intervals(visit(*told("0 issued")))
    called = "0 issued, 3 called 1"
    assert intervals(visit(*told(f"{called}, 5 transfer_undone 1"))) == intervals(visit(*told(called)))


def test_who_is_still_here_counts_up_to_now():
    stays = intervals(visit(*PLAIN[:3]))
    assert times(stays) == minutes(10, 1)
    assert times(stays, NINE + timedelta(minutes=15)) == minutes(10, 1, 4)


def test_who_is_away_may_never_be_back():
    stays = intervals(visit(*told("0 issued, 5 called 1, 8 no_show 1")))
    assert stays[-1].kind == AWAY and stays[-1].end is None
    assert times(stays, NINE + timedelta(hours=5)) == minutes(5, 3)


def test_a_clock_that_went_back_gives_no_negative_time_and_says_so():
    stays = intervals(visit(*told("10 issued, 4 called 1, 6 served 1, 9 finished 1")))
    assert [s.suspect for s in stays] == [True, False, False]
    assert times(stays) == minutes(0, 2, 3, clock_suspect=True)


@pytest.mark.parametrize("event", range(4))
def test_a_suspect_clock_marks_the_stays_it_bounds(event):
    stays = intervals(visit(*PLAIN, suspect=(event,)))
    assert [s.suspect for s in stays] == [n in (event, event - 1) for n in range(3)]


def test_other_events_end_nothing():
    assert intervals(visit(*PLAIN[:2], (10, "printed"), *PLAIN[2:])) == intervals(visit(*PLAIN))


# --- any legal life of a ticket ---

NEXT = {
    WAIT: ("called", "cancelled", "expired"),
    WALK: ("recalled", "served", "no_show", "held", "returned", "transferred", "undone", "cancelled"),
    SERVICE: ("finished", "held", "transferred", "taken_over"),
    HOLD: ("called", "returned", "cancelled", "expired"),
    AWAY: ("called", "returned"),
}
LEADS_TO = {
    "called": WALK,
    "recalled": WALK,
    "served": SERVICE,
    "held": HOLD,
    "no_show": AWAY,
    "returned": WAIT,
    "transferred": WAIT,
    "taken_over": SERVICE,
}


@st.composite
def lives(draw):
    """A legal life, as (minute, kind, counter) steps."""
    minute, state, before = 0, WAIT, WAIT
    steps = [(0, "issued")]
    for _ in range(draw(st.integers(0, 25))):
        kind = draw(st.sampled_from(NEXT[state]))
        minute += draw(st.integers(0, 40))
        steps.append((minute, kind, draw(st.sampled_from("123"))))
        if kind not in LEADS_TO and kind != "undone":
            return steps
        if kind == "called":
            before = state
        state = before if kind == "undone" else LEADS_TO[kind]
    return steps


@given(lives())
def test_the_stays_fill_the_time_without_gap_or_overlap(steps):
    """wait + walk + service + hold + away = end − issue, each at least 0 (I-10)."""
    events = visit(*steps)
    stays = intervals(events)
    sums = times(stays)
    assert min(sums.wait_s, sums.walk_s, sums.service_s, sums.hold_s, sums.away_s) >= 0
    assert not sums.clock_suspect
    assert all(one.end == other.start for one, other in pairwise(stays))
    end = stays[-1].end or stays[-1].start
    assert sums.total_s == (end - events[0].at).total_seconds()


@given(lives(), st.lists(st.integers(-500, 500), min_size=30, max_size=30))
def test_whatever_the_clock_did_no_time_is_negative(steps, jumps):
    shaken = [(minute + jump, *rest) for (minute, *rest), jump in zip(steps, jumps, strict=False)]
    stays = intervals(visit(*shaken))
    assert all(stay.seconds() >= 0 for stay in stays)
    assert all(stay.suspect for stay in stays if stay.end and stay.end < stay.start)


def test_an_interval_alone():
    stay = Interval(WAIT, NINE, None, None, "berkas")
    assert stay.seconds() == 0
    assert stay.seconds(NINE + timedelta(seconds=90)) == 90
    assert stay.seconds(NINE - timedelta(seconds=90)) == 0
