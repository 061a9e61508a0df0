"""Give up to three failed tests one more run, alone, when everything else is done: `again.py LOG`.

A shared machine has busy seconds, and a whole submission must not fall to one of them. So that nothing is hidden:
a test that counts what was lost, doubled or repeated never gets a second run, more than three failures are red, so is
one that fails twice, and each that passes the second time is printed as `FLAKY <test>`: a fault to be found and mended
at once, in the product as often as in the test. Standard library only; the whole run's own summary is printed last.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

AT_MOST = 3
PYTEST = [".venv/bin/python", "-m", "pytest", "-p", "no:cacheprovider"]
FAILED = Path(".pytest_cache/v/cache/lastfailed")

# Pytest's own last line, as `= 1 failed, 2971 passed in 650.12s (0:10:50) =`.
_SUMMARY = re.compile(r"^=+ (?=.*\d)(.+) in [\d.]+s(?: \([\d:]+\))? =+$", re.MULTILINE)
_BROKEN = re.compile(r"(\d+) (?:failed|errors?)\b")

# What counts losses, doubles and repeats: by where it stands, and by the words of its sentence, so that a new test of
# the kind is one from its first day.
COUNTING = (
    "tests/trust/",
    "tests/commands/",
    "tests/rehearsal/",
    "tests/store/test_disk_faults.py",
    "tests/store/test_migration_faults.py",
    "tests/operations/test_restore.py",
    "tests/journeys/test_kill.py",
    "tests/journeys/test_bad_lines.py",
    "tests/journeys/test_cut_wall.py",
    "tests/display_ui/test_chaos.py",
    "tests/live/test_follow.py",
    "tests/kiosk_ui/test_taking.py",
    "tests/web/pages/test_desk_lost.py",
)
_WORDS = re.compile(
    r"(^|_)(once|twice|two_times|los[est]\w*|miss\w*|doubl\w*|repeat\w*|same|again|never|no_number)(_|$)"
)


def may_run_again(test: str) -> bool:
    """Whether this node id is of a test that a second run can excuse."""
    path, _, name = test.partition("::")
    return bool(name) and not path.startswith(COUNTING) and not _WORDS.search(name.partition("[")[0])


def summary(log: str) -> str | None:
    """The last line that pytest itself wrote over the whole run, None when it did not come to its end."""
    found = [match[0] for match in _SUMMARY.finditer(log)]
    return found[-1] if found else None


def candidates(log: str, failed: Iterable[str]) -> list[str]:
    """Which tests get their second run: all that failed, or none at all when a single one must not.

    ``log`` is what the run printed, ``failed`` the node ids that pytest keeps of it. A run that broke off, a file that
    could not be read and a failure that has no node id have no second chance.
    """
    last, tests = summary(log), sorted(failed)
    told = sum(int(count) for count in _BROKEN.findall(last)) if last else 0
    if not tests or told != len(tests) or len(tests) > AT_MOST:
        return []
    return tests if all(map(may_run_again, tests)) else []


def main(log_file: str) -> int:
    """Run what may run again; 0 when every one of them passed, else 1."""
    log = Path(log_file).read_text(errors="replace")
    tests = candidates(log, json.loads(FAILED.read_text()) if FAILED.exists() else [])
    if not tests:
        return 1
    print(f"ci: {len(tests)} failed; once more, alone", flush=True)
    passed = [subprocess.run([*PYTEST, test], check=False).returncode == 0 for test in tests]
    for test, well in zip(tests, passed, strict=True):
        print(f"FLAKY {test}" if well else f"FAILED TWICE {test}")
    print(summary(log), flush=True)
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
