"""The phone ticket: live from waiting to thanks, through a recall, a sleep and a restarted server."""

import gzip
import uuid

import pytest
from playwright.sync_api import expect

from tests.kiosk_ui.conftest import MONDAY
from tests.kiosk_ui.halls import ONE_SERVICE
from tests.kiosk_ui.visitor import PhoneScreen
from tests.world.server import Server

SITE = "pandeglang"
MOST_REQUESTS = 12  # page, icon, sheet, scripts, fonts, pictures, socket
SMALL = 60_000  # bytes, before fonts


def test_from_waiting_to_thanks(hall, new_phone, counter, ticket):
    act = counter()
    first, second = ticket(), ticket()
    phone = new_phone(hall, second["token"])
    phone.state("waiting")
    expect(phone.page.locator(".own-number")).to_have_text(second["number"])
    expect(phone.page.locator(".place")).to_contain_text("1 orang")

    assert act("call-next").json()["ticket"]["number"] == first["number"]
    expect(phone.page.locator(".place")).to_contain_text("Berikutnya")
    act("serve")
    act("finish")
    assert phone.shakes() == 0

    act("call-next")
    phone.state("called")
    expect(phone.page.locator(".turn-counter")).to_have_text("17")
    assert "Loket 17" in phone.page.title()
    assert phone.shakes() == 1
    expect(phone.page.locator("#announcer")).to_contain_text("Loket 17")
    act("recall")
    phone.until("window.shakes === 2")
    act("serve")
    phone.state("serving")
    act("finish")
    phone.state("completed")
    expect(phone.page.locator("#stage")).to_contain_text("Terima kasih")
    assert phone.shakes() == 2


def test_a_phone_on_a_slow_network_asks_for_few_things(hall, open_screen, ticket):
    phone, asked = open_screen(PhoneScreen, (360, 640), is_mobile=True, has_touch=True), []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.page.on("websocket", lambda line: asked.append(line.url))
    phone.open(f"{hall.url}/t/{ticket()['token']}")
    phone.state("waiting")
    phone.page.wait_for_load_state("networkidle")
    assert any("/socket.io/" in url for url in asked)
    assert len(asked) <= MOST_REQUESTS, asked


def test_the_doings_of_others_do_not_ring_again(hall, new_phone, counter, ticket):
    act = counter("tuti")
    mine = ticket()
    phone = new_phone(hall, mine["token"])
    act("call", {"number": mine["number"], "reason": "uji"})
    phone.state("called")
    phone.until("window.shakes === 1")
    ticket()  # the site's revision grows
    with phone.page.expect_response(f"**/tickets/{mine['token']}") as answer:
        phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    told = answer.value.json()
    assert (told["state"], told["calls"]) == ("called", 1)
    phone.page.wait_for_timeout(300)
    assert phone.shakes() == 1
    act("recall")
    phone.until("window.shakes === 2")
    act("serve")
    act("finish")


def test_a_ticket_says_how_often_it_was_called(counter, ticket, kiosk_api):
    act = counter("nani")
    mine = ticket()
    assert mine["calls"] == 0
    desk = act("call", {"number": mine["number"], "reason": "uji"}).json()
    assert desk["ticket"]["calls"] == kiosk_api().get(f"/tickets/{mine['token']}").json()["calls"] == 1
    desk = act("recall").json()
    assert desk["ticket"]["calls"] == kiosk_api().get(f"/tickets/{mine['token']}").json()["calls"] == 2
    act("serve")
    act("finish")


@pytest.fixture
def called_to(hall, new_phone, kiosk_api):
    """A phone whose number was called to this counter of the hall with named ones."""
    made = []

    def call(number, size=(360, 640)):
        officer = hall.officer(f"heri-{uuid.uuid4().hex[:8]}", site="bernama", agency="imigrasi")
        made.append((officer, number))
        officer.verb("bernama", number, "open")
        mine = kiosk_api("bernama").issue("bernama", "wawancara").json()
        phone = new_phone(hall, mine["token"], size)
        officer.verb("bernama", number, "call", {"number": mine["number"], "reason": "uji"})
        phone.state("called")
        return phone

    yield call
    for officer, number in made:
        for verb in ("serve", "finish", "close"):
            officer.verb("bernama", number, verb)


