"""The voice of a wall under a bad network: each call at most once, in turn, never late, never two at once."""

import random
from datetime import datetime
from itertools import pairwise

import pytest

PASSPORT = "paspor-wawancara"
SPEAKS_MS = 4000

# Stands in for the loudspeaker: says nothing, but notes when it would.
PRETEND_ANNOUNCER = f"""
window.spoken = [];
export class Announcer {{
  works() {{ return true; }}
  mayWork() {{ return true; }}
  length() {{ return {SPEAKS_MS}; }}
  play(names) {{
    const said = {{ number: names[0], form: names[1], at: new Date().toISOString(), done: null }};
    window.spoken.push(said);
    return new Promise((resolve) => setTimeout(() => {{
      said.done = new Date().toISOString();
      resolve();
    }}, {SPEAKS_MS}));
  }}
}}
"""
# Notes every call the band shows.
WATCH = """
window.shown = [];
new MutationObserver(() => {
  const band = document.querySelector("#band");
  const number = document.querySelector("#band-number").dataset.number;
  if (band.dataset.state === "call" && window.shown[window.shown.length - 1] !== number) window.shown.push(number);
}).observe(document.querySelector("#band"), {attributes: true, subtree: true});
"""


@pytest.fixture
def hall(new_hall):
    hall = new_hall()
    hall.instead["display_ui/announcer.js"] = PRETEND_ANNOUNCER
    return hall


def open_wall(hall) -> None:
    hall.wall("?voice=1")
    hall.page.evaluate(WATCH)


def spoken(hall) -> list[tuple[str, str]]:
    return [(one["number"], one["form"]) for one in hall.page.evaluate("window.spoken")]


def test_a_burst_is_spoken_in_turn_and_shortly_while_more_than_two_queue(hall):
    open_wall(hall)
    for n in range(5):
        hall.announce(f"K00{n}", str(n + 1), PASSPORT)
    for _ in range(30):
        hall.pass_time(1)
    assert spoken(hall) == [
        ("K000", "full"),
        ("K001", "short"),
        ("K002", "short"),
        ("K003", "full"),
        ("K004", "full"),
    ]


def test_a_visitor_who_left_the_counter_is_not_called_any_more(hall):
    open_wall(hall)
    hall.announce("K001", "1", PASSPORT)
    hall.announce("K002", "2", PASSPORT)
    hall.change("2", "idle")  # no-show, before the voice came to it
    hall.tell("board", hall.board())
    hall.pass_time(20)
    assert spoken(hall) == [("K001", "full")]
    assert hall.page.evaluate("window.shown") == ["K001", "K002"]


def test_after_a_cut_only_young_calls_are_spoken_but_all_are_shown(hall):
    open_wall(hall)
    hall.announce("K000", "9", PASSPORT)
    hall.pass_time(9)
    hall.cut()
    for n in range(1, 4):
        hall.call(f"K00{n}", str(n), PASSPORT)
        hall.pass_time(14)
    hall.mend()
    hall.pass_time(1)
    hall.page.evaluate("window.hall.link(true)")
    hall.tell("board", hall.board())
    hall.page.wait_for_selector("#band[data-state=call]")
    for _ in range(30):
        hall.pass_time(1)
    assert hall.page.evaluate("window.shown") == ["K000", "K001", "K002", "K003"]
    assert spoken(hall) == [("K000", "full"), ("K003", "full")]


def test_a_wall_that_starts_again_does_not_repeat_itself(hall):
    open_wall(hall)
    hall.announce("K001", "1", PASSPORT)
    hall.pass_time(2)
    assert spoken(hall) == [("K001", "full")]
    hall.page.reload()
    hall.tell("board", hall.board())
    hall.pass_time(10)
    assert hall.page.get_attribute("#band-number", "data-number") == "K001"
    assert spoken(hall) == []


def test_a_wall_without_voice_is_silent(hall):
    hall.wall()
    hall.announce("K001", "1", PASSPORT)
    hall.pass_time(10)
    assert hall.page.evaluate("window.spoken") == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_network_does_each_call_is_shown_and_spoken_at_most_once_and_never_late(hall, seed):
    rng = random.Random(seed)
    open_wall(hall)
    run_a_bad_while(hall, rng)
    heard = hall.page.evaluate("window.spoken")
    numbers = [one["number"] for one in heard]
    assert len(set(numbers)) == len(numbers)
    assert set(hall.page.evaluate("window.shown")) >= {one["number"] for one in hall.calls}
    called = {one["number"]: datetime.fromisoformat(one["called_at"]) for one in hall.calls}
    for one in heard:
        assert (datetime.fromisoformat(one["at"]) - called[one["number"]]).total_seconds() <= 60
    for before, after in pairwise(heard):
        assert before["done"] <= after["at"]


def run_a_bad_while(hall, rng: random.Random) -> None:
    """Calls at any moment through a network that drops, repeats, reorders and goes away, never for a minute."""
    late: list[tuple[str, dict]] = []
    for step in range(45):
        if rng.random() < 0.3:
            call = hall.call(f"K{step:03}", str(rng.randrange(1, 10)), PASSPORT)
            late += [("call", call), ("board", hall.board())]
        rng.shuffle(late)
        for event, document in [late.pop() for _ in range(len(late)) if rng.random() < 0.7]:
            for _ in range(rng.choice((0, 1, 1, 2))):
                hall.tell(event, document)
        if step % 5 == 4:
            hall.tell("beat", hall.beat())
        if hall.reachable and rng.random() < 0.08:
            hall.cut()
        elif not hall.reachable and rng.random() < 0.4:
            hall.mend()
        hall.pass_time(2)
    hall.mend()
    for _ in range(50):
        hall.pass_time(3)
        hall.tell("beat", hall.beat())
