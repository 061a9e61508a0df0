"""I-1 … I-11, I-13, I-14, I-16 over whole simulated days, each of which happens again alike from its seed."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from queue_server.commands import visitor
from queue_server.domain import order
from queue_server.domain.roles import Actor, Role
from queue_server.store import tickets
from tests.trust.days import day
from tests.trust.days.chance import seeded
from tests.trust.days.day import Day
from tests.trust.days.halls import Plan, declared, neighbour, plans
from tests.trust.days.mall import Mall
from tests.world import fairness, sabotage
from tests.world.declared import redeclared
from tests.world.figures import Tally
from tests.world.invariants import Seen, end_of_a_day, i4_one_wish_has_one_effect
from tests.world.story import TABLE, never, taken

FIRST_DAY = date(2026, 11, 23)
WHAT = "days simulated in-process, SQLite"


@pytest.fixture(scope="module")
def halls(tmp_path_factory) -> list[Plan]:
    """The three halls."""
    return plans(tmp_path_factory.mktemp("forty"))


class Played:
    """A day that is over, every invariant of it checked."""

    def __init__(self, day: Day, fingerprint: str) -> None:
        self.day, self.fingerprint = day, fingerprint
        self.hit = taken(day.mall.events())
        asked, refused = day.codes.total(), day.codes.total() - day.codes["ok"]
        self.told = Counter({"requests": asked, "refused": refused, "deaths": day.restarts})
        self.told.update({"clock jumps": day.jumps, "places looked at": day.phones.looks})


def play(plan: Plan, seed: int, place: Path, visitors: int, *, repeatable: bool = True) -> Played:
    """One day from its seed, in an empty folder, with another mall beside it."""
    chance = random.Random(seed)
    on = FIRST_DAY + timedelta(days=chance.choice([n for n in range(26) if n % 7 < 5]))
    begin = datetime.combine(on, time(7), tzinfo=plan.site.timezone)
    told = declared()
    told = redeclared(told, {plan.site.id: plan.site, "neighbour": neighbour(told.sites["lebak"])})
    place.mkdir()
    (place / "secret").write_text(f"{seed:064x}")
    clock = {"mall": None}
    with seeded(seed, lambda: clock["mall"].now if clock["mall"] else begin) if repeatable else nullcontext():
        clock["mall"] = mall = Mall(place, told, begin, plan.site.id)
        beside = next_door(mall)
        today = Day(mall, on, visitors, staffed(plan, visitors), seed)
        today.run()
        assert mall.of_other("neighbour") == beside, "I-14: somebody else's mall was touched"
    check(today)
    played = Played(today, mall.fingerprint())
    mall.stop()
    return played


def staffed(plan: Plan, visitors: int) -> int:
    """How many counters are kept: as many as so many visitors need."""
    counters = len(plan.site.counters)
    return min(counters, max(4, counters * visitors // plan.visitors))


def next_door(mall: Mall) -> str:
    """The other mall has had a visitor, who has left: not even its own midnight changes its rows any more (I-14)."""
    kiosk = Actor("kiosk", Role.KIOSK.only, frozenset({"neighbour"}))
    mall.perform("neighbour", lambda tx: visitor.cancel_own(tx, visitor.issue(tx, "ktp-cetak").id), actor=kiosk)
    return mall.of_other("neighbour")


def check(day: Day) -> None:
    """All that must hold of the day's events and rows."""
    mall = day.mall
    seen = Seen(mall.tickets(), mall.events(), dict(mall.counters()), mall.row())
    end_of_a_day(seen, mall.site, mall.rows())
    i4_one_wish_has_one_effect(seen, day.wishes)
    fairness.i5_first_come_first_called(seen.events, mall.site)
    fairness.i6_every_full_turn_gives_each_class_its_share(seen.events, mall.site)


@contextmanager
def counted(row: Tally) -> Iterator[None]:
    """What happens inside is one try; it is lost if it fails."""
    try:
        yield
    except Exception:
        row.count(1, lost=1)
        raise
    row.count(1)


