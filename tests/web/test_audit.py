"""The audit trail over the API: who did what, when, where and why, within one's own agencies."""

import csv
import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from queue_server.domain.audit import Place
from queue_server.domain.roles import Role
from queue_server.operations import sealing
from queue_server.store import audit as store
from tests.web.office import PASSWORD, Office, code

SITE = "lebak"
AUDIT, TICKETS, DESK = f"/sites/{SITE}/audit", f"/sites/{SITE}/tickets", f"/sites/{SITE}/counters/5"


@pytest.fixture(autouse=True)
def a_morning(office: Office) -> None:
    """Fitri audits the whole hall, Lina sees to Imigrasi only. Sari calls J002 before J001, for a reason."""
    office.add("fitri", {Role.AUDITOR}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("ratna", {Role.OFFICER}, (SITE,), ("imigrasi",))
    issued = ["ktp-cetak", "ktp-cetak", "paspor-wawancara"]
    for n, service in enumerate(issued):
        answer = office.ask("ida", "POST", TICKETS, {"service": service}, **{"Idempotency-Key": f"k{n}"})
        assert answer.status_code == 201

    for verb, body in (("open", {}), ("call", {"number": "J002", "reason": "=sakit"}), ("serve", {})):
        assert office.ask("sari", "POST", f"{DESK}/{verb}", body).status_code == 200
    assert office.ask("sari", "POST", f"{DESK}/finish", {"note": "rahasia"}).status_code == 200


def trail(office: Office, asked: str = "", who: str = "fitri") -> list[dict[str, Any]]:
    """What somebody is shown, the latest first."""
    answer = office.ask(who, "GET", f"{AUDIT}{asked}")
    assert answer.status_code == 200, answer.text
    return answer.json["entries"]


def kinds(office: Office, asked: str = "", who: str = "fitri") -> list[str]:
    """Only what happened."""
    return [one["kind"] for one in trail(office, asked, who)]


def test_each_act_says_who_when_where_and_why(office):
    called = next(one for one in trail(office) if one["kind"] == "called")
    assert (called["who"], called["what"], called["number"]) == ("Sari", "account", "J002")
    assert (called["counter"], called["counter_name"], called["service"]) == ("5", "Loket 5", "ktp-cetak")
    assert (called["reason"], called["after"]) == ("=sakit", {"by": "number"})
    finished = trail(office)[0]
    assert finished["kind"] == "finished" and finished["noted"]
    assert "rahasia" not in str(trail(office)), "a note is opened by number, which is recorded"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?number=j%202", ["finished", "served", "called", "issued"]),
        ("?number=K001", ["issued"]),
        ("?number=Z999", []),
        ("?kind=calls", ["called"]),
        ("?kind=served", ["served"]),
        ("?counter=5", ["finished", "served", "called", "counter_opened"]),
        ("?who=ida&kind=numbers", ["issued", "issued", "issued"]),
        ("?who=nobody", []),
        ("?from=2026-11-24", []),
        ("?to=2026-11-22&kind=calls", []),
        ("?from=2026-11-23&to=2026-11-23&kind=counters", ["counter_opened"]),
    ],
)
def test_what_is_asked_for_is_found_and_nothing_else(office, asked, expected):
    assert kinds(office, asked) == expected


@pytest.mark.parametrize(
    "asked", ["from=heute", "to=0001-01-01", "kind=nothing", f"who={'x' * 65}", "number=%00", "before=x", "before=x~~"]
)
def test_what_is_no_question_is_told_by_its_field(office, asked):
    assert code(office.ask("fitri", "GET", f"{AUDIT}?{asked}")) == (422, "invalid", asked.partition("=")[0])


def test_days_in_the_wrong_order_are_told(office):
    assert code(office.ask("fitri", "GET", f"{AUDIT}?from=2026-11-24&to=2026-11-23")) == (422, "invalid", "to")

    page = office.open("GET", f"/{SITE}/audit?from=2026-11-24&to=2026-11-23", who="fitri")
    assert page.status_code == 200 and "lebih awal" in page.text and 'value="2026-11-24"' in page.text


