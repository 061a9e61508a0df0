"""I-1 … I-7, I-9, I-11 of what sixteen callers at once were told, while servers, PostgreSQL and Redis fail."""

import random
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.trust.processes.callers import COUNTERS, KIOSKS, Caller, Record, everybody
from tests.trust.processes.hall import Processes, within
from tests.trust.processes.history import faults
from tests.trust.processes.record import check_record
from tests.world.figures import Tally
from tests.world.people import SITE
from tests.world.postgres import Postgres
from tests.world.server import PATIENCE_S
from tests.world.valkey import Valkey

Fault = Callable[[Processes, random.Random], None]
WAITING = 40  # before anybody begins to call: officers in each other's way
A_HALL_LASTS = 20  # faults; then a new one, so that its record stays small enough to be looked through each time

SQLITE = {"QUEUE_DATABASE_URL": "", "QUEUE_MESSAGE_QUEUE_URL": ""}
TOPOLOGIES = {
    "SQLite, eventlet": (SQLITE, 1),
    "SQLite, threading": (SQLITE | {"QUEUE_ASYNC_MODE": "threading"}, 1),
    "PostgreSQL, 1 process": ({}, 1),
    "PostgreSQL, 3 processes": ({}, 3),
}


def kill_a_server(hall: Processes, chance: random.Random) -> None:
    """``kill -9`` of one process, which starts again; the others go on."""
    server = chance.choice(hall.servers)
    server.kill()
    time.sleep(chance.uniform(0, 0.3))
    server.start()


def restart(cluster: Postgres) -> Fault:
    """``pg_ctl restart -m immediate``."""
    return lambda hall, chance: cluster.restart()


def lose_redis(valkey: Valkey) -> Fault:
    """Killed, hung, or emptied."""

    def lose(hall: Processes, chance: random.Random) -> None:
        how = chance.choice(["kill", "hang", "flush"])
        if how == "flush":
            valkey.client().flushall()
            return
        valkey.kill() if how == "kill" else valkey.hang()
        time.sleep(chance.uniform(0.1, 0.8))
        valkey.start() if how == "kill" else valkey.go_on()

    return lose


def history(hall: Processes, seed: int, fault: Fault | None, times: int) -> Record:
    """Everybody at work while the fault happens that often; what they wished and were told."""
    record, callers = everybody(hall, seed)
    for n in range(WAITING):
        assert hall.at(n).kiosks()[0].issue(SITE, ("talk", "sign")[n % 2]).ok
    record.began_at = hall.at(0).kiosks()[0].get(f"/sites/{SITE}/board").json()["revision"]
    threads = [threading.Thread(target=at_work, args=(caller,)) for caller in callers]
    chance = random.Random(seed)
    for thread in threads:
        thread.start()
    try:
        for _ in range(times):
            time.sleep(chance.uniform(0.3, 0.9))
            if fault:
                fault(hall, chance)
        within(PATIENCE_S, record.calls, "a call")
        time.sleep(0.5)
    finally:
        record.stop.set()
        for thread in threads:
            thread.join()
    return record


@pytest.fixture(scope="module")
def hall_of(open_processes) -> Iterator[Callable[..., Processes]]:
    """A started hall of a topology with the sixteen's people in it, the same one again until it has seen enough."""
    standing: dict[str, Processes] = {}
    left: dict[str, int] = {}

    def get(topology: str, times: int, sabotage: str = "") -> Processes:
        if sabotage or left.get(topology, 0) < times:
            if topology in standing:
                standing.pop(topology).end()
            environ, processes = TOPOLOGIES[topology]
            environ = environ | ({"TEST_SABOTAGE": sabotage} if sabotage else {})
            hall = open_processes(COUNTERS, environ, officers=len(COUNTERS), kiosks=KIOSKS, processes=processes)
            standing[topology], left[topology] = hall.start(), 0 if sabotage else A_HALL_LASTS
        left[topology] -= times
        return standing[topology]

    return get


def at_work(caller: Caller) -> None:
    """Run a caller; one that breaks off proves nothing any more, and is a fault by itself."""
    try:
        caller.run()
    except Exception as error:
        caller.record.surprises.append(f"{type(caller).__name__}: {error!r}")


def check(hall: Processes, record: Record, row: Tally | None = None, tried: int = 0) -> None:
    """Nothing that was told contradicts what is on record, and what is on record keeps the invariants."""
    events = [e for e in check_record(hall.servers[0]) if e.revision > record.began_at]
    found = [*record.surprises, *faults(record.wishes, record.looks, events)]
    if row:
        row.count(tried, lost=len(found))
    assert not found
    assert record.calls(), "nobody was called: nothing was tried"


