"""The register of devices: a wall is seen, shows its name, tests itself, is revoked, and says so on its own glass."""

import re

import pytest

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def password(office):
    """The administrator's."""
    added = office.server.cli("user", "add", "pengelola", "--name", "Rina", "--role", "admin", "--site", SITE)
    return re.search(r"password: (\S+)", added)[1]


@pytest.fixture
def register(new_desk, password):
    """Open the page on a screen of some size."""

    def open_page(size=LAPTOP):
        made = new_desk(1, username="pengelola", password=password, size=size)
        made.page.desk = made
        made.page.goto(f"{made.office.server.url}/{SITE}/devices?lang=id")
        return made.page

    return open_page


def add(office, name, kind="display"):
    printed = office.server.cli_here("device", "add", name, "--kind", kind, "--site", SITE)
    return re.search(r"token: (\S+)", printed)[1]


def line(page, name):
    return page.locator(f'.device[data-name="{name}"]')


def press(page, name, key):
    """A key of a device's menu."""
    line(page, name).locator("summary").click()
    line(page, name).get_by_role("button", name=key, exact=True).click()


def test_a_wall_is_looked_after_from_afar_until_it_is_revoked(register, office, chromium):
    token = add(office, "TV pintu timur")
    page = register()
    chip = line(page, "TV pintu timur").locator(".chip")
    assert chip.inner_text().strip() == "Belum pernah terlihat"
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    wall = context.new_page()
    try:
        wall.goto(f"{office.server.url}/{SITE}/wall#enrol={token}")
        eventually(lambda: chip.inner_text().strip(), "Hidup", seconds=60, page=page)
        about = line(page, "TV pintu timur").locator(".device-about .secondary")
        eventually(lambda: about.inner_text().strip(), "Layar dinding · 1280 × 720", seconds=60, page=page)

        press(page, "TV pintu timur", "Tampilkan namanya")
        wall.wait_for_selector(".device-cover .device-name")
        assert wall.inner_text(".device-cover").split("\n")[-1] == "TV pintu timur"
        press(page, "TV pintu timur", "Uji jaringan")
        tested = line(page, "TV pintu timur").locator(".device-test")
        eventually(lambda: tested.inner_text()[:14], "Jaringan: baik", seconds=60, page=page)
        assert "is-good" in tested.get_attribute("class")
        press(page, "TV pintu timur", "Uji gambar")
        wall.wait_for_selector(".device-bars")

        with wall.expect_event("load", timeout=60_000):
            press(page, "TV pintu timur", "Muat ulang")

        press(page, "TV pintu timur", "Cabut pendaftaran")
        page.get_by_role("button", name="Batal").click()
        assert line(page, "TV pintu timur").count() == 1
        press(page, "TV pintu timur", "Cabut pendaftaran")
        page.get_by_role("button", name="Ya, cabut").click()
        wall.wait_for_selector("text=Pendaftaran layar ini dicabut")
        eventually(lambda: line(page, "TV pintu timur").count(), 0, seconds=60, page=page)
        wall.wait_for_selector("[data-state=shown]")
        approve(page, wall.inner_text("#code"), "TV pintu timur", "wall")
        wall.wait_for_url("**/wall")
        eventually(lambda: chip.inner_text().strip(), "Hidup", seconds=60, page=page)
    finally:
        context.close()


def test_a_new_screen_shows_six_letters_and_becomes_what_its_keeper_says(register, office, chromium):
    page = register()
    context = chromium.new_context(viewport={"width": 1024, "height": 600})
    new = context.new_page()
    try:
        new.goto(f"{office.server.url}/pair")
        new.wait_for_selector("[data-state=shown]")
        assert faults(new) == []
        code = new.inner_text("#code")
        page.desk.expect_refusals(404)
        approve(page, "222 222", "Layar loket 3", "counter", counter="3")
        assert page.inner_text("#approve-fault").startswith("Tidak ada layar yang menampilkan kode itu")
        approve(page, code.lower(), "Layar loket 3", "counter", counter="3")
        new.wait_for_url("**/counters/3/display")
        eventually(lambda: page.inner_text("#said"), "Layar loket 3 terdaftar; layarnya berganti sendiri.", page=page)
        about = line(page, "Layar loket 3").locator(".device-about .secondary")
        eventually(lambda: about.inner_text()[:21], "Layar loket: Loket 3 ", seconds=60, page=page)
        new.goto(f"{office.server.url}/pair")  # as after a power cut, where this is the browser's start page
        new.wait_for_url("**/counters/3/display")
        new.goto(f"{office.server.url}/{SITE}/kiosk")
        new.wait_for_selector(".pair-code")
        assert re.fullmatch(r"\w{3} \w{3}", new.inner_text(".pair-code"))
        approve(page, new.inner_text(".pair-code"), "Kios baru", "kiosk")
        new.wait_for_selector('[data-key^="agency-"]', timeout=60_000)
    finally:
        context.close()


def approve(page, code, name, shows, **more):
    """Type the code of a new screen, and what it becomes."""
    page.fill("#code", code)
    page.fill("[name=name]", name)
    page.select_option("[name=shows]", shows)
    for field, value in more.items():
        page.select_option(f"[name={field}]", value)
    page.click("#approving")
    page.wait_for_selector("#approving:not([aria-disabled])")


def test_everybody_can_use_the_register_in_three_languages_and_on_a_phone(register, office):
    for name, kind in (("Kios pintu utama yang bernama panjang sekali", "kiosk"), ("Layar loket 12", "display")):
        add(office, name, kind)
    page = register(PHONE)
    for lang in ("id", "su", "en"):
        page.goto(f"{office.server.url}/{SITE}/devices?lang={lang}")
        page.locator(".device-menu summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert faults(page) == []


def test_the_doctor_s_findings_are_things_to_do_on_a_page(new_desk, office):
    printed = office.server.cli("user", "add", "teknisi", "--role", "admin")
    page = new_desk(1, username="teknisi", password=re.search(r"password: (\S+)", printed)[1], size=PHONE).page
    for lang in ("id", "en", "su"):
        page.goto(f"{office.server.url}/health?lang={lang}", timeout=120_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert faults(page) == []
    backup = page.locator('[data-finding="backup_age"]')
    assert backup.locator("code").inner_text() == "queue-server backup DEST"
    backup.get_by_role("button").click()
    assert page.evaluate("getSelection().toString()") == "queue-server backup DEST"