def test_each_agency_is_told_of_its_own(office):
    mine = trail(office, who="lina")
    assert {one["number"] for one in mine} <= {"K001", None}
    assert {one["counter"] for one in mine} <= {None}
    assert "day_opened" in {one["kind"] for one in mine}, "that a day was opened is nobody's secret"
    assert office.ask("ratna", "POST", f"/sites/{SITE}/counters/2/open", {}).status_code == 200
    assert trail(office, who="lina")[0] | {"who": "Ratna", "counter": "2"} == trail(office, who="lina")[0]
    for who in ("sari", "ratna"):
        assert office.ask(who, "GET", AUDIT).status_code == 403
    assert office.ask(None, "GET", AUDIT).status_code == 401


def test_sign_ins_tell_from_where_and_refused_ones_how_often(office):
    assert office.sign_in("sari", PASSWORD).status_code == 204
    for name in ("sari", "SARI", "zaenal"):
        assert office.sign_in(name, "a wrong password").status_code == 401
    told = trail(office, "?kind=sign_ins")
    (came,) = (one for one in told if one["address"] and one["kind"] == "signed_in")
    assert (came["who"], came["address"], came["browser"]) == ("Sari", "127.0.0.1", "Chrome, Windows")
    refused = {one["about"]: (one["count"], one["address"]) for one in told if one["kind"] == "sign_in_refused"}
    assert refused == {"Sari": (2, "127.0.0.1"), None: (1, "127.0.0.1")}, "one of a name that nobody has"
    assert {one["about"] for one in trail(office, "?kind=sign_in_refused", "lina")} == set(), "another agency's people"
    assert [one["about"] for one in trail(office, "?kind=sign_in_refused&who=sari")] == ["Sari"]


def test_a_clock_that_jumps_far_ahead_forgets_no_address(office):
    office.sign_in("sari", PASSWORD)
    office.sign_in("sari", "a wrong password")
    office.now += timedelta(days=400)
    office.sign_in("lilis", "a wrong password")
    office.sign_in("lilis", PASSWORD)
    office.now -= timedelta(days=400)
    office.begin_session("fitri")
    assert ("Sari", "127.0.0.1") in [(one["who"], one["address"]) for one in trail(office, "?kind=signed_in")]
    assert "Sari" in [one["about"] for one in trail(office, "?kind=sign_in_refused")]


def test_from_where_somebody_signed_in_is_forgotten_after_thirty_days(office):
    office.sign_in("sari", PASSWORD)
    office.sign_in("sari", "a wrong password")
    office.now += timedelta(days=31)
    office.begin_session("fitri")
    office.sign_in("lilis", PASSWORD)
    office.sign_in("lilis", "a wrong password")
    addresses = [(one["who"], one["address"]) for one in trail(office, "?kind=signed_in")]
    assert ("Lilis", "127.0.0.1") in addresses and ("Sari", None) in addresses
    assert [one for one in addresses if one[1]] == [("Lilis", "127.0.0.1")]
    assert [one["about"] for one in trail(office, "?kind=sign_in_refused")] == ["Lilis"]


def test_accounts_and_structure_are_told_as_before_and_after(office):
    made = office.ask(
        "rini", "POST", "/accounts", {"username": "wawan", "name": "Wawan", "roles": ["officer"], "sites": [SITE]}
    ).json["id"]
    office.ask("rini", "PATCH", f"/accounts/{made}", {"roles": ["officer", "front_desk"]})
    changed, added = trail(office, "?kind=accounts")[:2]
    assert (added["kind"], added["about"], added["who"]) == ("account_added", "Wawan", "Rini")
    assert added["roles"] == ["admin"]
    assert (changed["before"], changed["after"]) == ({"roles": ["officer"]}, {"roles": ["officer", "front_desk"]})
    seen = office.ask("rini", "GET", f"/sites/{SITE}/structure").json
    seen["structure"]["short_name"] = "MPP Baru"
    body = {"structure": seen["structure"], "based_on": seen["version"], "reason": "nama baru"}
    assert office.ask("rini", "PUT", f"/sites/{SITE}/structure", body).status_code == 200
    saved = trail(office, "?kind=structure_saved")[0]
    assert saved["before"]["short_name"] == "MPP Lebak" and saved["after"]["short_name"] == "MPP Baru"
    assert saved["reason"] == "nama baru"


def test_pages_follow_each_other_without_a_gap_or_a_repeat(office, monkeypatch):
    whole = trail(office)
    monkeypatch.setattr("queue_server.queries.audit_walk.PAGE", 3)
    paged, at = [], ""
    while at is not None:
        answer = office.ask("fitri", "GET", f"{AUDIT}?before={at}" if at else AUDIT).json
        assert len(answer["entries"]) <= 3
        paged += answer["entries"]
        at = answer["next"]
    assert paged == whole and len(whole) > 6


