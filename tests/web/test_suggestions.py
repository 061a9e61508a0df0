"""A supervisor is told what would shorten a long line, answers it, and sees what came of it."""

from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.roles import Role
from queue_server.queries.suggestion_cache import SuggestionCache
from tests.web.office import Office, code

SITE = "lebak"
HERE = f"/sites/{SITE}"
SUGGESTED = f"{HERE}/suggestions"
OPEN_6 = "open:6:ktp-cetak"
SERVED, PEOPLE = 5, 16  # those who tell how long it takes, and those who wait


@pytest.fixture(autouse=True)
def rush(office: Office) -> None:
    """Sixteen wait for their cards at one counter; Budi sits at the other by the roster, and has not opened it."""
    office.add("budi", {Role.OFFICER}, (SITE,), ("dukcapil",))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("tuti", {Role.AUDITOR}, (SITE,))
    shift = {"counter": "6", "account": "budi", "from": "08:00", "to": "15:00"}
    assert office.ask("ida", "PUT", f"{HERE}/roster", [shift]).status_code == 200
    assert office.ask("sari", "POST", f"{HERE}/counters/5/open").status_code == 200
    come(office, SERVED)
    call_all(office, SERVED, ("sari", "5"))
    come(office, PEOPLE)


def come(office: Office, people: int) -> None:
    for n in range(people):
        key = {"Idempotency-Key": f"{people} {n}"}
        assert office.ask("ida", "POST", f"{HERE}/tickets", {"service": "ktp-cetak"}, **key).status_code == 201


def of(office: Office, id: str, who: str = "ida") -> dict[str, Any]:
    return next(one for one in office.ask(who, "GET", SUGGESTED).json if one["id"] == id)


def call_all(office: Office, people: int, *counters: tuple[str, str]) -> None:
    """They are served, five minutes each, at these counters in turn."""
    for n in range(people):
        who, counter = counters[n % len(counters)]
        for verb in ("call-next", "serve", "finish"):
            assert office.ask(who, "POST", f"{HERE}/counters/{counter}/{verb}").status_code == 200
            office.now += timedelta(minutes=5 / len(counters) * (verb == "serve"))


def test_an_act_is_suggested_with_what_it_is_expected_to_change_and_how_that_was_reckoned(office):
    one = of(office, OPEN_6)
    assert (one["act"], one["counter"], one["service"]) == ("open", "6", "ktp-cetak")
    assert one["expected"]["after"] <= 0.8 * one["expected"]["before"]
    assert one["why"] == {"waiting": PEOPLE, "counters_open": 1, "person": "Budi", "back_at": None}
    assert one["how"]["plays"] == 40 and one["how"]["near_percent"] >= 92 and one["how"]["opened_minutes"] == 60
    assert one["taken"] is None
    assert len(office.ask("ida", "GET", SUGGESTED).json) <= 2
    assert of(office, OPEN_6, "tuti") == one
    assert office.ask("lina", "GET", SUGGESTED).json == [], "another agency's counters are not hers to see to"


def test_one_that_is_taken_is_on_record_and_what_came_of_it_stands_beside_what_was_expected(office):
    expected = of(office, OPEN_6)["expected"]
    answer = office.ask("ida", "POST", f"{SUGGESTED}/{OPEN_6}/answer", {"taken": True})
    assert answer.status_code == 200, answer.text
    [mine] = [one for one in answer.json if one["taken"]]
    assert mine["taken"]["by"] == "Ida" and mine["expected"] == expected
    assert mine["taken"]["happened"] == {"done": False, "called": 0, "of": PEOPLE, "minutes": None}
    assert OPEN_6 not in {one["id"] for one in answer.json if not one["taken"]}, "answered, it is quiet"
    office.now += timedelta(minutes=3)
    assert office.ask("budi", "POST", f"{HERE}/counters/6/open").status_code == 200
    call_all(office, PEOPLE, ("sari", "5"), ("budi", "6"))
    [mine] = [one for one in office.ask("ida", "GET", SUGGESTED).json if one["taken"]]
    came = mine["taken"]["happened"]
    assert (came["done"], came["called"], came["of"]) == (True, PEOPLE, PEOPLE)
    assert came["minutes"] == 38  # three, and two and a half for each of the fourteen before the fifteenth
    [(_, detail, by)] = [one for one in office.events(SITE) if one[0] == "suggestion_taken"]
    assert by == "ida" and detail["expected"] == [expected["before"], expected["after"]]
    assert len(detail["among"]) == PEOPLE
    told = office.ask("ida", "GET", f"{HERE}/audit?kind=suggestion_taken").json["entries"][0]
    assert (told["counter"], told["service"], told["after"]["suggested"]) == ("6", "ktp-cetak", "open")
    page = office.open("GET", f"/{SITE}/audit?kind=suggestion_taken&lang=en", who="ida").text
    assert "open the counter for an hour" in page and "9 of 10 people called within" in page


def test_only_who_steers_there_answers_only_what_was_suggested_and_once_declined_it_is_quiet(office):
    of(office, OPEN_6)
    before = office.events(SITE)
    for who, id, body, said in (
        ("ida", "open:6:nothing", {"taken": True}, (404, "not_found", None)),
        ("ida", OPEN_6, {}, (422, "invalid", "taken")),
        ("ida", OPEN_6, {"taken": "yes"}, (422, "invalid", "taken")),
        ("lina", OPEN_6, {"taken": True}, (403, "forbidden", None)),
        ("tuti", OPEN_6, {"taken": True}, (403, "forbidden", None)),
        ("sari", OPEN_6, {"taken": True}, (403, "forbidden", None)),
    ):
        assert code(office.ask(who, "POST", f"{SUGGESTED}/{id}/answer", body)) == said, (who, body)
    assert office.events(SITE) == before
    answer = office.ask("ida", "POST", f"{SUGGESTED}/{OPEN_6}/answer", {"taken": False})
    assert answer.status_code == 200 and OPEN_6 not in {one["id"] for one in answer.json}
    assert [kind for kind, *_ in office.events(SITE)].count("suggestion_declined") == 1
    office.now += timedelta(minutes=31)
    assert of(office, OPEN_6)


def test_a_service_that_is_interrupted_or_a_closed_day_asks_for_nothing(office):
    of(office, OPEN_6)
    office.house.suggestions = SuggestionCache()
    said = {"scope": {"service": "ktp-cetak"}, "reason": "central_system"}
    begun = office.ask("ida", "POST", f"{HERE}/interruptions", said)
    assert office.ask("ida", "GET", SUGGESTED).json == []
    office.ask("ida", "POST", f"{HERE}/interruptions/{begun.json['id']}/end")
    office.house.suggestions = SuggestionCache()
    of(office, OPEN_6)
    assert office.ask("ida", "POST", f"{HERE}/close-day").status_code == 200
    assert office.ask("ida", "GET", SUGGESTED).json == []
    assert code(office.ask("ida", "POST", f"{SUGGESTED}/{OPEN_6}/answer", {"taken": True}))[:2] == (409, "day_closed")
