"""The page of what a hall is made of: one row is changed, looked over, and saved; two admins lose nothing."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.pages.office import SITE, Office
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import PATIENCE_MS, Watch


@pytest.fixture(scope="module")
def admin(office: Office):
    """An admin of the hall, at the API."""
    return office.server.officer("boss", site=SITE, role="admin")


@pytest.fixture
def open_page(office: Office, admin, chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """A page for each admin, in a browser of its own; at the end none may have erred or asked another host."""
    opened = []

    def make(query: str) -> Page:
        context = chromium.new_context(viewport={"width": 1366, "height": 768})
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(context)
        watch.expected.append(re.compile("status of (409|422)"))  # the browser writes refusals into its console
        session = {"name": "session", "value": admin.http.cookies["session"], "url": office.server.url}
        context.add_cookies([session])
        opened.append((context, watch))
        page = context.new_page()
        page.goto(f"{office.server.url}/{SITE}/structure?{query}")
        return page

    yield make
    faults = [fault for _, watch in opened for fault in watch.faults + watch.outside]
    for context, _ in opened:
        context.close()
    assert not faults


def row(admin, part: str, id: str) -> dict:
    """A row of the structure in force."""
    made = admin.get(f"/sites/{SITE}/structure").json()["structure"]
    return next((one for one in made[part] if one["id"] == id), {})


def changes(page: Page) -> list[str]:
    """What the page says is about to be saved."""
    return page.locator("#changes li").all_inner_texts()


def save(page: Page) -> None:
    """Press the key, and wait for the page that says so; what the save before said is no answer."""
    page.evaluate("document.querySelectorAll('.structure-saved').forEach((one) => one.remove())")
    page.click("#save")
    page.wait_for_selector(".structure-saved, #fault:not([hidden])")
    assert page.query_selector(".structure-saved"), page.inner_text("#fault")


def test_a_service_is_changed_and_every_reader_has_it(open_page, admin, office):
    page = open_page("part=services&id=s1")
    expect(page.locator("#save")).to_have_attribute("aria-disabled", "true")
    page.fill("#f-target_minutes", "25")
    page.fill('[data-field="name"] [data-language="en"]', "Service one")
    page.fill('[data-day="fri"] [data-window] >> nth=0', "8.00 - 11.30")
    page.fill('[data-day="fri"] [data-window] >> nth=1', "13.00–15.00")
    page.fill("#why", "Jumatan")
    assert changes(page) == [
        "Nama di layar Layanan 1 → Layanan 1",
        "Janji waktu layanan (menit) 10 → 25",
        "Hari dan jam kosong → Jumat 08.00–11.30, 13.00–15.00",
    ]
    save(page)
    now = row(admin, "services", "s1")
    assert now["name"] == {"id": "Layanan 1", "en": "Service one"}
    assert (now["target_minutes"], now["hours"]) == (25, {"fri": ["08:00-11:30", "13:00-15:00"]})
    page.goto(f"{office.server.url}/{SITE}/structure?part=versions")
    first = page.locator(".structure-versions tbody tr").first.inner_text()
    assert "Berlaku" in first and "Jumatan" in first and "services.s1.target_minutes" in first


def test_papers_by_case_are_typed_and_read_again(open_page, admin):
    page = open_page("part=services&id=s5")
    in_language = '[data-field="requirements"] [data-language="{}"]'
    page.fill(in_language.format("id"), "KK\nHilang:\nSurat polisi\nFoto\n\nRusak:\nKartu lama")
    page.fill(in_language.format("en"), "Lost:\nPolice report\nPhoto")
    page.fill('[data-field="product"] [data-language="id"]', "Kartu")
    page.fill("#f-checked", "2026-11-02")
    save(page)
    now = row(admin, "services", "s5")
    assert now["requirements"] == [
        {"items": ["KK"]},
        {
            "when": {"id": "Hilang", "en": "Lost"},
            "items": {"id": ["Surat polisi", "Foto"], "en": ["Police report", "Photo"]},
        },
        {"when": "Rusak", "items": ["Kartu lama"]},
    ]
    assert (now["product"], now["checked"]) == ("Kartu", "2026-11-02")
    page.goto(page.url.partition("?")[0] + "?part=services&id=s5")
    assert page.input_value(in_language.format("id")) == "KK\nHilang:\nSurat polisi\nFoto\nRusak:\nKartu lama"
    page.fill("#f-target_minutes", "7")
    assert len(changes(page)) == 1, "what is not touched stays as it is"


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(open_page, admin):
    page = open_page("part=services&id=s2")
    before = row(admin, "services", "s2")
    page.fill("#f-prefix", "I")
    page.fill("#f-quota_total", "banyak")
    page.fill('[data-day="mon"] [data-window] >> nth=0', "15.00–08.00")
    page.click("#save")
    expect(page.locator("#e-prefix")).to_be_visible()
    for fault in ("#e-quota_total", "#e-hours"):
        expect(page.locator(fault)).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "f-prefix"
    assert page.input_value("#f-quota_total") == "banyak"
    assert row(admin, "services", "s2") == before
    page.fill("#f-prefix", before["prefix"])
    page.fill("#f-quota_total", "40")
    page.fill('[data-day="mon"] [data-window] >> nth=0', "08.00–15.00")
    save(page)
    assert row(admin, "services", "s2")["quota"] == {"total": 40}


def test_of_two_admins_at_once_nothing_is_lost_and_who_changes_the_same_is_told(open_page, admin):
    one, other, third = (open_page(f"part=services&id={id}") for id in ("s3", "s4", "s3"))
    one.fill("#f-target_minutes", "31")
    save(one)
    other.fill("#f-target_minutes", "41")
    save(other)  # another service: made of what the first has saved
    assert [row(admin, "services", id)["target_minutes"] for id in ("s3", "s4")] == [31, 41]
    third.fill("#f-target_minutes", "99")
    third.click("#save")
    expect(third.locator("#fault")).to_contain_text("services.s3.target_minutes")
    assert third.input_value("#f-target_minutes") == "99"
    assert row(admin, "services", "s3")["target_minutes"] == 31


def test_a_counter_is_added_and_a_service_ended(open_page, admin):
    page = open_page("part=counters&new=1")
    page.fill("#f-id", "baru")
    page.fill("#f-name", "Loket 77")
    page.select_option("#f-agency", "a")
    page.check('[data-field="services"] input[value="s5"]')
    save(page)
    expect(page.locator(".structure-name")).to_have_text("Loket 77")
    assert row(admin, "counters", "baru")["services"] == ["s5"]
    page = open_page("part=services&id=s6")
    page.click(".structure-retire summary")
    page.click("#retire")
    expect(page.locator("#fault")).to_contain_text("counters")  # its counter would have nothing to call
    page = open_page("part=counters&id=6")
    page.check('[data-field="services"] input[value="s5"]')
    save(page)
    page = open_page("part=services&id=s6")
    page.click(".structure-retire summary")
    page.click("#retire")
    page.wait_for_selector(".structure-saved")
    assert row(admin, "services", "s6") == {}
    assert row(admin, "counters", "6")["services"] == ["s5"]


def test_a_change_for_a_later_day_waits_for_it(open_page, admin):
    page = open_page("part=hall")
    page.fill("#f-address", "Jalan Baru 1")
    page.fill("#day", "2030-01-07")
    expect(page.locator("#when-day")).to_be_checked()
    save(page)
    expect(page.locator(".notice-warn")).to_contain_text("Senin, 7 Januari 2030")
    made = admin.get(f"/sites/{SITE}/structure").json()["structure"]
    assert "address" not in made
    assert admin.get(f"/sites/{SITE}/structure?at=2030-01-08").json()["structure"]["address"] == "Jalan Baru 1"

    page.click('.structure-parts a[href*="part=versions"]')
    page.click(".structure-versions summary")
    assert faults(page) == []
    page.click(".structure-versions .button-bad")
    expect(page.locator(".structure-versions .chip").first).to_have_text("Dibatalkan")
    assert "address" not in admin.get(f"/sites/{SITE}/structure?at=2030-01-08").json()["structure"]


def test_a_day_that_the_hall_decides_wins_and_says_who_decided_it(open_page, admin, office):
    page = open_page("part=dates&new=1&date=2030-03-04&name=Hari jadi")
    page.fill("#f-source", "Perbup 7/2029")
    save(page)
    shown = page.locator(".structure-form")
    assert (page.input_value("#f-date"), page.input_value("#f-source")) == ("2030-03-04", "Perbup 7/2029")
    expect(shown).to_be_visible()
    made = admin.get(f"/sites/{SITE}/structure").json()["structure"]
    assert made["dates"] == [{"date": "2030-03-04", "name": "Hari jadi", "source": "Perbup 7/2029"}]
    page.uncheck('[data-field="closed"] input')
    page.fill('[data-field="hours"] [data-window] >> nth=0', "09.00-12.00")
    save(page)
    made = admin.get(f"/sites/{SITE}/structure").json()["structure"]
    assert (made["dates"][0]["closed"], made["dates"][0]["hours"]) == (False, "09:00-12:00")


def test_a_row_is_moved_among_those_of_its_agency(open_page, admin):
    def order() -> list[str]:
        made = admin.get(f"/sites/{SITE}/structure").json()["structure"]["services"]
        return [one["id"] for one in made if one["agency"] == "a"]

    before = order()
    page = open_page("part=services&id=s11")
    page.click("#up")
    page.wait_for_selector(".structure-saved")
    after = order()
    assert after.index("s11") == before.index("s11") - 1 and sorted(after) == sorted(before)


def test_prices_are_a_list_to_which_one_adds_and_from_which_one_takes(open_page, admin):
    page = open_page("part=services&id=s12")
    for n, (name, amount) in enumerate((("Baru", "30000"), ("Perpanjangan", "20000"))):
        page.click('[data-field="fees"] [data-add]')
        row = page.locator('[data-field="fees"] > .structure-row').nth(n)
        row.locator('[data-field="name"] [data-language="id"]').fill(name)
        row.locator('[data-field="amount"] input').fill(amount)
    save(page)
    two = [{"name": "Baru", "amount": 30000}, {"name": "Perpanjangan", "amount": 20000}]
    assert row_of_fees(admin) == two
    page.click('[data-field="fees"] summary >> nth=0')
    page.click('[data-field="fees"] [data-remove] >> nth=0')
    save(page)
    assert row_of_fees(admin) == two[1:]


def row_of_fees(admin) -> list:
    """The prices in force."""
    return row(admin, "services", "s12")["fees"]


def test_every_part_of_the_page_is_there_for_everybody_in_three_languages(open_page, office):
    page = open_page("part=services&id=s13")
    parts = ("services", "agencies", "counters", "hall", "dates", "spans", "versions", "counters&new=1")
    for part, lang in [*((part, "id") for part in parts), ("services", "en"), ("services", "su")]:
        page.goto(f"{office.server.url}/{SITE}/structure?part={part}&lang={lang}")
        assert faults(page) == [], (part, lang)
