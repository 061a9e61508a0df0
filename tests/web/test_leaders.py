"""The page for who leads, over the API: its figures are the period report's, within the agencies of who asks."""

import io
import re
from typing import Any

import pytest
from docx import Document

from queue_server.domain.roles import Role
from queue_server.domain.rounding import percent, under
from queue_server.reports import letter, one_page_docx
from tests.web.answering import served
from tests.web.office import Office

SITE = "lebak"
REPORTS = f"/sites/{SITE}/reports"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def morning(office: Office) -> None:
    """Twelve were served for a passport and eleven for a card; a leader, one of one agency, and an officer look on."""
    office.add("lina", {Role.LEADER}, (SITE,), ("imigrasi",))
    office.add("ina", {Role.LEADER}, (SITE,))
    served(office, 12)
    served(office, 11, "ktp-cetak")
    targets = [{"measure": "wait_p90_s", "from": "2026-01-01", "value": 30}]
    assert office.ask("ida", "PUT", f"/sites/{SITE}/targets", {"targets": targets}).status_code == 200
    counts = {"month": "2026-11", "channel": "lapor", "received": 5, "in_work": 2, "done": 3}
    assert office.ask("ida", "POST", f"/sites/{SITE}/complaints", counts).status_code == 200
    broken = {"scope": {"agency": "dukcapil"}, "reason": "power"}
    assert office.ask("ida", "POST", f"/sites/{SITE}/interruptions", broken).status_code == 201


def told_to(office: Office, who: str, ending: str, monkeypatch: pytest.MonkeyPatch, lang: str = "en") -> dict[str, Any]:
    """The words of which the page was made."""
    told: dict[str, Any] = {}
    writer: Any = letter if ending == "pdf" else one_page_docx
    really = writer.written
    monkeypatch.setattr(writer, "written", lambda page, *more: told.update(page) or really(page, *more))
    answer = office.ask(who, "GET", f"{REPORTS}/summary.{ending}?lang={lang}")
    monkeypatch.undo()
    assert answer.status_code == 200 and answer.mimetype == ("application/pdf" if ending == "pdf" else DOCX)
    assert answer.data.startswith(b"%PDF-1." if ending == "pdf" else b"PK")
    return told | {"file": answer.data}


@pytest.mark.parametrize(("who", "complaints", "broken"), [("ina", ["5, done 3"], "1"), ("lina", [], "0")])
def test_every_figure_is_the_period_report_s_in_both_forms(office, monkeypatch, who, complaints, broken):
    totals = office.ask(who, "GET", f"{REPORTS}/summary.json").json["totals"]
    minutes = {name: f"< {under(totals[name])} minutes" for name in ("wait_p50_s", "wait_p90_s")}
    expected = {
        "People served": str(totals["people"]),
        "Wait, half of the people": minutes["wait_p50_s"],
        "Wait, 9 of 10 people": minutes["wait_p90_s"],
        "Served within the promise": f"{percent(totals['service_in_promise'])} %",
        "Requests for a number refused": str(totals["refused"]),
        "Disruptions recorded": broken,
    }
    assert totals["people"] == (23 if who == "ina" else 12)
    for ending in ("pdf", "docx"):
        page = told_to(office, who, ending, monkeypatch)
        rows = {row[0]: row for row in page["table"]["rows"]}
        assert {name: rows[name][1] for name in expected} == expected
        assert rows["Wait, 9 of 10 people"][3:] == ["≤ 0.5 minutes", "not met yet"]
        assert [row[1] for name, row in rows.items() if name == "Complaints received"] == complaints
        assert "KTP" not in str(page["next"]) or who == "ina"
        service, hour = re.search(r"open for (.+) from (\d\d)\.00", page["next"]["said"]).groups()
        lines = office.ask(who, "GET", f"{REPORTS}/services.json").json["rows"]
        assert service in [one["name"]["en"] for one in lines] and hour == "08"
    paper = Document(io.BytesIO(page["file"]))
    cells = [[cell.text for cell in row.cells] for row in paper.tables[1].rows]
    assert cells[1:] == page["table"]["rows"] and page["next"]["said"] in paper.tables[0].cell(0, 0).text


def test_who_reads_no_period_reads_no_page_of_it_and_a_wrong_day_is_refused(office):
    for ending in ("pdf", "docx"):
        assert office.ask("sari", "GET", f"{REPORTS}/summary.{ending}").status_code == 403
        assert office.ask("ina", "GET", f"{REPORTS}/summary.{ending}?from=x").status_code == 422
        assert f"summary.{ending}?" in office.open("GET", f"/{SITE}/report/period", who="ina").text


def test_a_period_in_which_nobody_came_is_one_page_that_makes_nothing_up(office, monkeypatch):
    for asked in ("id", "id&from=2026-01-01&to=2026-01-31", "su&service=no-such", "su&counter=5&hour=8"):
        page = told_to(office, "ina", "pdf", monkeypatch, asked)
        assert len(letter.pictures({key: page[key] for key in page if key != "file"}, 20, "one_page")) == 1
        if "2026-01" in asked or "no-such" in asked:
            assert page["next"]["said"].startswith(("Tidak ada: ", "Teu aya: ")) and page["chart"] is None


@pytest.mark.parametrize("limit", ["hour=8", "outcome=completed", "segment=citizen"])
def test_what_no_register_knows_of_leaves_its_lines_out(office, monkeypatch, limit):
    page = told_to(office, "ina", "docx", monkeypatch, f"en&{limit}")
    names = {row[0] for row in page["table"]["rows"]}
    assert names & {"Complaints received", "Disruptions recorded"} == set() and "People served" in names
