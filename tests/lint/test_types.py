"""Every module of the screens type-checks, imports across the served roots included."""

from tests.world.node import run
from tests.world.tree import ROOT


def test_the_screens_modules_type_check():
    check = run("tsc", "--project", str(ROOT / "config" / "build" / "tsconfig.json"))
    assert check.returncode == 0, check.stdout + check.stderr


def test_a_wrong_type_would_be_noticed(tmp_path):
    bad = tmp_path / "bad.js"
    bad.write_text('/** @type {number} */\nexport const n = "three";\n')
    check = run("tsc", "--checkJs", "--strict", "--noEmit", "--ignoreConfig", str(bad))
    assert "TS2322" in check.stdout
