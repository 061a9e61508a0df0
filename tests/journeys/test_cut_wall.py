"""I-12: a wall that was cut off during three calls shows all three and speaks what the rule allows, once each."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from queue_server import places
from tests.journeys.conftest import Malls, Stage
from tests.world.cable import Cable
from tests.world.screens import Wall, eventually

SITE = "pandeglang"
VOICE = places.DISPLAY_UI / "voice"
WHAT = "calls to walls over a cut cable, in the browser"
BEGIN = datetime.fromisoformat("2026-11-23T09:00:00+07:00")

# Which recorded words go to the loudspeaker, in order: the address of a clip is followed to the node that plays it.
LOUDSPEAKER = """
window.heard = [];
const names = new WeakMap();
const read = Response.prototype.arrayBuffer;
Response.prototype.arrayBuffer = async function () {
  const bytes = await read.call(this);
  names.set(bytes, this.url || names.get(this));
  return bytes;
};
const Plain = Response;
window.Response = class extends Plain {
  constructor(body, more) {
    super(body, more);
    if (body instanceof ArrayBuffer) names.set(this, names.get(body));
  }
};
const decode = BaseAudioContext.prototype.decodeAudioData;
BaseAudioContext.prototype.decodeAudioData = async function (bytes) {
  const name = names.get(bytes);
  const buffer = await decode.call(this, bytes);
  names.set(buffer, name);
  return buffer;
};
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...when) {
  window.heard.push(String(names.get(this.buffer)).split("/").pop().replace(".mp3", ""));
  return start.apply(this, when);
};
"""
# Ask for every clip as the wall will, so that the browser keeps it.
LOAD = """async (names) => {
  const folder = `/assets/${document.documentElement.dataset.build}/display_ui/`;
  const answers = await Promise.all(names.map((name) => fetch(folder + name).catch(() => null)));
  return answers.every((one) => one && one.ok);
}"""
# Which numbers the band has shown as being called, in order.
EYES = """
window.shown = [];
addEventListener("DOMContentLoaded", () => {
  const band = document.querySelector("#band"), number = document.querySelector("#band-number");
  new MutationObserver(() => {
    const now = number.getAttribute("data-number");
    if (band.dataset.state === "call" && window.shown[window.shown.length - 1] !== now) window.shown.push(now);
  }).observe(band, {attributes: true, subtree: true, attributeFilter: ["data-state", "data-number"]});
});
"""
# A wall that never learns what it missed.
NEVER_ASKS = """
const ask = fetch;
window.fetch = (...all) => (String(all[0]).includes("/calls?") ? new Promise(() => {}) : ask(...all));
"""


class Cut:
    """Pandeglang with three officers and a speaking wall at the end of a cable."""

    def __init__(self, malls: Malls, stage: Stage, before: str = "") -> None:
        self.malls = malls
        self.now = BEGIN
        self.pass_time(0)
        people = malls.people[SITE]
        self.officers = dict(zip(("1", "2", "15"), people.officers(), strict=True))
        kiosk = people.kiosks()[0]
        for counter, service in (("1", "paspor-informasi"), ("15", "skck-perpanjangan"), ("1", "paspor-informasi")):
            assert kiosk.issue(SITE, service).status_code == 201
            self.officers[counter].verb(SITE, counter, "open")
        self.officers["2"].verb(SITE, "2", "open")
        assert self.officers["2"].issue(SITE, "paspor-wawancara").status_code == 201
        self.cable = Cable(malls.server.port)
        page = stage.page("wall")
        page.add_init_script(LOUDSPEAKER + EYES + before)
        page.goto(f"{self.cable.url}/{SITE}/wall?voice=1")
        page.wait_for_selector('#band:not([data-state="starting"])', state="attached")
        stage.expect_lost_lines()
        self.wall = Wall(page, malls.server)
        self._load_voice()

    def _load_voice(self) -> None:
        """The browser has every clip at hand: a wall speaks no call whose words take seconds to load."""
        names = [f"voice/{clip.relative_to(VOICE).as_posix()}" for clip in VOICE.rglob("*.mp3")]
        eventually(lambda: self.wall.page.evaluate(LOAD, names), True, 60, self.wall.page)

    def pass_time(self, seconds: float) -> None:
        """Turn the server's clock, which stands still until then."""
        self.now += timedelta(seconds=seconds)
        self.turned = time.monotonic()
        self.malls.server.set_clock(self.now.isoformat())

    def catch_up(self) -> None:
        """As much time as has really passed, by which the wall's own clock has run on."""
        self.pass_time(time.monotonic() - self.turned)

    def call(self, counter: str) -> None:
        """The officer there calls whoever is next."""
        answer = self.officers[counter].verb(SITE, counter, "call-next")
        assert answer.status_code == 200 and answer.json()["ticket"], answer.text

    def three_calls_in_the_dark(self) -> None:
        """One that is too old to be spoken when the cable is back, two that are not."""
        self.cable.pull()
        self.call("1")
        self.pass_time(40)
        self.call("2")
        self.pass_time(1)
        self.call("15")
        self.pass_time(1)
        self.cable.plug()

    def end(self) -> None:
        """Take the cable away, close the wall and stop the server; a second time does nothing."""
        self.cable.remove()
        self.wall.page.close()
        if self.malls.server.process.poll() is None:
            self.malls.server.kill()

    def listed(self) -> set[str]:
        """The numbers that stand anywhere on the wall."""
        found = self.wall.page.query_selector_all("[data-number]")
        return {e.get_attribute("data-number") for e in found if e.is_visible()}

    def spoken(self) -> list[str]:
        """The numbers spoken, told from the clips that were played; fails on words of no call."""
        heard = [w for w in self.wall.page.evaluate("window.heard") if w != "chime"]
        calls = self.malls.people[SITE].kiosks()[0].get(f"/sites/{SITE}/calls?after=0").json()["calls"]
        forms = {tuple(c["clips"][form]): c["number"] for c in calls for form in ("id", "id_short")}
        found = []
        while heard:
            said = next((words for words in forms if tuple(heard[: len(words)]) == words), None)
            assert said, f"nobody was called by {heard}"
            found.append(forms[said])
            heard = heard[len(said) :]
        return found


