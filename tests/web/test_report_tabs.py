"""The tabs of the pages of reports: who opens one sees all that they may open, the same on each, and no other."""

import re

import pytest

from queue_server.domain.roles import Role
from tests.web.office import Office, opened

SITE = "lebak"
READERS = {
    "an officer": (Role.OFFICER, ["Hari ini", "Pekerjaan saya"]),
    "the front desk": (Role.FRONT_DESK, ["Hari ini", "Pengaduan"]),
    "a supervisor": (
        Role.SUPERVISOR,
        ["Hari ini", "Periode", "Petugas", "Kebutuhan", "Sasaran", "Hasil survei", "Pengaduan"],
    ),
    "a leader": (Role.LEADER, ["Hari ini", "Periode", "Kebutuhan", "Sasaran", "Hasil survei", "Pengaduan"]),
    "an editor": (Role.CONTENT, ["Hari ini", "Hasil survei"]),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("tabs")) as made:
        for n, (role, _) in enumerate(READERS.values()):
            made.add(f"reader{n}", {role}, (SITE,))
        yield made


def shown(office: Office, who: str, path: str) -> list[tuple[str, str, bool]]:
    """Each tab of a page: its words, its address, and whether it is marked as the open one."""
    page = office.open("GET", path, who=who)
    assert page.status_code == 200, path
    bar = page.text.partition('<nav class="report-tabs"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', bar)
    return [(words, href.replace("&amp;", "&"), bool(mark)) for href, mark, words in found]


@pytest.mark.parametrize("reader", READERS)
def test_every_page_of_reports_shows_all_tabs_that_its_reader_may_open_and_marks_its_own(office, reader):
    who, words = f"reader{list(READERS).index(reader)}", READERS[reader][1]
    today = shown(office, who, f"/{SITE}/report?lang=id")
    assert [one for one, _, _ in today] == words
    for name, href, _ in today:
        there = shown(office, who, href)
        assert [(one, marked) for one, _, marked in there] == [(one, one == name) for one in words], href


def test_pages_of_a_period_lead_to_the_same_period(office):
    who = f"reader{list(READERS).index('a supervisor')}"
    asked = "from=2026-01-05&to=2026-01-09"
    for page in ("period", "officers", "demand"):
        to = {words: href for words, href, _ in shown(office, who, f"/{SITE}/report/{page}?{asked}&lang=id")}
        assert [words for words, href in to.items() if asked in href] == ["Periode", "Petugas", "Kebutuhan"], page
