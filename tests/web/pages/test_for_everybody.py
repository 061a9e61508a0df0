"""Everybody can work with these pages: the accessibility checker finds nothing, in any state."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.pages.office import SITE
from tests.world.screens import AT_REST, Watch

AXE = Path(__file__).parents[2] / "vendor" / "axe.min.js"


def faults(page):
    """What the checker finds, with the places."""
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("keys", [(), ("Space",), ("Space", "s"), ("Space", "t"), ("b",), ("p",), ("?",)])
def test_the_checker_finds_nothing_on_the_officers_page(desk, office, keys):
    office.take(desk.n, 2)
    for key in keys:
        desk.press(key)
        desk.settle()
    assert faults(desk.page) == []


@pytest.mark.parametrize("path", ["/", "/login", f"/{SITE}/report"])
def test_the_checker_finds_nothing_on_the_plain_pages(desk, office, path):
    desk.page.goto(office.server.url + path)
    assert faults(desk.page) == []


@pytest.fixture
def phone(chromium, office):
    """A visitor's, with no account; at the end no page may have erred, kept a cookie or asked another host."""
    context = chromium.new_context(viewport={"width": 360, "height": 720}, is_mobile=True, has_touch=True)
    watch = Watch(context)
    yield context.new_page()
    assert context.cookies() == []
    context.close()
    assert not watch.faults + watch.outside


def test_a_visitor_reads_what_is_kept_of_them_erases_it_and_reads_it_in_three_languages(phone, office):
    n = str(next(office.free))
    (number,) = office.take(int(n))
    officer = office.client(f"petugas-{n}")
    for verb, said in (("open", None), ("call-next", None), ("serve", None), ("finish", {"note": "KK menyusul"})):
        assert officer.verb(SITE, n, verb, said).status_code == 200
    own = f"{office.server.url}/t/{office.tokens[number]}"
    phone.goto(f"{own}?lang=id")
    phone.get_by_role("link", name="Data Anda", exact=True).click()
    expect(phone.locator("#own")).to_contain_text("Catatan petugas (1)")
    for lang in ("en", "su", "id"):
        phone.goto(f"{own}/data?lang={lang}")
        assert faults(phone) == [], lang
        assert "KK menyusul" not in phone.content(), "whoever photographs a slip would read it"
    phone.get_by_role("button", name="Hapus sekarang").click()
    expect(phone.locator("#nothing")).to_contain_text("Tidak ada data pribadi")
    phone.get_by_role("link", name="Semua yang disimpan").click()
    expect(phone.locator("#rights")).to_be_visible()
    for lang in ("en", "su", "id"):
        phone.goto(f"{office.server.url}/{SITE}/privacy?lang={lang}")
        assert faults(phone) == [], lang
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_checker_would_find_something(desk):
    desk.page.evaluate("document.getElementById('note').removeAttribute('placeholder')")
    desk.page.evaluate("document.querySelector('label[for=note]').remove()")
    desk.page.evaluate("document.getElementById('result').hidden = false")
    assert [one for one, _ in faults(desk.page)] == ["label"]
