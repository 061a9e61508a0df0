"""I-9: the life of a ticket is one table, and whatever is not in it is refused; who may, where, and when a key acts."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.events import FACTS, Kind
from queue_server.domain.fold import CounterState
from queue_server.domain.rights import RIGHTS, Act
from queue_server.domain.roles import STAFF, Actor, Role
from queue_server.domain.ticket import AT_COUNTER, ENDED, OPEN, State
from queue_server.domain.verbs import (
    RULES,
    Verb,
    at_counter,
    by_number,
    kind_of,
    overseeing,
    require_seat,
    require_verb,
)
from tests.world.values import at

# The contract's table once more, written independently of the code: verb, from, to.
CONTRACT = """
    call-next   waiting                called
    call        waiting held no_show   called
    recall      called                 called
    serve       called                 serving
    finish      serving                completed
    no-show     called                 no_show
    hold        called serving         held
    return      called held no_show    waiting
    transfer    called serving         waiting
    move        waiting                waiting
    reclass     waiting                waiting
    reclass     called                 called
    reclass     serving                serving
    reclass     held                   held
    people      waiting                waiting
    people      called                 called
    people      serving                serving
    people      held                   held
    escort      waiting                waiting
    escort      called                 called
    escort      held                   held
    reprint     waiting                waiting
    reprint     called                 called
    reprint     serving                serving
    reprint     held                   held
    reprint     completed              completed
    reprint     expired                expired
    take-over   called                 called
    take-over   serving                serving
    undo        called                 waiting
    undo        waiting                called
    give-up     waiting held           cancelled
    cancel      waiting held called    cancelled
    close-day   waiting held           expired
    close-day   called                 no_show
    carry-over  waiting held           expired
    give-place-up expired              expired
    close-day   serving                completed
"""
LEGAL = {
    (Verb(words[0]), State(origin)): State(words[-1])
    for words in map(str.split, CONTRACT.strip().splitlines())
    for origin in words[1:-1]
}
WITH_A_TICKET = [verb for verb in Verb if RULES[verb].leads]
EVERY_PAIR = [(verb, state) for verb in WITH_A_TICKET for state in State]
# An undo goes back to what was before the call, or before the transfer; a state stands for it in the table above.
GOES_BACK = {Kind.UNDONE: State.WAITING, Kind.TRANSFER_UNDONE: State.CALLED}
SAID = {Verb.GIVE_PLACE_UP: "cancel", Verb.MOVE: "transfer", Verb.GIVE_UP: "cancel"}


def led(kind: Kind, state: State) -> State:
    """Where an event of the kind leaves a ticket that was in this state."""
    return FACTS[kind].enters or GOES_BACK.get(kind, state)


@pytest.mark.parametrize(("verb", "state"), EVERY_PAIR, ids=lambda value: value.value)
def test_every_verb_in_every_state_does_what_the_contract_says(verb, state):
    if (verb, state) in LEGAL:
        assert led(kind_of(verb, state), state) is LEGAL[verb, state]
        return
    with pytest.raises(QueueError) as refused:
        kind_of(verb, state)
    assert refused.value.code is Code.ILLEGAL_TRANSITION
    said = SAID.get(verb, verb.value.replace("-", "_"))
    assert refused.value.details == {"action": said, "state": state.value}


def test_the_contract_s_table_knows_every_verb_and_every_state():
    assert {verb for verb, _ in LEGAL} == set(WITH_A_TICKET)
    assert {state for pair in LEGAL.items() for state in (pair[0][1], pair[1])} == set(State)


def test_every_verb_has_one_row_that_records_something():
    assert list(RULES) == list(Verb)
    assert all(rule.leads or rule.kind for verb, rule in RULES.items() if verb is not Verb.UNDO)


def test_nothing_leaves_an_ended_state_but_a_missed_visitor_who_comes_back():
    leaving = {(verb, state) for (verb, state), to in LEGAL.items() if state in ENDED and to is not state}
    assert leaving == {(Verb.CALL, State.NO_SHOW), (Verb.RETURN, State.NO_SHOW)}


def test_closing_the_day_leaves_nobody_in_an_open_state():
    assert {LEGAL[Verb.CLOSE_DAY, state] for state in OPEN} <= ENDED
    assert AT_COUNTER < OPEN


# -- who may


def somebody(role: Role, id: str = "x") -> Actor:
    """An identity of one role."""
    return Actor(id, role.only)


@pytest.mark.parametrize("verb", [verb for verb, rule in RULES.items() if rule.seated], ids=str)
def test_officers_and_supervisors_work_at_counters_and_nobody_else(verb):
    assert RULES[verb].who == {Role.OFFICER, Role.SUPERVISOR}
    for role in STAFF - RULES[verb].who:
        with pytest.raises(QueueError, match="forbidden"):
            require_verb(somebody(role), verb)


def test_at_anybody_s_counter_a_supervisor_may_close_hold_return_and_no_show_and_says_why():
    """The contract's sentence."""
    overseen = {verb for verb, rule in RULES.items() if rule.overseen}
    assert overseen == {Verb.CLOSE, Verb.HOLD, Verb.RETURN, Verb.NO_SHOW}
    assert RIGHTS[Act.OVERSEE].keys() == {Role.SUPERVISOR}