@pytest.mark.parametrize(
    ("number", "tile", "spoken"),
    [("a1", "A1", "Loket A1"), ("b1", "B1", "Loket B1"), ("w", "Ruang Wawancara", "menuju Ruang Wawancara")],
)
def test_every_counter_has_its_own_name_on_the_phone(called_to, number, tile, spoken):
    phone = called_to(number)
    expect(phone.page.locator(".turn-counter")).to_have_text(tile)
    expect(phone.page.locator(".turn-text")).to_contain_text(spoken)
    expect(phone.page.locator(".turn-word b")).to_have_text("" if number == "w" else "Loket")


def test_a_waiting_phone_names_the_places_as_they_are_called(hall, new_phone, kiosk_api):
    phone = new_phone(hall, kiosk_api("lengkap").issue("lengkap", "paspor", "booked").json()["token"])
    expect(phone.page.locator(".where")).to_contain_text("Nanti keRuang WawancaraatauLoket A1")


@pytest.mark.parametrize("size", [(320, 568), (360, 640), (1366, 768)])
@pytest.mark.parametrize("number", ["w", "p"])
def test_a_counter_with_a_long_name_stands_whole_in_its_tile(called_to, number, size):
    phone = called_to(number, size)
    phone.page.evaluate("document.fonts.ready.then(() => null)")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    place = phone.page.locator(".turn-counter")
    wide, room = place.evaluate("(p) => [p.scrollWidth, p.clientWidth]")
    assert wide <= room
    lines = place.evaluate(
        "(p) => { const all = document.createRange(); all.selectNodeContents(p); return all.getClientRects().length; }"
    )
    assert lines == len(place.inner_text().split())  # no word is broken
    assert place.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)") >= 36


def test_a_missed_call_says_what_to_do(hall, new_phone, counter, ticket):
    act = counter("dewi")
    mine = ticket()
    phone = new_phone(hall, mine["token"])
    act("call", {"number": mine["number"], "reason": "uji"})
    phone.state("called")
    act("no-show")
    phone.state("no_show")
    expect(phone.page.locator(".state")).to_contain_text("sebelum 11.12")
    expect(phone.page.locator("#announcer")).to_contain_text("sebelum 11.12")  # who cannot see it is told as well
    act("return", {"number": mine["number"]})
    phone.state("waiting")
    act("call", {"number": mine["number"], "reason": "uji"})
    phone.state("called")
    act("hold")
    phone.state("held")
    act("return", {"number": mine["number"]})
    phone.state("waiting")
    phone.page.click(".cancel")
    phone.page.click("#ask .button-bad")
    phone.state("cancelled")


def test_a_second_call_is_told_by_its_own_time_and_so_is_its_miss(new_phone, start_server):
    server = start_server()
    server.set_clock("2027-01-18T09:42:00+07:00")
    officer = server.officer("sari", site=SITE, agency="bpjs-kesehatan")
    mine = server.kiosk(SITE).issue(SITE, "bpjs-kepesertaan").json()
    phone = new_phone(server, mine["token"])
    for verb in ("open", "call-next", "hold"):
        officer.verb(SITE, "17", verb)
    server.set_clock("2027-01-18T11:00:00+07:00")
    officer.verb(SITE, "17", "call", {"number": mine["number"], "reason": "kembali"})
    expect(phone.page.locator(".turn-text")).to_contain_text("11.00")
    officer.verb(SITE, "17", "no-show")
    expect(phone.page.locator(".state")).to_contain_text("sebelum 11.30")


def test_the_bell_is_readied_by_a_touch(hall, new_phone, ticket):
    phone = new_phone(hall, ticket()["token"])
    phone.page.click(".button-main")
    expect(phone.page.locator(".bell")).to_contain_text("siap")
    assert phone.shakes() == 1  # it shows what will happen


def test_another_language_is_chosen_on_the_spot(hall, new_phone, ticket):
    phone = new_phone(hall, ticket()["token"])
    phone.page.select_option("#language", "en")
    phone.page.reload()  # and stays it
    expect(phone.page.locator(".own-label")).to_contain_text("Your number, Health insurance")


def test_after_a_sleep_it_tells_the_truth_at_once(hall, new_phone, counter, ticket):
    act = counter("rini")
    mine = ticket()
    phone = new_phone(hall, mine["token"])
    phone.forgive("ERR_INTERNET_DISCONNECTED|WebSocket")
    phone.page.context.set_offline(True)
    assert act("call", {"number": mine["number"], "reason": "uji"}).status_code == 200
    phone.page.wait_for_timeout(500)
    phone.page.context.set_offline(False)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.state("called")
    act("serve")
    act("finish")


def test_it_survives_a_killed_server_without_a_touch(start_server, new_phone, tmp_path):
    (tmp_path / "config" / "sites").mkdir(parents=True)
    (tmp_path / "config" / "sites" / "kecil.toml").write_text(ONE_SERVICE)
    Server(tmp_path / "data").set_clock(MONDAY)  # no midnight comes
    server = start_server(config=tmp_path / "config")
    mine = server.kiosk("kecil").issue("kecil", "paspor").json()
    phone = new_phone(server, mine["token"])
    phone.forgive("ERR_CONNECTION_REFUSED|WebSocket|Failed to load")
    server.kill()
    server.start()
    officer = server.officer("budi", site="kecil", agency="imigrasi")
    officer.verb("kecil", "1", "open")
    officer.verb("kecil", "1", "call-next")
    phone.page.wait_for_selector('body[data-state="called"]', timeout=60_000)
    expect(phone.page.locator(".turn-counter")).to_have_text("1")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("id", "tidak ditemukan lagi"), ("en", "cannot be found any more"), ("su", "tos teu kapendak deui")],
)
def test_a_number_that_the_server_does_not_know_has_no_place_any_more(hall, new_phone, ticket, lang, words):
    ticket()
    mine = ticket()
    phone = new_phone(hall, mine["token"])
    phone.forgive("404")
    phone.page.select_option("#language", lang)
    expect(phone.page.locator(".place")).to_be_visible()

    def forget(route):  # as a server restored to before this number answers
        route.continue_(url=f"{hall.api}/tickets/{'x' * len(mine['token'])}")

    phone.page.route(f"**/api/v1/tickets/{mine['token']}", forget)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.state("unknown")
    expect(phone.page.locator("#stage")).to_contain_text(words)
    expect(phone.page.locator(".place, .fresh, .cancel")).to_have_count(0)
    phone.page.unroute(f"**/api/v1/tickets/{mine['token']}")
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.state("waiting")  # known again: the right backup was put back


def test_another_s_404_does_not_take_a_number_away(hall, new_phone, ticket):
    mine = ticket()
    phone = new_phone(hall, mine["token"])
    phone.forgive("404")
    phone.page.route(
        f"**/api/v1/tickets/{mine['token']}", lambda route: route.fulfill(status=404, body="<h1>Portal</h1>")
    )
    with phone.page.expect_response(f"**/tickets/{mine['token']}"):
        phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.page.wait_for_timeout(300)
    phone.state("waiting")


@pytest.mark.parametrize("size", [(320, 568), (360, 640), (412, 915), (1366, 768)])
def test_it_fits_small_and_large_screens(hall, new_phone, ticket, size):
    phone = new_phone(hall, ticket()["token"], size)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    number = phone.page.locator(".own-number").bounding_box()
    assert number["x"] + phone.page.evaluate("document.querySelector('.own-number').scrollWidth") <= size[0]
    for button in phone.page.locator("button:visible, select:visible").all():
        assert button.bounding_box()["height"] >= 44