def crowd(plan: Plan, row: Tally) -> int:
    """An ordinary day's visitors in the long run, a few in the short one."""
    return plan.visitors if row.effort else 36


def test_every_invariant_holds_on_each_simulated_day(halls, figure, tmp_path):
    row, hit, told = figure("F11", WHAT), Counter(), Counter()
    for seed in row.each(range(row.seed, row.seed + row.size(ci=4, night=1000))):
        plan = halls[seed % len(halls)]
        with counted(row):
            played = play(plan, seed, tmp_path / "day", crowd(plan, row))
        hit += played.hit
        told += played.told
        shutil.rmtree(tmp_path / "day")
    row.note(", ".join(f"{count:,} {what}" for what, count in told.items()))
    row.note(f"{len(TABLE) - len(never(hit))} of {len(TABLE)} transitions")
    assert min(told.values()) > 0 and len(told) == 5, f"a day without trouble proves little: {told}"
    assert not (row.effort and never(hit)), f"never reached: {never(hit)}"


def test_the_same_seed_gives_the_same_day_again(halls, figure, tmp_path):
    row = figure("F11", "seeds run twice, events and rows alike to the last byte")
    row.aims_at(20)
    for seed in row.each(range(row.seed, row.seed + row.size(ci=1, night=20))):
        plan = halls[seed % len(halls)]
        once, again = (play(plan, seed, tmp_path / f"{seed}-{n}", crowd(plan, row)).fingerprint for n in (1, 2))
        row.count(1, lost=once != again)
        assert once == again


@pytest.mark.night
def test_control_ids_from_outside_the_seed_make_another_day(halls, figure, tmp_path):
    once, again = (play(halls[0], 1, tmp_path / str(n), 20, repeatable=False).fingerprint for n in (1, 2))
    assert once != again
    row = figure("F11", "seeds run twice, events and rows alike to the last byte")
    row.caught("ids drawn from the system", "another day")


def crowded(plan: Plan) -> Plan:
    """Two services at three counters, so that people wait for the same; what is unfair shows at once."""
    site, services = plan.site, ("ktp-perekaman", "ktp-cetak")
    places = {id: c for id, c in site.counters.items() if set(c.services) & set(services)}
    return Plan(replace(site, services={id: site.services[id] for id in services}, counters=places), 150)


def strict_priority() -> None:
    """Priority goes first as long as there is one."""
    weigh = order.choose

    def choose(weights: dict, pointer: int, waiting: set) -> order.Choice | None:
        return weigh({"priority": 1} if "priority" in waiting else weights, pointer, waiting)

    order.choose = choose


@pytest.mark.parametrize(
    ("broken", "where", "name"),
    [
        pytest.param(strict_priority, order, "choose", id="an order that favours one"),
        pytest.param(sabotage.forget_the_wheel, order, "choose", id="a wheel that is forgotten"),
        pytest.param(sabotage.clock_ordered_queue, tickets, "_LINE", id="a queue in the clock's order"),
    ],
)
def test_control_an_unfair_hall_is_noticed_within_a_few_days(
    halls, figure, tmp_path, monkeypatch, request, broken: Callable, where: ModuleType, name: str
):
    monkeypatch.setattr(where, name, getattr(where, name))  # and so it is put back afterwards
    monkeypatch.setattr(day, "JUMPS", (timedelta(hours=-1),))
    broken()
    for n in range(1, 9):
        try:
            play(crowded(halls[0]), n, tmp_path / str(n), 150)
        except AssertionError as seen:
            saw = f"day {n}: {seen}".splitlines()[0]
            break
    else:
        pytest.fail("nobody noticed")
    unfair = ("was called before", "in one turn", "'s wheel stood at", "a place was lost without a reason")
    assert any(words in saw for words in unfair), saw
    figure("F11", WHAT).caught(request.node.callspec.id, saw)
