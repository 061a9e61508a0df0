"""From which kecamatan a visitor comes: asked of one in two, once the number stands; skipped, answered, or let pass."""

from playwright.sync_api import expect

TITLE, LIKELY = "Anda dari kecamatan mana?", 6


def test_one_visitor_in_two_is_asked_beside_the_number_and_every_way_leads_on(new_kiosk, axe):
    kiosk = new_kiosk("lebak", clock=True, bypass_csp=True)
    page, sent = kiosk.page, []
    question, names = page.get_by_role("group", name=TITLE), page.locator(".origin-names button")
    page.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/origin") else None)

    def asked_next() -> str:
        """The next visitor who is asked; between two of them one is not, and sees the QR at once."""
        for _ in range(2):
            number = kiosk.take("imigrasi", "paspor-informasi")
            if question.count():
                return number
            expect(page.locator(".qr")).to_be_visible()
            expect(page.locator(".number-end")).to_contain_text("indai")
            kiosk.touch("done")
        raise AssertionError("two in a row were not asked")

    number = asked_next()
    expect(page.locator(".number-end")).not_to_contain_text("indai")  # there is nothing to scan
    assert names.count() == LIKELY and names.first.inner_text() == "Rangkasbitung"
    page.evaluate(f"{axe}; void (window.seen = axe.run(document, {{resultTypes: ['violations']}}))")
    kiosk.pass_time(1000)  # it waits by the page's clock
    assert page.evaluate("seen.then((one) => one.violations)") == []
    kiosk.touch("origin-more")
    expect(names.first).not_to_have_text("Rangkasbitung")
    kiosk.touch("origin-other")
    expect(page.locator(".follow-privacy")).to_have_text("Terima kasih. Jawaban Anda sudah dihitung.")
    expect(page.locator(".qr")).to_be_visible()
    assert kiosk.number() == number and sent == [{"origin": "other"}]
    kiosk.touch("done")

    asked_next()
    kiosk.touch("origin-skip")
    expect(question).to_have_count(0)
    kiosk.touch("done")

    number = asked_next()
    kiosk.pass_time(20_000)
    expect(question).to_have_count(0)
    expect(page.locator(".qr")).to_be_visible()
    assert kiosk.number() == number and len(sent) == 1, "whoever skips it or lets it pass sends nothing"
