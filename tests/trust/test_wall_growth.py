"""F21: a wall that calls all day, with notices, pictures and films that change beside them, stays as it was.

Looked at once its lists are full, and at the end: the data that its scripts still hold, the nodes of its page, the
texts that its canvases remember, and the memory of the browser's processes, where decoders of films would pile up.
"""

import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.world.clips import clip
from tests.world.people import SITE, cast, run_from, write_hall
from tests.world.people import WORKDAY as MORNING
from tests.world.screens import Wall
from tests.world.server import Server

GROWTH = "calls on one wall, notices, pictures and films changing beside them"
ALLOWED = 0.03
WARM_UP = 1_000  # calls: the lists are full, the scripts are compiled and optimised
CHANGES_EVERY = 125  # calls; then nobody is called until a film has been seen
QUIET_MIN = 10  # that pass in the hall meanwhile: with 5,000 calls, the hours of a working day
FORGOTTEN_S = 62  # after so long no call is told any more
# A wall asks every five minutes for its playlist: here as often in half an hour as in eight hours.
QUICKER = """const every = window.setInterval;
window.setInterval = (run, ms, ...more) => every(run, ms === 300000 ? 20000 : ms, ...more);"""
FILM_SEEN = """() => {
  const film = document.getElementById("band-film");
  return film.getBoundingClientRect().width > 0 && !film.paused && film.currentTime > 0.5;
}"""
MOST_TEXTS = 150  # a canvas has a hundred, and goes (``pen.js``)
DATA = ("string", "concatenated string", "array", "object", "closure", "number", "regexp", "symbol", "bigint")
# A wall that keeps what it was told, and measures it with one canvas.
KEEPS = """window.kept = []; const pen = document.createElement("canvas").getContext("2d");
setInterval(() => {
  for (let n = 0; n < 10; n += 1) pen.measureText(`${window.kept.length}.${n}`);
  const all = Array.from(document.querySelectorAll("body *"), (one) => ({ said: one.textContent }));
  window.kept.push([document.body && document.body.cloneNode(true), all]);
}, 100);"""


class Mall:
    """One counter that calls, one editor, one wall."""

    def __init__(self, folder: Path, chromium: Browser, script: str = "") -> None:
        config = write_hall(folder / "config", {"1": ["a"]})
        hall = config / "sites" / f"{SITE}.toml"
        hall.write_text(f"finish_on_next = true\n{hall.read_text()}")
        self.server = Server(folder / "data", config)
        run_from(self.server, MORNING)
        self.opened_at = datetime.now(UTC)
        people = cast(self.server, SITE, officers=1, kiosks=1)
        self.server.start()
        (self.officer,), (self.kiosk,) = people.officers(), people.kiosks()
        self.editor = self.server.officer("isi", site=SITE, role="content")
        self.pictures = [self.picture(shade) for shade in (40, 160)]
        self.films = [self.film(seconds) for seconds in (3.2, 3.6)]
        assert self.officer.verb(SITE, "1", "open").status_code == 200
        self.context = chromium.new_context(viewport={"width": 1920, "height": 1080})
        for one in (QUICKER, script):
            self.context.add_init_script(one)
        self.wall = Wall.open(self.context.new_page(), self.server, SITE)
        self.chromium, self.called, self.notice = chromium, 0, ""
        self.quiet_min = 0

    def close(self) -> None:
        """The browser's side and the server go."""
        self.context.close()
        self.server.kill()

    def picture(self, shade: int) -> str:
        """One handed in; its id."""
        out = io.BytesIO()
        Image.new("RGB", (800, 450), (shade, 90, 90)).save(out, "PNG")
        return self.handed_in("media", "image/png", out.getvalue())

    def film(self, seconds: float) -> str:
        """One handed in, which the server encodes anew; its id."""
        return self.handed_in("media/videos", "video/webm", clip(seconds=seconds, size=(640, 360)))

    def handed_in(self, where: str, type: str, data: bytes) -> str:
        """What the editor's page does with a file."""
        headers = {"Content-Type": type, "Origin": self.server.url}
        path = f"{self.server.api}/sites/{SITE}/{where}?name=berkas"
        return str(done(self.editor.http.post(path, data=data, headers=headers))["pictures"][-1]["id"])

    def call(self, calls: int) -> None:
        """So many visitors are called, one after another."""
        for _ in range(calls):
            done(self.kiosk.issue(SITE, "a"))
            for verb in ("call-next", "serve"):  # whom the officer served before is finished by the next call
                done(self.officer.verb(SITE, "1", verb))
            self.called += 1
            if self.called % CHANGES_EVERY == 0:
                self.change()

    def change(self) -> None:
        """The editor takes the last notice away, writes another, and shows another film and picture."""
        if self.notice:
            path = f"{self.server.api}/sites/{SITE}/notices/{self.notice}"
            done(self.editor.http.delete(path, headers={"Origin": self.server.url}))
        text = {"id": f"Pengumuman {self.called}: loket tutup pukul 11.30 hari ini."}
        self.notice = done(self.editor.post(f"/sites/{SITE}/notices", {"text": text, "where": ["wall"]}))["id"]
        self.pictures.reverse()
        self.films.reverse()
        entries = [{"picture": one, "seconds": 5} for one in (self.pictures[0], self.films[0])]
        done(self.editor.put(f"/sites/{SITE}/media", {"entries": entries}))
        self.quiet_min += QUIET_MIN
        begun = datetime.fromisoformat(MORNING) + timedelta(minutes=self.quiet_min)
        run_from(self.server, (begun + (datetime.now(UTC) - self.opened_at)).isoformat())
        self.wall.page.wait_for_function(FILM_SEEN, timeout=120_000)

    def held(self) -> "Held":
        """What the wall holds at rest."""
        page = self.wall.page
        page.wait_for_timeout(FORGOTTEN_S * 1000)
        page.wait_for_selector('#band[data-state="rest"]', timeout=60_000)
        return held(page, self.chromium)


