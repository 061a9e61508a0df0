"""I-6: each counter turns its own wheel, and in a full turn nobody who waits is passed over."""

from itertools import count, cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.order import Choice, choose, slots, upcoming

WEIGHTS = st.fixed_dictionaries(
    {}, optional={"priority": st.integers(0, 6), "regular": st.integers(0, 6), "booked": st.integers(0, 6)}
).filter(lambda weights: sum(weights.values()) > 0)
PUBLISHED = {"priority": 2, "booked": 1, "regular": 1}


@pytest.mark.parametrize(
    ("weights", "wheel"),
    [
        pytest.param(PUBLISHED, "priority regular priority booked", id="2:1:1 as published"),
        pytest.param({"regular": 1, "priority": 1}, "priority regular", id="a tie goes to priority"),
        pytest.param({"booked": 1, "regular": 1}, "regular booked", id="then to regular"),
        pytest.param({"regular": 3}, "regular regular regular", id="one class alone"),
        pytest.param({"priority": 1, "regular": 4}, "regular priority regular regular regular", id="1:4"),
        pytest.param(
            {"priority": 3, "regular": 1},
            "priority regular priority priority",
            id="3:1, nobody before their turn is due",
        ),
        pytest.param({"priority": 0, "regular": 1}, "regular", id="weight 0 is not on the wheel"),
        pytest.param({}, "", id="no class, no wheel"),
    ],
)
def test_the_wheel_of_weights(weights, wheel):
    assert slots(weights) == tuple(wheel.split())


def reference_slots(weights):
    """The published rule word for word, in whole numbers: given·Σw ≤ n·w, then the smallest (given+1)/w."""
    total, given, wheel = sum(weights.values()), dict.fromkeys(weights, 0), []
    for n in range(total):
        best = None
        for class_ in ("priority", "regular", "booked"):
            w = weights.get(class_, 0)
            if w == 0 or given[class_] * total > n * w:
                continue
            if best is None or (given[class_] + 1) * weights[best] < (given[best] + 1) * w:
                best = class_
        given[best] += 1
        wheel.append(best)
    return tuple(wheel)


@given(WEIGHTS)
def test_the_wheel_is_the_published_rule_word_for_word(weights):
    assert slots(weights) == reference_slots(weights)


@given(WEIGHTS)
def test_the_wheel_has_exactly_w_slots_of_each_class(weights):
    assert {class_: slots(weights).count(class_) for class_ in weights} == weights


@pytest.mark.parametrize(
    ("pointer", "waiting", "expected"),
    [
        pytest.param(0, {"priority", "regular", "booked"}, Choice("priority", 1), id="the slot at the pointer"),
        pytest.param(1, {"priority", "regular", "booked"}, Choice("regular", 2), id="and leaves it after that slot"),
        pytest.param(0, {"booked"}, Choice("booked", 0), id="an empty class is passed over, and the wheel goes round"),
        pytest.param(3, {"regular"}, Choice("regular", 2), id="round the corner"),
        pytest.param(2, set(), None, id="nobody waits"),
        pytest.param(0, {"unheard-of"}, None, id="a class without a slot is never chosen"),
    ],
)
def test_the_choice(pointer, waiting, expected):
    assert choose(PUBLISHED, pointer, waiting) == expected


@given(weights=WEIGHTS, pointer=st.integers(0, 20), data=st.data())
def test_the_choice_is_the_first_slot_whose_class_waits(weights, pointer, data):
    wheel = slots(weights)
    pointer %= len(wheel)
    waiting = data.draw(st.sets(st.sampled_from(wheel)))
    by_hand = None
    for at in islice(cycle(range(len(wheel))), pointer, pointer + len(wheel)):
        if wheel[at] in waiting:
            by_hand = Choice(wheel[at], (at + 1) % len(wheel))
            break
    assert choose(weights, pointer, waiting) == by_hand


