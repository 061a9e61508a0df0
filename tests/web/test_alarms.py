"""An alarm is taken by name over the API: within one's own agencies, and only one that there is."""

import pytest

from queue_server.domain.roles import Role
from tests.web.office import Office, code

SITE = "lebak"
ALARMS = f"/sites/{SITE}/alarms"
UNSTAFFED = "unstaffed:5:::"


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Sari is to sit at counter 5 since eight o'clock, and does not; Lina sees to Imigrasi only."""
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("tuti", {Role.AUDITOR}, (SITE,))
    shift = {"counter": "5", "account": "sari", "from": "08:00", "to": "12:00"}
    assert office.ask("ida", "PUT", f"/sites/{SITE}/roster", [shift]).status_code == 200


def test_an_alarm_is_taken_by_name_and_everybody_sees_by_whom(office):
    [one] = office.ask("tuti", "GET", ALARMS).json
    assert (one["id"], one["person"], one["acknowledged"]) == (UNSTAFFED, "Sari", None)
    answer = office.ask("ida", "POST", f"{ALARMS}/{UNSTAFFED}/acknowledge")
    assert answer.status_code == 200
    assert answer.json[0]["acknowledged"]["by"] == "Ida"
    assert office.ask("tuti", "GET", ALARMS).json == answer.json
    told = [(kind, detail, by) for kind, detail, by in office.events(SITE) if kind == "alarm_taken"]
    assert told == [("alarm_taken", {"alarm": UNSTAFFED, "level": one["level"]}, "ida")]


@pytest.mark.parametrize(
    ("who", "alarm", "told"),
    [
        ("ida", "unstaffed:6:::", (404, "not_found")),
        ("lina", UNSTAFFED, (404, "not_found")),
        ("tuti", UNSTAFFED, (403, "forbidden")),
        ("sari", UNSTAFFED, (403, "forbidden")),
    ],
)
def test_none_is_taken_that_there_is_not_or_that_is_not_one_s_to_see(office, who, alarm, told):
    assert code(office.ask(who, "POST", f"{ALARMS}/{alarm}/acknowledge"))[:2] == told
    assert office.ask("ida", "GET", ALARMS).json[0]["acknowledged"] is None
