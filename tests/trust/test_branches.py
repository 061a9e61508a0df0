"""F22: which branches of the queue's core its tests take, measured by coverage.py over the very tests of the core."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world.tree import ROOT

WHAT = "branches of the rules and verbs (`domain/`, `commands/`), by the tests of those two"
CORE = ("queue_server/domain", "queue_server/commands")
#: verbs of the server itself are tried through its command line, and what follows a loss by the trials of losses
ELSEWHERE = ("queue_server/commands/admin.py", "queue_server/commands/restored.py")


def measured(folder: Path, *tests: str) -> dict[str, dict]:
    """File -> coverage.py's summary of it, after a run of these tests."""
    told = folder / "branches.json"
    coverage = [sys.executable, "-m", "coverage"]
    store = f"--data-file={folder / 'data'}"
    run = [
        *coverage,
        "run",
        store,
        "--branch",
        f"--source={','.join(CORE)}",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run([*run, *tests], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    subprocess.run([*coverage, "json", store, "-q", "-o", told], cwd=ROOT, check=True)
    return {file: one["summary"] for file, one in json.loads(told.read_text())["files"].items()}


@pytest.mark.night
def test_every_branch_of_the_core_is_taken_by_its_tests(tmp_path, figure):
    row = figure("F22", WHAT)
    found = measured(tmp_path, "tests/domain", "tests/commands", "-k", "not PostgreSQL")
    of_core = [one for file, one in found.items() if file not in ELSEWHERE]
    missed = {file: one["missing_branches"] for file, one in found.items() if one["missing_branches"]}
    row.count(sum(one["num_branches"] for one in of_core), sum(one["missing_branches"] for one in of_core))
    assert sum(one["missing_branches"] for one in of_core) == 0, missed


@pytest.mark.night
def test_control_a_test_that_is_left_out_is_noticed(tmp_path, figure):
    found = measured(tmp_path, "tests/domain", "--deselect", "tests/domain/test_quota.py", "-k", "not hours")
    missed = sum(found[f"queue_server/domain/{name}.py"]["missing_branches"] for name in ("quota", "hours"))
    assert missed > 0
    figure("F22", WHAT).caught("the tests of hours left out", f"{missed} branches not taken")
