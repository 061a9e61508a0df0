"""Servers that are born ready: one Python imports the product once, and forks a process for each that a test starts.

Importing takes longer than all else that a server does at its start, and the tests start hundreds. A forked server
is a process like any other: killed, stopped, waited for. ``tests/test_cli.py``, ``tests/operations`` and the benchmark
start the command line itself, as an operator does.
"""

import atexit
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.world.tree import ROOT

_PR_SET_CHILD_SUBREAPER = 36


class Born:
    """A forked process, with what the tests need of ``subprocess.Popen``."""

    def __init__(self, pid: int) -> None:
        self.pid, self.returncode = pid, None

    def poll(self) -> int | None:
        """The exit code, or None while it lives; negative for a signal."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended. Raises TimeoutExpired after ``timeout`` seconds."""
        until = time.monotonic() + timeout if timeout is not None else None
        while self.poll() is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(0.005)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """``kill -9``."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The Python that forks, and the way to ask it."""

    def __init__(self) -> None:
        # What it forks becomes a child of this process, which can then wait for it: Linux's prctl(2).
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "this system gives no orphans")
        command = [sys.executable, "-m", "tests.world.serve", "--nursery"]
        self._mother = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        self._turn = threading.Lock()
        atexit.register(self._end)

    def _end(self) -> None:
        with self._mother:  # nobody asks any more, so it ends
            pass

    def bear(self, args: Sequence[str], env: Mapping[str, str], out: Path, log: Path) -> Born:
        """``python -m tests.world.serve ARGS`` in an environment, its output in two files (``log`` is appended to)."""
        with self._turn:
            print(json.dumps([list(args), dict(env), str(out), str(log)]), file=self._mother.stdin, flush=True)
            return Born(int(self._mother.stdout.readline()))


@cache
def nursery() -> Nursery:
    """The one of this run; it ends with it."""
    return Nursery()


def serve_births(live: Callable[[list[str]], None]) -> None:
    """In the Python that forks: for each line of the input a process that lives by its arguments."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests
    for line in sys.stdin:
        args, env, out, log = json.loads(line)
        reading, writing = os.pipe()
        between = os.fork()
        if between == 0:
            child = os.fork()
            if child:
                os.write(writing, str(child).encode())
                os._exit(0)  # at once: its child is an orphan, and goes to the tests
            os.close(reading)
            os.close(writing)
            _stand_alone(env, Path(out), Path(log))
            signal.signal(signal.SIGINT, signal.default_int_handler)
            live(args)
            return
        os.close(writing)
        child = os.read(reading, 20).decode()
        os.close(reading)
        _unpatched_waitpid()(between, 0)
        print(child, flush=True)


def _stand_alone(env: Mapping[str, str], out: Path, log: Path) -> None:
    """Its own input, output, environment and hub of green threads."""
    os.environ.clear()
    os.environ.update(env)
    for number, path, how in ((0, Path(os.devnull), "r"), (1, out, "w"), (2, log, "a")):
        with path.open(how) as file:
            os.dup2(file.fileno(), number)
    from eventlet import hubs

    hubs.use_hub()  # the inherited one waits at a place that all would share


def _unpatched_waitpid() -> Callable[[int, int], tuple[int, int]]:
    """Eventlet's own would let its hub work meanwhile."""
    from eventlet.patcher import original

    return original("os").waitpid