@given(weights=WEIGHTS, pointer=st.integers(0, 17), data=st.data())
def test_who_waits_in_a_class_that_was_dropped_is_called_within_one_turn(weights, pointer, data):
    """The site no longer weighs a class; who already holds such a number is not passed over."""
    dropped = data.draw(st.sampled_from(("priority", "regular", "booked")))
    weights = {**weights, dropped: 0}
    waiting = {dropped, *slots(weights)}
    turn, called = sum(weights.values()) + 1, []
    for _ in range(turn):
        choice = choose(weights, pointer, waiting)
        pointer = choice.pointer
        called.append(choice.class_)
    assert called.count(dropped) == 1
    assert {c: called.count(c) for c in weights if weights[c]} == {c: w for c, w in weights.items() if w}


def turned(rule, weights, pointer, crowds):
    """The slots that a wheel turned past while these crowds waited: the class called there, None where skipped."""
    passed: list[str | None] = []
    for waiting in crowds:
        choice = rule(weights, pointer, waiting)
        passed += [None] * ((choice.pointer - 1 - pointer) % len(slots(weights))) + [choice.class_]
        pointer = choice.pointer
    return passed


def unfair_turns(passed, weights, throughout):
    """Every full turn in which a class that waited throughout was not called exactly w times (I-6)."""
    turn = sum(weights.values())
    windows = (passed[start : start + turn] for start in range(len(passed) - turn + 1))
    return [w for w in windows if any(w.count(class_) != weights[class_] for class_ in throughout)]


@given(weights=WEIGHTS, pointer=st.integers(0, 17), data=st.data())
def test_in_any_full_turn_a_class_that_waits_throughout_is_called_exactly_w_times(weights, pointer, data):
    """Some classes always have somebody, the others come and go; every window of Σw passed slots is looked at."""
    throughout = data.draw(st.sets(st.sampled_from([c for c in weights if weights[c]]), min_size=1))
    others = st.sets(st.sampled_from(slots(weights)))
    crowds = [throughout | data.draw(others) for _ in range(3 * sum(weights.values()))]
    passed = turned(choose, weights, pointer % sum(weights.values()), crowds)
    assert unfair_turns(passed, weights, throughout) == []


def test_the_check_catches_a_rule_that_always_prefers_priority():
    def strict(weights, pointer, waiting):
        return Choice("priority" if "priority" in waiting else "regular", (pointer + 1) % 4)

    passed = turned(strict, PUBLISHED, 0, [{"priority", "regular"}] * 8)
    assert unfair_turns(passed, PUBLISHED, {"priority", "regular"})


@given(weights=WEIGHTS, turns=st.lists(st.booleans(), min_size=1, max_size=60))
def test_two_counters_never_disturb_each_other_s_wheel(weights, turns):
    """Each counter's own calls are those it would have made alone, whoever calls in between."""
    everybody = set(slots(weights))
    pointers, calls = {True: 0, False: 0}, {True: [], False: []}
    for which in turns:
        choice = choose(weights, pointers[which], everybody)
        pointers[which] = choice.pointer
        calls[which].append(choice.class_)
    for mine in calls.values():
        assert mine == list(islice(cycle(slots(weights)), len(mine)))


@given(weights=WEIGHTS, pointer=st.integers(0, 17), length=st.integers(0, 12), data=st.data())
def test_upcoming_foretells_what_call_next_would_do(weights, pointer, length, data):
    numbers = count()
    pointer %= len(slots(weights))
    queues = {c: [next(numbers) for _ in range(data.draw(st.integers(0, 5)))] for c in weights if weights[c]}
    foretold = upcoming(weights, pointer, queues, length)
    left, called = {c: list(q) for c, q in queues.items()}, []
    while len(called) < length and any(left.values()):
        choice = choose(weights, pointer, {c for c, q in left.items() if q})
        called.append(left[choice.class_].pop(0))
        pointer = choice.pointer
    assert foretold == called
