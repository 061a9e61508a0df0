"""Booking on a phone, by its keys alone: a day, a time, the code; and given back. Read by everybody, and light."""

from playwright.sync_api import expect

from tests.kiosk_ui.visitor import PhoneScreen

MOST_REQUESTS, SMALL = 12, 60_000  # bytes, before fonts
AXE = "axe.run(document, {resultTypes: ['violations']})"


def test_a_place_is_booked_without_a_finger_and_given_back(hall, open_screen, axe):
    screen = open_screen(PhoneScreen, (360, 720), bypass_csp=True)
    page, answers = screen.page, []
    page.on("response", lambda answer: answers.append(answer))

    def found_by_axe():
        page.evaluate(axe)
        return [(v["id"], [n["html"] for n in v["nodes"]]) for v in page.evaluate(AXE)["violations"]]

    page.goto(f"{hall.url}/pandeglang/book?lang=en", wait_until="networkidle")
    assert len(answers) <= MOST_REQUESTS
    assert sum(len(one.body()) for one in answers if ".woff2" not in one.url) <= SMALL
    assert found_by_axe() == []
    expect(page.locator("#go")).to_be_disabled()
    page.locator("input[name=time]:enabled").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.querySelector('input[name=time]:checked').value")
    expect(page.locator("#go")).to_contain_text(chosen.replace(":", "."))
    assert found_by_axe() == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/b/*")
    expect(page.locator("#code")).to_have_text(page.inner_text("#code"))
    assert len(page.inner_text("#code").replace(" ", "")) == 8
    assert page.evaluate(
        "document.querySelector('.code-qr').complete && document.querySelector('.code-qr').naturalWidth"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert found_by_axe() == []
    page.locator("#give").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "keep"
    assert found_by_axe() == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "give"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector('#own[data-state="cancelled"]')
    assert found_by_axe() == []