CELLS = [  # topology, fault, figure, what, how often in every run, how often in a night
    ("SQLite, eventlet", "kill", "F3", "kills under 16 callers, their history checked, SQLite", 0, 200),
    ("SQLite, threading", "kill", "F3", "kills under 16 callers, their history checked, SQLite on threads", 0, 200),
    ("PostgreSQL, 1 process", "kill", "F3", "kills under 16 callers, their history checked, PostgreSQL", 0, 200),
    ("PostgreSQL, 3 processes", "kill", "F3", "kills of one of 3 processes, history checked, PostgreSQL", 1, 200),
    ("PostgreSQL, 1 process", "restart", "F20", "PostgreSQL restarts under 16 callers, 1 process", 0, 170),
    ("PostgreSQL, 3 processes", "restart", "F20", "PostgreSQL restarts under 16 callers, 3 processes", 1, 170),
    ("PostgreSQL, 3 processes", "redis", "F20", "Redis losses under 16 callers, 3 processes", 1, 170),
]


@pytest.mark.parametrize(
    ("topology", "name", "id", "what", "ci", "night"),
    [pytest.param(*c, id=f"{c[0]}, {c[1]}", marks=[] if c[4] else pytest.mark.night) for c in CELLS],
)
def test_what_was_told_is_what_happened_once_and_in_order(
    hall_of, cluster, valkey, figure, topology, name, id, what, ci, night
):
    row = figure(id, what)
    fault = {"kill": kill_a_server, "restart": restart(cluster), "redis": lose_redis(valkey)}[name]
    left = row.size(ci, night)
    with row.bar(left) as step:
        while left:
            times = min(left, 5)
            hall = hall_of(topology, times)
            record = history(hall, row.seed + left, fault, times)
            check(hall, record, row, times)
            left -= times
            step(times)


@pytest.mark.parametrize(
    ("topology", "sabotage", "what"),
    [
        ("SQLite, eventlet", "forget_keys", "kills under 16 callers, their history checked, SQLite"),
        ("PostgreSQL, 3 processes", "lock_without_recheck", "PostgreSQL restarts under 16 callers, 3 processes"),
    ],
)
@pytest.mark.night
def test_control_a_server_that_does_things_twice_is_noticed(hall_of, figure, topology, sabotage, what):
    hall = hall_of(topology, 1, sabotage)
    for n in range(20):  # it happens by chance, and seldom where the machine has no turn for two at once
        record = history(hall, 7 + n, None, 4)
        try:
            check(hall, record)
        except AssertionError as noticed:
            broken = traceback.extract_tb(noticed.__traceback__)[-1].name.replace("_", " ")
            break
    else:
        pytest.fail("nobody noticed")
    seen = "what was told is not on record" if broken == "check" else f"broken: {broken}"
    figure("F3" if "kills" in what else "F20", what).caught(sabotage.replace("_", " "), seen)


def test_the_checker_sees_through_every_kind_of_lie(hall_of):
    hall = hall_of("SQLite, eventlet", 1)
    record = history(hall, 11, None, 3)
    events = [e for e in check_record(hall.servers[0]) if e.revision > record.began_at]
    assert not faults(record.wishes, record.looks, events)
    wish = next(w for w in record.wishes if w.verb == "issue" and w.told)
    event = next(e for e in events if e.revision == wish.revision)
    others = [e for e in events if e is not event]
    lies = {
        "lost": others,
        "moved": [*others, replace(event, revision=event.revision + 10**6)],
        "twice": [*events, replace(event, revision=event.revision + 10**6)],
        "another number": [*others, replace(event, detail={**event.detail, "number": "Z999"})],
    }
    for lie, told in lies.items():
        assert faults(record.wishes, record.looks, told), lie
    both = replace(wish, told=[*wish.told, {**wish.told[0], "number": "Z999"}])
    assert faults([both], [], [event]), "two answers to one key"
    assert faults([wish, replace(wish, key="another")], [], [event]), "one number for two wishes"
    walked_in = replace(
        wish, verb="walk-in", place="5", service="talk", told=[{**wish.told[0], "ticket": wish.told[0]}]
    )
    issued, served = replace(event, service="talk"), replace(event, kind="served", counter="5")
    assert not faults([walked_in], [], [issued, served])
    assert faults([walked_in], [], [issued]) and faults([walked_in], [], [served]), "half of a walk-in"
    nobody_knows = replace(walked_in, told=[], unanswered=1)
    assert not faults([nobody_knows], [], []) and not faults([nobody_knows], [], [issued, served])
    assert faults([nobody_knows], [], [issued, served, replace(served, revision=served.revision + 1)]), "twice"
    taken_back = replace(wish, verb="undo", place="5")
    for kind in ("undone", "transfer_undone"):
        assert not faults([taken_back], [], [replace(event, kind=kind, counter="5")])
    assert faults([taken_back], [], [replace(event, kind="returned", counter="5")]), "something else was done"
    stale = (wish.ended + 1, wish.ended + 2, wish.revision - 1)
    assert faults([wish], [stale], [event]), "a read that does not know what was answered before it"
