"""The table comes into its page whatever becomes of its parts."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.bench import __main__ as bench
from tests.bench.figures import Ratio, Rounds, Row, versus

PAGE = f"before\n{bench.MARKS[0]}\nold\n{bench.MARKS[1]}\nafter\n"


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page of its own, written by a bench of two parts of which the first fails."""

    async def breaks(folder, options):
        raise RuntimeError("nobody | waits\nany more")

    async def works(folder, options):
        return [Row("what was measured", "1 ms")]

    page = tmp_path / "README.md"
    page.write_text(PAGE)
    monkeypatch.setattr(bench, "README", page)
    monkeypatch.setattr(bench, "PARTS", {"first": breaks, "second": works})
    return page


def run() -> int:
    """The bench beside whatever loop the browser's driver runs in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(bench.main).result()


def test_a_part_that_fails_is_said_in_the_table_and_the_next_is_measured(page, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bench"])
    assert run() == 1
    written = page.read_text()
    assert "| part `first` | **failed**: RuntimeError: nobody / waits any more |" in written
    assert "| what was measured | 1 ms |" in written
    assert written.startswith("before\n") and written.endswith("after\n") and "old" not in written
    assert "SQLite" in written and "Python" in written  # on what it was measured


def test_a_look_at_some_parts_leaves_the_page_alone(page, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bench", "--only", "second"])
    assert run() == 0
    assert page.read_text() == PAGE


def test_the_page_has_a_place_for_the_table():
    assert bench.insert((bench.README).read_text(), "here", *bench.MARKS).count("\nhere\n") == 1


@pytest.mark.parametrize(("at_most", "reached"), [(1.9, False), (2.0, True), (None, None)])
def test_a_ratio_is_the_median_of_the_rounds_own_with_its_spread(at_most, reached):
    ours, floor = Rounds([[0.002], [0.002], [0.006]]), Rounds([[0.001], [0.002], [0.002]])
    assert str(Ratio.of(ours, floor)) == "2.00× (1.00–3.00)"
    assert versus("issue", ours, floor, "", at_most).reached is reached
