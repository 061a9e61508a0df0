"""What a browser may keep for ever is told apart by the build."""

import subprocess
import sys

from queue_server import places
from queue_server.web.http import assets
from queue_server.web.http.assets import build_id
from tests.world.tree import ROOT


def test_a_file_of_a_screen_that_is_another_makes_another_build(tmp_path, monkeypatch):
    (tmp_path / "wall.css").write_text("a {}")
    monkeypatch.setattr(assets, "ROOTS", {"static": places.STATIC, "display_ui": tmp_path})
    before = build_id()
    assert build_id() == before
    (tmp_path / "wall.css").write_text("b {}")
    assert build_id() != before


def test_every_process_gives_the_same_build():
    asked = "from queue_server.web.http.assets import build_id; print(build_id())"
    for seed in ("1", "2"):
        environ = {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT, env=environ
        )
        assert done.stdout.strip() == build_id()
