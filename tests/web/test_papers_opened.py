"""Documents for a word processor, opened by one: pages as many as promised, words and the chart on them (LibreOffice).

The study of need's spreadsheet is opened, too. ``config/build/need-libreoffice.sh`` installs what all of it needs.
"""

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from queue_server.domain.roles import Role
from tests.web.answering import HERE, SITE, before, month_passes, says, served
from tests.web.office import opened
from tests.web.test_demand import answered, passes
from tests.world.calc import Calc, rows_of
from tests.world.lacking import needs

pytestmark = [
    pytest.mark.deep,
    needs(shutil.which("soffice") and shutil.which("pdftoppm"), "a word processor (soffice) and pdftoppm"),
]

BY_HAND = ("433444433", "332433433", "443434343", "333433432", "432434433")  # IKM 83.33
MANY = 100  # points; letters have some of an ink at their edges
BAR, WAIT = (85, 85, 85), (169, 169, 169)  # of the elements, of nine of ten waits
NUMBERS, NO_NUMBERS = (18, 63, 112), (224, 161, 0)  # of the study of need: who got one, who got none
CHAPTERS = (
    "PERTANYAAN DAN CARA",
    "PERMINTAAN",
    "KEBUTUHAN YANG TIDAK TERPENUHI",
    "ASAL PENGUNJUNG",
    "TUJUAN DAN MUSIM",
)
CHAPTERS += ("KAPASITAS", "PILIHAN", "YANG TIDAK DIKATAKAN ANGKA INI", "BIAYA, TANAH, PETUGAS, DUKUNGAN PEMDA")


def printed(content: bytes, folder: Path, form: str = "docx") -> tuple[list[str], list[Image.Image]]:
    """The words of each page, and how each looks."""
    paper = folder / f"paper.{form}"
    paper.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, paper)
    subprocess.run(run, check=True, capture_output=True, timeout=300)
    subprocess.run(("pdftoppm", "-r", "60", "-png", folder / "paper.pdf", folder / "page"), check=True)
    words = subprocess.run(("pdftotext", folder / "paper.pdf", "-"), check=True, capture_output=True, text=True)
    return words.stdout.split("\f")[:-1], [Image.open(one).convert("RGB") for one in sorted(folder.glob("page*.png"))]


def drawn(page: Image.Image, ink: tuple[int, int, int]) -> int:
    """How many points of a page are of an ink."""
    return sum(n for n, colour in page.getcolors(1 << 24) or () if colour == ink)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Ten of twelve answered in a month that is over."""
    with opened(tmp_path_factory.mktemp("papers")) as made:
        made.add("tuti", {Role.FRONT_DESK}, (SITE,))
        made.add("lia", {Role.LEADER}, (SITE,))
        for id, digits in zip(served(made, 12), (*BY_HAND, *BY_HAND), strict=False):
            says(made, id, digits)
        month_passes(made)
        yield made


def test_the_survey_s_report_has_its_words_and_its_chart_on_paper(office, tmp_path):
    of = before(office)
    words, pages = printed(office.ask("ida", "GET", f"{HERE}/reports/skm.docx?from={of}&to={of}").data, tmp_path)
    said = " ".join(" ".join(words).split())
    assert "Indeks Kepuasan Masyarakat: 83,33, mutu pelayanan B (Baik)." in said
    assert all(f"{chapter}. " in said for chapter in ("I", "II", "III", "IV", "V")) and "Triwulan" in said
    assert 2 <= len(pages) == len(words) <= 4
    assert sum(drawn(one, BAR) for one in pages) > 5_000, "nine bars"


def test_the_page_for_who_leads_is_one_page_in_a_word_processor_too(office, tmp_path):
    of = before(office)
    path = f"{HERE}/reports/summary.docx?from={of}-01&to={of}-30"
    (words,), (picture,) = printed(office.ask("ida", "GET", path).data, tmp_path)
    said = " ".join(words.split())
    assert "LAPORAN RINGKAS" in said and "Langkah berikutnya Tidak ada: " in said and "83,33 (B), 10 jawaban" in said
    assert drawn(picture, WAIT) > MANY, "the bars of the wait"


@pytest.fixture(scope="module")
def study(office):
    """The study of a month in which some were refused and some said from where they come: its document and its files.

    It comes after the month of the answers, which the other papers are of.
    """
    of = before(office)
    passes(office, days=1)
    answered(office, random.Random("need"))
    passes(office)
    path = f"{HERE}/reports/demand.{{}}?from={of}-01&to={office.now.date()}"
    return [office.ask("lia", "GET", path.format(form)) for form in ("json", "docx", "xlsx")]


def test_the_study_of_need_has_its_chapters_its_figures_and_its_pictures_on_paper(study, tmp_path):
    told, paper, _ = study
    words, pages = printed(paper.data, tmp_path)
    said = " ".join(" ".join(words).split())
    assert all(f"{n}. {title}" in said for n, title in enumerate(CHAPTERS, 1))
    assert all(sentence in said for sentence in told.json["summary"]["id"])
    assert 3 <= len(pages) == len(words) <= 6
    assert sum(drawn(one, NUMBERS) for one in pages) > 3_000, "bars of weekdays, hours and kecamatan"


def test_the_study_of_need_as_a_spreadsheet_has_numbers_that_add_up_and_a_chart_on_a_page_a_sheet(study, tmp_path):
    told, _, book = study
    words, pages = printed(book.data, tmp_path, "xlsx")
    assert len(words) == len(pages) == 7, "a sheet is as wide as its page"
    inks = [(drawn(one, NUMBERS) > MANY, drawn(one, NO_NUMBERS) > MANY) for one in pages]
    assert [n for n, ink in enumerate(inks) if all(ink)] == [2, 3], "hours and weekdays are drawn"
    calc = Calc(tmp_path / "calc")
    for n, (name, rows) in enumerate((("services", 1), ("hours", 1), ("weekdays", 1)), 1):
        cells = rows_of(calc.opened(tmp_path / "paper.xlsx"), n)[rows:]
        counts = [[cell.value for cell in row[1:4]] for row in cells if row and row[1].kind == "float"]
        assert counts == [[one["asked"], one["issued"], one["refused"]] for one in told.json[name]] != [], name


def test_a_paper_without_its_chart_is_noticed(office, tmp_path):
    """The control: of a month in which nobody came there is no picture, and nothing of the bars' ink."""
    content = office.ask("ida", "GET", f"{HERE}/reports/summary.docx?from=2026-01-01&to=2026-01-31").data
    _, pages = printed(content, tmp_path)
    assert sum(drawn(one, WAIT) for one in pages) < MANY
