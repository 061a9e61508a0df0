"""What is measured, each in a process of its own: the real server, and the floor under it."""

import contextlib
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


def _start(args: list[str], out: Path, ready: str) -> Process:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("QUEUE_")}
    began = time.perf_counter()
    with out.open("w") as printed, out.with_suffix(".log").open("a") as log:
        popen = subprocess.Popen([sys.executable, *args], stdout=printed, stderr=log, cwd=ROOT, env=environ)
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
    process = _start(args, data.with_suffix(".out"), "/readyz")
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
