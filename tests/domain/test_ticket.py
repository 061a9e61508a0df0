"""I-9: the life of a ticket is one table, and whatever is not in it is refused."""

from datetime import timedelta

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.ticket import AT_COUNTER, ENDED, OPEN, Action, State, after, may_come_back
from tests.domain.hall import at

# The contract's table once more, written independently of the code: action, from, to.
CONTRACT = """
    call_next      waiting              called
    call           waiting held no_show called
    recall         called               called
    serve          called               serving
    finish         serving              completed
    no_show        called               no_show
    hold           called serving       held
    return         called held no_show  waiting
    transfer       called serving waiting  waiting
    undo           called               waiting
    undo_transfer  waiting              called
    cancel         waiting held         cancelled
    cancel_called  called               cancelled
    close_day      waiting held         expired
    close_day      called               no_show
    close_day      serving              completed
"""
LEGAL = {
    (Action(words[0]), State(origin)): State(words[-1])
    for words in map(str.split, CONTRACT.strip().splitlines())
    for origin in words[1:-1]
}
EVERY_PAIR = [(action, state) for action in Action for state in State]


@pytest.mark.parametrize(("action", "state"), EVERY_PAIR, ids=lambda value: value.value)
def test_every_action_in_every_state_does_what_the_contract_says(action, state):
    if (action, state) in LEGAL:
        assert after(action, state) is LEGAL[action, state]
        return
    with pytest.raises(QueueError) as refused:
        after(action, state)
    assert refused.value.code is Code.ILLEGAL_TRANSITION
    assert refused.value.details == {"action": action.value, "state": state.value}


def test_the_contract_s_table_knows_every_action_and_every_state():
    assert {action for action, _ in LEGAL} == set(Action)
    assert {state for pair in LEGAL.items() for state in (pair[0][1], pair[1])} == set(State)


def test_nothing_leaves_an_ended_state_but_a_missed_visitor_who_comes_back():
    leaving = {(action, state) for action, state in EVERY_PAIR if state in ENDED and (action, state) in LEGAL}
    assert leaving == {(Action.CALL, State.NO_SHOW), (Action.RETURN, State.NO_SHOW)}


def test_closing_the_day_leaves_nobody_in_an_open_state():
    assert {LEGAL[Action.CLOSE_DAY, state] for state in OPEN} <= ENDED
    assert AT_COUNTER < OPEN


MISSED = at("2026-01-19 10:00")


@pytest.mark.parametrize(
    ("after_minutes", "may"),
    [
        pytest.param(0, True, id="at once"),
        pytest.param(30, True, id="to the last moment of the half hour"),
        pytest.param(30 + 1e-6, False, id="a moment later"),
        pytest.param(-5, True, id="on a clock that went back"),
    ],
)
def test_a_missed_visitor_may_come_back_for_half_an_hour(after_minutes, may):
    assert may_come_back(MISSED, MISSED + timedelta(minutes=after_minutes), 30) is may