def test_it_is_small_enough_for_3g(hall, new_phone, ticket, chromium):
    answers, sizes = [], {}
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()

    def weigh(response):
        if ".woff2" not in response.url:
            body = response.body()
            packed = response.headers.get("content-encoding") == "gzip"
            sizes[response.url] = len(gzip.compress(body)) if packed else len(body)

    page.on("response", lambda response: answers.append(response))
    page.goto(f"{hall.url}/t/{ticket()['token']}", wait_until="networkidle")
    page.wait_for_selector("#stage h1")
    for answer in answers:
        weigh(answer)
    context.close()
    assert len(sizes) > 5
    assert sum(sizes.values()) <= SMALL, sizes


@pytest.mark.parametrize("state", ["waiting", "called"])
def test_the_accessibility_checker_finds_nothing(hall, new_phone, counter, ticket, axe, state):
    mine = ticket()
    phone = new_phone(hall, mine["token"], bypass_csp=True)
    if state == "called":
        act = counter("wati")
        act("call", {"number": mine["number"], "reason": "uji"})
        phone.state("called")
    phone.page.evaluate(axe)
    found = phone.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert not [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]
    if state == "called":
        act("serve")
        act("finish")


def test_a_link_to_a_number_not_known_here_says_what_to_do_in_every_language(hall, open_screen):
    phone = open_screen(PhoneScreen, (360, 640), is_mobile=True, has_touch=True)
    phone.forgive("404")
    assert phone.page.goto(f"{hall.url}/t/AAAAAAAAAAAAAAAAAAAAAA").status == 404
    for lang, words in (("id", "ambil nomor baru"), ("en", "take a new number"), ("su", "candak nomer énggal")):
        expect(phone.page.locator(f'section[lang="{lang}"]')).to_contain_text(words)
    expect(phone.page.locator("h1")).to_have_text("Tautan nomor ini tidak berlaku lagi")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.page.locator("a").count() == 0  # the staff's start page is none of a visitor's business


def test_a_priority_visitor_is_told_the_place_at_which_they_are_called(hall, new_phone, counter, kiosk_api):
    """The order of arrival says nothing: the counter's wheel does, and the holder alone reads which class it is."""
    act, kiosk = counter("lilis"), kiosk_api()
    regular = [kiosk.issue("pandeglang", "bpjs-kepesertaan").json() for _ in range(4)][-1]
    mine = kiosk.issue("pandeglang", "bpjs-kepesertaan", "priority").json()
    phone, other = (new_phone(hall, one["token"]) for one in (mine, regular))
    expect(phone.page.locator(".own-label b")).to_have_text("Prioritas")
    expect(other.page.locator(".own-label")).not_to_contain_text("Prioritas")
    told = phone.page.locator(".place-row b").first.inner_text()
    assert told == {0: "Berikutnya", 1: "1 orang"}[mine["ahead"]]
    paper = phone.page.request.get(f"{hall.url}/t/{mine['token']}/slip").text()
    assert "· <b>Prioritas</b>" in paper
    rule = phone.page.locator(".order").inner_text().removesuffix(" Cara antre")
    assert rule == "Urutan: dari 3 panggilan setiap loket, 2 prioritas dan 1 umum."
    assert rule.removeprefix("Urutan: ") in paper
    before = 0
    while (called := act("call-next").json()["ticket"]["number"]) != mine["number"]:
        before += 1
        act("no-show")
    assert before == mine["ahead"]
    phone.state("called")
    expect(other.page.locator(".place-row").first).to_contain_text("sebelum Anda")
    while called:
        act("no-show")
        called = (act("call-next").json()["ticket"] or {}).get("number")
