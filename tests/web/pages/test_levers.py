"""Levers for today, on the supervisor's page: set in one panel, seen by whom they concern, taken back with one key."""

import re

from PIL import Image

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually

SOON_S = 12.0


def serves(page, counter):
    """What the site document says that a counter serves."""
    site = page.evaluate("fetch('/api/v1/sites/kantor').then((reply) => reply.json())")
    return next(one["services"] for one in site["counters"] if one["id"] == counter)


def test_a_counter_s_work_and_a_quota_are_set_for_today_and_taken_back(watch, office, new_desk):
    """The counter's own officer, and whoever comes, see it without a reload."""
    n = str(next(office.free))
    (number,) = office.take(n)
    desk = new_desk(int(n)).open()
    page = watch()
    page.click("#assign")
    page.select_option("select[name=counter]", n)
    ticked = page.locator("input[name=service]:checked")
    assert ticked.count() == 1 and ticked.get_attribute("value") == f"s{n}"
    page.check("input[name=service]:not(:checked) >> nth=0")
    page.uncheck(f"input[name=service][value=s{n}]")
    assert faults(page) == []
    page.click(".panel-submit")
    page.wait_for_selector(".panel-fault:visible")
    assert "Masih ada yang menunggu" in page.inner_text(".panel-fault"), "nobody else calls for it"
    page.check(f"input[name=service][value=s{n}]")
    page.fill("input[name=own]", "rekan sakit")
    page.click(".panel-submit")
    bar = page.locator(f'.set-today[data-counter="{n}"]')
    eventually(bar.count, 1, seconds=SOON_S, page=page)
    said = bar.inner_text()
    assert re.search(rf"Loket {n} hari ini melayani .*Layanan {n}.*Wati, \d\d\.\d\d: rekan sakit", said, re.DOTALL)
    assert len(serves(page, n)) == 2
    page.desk.watch.faults.clear()  # the first answer was a refusal

    page.click("#quota")
    page.select_option("select[name=service]", f"s{n}")
    page.fill("input[name=n-total]", "satu")
    page.click(".panel-submit")
    eventually(lambda: page.inner_text(".panel-fault"), "Tulis angka, atau kosongkan bila tidak dibatasi.", page=page)
    page.fill("input[name=n-total]", "1")
    page.click(".panel-submit")
    limit = page.locator(f'.set-today[data-service="s{n}"]')
    eventually(limit.count, 1, seconds=SOON_S, page=page)
    assert "hari ini: Semua 1" in limit.inner_text()
    assert faults(page) == []
    desk.until("idle", number)

    for one in (bar, limit):
        one.locator("button").click()
        page.click(".panel-submit")
        eventually(one.count, 0, seconds=SOON_S, page=page)
    assert serves(page, n) == [f"s{n}"]


