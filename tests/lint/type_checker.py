"""The type checker of our Python, with what ``pyproject.toml`` tells it."""

import subprocess
import sys

from tests.world.tree import ROOT


def mypy(*arguments: str) -> tuple[int, str]:
    """The checker's verdict and what it said."""
    run = subprocess.run([sys.executable, "-m", "mypy", *arguments], cwd=ROOT, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr
