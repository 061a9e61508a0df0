"""F21: a wall that calls all day, with notices and pictures that change beside them, stays as it was.

Looked at once its lists are full, and at the end: the data that its scripts still hold, the nodes of its page, the
texts that its canvases remember.
"""

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.world.people import SITE, cast, run_from, write_hall
from tests.world.people import WORKDAY as MORNING
from tests.world.screens import Wall
from tests.world.server import Server

GROWTH = "calls on one wall, notices and pictures changing beside them"
ALLOWED = 0.03
WARM_UP = 1_000  # calls: the lists are full, the scripts are compiled and optimised
CHANGES_EVERY = 50
FORGOTTEN_S = 62  # after so long no call is told any more
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
        self.server = Server(folder / "data", write_hall(folder / "config", {"1": ["a"]}))
        run_from(self.server, MORNING)
        people = cast(self.server, SITE, officers=1, kiosks=1)
        self.server.start()
        (self.officer,), (self.kiosk,) = people.officers(), people.kiosks()
        self.editor = self.server.officer("isi", site=SITE, role="content")
        self.pictures = [self.picture(shade) for shade in (40, 160)]
        assert self.officer.verb(SITE, "1", "open").status_code == 200
        self.context = chromium.new_context(viewport={"width": 1920, "height": 1080})
        if script:
            self.context.add_init_script(script)
        self.wall = Wall.open(self.context.new_page(), self.server, SITE)
        self.called, self.notice = 0, ""

    def close(self) -> None:
        """The browser's side and the server go."""
        self.context.close()
        self.server.kill()

    def picture(self, shade: int) -> str:
        """One handed in; its id."""
        out = io.BytesIO()
        Image.new("RGB", (800, 450), (shade, 90, 90)).save(out, "PNG")
        headers = {"Content-Type": "image/png", "Origin": self.server.url}
        path = f"{self.server.api}/sites/{SITE}/media?name=gambar"
        sent = self.editor.http.post(path, data=out.getvalue(), headers=headers)
        return str(done(sent)["pictures"][-1]["id"])

    def call(self, calls: int) -> None:
        """So many visitors are called, one after another."""
        for _ in range(calls):
            done(self.kiosk.issue(SITE, "a"))
            for verb in ("call-next", "serve", "finish"):
                done(self.officer.verb(SITE, "1", verb))
            self.called += 1
            if self.called % CHANGES_EVERY == 0:
                self.change()

    def change(self) -> None:
        """The editor takes the last notice away, writes another, and turns the pictures round."""
        if self.notice:
            path = f"{self.server.api}/sites/{SITE}/notices/{self.notice}"
            done(self.editor.http.delete(path, headers={"Origin": self.server.url}))
        text = {"id": f"Pengumuman {self.called}: loket tutup pukul 11.30 hari ini."}
        self.notice = done(self.editor.post(f"/sites/{SITE}/notices", {"text": text, "where": ["wall"]}))["id"]
        self.pictures.reverse()
        entries = [{"picture": one, "seconds": 5} for one in self.pictures]
        done(self.editor.put(f"/sites/{SITE}/media", {"entries": entries}))

    def held(self) -> "Held":
        """What the wall holds at rest."""
        page = self.wall.page
        page.wait_for_timeout(FORGOTTEN_S * 1000)
        page.wait_for_selector('#band[data-state="rest"]', timeout=60_000)
        return held(page)


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

    def grown_since(self, before: "Held") -> tuple[float, float]:
        """By which part data and nodes grew."""
        return self.data / before.data - 1, self.nodes / before.nodes - 1


def held(page: Page) -> Held:
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
    return Held(data, counted["nodes"], sum(names[one] == "blink::PlainTextNode" for one in name))


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
    row.count(calls, lost=int(max(data, nodes) > ALLOWED))
    assert data <= ALLOWED and nodes <= ALLOWED
    assert after.texts <= MOST_TEXTS, "a canvas remembers whatever it has measured"


@pytest.mark.night
def test_control_a_wall_that_keeps_what_it_was_told_is_noticed(tmp_path, chromium, figure):
    mall = Mall(tmp_path, chromium, KEEPS)
    try:
        before = held(mall.wall.page)
        mall.call(40)
        after = held(mall.wall.page)
    finally:
        mall.close()
    data, nodes = after.grown_since(before)
    assert data > ALLOWED and nodes > ALLOWED and after.texts > MOST_TEXTS
    figure("F21", GROWTH).caught("a wall that keeps what it was told", f"data {data:+.0%}, nodes {nodes:+.0%}")
