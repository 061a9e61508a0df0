"""The roster on screens: written by a supervisor, told to the officer, and an alarm where nobody came."""

import re

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually


def row(page, counter, n=0):
    """A shift of a counter, on the page."""
    return page.locator(f'[data-counter="{counter}"] [data-shift]').nth(n)


def test_a_roster_is_written_told_and_missed(new_desk, office):
    made = office.server.cli("user", "add", "jadwal", "--name", "Wati", "--role", "supervisor", "--site", SITE)
    desk = new_desk(username="jadwal", password=re.search(r"password: (\S+)", made)[1])
    desk.expect_refusals(422)
    page, url, mine = desk.page, office.server.url, next(office.free)
    page.goto(f"{url}/{SITE}/roster?lang=id")
    for lang in ("su", "en", "id"):
        page.goto(f"{url}/{SITE}/roster?lang={lang}")
        assert faults(page) == []

    # Two shifts at one counter; what overlaps is told at its place, and nothing of the rest is lost.
    row(page, mine).locator("select").select_option(label=f"petugas-{mine}")
    row(page, mine).locator("[data-part=to]").fill("12.00")
    page.click(f'[data-counter="{mine}"] [data-add]')
    page.wait_for_function("document.activeElement.dataset.part === 'account'")
    page.locator(":focus").select_option(label="petugas-1")
    row(page, mine, 1).locator("[data-part=from]").fill("1130")
    row(page, mine, 1).locator("[data-part=to]").fill("24.00")
    page.click("#roster .button-main")
    eventually(lambda: "sudah terisi" in row(page, mine, 1).inner_text(), True, page=page)
    assert faults(page) == []
    row(page, mine, 1).locator("[data-part=from]").fill("12.00")
    page.click("#roster .button-main")
    page.wait_for_url("**saved=1**")
    assert row(page, mine, 1).locator("[data-part=to]").input_value() == "24.00"

    # The officer reads it where the work begins, and the supervisor that nobody came.
    officer = new_desk(mine)
    for path, where in (("", ".sits"), ("me", ".me-facts"), (f"{SITE}/counters/{mine}", "#time")):
        officer.page.goto(f"{url}/{path}?lang=id")
        eventually(lambda w=where: f"Loket {mine}, 00.00–12.00" in officer.page.inner_text(w), True, page=officer.page)
    page.goto(f"{url}/{SITE}/supervisor?lang=id")
    missed = page.locator(f'.alarm[data-kind=unstaffed][data-counter="{mine}"]')
    eventually(lambda: f"Jadwal: petugas-{mine}" in missed.inner_text(), True, page=page)
    missed.locator("button").click()
    eventually(lambda: "Diurus Wati" in missed.inner_text(), True, page=page)
    assert missed.locator("button").count() == 1 and not missed.locator("button").is_visible()
    assert officer.open().text("#state")
    eventually(missed.count, 0, page=page)

    # Tomorrow is as today, by one link; on a phone too. Somebody of another agency helps out today.
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{url}/{SITE}/roster?lang=id")
    page.click(".roster-nav a >> nth=1")
    page.wait_for_url("**day=*")
    page.click(".roster-pick button")  # the day that stands there
    page.wait_for_url("**lang=id&day=*")
    page.click(".roster-copy a")
    assert row(page, mine).locator("[data-part=to]").input_value() == "12.00"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("#roster .button-main")
    page.wait_for_url("**saved=1**")
    page.goto(f"{url}/{SITE}/roster?lang=id")
    page.select_option("#help-account", label="petugas-99")
    page.select_option("#help [name=agency]", "a")
    page.click("#help button")
    page.wait_for_selector(".helping")
    assert "membantu di Instansi A" in page.inner_text(".helping") and faults(page) == []
    page.click(".helping button")
    eventually(page.locator(".helping").count, 0, page=page)
