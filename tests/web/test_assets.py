"""What a browser may keep for ever is told apart by the build."""

import subprocess
import sys
from dataclasses import replace

from queue_server import settings
from queue_server.web.http.assets import build_id
from tests.world.tree import ROOT

SITES = settings.load(None, environ={}).sites


def test_a_counter_that_is_called_otherwise_makes_another_build():
    lebak = SITES["lebak"]
    counters = {**lebak.counters, "2": replace(lebak.counters["2"], name="Loket 22")}
    assert build_id({**SITES, "lebak": replace(lebak, counters=counters)}) != build_id(SITES)


def test_every_process_gives_the_same_build():
    told = "from queue_server import settings; from queue_server.web.http.assets import build_id; "
    told += "print(build_id(settings.load(None, environ={}).sites))"
    for seed in ("1", "2"):
        environ = {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT, env=environ
        )
        assert done.stdout.strip() == build_id(SITES)
