"""Taking a number: three touches, never two tickets, never none."""

import re

import pytest
from playwright.sync_api import expect

from tests.kiosk_ui.visitor import SETTLED_MS, KioskScreen
from tests.world.screens import eventually

TICKETS = "**/api/v1/sites/*/tickets"
PRINTED = "(JSON.parse(localStorage.getItem(`kiosk-intent ${location.pathname}`)) || {}).printed === true"


def waiting(api, service="ktp-cetak", site="pandeglang") -> int:
    """How many wait for the service, by the server."""
    services = api(site).get(f"/sites/{site}").json()["services"]
    return next(s["waiting"] for s in services if s["id"] == service)


def test_three_touches_give_the_number_of_the_reply(kiosk):
    with kiosk.page.expect_response(TICKETS) as reply:
        number = kiosk.take()
    ticket = reply.value.json()
    assert number == ticket["number"]
    assert len(kiosk.posts) == 1
    expect(kiosk.page.locator(".where")).to_contain_text("atau")
    expect(kiosk.page.locator("#announcer")).to_contain_text(" ".join(number))
    kiosk.until("document.querySelector('.qr').naturalWidth > 0")


def test_priority_is_a_touch_beside_it_and_says_whose_it_is(kiosk):
    kiosk.details("dukcapil", "ktp-cetak")
    expect(kiosk.page.locator(".take-who")).to_contain_text("lansia")
    with kiosk.page.expect_response(TICKETS) as reply:
        kiosk.touch("take-priority")
    assert reply.value.json()["class"] == "priority"
    expect(kiosk.page.locator(".number-from b")).to_have_text("Prioritas")
    expect(kiosk.page.locator("#date")).to_have_text(re.compile(r"^\w+, \d+ \w+ 20\d\d$"))  # a wrong day is doubted


@pytest.mark.parametrize("clicks", [2, 3])
def test_a_double_or_triple_tap_is_one_wish_and_one_ticket(new_kiosk, kiosk_api, clicks):
    kiosk = new_kiosk(clock=True)  # a busy machine may be slow between two taps: they are of one moment here
    kiosk.details("dukcapil", "ktp-cetak")
    before = waiting(kiosk_api)
    kiosk.pass_time(SETTLED_MS)
    kiosk.page.click('[data-key="take-regular"]', click_count=clicks, delay=20)
    kiosk.number()
    kiosk.page.wait_for_timeout(500)
    assert len(kiosk.posts) == 1
    assert waiting(kiosk_api) == before + 1


def test_two_fingers_on_two_keys_are_one_wish(kiosk, kiosk_api):
    kiosk.details("dukcapil", "ktp-cetak")
    before = waiting(kiosk_api)
    kiosk.page.evaluate(
        "for (const key of ['regular', 'priority']) document.querySelector(`[data-key=take-${key}]`).click()"
    )
    kiosk.number()
    assert len(kiosk.posts) == 1
    assert waiting(kiosk_api) == before + 1


