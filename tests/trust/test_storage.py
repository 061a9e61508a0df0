"""The disk misbehaves under the real server: what visitors and officers are told, and that nobody else waits."""

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import requests

from queue_server.operations import damage
from queue_server.store import engine
from tests.world.ledger import check_replay
from tests.world.people import SITE, Cast
from tests.world.pulse import Pulse
from tests.world.sabotage import LOOK_NOW, LOOKING
from tests.world.server import taken

HELD_S = 3.0
LOOKS = 100  # one after the other, so that a machine without a turn holds up one of them


@contextmanager
def held(people: Cast) -> Iterator[None]:
    """Another process is in the middle of writing: a backup tool, somebody at the SQL prompt."""
    path = people.server.data / "queue.db"
    with closing(engine.sqlite_module().connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def ask_for(people: Cast, seconds: float, looks: int = 0) -> list[float]:
    """How long each look takes meanwhile: alive, board, page; seconds, longest last. At least so many looks."""
    until, took, http = time.monotonic() + seconds, [], requests.Session()
    while time.monotonic() < until or len(took) < looks:
        for path in ("/healthz", f"/api/v1/sites/{SITE}/board", f"/{SITE}/wall"):
            began = time.monotonic()
            assert http.get(people.server.url + path, timeout=60).status_code == 200
            took.append(time.monotonic() - began)
        time.sleep(0.02)
    return sorted(took)


def round_of_waiting(people: Cast, looks: int = 0) -> tuple[list[float], tuple[int, float]]:
    """The lock is held elsewhere for 3 s while a visitor asks for a number: how long everybody's looks took, and what
    the visitor was answered after how long."""
    kiosk, answers, key, asking = people.kiosks()[0], [], uuid.uuid4().hex, threading.Event()
    with held(people):
        began = time.monotonic()

        def ask() -> None:
            asking.set()
            answer = taken(lambda: kiosk.issue(SITE, "talk", key=key))  # held for more than 5 s, it is asked again
            answers.append((answer.status_code, time.monotonic() - began))

        writer = threading.Thread(target=ask)
        writer.start()
        asking.wait()
        took = ask_for(people, HELD_S, looks)
    writer.join()
    return took, answers[0]


LOCKS = "rounds of a lock held 3 s, over HTTP"


def test_a_lock_held_elsewhere_makes_the_writer_wait_and_nobody_else(open_hall, figure):
    people, locks = open_hall({"1": ["talk"]}), figure("F9", LOCKS)
    ask_for(people, 0.5)
    slowest = []
    for _ in locks.each(range(locks.size(ci=1, night=100))):
        took, (status, waited) = round_of_waiting(people, LOOKS)
        assert status == 201 and waited >= HELD_S
        slowest.append(took[int(len(took) * 0.95)])
        locks.count(1, lost=slowest[-1] >= HELD_S / 3)
        assert slowest[-1] < HELD_S / 3, f"looks took {took[-5:]}"
    locks.note(f"95 % of all looks within {max(slowest) * 1000:.0f} ms")
    check_replay(people.server, SITE)


@pytest.mark.night
def test_control_a_server_that_lets_sqlite_wait_holds_everybody_up(open_hall, figure):
    """SQLite's own waiting happens in C, and stops every green thread with it."""
    people = open_hall({"1": ["talk"]}, sabotage="waits_in_c")
    ask_for(people, 0.5)
    longest = round_of_waiting(people)[0][-1]
    assert longest > HELD_S / 2
    figure("F9", LOCKS).caught("SQLite's own busy handler", f"a look took {longest:.1f} s")


def test_a_lock_held_for_too_long_is_said_and_the_key_keeps_its_meaning(open_hall):
    people = open_hall({"1": ["talk"]})
    kiosk, key = people.kiosks()[0], uuid.uuid4().hex
    with held(people), Pulse(people.server) as pulse:
        waited, began = pulse.now(), time.monotonic()
        answer = kiosk.issue(SITE, "talk", key=key)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) >= 1
        assert time.monotonic() - began > engine.LOCK_WAIT_S - 0.5
        assert pulse.now() - waited < engine.LOCK_WAIT_S * 2
        assert not people.server.is_ready()
    assert kiosk.issue(SITE, "talk", key=key).json()["number"] == "A001"
    assert people.server.is_ready()


@pytest.mark.parametrize(
    ("sabotage", "held_up"), [("long_look", False), ("long_look_on_the_hub", True)], ids=["beside", "control: inside"]
)
def test_the_nightly_look_holds_nobody_up(open_hall, sabotage, held_up):
    """The first start has no look to remember, so it is due at once. Callers are answered while it goes on; the
    control's holds up the first one until it is over."""
    people = open_hall({"1": ["talk"]}, sabotage=sabotage)
    data, until, answered = people.server.data, time.monotonic() + 60, 0
    (data / LOOK_NOW).touch()
    while not (data / LOOKING).exists():
        assert time.monotonic() < until, "there was no look"
        time.sleep(0.02)
    while answered < LOOKS and not (data / damage.LAST_LOOK).exists():
        answered += len(ask_for(people, 0, looks=1))
    (data / LOOK_NOW).unlink()
    assert (answered < LOOKS) is held_up, f"{answered} were answered meanwhile"


def _ruin(people: Cast) -> None:
    """Overwrite pages that a start does not read: only a look through the whole file finds them at once."""
    path = people.server.data / "queue.db"
    with closing(engine.sqlite_module().connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        roots = conn.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('event_by_ticket', 'request_by_day')")
        pages = [page for (page,) in roots]
    with path.open("r+b") as opened:
        for page in pages:
            opened.seek((page - 1) * 4096)
            opened.write(b"\xa5" * 4096)


def why_not_ready(people: Cast) -> str:
    """What ``/readyz`` says; of a server that does not answer yet, that."""
    try:
        return requests.get(f"{people.server.url}/readyz", timeout=60).text
    except requests.ConnectionError as error:
        return str(error)


def test_damage_is_found_after_an_unclean_stop_and_nothing_is_written_any_more(open_hall):
    people = open_hall({"1": ["talk"]})
    kiosk = people.kiosks()[0]
    for _ in range(30):
        assert kiosk.issue(SITE, "talk").status_code == 201
    people.server.kill()
    _ruin(people)
    with contextlib.suppress(RuntimeError):  # never ready, if it is found before the first question
        people.server.start(ready_within_s=5)
    until = time.monotonic() + 60
    while "storage_corrupt" not in (told := why_not_ready(people)) and time.monotonic() < until:
        time.sleep(0.05)
    assert "storage_corrupt" in told, told
    answer = kiosk.issue(SITE, "talk")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "storage_corrupt")
    board = kiosk.get(f"/sites/{SITE}/board")
    assert board.status_code in (200, 503)  # what is whole is still shown, what is not is never guessed
    assert "cadangan" in answer.json()["error"]["message"]  # a backup is to be restored


def test_after_an_orderly_stop_nothing_is_suspected(open_hall):
    people = open_hall({"1": ["talk"]})
    log = people.server.data.parent / f"{people.server.data.name}.log"
    assert people.server.stop() == 0
    people.server.start()
    assert "unclean_stop" not in log.read_text()
    people.server.kill()
    people.server.start()
    until = time.monotonic() + 60
    while "database_whole_after_unclean_stop" not in log.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert "database_whole_after_unclean_stop" in log.read_text()
    assert people.kiosks()[0].issue(SITE, "talk").status_code == 201
