"""The core is typed strictly: rules, shapes, store, commands, queries, spine (``test_document_types.py`` runs it)."""

import tomllib

import pytest

from tests.lint.type_checker import mypy
from tests.world.tree import ROOT

CORE = {f"queue_server/{room}" for room in ("domain", "documents", "store", "commands", "queries", "perform.py")}
RULE = "queue_server/domain/privacy.py"


def test_the_whole_core_is_checked_strictly_and_nothing_of_it_is_left_out():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert told["strict"] is True
    assert set(told["files"]) >= CORE
    assert all(path.exists() for path in (ROOT / file for file in told["files"]))
    relaxed = [one for one in told["overrides"] if set(one) - {"module", "ignore_missing_imports"}]
    assert not relaxed


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("\n\ndef untyped(a):\n    return a\n", "missing a type annotation", id="no types at all"),
        pytest.param("\n\ndef wide() -> dict:\n    return {}\n", "Missing type arguments", id="a dict of anything"),
        pytest.param("\n\ndef wrong() -> int:\n    return None\n", "Incompatible return value", id="none for a number"),
        pytest.param("\n\nNUMBER: int = 1  # type: ignore\n", 'Unused "type: ignore"', id="an excuse too many"),
    ],
)
def test_control_a_looser_line_in_a_rule_is_caught(tmp_path, more, said):
    changed = tmp_path / "changed.py"
    changed.write_text((ROOT / RULE).read_text() + more)
    verdict, heard = mypy("--shadow-file", RULE, str(changed), RULE)
    assert verdict == 1
    assert said in heard
