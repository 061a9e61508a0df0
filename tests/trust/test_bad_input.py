"""Bad input gets the documented error and changes nothing, but for the ``refused`` event where the contract says so."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from queue_server import places
from tests.world.ledger import state_of
from tests.world.people import WORKDAY, Cast, cast, run_from
from tests.world.server import Client, Server
from tests.world.tree import ROOT

KTP, PASSPORT, COLLECTION = "ktp-cetak", "paspor-wawancara", "paspor-pengambilan"
SITES = ("lebak", "pandeglang")


@pytest.fixture(scope="module")
def malls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """Both malls on a Monday morning; officers of two agencies at Pandeglang, one kiosk."""
    server = Server(tmp_path_factory.mktemp("malls") / "data")
    run_from(server, WORKDAY)
    people = cast(server, "pandeglang", officers={"sari": "dukcapil", "dedi": "imigrasi"}, kiosks=1)
    server.start()
    yield people
    server.kill()


@pytest.fixture(scope="module")
def kiosk(malls: Cast) -> Client:
    return malls.kiosks()[0]


@pytest.fixture(scope="module")
def sari(malls: Cast) -> Client:
    """An officer of Dukcapil with counter 5 open."""
    officer = malls.officers()[0]
    assert officer.verb("pandeglang", "5", "open").status_code == 200
    return officer


def everything(people: Cast) -> list[tuple]:
    """The whole state of both malls."""
    return [state_of(people.server, site) for site in SITES]


def check_refused(answer: requests.Response, status: int, code: str) -> dict:
    """The documented status, code and shape; the error."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    error = answer.json()["error"]
    assert set(error) <= {"code", "message", "details"} and error["message"] and "{" not in error["message"]
    return error


ISSUE = "/sites/pandeglang/tickets"
DESK = "/sites/pandeglang/counters/5"
DEEP = "[" * 20_000 + "]" * 20_000

# what is asked, with which body (bytes go out as they are), and what is answered
AT_THE_KIOSK = {
    "unknown service": (ISSUE, {"service": "sihir"}, 422, "unknown_service"),
    "unknown class": (ISSUE, {"service": KTP, "class": "royal"}, 422, "invalid"),
    "class not offered": (ISSUE, {"service": KTP, "class": "booked"}, 422, "class_not_offered"),
    "service only staff may issue": (ISSUE, {"service": PASSPORT}, 409, "not_at_kiosk"),
    "foreign site": ("/sites/lebak/tickets", {"service": KTP}, 403, "forbidden"),
    "unknown site": ("/sites/atlantis/tickets", {"service": KTP}, 404, "not_found"),
    "unknown key in the body": (ISSUE, {"service": KTP, "state": "serving"}, 422, "invalid"),
    "no service": (ISSUE, {}, 422, "invalid"),
    "a number for a name": (ISSUE, {"service": 7}, 422, "invalid"),
    "a list": (ISSUE, [KTP], 422, "invalid"),
    "broken JSON": (ISSUE, b'{"service": ', 400, "broken_json"),
    "nothing at all": (ISSUE, b"", 400, "broken_json"),
    "null": (ISSUE, b"null", 422, "invalid"),
    "no JSON at all": (ISSUE, b"\xff\xfe\x00", 400, "broken_json"),
    "a thousand brackets": (ISSUE, DEEP.encode(), (400, 422), ("broken_json", "invalid")),
    "100 KB of JSON": (ISSUE, json.dumps({"service": "x" * 100_000}).encode(), 413, "payload_too_large"),
    "an officer's verb": (f"{DESK}/call-next", {}, 403, "forbidden"),
}
AT_THE_DESK = {
    "foreign site": ("/sites/lebak/counters/5/open", {}, 403, "forbidden"),
    "foreign agency": ("/sites/pandeglang/counters/1/open", {}, 403, "forbidden"),
    "foreign agency's service": (ISSUE, {"service": PASSPORT}, 403, "forbidden"),
    "unknown counter": ("/sites/pandeglang/counters/99/open", {}, 404, "not_found"),
    "closed counter": ("/sites/pandeglang/counters/6/call-next", {}, 409, "counter_closed"),
    "a second counter": ("/sites/pandeglang/counters/6/open", {}, 409, "officer_busy"),
    "serve without a call": (f"{DESK}/serve", {}, 409, "illegal_transition"),
    "finish without service": (f"{DESK}/finish", {}, 409, "illegal_transition"),
    "recall without a call": (f"{DESK}/recall", {}, 409, "illegal_transition"),
    "undo without a call": (f"{DESK}/undo", {}, 409, "illegal_transition"),
    "a number nobody has": (f"{DESK}/call", {"number": "J999", "reason": "asked"}, 422, "unknown_number"),
    "a call without a reason": (f"{DESK}/call", {"number": "J001"}, 422, "invalid"),
    "a verb that is none": (f"{DESK}/promote", {}, 404, "not_found"),
    "the supervisor's lever": ("/sites/pandeglang/close-day", {}, 403, "forbidden"),
    "call-next with nobody waiting": (f"{DESK}/call-next", {}, 200, None),
}


