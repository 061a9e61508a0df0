"""No test passes by not running: it says what a machine may lack in one way, and in ``.ci/run`` that is a failure."""

import re
import subprocess
import sys

import pytest

from tests.world.lacking import EVERY_TEST, lacking, needs
from tests.world.tree import ROOT, files

WAYS = re.compile(r"\bpytest\.(skip|importorskip|xfail)\b|\bmark\.(skip|skipif|xfail)\b|\bSkipTest\b|\b__test__\b")
ONLY_HERE = "tests/world/lacking.py"
SOURCES = {path.as_posix(): (ROOT / path).read_text() for path in files(".py", under=("tests/",))}


def passing_over(sources: dict[str, str]) -> list[str]:
    """The files that have a way of their own to pass a test over."""
    return [path for path, source in sources.items() if path != ONLY_HERE and WAYS.search(source)]


def test_what_a_machine_lacks_is_said_in_one_way():
    here = "tests/lint/test_passed_over.py"
    assert passing_over({path: source for path, source in SOURCES.items() if path != here}) == []


@pytest.mark.parametrize("bad", ["pytest.skip('no')", "@pytest.mark.skipif(True)", "pytest.importorskip('x')"])
def test_and_another_way_is_caught(bad):
    assert passing_over({"tests/test_new.py": bad}) == ["tests/test_new.py"]


def test_on_somebody_s_machine_a_test_is_passed_over_and_says_why(monkeypatch):
    monkeypatch.delenv(EVERY_TEST, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no mount"):
        lacking("no mount")
    assert needs(None, "no mount").mark.args == (True,) and needs("there", "no mount").mark.args == (False,)


def test_where_every_test_must_run_it_fails(monkeypatch):
    monkeypatch.setenv(EVERY_TEST, "1")
    with pytest.raises(pytest.fail.Exception, match="no mount"):
        lacking("no mount")
    assert needs(None, "no mount").mark.args == (False,)


def test_ci_says_that_every_test_must_run():
    assert f"export {EVERY_TEST}=1" in (ROOT / ".ci/run").read_text()


def test_the_long_run_lets_pytest_import_the_world():
    """Else it cannot rewrite the world's asserts, warns, and a warning is an error: nothing would run at all."""
    asked = "import sys, tests.trust.__main__; sys.exit(any(name.startswith('tests.world') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0
