"""Sign-in, the choice of a counter, the choice of a screen."""

import re
from urllib.parse import urlsplit

import pytest

from tests.world.people import PASSWORD
from tests.world.screens import eventually


@pytest.fixture
def page(new_desk):
    """A page where nobody is signed in."""
    desk = new_desk()
    desk.context.clear_cookies()
    desk.page.desk = desk
    return desk.page


def sign_in(page, office, query="", username="petugas-1", password=PASSWORD):
    """Through the form, by keyboard alone."""
    page.goto(f"{office.server.url}/login{query}")
    page.wait_for_selector("#username:focus")  # the browser puts the cursor there once it has drawn the page
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def path(page):
    return urlsplit(page.url).path


def test_after_signing_in_an_officer_picks_a_counter_of_their_agency(page, office):
    sign_in(page, office)
    page.wait_for_selector(".pick")
    names = page.locator(".pick b").all_inner_texts()
    assert "Loket 1" in names
    assert "Loket 99" not in names  # another agency's
    page.click('.pick[href^="/kantor/counters/1?"]')
    page.wait_for_selector("#main-key")


def test_whoever_signs_in_sees_the_hall_and_sees_it_move(page, office):
    numbers = office.take(3, 2)
    officer = office.client("petugas-3")
    assert officer.verb("kantor", "3", "open").status_code == 200
    sign_in(page, office)
    eventually(lambda: page.inner_text('[data-counter="3"] .pick-now').split("\n"), ["Siap", "2 menunggu"], page=page)
    assert page.inner_text('[data-counter="4"] .chip') == "Tutup"
    assert page.inner_text(".pick-sum") == "1 dari 30 loket buka, 2 orang menunggu"
    officer.verb("kantor", "3", "call-next")
    eventually(lambda: page.inner_text('[data-counter="3"] .chip'), f"Memanggil {numbers[0]}", page=page)
    assert page.inner_text('[data-counter="3"] .pick-now').endswith("1 menunggu")
    officer.verb("kantor", "3", "no-show")
    assert officer.verb("kantor", "3", "close", {"reason": "selesai"}).status_code == 200


def test_a_choice_that_could_not_be_fetched_is_fetched_again(page, office):
    page.desk.expect_refusals(503)
    answers = [503, 503]

    def busy(route):
        if not answers:
            return route.continue_()
        said = '{"error": {"code": "busy", "message": "Server sedang sibuk."}}'
        route.fulfill(status=answers.pop(), body=said, content_type="application/json")

    page.route("**/api/v1/sites/*", busy)
    sign_in(page, office)
    eventually(lambda: page.inner_text("#fault"), "Server sedang sibuk.", page=page)
    page.wait_for_selector(".pick")
    assert page.locator("#fault").is_hidden()


def test_a_page_that_asked_for_the_sign_in_is_where_it_leads(page, office):
    page.goto(f"{office.server.url}/kantor/report")
    assert path(page) == "/login"
    sign_in(page, office, "?" + urlsplit(page.url).query)
    page.wait_for_selector("#by-service")
    assert path(page) == "/kantor/report"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"]
)
def test_a_link_cannot_lead_a_signed_in_officer_elsewhere(page, office, elsewhere):
    sign_in(page, office, f"?next={elsewhere}")
    page.wait_for_selector(".pick")
    assert page.url.startswith(office.server.url)


def test_a_wrong_password_is_said_and_the_field_is_ready_for_another(page, office):
    page.desk.expect_refusals(401)
    sign_in(page, office, password="bukan-kata-sandi-itu")
    eventually(lambda: page.inner_text("#fault"), "Nama pengguna atau kata sandi tidak cocok.", page=page)
    assert page.evaluate("document.activeElement.id") == "password"
    assert page.input_value("#username") == "petugas-1"


def test_nothing_is_sent_while_a_field_is_empty(page, office):
    before = len(page.desk.sent)
    sign_in(page, office, password="")
    assert page.inner_text("#fault") == "Isi nama pengguna dan kata sandi."
    assert len(page.desk.sent) == before


def test_enter_before_the_script_is_there_puts_no_password_into_an_address(chromium, office):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{office.server.url}/login")
    page.fill("#username", "petugas-1")
    page.fill("#password", "rahasia-besar")
    with page.expect_event("console", lambda message: "form-action" in message.text):
        page.press("#password", "Enter", no_wait_after=True)
    assert page.url == f"{office.server.url}/login"
    assert page.input_value("#password") == "rahasia-besar"
    page.context.close()


def test_too_many_attempts_say_how_long_to_wait(page, office):
    page.desk.expect_refusals(429)
    told = {"error": {"code": "too_many_requests", "message": "…", "details": {"retry_after_s": 905}}}
    page.route("**/login", lambda r: r.fulfill(status=429, json=told) if r.request.method == "POST" else r.continue_())
    sign_in(page, office)
    eventually(lambda: "15.05" in page.inner_text("#fault"), True, page=page)


def test_a_server_that_does_not_answer_is_said(page, office):
    page.desk.expect_lost_lines()
    page.route("**/api/v1/login", lambda route: route.abort())
    sign_in(page, office)
    eventually(lambda: page.inner_text("#fault").startswith("Server tidak menjawab"), True, page=page)


def test_the_password_can_be_shown_and_pasted(page, office):
    page.goto(f"{office.server.url}/login")
    page.fill("#password", "rahasia-besar")
    assert page.get_attribute("#password", "type") == "password"
    page.click("#show")
    assert page.get_attribute("#password", "type") == "text"
    page.evaluate("document.getElementById('password').select()")
    page.evaluate("document.execCommand('copy')")
    page.keyboard.press("End")
    page.keyboard.press("Control+v")
    eventually(lambda: page.input_value("#password"), "rahasia-besar" * 2, page=page)


def test_the_home_page_leads_to_every_screen_and_shows_no_accounts(page, office):
    page.goto(office.server.url)
    links = {a.get_attribute("href").split("?")[0] for a in page.query_selector_all("main a")}
    wanted = {"/kantor/kiosk", "/kantor/wall", "/kantor/supervisor", "/kantor/report"}
    wanted |= {"/kantor/counters/1", "/kantor/counters/1/display"}
    assert wanted <= links
    for link in wanted:
        assert page.context.request.get(office.server.url + link).status == 200
    assert not page.query_selector("#demo-accounts")


def test_the_language_stays_from_page_to_page(page, office):
    sign_in(page, office, "?lang=en&next=/kantor/counters/2")
    page.wait_for_selector("#main-key")
    eventually(lambda: page.inner_text("#main-word"), "Open the counter", page=page)
    page.goto(f"{office.server.url}/?lang=su")
    assert page.inner_text("h1") == "Pilih layar"
    assert re.search(r"lang=su", page.get_attribute('a[href^="/kantor/counters/2?"]', "href"))


def test_signing_out_ends_the_session(page, office):
    sign_in(page, office)
    page.wait_for_selector(".pick")
    page.click("#sign-out")
    page.wait_for_selector("#site-kantor")
    page.goto(f"{office.server.url}/kantor/counters/1")
    assert path(page) == "/login"
