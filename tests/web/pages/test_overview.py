"""The leader's page: what happens is seen, nothing scrolls on a lobby's screen, what is lost or over is said."""

import re

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually

LOBBY = {"width": 1920, "height": 1080}
PHONE = {"width": 360, "height": 740}
SOON_S = 12.0  # a busy machine's moment; a page that nobody tells anything looks every 15 s
HEIGHT = "document.documentElement.scrollHeight"
WIDTH = "document.documentElement.scrollWidth"


def figure(page, name):
    """What stands in one of the figures."""
    return page.inner_text(f'[data-figure="{name}"] dd')


def cell(page, name):
    """What stands in the first agency's row; a label that is only heard counts not."""
    return page.inner_text(f'[data-agency="a"] [data-cell="{name}"] b')


def test_a_lobby_s_screen_follows_the_hall_unattended_and_says_when_its_session_is_over(new_desk, office):
    added = office.server.cli("user", "add", "pimpinan", "--name", "Ibu Ina", "--role", "leader", "--site", SITE)
    n, empty = next(office.free), next(office.free)
    who = office.client(f"petugas-{n}")
    office.take(n)
    for verb in ("open", "call-next", "serve", "finish"):
        assert who.verb(SITE, n, verb).status_code == 200
    screen = new_desk(1, username="pimpinan", password=re.search(r"password: (\S+)", added)[1], size=LOBBY)
    page = screen.page
    page.goto(f"{office.server.url}/{SITE}/live")
    page.wait_for_selector("body[data-contact=live] .now-row")
    page.evaluate("window.sameDocument = true")
    eventually(lambda: figure(page, "counters"), "2 dari 31", page=page)
    eventually(lambda: (figure(page, "served"), figure(page, "promise")), ("1", "100 %"), page=page)
    assert cell(page, "counters") == "1 dari 30"
    eventually(lambda: page.is_visible("#no-topics"), True, page=page)

    office.take(n, 2)
    office.take(empty)
    eventually(lambda: (figure(page, "waiting"), cell(page, "waiting")), ("3", "3"), seconds=SOON_S, page=page)
    assert f"Layanan {n}\N{NO-BREAK SPACE}2" in page.inner_text('[data-agency="a"] .now-what')
    topic = f"Layanan {empty}: belum ada loket buka"
    eventually(lambda: topic in page.inner_text("#topics"), True, seconds=SOON_S, page=page)
    assert who.verb(SITE, n, "call-next").status_code == 200
    eventually(lambda: figure(page, "waiting"), "2", seconds=SOON_S, page=page)

    admin = office.server.officer("tata", site=SITE, role="admin")
    seen = admin.get(f"/sites/{SITE}/structure").json()
    new = seen["structure"] | {"short_name": "Aula Baru"}
    assert admin.put(f"/sites/{SITE}/structure", {"structure": new, "based_on": seen["version"]}).status_code == 200
    eventually(lambda: page.inner_text("#name"), "Aula Baru", seconds=SOON_S, page=page)

    assert page.evaluate(HEIGHT) <= LOBBY["height"] and page.evaluate(WIDTH) <= LOBBY["width"]
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(WIDTH) <= PHONE["width"]
    assert faults(page) == []
    page.set_viewport_size(LOBBY)
    assert page.evaluate("Boolean(window.sameDocument)")
    assert all(name not in page.content() for name in (f"petugas-{n}", "Ibu Ina"))

    screen.expect_refusals(401)
    office.server.cli("user", "disable", "pimpinan")
    eventually(lambda: page.is_visible("#fault"), True, page=page)
    assert page.evaluate("document.body.classList.contains('is-over')")
    assert "/login" in page.get_attribute("#fault a", "href")
