"""The front desk on screen: a number is found, put right, given and printed; the officer is told what was done."""

import re

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually
from tests.world.server import Client


def card(page):
    """What the page says of the number that it shows."""
    return page.inner_text("#found").replace("\n", " ")


def act(page, verb, **fields):
    """Something done to the number, with what is to be chosen or written."""
    page.click(f"#act-{verb}")
    form = page.locator(f"form[data-act={verb}]")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator(".button-main").click()
    eventually(lambda: page.locator("details[open]").count(), 0, page=page)  # done: before, its options say so too


def renewed(page):
    """The page has asked for itself anew, as it does every few seconds, and put in place what differs."""
    with page.expect_response(lambda answer: answer.request.resource_type == "xhr" and "/front-desk" in answer.url):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(100)


def test_a_service_whose_numbers_are_all_taken_is_not_called_closed(new_desk, office, password):
    officer, boss = new_desk(), Client(office.server).sign_in("pengawas", password)
    none_left = {"total": 0, "reason": "blangko habis"}
    assert boss.put(f"/sites/{SITE}/services/s{officer.n}/quota", none_left).status_code == 200
    made = office.server.cli("user", "add", "meja", "--role", "front_desk", "--site", SITE)
    desk = new_desk(username="meja", password=re.search(r"password: (\S+)", made)[1])
    desk.page.goto(f"{office.server.url}/login?lang=id")
    desk.page.wait_for_url(f"**/{SITE}/front-desk**")
    assert desk.page.inner_text(f"[data-service=s{officer.n}] .offer-state") == "habis hari ini"


