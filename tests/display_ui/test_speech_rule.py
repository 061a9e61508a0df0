"""What is spoken: every line of the rule, as a table, in the browser."""

from datetime import timedelta

import pytest

from queue_server import places
from tests.display_ui.hall import START

RULE = places.DISPLAY_UI / "speech_rule.js"
ASK = """
async ([source, turns]) => {
  const rule = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  return turns.map((turn) => rule.speechForm(turn));
}
"""


def turn(age_s: float = 1, *, recovered=False, queued=1, spoken=0, board=None) -> dict:
    call = {"epoch": "e", "revision": 50, "number": "K014", "counter": "2", "called_at": START.isoformat(), "clips": {}}
    now = (START + timedelta(seconds=age_s)).timestamp() * 1000
    return {"call": call, "recovered": recovered, "queued": queued, "spokenUpTo": spoken, "board": board, "now": now}


def board(state: str, number: str | None, revision: int = 51, epoch: str = "e") -> dict:
    counters = [{"id": "1", "state": "called", "number": "K014"}, {"id": "2", "state": state, "number": number}]
    return {"epoch": epoch, "revision": revision, "counters": counters}


TABLE = [
    ("a live call is spoken in full", turn(), "full"),
    ("its turn may come 60 s later", turn(60), "full"),
    ("but not later", turn(60.1), None),
    ("a recovered call is spoken within 25 s", turn(25, recovered=True), "full"),
    ("but not later", turn(25.1, recovered=True), None),
    ("two queued: in full", turn(queued=2), "full"),
    ("more than two: short", turn(queued=3), "short"),
    ("spoken before", turn(spoken=50), None),
    ("an older one was spoken before", turn(spoken=49), "full"),
    ("still called at that counter", turn(board=board("called", "K014")), "full"),
    ("being served at that counter", turn(board=board("serving", "K014")), "full"),
    ("another ticket is there now", turn(board=board("called", "K015")), None),
    ("nobody is there now, though another counter has that number", turn(board=board("idle", None)), None),
    ("a board older than the call cannot know", turn(board=board("idle", None, revision=49)), "full"),
    ("a board of another epoch cannot know", turn(board=board("idle", None, epoch="f")), "full"),
]


@pytest.fixture(scope="module")
def answers(chromium):
    page = chromium.new_page()
    yield page.evaluate(ASK, [RULE.read_text(), [one for _, one, _ in TABLE]])
    page.close()


@pytest.mark.parametrize("n", range(len(TABLE)), ids=[name for name, *_ in TABLE])
def test_speech(answers, n):
    assert answers[n] == TABLE[n][2]
