"""What anybody may read, and what a ticket's holder may do."""

import json
import uuid

import pytest

from queue_server import texts
from tests.world.tree import ROOT


def test_the_list_of_sites(mall):
    sites = mall.caller().get("/sites").json()["sites"]
    assert [s["id"] for s in sites] == ["lebak", "pandeglang"]
    assert not sites[0]["demo"]
    assert sites[0]["services"] == mall.caller().get("/sites/lebak").json()["services"]


def test_the_first_page_speaks_of_zones_only_where_there_are_several(mall):
    page = mall.caller().http.get(mall.server.url, timeout=60).text
    assert page.count(">Semua zona<") == 1  # Pandeglang's; Lebak has one zone
    assert page.count(">tanpa suara<") == 1


def test_the_first_page_and_the_readme_say_which_browsers_will_do(mall):
    page, readme = mall.caller().http.get(mall.server.url, timeout=60).text, (ROOT / "README.md").read_text()
    said = texts.load().say("id", "home.home_browsers")
    assert f">{said}</p>" in page
    for floor in ("2021", "Chrome 68"):
        assert floor in said and floor in readme, floor


def test_a_site_says_which_services_are_open_or_why_not(mall):
    site = mall.caller().get("/sites/lebak").json()
    services = {s["id"]: s for s in site["services"]}
    assert (services["ktp-cetak"]["open"], services["ktp-cetak"]["reason"]) == (True, None)
    assert services["ktp-cetak"]["classes"] == ["regular", "priority"]
    assert (services["pelayanan-ham"]["open"], services["pelayanan-ham"]["reason"]) == (False, "not_today")
    collection = services["paspor-pengambilan"]
    assert (collection["reason"], collection["reason_detail"]["opens_at"]) == ("not_yet", "2026-11-23T13:00:00+07:00")
    assert services["paspor-wawancara"]["quota"] == {"regular": 20, "priority": 10, "booked": 20}
    assert services["paspor-wawancara"]["quota_left"].keys() == {"regular", "priority", "booked"}
    assert services["kk-akta"]["quota_left"] == {"regular": None, "priority": None}
    assert site["hours"]["mon"] == ["08:00", "15:30"]
    assert {c["id"]: c["open"] for c in site["counters"]}["5"] is False


def test_waiting_and_quota_left_follow_what_is_issued(mall, kiosk):
    left = {s["id"]: s for s in kiosk.get("/sites/lebak").json()["services"]}["skck-baru"]["quota_left"]["regular"]
    kiosk.issue("lebak", "skck-baru")
    after = {s["id"]: s for s in kiosk.get("/sites/lebak").json()["services"]}["skck-baru"]
    assert (after["waiting"], after["quota_left"]["regular"]) == (1, left - 1)


def test_the_board_shows_counters_calls_and_waiting_figures(mall, kiosk, sari):
    number = kiosk.issue("lebak", "ktp-cetak").json()["number"]
    sari.verb("lebak", "5", "call-next")
    board = mall.caller().get("/sites/lebak/board").json()
    at = {c["id"]: c for c in board["counters"]}
    assert at["5"] == {
        **{"id": "5", "name": "Loket 5", "open": True, "state": "called", "number": number},
        **{"interruption": None, "until": None},
    }
    assert at["6"]["state"] == "closed"
    newest = board["recent"][0]
    assert (newest["number"], newest["counter"], newest["kind"]) == (number, "5", "call")
    assert board["last_call"] == newest["revision"]
    sari.verb("lebak", "5", "serve")
    assert {c["id"]: c for c in mall.caller().get("/sites/lebak/board").json()["counters"]}["5"]["state"] == "serving"


