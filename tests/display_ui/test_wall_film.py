"""Videos on the wall: they move beside the last call while nobody is called, and a call stops them at once."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from tests.display_ui.hall import START
from tests.world.clips import clip
from tests.world.screens import eventually

BEFORE = START - timedelta(minutes=3)
FILM = "document.getElementById('band-film')"
SEEN = f"{FILM}.getBoundingClientRect().width > 0 && !{FILM}.paused && {FILM}.currentTime > 0"
URL, VIDEO = ("/pandeglang/wall/{}.{}".format(*one) for one in (("pictures/film", "jpg"), ("videos/film", "webm")))


@pytest.fixture(scope="module")
def moving() -> bytes:
    return clip(seconds=8)


@pytest.fixture
def hall(new_hall, moving):
    made = new_hall()
    out = io.BytesIO()
    Image.new("RGB", (640, 360), (40, 60, 120)).save(out, "JPEG")
    turn = {"picture": "film", "url": URL, "video": VIDEO, "sound": True, "seconds": 60}
    made.site["media"] = [{**turn, "from": None, "until": None, "zones": []}]
    made.pictures = {URL: out.getvalue(), VIDEO: moving}
    made.call("K014", "2", "paspor-wawancara", at=BEFORE)
    made.wall()
    made.pass_time(2)
    return made


def told(hall) -> object:
    """What the wall last said of videos."""
    hall.tell("beat", hall.beat())
    return hall.page.evaluate("(window.hall.sent.filter(([name]) => name === 'seen').pop() || [0, {}])[1].video")


def test_a_video_plays_beside_the_last_call_and_a_call_stops_it_at_once(hall):
    page = hall.page
    eventually(lambda: page.evaluate(SEEN), True, page=page)
    assert page.evaluate(f"{FILM}.muted"), "a wall that does not speak is silent"
    band, film = (
        page.evaluate(f"document.getElementById('{id}').getBoundingClientRect().toJSON()")
        for id in ("band", "band-film")
    )
    assert film["right"] < band["width"] / 2 and film["bottom"] <= band["bottom"] and told(hall) == "ok"
    hall.announce("D021", "5", "ktp-cetak")
    assert page.evaluate(f"{FILM}.paused") and page.evaluate(f"{FILM}.getBoundingClientRect().width") == 0
    assert page.inner_text("#band-number") == "D021"
    at = page.evaluate(f"{FILM}.currentTime")
    hall.pass_time(3)
    assert page.evaluate(f"{FILM}.paused") and page.evaluate(f"{FILM}.currentTime") == at
    hall.pass_time(20)
    eventually(lambda: page.evaluate(SEEN), True, page=page)
    hall.site["media"] = []
    hall.pass_time(301)
    assert page.evaluate(f"{FILM}.paused && !{FILM}.hasAttribute('src')"), "nothing of it is kept"


def test_a_wall_that_cannot_play_it_shows_its_picture_and_says_so(hall):
    page = hall.page
    page.evaluate(f"{FILM}.dispatchEvent(new Event('error'))")
    hall.pass_time(2)
    page.evaluate(f"{FILM}.dispatchEvent(new Event('error'))")
    hall.pass_time(2)
    assert page.evaluate(f"{FILM}.hidden && !{FILM}.hasAttribute('src')") and told(hall) == "no"
    assert page.evaluate("document.getElementById('band-media').getBoundingClientRect().width > 0")
