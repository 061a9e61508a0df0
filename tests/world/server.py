"""A real server process for tests: started, asked, killed and started again."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from click.testing import CliRunner

from tests.world.nursery import Born, nursery
from tests.world.ports import Port
from tests.world.tree import ROOT

PATIENCE_S = 60.0  # with one answer: a busy machine is slow, and what is broken stays so


STOPS_WITHIN_S = 20.0  # five are promised (`tests/live/test_drain.py`); what waits for screens to leave waits for ever


def taken(ask: Callable[[], requests.Response]) -> requests.Response:
    """The answer to a wish; where the server says that it is busy the same wish again, as long as it takes."""
    until = time.monotonic() + 2 * PATIENCE_S
    while (answer := ask()).status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    return answer


@dataclass
class Server:
    """``queue-server run`` (or ``demo``) on a free loopback port and a data folder of its own."""

    data: Path
    config: Path | None = None
    command: str = "run"
    environ: dict[str, str] = field(default_factory=dict)
    port: int = 0
    name: str = ""  # of its output files; several servers on one data folder need one each
    process: Born | subprocess.Popen | None = None
    printed: str = ""
    _port: Port = field(default_factory=Port, repr=False)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        """Where its API begins."""
        return f"{self.url}/api/v1"

    def start(self, ready_within_s: float = 120) -> "Server":
        """Start, and wait until it is ready. A restart keeps the port, so that open screens find it again."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.port = self.port or self._port.number
        name = self.name or self.data.name
        out = self.data.parent / f"{name}.out"
        log = self.data.parent / f"{name}.log"
        self.process = self._begin(out, log)
        deadline = time.monotonic() + ready_within_s
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                said = log.read_text()[-2000:]
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{said}")
            if self.is_ready():
                self.printed = out.read_text()
                return self
            time.sleep(0.02)
        raise RuntimeError("the server did not become ready")

    def _begin(self, out: Path, log: Path) -> Born | subprocess.Popen:
        """A forked process; one without green threads must know it before the imports, and is started anew."""
        env, args = self._env(), self._args()
        if "QUEUE_ASYNC_MODE" not in env:
            return nursery().bear(args, env, out, log)
        with out.open("w") as printed, log.open("a") as logged:
            return subprocess.Popen(self.fresh_command(), stdout=printed, stderr=logged, cwd=ROOT, env=env)

    def fresh_command(self) -> list[str]:
        """What starts it in a Python of its own."""
        return [sys.executable, "-m", "tests.world.serve", *self._args()]

    def _args(self) -> list[str]:
        args = [str(self.clock_file), self.command, "--data", str(self.data), "--port", str(self.port)]
        return args + (["--config", str(self.config)] if self.config else [])

    def _env(self) -> dict[str, str]:
        # QUEUE_ASYNC_MODE=threading before pytest runs a whole suite on threads
        plain = {k: v for k, v in os.environ.items() if not k.startswith("QUEUE_") or k == "QUEUE_ASYNC_MODE"}
        return plain | self.environ

    @property
    def clock_file(self) -> Path:
        """The file that turns the server's clock (``tests/world/serve.py``)."""
        return self.data.parent / f"{self.data.name}.clock"

    def set_clock(self, told: str) -> None:
        """Turn the clock: an ISO instant with offset to stand still at, or seconds to add; ``0`` puts it right."""
        fresh = self.clock_file.with_suffix(".new")
        fresh.write_text(told)
        fresh.replace(self.clock_file)  # a running server never reads half a time

    def is_ready(self) -> bool:
        """Whether ``/readyz`` says so."""
        try:
            return requests.get(f"{self.url}/readyz", timeout=PATIENCE_S).status_code == 200
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """``kill -9``: no chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE_S)

    # -- the command line beside the running server

    def last_words(self, lines: int) -> str:
        """The end of its log."""
        log = self.data.parent / f"{self.name or self.data.name}.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""

    def cli(self, *args: str, stdin: str = "") -> str:
        """``queue-server ARGS --data … [--config …]``; its output. Raises CalledProcessError, with what it said."""
        command = [sys.executable, "-m", "queue_server", *args, "--data", str(self.data)]
        command += ["--config", str(self.config)] if self.config else []
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, check=False, cwd=ROOT, env=self._env()
        )
        if done.returncode:
            failed = subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
            failed.add_note(f"{done.stdout}\n{done.stderr}")
            raise failed
        return done.stdout

    # -- people and devices

    def cli_here(self, *args: str) -> str:
        """As ``cli``, in this process: another Python takes a second to start, and most tests need people."""
        from queue_server import data_folder
        from queue_server.cli import cli

        opened, really = [], data_folder.open_store

        def kept(*options: Any) -> Any:
            opened.extend(engines := really(*options))
            return engines

        told = [*args, "--data", str(self.data), *(["--config", str(self.config)] if self.config else [])]
        data_folder.open_store = kept  # a process of its own would close what it opened by ending
        try:
            done = CliRunner().invoke(cli, told, env=self._env(), catch_exceptions=False)
        finally:
            data_folder.open_store = really
            for engine in opened:
                engine.dispose()
        assert done.exit_code == 0, done.output
        return done.output

    def officer(self, username: str, *, site: str, agency: str | None = None, role: str = "officer") -> "Client":
        """A new account, signed in."""
        args = ["user", "add", username, "--role", role, "--site", site]
        args += ["--agency", agency] if agency else []
        password = re.search(r"password: (\S+)", self.cli_here(*args))[1]
        return Client(self).sign_in(username, password)

    def kiosk(self, site: str) -> "Client":
        """A new kiosk's client."""
        printed = self.cli_here("device", "add", "a test kiosk", "--kind", "kiosk", "--site", site)
        return Client(self, token=re.search(r"token: (\S+)", printed)[1])


