"""The roster of a day over the API: who may write it, what is refused, what everybody concerned sees."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from queue_server.domain.roles import Role
from tests.web.office import Office, code

SITE, DAY, TOMORROW = "lebak", "2026-11-23", "2026-11-24"
ROSTER = f"/sites/{SITE}/roster"
SARI = {"counter": "5", "account": "sari", "from": "08:00", "to": "12:00"}
RATNA = {"counter": "2", "account": "ratna", "from": "08:00", "to": "24:00"}


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Ratna is Imigrasi's officer, Lina its supervisor; an auditor looks on."""
    office.add("ratna", {Role.OFFICER}, (SITE,), ("imigrasi",))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("tuti", {Role.AUDITOR}, (SITE,))


def put(office: Office, who: str, shifts: Any, day: str = DAY, more: str = "") -> TestResponse:
    """Somebody writes a day's roster."""
    return office.ask(who, "PUT", f"{ROSTER}?day={day}{more}", shifts)


def get(office: Office, who: str, day: str = DAY) -> TestResponse:
    """Somebody reads it."""
    return office.ask(who, "GET", f"{ROSTER}?day={day}")


def recorded(office: Office) -> list[Any]:
    """What the record has of rosters."""
    return [e for e in office.events(SITE) if e[0] == "roster_set"]


def test_a_roster_is_written_read_and_recorded(office):
    assert put(office, "ida", [SARI, RATNA]).status_code == 200
    named = [RATNA | {"name": "Ratna"}, SARI | {"name": "Sari"}]
    for who in ("ida", "rini", "tuti"):
        assert get(office, who).json == named, "in the order of the hall's counters"
    assert office.ask("ida", "GET", ROSTER).json == named, "without a day: today"
    assert get(office, "ida", TOMORROW).json == []
    shifts = [["5", "sari", "08:00", "12:00"], ["2", "ratna", "08:00", "24:00"]]
    assert recorded(office) == [("roster_set", {"day": DAY, "shifts": shifts}, "ida")]
    sits = [{"site": SITE, "counter": "5", "from": "08:00", "to": "12:00"}]
    assert office.ask("sari", "GET", "/me").json["sits"] == sits


def test_what_is_the_same_as_before_is_no_event(office):
    put(office, "ida", [SARI, RATNA])
    assert put(office, "ida", [RATNA, SARI]).status_code == 200
    assert len(recorded(office)) == 1


def test_a_supervisor_of_one_agency_writes_its_counters_and_leaves_the_others(office):
    put(office, "ida", [SARI])
    assert put(office, "lina", [RATNA]).json == [RATNA | {"name": "Ratna"}]
    assert len(get(office, "ida").json) == 2
    assert code(put(office, "lina", [RATNA, SARI]))[:2] == (403, "forbidden")
    assert put(office, "lina", []).status_code == 200
    assert get(office, "ida").json == [SARI | {"name": "Sari"}]


@pytest.mark.parametrize("who", ["sari", "tuti"])
def test_nobody_else_writes_one(office, who):
    assert put(office, who, [SARI]).status_code == 403
    assert recorded(office) == []


def test_of_two_who_write_at_once_one_is_told_and_nothing_is_lost(office):
    seen = get(office, "ida").get_etag()[0]
    assert put(office, "ida", [SARI], more=f"&based_on={seen}").status_code == 200
    assert code(put(office, "rini", [RATNA], more=f"&based_on={seen}"))[:2] == (409, "roster_changed")
    assert [one["account"] for one in get(office, "rini").json] == ["sari"]
    now = get(office, "rini").get_etag()[0]
    assert put(office, "rini", [SARI, RATNA], more=f"&based_on={now}").status_code == 200


def test_all_that_is_wrong_is_told_at_its_place_in_words(office):
    wrong = [SARI, RATNA | {"counter": "5"}, SARI | {"counter": "77", "account": "nobody"}]
    answer = put(office, "ida", wrong, more="&lang=en")
    assert code(answer) == (422, "invalid", "1.account")
    told = {one["key"]: one["reason"] for one in answer.json["error"]["details"]["problems"]}
    assert told["1.account"] == "This officer cannot work at this counter."
    assert told["1.from"] == "The counter already has somebody at that time."
    assert {"2.counter", "2.account"} <= told.keys()
    assert recorded(office) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([SARI | {"from": "8:00"}], "0.from"),
        ([SARI | {"to": "24:30"}], "0.to"),
        ([SARI | {"note": "x"}], "0.note"),
        ([{"counter": "5"}], "0.account"),
        ({"shifts": []}, ""),
    ],
)
def test_a_body_of_another_shape_is_refused(office, body, field):
    assert code(put(office, "ida", body)) == (422, "invalid", field)


@pytest.mark.parametrize("day", ["2026-11-22", "2027-11-25", "23-11-2026"])
def test_a_day_that_is_over_or_no_day_is_refused(office, day):
    assert code(put(office, "ida", [SARI], day)) == (422, "invalid", "day")


def test_whoever_helps_out_today_is_rostered_for_today_only(office):
    helps = SARI | {"counter": "2"}
    assert code(put(office, "ida", [helps]))[0] == 422
    office.ask("lina", "POST", "/accounts/sari/lend", {"site": SITE, "agency": "imigrasi"})
    assert put(office, "lina", [helps]).status_code == 200
    assert code(put(office, "lina", [helps], TOMORROW))[0] == 422