@pytest.fixture
def cut(open_malls, stage: Stage) -> Iterator:
    """Makes the hall; removes its cable."""
    made: list[Cut] = []

    def make(before: str = "") -> Cut:
        made.append(Cut(open_malls(BEGIN.isoformat()), stage, before))
        return made[-1]

    yield make
    for one in made:
        one.end()


def check_all_shown_and_spoken_by_the_rule(cut: Cut, patience_s: float = 30) -> None:
    """F001 is 42 s old: seen, not heard. K001 and Q001 are 2 s and 1 s old: seen, and heard once each.

    They are so young since the wall's clock runs on while it finds the line, and may at the most reach 25 s.
    """
    page = cut.wall.page
    eventually(lambda: {"F001", "K001", "Q001"} <= cut.listed(), True, 20, page)
    eventually(lambda: sorted(cut.spoken()), ["K001", "Q001"], patience_s, page)
    page.wait_for_timeout(4000)
    assert sorted(cut.spoken()) == ["K001", "Q001"]
    assert set(page.evaluate("window.shown")) >= {"K001", "Q001"}


def test_a_wall_cut_off_during_three_calls_shows_all_and_speaks_by_the_rule(cut, figure):
    row = figure("F5", WHAT)
    for _ in row.each(range(row.size(ci=1, night=100))):
        hall = cut()
        try:
            hall.three_calls_in_the_dark()
            check_all_shown_and_spoken_by_the_rule(hall)
            hall.officers["1"].verb(SITE, "1", "serve")
            hall.officers["1"].verb(SITE, "1", "finish")
            hall.catch_up()
            hall.call("1")  # and the next one is heard live
            eventually(lambda hall=hall: hall.spoken().count("F002"), 1, 30, hall.wall.page)
        except AssertionError:
            row.count(4, lost=1)
            raise
        row.count(4)
        hall.end()


def test_a_short_cut_repeats_nothing(cut):
    hall = cut()
    hall.call("1")
    eventually(hall.spoken, ["F001"], 30, hall.wall.page)
    for _ in range(2):
        hall.cable.pull()
        hall.wall.page.wait_for_timeout(300)
        hall.cable.plug()
        hall.wall.page.wait_for_timeout(3000)
    hall.catch_up()
    hall.call("15")
    eventually(hall.spoken, ["F001", "Q001"], 30, hall.wall.page)


@pytest.mark.night
def test_control_a_wall_without_catch_up_is_noticed(cut, figure):
    hall = cut(NEVER_ASKS)
    hall.three_calls_in_the_dark()
    with pytest.raises(AssertionError):
        check_all_shown_and_spoken_by_the_rule(hall, patience_s=10)
    figure("F5", WHAT).caught("no catch-up", f"{len(hall.spoken())} of 2 calls spoken after 10 s")
