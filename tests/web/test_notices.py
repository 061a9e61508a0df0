"""Notices over the API: who may tell what, two who write at once, and what every screen is given."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from queue_server.domain.notice import MOST, MOST_OF_AGENCY, MOST_URGENT
from queue_server.domain.roles import Role
from queue_server.store import state
from tests.web.office import Office, code

SITE = "lebak"
NOTICES = f"/sites/{SITE}/notices"
EVERYWHERE = ["wall", "kiosk", "phone", "public"]
CLOSED = {"text": {"id": "Hari ini tutup pukul 15.00"}, "where": EVERYWHERE}


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Rina writes for the hall, Dadan for Dukcapil; Lina is Imigrasi's supervisor, Tuti looks on."""
    office.add("rina", {Role.CONTENT}, (SITE,))
    office.add("dadan", {Role.CONTENT}, (SITE,), ("dukcapil",))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("tuti", {Role.AUDITOR}, (SITE,))


def tell(office: Office, who: str = "rina", **how: Any) -> TestResponse:
    """Somebody tells something."""
    return office.ask(who, "POST", NOTICES, CLOSED | how)


def told(office: Office, document: str = "board") -> list[str]:
    """What a screen is given, in Indonesian."""
    path = f"/sites/{SITE}/board" if document == "board" else f"/sites/{SITE}"
    return [one["text"]["id"] for one in office.ask(None, "GET", path).json["notices"]]


def recorded(office: Office) -> list[tuple[str, str | None]]:
    """What the record has of notices, and by whom."""
    return [(kind, by) for kind, _, by in office.events(SITE) if kind.startswith("notice_")]


def agrees(office: Office) -> None:
    """The rows are what the record amounts to."""
    with office.house.reader.connect() as conn, conn.begin():
        assert state.differences(conn, SITE) == []


def test_a_notice_is_made_changed_and_ended_and_each_is_an_event(office):
    made = tell(office, text={"id": "  Tutup\n15.00 ", "en": "Closes at 15.00"})
    assert made.status_code == 201
    one = made.json
    assert one["text"] == {"id": "Tutup 15.00", "en": "Closes at 15.00"} and one["by"] == "Rina"
    assert (one["state"], one["until"], one["urgent"], one["agency"], one["can"]) == (
        "running",
        None,
        False,
        None,
        True,
    )
    assert told(office) == told(office, "site") == ["Tutup 15.00"]
    agrees(office)
    changed = office.ask("ida", "PUT", f"{NOTICES}/{one['id']}", CLOSED | {"based_on": one["version"]})
    assert changed.status_code == 200 and changed.json["from"] == one["from"], "when it began is not said anew"
    assert (changed.json["by"], changed.json["version"] > one["version"]) == ("Ida", True)
    assert told(office) == ["Hari ini tutup pukul 15.00"]
    assert office.ask("ida", "PUT", f"{NOTICES}/{one['id']}", CLOSED).json == changed.json
    assert recorded(office) == [("notice_made", "rina"), ("notice_changed", "ida")], "the same again is no event"
    agrees(office)
    ended = office.ask("rina", "DELETE", f"{NOTICES}/{one['id']}?based_on={changed.json['version']}")
    assert ended.status_code == 200 and ended.json == {"site": SITE, "notices": []}
    assert told(office) == [] and recorded(office)[-1] == ("notice_ended", "rina")
    assert office.ask("rina", "DELETE", f"{NOTICES}/{one['id']}").status_code == 404
    agrees(office)


def test_of_two_who_change_one_at_once_the_later_is_told_and_shown_the_newer(office):
    one = tell(office).json
    path, seen = f"{NOTICES}/{one['id']}", {"based_on": one["version"]}
    assert office.ask("ida", "PUT", path, CLOSED | seen | {"text": {"id": "Tutup 14.00"}}).status_code == 200
    for method, body in (("PUT", CLOSED | seen | {"text": {"id": "Tutup 16.00"}}), ("DELETE", None)):
        late = office.ask("rina", method, path + (f"?based_on={one['version']}" if body is None else ""), body)
        assert code(late)[:2] == (409, "notice_changed")
        assert late.json["error"]["details"]["newer"]["text"] == {"id": "Tutup 14.00"}
    assert told(office) == ["Tutup 14.00"]
    assert office.ask("ida", "DELETE", path).status_code == 200
    assert office.ask("rina", "PUT", path, CLOSED | seen).status_code == 404, "somebody ended it meanwhile"


