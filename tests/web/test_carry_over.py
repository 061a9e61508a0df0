"""A hall gives up for the day, over the API: on the phone, on a new slip, at the front desk, and the next morning."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from queue_server import app
from queue_server.domain.roles import Role
from queue_server.printing.slip import make_slip
from queue_server.queries.site import site_info
from queue_server.reports.measures import today
from tests.web.office import Office, code

SITE = "lebak"
HERE = f"/sites/{SITE}"
CARRY = f"{HERE}/carry-over"
EIGHT = datetime.fromisoformat("2026-11-24T08:00:00+07:00")  # the next morning
GIVE_UP = {"reason": "Listrik belum pulih"}


@pytest.fixture(autouse=True)
def people(office: Office) -> list[dict[str, Any]]:
    """Tuti is at the front desk, Lina sees to Imigrasi only; three wait, a family among them; one has left."""
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    card = {"service": "ktp-cetak"}
    came = [card, card, {**card, "people": 3, "language": "en"}, {"service": "paspor-wawancara"}]
    left, *wait = (
        office.ask("tuti", "POST", f"{HERE}/tickets", wish, **{"Idempotency-Key": f"k{n}"}).json
        for n, wish in enumerate(came)
    )
    office.ask(None, "POST", f"/tickets/{left['token']}/cancel")
    return wait


def power_fails(office: Office) -> None:
    """Nothing works in the whole hall, for which a supervisor stands."""
    said = office.ask("ida", "POST", f"{HERE}/interruptions", {"scope": {}, "reason": "power"})
    assert said.status_code == 201, said.text


def morning(office: Office, at: datetime = EIGHT) -> None:
    """All who work have signed in anew."""
    office.now = at
    for who in ("tuti", "ida"):
        office.begin_session(who)


def by_link(office: Office, ticket: dict[str, Any]) -> dict[str, Any]:
    """What the ticket's page is told."""
    return office.ask(None, "GET", f"/tickets/{ticket['token']}").json


def test_what_would_happen_is_said_before_and_then_happens_once(office):
    power_fails(office)
    place = {"day": "2026-11-24", "opens_at": "2026-11-24T08:00:00+07:00", "since": "2026-11-23"}
    of_card = {"service": "ktp-cetak", **place, "numbers": 2, "people": 4}
    of_passport = {"service": "paspor-wawancara", **place, "numbers": 1, "people": 1}
    every = {"places": [of_card, of_passport], "numbers": 3, "people": 5}
    assert office.ask("ida", "GET", CARRY).json == every
    assert office.ask("lina", "GET", CARRY).json == {"places": [of_passport], "numbers": 1, "people": 1}
    key = {"Idempotency-Key": "one wish"}
    first, again = (office.ask("ida", "POST", CARRY, GIVE_UP, **key) for _ in range(2))
    assert (first.status_code, first.json) == (200, every)
    assert (again.status_code, again.json) == (200, every)
    assert [kind for kind, *_ in office.events(SITE)].count("carried_over") == 1
    assert code(office.ask("ida", "POST", CARRY, GIVE_UP)) == (409, "nobody_waiting", None)
    for document in ("", "/board", "/hall"):
        assert office.ask("ida", "GET", f"{HERE}{document}").json["carried"] == [of_card, of_passport]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, (422, "invalid", "reason")),
        ({"reason": " "}, (422, "invalid", "reason")),
        ({**GIVE_UP, "services": []}, (422, "invalid", "services")),
        ({**GIVE_UP, "services": ["nothing"]}, (422, "unknown_service", None)),
        (GIVE_UP, (409, "not_interrupted", None)),
    ],
)
def test_a_hall_gives_up_for_a_reason_and_only_where_something_was_interrupted(office, body, said):
    before = office.events(SITE)
    assert code(office.ask("ida", "POST", CARRY, body)) == said
    assert office.events(SITE) == before


