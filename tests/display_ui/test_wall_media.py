"""Pictures on the wall: beside the last call while nobody is called, and never beside one who is."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from tests.display_ui.hall import START
from tests.world.screens import eventually

BOX = """(id) => {
  const { x, y, right, bottom } = document.getElementById(id).getBoundingClientRect();
  return [x, y, right, bottom];
}"""
SHOWN = "document.getElementById('band-media').getBoundingClientRect().width > 0"
NARROW = "(n => n.scrollWidth <= n.clientWidth)(document.getElementById('band-number'))"
BEFORE = START - timedelta(minutes=3)


def picture(shade: int) -> bytes:
    """A small one of that shade."""
    out = io.BytesIO()
    Image.new("RGB", (640, 360), (shade, 60, 120)).save(out, "JPEG")
    return out.getvalue()


def turn(id: str, **more: Any) -> dict[str, Any]:
    """One of the playlist, as the site tells it."""
    always = {"seconds": 10, "from": None, "until": None, "zones": []}
    return {"picture": id, "url": f"/pandeglang/wall/pictures/{id}.jpg", **always, **more}


@pytest.fixture
def hall(new_hall):
    made = new_hall()
    tomorrow = (START + timedelta(days=1)).isoformat()
    made.site["media"] = [turn("one"), turn("two"), turn("broken"), turn("later", **{"from": tomorrow})]
    made.pictures = {turn(id)["url"]: picture(shade) for id, shade in (("one", 40), ("two", 200))}
    made.pictures[turn("broken")["url"]] = b"no picture"
    return made


def test_pictures_take_turns_beside_the_last_call_and_a_call_takes_the_whole_band(hall):
    hall.call("N019", "18", "bpjs-kepesertaan", at=BEFORE - timedelta(minutes=2))
    hall.call("K014", "2", "paspor-wawancara", at=BEFORE)
    hall.wall()
    page = hall.page
    lists, seen = page.evaluate(BOX, "lists"), set()
    for _ in range(40):
        hall.pass_time(1)
        if page.evaluate(SHOWN):
            seen.add(page.get_attribute("#band-media", "src").rpartition("/")[2])
    assert seen == {"one.jpg", "two.jpg"}, "each in its turn; neither what is to come, nor what is broken"
    while not page.evaluate(SHOWN):
        hall.pass_time(1)
    media, number, place = (page.evaluate(BOX, id) for id in ("band-media", "band-number", "place"))
    assert media[2] <= number[0] < number[2] <= place[0] and page.evaluate(NARROW), "nothing lies under another"
    assert page.inner_text("#band-number") == "K014" and page.evaluate(BOX, "lists") == lists
    hall.announce("D021", "5", "ktp-cetak")
    assert not page.evaluate(SHOWN) and page.inner_text("#band-number") == "D021"
    assert page.evaluate(BOX, "band-number")[0] < media[2], "the number stands where the picture was"
    hall.pass_time(2)
    assert page.evaluate(BOX, "lists") == lists and "K014" in page.inner_text("#lists")


def test_a_wall_that_has_none_hears_nothing_or_stands_upright_shows_none(hall, new_hall):
    hall.call("K014", "2", "paspor-wawancara", at=BEFORE)
    hall.site["media"] = [turn("one")]
    hall.wall()
    hall.pass_time(3)
    eventually(lambda: hall.page.evaluate(SHOWN), True, page=hall.page)
    hall.cut()
    hall.pass_time(70)
    assert not hall.page.evaluate(SHOWN)
    for size, media in (((1080, 1920), hall.site["media"]), ((1920, 1080), [turn("broken")])):
        other = new_hall(size=size)
        other.site["media"], other.pictures = media, hall.pictures
        other.call("K014", "2", "paspor-wawancara", at=BEFORE)
        other.wall()
        other.pass_time(4)
        assert not other.page.evaluate(SHOWN) and not other.page.locator("#band.has-media").count()
