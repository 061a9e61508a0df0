"""Something cannot work: a supervisor says so in two touches, and every screen tells it at once, until it works."""

import re
from datetime import datetime, timedelta

from tests.journeys.conftest import Stage
from tests.world.people import PASSWORD
from tests.world.screens import Desk, Display, Kiosk, Phone, Wall, eventually
from tests.world.server import Client

SITE = "lebak"
BARS = "#interruptions .interruption-bar"


def test_what_cannot_work_is_told_everywhere_and_who_waits_is_called_all_the_same(open_malls, stage: Stage):
    malls = open_malls()
    server = malls.server
    ticket = malls.people[SITE].kiosks()[0].issue(SITE, "ktp-perekaman").json()
    wall = Wall.open(stage.page("wall"), server, SITE)
    display = Display.open(stage.page("display"), server, SITE, "5")
    kiosk = Kiosk.open(stage.page("kiosk"), server, SITE, malls.kiosk_token(SITE))
    phone = Phone.open(stage.page("phone"), server, ticket["token"])
    desk = Desk.sign_in(stage.page("desk"), server, SITE, "5", "lebak-dukcapil", PASSWORD)
    desk.press(" ", "open")
    printed = server.cli("user", "add", "pengawas", "--role", "supervisor")
    boss = stage.page("supervisor")
    Client(server).sign_in("pengawas", word := re.search(r"password: (\S+)", printed)[1])
    boss.goto(f"{server.url}/login?next=/{SITE}/supervisor")
    boss.fill("#username", "pengawas")
    boss.fill("#password", word)
    boss.press("#password", "Enter")
    boss.wait_for_selector("body[data-contact=live] .post")

    # Two touches: the key, and the cause. The kiosk asks in vain for a visitor later, so that the demand is counted.
    stage.expect_refusals()
    boss.click("#interrupt")
    boss.check("[name=issuing][value=stop]")
    boss.click(".cause:has-text('Listrik padam')")
    said = "Semua layanan sedang terhenti"
    eventually(lambda: said in boss.locator(BARS).first.inner_text(), True, page=boss)
    eventually(
        lambda: said in kiosk.text("#stage") and "Listrik padam sejak" in kiosk.text("#stage"), True, page=kiosk.page
    )
    eventually(lambda: said in phone.text("#stage") and "tetap berlaku" in phone.text("#stage"), True, page=phone.page)
    eventually(lambda: said in wall.text("#strip-notice"), True, page=wall.page)
    eventually(lambda: display.text("#message"), "Sedang ada gangguan", page=display.page)
    eventually(lambda: said in desk.text("#interruptions"), True, page=desk.page)
    assert desk.page.locator("#interruptions button").count() == 0, (
        "what concerns the whole hall is no officer's to end"
    )

    # A visitor is told why, and that a number keeps its worth; one that waits is called.
    kiosk.touch("agency-dukcapil")
    kiosk.touch("service-ktp-perekaman")
    eventually(lambda: "Sudah punya nomor? Tetap berlaku." in kiosk.text("#stage"), True, page=kiosk.page)
    assert malls.people[SITE].kiosks()[0].issue(SITE, "ktp-perekaman").status_code == 409
    desk.press(" ", "call-next")
    phone.until("called", ticket["number"], "5")
    wall.until(ticket["number"], "5")

    # An officer says what concerns their own agency; it waits for the supervisor's word, and any of them ends it.
    desk.page.click("#menu")
    desk.page.click("#panel button:has-text('Catat gangguan')")
    desk.page.click(".cause:has-text('Jaringan terputus')")
    eventually(lambda: "Belum disahkan" in boss.inner_text("#interruptions"), True, page=boss)
    boss.click(f"{BARS} button:has-text('Tolak')")
    boss.click("#panel .panel-submit")
    for page, where in ((boss, "#interruptions"), (desk.page, "#interruptions")):
        eventually(lambda p=page, w=where: "Ditolak pengawas" in p.inner_text(w), True, page=page)
    boss.click(f"{BARS} button:has-text('Sahkan')")  # after all
    eventually(lambda: "Ditolak" in boss.inner_text("#interruptions"), False, page=boss)
    desk.page.click("#interruptions button:has-text('Sudah pulih')")
    eventually(lambda: boss.locator(BARS).count(), 1, page=boss)
    boss.click(f"{BARS} button:has-text('Sudah pulih')")
    eventually(lambda: boss.locator(BARS).count(), 0, page=boss)

    # One that was over before a supervisor looked still waits for their word.
    desk.page.click("#menu")
    desk.page.click("#panel button:has-text('Catat gangguan')")
    desk.page.click(".cause:has-text('Alat rusak')")
    eventually(lambda: "Alat rusak sejak" in boss.inner_text("#interruptions"), True, page=boss)
    desk.page.click("#interruptions button:has-text('Sudah pulih')")
    eventually(lambda: "Alat rusak, pukul" in boss.inner_text("#interruptions"), True, page=boss)
    boss.click(f"{BARS} button:has-text('Sahkan')")
    eventually(lambda: boss.locator(BARS).count(), 0, page=boss)
    eventually(lambda: said in wall.text("#strip-notice"), False, page=wall.page)
    waiting = malls.people[SITE].kiosks()[0].issue(SITE, "ktp-perekaman")
    assert waiting.status_code == 201

    # A supervisor tells something urgent, by one panel: it stands on every screen at once, before all else.
    boss.click("#tell")
    boss.fill("#panel [name=text]", told := "Tinggalkan gedung lewat pintu selatan <b>")
    boss.check("#panel [name=urgent]")
    boss.click(".panel-submit")
    everywhere = (*((wall, "#strip.is-urgent"), (kiosk, "#told"), (phone, "#stage"), (display, "#foot")),)
    for screen, where in everywhere:
        eventually(lambda s=screen, w=where: told in s.text(w), True, page=screen.page)
    boss.goto(f"{server.url}/{SITE}/notices")
    boss.click(".ending button")
    boss.wait_for_selector(".told", state="detached")
    for screen, where in everywhere:
        eventually(lambda s=screen, w=where: told in s.text(w), False, page=screen.page)

    # One that was written before begins and is over by itself: no revision says so.
    kiosk.page.reload()  # as it is when nobody stands there
    pengawas = Client(server).sign_in("pengawas", word)
    now = datetime.fromisoformat(pengawas.get(f"/sites/{SITE}/board").json()["now"])
    times = {"from": (now + timedelta(seconds=4)).isoformat(), "until": (now + timedelta(seconds=9)).isoformat()}
    said = {"text": {"id": "Salat Jumat"}, "where": ["kiosk"], **times}
    assert pengawas.post(f"/sites/{SITE}/notices", said).status_code == 201
    before = pengawas.get(f"/sites/{SITE}/board").json()["revision"]
    for there in (True, False):
        eventually(lambda: "Salat Jumat" in kiosk.text("#told"), there, page=kiosk.page)
    assert pengawas.get(f"/sites/{SITE}/board").json()["revision"] == before

    # The hall gives up for the day, by two touches for all: wall and phone say where everybody's place is.
    phone = Phone.open(phone.page, server, waiting.json()["token"])
    boss.goto(f"{server.url}/{SITE}/supervisor")
    boss.wait_for_selector("body[data-contact=live] .post")
    boss.click("#interrupt")
    boss.click(".cause:has-text('Listrik padam')")
    boss.click(f"{BARS} button:has-text('Beri tempat hari berikutnya')")
    eventually(lambda: "1 nomor, 1 orang" in boss.inner_text("#panel"), True, page=boss)
    boss.click("#panel button:has-text('Ya, beri tempat')")
    eventually(lambda: "1 nomor (1 orang) disimpan untuk" in boss.inner_text("#interruptions"), True, page=boss)
    eventually(lambda: "Tempat Anda disimpan" in phone.text("#stage"), True, page=phone.page)
    eventually(lambda: "Tempat Anda disimpan" in wall.text("#strip-notice"), True, page=wall.page)
