"""What happened at a moment: over the API and on the page, within one's own agencies; and calls out of order."""

from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.roles import Role
from tests.web.office import Office, code

SITE = "lebak"
HALL, DESK = f"/sites/{SITE}/hall", f"/sites/{SITE}/counters/5"


@pytest.fixture(autouse=True)
def a_morning(office: Office) -> None:
    """At nine two came, at ten Sari called the second first."""
    office.add("fitri", {Role.AUDITOR}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    for n in range(2):
        office.ask("ida", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": f"k{n}"})
    office.now += timedelta(hours=1)
    for verb, body in (("open", {}), ("call", {"number": "J002", "reason": "hamil tua"})):
        assert office.ask("sari", "POST", f"{DESK}/{verb}", body).status_code == 200
    office.now += timedelta(hours=1)


def numbers(office: Office, at: str, who: str = "fitri") -> dict[str, Any]:
    """counter -> the number that was there."""
    answer = office.ask(who, "GET", f"{HALL}?at={at}")
    assert answer.status_code == 200, answer.text
    return {one["id"]: one["number"] for one in answer.json["counters"]}


def test_the_hall_is_told_as_it_was_at_an_instant_within_one_s_agencies(office):
    assert numbers(office, "2026-11-23T09:30:00")["5"] is None
    assert numbers(office, "2026-11-23T10:30:00%2B07:00")["5"] == "J002"
    assert numbers(office, "2026-11-23T03:30:00Z")["5"] == "J002"
    assert "5" not in numbers(office, "2026-11-23T10:30:00", "lina")
    then = office.ask("fitri", "GET", f"{HALL}?at=2026-11-23T09:30:00").json
    assert next(one for one in then["services"] if one["id"] == "ktp-cetak")["waiting"] == 2


@pytest.mark.parametrize(
    "at", ["2026-11-23T23:00:00", "2026-11-22T10:00:00", "10.42", "0001-01-01T00:00:00", "9999-12-31"]
)
def test_an_instant_of_which_nothing_is_recorded_is_told(office, at):
    assert code(office.ask("fitri", "GET", f"{HALL}?at={at}")) == (422, "invalid", "at")


def test_a_day_whose_clock_stepped_back_over_midnight_is_told_by_its_own_name(office):
    """A wrong clock wrote Tuesday; put right on Monday it goes on in Tuesday's day, whose events have Monday's date."""
    office.now += timedelta(days=1)
    for name in ("ida", "fitri"):
        office.begin_session(name)
    ask = {"service": "ktp-cetak"}
    tuesday = office.ask("ida", "POST", f"/sites/{SITE}/tickets", ask, **{"Idempotency-Key": "k7"}).json
    assert tuesday["number"] == "J001"
    office.now -= timedelta(hours=20)  # Monday, 15.00
    for name in ("ida", "fitri"):
        office.begin_session(name)
    assert (
        office.ask("ida", "POST", f"/sites/{SITE}/tickets", ask, **{"Idempotency-Key": "k8"}).json["number"] == "J002"
    )
    at = "2026-11-23T15:30:00"
    waiting = {}
    for day in ("", "&day=2026-11-23", "&day=2026-11-24"):
        office.now += timedelta(hours=1)
        then = office.ask("fitri", "GET", f"{HALL}?at={at}{day}")
        assert then.status_code == 200, then.text
        waiting[day] = next(one["waiting"] for one in then.json["services"] if one["id"] == "ktp-cetak")
    assert waiting == {"": 1, "&day=2026-11-23": 1, "&day=2026-11-24": 2}
    page = office.open("GET", f"/{SITE}/replay?day=2026-11-24&at={at}", who="fitri").get_data(as_text=True)
    assert 'data-day="2026-11-24"' in page


def test_calls_out_of_order_are_listed_with_their_reasons(office):
    told = office.ask("fitri", "GET", f"{HALL}/steps").json
    (one,) = told["out_of_order"]
    assert (one["number"], one["counter"], one["by"], one["reason"]) == ("J002", "5", "Sari", "hamil tua")
    assert one["passed"] == 1 and told["steps"][-1]["kind"] == "called"
    assert office.ask("lina", "GET", f"{HALL}/steps").json["out_of_order"] == []
    assert office.ask("sari", "GET", f"{HALL}/steps").status_code == 403


def test_the_page_shows_the_moment_and_links_to_the_ones_beside_it(office):
    page = office.open("GET", f"/{SITE}/replay?day=2026-11-23&time=10.42", who="fitri").text
    assert "Apa yang terjadi pukul 10.42" in page and "J002" in page and "hamil tua" in page
    assert 'id="slider"' in page and 'id="step-before"' in page and 'id="step-after"' not in page
    for asked in ("day=2026-11-20", "at=2026-11-23T23:30:00", "day=2026-11-23&time=nanti"):
        assert office.open("GET", f"/{SITE}/replay?{asked}", who="fitri").status_code == 200
    assert "Tidak ada catatan" in office.open("GET", f"/{SITE}/replay?day=2026-11-20", who="fitri").text
