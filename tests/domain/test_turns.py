"""A visitor's place is the number of calls before theirs: each told place against calls that are really made."""

from collections import Counter as Count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import play
from queue_server.domain.order import choose
from queue_server.domain.play import Play, lines_of
from queue_server.domain.site import Counter
from queue_server.domain.turns import Caller, Waiting, alike, newcomer, team, turn_s
from tests.world.values import hall, service

PUBLISHED = {"priority": 2, "booked": 1, "regular": 1}
CLASSES = ("priority", "regular", "booked")
SERVICES = ("a", "b", "c")


def caller(services="a", pointer=0, *, open=True, busy=False, turn_s=600):
    return Caller(frozenset(services.split()), pointer, open, busy, turn_s)


def line(*people):
    """``line("a regular", "a priority")``: who waits, in the order of arrival."""
    return [Waiting(n, *one.split()) for n, one in enumerate(people)]


def played(weights, callers, people):
    return Play(weights, callers, lines_of(people))


def called(weights, callers, people):
    """What the counters really do: (counter, visitor), one call after another; written without the product's lines."""
    free, pointers = [c.turn_s // 2 if c.busy else 0 for c in callers], [c.pointer for c in callers]
    left, calls = list(people), []
    while True:
        can = [n for n, c in enumerate(callers) if any(w.service in c.services for w in left)]
        if not can:
            return calls
        n = min(can, key=lambda n: (free[n], n))
        own = [w for w in left if w.service in callers[n].services]
        choice = choose(weights, pointers[n], {w.class_ for w in own})
        one = min(w for w in own if w.class_ == choice.class_)
        pointers[n] = choice.pointer
        left.remove(one)
        calls.append((n, one))
        free[n] += callers[n].turn_s


def true_place(weights, callers, people, one):
    """How many calls the counters that serve this visitor make before they call them."""
    calls = called(weights, callers, people)
    at = [w for _, w in calls].index(one)
    return sum(one.service in callers[n].services for n, _ in calls[:at])


WEIGHTS = st.fixed_dictionaries({c: st.integers(0, 3) for c in CLASSES}).filter(lambda w: sum(w.values()) > 0)
CALLERS = st.lists(
    st.builds(
        Caller,
        st.sets(st.sampled_from(SERVICES), min_size=1).map(frozenset),
        st.integers(0, 9),
        st.booleans(),
        st.booleans(),
        st.sampled_from([300, 600, 900]),
    ),
    min_size=1,
    max_size=4,
)
PEOPLE = st.lists(st.tuples(st.sampled_from(SERVICES), st.sampled_from(CLASSES)), max_size=25).map(
    lambda people: [Waiting(3 * n + 1, *one) for n, one in enumerate(people)]
)


@given(weights=WEIGHTS, callers=CALLERS, people=PEOPLE)
def test_the_place_told_is_the_place_called_when_nothing_else_changes(weights, callers, people):
    for one in people:
        mine = team(one.service, callers)
        if any(one.service in c.services for c in callers):
            assert played(weights, mine, people).places[one.arrival] == true_place(weights, mine, people, one)


@given(weights=WEIGHTS.filter(lambda w: w["regular"]), callers=CALLERS, people=PEOPLE, wanted=st.sampled_from(SERVICES))
def test_a_newcomer_is_told_what_they_are_told_once_they_have_come(weights, callers, people, wanted):
    mine, one = team(wanted, callers), Waiting(1000, wanted, "regular")
    if mine:
        assert played(weights, mine, people).newcomer(wanted) == played(weights, mine, [*people, one]).places[1000]


@given(weights=WEIGHTS, callers=CALLERS, people=PEOPLE, wanted=st.sampled_from(SERVICES), data=st.data())
def test_with_one_more_the_play_goes_on_as_if_it_had_begun_with_them(weights, callers, people, wanted, data):
    """The last to come changes no call before their own: a play that goes on must still end like a whole one."""
    mine = team(wanted, callers)
    reached = sorted({wanted}.union(*(c.services for c in mine)))
    people = [one for one in people if one.service in reached]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(play, "_SHORTEST", 2)  # calls of a stretch: else so few people are all in the first
        joined(weights, mine, people, reached, data)


def joined(weights, mine, people, reached, data):
    going_on, offered = played(weights, mine, people), [c for c in CLASSES if weights[c]]
    for arrival in range(1000, 1000 + data.draw(st.integers(1, 6))):
        one = Waiting(arrival, data.draw(st.sampled_from(reached)), data.draw(st.sampled_from(offered)))
        told, going_on = going_on.newcomer(one.service, one.class_), going_on.followed_by(one)
        people.append(one)
        whole = played(weights, mine, people)
        assert told == whole.places[arrival]
        assert going_on.places == whole.places
        assert [going_on.newcomer(s) for s in reached] == [whole.newcomer(s) for s in reached]


@given(
    weights=WEIGHTS,
    callers=CALLERS.map(lambda cs: [Caller(frozenset("a"), c.pointer, c.open, c.busy, c.turn_s) for c in cs]),
    counts=st.fixed_dictionaries({c: st.integers(0, 40) for c in CLASSES}),
    class_=st.sampled_from(CLASSES),
)
def test_counts_tell_the_same_as_playing_it_out_where_all_call_from_one_line(weights, callers, counts, class_):
    weights[class_] = weights[class_] or 1  # else nobody takes a number of it
    people = [Waiting(n, "a", c) for n, c in enumerate(c for c in CLASSES for _ in range(counts[c]))]
    last = Waiting(len(people), "a", class_)
    told = newcomer(weights, callers, counts, class_)
    assert told == played(weights, callers, [*people, last]).places[last.arrival]


@pytest.mark.parametrize(
    ("counts", "class_", "expected"),
    [
        pytest.param({}, "regular", 0, id="nobody waits"),
        pytest.param({"regular": 7}, "priority", 0, id="seven came before, the wheel stands at priority"),
        pytest.param({"regular": 7}, "regular", 7, id="first come, first called among equals"),
        pytest.param({"priority": 3}, "regular", 1, id="a regular one has the second slot"),
        pytest.param({"regular": 7, "priority": 1}, "priority", 2, id="priority, regular, priority"),
        pytest.param({"regular": 100_000, "priority": 1000}, "priority", 1500, id="a line without end, at once"),
        pytest.param({"regular": 100_000, "priority": 1000}, "regular", 101_000, id="and its end"),
    ],
)
def test_known_places_at_one_counter(counts, class_, expected):
    assert newcomer(PUBLISHED, [caller()], counts, class_) == expected


@pytest.mark.parametrize("counts", [{"regular": -1}, {"regular": 3, "priority": -1}, {"regular": -2, "priority": 2}])
@pytest.mark.parametrize("callers", [[], [caller()]], ids=["nobody calls", "one calls"])
def test_fewer_than_nobody_is_nobody_and_the_count_ends(callers, counts):
    """A count that is wrong may cost a figure; this loop ran for ever, and the whole server with it."""
    there = {class_: max(n, 0) for class_, n in counts.items()}
    assert newcomer(PUBLISHED, callers, counts) == newcomer(PUBLISHED, callers, there)


def test_eight_regular_ones_and_one_with_priority_as_in_the_hall():
    """P1008 came after seven and was told "7 orang"; the counter's wheel had just turned past a priority slot."""
    people = line(*["a regular"] * 7, "a priority")
    told = played(PUBLISHED, [caller(pointer=1)], people).places
    assert told == {0: 0, 7: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 7}


def test_who_waits_in_a_class_that_the_site_no_longer_weighs_has_a_place_too():
    people = line("a regular", "a booked", "a regular")
    assert played({"regular": 1}, [caller()], people).places == {0: 0, 1: 1, 2: 2}


def test_without_any_counter_the_place_is_that_of_arrival():
    people = line("a regular", "b regular", "a priority")
    alone = played(PUBLISHED, [], people)
    assert (alone.places, alone.newcomer("a"), alone.newcomer("b")) == ({0: 0, 1: 0, 2: 1}, 2, 1)
    weights = {0: 3, 1: 5}  # of the first for a, and of the one for b
    assert (alone.weight_before("a", "regular", weights), alone.weight_before("b", "regular", weights)) == (3, 5)
    assert newcomer(PUBLISHED, [], {"regular": 1, "priority": 1}) == 2


def test_an_idle_counter_calls_before_one_that_is_at_work():
    people = line("a regular", "b regular", "a regular")
    told = played(PUBLISHED, [caller("a b", busy=True), caller("a")], people).places
    assert told == {0: 0, 1: 0, 2: 2}, "nobody is called before b at the one that serves b"
    told = played(PUBLISHED, [caller("a b"), caller("a", busy=True)], people).places
    assert told == {0: 0, 1: 1, 2: 1}, "the second takes the third visitor while the first takes b"


SHUT = caller("a", open=False)


@pytest.mark.parametrize(
    ("callers", "expected"),
    [
        pytest.param([caller("a"), caller("b")], [0], id="what does not serve it has no say"),
        pytest.param([caller("a b"), caller("b c"), caller("c")], [0, 1, 2], id="lines that hang together"),
        pytest.param([SHUT, caller("a")], [1], id="a closed one waits for its officer"),
        pytest.param([SHUT, SHUT, caller("b")], [0, 1], id="none open: all that could"),
        pytest.param([caller("a b", open=False), caller("b", open=False), caller("b")], [0, 2], id="and who shares"),
        pytest.param([caller("b")], [], id="nobody ever"),
    ],
)
def test_whose_wheels_decide(callers, expected):
    assert team("a", callers) == [callers[n] for n in expected]


@pytest.mark.parametrize(
    ("callers", "waited_for", "expected"),
    [
        pytest.param(["a", "a"], "a", "a", id="one service"),
        pytest.param(["a b", "a b"], "a b", "a b", id="the same two"),
        pytest.param(["a b", "a c"], "a", "a", id="nobody waits for what parts them"),
        pytest.param(["a b", "a c"], "a b", None, id="one has another line"),
        pytest.param(["a b", "b"], "a b", None, id="who does not serve it takes from its line"),
        pytest.param(["b"], "b", "a", id="none serves it"),
    ],
)
def test_one_line_or_several(callers, waited_for, expected):
    found = alike("a", [caller(c) for c in callers], waited_for.split())
    assert found == (frozenset(expected.split()) if expected else None)


def test_a_turn_takes_what_the_services_promise_on_average_and_ten_minutes_without_a_promise():
    site = hall(service("a", target_minutes=5), service("b", target_minutes=15), service("c", target_minutes=None))
    at = {
        own: turn_s(site, Counter("1", "Loket 1", "dukcapil", "A", tuple(own.split())))
        for own in ("a", "a b", "c", "x")
    }
    assert at == {"a": 300, "a b": 600, "c": 600, "x": 0}


def test_the_shares_of_a_long_line_are_the_published_ones():
    people = line(*["a priority", "a regular", "a booked"] * 40)
    told = played(PUBLISHED, [caller(), caller()], people).places
    first = Count(people[arrival].class_ for arrival, place in told.items() if place < 40)
    assert first == {"priority": 20, "regular": 10, "booked": 10}
