"""The loudspeaker itself: what it plays, that it says when it is mute, and that trouble never holds up the screen."""

from itertools import pairwise

import pytest

from queue_server.voice.packs import VOICE, lengths
from queue_server.voice.phrases import clips

PASSPORT = "paspor-wawancara"

# A browser that keeps the page silent until it is touched, and a sound device that notes what it is given.
PRETEND_DEVICE = """
window.played = [];
window.seconds = [];
window.AudioContext = class {
  constructor() {
    this.state = window.silent || window.wakes ? "suspended" : "running";
    this.born = performance.now();
  }
  get currentTime() { return (performance.now() - this.born) / 1000; }
  resume() {
    if (window.silent && !window.touched) return new Promise(() => {});
    const wake = (resolve) => {
      this.state = "running";
      if (this.onstatechange) this.onstatechange();
      resolve();
    };
    return new Promise((resolve) => (window.wakes ? setTimeout(wake, window.wakes, resolve) : wake(resolve)));
  }
  decodeAudioData(bytes) {
    const size = bytes.byteLength;
    return Promise.resolve({ duration: window.seconds[size] || 1.5, size });
  }
  createBufferSource() {
    return { connect() {}, start(at) { window.played.push([this.buffer.size, Math.round(at * 100) / 100]); } };
  }
};
"""


@pytest.fixture
def hall(new_hall):
    hall = new_hall()
    hall.page.add_init_script(PRETEND_DEVICE)
    hall.clips = {"chime": 1, "nomor-antrean": 2, "loket": 3}
    return hall


def announce(hall, number="K001", counter="1"):
    made = hall.call(number, counter, PASSPORT)
    made["clips"] = {"id": ["nomor-antrean", "loket"], "id_short": ["loket"]}
    hall.tell("call", made)
    hall.tell("board", hall.board())


def played(hall) -> list[list[float]]:
    return hall.page.evaluate("window.played")


def test_chime_then_clips_without_a_gap(hall):
    hall.wall("?voice=1")
    announce(hall)
    hall.be_answered()
    for _ in range(20):
        hall.pass_time(0.1)
    sizes, times = zip(*played(hall), strict=True)
    assert sizes == (1, 2, 3)
    assert [round(b - a, 2) for a, b in pairwise(times)] == [1.65, 1.5]


def test_a_row_of_short_calls_chimes_once(hall):
    hall.wall("?voice=1")
    for n in range(4):
        announce(hall, f"K00{n}", str(n + 1))
    hall.be_answered()
    for _ in range(100):
        hall.pass_time(0.25)
    sizes = [size for size, _ in played(hall)]
    assert sizes == [1, 2, 3, 3, 1, 2, 3, 1, 2, 3]


def test_a_mute_wall_says_so_until_it_is_touched(hall):
    hall.page.add_init_script("window.silent = true")
    hall.wall("?voice=1")
    assert hall.page.is_visible("#mark-mute")
    hall.tell("beat", hall.beat())
    assert hall.page.evaluate("window.hall.sent")[-1][1]["sound"] is False
    announce(hall)
    hall.pass_time(9)
    assert played(hall) == []
    hall.page.evaluate("window.touched = true")
    hall.page.keyboard.press("Space")
    assert hall.page.is_hidden("#mark-mute")
    hall.tell("beat", hall.beat())
    assert hall.page.evaluate("window.hall.sent")[-1][1]["sound"] is True


def test_clips_that_cannot_be_had_hold_up_nothing(hall):
    hall.clips = {}
    hall.wall("?voice=1")
    announce(hall, "K001", "1")
    announce(hall, "K002", "2")
    for _ in range(20):
        hall.pass_time(1)
    assert hall.page.get_attribute("#band-number", "data-number") == "K002"
    assert hall.page.get_attribute("#band", "data-state") == "rest"


@pytest.mark.parametrize(("opened_s", "wakes_s"), [(60, 0), (0, 0), (0, 1.5)])
def test_of_twelve_calls_in_three_seconds_each_is_heard_whole_within_a_minute(hall, opened_s, wakes_s):
    """On a wall that stood for a while, on one just opened, and on one whose sound device has yet to wake."""
    seconds = lengths(VOICE) | lengths(VOICE / "id")
    hall.clips = {name: size for size, name in enumerate(seconds, 1)}
    hall.page.add_init_script(f"window.wakes = {wakes_s * 1000}; window.seconds = {[0, *seconds.values()]}")
    hall.wall("?voice=1")
    hall.pass_time(opened_s)
    made = {}
    for n in range(1, 13):
        number, counter = f"K{n:03}", str(n)
        call = hall.call(number, counter, PASSPORT)
        call["clips"] = clips(number, call["counter_name"])
        made[number] = call["clips"], hall.page.evaluate("performance.now()") / 1000
        hall.tell("call", call)
        hall.tell("board", hall.board())
        hall.pass_time(0.25)
    for _ in range(120):
        hall.pass_time(0.5)
    names, at = dict(enumerate(seconds, 1)), 0
    heard = [(names[size], moment) for size, moment in played(hall) if names[size] != "chime"]
    for forms, called in made.values():
        form = next(form for form in forms.values() if [name for name, _ in heard[at : at + len(form)]] == form)
        at += len(form)
        last, moment = heard[at - 1]
        assert moment + seconds[last] <= called + 60
    assert at == len(heard)
