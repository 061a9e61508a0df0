"""What is measured, each in a process of its own: the real server, and the floor under it."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.world import busy_hall
from tests.world.busy_hall import People
from tests.world.tree import ROOT


@dataclass
class Process:
    """A server in a process of its own."""

    popen: subprocess.Popen
    port: int
    started_s: float

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.popen.pid

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for what does not listen."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(8)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


@dataclass
class Served:
    """Which tree's server is started: this one's, or that of another commit beside it."""

    tree: Path = ROOT


served = Served()

_THERE = """
import json, pathlib, sys, warnings
warnings.simplefilter("ignore")
if pathlib.Path("tests/bench/hall.py").exists():  # until 29 November; whatever else is installed
    from tests.bench.hall import prepare
else:
    from tests.world.busy_hall import prepare
config, data, waiting = sys.argv[1:]
print(json.dumps(vars(prepare(pathlib.Path(config), pathlib.Path(data), int(waiting)))))
"""


def prepare(config: Path, data: Path, waiting: int = 0) -> People:
    """A data folder with people and waiting tickets, by the served tree's own commands: its database may be older."""
    if served.tree == ROOT:
        return busy_hall.prepare(config, data, waiting)
    args = [sys.executable, "-c", _THERE, str(config), str(data), str(waiting)]
    done = subprocess.run(args, cwd=served.tree, check=True, capture_output=True, text=True)
    return People(**json.loads(done.stdout.splitlines()[-1]))


def _start(args: list[str], out: Path, ready: str, tree: Path = ROOT) -> Process:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("QUEUE_")}
    began = time.perf_counter()
    with out.open("w") as printed, out.with_suffix(".log").open("a") as log:
        popen = subprocess.Popen([sys.executable, *args], stdout=printed, stderr=log, cwd=tree, env=environ)
    while time.perf_counter() - began < 60:
        if popen.poll() is not None:
            raise RuntimeError(f"{args} ended:\n{out.with_suffix('.log').read_text()[-2000:]}")
        found = re.search(r"http://127\.0\.0\.1:(\d+)", out.read_text())
        if found and _answers(f"http://127.0.0.1:{found[1]}{ready}"):
            return Process(popen, int(found[1]), time.perf_counter() - began)
        time.sleep(0.01)
    popen.kill()
    raise RuntimeError(f"{args} did not become ready")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@contextlib.contextmanager
def serving(config: Path, data: Path) -> Iterator[Process]:
    """The real server, as an operator starts it."""
    args = ["-m", "queue_server", "run", "--port", "0", "--data", str(data), "--config", str(config)]
    process = _start(args, data.with_suffix(".out"), "/readyz", served.tree)
    try:
        yield process
    finally:
        process.stop()


@contextlib.contextmanager
def bare(folder: Path, replay: Sequence[Path] = ()) -> Iterator[Process]:
    """The floor: bare Flask, Flask-SocketIO and SQLite on the same eventlet (``bare.py``)."""
    args = ["-m", "tests.bench.bare", *map(str, replay)]
    process = _start(args, folder / "bare.out", "/hello")
    try:
        yield process
    finally:
        process.stop()


def copy(data: Path, to: Path) -> Path:
    """A data folder's twin."""
    return Path(shutil.copytree(data, to))
