"""The disk is full, or may only be read: whoever asks is told so, who only looks is shown, and it passes by itself."""

import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from queue_server import texts
from tests.trust import disks, power
from tests.world.lacking import needs
from tests.world.ledger import check_replay, state_of
from tests.world.people import SITE, Cast
from tests.world.server import Client
from tests.world.small_disk import fill, mounted
from tests.world.socket import Screen
from tests.world.tree import ROOT

SIZE = "4m"
COUNTERS = {"1": ["talk"]}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB: the hall's data and the server's own log lie on it."""
    with mounted(tmp_path / "disk", SIZE) as place:
        yield place


def wall(people: Cast) -> Screen:
    """A wall that listens."""
    own = SimpleNamespace(server=people.server, sockets=SimpleNamespace(check_message=lambda *a: None))
    return Screen(own, {"screen": "wall", "site": SITE})


def check_refused_in_ones_own_language(kiosk: Client, key: str) -> None:
    """The 503 says in the visitor's words that nothing was saved, and when to ask again."""
    for language in ("id", "en", "su"):
        body = {"service": "talk"}
        answer = kiosk.post(f"/sites/{SITE}/tickets", body, key, **{"Accept-Language": language})
        said = answer.json()["error"]
        assert (answer.status_code, said["code"]) == (503, "storage_full"), answer.text
        assert said["message"] == texts.load().say(language, "errors.storage_full")
        assert int(answer.headers["Retry-After"]) >= 1


def check_looking_goes_on(people: Cast, screen: Screen) -> None:
    """Readers are shown the hall; what watches the server sees red."""
    http, url = people.kiosks()[0].http, people.server.url
    for path in ("/healthz", f"/api/v1/sites/{SITE}/board", f"/{SITE}/wall", f"/{SITE}/kiosk"):
        assert http.get(url + path, timeout=60).status_code == 200, path
    ready = http.get(f"{url}/readyz", timeout=60)
    assert (ready.status_code, ready.json()["reason"]) == (503, "storage_full")
    assert not screen.is_cut()
    late = wall(people)  # a display that is switched on meanwhile
    assert late.hear("board")["site"] == SITE
    late.close()


def one_shortage(people: Cast, screen: Screen, desk: Client, begin, end) -> None:
    """The disk fails and comes back."""
    kiosk, key = people.kiosks()[0], uuid.uuid4().hex
    before, calls = state_of(people.server, SITE), len(screen.documents("call"))
    begin()
    check_refused_in_ones_own_language(kiosk, key)
    answer = desk.verb(SITE, "1", "call-next")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "storage_full")
    check_looking_goes_on(people, screen)
    assert state_of(people.server, SITE) == before, "something was half written"
    end()
    assert people.server.is_ready()
    given = kiosk.issue(SITE, "talk", key=key)
    assert given.status_code == 201, given.text
    assert desk.verb(SITE, "1", "call-next").json()["ticket"]["number"]
    screen.wait(lambda: len(screen.documents("call")) > calls)
    assert desk.verb(SITE, "1", "no-show").status_code == 200
    check_replay(people.server, SITE)


def opened(people: Cast) -> Client:
    """The officer of counter 1, at work on three waiting."""
    desk = people.officers()[0]
    assert desk.verb(SITE, "1", "open").status_code == 200
    for _ in range(3):
        assert people.kiosks()[0].issue(SITE, "talk").status_code == 201
    return desk


def test_a_full_disk_is_said_shown_around_and_outlived(open_hall, small_disk, figure):
    people = open_hall(COUNTERS, officers=1, folder=small_disk)
    desk, screen = opened(people), wall(people)
    row = figure("F24", "fillings of a real disk (4 MB), over HTTP")
    for _ in row.each(range(row.size(ci=1, night=50))):
        one_shortage(people, screen, desk, lambda: fill(small_disk), (small_disk / "videos").unlink)
        row.count(1)
    screen.close()


@pytest.mark.night
def test_after_a_kill_on_a_full_disk_the_next_start_shows_everything_and_writes_when_it_can(open_hall, small_disk):
    people = open_hall(COUNTERS, officers=1, folder=small_disk)
    opened(people)
    before = state_of(people.server, SITE)
    people.server.kill()
    videos = fill(small_disk)
    with pytest.raises(RuntimeError, match="did not become ready"):  # nor could it print where it listens
        people.server.start(ready_within_s=8)
    check_refused_in_ones_own_language(people.kiosks()[0], uuid.uuid4().hex)
    wall(people).close()
    videos.unlink()
    assert people.server.is_ready()
    assert state_of(people.server, SITE) == before
    assert people.kiosks()[0].issue(SITE, "talk").json()["number"] == "A004"


def test_a_start_that_a_full_disk_does_not_allow_says_so_in_a_line(open_hall, small_disk):
    people = open_hall(COUNTERS, folder=small_disk)
    server = people.server
    assert server.stop() == 0
    videos = fill(small_disk)
    command = server.fresh_command()
    done = subprocess.run(command, capture_output=True, text=True, env=server._env(), timeout=300, cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: cannot use {server.data}: No space left on device\n"
    videos.unlink()
    assert server.start().is_ready()


@needs(power.library(), "this Python's SQLite cannot be reached")
@pytest.mark.parametrize("code", [disks.WRITE_FAILS, disks.SYNC_FAILS], ids=["remounted read-only", "a sync fails"])
def test_a_disk_that_takes_no_writes_any_more_is_said_and_outlived(open_hall, figure, code):
    people = open_hall(COUNTERS, officers=1, sabotage="trust.disks.fails")
    desk, screen, told = opened(people), wall(people), people.server.data / disks.FAILS
    row = figure("F24", f"refusals of a disk (SQLite's code {code}), over HTTP")
    for _ in row.each(range(row.size(ci=1, night=50))):
        one_shortage(people, screen, desk, lambda: told.write_text(str(code)), told.unlink)
        row.count(1)
    screen.close()
