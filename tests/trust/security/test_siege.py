"""F16: who drips, pours, knocks or shouts is cut off, and the officer calls on."""

import re
import select
import socket
from collections.abc import Iterator

import pytest
import requests
from websocket import ABNF, WebSocket, WebSocketException, create_connection

from tests.trust.security.siege import BODY_S, HEAD_S, MEGABYTE, at_work, besieged, drip, pour, resident_kb
from tests.world.mall import PASSWORD, Mall
from tests.world.socket import Refused, Screen

POST = b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
SLOW = {
    "heads": (b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", HEAD_S),
    "first lines": (b"GET /lebak/", HEAD_S),
    "bodies": (POST + b"Content-Length: 60000\r\n\r\n{", BODY_S),
    "chunked bodies": (POST + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n{", BODY_S),
}
DATA = b"x" * 16384
CHUNK = f"{len(DATA):x}\r\n".encode() + DATA + b"\r\n"
ENDLESS = {
    "bodies of 100 MB": (POST + f"Content-Length: {100 * MEGABYTE}\r\n\r\n".encode(), DATA, (" 413 ",)),
    "chunks without end": (POST + b"Transfer-Encoding: chunked\r\n\r\n", CHUNK, (" 413 ",)),
    "chunk sizes without end": (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"f" * 16384, (" 400 ", " 413 ", "")),
    "headers without end": (b"GET / HTTP/1.1\r\nX-A: ", b"x" * 16384, (" 400 ", "")),
    "addresses without end": (b"GET /", b"x" * 16384, (" 414 ", "")),
}


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    made = besieged(tmp_path_factory.mktemp("siege"))
    with at_work(made):  # what the first visitor costs in memory is no stranger's doing
        made.caller().sign_in("dedi", PASSWORD)
    yield made
    made.server.kill()


def slow_row(kind: str) -> str:
    return f"slow {kind} over HTTP"


@pytest.mark.night
@pytest.mark.parametrize("kind", SLOW)
def test_who_drips_is_cut_off_in_time_and_the_officer_calls_on(mall, figure, kind):
    row, (beginning, patience_s) = figure("F16", slow_row(kind)), SLOW[kind]
    count = row.size(ci=30, night=1100)
    before, wall, idle = resident_kb(mall), Screen(mall, {"site": "lebak", "screen": "wall"}), requests.Session()
    assert idle.get(f"{mall.server.url}/healthz", timeout=60).status_code == 200
    with at_work(mall) as work:
        left = drip(mall, [beginning] * count, patience_s + 60)
        grown = resident_kb(mall) - before
    row.count(count, lost=len(left))
    row.note(f"cut after {patience_s} s here, 10 and 15 s as shipped")
    assert not left
    work.check(row)
    assert grown < 10 * 1024 + 100 * count, f"{grown} KB for {count} connections"
    assert not wall.is_cut(), "a screen says little and stays"
    assert idle.get(f"{mall.server.url}/healthz", timeout=60).status_code == 200, "idle between requests"
    wall.close()


@pytest.mark.night
def test_control_a_server_that_waits_for_ever_is_noticed(tmp_path, figure):
    mall = besieged(tmp_path, sabotage="patience_without_end")
    try:
        left = drip(mall, [beginning for beginning, _ in SLOW.values() for _ in range(5)], HEAD_S + 2)
        for kind, (beginning, _) in SLOW.items():
            held = sum(one.beginning == beginning for one in left)
            assert held == 5, kind
            figure("F16", slow_row(kind)).caught("the web server as it comes", f"{held} of 5 still held")
        assert pour(mall, *ENDLESS["chunks without end"][:2], 20 * MEGABYTE, listen=False)[1] >= 20 * MEGABYTE
        figure("F16", "chunks without end").caught("the web server as it comes", "20 MB read and more to come")
    finally:
        mall.server.kill()


@pytest.mark.night
@pytest.mark.parametrize("listen", [True, False], ids=["who listens", "who does not"])
@pytest.mark.parametrize("kind", ENDLESS)
def test_what_has_no_end_is_refused_early_and_hung_up_on(mall, figure, kind, listen):
    row, (beginning, chunk, answers) = figure("F16", kind), ENDLESS[kind]
    before, count, wrong = resident_kb(mall), row.size(ci=3, night=550), []
    with at_work(mall) as work:
        for _ in row.each(range(count)):
            said, sent, ended = pour(mall, beginning, chunk, 40 * MEGABYTE, listen=listen)
            if sent >= 10 * MEGABYTE or not any(a in said for a in answers) or not (listen or ended):
                wrong.append((said, sent, ended))
    row.count(count, lost=len(wrong))
    assert wrong == []
    work.check(row)
    assert resident_kb(mall) - before < 10 * 1024


# -- sockets


def knock(mall: Mall, address: str, times: int) -> list[int]:
    """The statuses of so many handshakes from an address, as the proxy on this machine tells it."""
    url, said = f"{mall.server.url}/socket.io/?EIO=4&transport=polling", {"X-Forwarded-For": address}
    with requests.Session() as session:
        return [session.get(url, headers=said, timeout=60).status_code for _ in range(times)]


KNOCKS = "handshakes from 50 public addresses"


@pytest.mark.night
def test_a_flood_of_handshakes_is_cut_to_sixty_a_minute_for_each_address(mall, figure):
    row, before = figure("F16", KNOCKS), resident_kb(mall)
    each, addresses = row.size(ci=4, night=100), [f"203.0.113.{n}" for n in range(50)]
    with at_work(mall) as work:
        loud = knock(mall, "198.51.100.1", 65)
        with pytest.raises(Refused):  # while the minute lasts
            Screen(mall, {"site": "lebak", "screen": "wall"}, **{"X-Forwarded-For": "198.51.100.1"})
        others = [status for a in row.each(addresses) for status in knock(mall, a, each)]
    told = [*loud, *others]
    lost = abs(loud.count(200) - 60) + abs(others.count(200) - 50 * min(each, 60)) + len(set(told) - {200, 429})
    row.count(len(told), lost=lost)
    assert lost == 0, (loud.count(200), others.count(200), set(told))
    work.check(row)
    assert resident_kb(mall) - before < 100 * 1024
    assert set(knock(mall, "192.168.1.20", 70)) == {200}, "a hall is one address"
    assert set(knock(mall, "::ffff:10.0.0.7", 70)) == {200}
    assert set(knock(mall, "198.51.100.1, 203.0.113.77", 3)) == {200}, "only the proxy's own word counts"


@pytest.mark.night
def test_neighbours_in_one_piece_of_ipv6_are_one(mall):
    told = [status for n in range(8) for status in knock(mall, f"2001:db8:7::{n:x}", 8)]
    assert (told.count(200), told.count(429)) == (60, 4)
    assert knock(mall, "2001:db8:8::1", 1) == [200]


@pytest.mark.night
def test_nobody_s_word_is_taken_for_an_address_but_a_proxy_s_of_ours(tmp_path):
    """The peer here is no proxy of ours: what it writes names nobody else, and it is the loopback itself."""
    mall = besieged(tmp_path, limits='[server]\ntrusted_proxies = ["10.9.8.7/32"]\n')
    try:
        assert set(knock(mall, "203.0.113.5", 70)) == {200}
    finally:
        mall.server.kill()


SHOUTS = "sockets that shout"
WORD = b'42/live,1["seen",{"revision":1,"sound":null}]'  # with a number: then it is answered


def shout(mall: Mall, fragments: bool) -> int:
    """How many bytes a socket could say before it was cut: in many small words, or in one word without end.

    The server has not heard what was said while it had no turn: so each word waits for its answer; one without end has
    none, and little room on its way.
    """
    url = f"ws://127.0.0.1:{mall.server.port}/socket.io/?EIO=4&transport=websocket"
    line = create_connection(url, timeout=60, sockopt=[(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)])
    line.recv()
    line.send('40/live,{"site": "lebak", "screen": "wall"}')
    word, said = b"x" * 8192 if fragments else WORD, 0
    try:
        for n in range(400):
            kind = ABNF.OPCODE_CONT if fragments and n else ABNF.OPCODE_TEXT
            line.send_frame(ABNF(0 if fragments else 1, 0, 0, 0, kind, 1, word))
            said += len(word)
            if _is_over(line, wait=not fragments):
                return said
    except (OSError, WebSocketException):
        pass
    finally:
        line.shutdown()
    return said


def _is_over(line: WebSocket, wait: bool) -> bool:
    """Listen to all that came, or until the word was answered; whether it was a goodbye, Engine.IO's or WebSocket's."""
    while wait or select.select([line.sock], [], [], 0)[0]:
        heard = line.recv()
        if heard in ("1", "") or heard.startswith("43/live,"):
            return heard in ("1", "")
    return False


@pytest.mark.night
@pytest.mark.parametrize(("fragments", "most"), [(False, 61 * len(WORD)), (True, MEGABYTE)], ids=["words", "one word"])
def test_a_socket_that_shouts_is_hung_up_on(mall, figure, fragments, most):
    row = figure("F16", SHOUTS)
    count = row.size(ci=4, night=550)
    with at_work(mall) as work:
        said = [shout(mall, fragments) for _ in row.each(range(count))]
    row.count(count, lost=sum(s > most for s in said))
    assert max(said) <= most, said
    work.check(row)


@pytest.mark.night
def test_control_a_server_that_hears_everybody_out_is_noticed(tmp_path, figure):
    mall = besieged(tmp_path, sabotage="everybody_may_knock")
    try:
        assert knock(mall, "203.0.113.9", 70) == [200] * 70
        figure("F16", KNOCKS).caught("no limit per address", "70 of 70 let in")
        assert shout(mall, fragments=False) == 400 * len(WORD)
        figure("F16", SHOUTS).caught("no limit per socket", "400 messages heard")
    finally:
        mall.server.kill()


def test_a_flood_of_logins_leaves_the_officer_her_counter(mall, figure):
    row = figure("F16", "logins from 50 public addresses")
    count, told = row.size(ci=60, night=5000), []
    with at_work(mall) as work:
        for n in row.each(range(count)):
            body = {"username": f"nobody-{n}", "password": "a wrong guess"}
            said = {"X-Forwarded-For": f"203.0.113.{100 + n % 50}"}
            told.append(requests.post(f"{mall.server.api}/login", json=body, headers=said, timeout=60).status_code)
            if n % 100 == 30:
                mall.caller().sign_in("dedi", PASSWORD)
    row.count(count, lost=sum(status not in (401, 429) for status in told))
    assert set(told) <= {401, 429}
    work.check(row)


# -- connections that say nothing

SILENT = "connections that never say a byte"
NO_PROXY = '[server]\ntrusted_proxies = ["10.9.8.7/32"]\n'
HOUR_S = 3600  # of patience: whom silence ends before that was told to go, and did not merely run out of time
FILES = 400  # of ``few_files``
LOOKS = 20


@pytest.fixture
def small(tmp_path) -> Iterator[Mall]:
    """A machine with few files, whose clients are not behind a proxy of ours and may be silent for an hour."""
    made = besieged(tmp_path, sabotage="few_files", limits=NO_PROXY, head_s=HOUR_S)
    yield made
    made.server.kill()


def test_connections_that_never_say_a_byte_keep_nobody_out(small, figure):
    row = figure("F16", SILENT)
    count = row.size(ci=600, night=5000)
    early = Screen(small, {"site": "lebak", "screen": "wall"})
    idle = requests.Session()
    assert idle.get(f"{small.server.url}/healthz", timeout=60).status_code == 200
    lines = []
    try:
        with at_work(small) as work:
            for _ in range(count):
                lines.append(socket.create_connection(("127.0.0.1", small.server.port), timeout=60))
                lines = lines[-1000:]  # this process has files of its own to mind
            late = Screen(small, {"site": "lebak", "screen": "wall"})
            assert late.hear("board")["site"] == "lebak"
        row.count(count, lost=0)
        work.check(row)
        assert not early.is_cut() and not late.is_cut(), "a screen that is there stays"
        late.close()
        assert idle.get(f"{small.server.url}/healthz", timeout=60).status_code == 200
    finally:
        early.close()
        for line in lines:
            line.close()


@pytest.mark.night
def test_control_where_no_connection_gives_way_it_is_noticed(tmp_path, figure):
    mall = besieged(tmp_path, sabotage="trust.places.nobody_gives_way", limits=NO_PROXY, head_s=HOUR_S)
    lines = []
    try:
        idle = requests.Session()
        assert idle.get(f"{mall.server.url}/healthz", timeout=60).status_code == 200
        lines += [socket.create_connection(("127.0.0.1", mall.server.port), timeout=60) for _ in range(FILES)]
        late = socket.create_connection(("127.0.0.1", mall.server.port), timeout=60)
        lines.append(late)
        late.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        for _ in range(LOOKS):  # the server lives, and answers whoever is in
            assert idle.get(f"{mall.server.url}/healthz", timeout=60).status_code == 200
            assert not select.select([late], [], [], 0.05)[0]
        figure("F16", SILENT).caught("no connection gives way", f"nobody else was let in beside {FILES} silent ones")
    finally:
        mall.server.kill()
        for line in lines:
            line.close()


def test_who_never_says_the_first_byte_is_hung_up_on_in_time(mall):
    with socket.create_connection(("127.0.0.1", mall.server.port), timeout=60) as line:
        assert line.recv(1) == b"", "cut after as long as a head may take, not after a minute"


FORGED = "handshakes with forged cookies"


def test_forged_cookies_push_nobody_back(tmp_path, figure):
    """Ten seconds of them kept every wall away for three minutes."""
    row, mall = figure("F16", FORGED), besieged(tmp_path, limits="handshakes_per_second = 20\n")
    try:
        count = row.size(ci=400, night=4000)  # 20 s of places in the line, and a wall waits no longer than 15
        for n in row.each(range(count)):
            ask = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nCookie: session="
            with socket.create_connection(("127.0.0.1", mall.server.port), timeout=60) as line:
                line.sendall(f"{ask}{'x' if n % 2 else 'A' * 43}\r\n\r\n".encode())
        told = requests.get(f"{mall.server.url}/metrics", timeout=60).text
        assert float(re.search(r"^antrean_handshakes_waiting (\S+)$", told, re.MULTILINE)[1]) > 10
        wall = Screen(mall, {"site": "lebak", "screen": "wall"}, Cookie=f"device={mall.devices['display']}")
        assert wall.hear("board")["site"] == "lebak"
        wall.close()
        row.count(count, lost=0)
    finally:
        mall.server.kill()
