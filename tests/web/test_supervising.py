"""What supervisors are told of their site, and only they; every answer is held to the OpenAPI document."""

import pytest
import requests


def test_the_hall_says_what_the_counters_do_now(mall, sari):
    number = mall.kiosk.issue("lebak", "ktp-cetak").json()["number"]
    sari.verb("lebak", "5", "call-next")
    hall = mall.wati.get("/sites/lebak/hall").json()
    counter = next(c for c in hall["counters"] if c["id"] == "5")
    assert (counter["state"], counter["number"], counter["officer"]) == ("called", number, "Sari")
    assert hall["revision"] == mall.revision()


def test_today_s_figures_are_the_report_s(mall, sari):
    mall.kiosk.issue("lebak", "ktp-cetak")
    for verb in ("call-next", "serve", "finish"):
        assert sari.verb("lebak", "5", verb).status_code == 200
    seen = mall.wati.get("/sites/lebak/hall/today").json()
    assert {one["id"] for one in seen["services"]} == {
        s["id"] for s in mall.wati.get("/sites/lebak").json()["services"]
    }
    assert seen["completed"] <= seen["revision"] <= mall.revision()


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("wati", "/lebak/supervisor", 200),
        ("wati", "/pandeglang/supervisor", 403),
        ("hendra", "/lebak/supervisor", 403),
        ("sari", "/lebak/supervisor", 403),
        ("lilis", "/lebak/supervisor", 403),
        ("fitri", "/lebak/supervisor", 200),
        ("wati", "/nowhere/supervisor", 404),
    ],
)
def test_the_page_is_for_the_site_s_own_supervisors_and_auditors(mall, who, path, status):
    http = mall.person(who).http
    assert http.get(mall.server.url + path, timeout=60).status_code == status


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(mall):
    answer = requests.get(mall.server.url + "/lebak/supervisor", timeout=60, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=/lebak/supervisor")


def test_an_auditor_looks_at_the_hall_and_is_offered_nothing_that_would_be_refused(mall):
    keys = ("move", "open-now", "day")
    offered = {}
    for who in (mall.wati, mall.lina, mall.person("fitri")):
        page = who.http.get(f"{mall.server.url}/lebak/supervisor", timeout=60).text
        offered[who] = [key for key in keys if f'id="{key}">' in page]
    assert list(offered.values()) == [["move", "open-now", "day"], ["move"], []]


def test_an_interruption_entered_with_its_time_is_begun_once_whatever_was_lost(mall):
    passed, announced = "2026-11-23T08:20:00+07:00", "2026-11-23T10:00:00+07:00"
    said = {"scope": {"agency": "imigrasi"}, "reason": "network", "since": passed, "until": announced}
    path = "/sites/lebak/interruptions"
    first, again = (mall.wati.post(path, said, key="k" * 22) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (first.json()["since"], first.json()["until"]) == (passed, announced)
    other = mall.wati.post(path, said | {"since": "2026-11-23T08:21:00+07:00"}, key="k" * 22)
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert mall.wati.post(f"{path}/{first.json()['id']}/end", {"at": announced}, key="e" * 22).status_code == 422
    assert mall.wati.post(f"{path}/{first.json()['id']}/end", {"at": passed}, key="f" * 22).status_code == 200


def test_two_supervisors_at_once_set_one_lever_and_a_reply_that_was_lost_sets_it_no_second_time(mall, sari):
    """The last word holds, both are told of it with its reason, and the same words again change nothing."""
    path = "/sites/lebak/services/ktp-cetak/quota"
    wati, lina = {"total": 40, "reason": "blangko sisa 40"}, {"total": 30, "reason": "sepuluh rusak"}
    first, second = mall.wati.put(path, wati), mall.lina.put(path, lina)
    before = mall.revision()
    assert (first.status_code, second.status_code, mall.lina.put(path, lina).status_code) == (200, 200, 200)
    assert mall.revision() == before, "said once more, it changes nothing"
    held = [mall.person(who).get("/sites/lebak/hall").json()["set_today"] for who in ("wati", "lina", "fitri")]
    assert [[(one["quota"], one["by"], one["reason"]) for one in told] for told in held] == [
        [({"total": 30}, "Lina", "sepuluh rusak")]
    ] * 3
    assert sari.put(path, wati).json()["error"]["code"] == "forbidden"
    for total, code in ((-1, "invalid"), ("banyak", "invalid")):
        assert mall.wati.put(path, {"total": total, "reason": "x"}).json()["error"]["code"] == code
    assert mall.wati.put(path, {"reason": "apa pun"}).json()["error"]["details"]["field"] == "total"
    declared = held[0][0]["declared_quota"]
    assert mall.wati.put(path, declared | {"reason": "seperti biasa"}).json()["set_today"] == []


def test_a_counter_closes_over_people_only_with_a_reason_over_http_too(mall, sari):
    assert mall.kiosk.issue("lebak", "ktp-cetak").status_code == 201
    refused = sari.verb("lebak", "5", "close").json()["error"]
    assert (refused["code"], refused["details"]["waiting"] > 0) == ("reason_missing", True)
    assert refused["message"] == "Pilih atau tulis alasannya."
    said = [sari.verb("lebak", "5", "close", {"reason": "rapat dinas"}, "c" * 22).status_code for _ in range(2)]
    assert said == [200, 200], "a reply that was lost is asked for again"
    counter = next(c for c in mall.wati.get("/sites/lebak/hall").json()["counters"] if c["id"] == "5")
    assert counter["left"]["reason"] == "rapat dinas"
    for who, told in (("wati", True), ("lina", True), ("fitri", True), ("sari", False), ("ina", False)):
        report = mall.person(who).http.get(f"{mall.server.url}/lebak/report", timeout=60).text
        assert ("rapat dinas" in report) == told, f"{who}: staff's own words are for those who answer for the hall"