@pytest.mark.parametrize(
    ("verb", "who", "officer", "reason", "code"),
    [
        pytest.param(Verb.SERVE, somebody(Role.OFFICER), None, None, Code.COUNTER_CLOSED, id="a closed counter"),
        pytest.param(Verb.SERVE, somebody(Role.OFFICER), "x", None, None, id="one's own"),
        pytest.param(Verb.HOLD, somebody(Role.SUPERVISOR), "x", None, None, id="one's own needs no reason"),
        pytest.param(Verb.HOLD, somebody(Role.OFFICER), "y", "why", Code.NOT_YOUR_COUNTER, id="a colleague's"),
        pytest.param(Verb.HOLD, somebody(Role.SUPERVISOR), "y", "why", None, id="overseen"),
        pytest.param(Verb.HOLD, somebody(Role.SUPERVISOR), "y", None, Code.INVALID, id="overseen without a reason"),
        pytest.param(Verb.SERVE, somebody(Role.SUPERVISOR), "y", "why", Code.NOT_YOUR_COUNTER, id="not to be overseen"),
    ],
)
def test_whose_counter_it_is_decides(verb, who, officer, reason, code):
    if code is None:
        require_seat(who, verb, CounterState("5", officer), reason)
        return
    with pytest.raises(QueueError) as refused:
        require_seat(who, verb, CounterState("5", officer), reason)
    assert refused.value.code is code


AT_REST = CounterState("5", "x", break_since=at("2026-01-19 12:00"))


@pytest.mark.parametrize("verb", [verb for verb, rule in RULES.items() if rule.seated], ids=str)
def test_at_a_counter_on_a_break_its_officer_comes_back_first_or_leaves_and_a_supervisor_goes_on(verb):
    for who in (somebody(Role.OFFICER), somebody(Role.SUPERVISOR)):
        if verb in (Verb.BREAK, Verb.RESUME, Verb.CLOSE, Verb.HELP):
            require_seat(who, verb, AT_REST, None)
        else:
            with pytest.raises(QueueError) as refused:
                require_seat(who, verb, AT_REST, None)
            assert refused.value.code is Code.COUNTER_ON_BREAK
    if RULES[verb].overseen:
        require_seat(somebody(Role.SUPERVISOR, "y"), verb, AT_REST, "why")


def test_nobody_comes_back_who_did_not_go():
    with pytest.raises(QueueError) as refused:
        require_seat(somebody(Role.OFFICER), Verb.RESUME, CounterState("5", "x"), None)
    told = (Code.ILLEGAL_TRANSITION, {"action": "resume", "state": None})
    assert (refused.value.code, refused.value.details) == told


# -- what can be done now


def words(verbs: list[Verb]) -> str:
    """In one line."""
    return " ".join(verbs)


@pytest.mark.parametrize(
    ("here", "facts", "can"),
    [
        (None, {"is_open": False}, "open"),
        (None, {}, "close help break call-next call walk-in move"),
        (None, {"may_undo": True}, "close help break call-next call walk-in move undo"),
        (None, {"on_break": True}, "close help break resume"),
        (None, {"on_break": True, "may_undo": True, "finish_on_next": True}, "close help break resume"),
        (State.CALLED, {}, "help recall serve no-show hold return transfer move reclass cancel"),
        (State.CALLED, {"may_undo": True}, "help recall serve no-show hold return transfer move reclass undo cancel"),
        (State.SERVING, {}, "help finish hold transfer move reclass"),
        (State.SERVING, {"finish_on_next": True}, "help call-next finish hold transfer move reclass"),
        (State.CALLED, {"finish_on_next": True}, "help recall serve no-show hold return transfer move reclass cancel"),
    ],
)
def test_what_an_officer_can_do_at_her_counter(here, facts, can):
    told = {"is_open": True, "finish_on_next": False, "may_undo": False} | facts
    assert words(at_counter(here, **told)) == can


@pytest.mark.parametrize(
    ("here", "can"), [(None, "close"), (State.CALLED, "no-show hold return"), (State.SERVING, "hold")]
)
def test_what_a_supervisor_can_do_at_somebody_else_s(here, can):
    assert words(overseeing(here, is_open=True)) == can
    assert overseeing(here, is_open=False) == []


@pytest.mark.parametrize(
    ("state", "at_a_free_counter", "at_a_busy_one"),
    [
        (State.WAITING, "call reclass cancel", "reclass cancel"),
        (State.HELD, "call return reclass cancel", "return reclass cancel"),
        (State.NO_SHOW, "call return", "return"),
        (State.COMPLETED, "", ""),
    ],
)
def test_what_can_be_done_with_a_number_in_the_lists(state, at_a_free_counter, at_a_busy_one):
    assert words(by_number(state, is_free=True)) == at_a_free_counter
    assert words(by_number(state, is_free=False)) == at_a_busy_one
    assert by_number(state, is_free=True, on_break=True) == []
