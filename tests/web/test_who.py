"""Callers: devices by token or cookie, staff by session, and only from our own pages."""

import time

import pytest
import requests

from tests.world.mall import PASSWORD

JSON = {"Content_Type": "application/json"}


def code(answer):
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


def url(mall, path):
    """An address of the API."""
    return mall.server.api + path


# -- the matrix: what each identity may do at its own site and at another

NEEDS = {  # a call -> who may; everybody else is 403, nobody 401
    ("POST", "/sites/lebak/tickets"): {"kiosk", "sari", "ratna", "wati", "lina"},
    ("POST", "/sites/lebak/counters/5/open"): {"sari", "wati", "lina"},
    ("POST", "/sites/lebak/counters/2/open"): {"ratna", "wati"},
    ("GET", "/sites/lebak/counters/5/desk"): {"sari", "wati", "lina", "lilis", "fitri"},
    ("GET", "/sites/lebak/counters/2/desk"): {"ratna", "wati", "lilis", "fitri"},
    ("POST", "/sites/lebak/close-day"): {"wati"},
    ("POST", "/sites/lebak/confirm-day"): {"wati"},
    ("POST", "/sites/lebak/open-day"): {"wati"},
    ("GET", "/sites/lebak/hall"): {"wati", "lina", "fitri"},
    ("GET", "/sites/lebak/hall/steps"): {"wati", "lina", "fitri"},
    ("GET", "/sites/lebak/hall/overview"): {"wati", "lina", "lilis", "fitri", "ina", "display"},
    ("GET", "/sites/lebak/hall/today"): {"wati", "lina", "lilis", "fitri", "ina", "display"},
    ("GET", "/sites/lebak/audit"): {"wati", "lina", "lilis", "fitri"},
    ("POST", "/sites/lebak/reopen-day"): {"wati"},
    ("POST", "/sites/lebak/check-in"): {"kiosk", "wati", "lina"},
    ("GET", "/sites/lebak/bookings"): {"sari", "ratna", "wati", "lina", "fitri"},
    ("GET", "/sites/lebak/carry-over"): {"wati", "lina"},
    ("POST", "/sites/lebak/interruptions"): {"wati"},
    ("GET", "/sites/lebak/interruptions"): {"sari", "ratna", "wati", "lina", "lilis", "fitri"},
}
BODIES = {
    "/sites/lebak/tickets": {"service": "ktp-cetak"},
    "/sites/lebak/confirm-day": {"day": "2026-11-23"},
    "/sites/lebak/check-in": {"code": "48217306"},
    "/sites/lebak/open-day": {"reason": "jam server keliru"},
    "/sites/lebak/interruptions": {"scope": {}, "reason": "power"},
}
STAFF = ["sari", "ratna", "wati", "lina", "yudi", "hendra", "lilis", "fitri", "ina"]
EVERYBODY = ["kiosk", "kiosk at pandeglang", "display", *STAFF]


@pytest.mark.parametrize("who", [*EVERYBODY, "nobody", "a wrong token", "a wrong cookie"])
@pytest.mark.parametrize(("method", "path"), NEEDS)
def test_each_identity_does_exactly_what_it_may(mall, method, path, who):
    """I-14, deny by default"""
    if who in mall.devices:
        caller = mall.device(who)
    elif who in EVERYBODY:
        caller = mall.person(who)
    else:
        caller = mall.caller("not-a-token" if who == "a wrong token" else None)
        if who == "a wrong cookie":
            caller.http.headers["Cookie"] = "session=made-up; device=made-up"
            caller.http.headers["Origin"] = mall.server.url
    before = mall.revision()
    answer = (
        caller.get(path) if method == "GET" else caller.post(path, BODIES.get(path, {}), f"{who}{path}{time.time()}")
    )
    allowed = NEEDS[method, path]
    if who in allowed and path.endswith("check-in"):
        assert code(answer) == (404, "unknown_booking"), "let through, and nobody has booked under that code"
        return
    if who in allowed and not (who == "ratna" and path.endswith("tickets")):
        assert answer.status_code in (200, 201), answer.text
        return
    assert answer.status_code == (403 if who in EVERYBODY else 401), answer.text
    assert mall.revision() == before


