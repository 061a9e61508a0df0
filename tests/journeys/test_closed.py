"""On a Sunday, on a holiday, after the cutoff: the kiosk explains and refuses, and who waits can still be called."""

import time
from datetime import datetime

import pytest

from tests.journeys.conftest import Malls, Stage
from tests.world.ledger import history
from tests.world.people import run_from
from tests.world.screens import Kiosk, eventually

SITE, SERVICE = "pandeglang", "kk-akta"
MOMENTS = {
    "sunday": ("2026-11-22T10:00:00+07:00", "not_today", "Senin"),
    "holiday": ("2026-12-25T10:00:00+07:00", "holiday", "Natal"),
    "after the cutoff": ("2026-11-23T15:40:00+07:00", "after_cutoff", "Selasa"),
    "after closing": ("2026-11-23T16:05:00+07:00", "closed", "Selasa"),
    "before opening": ("2026-11-23T07:40:00+07:00", "not_yet", "08.00"),
}


def check_refused_and_explained(malls: Malls, stage: Stage, reason: str, words: str) -> None:
    """The API refuses with the reason and when it opens again; the kiosk says both in words."""
    kiosk = malls.people[SITE].kiosks()[0]
    service = next(s for s in kiosk.get(f"/sites/{SITE}").json()["services"] if s["id"] == SERVICE)
    assert (service["open"], service["reason"]) == (False, reason)
    answer = kiosk.issue(SITE, SERVICE)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "service_closed"
    assert answer.json()["error"]["details"]["reason"] == reason
    opens_at = datetime.fromisoformat(answer.json()["error"]["details"]["opens_at"])
    assert opens_at > datetime.fromisoformat(malls.people[SITE].kiosks()[0].get(f"/sites/{SITE}").json()["now"])

    screen = Kiosk.open(stage.page("kiosk"), malls.server, SITE, malls.kiosk_token(SITE))
    stage.expect_refusals()
    screen.touch("agency-dukcapil")
    screen.touch(f"service-{SERVICE}")
    screen.until("refusal", None)
    screen.page.wait_for_selector(".why-text")
    eventually(lambda: words in screen.text(".why"), True, page=screen.page)
    assert "{" not in screen.text(".why")
    assert screen.page.query_selector('[data-key^="take-"]') is None
    until = time.monotonic() + 30
    while (kinds := [e.kind for e in history(malls.server, SITE)]).count("refused") < 2 and time.monotonic() < until:
        time.sleep(0.05)  # the screen explains before its wish is counted
    assert "issued" not in kinds and kinds.count("refused") == 2  # demand: one by the API, one at the screen


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_kiosk_explains_and_refuses(open_malls, stage: Stage, moment):
    at, reason, words = MOMENTS[moment]
    check_refused_and_explained(open_malls(at), stage, reason, words)


def test_control_a_kiosk_that_gives_numbers_on_a_sunday_is_noticed(open_malls, stage: Stage):
    malls = open_malls(MOMENTS["sunday"][0], sabotage="always_open")
    with pytest.raises(AssertionError):
        check_refused_and_explained(malls, stage, *MOMENTS["sunday"][1:])


@pytest.mark.parametrize("late", ["15:40", "16:05"])
def test_who_waits_is_still_called_after_the_last_number_was_given(open_malls, late):
    malls = open_malls("2026-11-23T15:20:00+07:00")
    people = malls.people[SITE]
    kiosk, officer = people.kiosks()[0], people.officers()[2]  # of the Polres
    assert kiosk.issue(SITE, "skck-perpanjangan").json()["number"] == "Q001"
    assert officer.verb(SITE, "15", "open").status_code == 200
    run_from(malls.server, f"2026-11-23T{late}:00+07:00")
    assert kiosk.issue(SITE, "skck-perpanjangan").status_code == 409
    assert officer.verb(SITE, "15", "call-next").json()["ticket"]["number"] == "Q001"
    for verb in ("serve", "finish"):
        assert officer.verb(SITE, "15", verb).status_code == 200