def test_a_file_has_all_of_it_and_begins_no_formula(office):
    answer = office.ask("fitri", "GET", f"{AUDIT}.csv?number=J002")
    assert answer.mimetype == "text/csv" and 'filename="lebak-audit.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["kind"] for row in rows] == ["finished", "served", "called", "issued"]
    assert rows[2]["reason"] == "'=sakit" and rows[2]["after"] == '{"by": "number"}'
    assert rows[2]["at"].startswith("2026-11-23T") and rows[2]["at"].endswith("+07:00")
    for_excel = office.ask("fitri", "GET", f"{AUDIT}.csv?excel=id").text
    assert for_excel.startswith("\ufeffat;day;epoch")
    assert code(office.ask("fitri", "GET", f"{AUDIT}.csv?excel=xx")) == (422, "invalid", "excel")
    assert office.ask("sari", "GET", f"{AUDIT}.csv").status_code == 403


def test_a_number_s_story_stands_in_its_page_from_the_beginning(office):
    page = office.open("GET", f"/{SITE}/audit?number=J002&from=2026-11-23&to=2026-11-23", who="fitri").text
    told = [page.index(word) for word in ("Nomor diambil", "Dipanggil", "Mulai dilayani")]
    assert told == sorted(told) and "Riwayat J002" in page
    assert "<q>=sakit</q>" in page and "nomor dipilih, di luar urutan" in page and "rahasia" not in page
    assert (
        "Fitri" in page
        and "Ratna" not in office.open("GET", f"/{SITE}/audit?who=fitri", who="lina").text.split("</form>")[1]
    )


def test_a_day_of_a_long_record_is_found_without_walking_through_it(office):
    wanted = store.Wanted(SITE, who="sari", counter="5", number="J002")
    statements = []
    with office.house.reader.connect() as conn, conn.begin():
        event.listen(office.house.reader, "before_cursor_execute", lambda *said: statements.append(said[2:4]))
        store.of_day(conn, wanted, date(2026, 11, 23), Place(1, 99, 0), 50)
        (statement, values) = statements[-1]
        plan = " ".join(str(row) for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
    assert "COVERING INDEX event_by_day (site=? AND day=?)" in plan, plan
    assert "PRIMARY KEY (site=? AND epoch=? AND revision=? AND n=?)" in plan, plan


def test_a_closed_day_s_digest_stands_on_the_page_and_is_public(office):
    assert "Belum disegel" in office.open("GET", f"/{SITE}/audit", who="fitri").text
    assert 'id="seal"' not in office.open("GET", f"/{SITE}/performance").text
    office.now += timedelta(days=1)
    for who in ("ida", "fitri"):
        office.begin_session(who)
    assert office.ask("ida", "POST", f"/sites/{SITE}/reopen-day", {}).status_code == 200
    while sealing.seal_next(office.house.perform, office.house.reader, SITE, lambda _: None):
        pass
    (sealed,) = office.ask("fitri", "GET", f"{AUDIT}?to=2026-11-23").json["seals"]
    assert sealed["day"] == "2026-11-23" and sealed["events"] >= len(trail(office, "?to=2026-11-23&kind=calls"))
    for page in (f"/{SITE}/audit?to=2026-11-23", f"/{SITE}/performance"):
        assert sealed["digest"] in office.open("GET", page, who="fitri").text


def test_a_spreadsheet_has_the_same_rows_and_runs_nothing(office, monkeypatch):
    monkeypatch.setattr("queue_server.reports.audit_xlsx.SHEET_ROWS", 3)
    answer = office.ask("fitri", "GET", f"{AUDIT}.xlsx?number=J002")
    assert "lebak-audit.xlsx" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
    assert [sheet.count("<row ") for sheet in sheets] == [4, 2], "the fourth entry begins another sheet"
    assert "=sakit" in "".join(sheets) and "<f>" not in "".join(sheets)
    assert office.ask("fitri", "GET", f"{AUDIT}.xlsx?number=Z999").status_code == 200
    assert code(office.ask("fitri", "GET", f"{AUDIT}.xlsx?kind=x")) == (422, "invalid", "kind")