def test_a_supervisor_of_one_agency_is_shown_that_agency_and_nothing_else(mall):
    for counter, who in (("5", mall.sari), ("2", mall.ratna)):
        assert who.verb("lebak", counter, "open").status_code == 200
        given = who.issue("lebak", {"5": "ktp-cetak", "2": "paspor-informasi"}[counter])
        assert given.status_code == 201, given.text
    declared = mall.caller().get("/sites/lebak").json()
    mine = {kind: {x["id"] for x in declared[kind] if x["agency"] == "dukcapil"} for kind in ("counters", "services")}
    whole, hall = (who.get("/sites/lebak/hall").json() for who in (mall.wati, mall.lina))
    assert len(whole["counters"]) == len(declared["counters"])
    assert {kind: {x["id"] for x in hall[kind]} for kind in mine} == mine
    assert {a["service"] for a in hall["alarms"]} <= mine["services"] | {None}
    today = mall.lina.get("/sites/lebak/hall/today").json()
    assert {x["id"] for x in today["services"]} == mine["services"]
    for page in ("supervisor", "report"):
        answer = mall.lina.http.get(f"{mall.server.url}/lebak/{page}", timeout=60)
        assert answer.status_code == 200
        assert "Ratna" not in answer.text, "another agency's officer"
    report = mall.lina.http.get(f"{mall.server.url}/lebak/report", timeout=60).text
    shown = report.split('id="by-counter"')[1]
    assert "Loket 5" in shown and "Loket 2<" not in shown


def test_what_the_other_mall_s_people_do_leaves_this_one_alone(mall):
    before = mall.revision("lebak")
    assert mall.device("kiosk at pandeglang").issue("pandeglang", "npwp").status_code == 201
    assert mall.yudi.verb("pandeglang", "1", "open").status_code == 200
    assert mall.yudi.verb("pandeglang", "1", "close").status_code == 200
    assert mall.revision("lebak") == before


# -- signing in and out


def test_a_session_begins_with_a_cookie_that_scripts_cannot_read(mall):
    answer = mall.caller().post("/login", {"username": "sari", "password": PASSWORD})
    assert (answer.status_code, answer.content) == (204, b"")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("session=")
    for part in ("HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Secure" not in cookie, "a hall's network may be plain HTTP"


def test_names_ignore_case_and_passwords_do_not(mall):
    assert mall.caller().post("/login", {"username": "SARI", "password": PASSWORD}).status_code == 204
    wrong = mall.caller().post("/login", {"username": "sari", "password": PASSWORD.upper()})
    assert code(wrong) == (401, "login_failed")


def test_an_unknown_name_is_told_nothing_more_than_a_wrong_password(mall):
    wrong = mall.caller().post("/login", {"username": "wati", "password": "salah-salah-salah"})
    unknown = mall.caller().post("/login", {"username": "siapa", "password": "salah-salah-salah"})
    assert wrong.json() == unknown.json()


def test_a_session_ends_at_logout(mall):
    caller = mall.caller().sign_in("dedi", PASSWORD)
    cookie = caller.http.cookies["session"]
    assert caller.get("/sites/lebak/counters/5/desk").status_code == 200
    assert caller.post("/logout").status_code == 204
    thief = mall.caller()
    thief.http.headers["Cookie"] = f"session={cookie}"
    assert code(thief.get("/sites/lebak/counters/5/desk")) == (401, "unauthorized")
    assert caller.post("/logout").status_code == 204, "again does no harm"


def test_too_many_failures_make_an_account_wait_and_nobody_else(mall):
    for _ in range(60):
        answer = mall.caller().post("/login", {"username": "hendra2", "password": "salah-salah-salah"})
        if answer.status_code != 401:
            break
    assert code(answer) == (429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) > 0
    assert mall.caller().post("/login", {"username": "sari", "password": PASSWORD}).status_code == 204


def test_a_device_enrols_in_its_browser(mall):
    caller = mall.caller()
    answer = caller.post("/enrol", {"token": mall.devices["kiosk"]})
    assert (answer.status_code, "HttpOnly" in answer.headers["Set-Cookie"]) == (204, True)
    caller.http.headers["Origin"] = mall.server.url
    assert caller.issue("lebak", "ktp-cetak").status_code == 201
    assert code(mall.caller().post("/enrol", {"token": "made-up"})) == (401, "unauthorized")


def test_a_device_s_cookie_lives_on_from_each_use(mall):
    """A kiosk that works every day never loses it: 400 days are the most that a browser keeps one."""
    token = mall.devices["kiosk"]
    cookie = {"Cookie": f"device={token}", "Origin": mall.server.url, "Idempotency-Key": "x" * 20}
    body = {"service": "ktp-cetak", "class": "regular"}
    issued = requests.post(url(mall, "/sites/lebak/tickets"), json=body, headers=cookie, timeout=60)
    pages = ("/lebak/kiosk", "/lebak/wall", "/lebak/counters/5/display")
    for answer in (issued, *(requests.get(mall.server.url + p, headers=cookie, timeout=60) for p in pages)):
        assert f"device={token}; Expires=" in answer.headers["Set-Cookie"], answer.url
        assert "Max-Age=34560000; HttpOnly; Path=/; SameSite=Lax" in answer.headers["Set-Cookie"]
    for headers in ({"Cookie": "device=made-up"}, {"Authorization": f"Bearer {token}"}, {}):
        assert "Set-Cookie" not in requests.get(f"{mall.server.url}/lebak/kiosk", headers=headers, timeout=60).headers
    asked = requests.get(url(mall, "/device"), headers=cookie, timeout=60)
    assert "Set-Cookie" not in asked.headers  # asked every few seconds: no wear on the kiosk's disk


def test_a_device_learns_what_it_is_and_that_it_is_not(mall):
    assert mall.kiosk.get("/device").json() == {"kind": "kiosk", "site": "lebak"}
    assert mall.device("display").get("/device").json() == {"kind": "display", "site": "lebak"}
    for nobody in (mall.caller(), mall.caller("made-up"), mall.sari):
        assert nobody.get("/device").json() == {"kind": None, "site": None}


# -- the origin rule

COOKIE = {"session": "sari"}
ORIGINS = [
    pytest.param({"Origin": "own"}, 200, id="our own origin"),
    pytest.param({"Sec-Fetch-Site": "same-origin"}, 200, id="the browser says same-origin"),
    pytest.param({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200, id="no-referrer hides the origin"),
    pytest.param({}, 403, id="nothing"),
    pytest.param({"Origin": "null"}, 403, id="a sandboxed page"),
    pytest.param({"Origin": "https://evil.example"}, 403, id="another site"),
    pytest.param({"Origin": "http://127.0.0.1:1"}, 403, id="another port"),
    pytest.param({"Origin": "https-own"}, 403, id="another scheme"),
    pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="the browser says cross-site"),
    pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="a neighbour under the same name"),
    pytest.param({"Sec-Fetch-Site": "none"}, 403, id="typed in by hand"),
]