def send(client: Client, path: str, body: object) -> requests.Response:
    """POST a body as it is, or as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"bad-{hash((path, raw))}"}
    return client.http.post(client.server.api + path, data=raw, headers=headers, timeout=60)


@pytest.mark.parametrize("case", AT_THE_KIOSK)
def test_a_kiosk_that_asks_for_nonsense_changes_nothing(malls, kiosk, case):
    path, body, status, code = AT_THE_KIOSK[case]
    before = everything(malls)
    answer = send(kiosk, path, body)
    if isinstance(status, tuple):
        assert answer.status_code in status and answer.json()["error"]["code"] in code
    else:
        check_refused(answer, status, code)
    assert everything(malls) == before


@pytest.mark.parametrize("case", AT_THE_DESK)
def test_an_officer_who_may_not_changes_nothing(malls, sari, case):
    path, body, status, code = AT_THE_DESK[case]
    before = everything(malls)
    answer = send(sari, path, body)
    if status == 200:
        assert answer.status_code == 200 and answer.json()["ticket"] is None
    else:
        check_refused(answer, status, code)
    assert everything(malls) == before


def test_who_is_nobody_changes_nothing(malls):
    before = everything(malls)
    nobody, liar = Client(malls.server), Client(malls.server, token="x" * 43)
    check_refused(nobody.issue("pandeglang", KTP), 401, "unauthorized")
    check_refused(liar.issue("pandeglang", KTP), 401, "unauthorized")
    check_refused(nobody.verb("pandeglang", "5", "call-next"), 401, "unauthorized")
    check_refused(nobody.post("/enrol", {"token": "guess"}), 401, "unauthorized")
    check_refused(nobody.post("/login", {"username": "sari", "password": "password1234"}), 401, "login_failed")
    check_refused(nobody.get("/tickets/" + "A" * 22), 404, "not_found")
    check_refused(nobody.post("/tickets/" + "A" * 22 + "/cancel"), 404, "not_found")
    assert everything(malls) == before


def test_the_envelope_matters_too(malls, kiosk, sari):
    before = everything(malls)
    url = malls.server.api + ISSUE
    kind = {"Content-Type": "application/json"}
    check_refused(kiosk.post(ISSUE, {"service": KTP}), 400, "idempotency_key_missing")
    plain = kiosk.http.post(url, data='{"service": "x"}', headers={"Content-Type": "text/plain"}, timeout=60)
    check_refused(plain, 415, "unsupported_media_type")
    check_refused(kiosk.http.put(url, data="{}", headers=kind, timeout=60), 405, "method_not_allowed")
    check_refused(_foreign(sari), 403, "bad_origin")
    assert everything(malls) == before


def _foreign(officer: Client) -> requests.Response:
    return officer.post("/sites/pandeglang/counters/5/close", {}, Origin="http://evil.example")


def test_a_key_used_for_something_else_changes_nothing(malls, kiosk):
    assert kiosk.issue("pandeglang", "npwp", key="one-key").status_code == 201
    before = everything(malls)
    check_refused(kiosk.issue("pandeglang", KTP, key="one-key"), 422, "idempotency_key_reused")
    assert everything(malls) == before


def test_a_closed_service_is_refused_once_on_record(malls, kiosk):
    """Demand that was not met counts: one ``refused`` event for each wish, however often it is repeated."""
    before = everything(malls)
    error = check_refused(kiosk.issue("pandeglang", COLLECTION, key="early"), 409, "service_closed")
    assert error["details"]["reason"] == "not_yet"
    check_refused(kiosk.issue("pandeglang", COLLECTION, key="early"), 409, "service_closed")
    after = everything(malls)
    (told, rows, revision), (told_before, rows_before, revision_before) = after[1], before[1]
    assert (revision, rows) == (revision_before + 1, rows_before)
    assert [e.kind for e in told[len(told_before) :]] == ["refused"]
    assert after[0] == before[0]


def test_control_an_issue_that_works_is_noticed(malls, kiosk):
    before = everything(malls)
    assert kiosk.issue("pandeglang", "ak1").status_code == 201
    assert everything(malls) != before


@pytest.mark.night
def test_an_unknown_key_in_a_site_file_is_named_and_nothing_starts(tmp_path: Path):
    text = (places.CONFIG / "sites" / "lebak.toml").read_text()
    (tmp_path / "sites").mkdir()
    file = tmp_path / "sites" / "lebak.toml"
    file.write_text(text.replace('short_name = "MPP Lebak"', 'short_name = "MPP Lebak"\nshortname = "twice"', 1))
    assert tomllib.loads(file.read_text())["shortname"] == "twice"
    for command in ("check", "run"):
        args = [sys.executable, "-m", "queue_server", command, "--config", str(tmp_path), "--data", str(tmp_path / "d")]
        done = subprocess.run(args, capture_output=True, text=True, cwd=ROOT, timeout=300)
        assert done.returncode == 1
        assert str(file) in done.stderr and "shortname" in done.stderr
    assert not (tmp_path / "d").exists()