class Client:
    """One caller of the API: a kiosk by its token, or a person by the session; or nobody."""

    def __init__(self, server: Server, token: str | None = None) -> None:
        self.server, self.token = server, token
        self.http = requests.Session()
        if token:
            self.http.headers["Authorization"] = f"Bearer {token}"

    def sign_in(self, username: str, password: str) -> "Client":
        """Begin a session; from here on every request carries our own origin."""
        self.username, self.password = username, password
        answer = self.post("/login", {"username": username, "password": password})
        assert answer.status_code == 204, answer.text
        self.http.headers["Origin"] = self.server.url
        return self

    def get(self, path: str, **headers: str) -> requests.Response:
        """GET below ``/api/v1``."""
        return self.http.get(self.server.api + path, headers=headers, timeout=PATIENCE_S)

    def post(self, path: str, body: Any = None, key: str | None = None, **headers: str) -> requests.Response:
        """POST JSON below ``/api/v1``."""
        if key:
            headers["Idempotency-Key"] = key
        data = json.dumps({} if body is None else body)
        kind = {"Content-Type": "application/json"}
        return self.http.post(self.server.api + path, data=data, headers=kind | headers, timeout=PATIENCE_S)

    def put(self, path: str, body: Any) -> requests.Response:
        """PUT JSON below ``/api/v1``."""
        return self.http.put(self.server.api + path, json=body, timeout=PATIENCE_S)

    def issue(self, site: str, service: str, class_: str | None = None, key: str | None = None) -> requests.Response:
        """Ask for a number, with a fresh key unless one is given."""
        body = {"service": service} | ({"class": class_} if class_ else {})
        return self.post(f"/sites/{site}/tickets", body, key or uuid.uuid4().hex)

    def verb(self, site: str, counter: str, verb: str, body: Any = None, key: str | None = None) -> requests.Response:
        """A verb at a counter."""
        return self.post(f"/sites/{site}/counters/{counter}/{verb}", body, key)