def test_a_lost_reply_makes_no_second_notice(office):
    key = {"Idempotency-Key": "once"}
    first = office.ask("rina", "POST", NOTICES, CLOSED, **key)
    again = office.ask("rina", "POST", NOTICES, CLOSED, **key)
    assert (first.status_code, again.status_code) == (201, 200) and first.json == again.json
    assert len(told(office)) == 1


def test_an_account_with_agencies_tells_for_them_alone(office):
    assert code(tell(office, "dadan"))[:2] == (403, "forbidden"), "the whole hall's"
    assert code(tell(office, "dadan", agency="imigrasi"))[:2] == (403, "forbidden")
    own = tell(office, "dadan", agency="dukcapil", text={"id": "Blangko habis"})
    assert own.status_code == 201
    assert code(tell(office, "dadan", agency="dukcapil", urgent=True))[:2] == (403, "forbidden")
    path = f"{NOTICES}/{own.json['id']}"
    assert code(office.ask("lina", "PUT", path, CLOSED | {"agency": "imigrasi"}))[:2] == (403, "forbidden")
    assert code(office.ask("lina", "DELETE", path))[:2] == (403, "forbidden")
    assert code(office.ask("dadan", "PUT", path, CLOSED))[:2] == (403, "forbidden"), (
        "made the whole hall's by its owner"
    )
    tell(office)
    read = {who: office.ask(who, "GET", NOTICES).json["notices"] for who in ("rina", "dadan", "lina", "tuti")}
    assert {who: [(n["agency"], n["can"]) for n in all] for who, all in read.items()} == {
        "rina": [(None, True), ("dukcapil", True)],
        "dadan": [(None, False), ("dukcapil", True)],
        "lina": [(None, False)],
        "tuti": [(None, False), ("dukcapil", False)],
    }
    for who in ("sari", "lilis", "yudi"):
        assert office.ask(who, "POST", NOTICES, CLOSED).status_code == 403


def test_a_phone_is_told_what_concerns_its_service(office):
    office.enrol("kiosk", Role.KIOSK)
    tell(office, text={"id": "Semua"})
    tell(office, agency="dukcapil", text={"id": "Dukcapil"})
    tell(office, agency="imigrasi", text={"id": "Imigrasi"})
    tell(office, where=["wall"], text={"id": "Dinding"})
    key = {"Idempotency-Key": "one"}
    ticket = office.ask("kiosk", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **key).json
    assert [one["text"]["id"] for one in ticket["notices"]] == ["Semua", "Dukcapil"]


def test_times_are_instants_or_the_hall_s_own(office):
    cases = {
        "2026-11-24T00:00:00+07:00": "2026-11-23T17:00:00+00:00",
        "24:00": "2026-11-23T17:00:00+00:00",
        "2026-11-25T08:30": "2026-11-25T01:30:00+00:00",
        "15:00": "2026-11-23T08:00:00+00:00",
    }
    for written, instant in cases.items():
        assert tell(office, until=written).json["until"] == instant
    for wrong in ("2026-02-30T08:00", "25:00", "besok", "2026-11-24T00:00:00", "9999-12-31T24:00"):
        assert code(tell(office, until=wrong))[:2] == (422, "invalid")
    planned = tell(office, **{"from": "2026-11-24T08:00"})
    assert planned.json["state"] == "planned"


def test_a_notice_that_is_over_is_told_nobody_and_kept_a_month_for_who_writes(office):
    tell(office, until="24:00")
    office.now = office.now.replace(hour=23, minute=59, second=59)
    assert len(told(office)) == 1
    office.now += timedelta(seconds=1)
    assert told(office) == [] and len(recorded(office)) == 1, "of itself: no event, no revision"
    office.begin_session("rina")
    assert [one["state"] for one in office.ask("rina", "GET", NOTICES).json["notices"]] == ["over"]
    office.now += timedelta(days=31)
    office.begin_session("rina")
    assert office.ask("rina", "GET", NOTICES).json["notices"] == []


