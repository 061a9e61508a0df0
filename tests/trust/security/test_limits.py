"""What a stranger may ask of the server: guesses are counted, bodies are cut, slow talkers hold nobody up."""

import contextlib
import socket
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.web.mall import PASSWORD, Mall, open_mall

GUESSES, LORIS = 200, 200
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    """A server of these tests' own; the tests stand behind its trusted proxy, so they may choose their address."""
    made = open_mall(tmp_path_factory.mktemp("limits"))
    yield made
    made.server.kill()


def sign_in(mall: Mall, name: str, password: str, address: str) -> requests.Response:
    """One attempt from an address."""
    said = {"username": name, "password": password}
    return requests.post(f"{mall.server.api}/login", json=said, headers={"X-Forwarded-For": address}, timeout=20)


def test_guesses_are_counted_and_the_officer_comes_in_meanwhile(mall, record_property):
    answers = []
    for n in range(GUESSES):
        answers.append(sign_in(mall, "sari", f"a wrong guess {n}", f"203.0.113.{n % 4}").status_code)
        if n % 50 == 25:
            assert sign_in(mall, "sari", PASSWORD, "198.51.100.7").status_code == 204
    record_property("evaluated", answers.count(401))
    assert set(answers) == {401, 429}
    assert answers.count(401) == 40, "ten for each of four addresses"


def test_a_name_after_another_is_counted_by_address(mall):
    answers = [sign_in(mall, f"nobody-{n}", "a wrong guess", "203.0.113.99").status_code for n in range(70)]
    assert answers.count(401) == 50 and answers[-1] == 429


def test_an_unknown_name_takes_as_long_as_a_wrong_password(mall, record_property):
    took: dict[str, list[float]] = {"wati": [], "nobody": []}
    for n in range(12):
        for name, times in took.items():
            began = time.perf_counter()
            assert sign_in(mall, name, "a wrong guess", f"198.51.100.{20 + n}").status_code == 401
            times.append(time.perf_counter() - began)
    ratio = statistics.median(took["wati"]) / statistics.median(took["nobody"])
    record_property("ratio", round(ratio, 2))
    assert 0.5 < ratio < 2, took


def resident_kb(mall: Mall) -> int:
    """The server's memory."""
    status = Path(f"/proc/{mall.server.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def pour(mall: Mall, head: str, chunk: bytes, most: int) -> tuple[str, int]:
    """Send a body until the server answers or hangs up; its first line, and how many bytes went out."""
    sent, answer = 0, b""
    with socket.create_connection(("127.0.0.1", mall.server.port), timeout=10) as line, contextlib.suppress(OSError):
        start = "POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        line.sendall(f"{start}{head}\r\n\r\n".encode())
        line.settimeout(0.02)
        while sent < most:
            line.sendall(chunk)
            sent += len(chunk)
            with contextlib.suppress(TimeoutError):
                answer = line.recv(4096)
                break
        line.settimeout(5)
        answer = answer or line.recv(4096)
    return answer.split(b"\r\n")[0].decode(), sent


@pytest.mark.parametrize("kind", ["a hundred megabytes", "chunks without end"])
def test_a_body_too_large_is_refused_early(mall, kind):
    before = resident_kb(mall)
    data = b"x" * 16384
    chunked = f"{len(data):x}\r\n".encode() + data + b"\r\n"
    for _ in range(5):
        if kind == "chunks without end":
            line, sent = pour(mall, "Transfer-Encoding: chunked", chunked, 100 * MEGABYTE)
        else:
            line, sent = pour(mall, f"Content-Length: {100 * MEGABYTE}", data, 100 * MEGABYTE)
        assert " 413 " in line and sent < 10 * MEGABYTE, (line, sent)
    assert resident_kb(mall) - before < 10 * 1024


def test_slow_talkers_hold_nobody_up(mall, record_property):
    lines = [socket.create_connection(("127.0.0.1", mall.server.port), timeout=10) for _ in range(LORIS)]
    took = []
    try:
        for drip in (b"GET / HTTP/1.1\r\n", b"Host: x\r\n", b"X-A: b\r\n", b"X-C: d\r\n"):
            for line in lines:
                line.sendall(drip)
            for _ in range(5):
                began = time.perf_counter()
                assert requests.get(f"{mall.server.url}/healthz", timeout=5).status_code == 200
                took.append(time.perf_counter() - began)
        record_property("slowest_s", round(max(took), 3))
        assert max(took) < 0.5
    finally:
        for line in lines:
            line.close()


def test_strangers_are_limited_by_the_address_that_a_proxy_of_ours_names(mall):
    def ask(address: str) -> int:
        return requests.get(f"{mall.server.api}/sites", headers={"X-Forwarded-For": address}, timeout=5).status_code

    answers = [ask("36.68.1.200") for _ in range(125)]
    assert answers.count(200) == 120 and answers[-1] == 429
    assert ask("36.68.1.201") == 200, "somebody else"
    assert {ask("192.168.1.9") for _ in range(125)} == {200}, "a hall behind one private address"
