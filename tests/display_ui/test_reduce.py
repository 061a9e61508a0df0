"""The state of a screen under every kind of bad network: what was lost, repeated or late never shows in the end."""

import random

import pytest

from queue_server import places

REDUCE = places.STATIC / "js" / "reduce.js"
SCHEDULES = 120

# Plays schedules against the reducer as live.js does: a gap makes it ask for calls, which may succeed or not.
# `broken` takes one safeguard away.
PLAY = """
async ([source, schedules, broken]) => {
  const r = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  return schedules.map(({messages}) => {
    let state = r.blank();
    const delivered = [];
    let gap = false;
    const hand = (step) => {
      state = step.state;
      for (const {call} of step.deliver) delivered.push({revision: call.revision, epoch: call.epoch});
      gap = step.gap;
    };
    for (const {kind, doc} of messages) {
      if (kind === "call") hand(r.takeCall(state, doc));
      if (kind === "beat") hand(r.takeMark(state, doc, 0));
      if (kind === "letgo") hand({...r.letGo(state), gap});
      if (kind === "fetch" && broken !== "no catch-up" && gap) hand(r.takeCalls(state, doc));
      if (kind === "board") {
        const taken = r.takeDocument(state, "board", doc);
        state = broken === "last wins" ? {...taken.state, documents: {board: doc}} : taken.state;
        hand(r.takeMark(state, doc, 0));
      }
    }
    return {delivered, epoch: state.epoch, board: state.documents.board.revision};
  });
}
"""


def schedule(seed: int) -> dict:
    """A server's history and how it reaches one screen; the end is heard well, as within one beat of any cut."""
    rng = random.Random(seed)
    calls, messages = [], []
    revision, last, epoch = 10, None, "e1"
    messages.append({"kind": "board", "doc": board(epoch, revision, last)})
    for _ in range(rng.randrange(3, 30)):
        revision += rng.randrange(1, 4)
        if epoch == "e1" and rng.random() < 0.03:
            calls, last, epoch = [], None, "e2"  # a restored backup: another history begins
            messages.append({"kind": "board", "doc": board(epoch, revision, last)})
            continue
        call = {"epoch": epoch, "revision": revision, "previous": last, "number": f"K{revision:03}"}
        call["expires_at"] = "1970-01-01T00:00:00+00:00"
        calls.append(call)
        last = revision
        heard = [
            {"kind": "call", "doc": call},
            {"kind": "board", "doc": board(epoch, revision, last)},
            {"kind": "beat", "doc": {"epoch": epoch, "revision": revision, "last_call": last}},
            {"kind": "fetch", "doc": answer(epoch, revision, last, calls)},
            {"kind": "letgo", "doc": None},
        ]
        messages += [one for one in heard if rng.random() < 0.55 for _ in range(rng.choice((1, 1, 1, 2)))]
    shuffled = messages[:1] + near_shuffle(messages[1:], rng)
    end = [
        {"kind": "board", "doc": board(epoch, revision + 1, last)},
        {"kind": "beat", "doc": {"epoch": epoch, "revision": revision + 1, "last_call": last}},
        {"kind": "fetch", "doc": answer(epoch, revision + 1, last, calls)},
        {"kind": "board", "doc": board(epoch, revision, last)},  # a straggler
    ]
    return {
        "messages": shuffled + end,
        "epoch": epoch,
        "board": revision + 1,
        "calls": [c["revision"] for c in calls],
        "restored": epoch != "e1",
    }


def board(epoch: str, revision: int, last: int | None) -> dict:
    return {"epoch": epoch, "revision": revision, "last_call": last, "recent": [], "now": "2026-01-19T03:42:00+00:00"}


def answer(epoch: str, revision: int, last: int | None, calls: list) -> dict:
    return {"epoch": epoch, "revision": revision, "last_call": last, "calls": list(calls)}


def near_shuffle(messages: list, rng: random.Random) -> list:
    """Messages overtake each other by a few places, as a fetch and a socket do."""
    return [m for _, m in sorted(((i + rng.random() * 6, n), m) for n, (i, m) in enumerate(enumerate(messages)))]


def wrong(expected: dict, got: dict) -> bool:
    """Whether a screen shows anything but the newest truth, or a call of the present epoch not exactly once."""
    here = [one["revision"] for one in got["delivered"] if one["epoch"] == expected["epoch"]]
    whole = set(here) == set(expected["calls"]) or expected["restored"]  # the first board of an epoch sets its floor
    return not (got["epoch"] == expected["epoch"] and got["board"] == expected["board"] and whole) or len(here) != len(
        set(here)
    )


@pytest.fixture(scope="module")
def play(chromium):
    """Runs schedules in the browser; returns the wrong ones."""
    page = chromium.new_page()

    def run(schedules: list[dict], broken: str | None = None) -> list[int]:
        got = page.evaluate(PLAY, [REDUCE.read_text(), schedules, broken])
        return [n for n, (one, result) in enumerate(zip(schedules, got, strict=True)) if wrong(one, result)]

    yield run
    page.close()


WHAT = "calls through the state code alone, generated schedules, in the browser"


def test_every_schedule_ends_with_the_newest_state_and_each_call_once(play, figure):
    row = figure("F5", WHAT)
    for n in row.each(range(row.size(ci=1, night=150))):
        schedules = [schedule(row.seed + n * SCHEDULES + one) for one in range(SCHEDULES)]
        found = play(schedules)
        row.count(sum(len(one["calls"]) for one in schedules), lost=len(found))
        assert found == []


@pytest.mark.parametrize("broken", ["no catch-up", "last wins"])
def test_control_a_reducer_without_its_safeguard_is_noticed(play, figure, broken):
    found = play([schedule(seed) for seed in range(SCHEDULES)], broken)
    assert len(found) > SCHEDULES / 10
    figure("F5", WHAT).caught(broken, f"{len(found)} of {SCHEDULES} schedules end wrong")
