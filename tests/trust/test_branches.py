"""F22: which branches of the queue's core are taken by the tests of one process, measured by coverage.py over them.

A rule is tried in the room where what it serves is tried: what a survey may ask among the pages of surveys, what a day
ahead promises among the estimates. So the measure runs all rooms that try rules and verbs in the test's own process
(``CORE`` in ``tests/world/selection.py``); what a server or a browser goes through does not count here.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world.selection import CORE
from tests.world.tree import ROOT

WHAT = "branches of the rules and verbs (`domain/`, `commands/`), by all tests that run them in their own process"
MEASURED = ("queue_server/domain", "queue_server/commands")
#: verbs of the server itself are tried through its command line, and what follows a loss by the trials of losses
ELSEWHERE = ("queue_server/commands/admin.py", "queue_server/commands/restored.py")
#: counts calls or processor time, of which a traced run needs several times as many
COUNTED = (
    "tests/estimates/test_suggestions.py::test_it_is_worked_out_within_three_tenths_of_a_second_of_processor_time",
)


def measured(folder: Path, *tests: str) -> dict[str, dict]:
    """File -> coverage.py's account of it, after a run of these tests."""
    told = folder / "branches.json"
    coverage = [sys.executable, "-m", "coverage"]
    store = f"--data-file={folder / 'data'}"
    run = [*coverage, "run", store, "--branch", f"--source={','.join(MEASURED)}"]
    run += ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    done = subprocess.run([*run, *tests], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    subprocess.run([*coverage, "json", store, "-q", "-o", told], cwd=ROOT, check=True)
    return json.loads(told.read_text())["files"]


@pytest.mark.night
def test_every_branch_of_the_core_is_taken_by_its_tests(tmp_path, figure):
    row = figure("F22", WHAT)
    left_out = [f"--deselect={test}" for test in COUNTED]
    found = measured(tmp_path, "--core", *left_out, *CORE)
    of_core = {file: one for file, one in found.items() if file not in ELSEWHERE}
    missed = {file: one["missing_branches"] for file, one in of_core.items() if one["missing_branches"]}
    row.count(sum(one["summary"]["num_branches"] for one in of_core.values()), sum(map(len, missed.values())))
    assert not missed, missed


@pytest.mark.night
def test_control_a_test_that_is_left_out_is_noticed(tmp_path, figure):
    rules = [f"queue_server/domain/{name}.py" for name in ("quota", "hours")]
    found = measured(tmp_path, "tests/domain", "--deselect", "tests/domain/test_quota.py", "-k", "not hours")
    missed = sum(len(found[rule]["missing_branches"]) for rule in rules)
    assert missed > 0
    figure("F22", WHAT).caught("the tests of hours left out", f"{missed} branches not taken")
