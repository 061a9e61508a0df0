"""Documents for a word processor, opened by one: pages as many as promised, words and the chart on them (LibreOffice).

Its writer alone does: ``apt install libreoffice-writer-nogui poppler-utils fonts-liberation``.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from queue_server.domain.roles import Role
from queue_server.reports import one_page_docx
from tests.reports.test_one_page import full
from tests.web.answering import HERE, SITE, before, month_passes, says, served
from tests.web.office import opened
from tests.world.lacking import needs

pytestmark = [
    pytest.mark.deep,
    needs(shutil.which("soffice") and shutil.which("pdftoppm"), "a word processor (soffice) and pdftoppm"),
]

BY_HAND = ("433444433", "332433433", "443434343", "333433432", "432434433")  # IKM 83.33
BAR = (85, 85, 85)  # the chart's


def printed(content: bytes, folder: Path) -> tuple[list[str], list[Image.Image]]:
    """The words of each page, and how each looks."""
    (folder / "paper.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "paper.docx")
    subprocess.run(run, check=True, capture_output=True, timeout=300)
    subprocess.run(("pdftoppm", "-r", "60", "-png", folder / "paper.pdf", folder / "page"), check=True)
    words = subprocess.run(
        ("pdftotext", "-layout", folder / "paper.pdf", "-"), check=True, capture_output=True, text=True
    )
    return words.stdout.split("\f")[:-1], [Image.open(one).convert("RGB") for one in sorted(folder.glob("page*.png"))]


def drawn(page: Image.Image, ink: tuple[int, int, int]) -> int:
    """How many points of a page are of an ink."""
    return sum(n for n, colour in page.getcolors(1 << 24) or () if colour == ink)


def test_the_survey_s_report_has_its_words_and_its_chart_on_paper(tmp_path):
    with opened(tmp_path / "hall") as office:
        office.add("tuti", {Role.FRONT_DESK}, (SITE,))
        for id, digits in zip(served(office, 12), (*BY_HAND, *BY_HAND), strict=False):
            says(office, id, digits)
        month_passes(office)
        of = before(office)
        content = office.ask("ida", "GET", f"{HERE}/reports/skm.docx?from={of}&to={of}").data
    words, pages = printed(content, tmp_path)
    said = " ".join(" ".join(words).split())
    assert "Indeks Kepuasan Masyarakat: 83,33, mutu pelayanan B (Baik)." in said
    assert all(f"{chapter}. " in said for chapter in ("I", "II", "III", "IV", "V")) and "Triwulan" in said
    assert 2 <= len(pages) == len(words) <= 4
    assert sum(drawn(one, BAR) for one in pages) > 5_000, "nine bars"


def test_the_page_for_who_leads_is_one_page_in_a_word_processor_too(tmp_path):
    page = full("Dinas Penanaman Modal dan PTSP")
    (words,), (picture,) = printed(one_page_docx.written(page), tmp_path)
    said = " ".join(words.split())
    assert page["next"]["said"] in said and all(row[1] in said for row in page["table"]["rows"])
    assert drawn(picture, (169, 169, 169)) > 100, "the bars of the wait"


def test_a_paper_without_its_chart_is_noticed(tmp_path):
    """The control: without the picture there is nothing of the bars' ink."""
    page = full("Dinas Penanaman Modal dan PTSP") | {"chart": None}
    _, pages = printed(one_page_docx.written(page), tmp_path)
    assert not sum(drawn(one, (169, 169, 169)) for one in pages)
