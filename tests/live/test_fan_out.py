"""A message to a large room goes out in handfuls; whoever asks meanwhile is answered, and nobody is forgotten."""

import pytest
import socketio

from queue_server.live.fan_out import _HANDFUL, ConsiderateManager

ROOM, NAMESPACE = "board:lebak", "/live"


@pytest.fixture
def hall():
    """A Socket.IO server that counts how often it stepped aside, and what happens then."""
    manager = ConsiderateManager()
    server = socketio.Server(async_mode="threading", client_manager=manager)
    server.slept, server.meanwhile, server.told = [], lambda: None, []

    def sleep(seconds):
        server.slept.append(seconds)
        server.meanwhile()

    server.sleep = sleep
    server._send_eio_packet = lambda eio_sid, packet: server.told.append(eio_sid)
    return server


def join(hall, count: int, first: int = 0) -> list[str]:
    """So many sockets more in the room."""
    names = [f"eio-{n}" for n in range(first, first + count)]
    for name in names:
        sid = hall.manager.connect(name, NAMESPACE)
        hall.manager.basic_enter_room(sid, NAMESPACE, ROOM)
    return names


@pytest.mark.parametrize(("count", "pauses"), [(0, 0), (1, 0), (_HANDFUL - 1, 0), (_HANDFUL, 1), (5 * _HANDFUL + 7, 5)])
def test_it_steps_aside_after_every_handful_and_tells_everybody_once(hall, count, pauses):
    names = join(hall, count)
    hall.emit("call", {"number": "K014"}, room=ROOM, namespace=NAMESPACE)
    assert hall.told == names
    assert hall.slept == [0] * pauses


def test_who_leaves_meanwhile_hears_nothing_any_more(hall):
    names = join(hall, 2 * _HANDFUL)
    last = hall.manager.sid_from_eio_sid(names[-1], NAMESPACE)
    hall.meanwhile = lambda: hall.slept[1:] or hall.manager.basic_leave_room(last, NAMESPACE, ROOM)
    hall.emit("desk", {}, room=ROOM, namespace=NAMESPACE)
    assert hall.told == names[:-1]


def test_who_comes_in_meanwhile_is_not_told_what_their_own_board_already_says(hall):
    names = join(hall, 2 * _HANDFUL)
    hall.meanwhile = lambda: join(hall, 1, first=10_000 + len(hall.slept))
    hall.emit("call", {}, room=ROOM, namespace=NAMESPACE)
    assert hall.told == names
