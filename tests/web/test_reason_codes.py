"""A reason is a text, which is purged by its lifetime, and a word of the published list, which the record keeps."""

from typing import get_type_hints

import pytest

from queue_server.domain.events import REASONED, facts
from queue_server.domain.roles import Role
from tests.world.in_process import InProcess

SITE, SERVICE = "lebak", "ktp-perekaman"


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    whole = InProcess(tmp_path_factory.mktemp("reasons"))
    whole.enrol("kiosk", Role.KIOSK, SITE)
    for name, role in (("sari", Role.OFFICER), ("wati", Role.SUPERVISOR)):
        whole.add(name, role, (SITE,))
    assert whole.api("POST", f"/sites/{SITE}/counters/5/open", who="sari").status_code == 200
    yield whole
    whole.close()


def taken(hall, key: str) -> str:
    body = {"service": SERVICE}
    return hall.api("POST", f"/sites/{SITE}/tickets", body, who="kiosk", **{"Idempotency-Key": key}).json["number"]


def told(hall, kind: str) -> list[tuple[str | None, str | None]]:
    """What the audit tells of why, the oldest first; the word stands in its own column alone."""
    entries = hall.api("GET", f"/sites/{SITE}/audit?kind={kind}", who="wati").json["entries"]
    assert all("reason_code" not in (one["after"] or {}) for one in entries)
    return [(one["reason_code"], one["reason"]) for one in reversed(entries)]


def test_a_word_of_the_list_is_kept_with_the_event_and_a_text_of_ones_own_alone_has_none(hall):
    said = [
        {"reason": "dijemput keluarga"},
        {"reason": "dijemput keluarga", "reason_code": "left"},
    ]
    for n, why in enumerate(said):
        path = f"/sites/{SITE}/tickets/by-number/{taken(hall, f'c{n}')}/cancel"
        assert hall.api("POST", path, why, who="wati").status_code == 200
    assert told(hall, "cancelled") == [(one.get("reason_code"), one["reason"]) for one in said]


@pytest.mark.parametrize("why", [{"reason": "dijemput", "reason_code": "is ill"}, {"reason_code": "left"}])
def test_a_word_that_is_none_or_stands_alone_is_refused_and_changes_nothing(hall, why):
    path = f"/sites/{SITE}/tickets/by-number/{taken(hall, str(why))}"
    assert hall.api("POST", f"{path}/return", why, who="wati").status_code == 422
    assert told(hall, "returned") == []


def test_levers_opening_and_leaving_a_counter_keep_theirs(hall):
    at = f"/sites/{SITE}"
    acts = {
        "services_set": ("PUT", f"{at}/counters/5/services", "few_officers", {"services": [SERVICE], "confirm": True}),
        "quota_set": ("PUT", f"{at}/services/{SERVICE}/quota", "supplies", {"total": 40}),
        "numbers_opened": ("POST", f"{at}/open-day", "extra_service", {}),
        "counter_closed": ("POST", f"{at}/counters/5/close", "officer_gone", {}),
    }
    for method, path, code, more in acts.values():
        body = {"reason": "a text", "reason_code": code, **more}
        assert hall.api(method, path, body, who="wati").status_code == 200, path
    assert {kind: told(hall, kind) for kind in acts} == {
        kind: [(code, "a text")] for kind, (_, _, code, _) in acts.items()
    }
    hall_now = hall.api("GET", f"{at}/hall", who="wati").json
    assert {one["reason_code"] for one in hall_now["set_today"]} == {"few_officers", "supplies"}


def test_everything_that_is_done_for_a_reason_may_keep_its_word():
    assert [kind for kind in REASONED if "reason_code" not in get_type_hints(facts(kind).detail)] == []


def test_why_somebody_is_of_another_class_has_no_such_word(hall):
    body = {"class": "priority", "reason": "entitled", "reason_code": "helped"}
    assert hall.api("POST", f"/sites/{SITE}/tickets/by-number/A001/reclass", body, who="wati").status_code == 422
