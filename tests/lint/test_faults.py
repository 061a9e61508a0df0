"""Each fault of `tests/faults.md` is held by a test that is there, and names what to break to see it fail."""

import ast
import re
from functools import lru_cache
from pathlib import PurePosixPath

from tests.world.tree import ROOT

PAGE = (ROOT / "tests/faults.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| ")]
FAULTS = [row for row in ROWS if re.match(r"\d", row[0])]
HOW_MANY = 48
DRILLS = "tests/deep/"  # run by `make deep`; every other fault is looked for in every run


def wrong(row: list[str]) -> list[str]:
    """What is wrong with a row: number, fault, test, what to break."""
    if len(row) != 4:
        return [f"{row[0]}: {len(row)} cells"]
    number, fault, test, how = row
    found = [] if re.fullmatch(r"\d+( [a-z])?", number) and fault else [f"{number}: no number, or no fault"]
    node = re.fullmatch(r"`(tests/[\w/]+\.py)::(\w+)`", test)
    if node is None:
        found.append(f"{number}: {test} is no test")
    elif node[2] not in collected(node[1]):
        found.append(f"{number}: there is no test {node[2]} in {node[1]}")
    named = re.findall(r"`((?:queue_server|kiosk_ui|display_ui|config)/[^`]+)`", how)
    gone = [path for path in named or ["what to break"] if not (ROOT / path).exists()]
    return [*found, *(f"{number}: {path} is not there" for path in gone)]


@lru_cache
def collected(path: str) -> frozenset[str]:
    """The tests of a file that pytest collects in every run; of a drill, those of the drills."""
    file = ROOT / path
    if not (file.exists() and PurePosixPath(path).match("test_*.py")):
        return frozenset()
    functions = [one for one in ast.parse(file.read_text()).body if isinstance(one, ast.FunctionDef)]
    left_out = "pytest.mark.night" if path.startswith(DRILLS) else ("pytest.mark.night", "pytest.mark.deep")
    taken = [one for one in functions if not any(ast.unparse(mark).startswith(left_out) for mark in one.decorator_list)]
    return frozenset(one.name for one in taken if one.name.startswith("test_"))


def test_every_fault_has_a_test_that_is_there_and_says_what_to_break():
    assert [fault for row in FAULTS for fault in wrong(row)] == []


def test_no_fault_is_left_out_and_none_stands_there_twice():
    numbers = [row[0] for row in FAULTS]
    assert sorted({int(number.split()[0]) for number in numbers}) == list(range(1, HOW_MANY + 1))
    assert len(set(numbers)) == len(numbers)


# --- controls ---

HERE = "`tests/lint/test_faults.py::test_every_fault_has_a_test_that_is_there_and_says_what_to_break`"


def test_a_row_as_it_should_be_is_taken():
    assert wrong(["1", "a fault", HERE, "`queue_server/app.py`: leave it out"]) == []


def test_a_renamed_test_is_noticed():
    assert wrong(["1", "a fault", HERE.replace("says", "said"), "`queue_server/app.py`: leave it out"])
    assert wrong(["1", "a fault", "`tests/lint/test_gone.py::test_it`", "`queue_server/app.py`: leave it out"])
    assert wrong(["1", "a fault", "`tests/lint/reach.py::classes`", "`queue_server/app.py`: leave it out"])


def test_a_test_that_only_the_night_runs_is_none():
    at_night = "`tests/any_hall/test_any_hall.py::test_any_hall_is_whole_on_every_screen_in_every_size_and_mode`"
    assert wrong(["1", "a fault", at_night, "`queue_server/app.py`: leave it out"])


def test_a_file_that_has_moved_and_nothing_to_break_are_noticed():
    assert wrong(["1", "a fault", HERE, "`queue_server/gone.py`: leave it out"])
    assert wrong(["1", "a fault", HERE, "somewhere"])
    assert wrong(["1 a", "", HERE, "`queue_server/app.py`: leave it out"])
