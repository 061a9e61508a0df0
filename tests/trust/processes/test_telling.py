"""What is done at one process is heard at the others, with Redis and without it."""

import time
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import requests

from tests.trust.processes.hall import ELSEWHERE_S, Processes, within
from tests.world.ledger import check_replay, history
from tests.world.people import SITE
from tests.world.pulse import Pulse

COUNTERS = {"1": ["talk"], "2": ["talk"]}
SOONER_S = 0.9  # than any look of its own


@pytest.fixture(scope="module")
def two(open_processes) -> Processes:
    """A hall with two processes, both counters open, and a wall at each."""
    return opened(open_processes(COUNTERS, officers=2, kiosks=2))


def opened(hall: Processes) -> Processes:
    """Start the processes, open the counters, connect a wall to each."""
    hall.start()
    for counter, officer in zip(COUNTERS, hall.officers, strict=True):
        assert officer.verb(SITE, counter, "open").status_code == 200
    for n in range(len(hall.servers)):
        hall.screen(n, {"screen": "wall"})
    hall.started_at = time.monotonic()
    within(60, lambda: is_nudged(hall), "nudges")
    return hall


def is_nudged(hall: Processes) -> bool:
    """Whether every process hears nudges, by its own figures."""
    told = [requests.get(f"{server.url}/metrics", timeout=60).text for server in hall.servers]
    return all("antrean_message_queue_up 1.0" in text for text in told)


def call(hall: Processes, counter: str) -> dict:
    """One visitor takes a number at process 0 and is called there; the desk as told."""
    officer = hall.officers[int(counter) - 1]
    assert hall.at(0).kiosks()[0].issue(SITE, "talk").status_code == 201
    desk = officer.verb(SITE, counter, "call-next").json()
    assert desk["ticket"]["state"] == "called"
    for verb in ("serve", "finish"):
        assert officer.verb(SITE, counter, verb).status_code == 200
    return desk


def six_calls(hall: Processes) -> list[dict]:
    """At both counters in turn; the desks as told."""
    return [call(hall, str(n % 2 + 1)) for n in range(6)]


def test_a_kiosk_that_asks_one_process_is_missed_by_none(two):
    assert two.at(0).kiosks()[0].get("/device").json() == {"kind": "kiosk", "site": SITE}
    other = f"{two.servers[1].url}/metrics"
    within(60, lambda: "antrean_screen_last_seen_seconds{" in requests.get(other, timeout=60).text, "word of the kiosk")


def test_a_call_at_one_process_is_heard_at_once_by_every_screen_of_another(two):
    ticket = two.at(0).kiosks()[0].issue(SITE, "talk").json()
    officer = two.elsewhere(1)[0]
    wall = two.screen(1, {"screen": "wall"})
    phone = two.screen(1, {"screen": "phone", "token": ticket["token"]})
    desk = two.screen(1, {"screen": "desk", "counter": "1"}, officer)
    with Pulse(*two.servers) as pulse:
        told, began = two.officers[0].verb(SITE, "1", "call-next").json(), pulse.now()
        heard = wall.hear("call")
        assert pulse.now() - began < SOONER_S
        assert (heard["number"], heard["revision"]) == ("A001", told["revision"])
        phone.hear("ticket", lambda t: (t["state"], t["counter"]) == ("called", "1"))
        desk.hear("desk", lambda d: d["ticket"] and d["ticket"]["number"] == "A001")
        wall.hear("board", lambda b: b["revision"] == told["revision"])
        assert pulse.now() - began < 2
    assert len(wall.documents("call")) == 1
    for verb in ("serve", "finish"):
        assert officer.verb(SITE, "1", verb).status_code == 200


@pytest.mark.parametrize("loss", ["kill", "hang", "flush"])
def test_without_redis_nobody_waits_and_screens_elsewhere_are_right_soon(two, valkey, loss):
    wall = two.screens[1]
    with Pulse(*two.servers) as pulse:
        began = pulse.now()
        six_calls(two)
        usual = pulse.now() - began
    {"kill": valkey.kill, "hang": valkey.hang, "flush": lambda: valkey.client().flushall()}[loss]()
    try:
        with Pulse(*two.servers) as pulse:
            began = pulse.now()
            calls = six_calls(two)
            assert (called_at := pulse.now()) - began < 8 + 2 * usual, "commands waited for Redis"
            wall.hear("call", lambda c: c["revision"] == calls[-1]["revision"])
            wall.hear("board", lambda b: b["last_call"] == calls[-1]["revision"])
            assert pulse.now() - called_at < ELSEWHERE_S
        called = [e.revision for e in history(two.servers[0], SITE) if e.kind == "called"]
        assert [c["revision"] for c in wall.documents("call")] == called  # each once, in order
    finally:
        if loss == "hang":
            valkey.go_on()
        elif loss == "kill":
            valkey.start()
    within(60, lambda: is_nudged(two), "nudges after Redis came back")
    with Pulse(*two.servers) as pulse:
        last, began = call(two, "1"), pulse.now()
        wall.hear("call", lambda c: c["revision"] == last["revision"])
        assert pulse.now() - began < SOONER_S
    check_replay(two.servers[1], SITE)


def test_what_anybody_says_into_redis_changes_nothing(two, valkey):
    wall = two.screen(1, {"screen": "wall"})
    for lie in (f"{SITE} 1 999999999", f"{SITE} x y", "", "*", "nobody 1 1", "\xff" * 100, '{"method": "emit"}'):
        valkey.client().publish("antrean", lie)
    with Pulse(*two.servers) as pulse:
        told, began = call(two, "1"), pulse.now()
        wall.hear("call", lambda c: c["revision"] == told["revision"])
        assert pulse.now() - began < SOONER_S
    assert len(wall.documents("call")) == 1
    check_replay(two.servers[0], SITE)


def test_each_socket_hears_one_beat_in_ten_seconds_however_many_processes_there_are(two):
    walls = two.screens[:2]  # they have listened since the hall was opened
    time.sleep(max(two.started_at + 11 - time.monotonic(), 0))
    for wall in walls:
        wall.hear("beat")
        moments = [datetime.fromisoformat(beat["now"]) for beat in wall.documents("beat")]
        # Two processes that beat would do it too often; one that is held up may do it late.
        assert all(timedelta(seconds=8) < b - a < timedelta(seconds=60) for a, b in pairwise(moments))


@pytest.mark.night
def test_control_a_process_that_believes_redis_is_noticed(open_processes, valkey):
    hall = opened(open_processes(COUNTERS, {"TEST_SABOTAGE": "nudges_are_all"}, officers=2))
    valkey.kill()
    try:
        told = call(hall, "1")
        with pytest.raises(AssertionError):
            hall.screens[1].hear("call", lambda c: c["revision"] == told["revision"], seconds=4)
    finally:
        valkey.start()
