"""``async_mode = "threading"``: the main job on plain threads, as on eventlet, and an orderly end in five seconds."""

import contextlib
import os
import time
from pathlib import Path

import pytest

from tests.trust.processes.hall import Processes
from tests.trust.test_calls import COUNTERS, OFFICERS, check_called_once_in_order, everyone_at_once, fill
from tests.world.ledger import check_replay, history
from tests.world.people import SITE
from tests.world.pulse import Pulse
from tests.world.server import STOPS_WITHIN_S, Server


@pytest.fixture
def on_threads(open_hall):
    """A hall served on threads."""
    return lambda **people: open_hall(COUNTERS, environ={"QUEUE_ASYNC_MODE": "threading"}, **people)


def test_a_number_is_given_called_heard_and_the_server_ends_in_order_while_screens_hang_on_it(on_threads):
    people = on_threads(officers=1)
    assert not is_green(people.server)
    hall = Processes([people.server], people)
    wall = hall.screen(0, {"screen": "wall"})
    phones = []
    for _ in range(3):
        ticket = people.kiosks()[0].issue(SITE, "talk").json()
        phones.append(hall.screen(0, {"screen": "phone", "token": ticket["token"]}))
    officer = people.officers()[0]
    assert officer.verb(SITE, "1", "open").ok
    with Pulse(people.server) as pulse:
        told, began = officer.verb(SITE, "1", "call-next").json(), pulse.now()
        assert wall.hear("call")["revision"] == told["revision"]
        phones[0].hear("ticket", lambda t: t["state"] == "called")
        assert pulse.now() - began < 1
    began = time.monotonic()
    assert people.server.stop() == 0
    assert time.monotonic() - began < STOPS_WITHIN_S
    assert [e.kind for e in history(people.server, SITE)][-1] == "called"
    check_replay(people.server, SITE)
    hall.end()


def is_green(server: Server) -> bool:
    """Whether it always waits for everything at one place (epoll), as eventlet's hub does.

    A thread may for an instant: werkzeug asks so whether a client has more to say.
    """
    fds = Path(f"/proc/{server.process.pid}/fd")
    for _ in range(10):
        with contextlib.suppress(FileNotFoundError):  # closed while it was looked at
            if not any("eventpoll" in os.readlink(each) for each in fds.iterdir()):
                return False
        time.sleep(0.05)
    return True


def test_control_the_usual_server_is_green(open_hall):
    assert is_green(open_hall(COUNTERS).server)


@pytest.mark.night
def test_eight_officers_at_once_call_everybody_once_on_threads_too(on_threads):
    people = on_threads(officers=OFFICERS)
    fill(people, 60)
    check_called_once_in_order(everyone_at_once(people), 60)
    check_replay(people.server, SITE)
