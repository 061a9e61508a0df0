"""What happens some ten times a day at a counter: a break, missing papers, one without a number, a hand-over."""

import re

from tests.web.pages.office import SITE
from tests.world.screens import eventually


def display(new_desk, desk):
    """The small display above the desk's counter."""
    page = desk.context.new_page()
    page.goto(f"{desk.office.server.url}/{SITE}/counters/{desk.n}/display")
    return page


def shows(page, selector: str, text: str) -> None:
    """Wait until it stands there."""
    eventually(lambda: page.inner_text(selector), text, page=page)


def test_a_break_is_asked_once_more_told_above_the_counter_said_anew_and_ended_by_space(new_desk, office):
    desk = new_desk().open()
    above = display(new_desk, desk)
    shows(above, "#message", "Silakan menunggu")
    desk.press("i")
    assert "60 menit" in desk.text("#panel")
    desk.expect_refusals(409)
    desk.press("2", "Enter")  # the second time that is offered
    eventually(lambda: f"Layanan {desk.n}" in desk.text(".panel-fault"), True, page=desk.page)
    assert desk.truth()["break"] is None, "nobody else calls for its service: asked once more"
    desk.press("Enter")
    desk.until("break")
    until = desk.text("#number")
    assert re.fullmatch(r"\d\d\.\d\d", until) and desk.text("#state") == "Istirahat"
    assert desk.sent[-1][1].keys() == {"reason", "until", "confirm"}
    shows(above, "#message", "Istirahat")
    shows(above, "#back", until)
    waiting = office.take(desk.n)
    desk.press("s")
    desk.says("sedang istirahat")
    times = desk.page.query_selector_all("#shortcuts button")
    desk.settle()
    times[-1].click()
    eventually(lambda: desk.text("#number") != until, True, page=desk.page)
    assert desk.truth()["break"]["reason"] == desk.sent[-1][1]["reason"]
    desk.settle()
    desk.press("Space")
    desk.until("idle", waiting[0])
    desk.says("dibuka lagi")
    shows(above, "#message", "Silakan menunggu")
    desk.settle()
    desk.press("Space")
    desk.until("called", waiting[0])
    assert desk.verbs()[-4:] == ["break", "break", "resume", "call-next"]


def test_missing_papers_are_told_by_key_and_listed_on_paper_and_phone(called, office):
    number = called.numbers[0]
    called.press("s")
    called.until("serving", number)
    called.settle()
    called.press("m", "Enter")
    assert "Pilih dulu berkas" in called.text("dialog .panel-fault")
    called.press("2", "Enter")
    called.until("idle")
    eventually(lambda: [verb for verb, *_ in called.sent][-2:], ["hold", "reprint"], page=called.page)
    assert called.sent[-2][1] == {"missing": ["KK"]}
    eventually(lambda: "/slip" in called.page.frames[-1].url, True, page=called.page)
    slip = called.page.frames[-1]
    eventually(lambda: slip.inner_text(".missing"), "Kartu Keluarga", page=called.page)
    assert "Masih kurang satu berkas" in slip.inner_text("main")
    assert "tanpa antre dari awal" in slip.inner_text(".missing-rule")
    called.page.click(f'#aside [data-number="{number}"]')
    assert "Kurang: Kartu Keluarga" in called.text("dialog .panel-lead")
    called.press("Escape")
    phone = called.context.new_page()
    phone.goto(f"{office.server.url}/t/{office.tokens[number]}")
    eventually(lambda: phone.locator(".lacking li").all_inner_texts(), ["Kartu Keluarga"], page=phone)
    assert phone.locator(".missed").count() == 0, "the minutes of a missed call are not theirs: they may come all day"
    called.press("k")
    called.until("called", number)
    assert "Kartu Keluarga" in called.text("#time"), "whoever goes on sees what to look for"
    called.press("s")
    called.until("serving", number)
    called.press("m", "2", "1", "k", "c", "Enter")  # another paper; today is over for them, and nothing is printed
    called.until("idle")
    assert called.sent[-1][:2] == ("finish", {"missing": ["KTP"]})
    eventually(lambda: phone.locator(".lacking li").all_inner_texts(), ["KTP-el"], page=phone)
    called.page.goto(f"{office.server.url}/{SITE}/report")
    row = called.page.locator("#by-paper tr", has_text=f"Layanan {called.n}")
    assert row.locator("td").all_inner_texts() == ["KTP-el", "1"]


def test_whoever_comes_to_a_counter_on_a_break_is_shown_how_to_take_it_over(desk, new_desk, office):
    officer = office.client(f"petugas-{desk.n}")
    assert officer.verb(SITE, str(desk.n), "break", {"reason": "meal", "confirm": True}).status_code == 200
    other = new_desk(desk.n, username=f"petugas-{desk.n + 15}").open(ready=False)
    other.page.click("#shortcuts button:has-text('Ambil alih')")
    other.press("Enter")
    other.until("idle")
    assert other.verbs() == ["take-over"]


def test_a_visitor_without_a_number_is_served_and_goes_on_with_the_colleague_who_takes_over(desk, new_desk, office):
    desk.press("w", "Enter")
    desk.until("serving")
    number = desk.page.get_attribute("#number", "data-number")
    assert desk.sent[-1][:2] == ("walk-in", {"service": f"s{desk.n}", "class": "regular"})
    assert "datang tanpa nomor" in desk.text("#time")
    other = new_desk(desk.n, username=f"petugas-{desk.n + 15}").open(ready=False)
    other.press("a", "Enter")
    assert "alasan" in other.text("dialog .panel-fault").lower()
    other.press("1", "Enter")
    other.until("serving", number)
    desk.says(f"petugas-{desk.n + 15} mengambil alih loket ini")
    desk.says("Ganti giliran jaga")
    other.press("v", "2", "+")
    other.settle()
    other.press("v")
    other.page.click("#done button >> nth=1")  # the second was wrong
    other.press("2", "f")
    other.until("idle")
    done = [{"outcome": "selesai", "quantity": 1}, {"outcome": "berkas-kurang", "quantity": 1}]
    assert other.sent[-1][:2] == ("finish", {"transactions": done})
    assert other.text("#last .row-number") == number
    other.settle()
    office.take(desk.n)
    other.until("idle", desk.truth()["upcoming"][0]["number"])
    other.press("w", "Enter")
    assert "alasan" in other.text("dialog .panel-fault").lower(), "somebody is overtaken"
    other.press("1", "Enter")
    other.until("serving")
    assert other.sent[-1][1]["reason"] == "Pertanyaan singkat"
