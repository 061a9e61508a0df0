"""The load client counts what each screen heard: a figure waits for the last of them, and for nobody twice."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.world.wire import Crowd, Http, Screen

AUTH = {"site": "hall", "screen": "wall"}


class Wire:
    """A transport that goes nowhere."""

    def write(self, data: bytes) -> None:
        pass


def message(kind: str, revision: int) -> bytes:
    """What a server's frame looks like."""
    text = f"42/live,{json.dumps([kind, {'revision': revision}])}".encode()
    return bytes([0x81, len(text)]) + text


@pytest.fixture
def crowd():
    crowd = Crowd(0, AUTH)
    for _ in range(2):
        screen = Screen(crowd)
        screen.connection_made(Wire())
        screen.data_received(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        crowd.screens.append(screen)
    return crowd


def test_one_screen_s_second_board_does_not_stand_for_a_screen_that_is_not_yet_in_its_room(crowd):
    early, late = crowd.screens
    for revision in (1, 2):
        early.data_received(message("board", revision))
    assert crowd.current == 1
    late.data_received(message("board", 2))
    assert crowd.current == 2


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_frames_that_arrive_in_pieces_are_heard_once_each(crowd, cut):
    sent = message("board", 1) + message("call", 2) + message("board", 3)
    crowd.screens[0].data_received(sent[:cut])
    crowd.screens[0].data_received(sent[cut:])
    heard = {key: count for key, (count, _) in crowd._heard.items()}
    assert heard == {("board", 1): 1, ("call", 2): 1, ("board", 3): 1}


async def asked_of_who_hangs_up() -> list[int]:
    """The status of two requests, each to a server that hangs up once it has answered, as on who idles for long."""

    async def answers_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answers_once, "127.0.0.1", 0)
    async with server:
        http, found = await Http.to(server.sockets[0].getsockname()[1]), []
        for _ in range(2):
            found.append((await http.ask("GET", "/"))[0])
            while not http.transport.is_closing():
                await asyncio.sleep(0.01)
    return found


def test_who_was_hung_up_on_connects_again_and_does_not_wait_for_an_answer_that_cannot_come():
    with ThreadPoolExecutor(1) as pool:  # beside whatever loop the browser's driver runs in this thread
        assert pool.submit(asyncio.run, asked_of_who_hangs_up()).result() == [200, 200]