def test_a_front_desk_helps_whoever_asks(new_desk, office):
    made = office.server.cli("user", "add", "depan", "--name", "Tuti", "--role", "front_desk", "--site", SITE)
    password = re.search(r"password: (\S+)", made)[1]
    officer = new_desk().open()
    first, second = office.take(officer.n, 2)
    desk = new_desk(username="depan", password=password)
    desk.expect_refusals(409, 422)
    page, url = desk.page, office.server.url

    # Where am I? By a part of the number, by the number, and by the slip's link as a scanner types it.
    page.goto(f"{url}/login?lang=id")
    page.wait_for_url(f"**/{SITE}/front-desk**")
    page.wait_for_selector("#q:focus")
    page.keyboard.type(first[:2])
    page.keyboard.press("Enter")
    page.click(f".front-row:has-text('{second}')")
    page.wait_for_selector(f"h2:has-text('{second}')")
    assert "menunggu, 1 di depannya" in card(page)
    assert "Belum pernah dilewati. Urutan: " in card(page)
    for lang in ("su", "en", "id"):
        page.goto(f"{url}/{SITE}/front-desk?lang={lang}&q={second}")
        assert faults(page) == []
    page.fill("#q", f"{url}/t/{office.tokens[first]}")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h2:has-text('{first}')")
    assert "giliran berikutnya" in card(page)

    # Called, and gone to the bank: held with a reason, and back in the old place. The officer reads by whom and why.
    officer.press("Space")
    officer.until("called", first)
    eventually(lambda: f"dipanggil, Loket {officer.n}" in card(page), True, page=page)
    # One key, and the front desk knows that somebody must be guided here; the same key again, and nobody must.
    officer.press("e")
    eventually(lambda: "didampingi" in officer.page.inner_text("#main").lower(), True, page=officer.page)
    eventually(lambda: first in page.inner_text("[data-part=guided]"), True, page=page)
    officer.page.wait_for_timeout(750)  # a button that bounces presses no key twice
    officer.press("e")
    eventually(lambda: "didampingi" in officer.page.inner_text("#main").lower(), False, page=officer.page)
    above = officer.context.new_page()
    above.goto(f"{url}/{SITE}/counters/{officer.n}/display")
    eventually(lambda: first in above.inner_text("body").replace(" ", ""), True, page=above)

    # The officer asks for help without a word: the front desk sees it and goes, the display never tells.
    officer.press("l")
    eventually(lambda: "Bantuan diminta" in officer.text("#help-asked"), True, page=officer.page)
    eventually(lambda: f"Loket {officer.n} meminta bantuan" in page.inner_text("#helping"), True, page=page)
    assert faults(page) == []
    renewed(page)
    page.click("form[data-act=help] button")
    eventually(lambda: "Tuti datang" in officer.text("#help-asked"), True, page=officer.page)
    eventually(lambda: page.inner_text("#helping").strip(), "", page=page)
    assert "bantuan" not in above.inner_text("body").lower()
    above.close()
    page.focus("#q")
    page.click("#act-hold")
    page.click("form[data-act=hold] .button-main")
    page.wait_for_selector("[name=reason][aria-invalid=true]:focus")
    assert faults(page) == []
    page.click("form[data-act=hold] [data-reason] >> nth=0")
    page.keyboard.press("Enter")
    eventually(lambda: "ditahan" in card(page), True, page=page)
    officer.says(f"Tuti menahan {first}")
    act(page, "return")
    eventually(lambda: "menunggu, giliran berikutnya" in card(page), True, page=page)
    assert "urutan tetap" in page.inner_text("#said")

    # What the officer wrote is read at the next counter; the front desk opens it, and that is recorded.
    officer.settle()
    officer.press("Space")
    officer.until("called", first)
    officer.settle()
    officer.press("s")
    officer.until("serving", first)
    officer.page.fill("#note", "menunggu ibunya")
    officer.page.keyboard.press("Escape")
    officer.press("h")
    officer.until("idle")
    page.click("form[data-act=notes] button")
    eventually(lambda: "menunggu ibunya" in page.inner_text(".front-notes"), True, page=page)
    assert f"Loket {officer.n}" in page.inner_text(".front-notes")
    officer.press("k")
    officer.until("called", first)
    eventually(lambda: "menunggu ibunya" in officer.text("#notes"), True, page=officer.page)
    officer.press("n")
    officer.until("idle")
    eventually(lambda: page.locator("#act-return").count(), 1, page=page)
    act(page, "return")
    eventually(lambda: "menunggu, giliran berikutnya" in card(page), True, page=page)

    # The class was wrong, then the service; another slip; and in the end they go home.
    act(page, "reclass", **{"class": "priority", "reason": "asked"})
    eventually(lambda: "Prioritas" in card(page), True, page=page)
    act(page, "people", people="3")
    eventually(lambda: "3 orang" in card(page), True, page=page)
    page.click("form[data-act=escort] button")
    eventually(lambda: "didampingi" in card(page) and first in page.inner_text("#guided"), True, page=page)
    page.click("form[data-act=reprint] button")
    eventually(
        lambda: f"{first} dicetak ulang, dengan tempat dan perkiraan terbaru." in page.inner_text("#said"),
        True,
        page=page,
    )
    act(page, "move", service="lain")
    eventually(lambda: "Layanan lain & titipan" in card(page), True, page=page)
    act(page, "cancel", reason="pulang")
    eventually(lambda: "dibatalkan" in card(page), True, page=page)
    assert page.locator("#found form:not([data-act=notes])").count() == 0, "nothing is left to be done with it"

    # A new number for another visitor, in priority; the choice is the next one's again.
    page.check("[name=class][value=priority]")
    page.click("#more")
    page.click(f'[data-service="s{officer.n}"]')
    eventually(lambda: "diberikan" in page.inner_text("#said"), True, page=page)
    eventually(lambda: "Prioritas" in card(page) and f"Layanan {officer.n}" in card(page), True, page=page)
    assert "2 orang" in card(page) and page.inner_text("#people") == "1 orang"
    assert page.is_checked("[name=class][value=regular]") and faults(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # Power was away: the sheet is printed, a line with a fault is told at its place, and then all are entered.
    page.click("a[href*='/outage']")
    page.wait_for_selector("#outage [data-part=number]:focus")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    prefix = page.get_attribute("#outage [data-part=number]", "placeholder")[:-3]
    for row, number in ((0, f"{prefix}001"), (2, f"{prefix}001")):
        page.locator("[data-row]").nth(row).locator("[data-part=number]").fill(number)
        page.locator("[data-row]").nth(row).locator("[data-part=issued_at]").fill("00.00")
    page.click("#outage .button-main")
    page.wait_for_selector("[data-row] >> nth=2 >> text=dua baris")
    page.locator("[data-row]").nth(2).locator("[data-part=number]").fill(f"{prefix}2")
    page.click("#outage .button-main")
    page.wait_for_selector("#said:has-text('2 nomor kertas')")
