"""Each invariant I-1 … I-18 is named in code and cited by its proof; each of the seven controls is in the suite."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "tests/trust/invariants.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
INVARIANTS = {row[0]: row for row in ROWS if re.fullmatch(r"I-\d+", row[0])}
CONTROLS = {row[0].strip("`"): row for row in ROWS if len(row) == 3 and row[1].startswith("`")}
SEVEN = (
    *("naive call-next", "lock without re-check", "max()+1", "count()+1", "clock-ordered queue"),
    *("display without catch-up", "synchronous=NORMAL"),
)


def places(cell: str) -> list[str]:
    """The places that a cell names."""
    return re.findall(r"`([^`]+)`", cell)


def missing(place: str) -> str | None:
    """What is wrong with a place: the file, or what it is said to define."""
    path, _, name = place.partition("::")
    if not (ROOT / path).exists():
        return f"{path} is not there"
    if name and not re.search(rf"^(def|class) {name}\b", (ROOT / path).read_text(), re.MULTILINE):
        return f"{path} defines no {name}"
    return None


def cites(path: str, invariant: str) -> bool:
    """Whether the file names the invariant (``I-1`` is not in ``I-10``), alone or within ``I-1 … I-11``."""
    text = (ROOT / path).read_text()
    spans = re.findall(r"I-(\d+) … I-(\d+)", text)
    number = int(invariant[2:])
    return bool(re.search(rf"{invariant}(?!\d)", text)) or any(int(a) <= number <= int(b) for a, b in spans)


def test_all_eighteen_invariants_and_all_seven_controls_are_named():
    assert list(INVARIANTS) == [f"I-{n}" for n in range(1, 19)]
    assert set(CONTROLS) == set(SEVEN)


@pytest.mark.parametrize("name", [*INVARIANTS, *CONTROLS])
def test_what_is_named_is_there(name):
    row = INVARIANTS.get(name) or CONTROLS[name]
    named = [place for cell in row[1:] for place in places(cell) if "/" in place]
    assert len(named) >= 2
    assert not [wrong for place in named if (wrong := missing(place))]


@pytest.mark.parametrize("name", INVARIANTS)
def test_what_proves_an_invariant_says_so(name):
    silent = [place for place in places(INVARIANTS[name][3]) if not cites(place, name)]
    assert not silent


@pytest.mark.parametrize("name", CONTROLS)
def test_each_control_is_written_into_the_figures(name):
    path = places(CONTROLS[name][2])[0].partition("::")[0]
    assert ".caught(" in (ROOT / path).read_text(), f"{path} never says what its control did"


def test_a_place_that_is_not_there_is_noticed():
    assert missing("tests/trust/nowhere.py") and missing("tests/world/sabotage.py::no_such_thing")
    assert not cites("tests/journeys/test_cut_wall.py", "I-1")
