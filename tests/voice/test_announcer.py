"""The display plays the real clips of a call in order; with a word missing it says nothing wrong."""

from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from queue_server.places import DISPLAY_UI
from queue_server.voice.phrases import clips

ORIGIN = "http://voice.test"
PAGE = "<!doctype html><title>voice</title>"
TYPES = {".js": "text/javascript", ".mp3": "audio/mpeg", ".json": "application/json"}
# Plays one announcement and names the clips that reached the loudspeaker, with the second at which each begins.
PLAY = """
async (names) => {
  const { Announcer } = await import("/announcer.js");
  const announcer = new Announcer({ folder: "/voice/", clips: [], onChange() {} });
  while (!announcer.works()) await new Promise((resolve) => setTimeout(resolve, 20));
  const known = new Map();
  const fetchClip = announcer.fetchClip.bind(announcer);
  announcer.fetchClip = async (name) => { const found = await fetchClip(name); known.set(found, name); return found; };
  announcer.buffers.clear();
  const said = [];
  announcer.schedule = (buffer, at) => said.push([known.get(buffer), at, buffer.duration]);
  announcer.until = async () => {};
  await announcer.play(names, false);
  return said;
}
"""


@pytest.fixture
def play(chromium):
    """Play clips in a browser that finds all files of the voice but those named."""
    page = chromium.new_page()
    missing: set[str] = set()

    def answer(route) -> None:
        path = urlsplit(route.request.url).path
        file = DISPLAY_UI / path.lstrip("/")
        if path == "/":
            route.fulfill(body=PAGE, content_type="text/html")
        elif file.is_file() and file.stem not in missing:
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            route.fulfill(status=404)

    def played(names: list[str], without: str = "") -> list[list]:
        missing.add(without)
        return page.evaluate(PLAY, names)

    page.route(f"{ORIGIN}/**", answer)
    page.goto(ORIGIN)
    yield played
    page.close()


def test_the_chime_then_every_word_in_order_and_none_over_another(play):
    names = clips("K001", "Loket 23")["id"]
    said = play(names)
    assert [name for name, *_ in said] == ["chime", *names]
    for (_, begun, seconds), (_, following, _) in pairwise(said):
        assert following >= begun + seconds - 1e-6


def test_a_number_with_a_word_missing_is_not_said_at_all(play):
    names = clips("K041", "Loket 2")["id"]
    assert [name for name, *_ in play(names, without="empat")] == ["chime"]
