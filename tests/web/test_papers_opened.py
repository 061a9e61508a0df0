"""Documents for a word processor, opened by one: pages as many as promised, words and the chart on them (LibreOffice).

Its writer alone does: ``apt install libreoffice-writer-nogui poppler-utils fonts-liberation``.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from queue_server.domain.roles import Role
from tests.web.answering import HERE, SITE, before, month_passes, says, served
from tests.web.office import opened
from tests.world.lacking import needs

pytestmark = [
    pytest.mark.deep,
    needs(shutil.which("soffice") and shutil.which("pdftoppm"), "a word processor (soffice) and pdftoppm"),
]

BY_HAND = ("433444433", "332433433", "443434343", "333433432", "432434433")  # IKM 83.33
MANY = 100  # points; letters have some of an ink at their edges
BAR, WAIT = (85, 85, 85), (169, 169, 169)  # of the elements, of nine of ten waits


def printed(content: bytes, folder: Path) -> tuple[list[str], list[Image.Image]]:
    """The words of each page, and how each looks."""
    (folder / "paper.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "paper.docx")
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


def test_a_paper_without_its_chart_is_noticed(office, tmp_path):
    """The control: of a month in which nobody came there is no picture, and nothing of the bars' ink."""
    content = office.ask("ida", "GET", f"{HERE}/reports/summary.docx?from=2026-01-01&to=2026-01-31").data
    _, pages = printed(content, tmp_path)
    assert sum(drawn(one, WAIT) for one in pages) < MANY