def test_the_second_half_of_a_double_tap_does_not_touch_the_next_screen(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.pass_time(SETTLED_MS)
    box = kiosk.page.locator('[data-key="agency-dukcapil"]').bounding_box()
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    kiosk.page.mouse.dblclick(*place)
    kiosk.page.wait_for_timeout(500)
    assert kiosk.name == "services"
    kiosk.pass_time(SETTLED_MS)
    kiosk.page.mouse.click(*place)  # there was something to touch
    kiosk.wait("details")


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_reply_is_asked_again_with_the_same_key_and_gives_the_same_ticket(kiosk, kiosk_api, lost):
    kiosk.forgive("ERR_FAILED")
    before, answers = waiting(kiosk_api), []

    def lose(route):
        reply = route.fetch()  # the server has issued it …
        answers.append(reply.json()["number"])
        # … and the reply never arrives, the first times
        if len(answers) <= lost:
            route.abort()
        else:
            route.fulfill(response=reply)

    kiosk.page.route(TICKETS, lose)
    number = kiosk.take()
    assert set(answers) == {number} and len(answers) > lost  # a busy server may be asked once more
    assert len(set(kiosk.keys)) == 1
    assert waiting(kiosk_api) == before + 1


def test_while_no_answer_comes_the_screen_says_that_it_keeps_trying(kiosk):
    kiosk.forgive("ERR_FAILED")
    kiosk.page.route(TICKETS, lambda route: route.abort())
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.touch("take-regular")
    kiosk.wait("sending")
    expect(kiosk.page.locator(".notice-line")).to_contain_text("Kami terus mencoba")
    kiosk.page.unroute(TICKETS)
    kiosk.number()
    assert len(set(kiosk.keys)) == 1


def test_after_a_minute_without_answer_it_sends_the_visitor_to_people(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.forgive("ERR_FAILED")
    kiosk.page.route(TICKETS, lambda route: route.abort())
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.pass_time(1000)
    kiosk.touch("take-regular")
    for _ in range(50):
        if kiosk.name == "lost":
            break
        kiosk.pass_time(2000)
    kiosk.title("Nomor belum dapat diambil")
    assert len(set(kiosk.keys)) == 1
    kiosk.touch("start")
    kiosk.wait("agencies")


def test_a_reload_shows_the_same_ticket_and_prints_it_once(kiosk, kiosk_api):
    before = waiting(kiosk_api)
    number = kiosk.take()
    kiosk.until(PRINTED)
    kiosk.page.reload()
    assert kiosk.number() == number
    assert len(kiosk.posts) == 2
    assert len(set(kiosk.keys)) == 1
    assert waiting(kiosk_api) == before + 1
    expect(kiosk.page.locator(".paper")).to_contain_text("foto")  # no paper is on its way
    kiosk.page.wait_for_timeout(500)
    assert len(kiosk.slips) == 1


def test_a_reload_while_the_slip_loads_prints_it_after_all(kiosk):
    asked = []

    def leave_the_first(route):  # without an answer, until the reload ends it
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    kiosk.page.route("**/slip?*", leave_the_first)
    number = kiosk.take()
    kiosk.slip()
    kiosk.page.reload()
    assert kiosk.number() == number
    expect(kiosk.page.locator(".paper")).to_contain_text("Ambil karcis")
    kiosk.until("window.prints === 1")


def test_a_slip_that_comes_after_its_visitor_brings_nothing_back(kiosk):
    held = []
    kiosk.page.route("**/slip?*", lambda route: held.append(route))
    kiosk.take()
    kiosk.slip()
    kiosk.touch("done")
    kiosk.wait("agencies")
    eventually(lambda: len(held), 1, page=kiosk.page)
    held[0].continue_()
    kiosk.until("window.prints === 1")
    kiosk.page.reload()
    kiosk.wait("agencies")
    kiosk.page.wait_for_timeout(500)
    assert kiosk.name == "agencies"


def take_and_lose_the_reply(kiosk):
    """The server gives the number, and the kiosk never hears of it."""
    kiosk.forgive("ERR_FAILED")
    lost = []

    def swallow(route):
        if not lost:
            lost.append(route.fetch())
        route.abort()

    kiosk.page.route(TICKETS, swallow)
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.touch("take-regular")
    kiosk.wait("sending")
    eventually(lambda: len(lost), 1, page=kiosk.page)


def test_a_reload_before_the_reply_still_gives_the_one_ticket(kiosk, kiosk_api):
    before = waiting(kiosk_api)
    take_and_lose_the_reply(kiosk)
    kiosk.page.unroute(TICKETS)
    kiosk.page.reload()
    assert kiosk.number()
    assert len(set(kiosk.keys)) == 1
    assert waiting(kiosk_api) == before + 1


def test_a_browser_started_again_before_the_reply_still_gives_the_one_ticket(kiosk, kiosk_api):
    before = waiting(kiosk_api)
    take_and_lose_the_reply(kiosk)
    again = KioskScreen(kiosk.page.context.new_page())  # its session is a new one, as after a start
    address = kiosk.page.url
    kiosk.page.close()
    again.open(address)
    assert again.number()
    assert set(again.keys) == set(kiosk.keys)
    assert waiting(kiosk_api) == before + 1


def test_a_spoilt_memory_does_not_stop_the_kiosk(kiosk):
    kiosk.page.evaluate("localStorage.setItem(`kiosk-intent ${location.pathname}`, '{\"key\": ')")
    kiosk.page.reload()
    kiosk.wait("agencies")
    assert kiosk.take()


def test_the_next_visitor_gets_another_wish(kiosk):
    first = kiosk.take()
    kiosk.touch("done")
    kiosk.wait("agencies")
    second = kiosk.take()
    assert first != second
    assert len(set(kiosk.keys)) == 2
    kiosk.touch("done")
    kiosk.page.reload()
    kiosk.wait("agencies")


@pytest.mark.parametrize(("query", "width"), [("", "80"), ("?slip=58", "58"), ("?slip=99", "80")])
def test_the_slip_is_printed_once_at_the_paper_s_width(new_kiosk, query, width):
    kiosk = new_kiosk(query=query)
    kiosk.take()
    kiosk.until("window.prints === 1")
    assert f"width={width}" in kiosk.slip()
    expect(kiosk.page.locator(".paper")).to_contain_text("Ambil karcis")


def test_a_kiosk_without_a_printer_prints_nothing_and_stays_longer(new_kiosk):
    kiosk = new_kiosk(query="?slip=0")
    kiosk.take()
    expect(kiosk.page.locator(".paper")).to_contain_text("foto")
    seconds = int("".join(filter(str.isdigit, kiosk.page.inner_text("#closes"))))
    assert seconds > 31  # longer than with paper, however late this looks
    assert kiosk.slips == []


def test_a_slip_that_does_not_load_costs_no_ticket_and_is_said(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.forgive("ERR_FAILED")
    kiosk.page.route("**/slip?*", lambda route: route.abort())
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.touch("take-regular")
    number = kiosk.number()
    kiosk.pass_time(11000)
    expect(kiosk.page.locator(".paper-note")).to_contain_text("tetap berlaku")
    assert kiosk.number() == number


def test_a_kiosk_that_is_not_enrolled_says_so_at_once(new_kiosk):
    kiosk = new_kiosk(enrol=False)
    kiosk.wait("unenrolled")
    expect(kiosk.page.locator("#stage")).to_contain_text("meja informasi")


def test_a_hall_with_one_service_needs_one_touch(new_kiosk):
    kiosk = new_kiosk(site="kecil")
    assert kiosk.name == "details"
    expect(kiosk.page.locator('[data-key="take-booked"]')).to_contain_text("Sudah punya jadwal")
    expect(kiosk.page.locator('[data-key="back"]')).to_have_count(0)
    kiosk.touch("take-booked")
    assert kiosk.number().startswith("WM")
    expect(kiosk.page.locator(".place")).to_contain_text("Belum ada")  # nobody has opened a counter