def test_a_hall_tells_no_more_than_its_screens_can_hold(office):
    ids = [tell(office, until="24:00").json["id"] for _ in range(MOST)]
    full = tell(office)
    assert code(full)[:2] == (409, "notices_full") and str(MOST) in full.json["error"]["message"]
    assert office.ask("rina", "PUT", f"{NOTICES}/{ids[0]}", CLOSED).status_code == 200, "what is there may be changed"
    office.ask("rina", "DELETE", f"{NOTICES}/{ids[0]}")
    assert tell(office).status_code == 201


def test_whatever_else_stands_a_fire_is_told(office):
    plain = [tell(office).json["id"] for _ in range(MOST)]
    fire = tell(office, urgent=True, text={"id": "KEBAKARAN"})
    assert fire.status_code == 201 and told(office)[0] == "KEBAKARAN"
    urgent = CLOSED | {"urgent": True}
    assert office.ask("rina", "PUT", f"{NOTICES}/{plain[0]}", urgent).status_code == 200, "one may become urgent"
    for _ in range(MOST_URGENT - 2):
        tell(office, urgent=True)
    full = tell(office, urgent=True)
    assert (
        code(full)[:2] == (409, "notices_full") and f"{MOST_URGENT} pengumuman penting" in full.json["error"]["message"]
    )
    assert code(office.ask("rina", "PUT", f"{NOTICES}/{plain[1]}", urgent))[:2] == (409, "notices_full")
    tell(office)
    assert code(office.ask("rina", "PUT", f"{NOTICES}/{fire.json['id']}", CLOSED))[:2] == (409, "notices_full")
    agrees(office)


def test_no_agency_fills_the_hall_s_room(office):
    own = [tell(office, "dadan", agency="dukcapil") for _ in range(MOST_OF_AGENCY)]
    assert {one.status_code for one in own} == {201}
    full = tell(office, "dadan", agency="dukcapil")
    assert code(full)[:2] == (409, "notices_full") and "Instansi ini" in full.json["error"]["message"]
    assert tell(office).status_code == tell(office, "lina", agency="imigrasi").status_code == 201
    path = f"{NOTICES}/{own[0].json['id']}"
    assert office.ask("dadan", "PUT", path, CLOSED | {"agency": "dukcapil"}).status_code == 200


@pytest.mark.parametrize(
    ("how", "field"),
    [
        pytest.param({"text": {"id": "x" * 10_000}}, "text.id", id="ten thousand letters"),
        pytest.param({"text": {"id": "Loket \u202e5"}}, "text.id", id="turned letters"),
        pytest.param({"text": {}}, "text", id="no language"),
        pytest.param({"where": ["moon"]}, "where.0", id="no such place"),
        pytest.param({"agency": "nobody"}, "agency", id="no such agency"),
    ],
)
def test_what_is_refused_names_its_field_and_moves_nothing(office, how, field):
    before = office.ask(None, "GET", f"/sites/{SITE}/board").json["revision"]
    answer = tell(office, **how)
    assert code(answer) == (422, "invalid", field)
    assert len(answer.data) < 1000, "the text is not sent back"
    assert office.ask(None, "GET", f"/sites/{SITE}/board").json["revision"] == before and recorded(office) == []


def test_html_is_told_as_the_letters_it_is_made_of(office):
    tell(office, text={"id": "<script>alert(1)</script>"})
    assert told(office) == ["<script>alert(1)</script>"]
    shown = office.open("GET", "/lebak/performance").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in shown and "<script>alert(1)" not in shown


def test_a_public_page_shows_what_is_for_it_and_in_its_time(office):
    tell(office, text={"id": "Untuk umum"})
    tell(office, text={"id": "Hanya kios"}, where=["kiosk"])
    tell(office, text={"id": "Mulai besok"}, **{"from": "2026-11-24T08:00"})
    shown = office.open("GET", "/lebak/performance").get_data(as_text=True)
    assert ["Untuk umum" in shown, "Hanya kios" in shown, "Mulai besok" in shown] == [True, False, False]
    office.now = datetime.fromisoformat("2026-11-24T08:00:00+07:00")
    assert "Mulai besok" in office.open("GET", "/lebak/performance").get_data(as_text=True)
