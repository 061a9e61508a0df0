"""The same promises on PostgreSQL: no double call, no blocked hub, and a restart of it under load loses nothing."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial

import psycopg2
import pytest

from tests.trust.test_calls import (
    COUNTERS,
    OFFICERS,
    WAITING,
    check_all_is_on_record,
    check_called_once_in_order,
    everyone_at_once,
    fill,
)
from tests.trust.test_kill import Load, check_nothing_lost, counted, go_on_until
from tests.world.ledger import check_replay
from tests.world.people import SITE, Cast
from tests.world.postgres import Postgres
from tests.world.pulse import Pulse
from tests.world.server import taken

RESTARTS, ERROR_WINDOW_S = 8, 5.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Postgres]:
    """A PostgreSQL that syncs to the disk before it answers, as in a hall."""
    made = Postgres()
    yield made.start()
    made.remove()


@pytest.fixture
def on_postgresql(cluster: Postgres, open_hall: Callable[..., Cast]) -> Callable[..., Cast]:
    """A hall whose database is PostgreSQL's."""
    return lambda *args, **options: open_hall(*args, database_url=cluster.url(cluster.create()), **options)


CALLED = "calls over HTTP by 8 officers, PostgreSQL"


@pytest.mark.night
def test_eight_officers_call_two_hundred_once_each_in_order(on_postgresql, figure):
    calls = figure("F1", CALLED)
    for _ in calls.each(range(calls.size(ci=1, night=500))):
        people = on_postgresql(COUNTERS, officers=OFFICERS)
        fill(people, WAITING)
        told = everyone_at_once(people)
        calls.count(len(told), lost=len(told) - len({number for _, number in told}))
        check_all_is_on_record(people, told)
        people.server.stop()


@pytest.mark.night
def test_control_a_naive_call_next_is_noticed_here_too(on_postgresql, figure):
    people = on_postgresql(COUNTERS, officers=OFFICERS, sabotage="naive_call_next")
    fill(people, 40)
    told = everyone_at_once(people)
    with pytest.raises(AssertionError):
        check_called_once_in_order(told, 40)
    twice = len(told) - len({number for _, number in told})
    figure("F1", CALLED).caught("read, then update", f"{twice} of {len(told)} twice")


class Patient(Load):
    """Callers who are told "busy" ask again with the same key; kept: from when to when each was told so."""

    def __init__(self, people: Cast, pulse: Pulse) -> None:
        super().__init__(people)
        self.pulse, self.waits = pulse, []  # (from, to) by the server's pulse
        self.up: list[float] = []  # when PostgreSQL answered again

    def after_up(self) -> list[float]:
        """How long each waited although PostgreSQL was there: seconds."""
        return [end - max([start, *(t for t in self.up if t <= end)]) for start, end in self.waits]

    def _until_answered(self, ask, lenient: bool = False) -> dict:
        first = None
        while True:
            answer = ask()
            if answer.status_code != 503:
                break
            assert (answer.json()["error"]["code"], "Retry-After" in answer.headers) == ("busy", True)
            first = first or self.pulse.now()
            time.sleep(0.05)
        if first is not None:
            self.waits.append((first, self.pulse.now()))
        if answer.status_code in (200, 201):
            return answer.json()
        if not lenient:
            self.faults.append(f"{answer.status_code} {answer.text}")
        return {}


def _restarted_under_load(people: Cast, cluster: Postgres, times: int) -> Patient:
    with Pulse(people.server) as pulse:
        return _restarted(Patient(people, pulse), cluster, times)


def _restarted(load: Patient, cluster: Postgres, times: int) -> Patient:
    people = load.people
    desks = list(zip(COUNTERS, people.officers(), strict=True))
    for counter, client in desks:
        assert client.verb(SITE, counter, "open").status_code == 200
    with ThreadPoolExecutor(16) as pool:
        work = [pool.submit(load.kiosk, k) for k in people.kiosks()]
        work += [pool.submit(load.officer, client, counter) for counter, client in desks]
        try:
            for _ in range(times):
                time.sleep(0.7)
                cluster.restart()
                load.up.append(load.pulse.now())
            time.sleep(0.7)
            go_on_until(lambda: len(load.issued) > 10 * times and bool(load.waits))
        finally:
            load.stop.set()
        for each in work:
            each.result()
    return load


@pytest.mark.night
def test_postgresql_restarted_under_load_loses_nothing_and_doubles_nothing(on_postgresql, cluster, figure):
    row = figure("F20", "PostgreSQL restarts under load over HTTP")
    for _ in row.each(range(-(-row.size(ci=RESTARTS, night=170) // RESTARTS))):
        people = on_postgresql(COUNTERS, officers=OFFICERS, kiosks=4)
        load = _restarted_under_load(people, cluster, RESTARTS)
        with counted(row, RESTARTS):
            assert not load.faults
            check_nothing_lost(load)
            check_replay(people.server, SITE)
        assert load.waits, "no restart ever met a request: nothing was tried"
        assert max(load.after_up()) <= ERROR_WINDOW_S
        assert len(load.issued) > 10 * RESTARTS
        assert people.server.is_ready()
        people.server.stop()


@contextmanager
def _held(people: Cast) -> Iterator[None]:
    """Somebody else holds the site's row, as an operator's forgotten transaction would."""
    with closing(psycopg2.connect(people.server.environ["QUEUE_DATABASE_URL"])) as other:
        other.cursor().execute("SELECT 1 FROM site WHERE id = %s FOR UPDATE", (SITE,))
        yield
        other.rollback()


def test_a_held_row_makes_writers_wait_and_nobody_else(on_postgresql):
    people = on_postgresql({"1": ["talk"]}, officers=1)
    kiosk, key = people.kiosks()[0], uuid.uuid4().hex
    answered = []
    with _held(people):
        ask = partial(kiosk.issue, SITE, "talk", key=key)  # again, where the row is held for longer than it waits
        writer = threading.Thread(target=lambda: answered.append(taken(ask)))
        writer.start()
        time.sleep(0.3)
        took = []
        for _ in range(20):
            for path in (f"/sites/{SITE}/board", "/../../healthz"):
                began = time.monotonic()
                assert people.kiosks()[0].get(path).status_code == 200
                took.append(time.monotonic() - began)
        assert not answered
    writer.join()
    assert answered[0].status_code == 201
    assert sorted(took)[-5] < 1, "reads waited for a writer"  # a machine without a turn holds up one of them


def test_a_row_held_too_long_is_said_and_nothing_is_done(on_postgresql):
    people = on_postgresql({"1": ["talk"]})
    kiosk, key = people.kiosks()[0], uuid.uuid4().hex
    with _held(people), Pulse(people.server) as pulse:
        waited, began = pulse.now(), time.monotonic()
        answer = kiosk.issue(SITE, "talk", key=key)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert time.monotonic() - began > 4 and pulse.now() - waited < 8
    assert kiosk.issue(SITE, "talk", key=key).json()["number"] == "A001"
    check_replay(people.server, SITE)


def test_while_postgresql_is_gone_reads_say_busy_and_it_comes_back_by_itself(on_postgresql, cluster):
    people = on_postgresql({"1": ["talk"]})
    kiosk = people.kiosks()[0]
    assert kiosk.issue(SITE, "talk").status_code == 201
    cluster.end()
    try:
        answer = kiosk.get(f"/sites/{SITE}/board")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert not people.server.is_ready()
    finally:
        cluster.start()
    assert taken(lambda: kiosk.issue(SITE, "talk")).json()["number"] == "A002"
    assert people.server.is_ready()
