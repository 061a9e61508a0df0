"""A television of 2018 shows whom a counter calls, and a page to work at says in plain words that it needs another."""

import contextlib
import json
import os
import re
from pathlib import Path

import pytest

from tests.deep.old_engine import VERSION, old_browser
from tests.world.mall import open_mall

pytestmark = pytest.mark.deep

TOO_OLD = "Peramban ini terlalu lama untuk halaman ini"
PICTURES = os.environ.get("PICTURES")  # a folder: every page of these tests is kept there as it looked


@pytest.fixture(scope="module")
def mall(tmp_path_factory):
    """Sari has called J001 to counter 5."""
    made = open_mall(tmp_path_factory.mktemp("old"))
    made.token = made.kiosk.issue("lebak", "ktp-cetak").json()["token"]
    assert made.sari.verb("lebak", "5", "open").status_code == 200
    assert made.sari.verb("lebak", "5", "call-next").json()["ticket"]["number"] == "J001"
    yield made
    made.server.kill()


@pytest.fixture
def look(mall, tmp_path, request):
    """Open a page in the old browser."""
    with contextlib.ExitStack() as opened:

        def open_page(path, size=(1366, 768), session=None):
            page = opened.enter_context(old_browser(tmp_path / "profile", size))
            assert VERSION in page.value("navigator.userAgent")
            if session:
                page.ask("Network.setCookie", name="session", value=session, url=mall.server.url)
            page.open(mall.server.url + path)
            if PICTURES:
                opened.callback(page.picture, Path(PICTURES) / f"{re.sub(r'[^a-z0-9]+', '-', request.node.name)}.png")
            return page

        yield open_page


def until_begun(page):
    """Wait until the page's own scripts work."""
    page.until(lambda: page.value("document.documentElement.getAttribute('data-started')") == "yes")


def test_a_wall_shows_the_call_and_hears_the_next(mall, look):
    page = look("/lebak/wall", (1920, 1080))
    until_begun(page)
    page.until(lambda: page.value("document.querySelector('#band').innerText").replace("\n", "").find("J001") >= 0)
    assert "5" in page.words().replace("J001", "") and TOO_OLD not in page.words()
    mall.kiosk.issue("lebak", "ktp-cetak")
    assert mall.dedi.verb("lebak", "6", "open").status_code == 200
    number = mall.dedi.verb("lebak", "6", "call-next").json()["ticket"]["number"]
    page.until(lambda: number in page.value("document.querySelector('#band').innerText").replace("\n", ""))


def test_a_counter_display_shows_its_number(look):
    page = look("/lebak/counters/5/display", (1024, 600))
    until_begun(page)
    page.until(lambda: "J001" in page.words().replace("\n", ""))
    assert "5" in page.words().replace("J001", "") and TOO_OLD not in page.words()


def test_a_phone_shows_its_number_and_where_to_go(mall, look):
    page = look(f"/t/{mall.token}", (360, 640))
    until_begun(page)
    page.until(lambda: "J001" in page.words().replace("\n", "") and "Loket 5" in page.words())
    assert TOO_OLD not in page.words()


@pytest.mark.parametrize("path", ["/lebak/kiosk", "/lebak/counters/5", "/lebak/supervisor", "/login", "/"])
def test_a_page_to_work_at_says_that_the_browser_is_too_old(mall, look, path):
    who = mall.sari if "counters" in path else mall.wati
    page = look(path, session=who.http.cookies["session"])
    page.until(lambda: TOO_OLD in page.words())
    box = page.value("JSON.stringify(document.querySelector('#too-old').getBoundingClientRect())")
    there = json.loads(box)
    assert there["top"] >= 0 and there["bottom"] <= 768 and there["height"] > 20, f"out of sight: {there}"
