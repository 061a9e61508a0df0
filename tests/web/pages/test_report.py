"""The report page: today's figures per service and counter, as the events have them."""

import csv
import io
import re
import urllib.parse

import pytest

from tests.web.pages.office import SITE


@pytest.fixture
def morning(desk, office):
    """A counter that served one, missed one, and has one waiting."""
    officer = office.client(f"petugas-{desk.n}")
    office.take(desk.n, 3)
    for verb in ("call-next", "serve", "finish", "call-next", "no-show"):
        body = {"outcome": "selesai"} if verb == "finish" else {}
        assert officer.verb(SITE, str(desk.n), verb, body).status_code == 200
    desk.page.goto(f"{office.server.url}/{SITE}/report")
    return desk


def cells(desk, table, name):
    """The figures of a row."""
    row = desk.page.locator(f"#{table} tbody tr", has=desk.page.locator(f'th:text-is("{name}")'))
    return row.locator("td").all_inner_texts()


def test_every_ticket_of_a_service_is_counted_once(morning):
    issued, by_class, served, people, waiting, at_counter, held, missed, given_up, papers, refused, *_ = cells(
        morning, "by-service", f"Layanan {morning.n}"
    )
    assert (by_class, people) == ("Umum 3", "1")
    assert (issued, served, waiting, at_counter, held, missed, given_up, papers, refused) == (
        "3",
        "1",
        "1",
        "0",
        "0",
        "1",
        "0",
        "0",
        "0",
    )
    served, missed, *times = cells(morning, "by-counter", f"Loket {morning.n}")
    assert (served, missed) == ("1", "1")
    assert times[-1] == "100 %"


def test_an_officer_sees_their_agency_only(morning):
    names = morning.page.locator("#by-service tbody th").all_inner_texts()
    assert f"Layanan {morning.n}" in names
    assert "Layanan lain" not in names


def test_the_totals_are_the_sums_of_the_rows(morning):
    rows = [r.locator("td").all_inner_texts() for r in morning.page.locator("#by-service tbody tr").all()]
    total = morning.page.locator("#by-service tfoot td").all_inner_texts()
    for column in (0, *range(2, 10)):  # all but the classes, which are no number
        assert int(total[column]) == sum(int(row[column]) for row in rows)


def test_every_headings_meaning_is_one_click_away(morning):
    links = {a.get_attribute("href") for a in morning.page.query_selector_all("thead a")}
    assert len(links) == 17
    assert morning.page.inner_text("#fairness p >> nth=0") == (
        "Hari ini tidak ada yang dilewati: semua dipanggil menurut kedatangan."
    )
    for link in links:
        assert morning.page.inner_text(f"{link} dd").strip()


def test_the_csv_has_the_same_figures(morning):
    with morning.page.expect_download() as download:
        morning.page.click("#csv")
    text = download.value.path().read_text()
    rows = list(csv.reader(io.StringIO(text)))
    head, row = rows[0], next(r for r in rows if r and r[0] == f"Layanan {morning.n}")
    assert len(head) == len(row) == 23
    assert [row[head.index(name)] for name in ("Diambil", "Jenis", "Selesai")] == ["3", "Umum 3", "1"]
    assert re.fullmatch(rf"{SITE}-\d{{4}}-\d\d-\d\d\.csv", download.value.suggested_filename)


def test_a_reason_without_a_blank_in_it_does_not_widen_the_page(desk, office, watch):
    officer = office.client(f"petugas-{desk.n}")
    assert officer.verb(SITE, str(desk.n), "cancel", {"number": office.take(desk.n)[0], "reason": "x" * 500}).ok
    page = watch()
    page.goto(f"{office.server.url}/{SITE}/report")
    assert "x" * 500 in page.inner_text("#reasons")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_prints_without_the_tools_around_it(morning):
    morning.page.emulate_media(media="print")
    assert not morning.page.is_visible(".report-tools")
    assert not morning.page.is_visible(".staff-head")
    assert morning.page.is_visible("#by-counter")


def test_nobody_reads_it_without_signing_in(morning, office):
    morning.context.clear_cookies()
    morning.page.goto(f"{office.server.url}/{SITE}/report")
    assert urllib.parse.urlsplit(morning.page.url).path == "/login"