def done(answer: object) -> dict:
    """The body of what was taken."""
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


@dataclass(frozen=True)
class Held:
    """What a page keeps once everything that can go has gone."""

    data: int  # bytes of its scripts' texts, lists and objects: compiled code grows while the engine makes it quicker
    nodes: int
    texts: int  # that its canvases remember
    memory: int  # bytes that the browser's processes have for themselves

    def grown_since(self, before: "Held") -> tuple[float, float]:
        """By which part data and nodes grew."""
        return self.data / before.data - 1, self.nodes / before.nodes - 1


def held(page: Page, chromium: Browser) -> Held:
    """By a snapshot of the heap; the browser's own lists (what was fetched, what was shaped) are not the page's."""
    cdp, parts = page.context.new_cdp_session(page), []
    cdp.on("HeapProfiler.addHeapSnapshotChunk", lambda event: parts.append(event["chunk"]))
    cdp.send("HeapProfiler.enable")
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    counted = cdp.send("Memory.getDOMCounters")
    cdp.send("HeapProfiler.takeHeapSnapshot", {})
    cdp.detach()
    heap = json.loads("".join(parts))
    meta, nodes, names = heap["snapshot"]["meta"], heap["nodes"], heap["strings"]
    step, kinds = len(meta["node_fields"]), meta["node_types"][0]
    kind, name, size = (nodes[meta["node_fields"].index(one) :: step] for one in ("type", "name", "self_size"))
    data = sum(bytes for which, bytes in zip(kind, size, strict=True) if kinds[which] in DATA)
    texts = sum(names[one] == "blink::PlainTextNode" for one in name)
    return Held(data, counted["nodes"], texts, memory(chromium))


def memory(chromium: Browser) -> int:
    """Bytes of all of the browser's processes that nothing shares: decoded pictures, players, what was fetched."""
    cdp = chromium.new_browser_cdp_session()
    processes = cdp.send("SystemInfo.getProcessInfo")["processInfo"]
    cdp.detach()
    rolled = [Path(f"/proc/{one['id']}/smaps_rollup").read_text() for one in processes]
    return sum(int(kb) for one in rolled for kb in re.findall(r"^Private_\w+: +(\d+) kB", one, re.MULTILINE)) * 1024


@pytest.mark.night
def test_a_wall_that_calls_all_day_holds_what_it_held(tmp_path, chromium, figure):
    row, mall = figure("F21", GROWTH), Mall(tmp_path, chromium)
    row.aims_at(5_000)
    try:
        calls = row.size(ci=300, night=5_000)
        mall.call(WARM_UP)
        before = mall.held()
        mall.call(calls)
        after = mall.held()
    finally:
        mall.close()
    data, nodes = after.grown_since(before)
    row.note(f"data {data:+.1%} of {before.data / 2**20:.2f} MiB, nodes {nodes:+.1%} of {before.nodes:,}")
    row.note(f"the browser's memory {before.memory / 2**20:.0f} to {after.memory / 2**20:.0f} MiB")
    row.count(calls, lost=int(max(data, nodes) > ALLOWED))
    assert data <= ALLOWED and nodes <= ALLOWED
    assert after.texts <= MOST_TEXTS, "a canvas remembers whatever it has measured"


@pytest.mark.night
def test_control_a_wall_that_keeps_what_it_was_told_is_noticed(tmp_path, chromium, figure):
    mall = Mall(tmp_path, chromium, KEEPS)
    try:
        before = held(mall.wall.page, chromium)
        mall.call(40)
        after = held(mall.wall.page, chromium)
    finally:
        mall.close()
    data, nodes = after.grown_since(before)
    assert data > ALLOWED and nodes > ALLOWED and after.texts > MOST_TEXTS
    figure("F21", GROWTH).caught("a wall that keeps what it was told", f"data {data:+.0%}, nodes {nodes:+.0%}")
