"""The guides and the pages that answer for the past, as their readers meet them: one morning of one hall, by name."""

import json
import re

import pytest

from queue_server import guides
from tests.journeys.guide_pictures import LOOKED_AT, SITE, WORDS, Album, Morning, kind_differs
from tests.journeys.test_access import serious
from tests.world.clips import clip
from tests.world.people import run_from
from tests.world.screens import eventually

PAGES_AT_MOST = 2
FILM = "document.getElementById('band-film')"
PLAYS = f"() => {FILM}.getBoundingClientRect().width > 0 && !{FILM}.paused && {FILM}.currentTime > 0"
COVERED = f"{FILM}.getBoundingClientRect().width === 0 && {FILM}.paused"


@pytest.fixture(scope="module")
def morning(tmp_path_factory):
    """A hall with a morning of visitors behind it, served."""
    made = Morning(tmp_path_factory.mktemp("guides"))
    made.server.start()
    yield made
    made.server.kill()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_every_picture_of_a_guide_still_shows_its_screen(morning, stage):
    kept, stale = json.loads(WORDS.read_text()), {}

    def look(name: str, png: bytes, said: list[str]) -> None:
        file = guides.PICTURES / f"{name}.png"
        why = kind_differs(png, file.read_bytes()) if file.exists() else "no picture"
        words = set(said) ^ set(kept.pop(name, ()))
        if why or words:
            stale[name] = (why, sorted(words))

    Album(morning, stage, look).take()
    assert (stale, sorted(kept)) == ({}, []), "take them anew: make pictures"


def test_guides_and_the_visitors_page_are_readable_and_print_on_two_pages(morning, stage):
    page = stage.page("phone")
    for path in (*(f"/{SITE}/help/{name}" for name in guides.NAMES), f"/{SITE}/how"):
        page.goto(morning.server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert pages_of(page.pdf(prefer_css_page_size=True)) <= PAGES_AT_MOST, path
    for path in (f"/help/{guides.NAMES[0]}", f"/{SITE}/how?lang=su"):
        page.goto(morning.server.url + path)
        assert serious(page) == [], path


def test_the_audit_page_an_auditor_reads_a_numbers_whole_story(morning, stage):
    audit = Album(morning, stage, lambda *_: None).signed_in(f"{SITE}-auditor", f"/{SITE}/audit")
    assert serious(audit) == []
    number = re.search(r"\b[A-Z]\d{3}\b", audit.inner_text(".entries"))[0]
    audit.fill("[name=number]", number)
    audit.keyboard.press("Enter")
    audit.wait_for_url(f"**number={number}*")
    assert set(re.findall(r"\b[A-Z]\d{3}\b", audit.inner_text(".entries"))) == {number}
    audit.click(".staff-head a[href*='/help/']")
    assert audit.inner_text("h1") == guides.guide("auditor").title


def test_the_replay_page_a_supervisor_walks_back_to_10_15(morning, stage):
    replay = Album(morning, stage, lambda *_: None).signed_in(
        f"{SITE}-supervisor", f"/{SITE}/replay?at=2026-01-19T10:15"
    )
    assert serious(replay) == []
    assert "10.15.00" in replay.inner_text("main h1")
    for _ in range(3):
        with replay.expect_navigation():
            replay.click("text=Kejadian berikutnya")
    assert re.search(r"10\.1[5-9]\.\d\d", replay.inner_text("main h1"))
    assert "10.15.00" not in replay.inner_text("main h1")


def test_the_media_page_an_editor_hands_a_film_in_and_the_wall_plays_it_but_while_somebody_is_called(morning, stage):
    run_from(morning.server, LOOKED_AT)  # the wall's place in a film follows the clock
    page = Album(morning, stage, lambda *_: None).signed_in(f"{SITE}-content", f"/{SITE}/media?lang=id")
    film = {"name": "Layanan baru.webm", "mimeType": "video/webm", "buffer": clip(seconds=4, sound=None)}
    page.set_input_files("#file", files=[film])
    page.click("#upload button")
    row = page.locator("[data-picture]:has([data-play])")
    row.wait_for(timeout=120_000)  # it is encoded anew
    row.locator("[data-part=n]").fill("1")
    page.click("#playlist .button-main")
    page.wait_for_url("**saved=1**")
    assert "Layanan baru" in row.inner_text() and serious(page) == []

    wall = stage.page("wall")
    wall.goto(f"{morning.server.url}/{SITE}/wall")
    wall.wait_for_function(PLAYS)
    number = morning.until("called")
    eventually(lambda: wall.text_content("#band-number"), number, page=wall)
    assert wall.evaluate(COVERED)
    wall.wait_for_function(PLAYS)
    assert wall.text_content("#band-number") == number, "and it stays the last call"


def test_control_another_screen_in_a_pictures_place_is_noticed():
    desk, other = ((guides.PICTURES / f"{name}.png").read_bytes() for name in ("desk", "accounts"))
    assert kind_differs(desk, desk) == ""
    assert "instead of" in kind_differs(desk, other)
    devices, accounts = ((guides.PICTURES / f"{name}.png").read_bytes() for name in ("devices", "accounts"))
    assert "differs" in kind_differs(devices, accounts)