def test_a_notice_is_told_by_a_lever_and_written_anew_on_its_page(watch, office):
    """In one panel for today; with languages, places and times on the page, as a wall will show it."""
    page = watch()
    page.desk.expect_refusals(422, 409)
    page.click("#tell")
    assert faults(page) == []
    page.click(".panel-submit")
    eventually(lambda: page.inner_text(".panel-fault"), "Tulis isinya.", page=page)
    page.fill("#panel [name=text]", "Blangko habis <i>hari ini</i>")
    page.click(".panel-submit")
    eventually(lambda: page.inner_text("#moved"), "Pengumuman tayang di semua layar.", page=page)

    for lang in ("su", "en", "id"):
        page.goto(f"{office.server.url}/{SITE}/notices?lang={lang}")
        assert faults(page) == []
    running = page.locator(".told")
    assert "Blangko habis <i>hari ini</i>" in running.inner_text() and "Sampai 24.00" in running.inner_text()
    running.locator("a").click()
    page.wait_for_selector("[name=based_on]", state="attached")
    assert page.inner_text("#mini-words") == "Blangko habis <i>hari ini</i>"
    page.fill("[name='text.id']", long := "Blangko habis sampai besok, " * 7)
    assert page.inner_text("#mini-words") == long.strip() and "is-long" in page.get_attribute("#mini-text", "class")
    page.evaluate("document.querySelector('[name=\"text.id\"]').removeAttribute('maxlength')")
    page.fill("[name='text.id']", "x" * 201)
    page.click("#notice .button-main")
    eventually(lambda: "Paling banyak 200 huruf" in page.inner_text("#text-id-error"), True, page=page)
    assert faults(page) == []

    # Somebody else has changed it meanwhile: told, and nothing of theirs is lost.
    other = watch()
    other.goto(f"{office.server.url}/{SITE}/notices?lang=id&edit={running.get_attribute('data-notice')}")
    other.fill("[name='text.id']", "Blangko tersedia lagi")
    other.fill("[name=until]", "")
    other.click("#notice .button-main")
    other.wait_for_url("**saved=1**")
    page.fill("[name='text.id']", "Blangko habis")
    page.click("#notice .button-main")
    eventually(lambda: "baru saja diubah orang lain" in page.inner_text("[data-fault]:visible"), True, page=page)

    # On a phone: what is urgent is for everybody; then it is ended.
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{office.server.url}/{SITE}/notices?lang=id")
    assert "Blangko tersedia lagi" in running.inner_text() and "Sampai diakhiri" in running.inner_text()
    page.uncheck("[name=where][value=kiosk]")
    page.check("#urgent")
    assert page.locator("[name=where]:checked").count() == 4
    page.fill("[name='text.id']", "Alarm")
    page.fill("[name=until_time]", "8.5")
    page.click("#notice .button-main")
    eventually(lambda: page.is_visible("#until-error"), True, page=page)
    page.fill("[name=until_time]", "23.59")
    page.click("#notice .button-main")
    page.wait_for_url("**saved=1**")
    assert running.count() == 2 and "is-urgent" in running.first.get_attribute("class")
    for left in (1, 0):
        with page.expect_navigation():
            page.click(".ending button >> nth=0")
        eventually(running.count, left, page=page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_pictures_are_handed_in_put_in_order_and_taken_away_on_their_page(watch, office, tmp_path):
    page = watch()
    page.desk.expect_refusals(422)
    page.goto(f"{office.server.url}/{SITE}/media?lang=id")
    page.set_input_files(
        "#file", files=[{"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}]
    )
    page.click("#upload button")
    eventually(lambda: "bukan gambar" in page.inner_text("#upload-fault"), True, page=page)
    for n, name in enumerate(("Poster imigrasi", "Pajak")):
        Image.new("RGB", (800, 450), (20 + 90 * n, 70, 120)).save(tmp_path / f"{name}.png")
        page.set_input_files("#file", tmp_path / f"{name}.png")
        page.click("#upload button")
        page.wait_for_selector(f"[data-picture] >> nth={n}")
    rows = page.locator("[data-picture]")
    assert faults(page) == [] and "Poster imigrasi" in rows.first.inner_text()
    rows.nth(0).locator("[data-part=n]").fill("2")
    rows.nth(1).locator("[data-part=n]").fill("1")
    rows.nth(1).locator("[data-part=seconds]").fill("3")
    page.click("#playlist .button-main")
    eventually(lambda: "Lama tampil 5 sampai 120 detik" in rows.nth(1).inner_text(), True, page=page)
    rows.nth(1).locator("[data-part=seconds]").fill("30")
    page.click("#playlist .button-main")
    page.wait_for_url("**saved=1**")
    assert "Pajak" in rows.first.inner_text(), "in the order in which they are shown"
    assert page.evaluate("document.querySelector('.thumb').naturalWidth") == 800
    media = page.evaluate("fetch('/api/v1/sites/kantor').then((reply) => reply.json())")["media"]
    assert [turn["seconds"] for turn in media] == [30, 10]
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for left in (1, 0):
        page.click("[data-remove] >> nth=0")
        eventually(rows.count, left, page=page)
