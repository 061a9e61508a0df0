"""What suggestions promise comes true: tried on simulated rushes that were written and committed before the rule.

A few at each run; by ``make trust`` as many as give 200 suggestions, whose figures are in ``README.md``.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from statistics import fmean, median
from time import process_time

import pytest

from queue_server.domain import drawn, suggesting
from queue_server.domain.suggesting import suggestions
from queue_server.domain.what_if import play, within_ninety
from tests.estimates.rush import SEED, Played, rush
from tests.estimates.suggested import Result, followed, options, present, told
from tests.world.tree import ROOT

README = ROOT / "tests/estimates/README.md"
BEGIN, END = "<!-- suggestions: written by the long run -->\n", "<!-- end of suggestions -->"
FEW, MANY = 40, 200  # rushes at each run; suggestions of the long one


def share(results: Sequence[Result], what: str) -> float:
    return fmean(bool(getattr(one, what)) for one in results)


@pytest.fixture(scope="module")
def few() -> list[Result]:
    return [one for one in map(followed, range(FEW)) if one is not None]


def test_what_is_suggested_helps_and_comes_out_about_as_told(few):
    assert len(few) >= FEW / 3, "in a rush there is mostly something to do"
    assert share(few, "right_way") >= 0.9
    assert share(few, "outcome_near") >= 0.7


def test_the_same_hall_is_told_the_same():
    first, again = ([suggested for _, suggested in map(told, map(rush, range(6)))] for _ in range(2))
    assert any(first)
    assert first == again


def test_it_is_worked_out_within_three_tenths_of_a_second_of_processor_time():
    slowest = 0.0
    for number in range(8):
        of = Played(rush(number)).until(rush(number).asked_s)
        hall = present(of)
        crowd = [one._replace(arrival=one.arrival + n * 10_000) for n in range(20) for one in hall.waiting]
        for lines in (hall, hall.__class__(**{**vars(hall), "waiting": tuple(crowd)})):
            began = process_time()
            suggestions(lines, list(options(of, lines)))
            slowest = max(slowest, process_time() - began)
    assert slowest <= 0.3


def test_control_by_paces_that_are_wrong_nothing_comes_out_as_told(monkeypatch):
    """Half as long as they take: if that made no difference, the measure would measure nothing."""
    right = drawn.Drawn.__init__

    def hasty(self, turns, missed, which):
        right(self, {id: one._replace(mean_s=one.mean_s / 2) for id, one in turns.items()}, missed, which)

    monkeypatch.setattr(drawn.Drawn, "__init__", hasty)
    found = [one for one in map(followed, range(FEW)) if one is not None]
    assert share(found, "outcome_near") < 0.5


def test_two_plays_of_one_number_have_the_same_luck():
    of = Played(rush(3)).until(rush(3).asked_s)
    hall = present(of)
    assert play(hall, 5) == play(hall, 5) != play(hall, 6)


@pytest.mark.parametrize(("waits", "wait"), [([1.0], 1.0), ([1.0, 2.0], 2.0), (list(range(1, 11)), 9)])
def test_nine_of_ten_are_called_within_it(waits, wait):
    assert within_ninety(waits) == wait


@pytest.mark.night
def test_over_200_suggestions_the_way_and_the_outcome_are_right():
    none, results = 0, []
    for number in count():
        one = followed(number)
        none += one is None
        results += [one] if one is not None else []
        if len(results) == MANY:
            break
    _write(_page(results, none))
    assert share(results, "right_way") >= 0.95
    assert share(results, "outcome_near") >= 0.8


def _page(results: Sequence[Result], none: int) -> str:
    lines = [
        f"Run of {datetime.now(UTC):%Y-%m-%d}, seed {SEED}: {len(results) + none} rushes, in {none} of which nothing "
        "was suggested.\n",
        "| act | suggested | right way | outcome within 30 % | time won within 30 % | median told | median that came |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for act in ("open", "serve", "resume", "all"):
        own = [one for one in results if act in (one.act, "all")]
        if own:
            told = f"{median(o.before for o in own) / 60:.0f} → {median(o.after for o in own) / 60:.0f} min"
            came = f"{median(o.came_without for o in own) / 60:.0f} → {median(o.came_with for o in own) / 60:.0f} min"
            shares = " | ".join(f"{share(own, what):.1%}" for what in ("right_way", "outcome_near", "saving_near"))
            lines.append(f"| {act} | {len(own)} | {shares} | {told} | {came} |")
    return "\n".join(lines) + "\n"


def _write(text: str) -> None:
    before, rest = README.read_text().split(BEGIN)
    README.write_text(before + BEGIN + text + END + rest.split(END)[1])


@pytest.fixture(scope="module")
def helped():
    """A rush in which something is suggested, and what could be done there."""
    for number in count():
        of = Played(rush(number)).until(rush(number).asked_s)
        hall = present(of)
        acts = list(options(of, hall))
        if suggestions(hall, acts):
            return hall, acts


def test_of_a_crowd_that_cannot_be_played_often_enough_nothing_is_told(helped, monkeypatch):
    hall, acts = helped
    monkeypatch.setattr(suggesting, "_CALLS", len(acts) * len(hall.waiting))  # each act once, at the mean
    assert suggestions(hall, acts) == []


def test_where_a_line_comes_to_nothing_in_one_of_the_plays_nothing_is_told(helped, monkeypatch):
    hall, acts = helped
    monkeypatch.setattr(suggesting, "play", lambda hall, which=None: {} if which == 7 else play(hall, which))
    assert suggestions(hall, acts) == []
