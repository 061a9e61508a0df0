"""Numbers are found and looked at over the API, within one's own agencies; and acted on by number."""

from typing import Any

import pytest

from queue_server.domain.roles import Role
from tests.web.office import Office, code

SITE = "lebak"
TICKETS, DESK = f"/sites/{SITE}/tickets", f"/sites/{SITE}/counters/5"


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Tuti is at the front desk; Lina sees to Imigrasi only. Five have come."""
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    for n, service in enumerate(["ktp-cetak", "ktp-cetak", "kk-akta", "paspor-wawancara", "ktp-cetak"]):
        office.ask("tuti", "POST", TICKETS, {"service": service}, **{"Idempotency-Key": f"k{n}"})


def numbers(office: Office, who: str, asked: str = "") -> list[str]:
    """The numbers that somebody finds."""
    answer = office.ask(who, "GET", f"{TICKETS}{asked}").json
    assert answer["total"] == len(answer["tickets"])
    return [one["number"] for one in answer["tickets"]]


def act(office: Office, verb: str, number: str, body: Any = None, who: str = "tuti") -> Any:
    """Something done by number."""
    return office.ask(who, "POST", f"{TICKETS}/by-number/{number}/{verb}", body)


def story(office: Office, number: str, who: str = "tuti") -> Any:
    """One of them."""
    return office.ask(who, "GET", f"{TICKETS}/by-number/{number}")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["J003", "K001", "D001", "J002", "J001"]),
        ("?q=j", ["J003", "J002", "J001"]),
        ("?q=j%202", ["J002"]),
        ("?q=002", ["J002"]),
        ("?q=J%25", []),
        ("?service=kk-akta", ["D001"]),
        ("?service=nothing", []),
        ("?state=called", []),
        ("?state=waiting&q=1", ["K001", "D001", "J001"]),
        ("?page=2", []),
        ("?day=2026-11-22", []),
    ],
)
def test_a_number_is_found_by_what_is_known_of_it(office, asked, expected):
    answer = office.ask("tuti", "GET", f"{TICKETS}{asked}").json
    assert [one["number"] for one in answer["tickets"]] == expected
    if "page" not in asked:
        assert answer["total"] == len(expected)


@pytest.mark.parametrize(
    "asked", ["day=heute", "state=gone", "page=0", "page=x", f"q={'K' * 33}", "q=%00", "page=99999999"]
)
def test_what_is_no_search_is_told_by_its_field(office, asked):
    assert code(office.ask("tuti", "GET", f"{TICKETS}?{asked}")) == (422, "invalid", asked.partition("=")[0])


def test_nobody_finds_what_is_another_agency_s(office):
    assert numbers(office, "lina") == ["K001"]
    assert (story(office, "J001", "lina").status_code, story(office, "K001", "lina").status_code) == (404, 200)
    assert numbers(office, "sari") == ["J003", "D001", "J002", "J001"]
    assert office.ask("rini", "GET", TICKETS).status_code == 403, "an admin helps no visitors"


def test_where_am_i_is_told_with_all_that_happened(office):
    office.ask("sari", "POST", f"{DESK}/open")
    office.ask("sari", "POST", f"{DESK}/call-next")
    office.ask("sari", "POST", f"{DESK}/recall")
    waiting = story(office, "j 2").json
    assert (waiting["ticket"]["state"], waiting["ahead"], waiting["counters_open"]) == ("waiting", 0, 1)
    assert waiting["can"] == ["move", "reclass", "people", "escort", "reprint", "cancel"]
    office.ask("sari", "POST", f"{DESK}/serve")
    office.ask("sari", "POST", f"{DESK}/finish", {"note": "berkas lengkap"})
    done = story(office, "J001").json
    assert [(one["kind"], one["counter"]) for one in done["stays"]] == [("wait", None), ("walk", "5"), ("service", "5")]
    assert [(one["kind"], one["taken_back"]) for one in done["calls"]] == [("call", False), ("recall", False)]
    assert done["overtakes"] == {"suffered": 0, "made": 0}
    assert (done["notes"], done["ahead"], done["can"]) == (True, None, [])
    assert "berkas" not in str(done) and "token" not in str(done)
    assert act(office, "reclass", "D001", {"class": "priority", "reason": "asked"}).status_code == 200
    [change] = story(office, "D001").json["classes"]
    assert (change["was"], change["to"]) == ("regular", "priority")


def test_a_visitor_is_told_who_was_called_first_and_came_later(office):
    office.ask("sari", "POST", f"{DESK}/open")
    office.ask("sari", "POST", f"{DESK}/call", {"number": "J003", "reason": "sakit"})
    assert story(office, "J002").json["overtakes"] == {"suffered": 1, "made": 0}
    assert story(office, "J003").json["overtakes"] == {"suffered": 0, "made": 2}


def test_the_front_desk_says_how_many_came_with_a_number(office):
    assert act(office, "people", "J001", {"people": 4}).json["people"] == 4
    assert (story(office, "J002").json["ahead"], story(office, "J002").json["people_ahead"]) == (1, 4)
    assert code(act(office, "people", "J001", {"people": 0})) == (422, "invalid", "people")
    assert code(act(office, "people", "J001", {"people": 21}))[:2] == (422, "group_too_large")
    assert act(office, "people", "J001", {"people": 2}, who="sari").status_code == 403, "that is for who helps"
    family = {"service": "ktp-cetak", "people": 3}
    assert office.ask("sari", "POST", TICKETS, family, **{"Idempotency-Key": "f"}).json["people"] == 3


def test_a_guide_is_asked_for_by_the_link_and_by_number_and_an_auditor_is_not_told(office):
    office.add("aulia", {Role.AUDITOR}, (SITE,))
    token = act(office, "reprint", "J002").json["token"]
    assert office.ask(None, "POST", f"/tickets/{token}/escort", {"escort": True}).json["escort"]
    assert story(office, "J002").json["ticket"]["escort"] and "escort" in story(office, "J002", "sari").json["can"]
    assert not story(office, "J002", "aulia").json["ticket"]["escort"]
    assert not act(office, "escort", "J002", {"escort": False}, "sari").json["escort"]
    assert code(act(office, "escort", "J002", {"escort": "perhaps"})) == (422, "invalid", "escort")
    assert office.ask(None, "POST", f"/tickets/{'x' * 22}/escort", {"escort": True}).status_code == 404
    blind = {"service": "ktp-cetak", "escort": True}
    assert office.ask("sari", "POST", TICKETS, blind, **{"Idempotency-Key": "b"}).json["escort"]


def test_a_call_that_was_undone_is_marked(office):
    office.ask("sari", "POST", f"{DESK}/open")
    office.ask("sari", "POST", f"{DESK}/call-next")
    office.ask("sari", "POST", f"{DESK}/undo")
    assert [one["taken_back"] for one in story(office, "J001").json["calls"]] == [True]


def test_another_slip_comes_with_the_link_and_a_lost_reply_prints_no_second_one(office):
    first = office.ask("tuti", "POST", f"{TICKETS}/by-number/J001/reprint", {}, **{"Idempotency-Key": "once"})
    again = office.ask("tuti", "POST", f"{TICKETS}/by-number/J001/reprint", {}, **{"Idempotency-Key": "once"})
    assert first.status_code == again.status_code == 200
    assert first.json["token"] == again.json["token"] and first.json["url"].endswith(first.json["token"])
    assert office.ask(None, "GET", f"/tickets/{first.json['token']}").json["number"] == "J001"
    assert [kind for kind, *_ in office.events(SITE)].count("reprinted") == 1


def test_the_front_desk_holds_returns_and_cancels_by_number(office):
    office.ask("sari", "POST", f"{DESK}/open")
    office.ask("sari", "POST", f"{DESK}/call-next")
    assert code(act(office, "hold", "J001")) == (422, "invalid", "reason")
    assert act(office, "hold", "J001", {"reason": "ke kamar kecil"}).json["state"] == "held"
    assert act(office, "return", "J001").json["state"] == "waiting"
    assert code(act(office, "hold", "J001", {"reason": "x"}))[:2] == (409, "illegal_transition")
    assert code(act(office, "cancel", "J001")) == (422, "invalid", "reason")
    assert act(office, "cancel", "J001", {"reason": "pulang"}).json["state"] == "cancelled"
    assert act(office, "return", "J001", who="lina").status_code == 403
    kinds = [(kind, by) for kind, _, by in office.events(SITE)][-4:]
    assert kinds == [("held", "tuti"), ("overseen", "tuti"), ("returned", "tuti"), ("cancelled", "tuti")]
