"""CI's second look: what it excuses, what it never does, and that it tells of each."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.world.tree import ROOT, files

AGAIN = ROOT / ".ci" / "again.py"


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("again", AGAIN)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


again = _module()
LINE = "==== {} in 650.12s (0:10:50) ===="
BUSY = "tests/web/test_page.py::test_the_page_opens[phone]"


@pytest.mark.parametrize(
    ("told", "failed", "excused"),
    [
        ("1 failed, 2971 passed", [BUSY], [BUSY]),
        ("1 failed, 2970 passed, 1 error", [BUSY, BUSY + "2"], [BUSY, BUSY + "2"]),
        ("4 failed, 2968 passed", [f"{BUSY}{n}" for n in range(4)], []),
        ("2 failed, 2970 passed", [BUSY], []),
        ("1 failed, 2971 passed", ["tests/web/test_page.py"], []),
        ("1 error", ["tests/web/test_page.py"], []),
        ("1 failed, 2971 passed", ["tests/trust/test_kill.py::test_the_page_opens"], []),
        ("2 failed, 2971 passed", [BUSY, "tests/journeys/test_kill.py::test_all_is_well"], []),
        ("2971 passed", [], []),
    ],
)
def test_three_failures_at_most_are_run_again(told: str, failed: list[str], excused: list[str]):
    assert again.candidates("noise\n" + LINE.format(told), failed) == excused


def test_a_run_that_broke_off_is_not_run_again():
    assert again.candidates("INTERNALERROR> …\nKilled", [BUSY]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "test_no_ticket_is_lost",
        "test_a_number_is_never_called_twice",
        "test_a_double_tap_gives_one_number",
        "test_a_call_is_spoken_once[wall]",
        "test_a_repeated_key_gives_the_same_ticket",
        "test_a_late_screen_misses_no_call",
    ],
)
def test_a_sentence_that_counts_has_one_run(sentence: str):
    assert not again.may_run_again(f"tests/web/test_page.py::{sentence}")


def test_what_is_said_to_count_is_there():
    paths = [str(path) for path in files()]
    assert [place for place in again.COUNTING if not any(path.startswith(place) for path in paths)] == []


def _project(folder: Path, body: str) -> Path:
    """A tree as CI has it, with one file of tests, a `make test` of its own and the true `.ci`."""
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    (folder / "config/build").mkdir(parents=True)
    (folder / "config/build/find-python.sh").write_text("exit 0\n")
    (folder / "bin").mkdir()
    (folder / "bin/chromium").write_text("#!/bin/sh\n")
    (folder / "bin/chromium").chmod(0o755)
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (folder / ".venv/bin/python").chmod(0o755)
    (folder / "Makefile").write_text("test:\n\t@.venv/bin/python -m pytest -p no:xdist -ra\n")
    (folder / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (folder / "test_page.py").write_text(body)
    return folder


def _ci(folder: Path) -> tuple[int, list[str]]:
    path = f"{folder / 'bin'}:/usr/bin:/bin"
    run = subprocess.run(
        ["bash", ".ci/run"], cwd=folder, env={"PATH": path, "HOME": str(folder)}, capture_output=True, text=True
    )
    return run.returncode, run.stdout.splitlines()


FIRST_TIME = """
from pathlib import Path

def first():
    seen = Path("seen").exists()
    Path("seen").touch()
    return not seen
"""


def test_a_test_that_passes_alone_is_green_and_told(tmp_path: Path):
    body = FIRST_TIME + "\ndef test_the_page_opens():\n    assert not first()\n\ndef test_other():\n    pass\n"
    code, said = _ci(_project(tmp_path / "hall", body))
    assert code == 0
    assert "FLAKY test_page.py::test_the_page_opens" in said
    assert "1 failed, 1 passed" in said[-1]


def test_a_test_that_fails_twice_is_red(tmp_path: Path):
    code, said = _ci(_project(tmp_path / "hall", "def test_the_page_opens():\n    assert False\n"))
    assert code != 0
    assert "FAILED TWICE test_page.py::test_the_page_opens" in said


def test_a_test_that_counts_is_red_at_once(tmp_path: Path):
    body = FIRST_TIME + "\ndef test_no_number_is_given_twice():\n    assert not first()\n"
    code, said = _ci(_project(tmp_path / "hall", body))
    assert code != 0
    assert not [line for line in said if line.startswith(("FLAKY", "FAILED TWICE"))]


def test_a_run_without_failures_ends_with_its_summary(tmp_path: Path):
    code, said = _ci(_project(tmp_path / "hall", "def test_the_page_opens():\n    pass\n"))
    assert code == 0
    assert "1 passed" in said[-1]
