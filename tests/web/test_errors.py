"""Every error has one shape, one status and the caller's language; nothing sent makes the server fail."""

import json
import socket
import uuid

import pytest
import requests

ISSUE = "/sites/lebak/tickets"


def code(answer):
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


def send(caller, data, kind="application/json", **headers):
    """POST raw bytes to the issue."""
    headers |= {"Content_Type": kind} if kind else {}
    return caller.raw("POST", ISSUE, data, Idempotency_Key=uuid.uuid4().hex, **headers)


@pytest.mark.parametrize(
    ("asked", "language", "expected"),
    [
        pytest.param("id", None, "id", id="Indonesian"),
        pytest.param("en-GB,en;q=0.8", None, "en", id="English"),
        pytest.param("su", None, "su", id="Sundanese"),
        pytest.param("in-ID,en-US;q=0.8,en;q=0.6", None, "id", id="Indonesian, as old phones call it"),
        pytest.param("in", None, "id", id="its old code alone"),
        pytest.param("IN_id, EN;q=0.9", None, "id", id="in capitals, with an underscore"),
        pytest.param("ind,eng;q=0.5", None, "id", id="in three letters"),
        pytest.param("sun-Latn-ID, en;q=0.9", None, "su", id="Sundanese, with script and region"),
        pytest.param("en;q=0.2, in-ID;q=0.9", None, "id", id="the liked one, not the first"),
        pytest.param("in;q=0.2, EN-us;q=0.9", None, "en", id="as above, the other way"),
        pytest.param("en;q=0, id", None, "id", id="one that is not wanted"),
        pytest.param("en;q=0", None, "id", id="nothing but one that is not wanted"),
        pytest.param("jw, en;q=0.5", None, "en", id="Javanese by its old code, then English"),
        pytest.param("*", None, "id", id="any"),
        pytest.param("en;q=x, ;;;,=", None, "id", id="no list at all"),
        pytest.param("en", "in", "id", id="?lang= by the old code"),
        pytest.param("id", "EN-us", "en", id="?lang= with a region"),
        pytest.param("en", "fr", "en", id="?lang= of none of ours"),
        pytest.param("fr", None, "id", id="none of ours: Indonesian"),
        pytest.param("", None, "id", id="nothing said"),
        pytest.param("id", "en", "en", id="?lang= wins"),
    ],
)
def test_the_message_is_in_the_caller_s_language(mall, asked, language, expected):
    said = {"id": "Yang dicari", "en": "There is nothing", "su": "Anu dipilari"}
    path = "/sites/nowhere" + (f"?lang={language}" if language else "")
    error = mall.caller().get(path, **{"Accept-Language": asked}).json()["error"]
    assert error["message"].startswith(said[expected])
    assert set(error) <= {"code", "message", "details"}


@pytest.mark.parametrize(("asked", "lang"), [("in", "id"), ("EN-gb", "en"), ("sun", "su"), ("fr", "id"), ("", "id")])
def test_a_page_is_in_the_language_of_its_address(mall, asked, lang):
    page = requests.get(f"{mall.server.url}/lebak/wall", params={"lang": asked}, timeout=60)
    assert f'<html lang="{lang}"' in page.text


def test_a_refusal_says_why_and_when(kiosk):
    error = kiosk.issue("lebak", "paspor-pengambilan").json()["error"]
    assert error["details"]["opens_at"] == "2026-11-23T13:00:00+07:00"
    assert "13.00" in error["message"]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ""],
)
def test_anything_but_json_is_415(kiosk, kind):
    assert code(send(kiosk, '{"service": "ktp-cetak"}', kind)) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("{", id="cut short"),
        pytest.param("{'service': 'ktp-cetak'}", id="single quotes"),
        pytest.param("[" * 30_000, id="nested without end"),
        pytest.param("[" * 30_000 + "]" * 30_000, id="nested deeply"),
        pytest.param('{"a":' * 10_000 + "1" + "}" * 10_000, id="objects nested deeply"),
        pytest.param(b'{"service": "\xff\xfe"}', id="not UTF-8"),
        pytest.param('{"service": ' + "9" * 5000 + "}", id="a number without end"),
        pytest.param("nul", id="half a word"),
    ],
)
def test_broken_json_is_400(kiosk, data):
    assert code(send(kiosk, data)) == (400, "broken_json")


@pytest.mark.parametrize(
    "data",
    ['"\\ud800"', '{"service": "\\ud800"}', '{"service": "\\u0000"}', "NaN", '{"service": Infinity}', "1e999", "true",
     '{"service": "ktp-cetak", "language": "\\u0000"}', '{"service": "ktp-cetak", "service": "x"}', ""],
)  # fmt: skip
def test_strange_json_is_refused_and_nothing_fails(mall, kiosk, data):
    before = mall.revision()
    assert 400 <= send(kiosk, data).status_code < 500
    assert mall.revision() == before


def test_a_body_over_the_limit_is_413(kiosk):
    body = json.dumps({"service": "ktp-cetak", "language": "x" * 70_000})
    assert code(send(kiosk, body)) == (413, "payload_too_large")


def test_so_is_one_that_does_not_say_its_length(kiosk):
    def chunks():
        for _ in range(20):
            yield b" " * 8192

    assert code(send(kiosk, chunks())) == (413, "payload_too_large")


def test_a_chunked_body_within_the_limit_is_read(kiosk):
    answer = send(kiosk, iter([b'{"service":', b'"ktp-cetak"}']))
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/login"),
        ("PUT", ISSUE),
        ("DELETE", "/sites/lebak"),
        ("POST", "/sites"),
        ("POST", "/sites/lebak/board"),
        ("GET", "/sites/lebak/counters/5/call-next"),
        ("PATCH", "/sites/lebak/close-day"),
        ("PATCH", ISSUE),
    ],
)
def test_another_method_is_405_and_says_which(kiosk, method, path):
    answer = kiosk.raw(method, path, "{}", Content_Type="application/json")
    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"]


def test_every_answer_forbids_keeping_and_guessing(mall):
    answer = mall.caller().get("/sites")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "request_line",
    [b"GET /api/v1/sites/%ff%fe HTTP/1.1", b"GET /api/v1/tickets/" + b"a" * 4000 + b" HTTP/1.1", b"BREW / HTTP/1.1"],
)
def test_a_strange_request_line_gets_an_answer_and_the_server_lives(mall, request_line):
    with socket.create_connection(("127.0.0.1", mall.server.port), timeout=60) as wire:
        wire.sendall(request_line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = wire.recv(4096)
    assert 400 <= int(answer.split()[1]) < 500
    assert mall.server.is_ready()
