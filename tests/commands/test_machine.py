"""The real commands against a model, in whatever order Hypothesis thinks of: no invariant breaks, none is untried."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from queue_server.domain import order
from queue_server.domain.order import Choice
from tests.commands.machine import HallMachine
from tests.world.figures import Tally
from tests.world.halls import prepare
from tests.world.story import TABLE, never


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def store(request, tmp_path_factory) -> str:
    """A hall on one of the stores for Hypothesis to play with."""
    cluster = request.getfixturevalue("postgres") if request.param == "PostgreSQL" else None
    HallMachine.prepared = prepare(tmp_path_factory, cluster)
    return request.param


def play(examples: int, steps: int, chance: int, **options) -> None:
    """Hypothesis at the doors of the hall: so many examples of so many steps, the same again for the same seed."""
    checks = list(HealthCheck)
    few = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(seed(chance)(HallMachine), settings=settings(few, database=None, **options))


CI = {"SQLite": 10, "PostgreSQL": 3}  # examples
NIGHT = {"SQLite": 20_000, "PostgreSQL": 2_000}
ENOUGH = 100  # examples on PostgreSQL, before a transition that none of them met is a fault of the run


def untried() -> set[str]:
    """The refusals of breaks, and of leaving people, that nobody has met yet."""
    return {"counter_on_break", "last_counter", "reason_missing"} - HallMachine.refused.keys()


def whatever(row: Tally, store: str) -> None:
    """The run itself; whatever transition or refusal it did not reach it has proven nothing about: that fails it, too.

    A short run may miss one by chance: it goes on with the next seed, twelve times at most (two seconds each).
    """
    HallMachine.steps, HallMachine.hit, HallMachine.refused = 0, Counter(), Counter()
    row.aims_at({"SQLite": 2_000_000, "PostgreSQL": 200_000}[store])
    most = 12 if store == "SQLite" else 1
    try:
        for n in range(most):
            play(row.size(CI[store], NIGHT[store]), 100 if row.effort else 60, row.seed + n)
            if not never(HallMachine.hit) and not untried():
                break
    finally:
        row.count(HallMachine.steps)
    rarest = min(HallMachine.hit[pair] for pair in TABLE)
    row.note(f"each of {len(TABLE)} transitions at least {rarest} times, {sum(HallMachine.refused.values())} refusals")
    missed = never(HallMachine.hit)
    short = store == "PostgreSQL" and row.size(CI[store], NIGHT[store]) < ENOUGH
    assert not missed or short, f"never reached: {missed}"
    assert not untried() or short, f"never refused: {untried()}"


@pytest.mark.slow
def test_whatever_happens_in_whatever_order_the_hall_is_as_promised(store, figure):
    whatever(figure("F10", f"steps of the state machine in-process, {store}"), store)


@pytest.mark.night
@pytest.mark.parametrize("store", ["SQLite"], indirect=True)
def test_control_a_hall_where_priority_always_goes_first_is_noticed(store, figure, monkeypatch):
    """The machine gets far enough to see a wheel that does not turn."""

    def strict(weights, pointer, waiting):
        class_ = next((c for c in ("priority", "regular", "booked") if c in waiting), None)
        return Choice(class_, pointer) if class_ else None

    monkeypatch.setattr(order, "choose", strict)
    HallMachine.steps, HallMachine.hit, HallMachine.refused = 0, Counter(), Counter()
    with pytest.raises(AssertionError):
        play(20, 60, 7, phases=[Phase.generate])
    row = figure("F10", f"steps of the state machine in-process, {store}")
    row.caught("priority always first", f"seen within {HallMachine.steps} steps")
