"""The survey's pages and files: what visitors are asked, what everybody is told, what staff take home."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from queue_server.domain.roles import Role
from tests.web.answering import HERE, SITE, before, link, month_passes, says, served
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
