"""The range that is told is made of how right it was; the last calls alone decide."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calibration import (
    ANY,
    ENOUGH,
    RECENT,
    SITE,
    UNTRIED,
    Called,
    Factors,
    Scores,
    WaitRange,
    called,
    factors,
)

AS_TOLD = WaitRange(300, 1200, 600)
FIRST = datetime(2026, 1, 5, 1, tzinfo=UTC)


def call(n: int, waited_s: float = 600.0, *, service: str = "a", told: WaitRange = AS_TOLD) -> Called:
    return called(FIRST + timedelta(minutes=n), f"t{n}", service, told, waited_s)


@pytest.mark.parametrize(
    ("waited_s", "side", "score"),
    [(600, 0, 1), (300, 0, 2 / 3), (299, -1, 599 / 900), (1200, 0, 5 / 3), (1201, 1, 1501 / 900), (0, -1, 1 / 3)],
)
def test_a_call_is_judged_by_what_was_told(waited_s, side, score):
    assert call(0, waited_s)[3:] == (pytest.approx(score), side)


def test_too_few_say_nothing():
    assert factors([call(n) for n in range(ANY - 1)]) == UNTRIED
    assert factors([call(n) for n in range(ANY)]) == (1, 1)


def test_where_it_always_takes_twice_as_long_the_range_follows():
    late = [call(n, 1500) for n in range(200)]
    told = factors(late).around(600)
    assert told == (1500, 1501, 600)


def test_where_too_many_took_longer_than_told_the_upper_end_rises_further():
    rng = Random(7)
    waits = [rng.uniform(0, 1800) for _ in range(300)]
    as_told, longer = WaitRange(180, 1620, 600), WaitRange(180, 1000, 600)
    met = factors([call(n, waited, told=as_told) for n, waited in enumerate(waits)])
    missed = factors([call(n, waited, told=longer) for n, waited in enumerate(waits)])
    assert missed.high > met.high
    assert missed.low == met.low


def test_a_service_speaks_for_itself_as_soon_as_it_can():
    others = [call(n, 1500, service="b") for n in range(RECENT)]
    own = [call(1000 + n, 600) for n in range(ENOUGH)]
    few, enough = Scores().after((), others + own[:-1]), Scores().after((), others + own)
    assert few.factors("a") != enough.factors("a") == factors(own)
    assert few.factors("a") == factors((others + own[:-1])[-RECENT:]) == few.factors("never called")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2000), st.booleans()), max_size=60), st.randoms())
def test_the_same_calls_make_the_same_scores_however_they_came(happened, rng):
    """One at a time, some undone; all at once, without those; in any order."""
    calls = [(call(n, waited, service=service), undone) for n, (service, waited, undone) in enumerate(happened)]
    scores = Scores()
    for one, undone in calls:
        scores.factors("a")
        scores = scores.after((), [one])
        if undone:
            scores = scores.after([one.ticket], ())
    stood = [one for one, undone in calls if not undone]
    rng.shuffle(stood)
    at_once = Scores().after((), stood)
    assert {whose: own for whose, own in scores.of.items() if own} == at_once.of
    assert scores.factors("a") == at_once.factors("a")


def test_calls_that_were_undone_leave_the_last_of_those_that_stood():
    calls = [call(n, n) for n in range(RECENT + 100)]
    scores = Scores().after((), calls).after({one.ticket for one in calls[-40:]}, ())
    assert scores.of[SITE][-RECENT:] == tuple(calls[:-40][-RECENT:])
    assert scores.factors("a") == factors(calls[:-40][-RECENT:])


@given(st.floats(0, 20000), st.floats(0.01, 1), st.floats(1, 10))
def test_a_range_is_a_range(expected_s, low, high):
    told = Factors(low, high).around(expected_s)
    assert 0 <= told.low_s < told.high_s
    assert told.low_s <= expected_s + 1 and told.high_s >= expected_s - 1
