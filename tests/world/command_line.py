"""``queue-server`` as a person types it: in this process, or in one of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass

from click.testing import CliRunner

from queue_server.cli import cli
from queue_server.serving.process import Runtime, serve_threads
from tests.world.tree import ROOT


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def queue_server(*args: object, stdin: str = "") -> Said:
    """``queue-server ARGS`` in this process: no second to wait for an interpreter."""
    environment = {name: None for name in os.environ if name.startswith("QUEUE_")}
    done = CliRunner(env=environment).invoke(
        cli, [str(a) for a in args], input=stdin, obj=Runtime(serve_threads), prog_name="queue-server"
    )
    assert isinstance(done.exception, SystemExit | None), done.exception
    return Said(done.exit_code, done.stdout, done.stderr)


def as_process(*args: object) -> Said:
    """``queue-server ARGS`` as a process of its own."""
    command = [sys.executable, "-m", "queue_server", *map(str, args)]
    plain = {k: v for k, v in os.environ.items() if not k.startswith("QUEUE_")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=plain, timeout=300)
    return Said(done.returncode, done.stdout, done.stderr)
