"""A break from the officer's page: two keys, asked once more, told to everybody, and Space ends it."""

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