def test_phone_slip_and_front_desk_know_the_place_and_go_on_with_it(office, people):
    power_fails(office)
    office.ask("ida", "POST", CARRY, GIVE_UP)
    for n in range(2):
        kept = by_link(office, people[n])
        place = {"day": "2026-11-24", "number": f"J00{n + 1}", "callable_from": "2026-11-24T08:00:00+07:00"}
        assert (kept["state"], kept["carried"], kept["can"]) == ("expired", place, [])
    again = office.ask("tuti", "POST", f"{HERE}/tickets/by-number/K001/reprint")
    assert again.status_code == 200 and again.json["url"].endswith(f"/t/{people[2]['token']}")
    words, site = office.house.texts.section("common", "order", "slip")["id"], office.house.read(SITE, site_info)
    slip = make_slip(again.json, site, words, "id")
    facts = [("Berlaku", "Selasa, 24 November 2026"), ("Dipanggil mulai", "08.00"), ("Pengganti nomor", "K001")]
    assert (slip.number, list(slip.facts)) == ("K001", facts)
    morning(office, EIGHT - timedelta(minutes=1))
    assert by_link(office, people[0])["state"] == "expired"
    morning(office)
    new = office.ask("tuti", "POST", f"{HERE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "late"}).json
    assert (new["number"], new["ahead"]) == ("J003", 2)
    for n, escort in ((0, False), (1, True)):
        found = by_link(office, people[n])
        assert (found["state"], found["number"], found["ahead"]) == ("waiting", f"J00{n + 1}", n)
        assert found["carried_from"] == {"day": "2026-11-23", "number": f"J00{n + 2}"}
        assert found["id"] != people[n]["id"] and found["issued_at"] == "2026-11-24T01:00:00+00:00"
        said = office.ask(None, "POST", f"/tickets/{people[n]['token']}/escort", {"escort": escort})
        assert said.json["escort"] is escort
    assert office.ask(None, "POST", f"/tickets/{people[1]['token']}/cancel").json["state"] == "cancelled"
    named = office.ask("tuti", "GET", f"{HERE}/tickets?q=J003").json["tickets"]
    assert [one["number"] for one in named] == ["J003", "J002"]  # today's, and whoever comes with the slip of that day
    page = office.open("GET", f"/{SITE}/front-desk?q=j3&lang=id", who="tuti").text
    assert "Karcis J003 dari hari sebelumnya sekarang nomor" in page and "?q=J002&amp;" in page
    assert "pengganti J003, 23 Nov" in office.open("GET", f"/{SITE}/front-desk?q=J002&lang=id", who="tuti").text


def test_the_report_counts_them_apart_and_gives_the_reason_to_whoever_answers_for_the_hall(office):
    power_fails(office)
    office.ask("ida", "POST", CARRY, GIVE_UP)
    told = office.house.read(SITE, today)["totals"]
    assert {name: told[name] for name in ("issued", "carried", "expired", "cancelled", "completed")} == {
        "issued": 4,
        "carried": 3,
        "cancelled": 1,
        **dict.fromkeys(("expired", "completed"), 0),
    }
    page = office.open("GET", f"/{SITE}/report?lang=id", who="ida").text
    assert GIVE_UP["reason"] in page and "Pindah hari" in page
    assert GIVE_UP["reason"] not in str(office.events(SITE))


def test_the_server_lets_them_in_by_itself_when_the_hours_begin(office):
    power_fails(office)
    office.ask("ida", "POST", CARRY, GIVE_UP)
    looks, waiting = [EIGHT - timedelta(hours=7), EIGHT - timedelta(seconds=1), EIGHT], []

    def wait(_seconds: float) -> None:
        waiting.append(sum(one["waiting"] for one in office.ask(None, "GET", HERE).json["services"]))
        office.now = looks.pop(0)

    with pytest.raises(IndexError):  # nobody looks any more
        app._midnight(office.house, wait)
    assert waiting == [0, 0, 0, 3]
