"""An officer at work in a process of their own: ``python -m tests.bench.officer PORT SESSION COUNTER PAUSE_S``.

Where a crowd of thousands moves at once, the crowd's own process is busy for half a second: who measured an officer's
wait from inside it would measure the crowd. Works until standard input ends, then prints how long each call took (s).
"""

import asyncio
import json
import subprocess
import sys

from tests.world.busy_hall import Caller, People
from tests.world.tree import ROOT

from .asking import calls_while


class Officer:
    """The process, seen from the bench."""

    def __init__(self, caller: Caller, counter: int, pause_s: float) -> None:
        told = [str(caller.port), caller.people.sessions[counter], str(counter), str(pause_s)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen([sys.executable, "-m", __name__, *told], cwd=ROOT, text=True, **pipes)
        self._process.stdout.readline()  # at the counter

    def leave(self) -> list[float]:
        """How long each call took, in seconds."""
        said, _ = self._process.communicate(timeout=60)
        return json.loads(said)


async def _work(port: int, session: str, counter: int, pause_s: float) -> list[float]:
    caller = Caller(port, People("", {counter: session}, ""))
    http = await caller.officer(counter)
    print("at the counter", flush=True)
    over = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    return await calls_while(caller, http, counter, over.done, pause_s)


if __name__ == "__main__":
    _, port, session, counter, pause_s = sys.argv
    print(json.dumps(asyncio.run(_work(int(port), session, int(counter), float(pause_s)))))
