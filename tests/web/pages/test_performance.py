"""The public page of a hall's performance: read by anybody, on anything, and equal to its open data."""

import csv
import io
import re
import time

import pytest
import requests

from queue_server.reports.performance import FEW_TOLD
from tests.web.pages.office import SITE, Office
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import Watch

PAGE = f"/{SITE}/performance"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A hall of its own: a figure counts everybody who was there. Two services worked, for ten people or more each."""
    made = Office(tmp_path_factory.mktemp("office"))
    for n, served in ((1, 11), (2, 10)):
        officer = made.client(f"petugas-{n}")
        made.take(n, served + 1)
        time.sleep(1.1)  # a wait of less than half a second has no bar
        assert officer.verb(SITE, str(n), "open").status_code == 200
        for verb in ("call-next", "serve", "finish") * served + ("call-next", "no-show"):
            body = {"outcome": "selesai"} if verb == "finish" else {}
            assert officer.verb(SITE, str(n), verb, body).status_code == 200
    yield made
    made.server.kill()


@pytest.fixture
def reader(office, chromium):
    """Somebody from outside, with no account and no cookie; at the end no page may have erred or asked another host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1600}, accept_downloads=True)
    watch, page = Watch(context), context.new_page()
    page.goto(office.server.url + PAGE)
    yield page
    assert context.cookies() == []
    context.close()
    assert not watch.faults + watch.outside


def data(office, period="week"):
    """The open data: what -> its lines."""
    answer = requests.get(f"{office.server.url}{PAGE}.csv?period={period}", timeout=30)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        rf'attachment; filename="{SITE}-{period}-[-\d]{{10}}\.csv"', answer.headers["Content-Disposition"]
    )
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    return {
        what: [line for line in lines if line["what"] == what] for what in ("total", "day", "week", "hour", "service")
    }


def test_the_page_says_what_happened(reader):
    assert reader.inner_text("h1") == "Separuh pengunjung menunggu kurang dari 1 menit"
    assert reader.inner_text("#order dd").startswith("Dari ") and "umum." in reader.inner_text("#order dd")
    assert "Satu hari layanan" in reader.inner_text(".lead") and "masih berjalan" in reader.inner_text(".lead")
    assert reader.inner_text("#served") == "21"
    assert "dari 23 nomor" in reader.inner_text(".figures")
    assert (reader.inner_text("#promise"), reader.inner_text("#refused")) == ("100 %", "0")
    assert "Tanpa data pribadi" in reader.inner_text(".foot")


@pytest.mark.parametrize("period", ["week", "month", "quarter"])
def test_the_csv_has_the_same_figures(reader, office, period):
    reader.goto(f"{office.server.url}{PAGE}?period={period}")
    told = data(office, period)
    (total,) = told["total"]
    shown = [reader.inner_text(f"#{name}").split()[0] for name in ("served", "wait", "promise", "refused")]
    names = ("served", "half_under_min", "within_promise_percent", "refused")
    assert shown == [total[name] for name in names]
    days = [cell.inner_text() for cell in reader.locator("#waits tbody td:not(.bars)").all()]
    assert days == [line[n] for line in told["week" if period == "quarter" else "day"] for n in NAMES]
    rows = {
        r.get_attribute("data-service"): r.locator("td").all_inner_texts()
        for r in reader.locator("#services tbody tr").all()
    }
    assert rows.keys() == {line["service"] for line in told["service"] if int(line["issued"])} == {"s1", "s2"}
    for line in told["service"]:
        if line["service"] in rows:
            served, half, nine, as_told, _, promise = rows[line["service"]]
            assert as_told == "–" and int(line["told"]) < FEW_TOLD, "of a few no share is said"
            assert [served, half, nine] == [line["served"], *(line[n] for n in NAMES)]
            assert promise == f"{line['within_promise_percent']} %"


NAMES = ("half_under_min", "nine_of_ten_under_min")


def test_the_hours_are_those_of_the_csv(reader, office):
    cells = {cell.inner_text() for cell in reader.locator("#quiet td[class]").all()}
    assert cells == {line["half_under_min"] for line in data(office)["hour"]} == {"1"}


def test_bars_are_as_long_as_the_waits(reader):
    half, nine = (float(reader.get_attribute(f"#waits .bar-{name}", "width")) for name in ("half", "nine"))
    assert 0 <= half <= nine == 100
    assert reader.evaluate("document.querySelector('#services .share-kept').getBoundingClientRect().width") > 50


def test_what_nobody_came_for_is_named_once(reader):
    idle = reader.inner_text(".idle")
    assert "Layanan 3" in idle and "Layanan lain & titipan" in idle and "Layanan 1," not in idle


def test_no_number_counter_or_officer_is_on_it(reader, office):
    for text in (reader.content(), requests.get(f"{office.server.url}{PAGE}.csv", timeout=30).text):
        assert not re.search(r"Loket|petugas-|/t/|\b[A-F][KLMNPR]0\d\d\b", text)


@pytest.mark.parametrize("lang", ["id", "en", "su"])
@pytest.mark.parametrize("width", [1280, 360])
def test_it_fits_and_the_checker_finds_nothing(reader, office, lang, width):
    reader.set_viewport_size({"width": width, "height": 740})
    reader.goto(f"{office.server.url}{PAGE}?lang={lang}")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.get_attribute("html", "lang") == lang
    assert faults(reader) == []


def test_periods_and_languages_are_links_that_keep_each_other(reader):
    reader.click("text=90 hari")
    reader.wait_for_url("**period=quarter*")
    reader.click(".langs >> text=EN")
    reader.wait_for_url("**?period=quarter&lang=en")
    assert reader.inner_text(".periods [aria-current]") == "90 days"
    with reader.expect_download() as download:
        reader.click("#csv")
    assert "-quarter-" in download.value.suggested_filename


def test_home_and_report_lead_there(reader, office, chromium):
    reader.goto(office.server.url)
    reader.click("text=Kinerja pelayanan, untuk umum")
    reader.wait_for_url(f"**{PAGE}*")
    assert reader.inner_text("h1").startswith("Separuh pengunjung")
    html = office.client("petugas-1").http.get(f"{office.server.url}/{SITE}/report", timeout=30).text
    assert f'href="{PAGE}?lang=id"' in html


@pytest.mark.parametrize("suffix", ["", ".csv"])
@pytest.mark.parametrize(
    ("site", "query", "status"),
    [(SITE, "?period=tahun", 422), (SITE, "?period=", 422), ("tiada", "", 404), (SITE, "", 200)],
)
def test_another_period_is_refused_and_another_site_unknown(office, suffix, site, query, status):
    answer = requests.get(f"{office.server.url}/{site}/performance{suffix}{query}", timeout=30)
    assert answer.status_code == status


def test_a_hall_where_nobody_was_served_says_so(chromium, tmp_path):
    made = Office(tmp_path)
    try:
        page = chromium.new_page()
        page.goto(made.server.url + PAGE)
        assert page.inner_text("h1") == "Belum ada angka untuk periode ini"
        assert faults(page) == []
        assert data(made)["total"][0]["served"] == "0"
        page.close()
    finally:
        made.server.kill()


def test_who_still_waits_is_named(reader, office):
    """On the running day only the short waits are over."""
    assert "masih menunggu" not in reader.inner_text(".lead")
    office.take(3, 2)
    office.pass_time(90)  # the figures of the running day are a minute old at most
    reader.reload()
    assert "Yang masih menunggu, 2 orang, belum ikut dihitung." in reader.inner_text(".lead")