def test_each_number_stands_once_in_recent_and_an_undone_call_leaves_it(mall, kiosk, sari):
    number = kiosk.issue("lebak", "ktp-cetak").json()["number"]
    sari.verb("lebak", "5", "call-next")
    sari.verb("lebak", "5", "recall")
    recent = mall.caller().get("/sites/lebak/board").json()["recent"]
    assert [(c["number"], c["kind"]) for c in recent].count((number, "recall")) == 1
    assert [c["number"] for c in recent].count(number) == 1
    sari.verb("lebak", "5", "undo")
    assert number not in [c["number"] for c in mall.caller().get("/sites/lebak/board").json()["recent"]]
    assert mall.caller().get("/sites/lebak/calls").json()["calls"][-1]["number"] == number, "calls keep it"


def test_recent_holds_at_most_ten_per_zone(mall, kiosk, sari):
    for _ in range(12):
        kiosk.issue("lebak", "ktp-cetak")
    numbers = []
    for _ in range(12):
        numbers.append(sari.verb("lebak", "5", "call-next").json()["ticket"]["number"])
        sari.verb("lebak", "5", "no-show")
    recent = [c["number"] for c in mall.caller().get("/sites/lebak/board").json()["recent"]]
    assert recent == numbers[::-1][:10]


def test_calls_after_a_revision_are_chained_and_oldest_first(mall, kiosk, sari):
    before = mall.caller().get("/sites/lebak/calls").json()
    kiosk.issue("lebak", "ktp-cetak")
    sari.verb("lebak", "5", "call-next")
    sari.verb("lebak", "5", "recall")
    after = mall.caller().get(f"/sites/lebak/calls?after={before['last_call']}").json()
    assert [c["kind"] for c in after["calls"]] == ["call", "recall"]
    assert after["calls"][0]["previous"] == before["last_call"]
    assert after["calls"][1]["previous"] == after["calls"][0]["revision"]
    assert after["last_call"] == after["calls"][1]["revision"]
    assert mall.caller().get(f"/sites/lebak/calls?after={after['last_call']}").json()["calls"] == []


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "9" * 13, "٣", "1e3"])
def test_a_cursor_that_is_no_revision_is_invalid(mall, after):
    answer = mall.caller().get(f"/sites/lebak/calls?after={after}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


def test_a_call_is_announced_for_sixty_seconds_in_clips(mall, kiosk, sari):
    kiosk.issue("lebak", "ktp-cetak")
    sari.verb("lebak", "5", "call-next")
    call = mall.caller().get("/sites/lebak/calls").json()["calls"][-1]
    assert (call["called_at"], call["expires_at"]) == ("2026-11-23T02:00:00+00:00", "2026-11-23T02:01:00+00:00")
    assert (call["counter_name"], call["service"]) == ("Loket 5", "ktp-cetak")
    assert call["clips"]["id"]


@pytest.mark.parametrize(
    "path",
    [
        "/sites/nowhere",
        "/sites/nowhere/board",
        "/sites/nowhere/calls",
        "/tickets/AAAAAAAAAAAAAAAAAAAAAA",
        "/tickets/x",
        "/tickets/%00%F0",
        "/nothing",
        "/",
    ],
)
def test_what_is_not_there_is_not_found(mall, path):
    answer = mall.caller().get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


# -- the ticket's holder


def test_the_holder_sees_place_and_state(mall, kiosk, sari):
    first, second = (kiosk.issue("lebak", "ktp-cetak").json() for _ in range(2))
    assert (first["ahead"], second["ahead"]) == (0, 1)
    assert second["url"] == f"{mall.server.url}/t/{second['token']}"
    sari.verb("lebak", "5", "call-next")
    holder = mall.caller()
    called = holder.get(f"/tickets/{first['token']}").json()
    assert (called["state"], called["counter"], called["ahead"]) == ("called", "5", None)
    moved_up = holder.get(f"/tickets/{second['token']}").json()
    assert (moved_up["ahead"], moved_up["state"]) == (0, "waiting")
    assert moved_up["estimate"]["low_s"] <= moved_up["estimate"]["high_s"]


@pytest.mark.parametrize(
    ("taken_in", "asked", "opens_in"),
    [("su", "", "su"), ("en", "", "en"), (None, "", "id"), ("su", "?lang=en", "en"), ("en", "?lang=xx", "en")],
)
def test_phone_and_slip_open_in_the_language_in_which_the_ticket_was_taken(mall, kiosk, taken_in, asked, opens_in):
    body = {"service": "perizinan"} | ({"language": taken_in} if taken_in else {})
    token = kiosk.post("/sites/lebak/tickets", body, uuid.uuid4().hex).json()["token"]
    for page in ("", "/slip"):
        shown = mall.caller().http.get(f"{mall.server.url}/t/{token}{page}{asked}", timeout=60).text
        assert f'<html lang="{opens_in}"' in shown
    kiosk.post(f"/tickets/{token}/cancel", {})


def test_ahead_counts_who_is_called_before_and_not_who_came_before(kiosk):
    """One counter, whose wheel begins with priority."""
    for n in range(3):
        assert kiosk.issue("lebak", "perizinan").json()["ahead"] == n
    assert kiosk.issue("lebak", "perizinan", "priority").json()["ahead"] == 0
    assert kiosk.issue("lebak", "perizinan").json()["ahead"] == 4
    assert kiosk.issue("lebak", "perizinan", "priority").json()["ahead"] == 2, "priority, regular, priority"


def test_ahead_counts_the_other_services_of_the_counter_and_no_other_counter_s(kiosk):
    kiosk.issue("lebak", "skck-perpanjangan")
    kiosk.issue("lebak", "perizinan")
    assert kiosk.issue("lebak", "skck-baru").json()["ahead"] == 1


def test_a_ticket_s_etag_holds_while_nothing_of_it_changes(mall, kiosk, sari):
    ticket = kiosk.issue("lebak", "ktp-cetak").json()
    path, holder = f"/tickets/{ticket['token']}", mall.caller()
    first = holder.get(path)
    kiosk.issue("lebak", "skck-baru")  # somebody else's affair
    assert holder.get(path, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    sari.verb("lebak", "5", "call-next")
    changed = holder.get(path, **{"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.json()["state"]) == (200, "called")


def test_a_holder_gives_up_a_waiting_ticket_once(mall, kiosk):
    ticket = kiosk.issue("lebak", "ktp-cetak").json()
    holder = mall.caller()
    ended = holder.post(f"/tickets/{ticket['token']}/cancel")
    assert (ended.status_code, ended.json()["state"], ended.json()["token"]) == (200, "cancelled", ticket["token"])
    again = holder.post(f"/tickets/{ticket['token']}/cancel")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "illegal_transition")
    assert holder.post("/tickets/x/cancel").status_code == 404


# -- I-17: public bytes are the whitelist and nothing else


def test_no_token_class_or_person_in_board_or_calls(mall, kiosk, sari):
    tickets = [kiosk.issue("lebak", "ktp-cetak", c).json() for c in ("priority", "regular")]
    sari.verb("lebak", "5", "call-next")
    seen = [mall.caller().get(f"/sites/lebak/{what}").text for what in ("board", "calls")]
    for text in seen:
        for secret in (*(t["token"] for t in tickets), *(t["id"] for t in tickets)):
            assert secret not in text
        for word in ('"class"', "priority", "regular", "officer", "Sari", "sari"):
            assert word not in text


def test_a_site_names_no_person(mall, sari):
    text = json.dumps(mall.caller().get("/sites/lebak").json())
    assert "Sari" not in text
    assert "officer" not in text


def test_no_get_changes_anything(mall, kiosk, sari):
    """I-15"""
    token = kiosk.issue("lebak", "ktp-cetak").json()["token"]
    before = mall.revision()
    for path in ("/sites", "/sites/lebak", "/sites/lebak/board", "/sites/lebak/calls", f"/tickets/{token}"):
        for _ in range(2):
            assert mall.caller().get(path).status_code == 200
    assert sari.get("/sites/lebak/counters/5/desk").status_code == 200
    assert mall.revision() == before
