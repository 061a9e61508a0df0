"""Nothing that the server keeps grows with what a client writes: no figure's label, no line of the log, no key."""

import re
import socket

import pytest
import requests

KNOWN = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"}


@pytest.fixture
def server(start_server):
    return start_server()


def send(server, first_line: str) -> bytes:
    """A request by hand; the first line of the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(f"{first_line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return line.makefile("rb").readline()


def figures(server) -> str:
    return requests.get(f"{server.url}/metrics", timeout=60).text


def test_invented_methods_are_one_label_and_one_word_of_the_log(server):
    for path in ("/", "/healthz", "/nowhere"):
        send(server, f"INVENTED {path}")
    before = len(figures(server).splitlines())
    for n in range(40):
        for path in ("/", "/healthz", "/nowhere"):
            assert b" 40" in send(server, f"M{n}{'X' * 3000} {path}")
    text = figures(server)
    assert set(re.findall(r'antrean_request_seconds_count\{method="([^"]*)"', text)) <= KNOWN
    assert len(text.splitlines()) <= before + 20, "no line for each"
    assert "XXXX" not in text
    log = (server.data.parent / f"{server.data.name}.log").read_text()
    assert "XXXX" not in log and '"method": "other"' in log


def test_nor_is_there_a_label_for_each_address_that_is_asked_for(server):
    before = len(figures(server).splitlines())
    for n in range(40):
        requests.get(
            f"{server.url}/{n}/{'x' * 500}/wall?zone={n}&lang={n}", headers={"Accept-Language": f"x{n}"}, timeout=60
        )
    assert len(figures(server).splitlines()) <= before + 40
    assert "xxxx" not in figures(server)
    assert "xxxx" not in (server.data.parent / f"{server.data.name}.log").read_text()
