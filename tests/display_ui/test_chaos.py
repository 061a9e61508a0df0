"""The whole wall, in a real browser, at the end of a bad line, for a whole day that passes in seconds.

Nothing of the wall is replaced but the socket library and the loudspeaker; time and network are the test's
(``chaos/``): messages are dropped, repeated, late and out of order, the line is cut or swallows everything without a
word, the box sleeps. Every call that somebody was still to come for when the line was well must have had its turn in
the band, none may be shown or spoken more often than it was called, and none spoken later than the rule allows.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from queue_server import places
from tests.display_ui.hall import START, Hall, site_info

SCRIPTS = [(Path(__file__).with_name("chaos") / name).read_text() for name in ("time.js", "hall.js")]
SOCKET = "export const io = (...all) => window.chaos.io(...all);"
LOUDSPEAKER = """
export class Announcer {
  works() { return true; }
  mayWork() { return true; }
  length(names, short) { return short ? 3000 : 4500; }
  play(names) { return window.chaos.say(names); }
}
"""
SLEEPER = 106  # in this schedule the box sleeps between a call and its turn
WHAT = "calls × displays, generated schedules, in the browser"


def live_through(chromium: Any, seed: int, calls: int, cuts: int, instead: dict[str, str] | None = None) -> dict:
    """One wall's day; what it missed, repeated and spoke late."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    hall = Hall(context.new_page(), site_info("pandeglang"))
    hall.was_cut = True
    hall.instead |= {"static/vendor/socket.io-client.js": SOCKET, "display_ui/announcer.js": LOUDSPEAKER}
    hall.instead |= instead or {}
    told = {"seed": seed, "site": hall.site, "calls": calls, "cuts": cuts, "every_s": 6}
    told["start"] = START.timestamp() * 1000
    hall.page.add_init_script("\n".join([f"window.CHAOS = {json.dumps(told)};", *SCRIPTS]))
    hall.open(
        "/pandeglang/wall?voice=1",
        "display_ui/wall.html",
        ("common", "wall"),
        frozen=False,
        zone=None,
        voice=True,
    )
    found = hall.page.evaluate("window.chaos.run()")
    context.close()
    assert not hall.faults
    return found


def wrongs(found: dict) -> int:
    """How many calls broke the promise."""
    return len(found["missed"]) + len(found["repeated"]) + len(found["late"])


def test_a_wall_misses_repeats_and_speaks_late_nothing(chromium, figure):
    row = figure("F5", WHAT)
    calls, cuts = row.size(ci=120, night=1000), row.size(ci=3, night=20)
    over = spoken = 0
    for n in row.each(range(row.size(ci=3, night=320))):  # about two thirds of all calls are due at a wall cut so often
        found = live_through(chromium, row.seed + n, calls, cuts)
        row.count(found["due"], lost=wrongs(found))
        over, spoken = over + found["over"], spoken + found["spoken"]
        assert not wrongs(found), (row.seed + n, found)
        assert found["due"] > calls / 4 and found["spoken"] > calls / 5  # the trial itself was worth something
    row.note(f"{spoken:,} spoken; {over:,} more were over before the wall was back, or taken back")


def test_a_wall_that_slept_speaks_nothing_of_before(chromium):
    assert live_through(chromium, SLEEPER, 200, 5)["late"] == []


CONTROLS = {
    "a wall without catch-up": ("missed", "static/js/live.js", {"if (gap) this.catchUp();": ""}),
    "calls taken again": (
        "repeated",
        "static/js/reduce.js",
        {"revision <= state.floor;": "false;", "if (call.revision <= floor) continue;": ""},
    ),
    "speech without its age": ("late", "display_ui/speech_rule.js", {"if (age >": "if (age < 0 && age >"}),
}
ROOTS = {"static": places.STATIC, "display_ui": places.DISPLAY_UI}


@pytest.mark.parametrize("control", CONTROLS)
def test_control_a_wall_without_its_safeguard_is_noticed(chromium, figure, control):
    kind, path, changes = CONTROLS[control]
    found = live_through(chromium, SLEEPER, 200, 5, {path: changed(path, changes)})
    assert found[kind]
    figure("F5", WHAT).caught(control, f"{len(found[kind])} of 200 {kind}")


def test_control_a_clock_that_does_not_notice_sleep_is_noticed(chromium):
    path = "static/js/clock.js"
    assert live_through(
        chromium, SLEEPER, 200, 5, {path: changed(path, {"return performance.now() >= unsureUntil;": "return true;"})}
    )["late"]


def changed(path: str, changes: dict[str, str]) -> str:
    """A script of ours with some of its safeguards taken away."""
    root, _, rest = path.partition("/")
    source = (ROOTS[root] / rest).read_text()
    for safeguard, without in changes.items():
        assert source.count(safeguard) == 1
        source = source.replace(safeguard, without)
    return source
