"""The supervisor's page: what happens elsewhere is seen here, what is lost is said, and the day closes once."""

import itertools
import json
import re

import pytest

from tests.web.pages.office import DESKTOP, SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually
from tests.world.server import Client

PHONE = {"width": 390, "height": 844}
SOON_S = 12.0  # a busy machine's moment; a page that nobody tells anything looks every 15 s


@pytest.fixture
def counter(office):
    """A counter of one's own, open, with its officer at the API; tidied up afterwards."""
    n = str(next(office.free))
    who = office.client(f"petugas-{n}")
    assert who.verb(SITE, n, "open").status_code == 200
    yield n, who
    for verb in ("no-show", "close"):
        who.verb(SITE, n, verb, {"reason": "selesai"})


def tile(page, n):
    """(state, what stands on it) of a counter's tile."""
    found = page.locator(f'[data-counter="{n}"].post')
    return found.get_attribute("data-state"), found.locator(".post-what").inner_text().replace("\n", "")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_call_made_elsewhere_is_seen_within_a_moment(watch, office, counter, size):
    n, who = counter
    page = watch(size)
    eventually(lambda: tile(page, n), ("idle", "Kosong"), page=page)
    (number,) = office.take(n)
    eventually(lambda: page.inner_text(f'[data-service="s{n}"] [data-cell="waiting"]'), "1", seconds=SOON_S, page=page)
    assert who.verb(SITE, n, "call-next").status_code == 200
    eventually(lambda: tile(page, n), ("called", number), seconds=SOON_S, page=page)
    said = page.inner_text(f'[data-counter="{n}"] .post-line')
    assert re.fullmatch(r"Baru dipanggil|Dipanggil \d+ menit lalu", said)  # "Dipanggil 09.52" is read as a time of day
    assert who.verb(SITE, n, "serve").status_code == 200
    eventually(lambda: tile(page, n)[0], "serving", seconds=SOON_S, page=page)
    line = page.inner_text(f'[data-counter="{n}"] .post-line')
    assert re.fullmatch(r"0\d\.\d\d / 10", line)
    eventually(lambda: page.inner_text(f'[data-counter="{n}"] .post-line') != line, True, seconds=SOON_S, page=page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.locator(f'[data-counter="{n}"] .post-officer').inner_text() == f"petugas-{n}"
    who.verb(SITE, n, "finish"), office.take(n)
    closed = [who.verb(SITE, n, "close", body).status_code for body in ({}, {"reason": "rapat dinas"})]
    assert closed == [422, 200], "somebody waits"
    eventually(lambda: tile(page, n), ("closed", "Tutup"), seconds=SOON_S, page=page)
    said = page.inner_text(f'[data-counter="{n}"] .post-line')
    assert re.fullmatch(r"\d\d\.\d\d, 1 menunggu: rapat dinas", said)
    page.goto(f"{office.server.url}/{SITE}/report")
    assert re.search(
        rf"\d\d\.\d\d ditutup, Loket {n}, 1 menunggu: .?rapat dinas.? petugas-{n}", page.inner_text("#reasons")
    )


def test_however_much_happens_it_asks_no_more_than_once_a_second(watch, office, counter):
    n, _ = counter
    page = watch()
    for _ in range(8):
        office.take(n)
        page.wait_for_timeout(250)
    eventually(lambda: page.inner_text(f'[data-service="s{n}"] [data-cell="waiting"]'), "8", seconds=SOON_S, page=page)
    asked = page.evaluate(  # by the page's own clock: this test may hear of them late, and of several at once
        """() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/hall"))
          .map((one) => one.startTime)"""
    )
    assert len(asked) >= 2
    assert min(b - a for a, b in itertools.pairwise(asked)) > 900


def test_a_kiosk_that_was_there_and_is_gone_is_something_to_see_to(watch, office):
    printed = office.server.cli_here("device", "add", "Pintu timur", "--kind", "kiosk", "--site", SITE)
    Client(office.server, re.search(r"token: (\S+)", printed)[1]).get("/device")
    page = watch()
    row = page.locator(".alarm[data-kind=device]")
    assert row.count() == 0
    office.pass_time(90)
    eventually(lambda: row.count(), 1, seconds=40, page=page)
    assert row.locator("b").inner_text() == "Kios tidak menjawab: Pintu timur"
    assert re.fullmatch(
        r"Terakhir menjawab pukul \d\d\.\d\d\. Periksa layar, listrik, dan jaringannya",
        row.locator(".secondary").inner_text(),
    )
    assert row.locator("a").count() == 0, "no counter's page mends a kiosk"
    office.server.cli_here("device", "revoke", "Pintu timur", "--site", SITE)
    eventually(lambda: row.count(), 0, seconds=40, page=page)


def test_time_alone_turns_a_tile_red_and_raises_the_alarm(watch, office, counter):
    n, who = counter
    (number,) = office.take(n)
    for verb in ("call-next", "serve"):
        assert who.verb(SITE, n, verb).status_code == 200
    page = watch()
    assert tile(page, n)[0] == "serving"
    row = page.locator(f'.alarm[data-counter="{n}"]')
    assert row.count() == 0
    office.pass_time(660)  # eleven minutes on
    eventually(lambda: tile(page, n)[0], "over", seconds=40, page=page)
    assert row.locator("b").inner_text() == f"Loket {n} melewati janji"
    assert row.locator(".secondary").inner_text() == f"{number}, 11 menit dari 10"
    row.locator("a").click()
    page.wait_for_selector("#main-key")
    assert f"/{SITE}/counters/{n}" in page.url
    who.verb(SITE, n, "finish")


def test_more_than_six_alarms_stand_by_their_kind_and_are_taken_together(watch, office):
    for n in [next(office.free) for _ in range(7)]:
        office.take(n)  # where nobody sits
    page = watch()
    row = page.locator(".alarm[data-kind=nobody_open]")
    eventually(row.count, 1, seconds=SOON_S, page=page)
    assert re.fullmatch(r"\d+ layanan belum ada loket buka", row.locator("b").inner_text())
    row.locator("button").click()
    eventually(page.locator(".alarm.is-taken").count, 6, seconds=SOON_S, page=page)
    assert page.inner_text("#alarm-count") == "" and page.is_visible("#more-alarms")


def test_a_lost_line_is_said_nothing_runs_on_and_it_heals(watch, office, counter):
    n, who = counter
    office.take(n)
    for verb in ("call-next", "serve"):
        who.verb(SITE, n, verb)
    page = watch()
    page.desk.expect_lost_lines()
    line = page.locator(f'[data-counter="{n}"] .post-line')
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    eventually(lambda: page.get_attribute("body", "data-contact"), "unknown", seconds=60, page=page)
    assert page.inner_text("#contact") == "Menyambung kembali …"

    def stands() -> bool:
        before = line.inner_text()
        page.wait_for_timeout(2500)
        return line.inner_text() == before

    eventually(stands, True, page=page)  # its last second before it knew may still be drawn
    assert who.verb(SITE, n, "finish").status_code == 200
    page.context.set_offline(False)
    eventually(lambda: page.get_attribute("body", "data-contact"), "live", seconds=45, page=page)
    assert page.inner_text("#contact") == "Tersambung"
    eventually(lambda: tile(page, n)[0], "idle", page=page)


# The page's own seconds from the moment it is asked until it says that the line is lost: a busy machine slows both.
UNTIL_LOST = """() => {
  window.lived = 0;
  const beat = setInterval(() => {
    if (document.body.dataset.contact !== "live") clearInterval(beat);
    else window.lived += 1;
  }, 1000);
}"""


def test_a_dead_server_is_said_at_once(watch, office):
    """A page that is silent looks for 25 s as if nothing were the matter; a lost socket is known at once."""
    page = watch()
    page.desk.expect_lost_lines()
    page.evaluate(UNTIL_LOST)
    office.server.kill()
    try:
        eventually(lambda: page.get_attribute("body", "data-contact"), "unknown", seconds=60, page=page)
        assert page.evaluate("window.lived") <= 10
        assert page.inner_text("#contact") == "Menyambung kembali …"
    finally:
        office.server.start()
    eventually(lambda: page.get_attribute("body", "data-contact"), "live", seconds=45, page=page)


def test_a_waiting_visitor_is_moved_by_number_and_brought_back(watch, office, counter):
    n, who = counter
    (number,) = office.take(n)
    page = watch()
    waiting = f'[data-service="s{n}"] [data-cell="waiting"]'
    move(page, number.lower(), "lain")
    eventually(lambda: page.inner_text("#moved"), f"{number} sekarang menunggu Layanan lain & titipan.", page=page)
    eventually(lambda: page.inner_text(waiting), "0", seconds=SOON_S, page=page)
    page.desk.expect_lost_lines()
    lost = []
    page.route("**/by-number/*/transfer", lambda route: route.continue_() if lost else lost.append(1) or route.abort())
    move(page, number, f"s{n}")
    eventually(lambda: "belum diketahui" in page.inner_text(".panel-fault"), True, page=page)
    page.click(".panel-submit")
    eventually(lambda: page.inner_text("#moved"), f"{number} sekarang menunggu Layanan {n}.", page=page)
    (*_, (_, _, first), (_, _, second)) = page.desk.sent
    assert first == second, "the same wish: it cannot happen twice"
    eventually(lambda: page.inner_text(waiting), "1", seconds=SOON_S, page=page)
    assert who.verb(SITE, n, "call-next").json()["ticket"]["number"] == number


def test_every_panel_has_a_way_out_by_finger(watch):
    page = watch(PHONE)
    for lever in ("#move", "#open-now", "#day"):
        page.click(lever)
        page.click("#panel >> text=Batal")
        eventually(lambda: page.is_visible("#panel"), False, page=page)
    assert page.desk.sent == []


def move(page, number, service):
    """Fill the panel in and send it."""
    page.click("#move")
    page.fill('#panel input[name="number"]', number)
    page.select_option('#panel select[name="service"]', service)
    page.click(".panel-submit")


def test_numbers_are_given_now_with_a_reason_until_midnight_or_a_time_to_come(watch, office):
    page = watch()
    page.desk.expect_refusals(422)
    page.click("#open-now")
    assert "Periksa dulu tanggal dan jam" in page.inner_text("#panel")
    page.fill('#panel input[name="until"]', "00:01")
    page.click(".panel-submit")
    eventually(lambda: page.inner_text(".panel-fault").startswith("Jam itu sudah lewat"), True, page=page)
    page.fill('#panel input[name="until"]', "23:30")
    page.click(".panel-submit")
    eventually(lambda: "sampai pukul 23.30" in page.inner_text("#opened"), True, page=page)
    page.click("#open-now")
    page.keyboard.press("2")  # today is no holiday
    page.click(".panel-submit")
    eventually(lambda: "sampai tengah malam" in page.inner_text("#opened"), True, page=page)
    assert [body for verb, body, _ in page.desk.sent if verb == "open-day"][-1] == {
        "reason": "Hari ini bukan hari libur",
        "reason_code": "no_holiday",
    }


def test_an_ended_session_leads_back_to_the_sign_in(watch):
    page = watch()
    page.desk.expect_refusals(401)
    page.context.clear_cookies()
    eventually(lambda: page.is_visible("#fault a"), True, seconds=45, page=page)
    page.click("#fault a")
    page.wait_for_selector("#form")
    assert f"next=/{SITE}/supervisor" in page.url


def closings(page):
    """What was sent about the day: (verb, key)."""
    return [(verb, key) for verb, _, key in page.desk.sent if verb.endswith("-day")]


def test_closing_the_day_asks_back_and_does_it_once(watch, office, counter):
    n, _ = counter
    office.take(n, 2)
    page = watch()
    eventually(lambda: page.inner_text('[data-figure="waiting"] b') != "0", True, page=page)
    waiting = page.inner_text('[data-figure="waiting"] b')
    page.click("#day")
    assert f"{waiting} orang masih menunggu" in page.inner_text("#panel")
    page.keyboard.press("Enter")  # what is ready is to go back
    eventually(lambda: page.is_visible("#panel"), False, page=page)
    assert closings(page) == []
    page.click("#day")
    sent = []
    page.route("**/close-day", lambda route: sent.append(route))  # no answer comes between the two clicks
    page.dblclick(".panel-submit")
    eventually(lambda: len(sent), 1, page=page)
    sent[0].continue_()
    eventually(lambda: page.is_visible("#closed"), True, page=page)
    assert [verb for verb, _ in closings(page)] == ["close-day"]
    assert page.inner_text('[data-figure="waiting"] b') == "0"
    assert set(page.locator(".post").evaluate_all("all => all.map((one) => one.dataset.state)")) == {"closed"}
    page.click("#day")
    assert page.inner_text("#panel-title") == "Buka lagi hari ini?"
    page.click(".panel-submit")
    eventually(lambda: page.is_visible("#closed"), False, page=page)
    assert [verb for verb, _ in closings(page)] == ["close-day", "reopen-day"]


def test_on_a_closed_day_a_desk_says_so_and_its_counter_opens_at_the_second_press_only(new_desk, office, password):
    chief = Client(office.server).sign_in("pengawas", password)
    assert chief.post(f"/sites/{SITE}/close-day", {}).status_code == 200
    try:
        desk = new_desk().open(ready=False)
        desk.until("closed")
        assert "tidak ada nomor baru hari ini" in desk.text("#main")
        assert re.fullmatch(r"\w+, \d+ \w+", desk.text("#date")), "a wrong day is doubted"
        desk.press("Space")
        desk.says("Tekan sekali lagi")
        assert desk.verbs() == []
        desk.settle()
        desk.press("Space")
        desk.until("idle")
        assert desk.verbs() == ["open"]
        assert "Siap memanggil" not in desk.text("#main") and "Hari ini tutup" in desk.text("#main")
    finally:
        assert chief.post(f"/sites/{SITE}/reopen-day", {}).status_code == 200


def test_a_lost_answer_is_asked_for_again_with_the_same_key(watch, office):
    page = watch()
    page.desk.expect_lost_lines()
    lost = []

    def lose(route):
        lost.append(json.loads(route.request.post_data or "{}"))
        return route.abort() if len(lost) < 2 else route.continue_()

    page.route("**/close-day", lose)
    page.click("#day")
    page.click(".panel-submit")
    eventually(lambda: page.inner_text(".panel-fault").startswith("Server tidak menjawab"), True, page=page)
    page.click(".panel-submit")
    eventually(lambda: page.is_visible("#closed"), True, page=page)
    assert len(closings(page)) == 2
    assert len({key for _, key in closings(page)}) == 1
    page.click("#day")
    page.click(".panel-submit")
    eventually(lambda: page.is_visible("#closed"), False, page=page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_checker_finds_nothing(watch, office, counter, size):
    n, who = counter
    office.take(n, 2)
    who.verb(SITE, n, "call-next")
    office.take(next(office.free))  # where nobody sits
    page = watch(size)
    page.wait_for_selector("#alarms .alarm")
    assert re.fullmatch(r"Pukul \d+: \d+ nomor", page.get_attribute(".arrival", "title"))
    assert faults(page) == []
    page.click("#day")
    assert faults(page) == []


def test_signing_in_leads_a_supervisor_to_the_hall(new_desk, office, password):
    page = new_desk(1).page
    page.context.clear_cookies()
    page.goto(f"{office.server.url}/login")
    page.fill("#username", "pengawas")
    page.fill("#password", password)
    page.click("#go")
    page.wait_for_selector(".post")
    assert page.url == f"{office.server.url}/{SITE}/supervisor?lang=id"
