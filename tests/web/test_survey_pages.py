"""The survey's pages and files: what visitors are asked, what everybody is told, what staff take home."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO

import openpyxl
import pytest
from docx import Document

from queue_server.domain.roles import Role
from tests.web.answering import HERE, SITE, before, keep, link, month_passes, says, served
from tests.web.office import Office, code, opened

BY_HAND = ("433444433", "332433433", "443434343", "333433432", "432434433")  # IKM 83.33


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    """Ten answered in a month that is over; Tuti is at the front desk, a tablet stands in the hall."""
    with opened(tmp_path_factory.mktemp("pages")) as made:
        made.add("tuti", {Role.FRONT_DESK}, (SITE,))
        made.enrol("tablet", Role.KIOSK)
        ids = served(made, 12)
        for id, digits in zip(ids, (*BY_HAND, *BY_HAND), strict=False):
            says(made, id, digits, profile={"sex": "female"}, comment="=1+1")
        says(made, ids[10], "4444.4444")
        made.left = link(made, ids[11])
        made.pages = {
            path: made.open("GET", path, who=who).text
            for path, who in (
                (f"/t/{made.left}/survey?lang=su", None),
                (f"/{SITE}/survey", "tuti"),
                (f"/{SITE}/survey?lang=en", "tablet"),
                (f"/{SITE}/survey?lang=id", None),
            )
        }
        month_passes(made)
        yield made


def test_each_way_is_asked_the_nine_in_its_own_page(office):
    own, desk, tablet, nobody = office.pages.values()
    assert "Naha patugas sopan sareng som\\u00e9ah?" in own and '"way": "phone"' in own
    assert '"way": "assisted"' in desk and '"way": "tablet"' in tablet and '"way": null' in nobody
    assert "Layanan ini gratis" in tablet and "Layanan ini gratis" not in own, "a passport is paid for"
    assert len(own) < 60_000


def test_everybody_is_told_the_index_and_staff_are_led_to_the_files(office):
    page = office.open("GET", f"/{SITE}/ikm?lang=id").text
    assert "83,33" in page and "Mutu pelayanan B, Baik" in page and "skm.docx" not in page
    assert "skm.docx" in office.open("GET", f"/{SITE}/ikm", who="ida").text
    assert "83.33" in office.open("GET", f"/{SITE}/ikm?lang=en").text
    assert "Belum ada data" in office.open("GET", "/pandeglang/ikm").text
    table = office.open("GET", f"/{SITE}/ikm.csv").text.splitlines()
    assert table[1].split(",")[3:7] == ["10", "1", "83.33", "B"]
    assert office.open("GET", f"/{SITE}/ikm?period=2001-Q1").status_code == 422


def test_the_spreadsheet_holds_the_answers_in_the_usual_layout_and_no_formula_of_a_visitor(office):
    of = before(office)
    assert office.ask(None, "GET", f"{HERE}/reports/skm.xlsx?from={of}&to={of}").status_code == 401
    file = office.ask("ida", "GET", f"{HERE}/reports/skm.xlsx?from={of}&to={of}")
    sheet = openpyxl.load_workbook(BytesIO(file.data)).active
    heads = [cell.value for cell in sheet[3]]
    assert heads[9] == "U1 Persyaratan" and heads[17] == "U9 Sarana dan Prasarana"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(4, 14)]
    assert sorted("".join(map(str, row[9:18])) for row in rows[:10]) == sorted((*BY_HAND, *BY_HAND))
    public = office.open("GET", f"/{SITE}/ikm.csv").text
    for what in (public, office.open("GET", f"/{SITE}/ikm").text, office.open("GET", f"/{SITE}/performance").text):
        assert "=1+1" not in what, "what somebody wrote is in nothing public"
    again = sum(sum(row[9:18]) for row in rows[:10]) / 90 * 25
    assert next(csv.DictReader(StringIO(public)))["ikm"] == f"{again:.2f}" == "83.33", "of the answers themselves"
    assert rows[10][18] == "tidak" and rows[0][19] == "=1+1" and sheet.cell(4, 20).data_type == "s"
    assert sheet.cell(20, 2).value == "=ROUND(SUM(J19:R19)*25,2)"
    assert code(office.ask("ida", "GET", f"{HERE}/reports/skm.docx?from={of}-02"))[2] == "from"


def test_the_report_stands_in_the_usual_chapters_and_is_a_draft(office):
    of = before(office)
    file = office.ask("ida", "GET", f"{HERE}/reports/skm.docx?from={of}&to={of}")
    paper = Document(BytesIO(file.data))
    heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert [head.split(".")[0] for head in heads[:5]] == ["I", "II", "III", "IV", "V"]
    said = "\n".join(one.text for one in paper.paragraphs)
    assert "83,33, mutu pelayanan B" in said and "10 jawaban lengkap" in said and "BSrE" not in said
    assert [cell.text for cell in paper.tables[4].rows[3].cells] == ["U3", "Waktu Penyelesaian", "2,60", "65,00", "C"]


def test_staff_read_each_service_and_how_far_this_quarter_has_come_and_write_the_registers(office):
    page = office.open("GET", f"/{SITE}/survey/results?lang=en", who="ida").text
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert (re.search(r'id="ikm">83\.33<', page) and "Wawancara paspor" in said) or "paspor" in said.lower()
    assert "At least 10 answers so far" in said and "October 2026" in said and "3.60 in the outside survey" in said
    assert all(f'id="{form}-form"' in page for form in ("followup", "publication"))
    written = {
        "period": "2026-Q4",
        "element": "time",
        "act": "Loket kedua dibuka",
        "who": "DPMPTSP",
        "due": "2027-03-31",
    }
    row = office.ask("ida", "POST", f"{HERE}/followups", written).json["followups"][0]
    anew = office.open("GET", f"/{SITE}/survey/results?followup={row['id']}", who="ida").text
    assert f'name="id" value="{row["id"]}"' in anew and 'value="Loket kedua dibuka"' in anew
    office.begin_session("sari")
    assert office.open("GET", f"/{SITE}/survey/results", who="sari").status_code == 403
    assert "survey/results" in office.open("GET", f"/{SITE}/supervisor", who="ida").text
    assert "survey/results" in office.open("GET", f"/{SITE}/report", who="ida").text
    assert "survey/results" not in office.open("GET", f"/{SITE}/report", who="sari").text


def test_quick_ratings_are_told_of_ten_and_of_months_that_are_over(office):
    ids = served(office, 16, first=30)
    for n, id in enumerate(ids[:11]):
        assert office.ask(None, "POST", f"/tickets/{link(office, id)}/rating", {"score": 4 - n % 2}).status_code == 201
    for id in ids[11:]:
        says(office, id)
    before_month = office.open("GET", f"/{SITE}/survey/results?lang=en", who="ida").text
    assert "at least 5" in before_month and 'id="ratings"' not in before_month
    month_passes(office)
    keep(office)
    after = office.open("GET", f"/{SITE}/survey/results?lang=en", who="ida").text
    assert 'id="ratings"' in after or "period=" in after