@pytest.mark.parametrize(("headers", "status"), ORIGINS)
def test_whoever_brings_a_cookie_comes_from_our_own_page(mall, headers, status):
    own = mall.server.url
    said = {k: {"own": own, "https-own": own.replace("http:", "https:")}.get(v, v) for k, v in headers.items()}
    cookie = f"session={mall.sari.http.cookies['session']}"
    path = url(mall, "/sites/lebak/counters/5/open")
    answer = requests.post(path, json={}, headers={"Cookie": cookie} | said, timeout=60)
    assert answer.status_code == status, answer.text
    if status == 403:
        assert answer.json()["error"]["code"] == "bad_origin"


@pytest.mark.parametrize("said", ["Bearer x", "bearer ", "Basic c2FyaTpzYXJp", "x", "Digest y"])
@pytest.mark.parametrize("path", ["/logout", "/sites/lebak/counters/5/open", "/enrol", "/login"])
def test_an_authorization_beside_a_cookie_excuses_nobody(mall, said, path):
    headers = {"Cookie": f"session={mall.sari.http.cookies['session']}", "Authorization": said}
    for foreign in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        body = {"/enrol": {"token": "x"}, "/login": {"username": "sari", "password": PASSWORD}}.get(path, {})
        answer = requests.post(url(mall, path), json=body, headers=headers | foreign, timeout=60)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "bad_origin")
    assert mall.sari.get("/sites/lebak/counters/5/desk").status_code == 200  # nobody signed her out


def test_an_authorization_that_is_no_token_excuses_no_foreign_page(mall):
    headers = {"Authorization": "Basic eA==", "Origin": "https://evil.example"}
    body = {"username": "sari", "password": PASSWORD}
    answer = requests.post(url(mall, "/login"), json=body, headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "bad_origin")


def test_without_a_cookie_no_origin_is_needed(mall, kiosk):
    assert kiosk.issue("lebak", "ktp-cetak").status_code == 201
    token = kiosk.issue("lebak", "ktp-cetak").json()["token"]
    assert mall.caller().post(f"/tickets/{token}/cancel").status_code == 200


def test_reading_needs_no_origin(mall):
    cookie = f"session={mall.sari.http.cookies['session']}"
    path = url(mall, "/sites/lebak/counters/5/desk")
    headers = {"Cookie": cookie, "Origin": "https://evil.example"}
    answer = requests.get(path, headers=headers, timeout=60)
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
