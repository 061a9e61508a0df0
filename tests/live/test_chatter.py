"""A socket says little: sixty packets a minute, counted anew each minute, each connection for itself."""

import pytest
from websocket import WebSocketException, WebSocketTimeoutException, create_connection

from queue_server.live.chatter import Chatter


def test_the_sixty_first_packet_of_a_minute_is_one_too_many():
    now = [0.0]
    chatter = Chatter(60, clock=lambda: now[0])
    assert [chatter.may_speak("a") for _ in range(61)] == [True] * 60 + [False]
    assert chatter.may_speak("b"), "another connection"
    now[0] = 60.0
    assert chatter.may_speak("a"), "another minute"


def test_a_connection_that_has_gone_is_forgotten():
    chatter = Chatter(1)
    chatter.may_speak("a")
    chatter.forget("a")
    chatter.forget("never came")
    assert chatter.said == {}


#: Socket.IO packets of kinds that no screen sends, broken ones, and a display that says what no display says
NONSENSE = [
    "44",
    "49",
    "4",
    "42/live,[",
    "42/live,{}",
    "42/live,[7]",
    "451-/live,[]",
    '43/live,1["x"]',
    '42/live,["seen",{"revision":%s}]',
    '42/live,["seen",{"revision":1,"sound":"%s"}]',
]


@pytest.mark.parametrize("word", [word.replace("%s", "9" * 400) for word in NONSENSE])
def test_what_no_screen_says_ends_the_socket_and_writes_no_error(mall, word):
    log = mall.server.data.parent / f"{mall.server.data.name}.log"
    before = log.read_text().count("Traceback")
    line = create_connection(f"ws://127.0.0.1:{mall.server.port}/socket.io/?EIO=4&transport=websocket", timeout=10)
    line.recv()
    line.send('40/live,{"site": "lebak", "screen": "wall"}')
    line.recv(), line.recv()
    line.send(word)
    heard = []
    try:
        while (said := line.recv()) not in ("1", "", "41/live,"):
            heard.append(said)
            assert len(heard) < 50, "nobody hung up"
    except WebSocketTimeoutException:
        pytest.fail("nobody hung up")
    except (OSError, WebSocketException):
        pass
    finally:
        line.shutdown()
    assert log.read_text().count("Traceback") == before
