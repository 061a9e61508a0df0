"""``asvs.md`` names files and tests that exist: a claim without its proof fails."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = Path(__file__).with_name("asvs.md")
ROW = re.compile(r"\| (\d+\.\d+\.\d+[^|]*) \| [^|]+ \| `([^`]+)` \| `([^`]+)::([^`]+)` \|")


def claims(text: str) -> list[tuple[str, str, str, str]]:
    """(ids, code, file of the test, its name) of each row. Raises ValueError for a row that is none."""
    lines = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    found = [ROW.fullmatch(line) for line in lines]
    if None in found:
        raise ValueError(lines[found.index(None)])
    return [match.groups() for match in found]


def unproven(text: str) -> list[str]:
    """The rows whose code or test is not there."""
    return [
        f"{ids}: {code}, {file}::{name}"
        for ids, code, file, name in claims(text)
        if not (ROOT / code).is_file() or not _holds(ROOT / file, name)
    ]


def _holds(file: Path, name: str) -> bool:
    return file.is_file() and f"\ndef {name}(" in file.read_text()


def test_every_claim_names_code_and_a_test_that_exist():
    assert len(claims(PAGE.read_text())) > 40
    assert unproven(PAGE.read_text()) == []


@pytest.mark.parametrize(
    "row",
    [
        "| 9.9.9 | nothing | `queue_server/nothing.py` | `tests/trust/test_asvs.py::test_every_claim` |",
        "| 9.9.9 | nothing | `queue_server/app.py` | `tests/trust/test_asvs.py::test_that_is_not_there` |",
        "| 9.9.9 | nothing | `queue_server/app.py` | `tests/trust/nothing.py::test_that_is_not_there` |",
    ],
)
def test_control_a_claim_without_its_proof_is_caught(row):
    assert unproven(row)


def test_control_a_row_that_names_no_test_is_caught():
    with pytest.raises(ValueError, match="nothing"):
        claims("| 9.9.9 | nothing | somewhere | by hand |")
