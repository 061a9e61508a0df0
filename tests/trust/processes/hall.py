"""One hall served by several processes: one PostgreSQL, one Valkey, any number of ``queue-server run``."""

import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import requests

from tests.world.mall import Contract
from tests.world.people import SITE, WORKDAY, Cast, cast, run_from, write_hall
from tests.world.server import Client, Server
from tests.world.socket import Screen

ELSEWHERE_S = 15.0  # how long a screen at another process may be behind when Redis is gone


@dataclass
class Processes:
    """The servers of one hall, and everybody who talks to them."""

    servers: list[Server]
    cast: Cast
    screens: list[Screen] = field(default_factory=list)
    started_at: float = 0.0  # monotonic: since when its walls listen

    def start(self) -> "Processes":
        """All of them at once, as after a power cut."""
        with ThreadPoolExecutor(len(self.servers)) as pool:
            list(pool.map(lambda server: server.start(), self.servers))
        return self

    @cached_property
    def officers(self) -> list[Client]:
        """All officers, signed in at the first process."""
        return self.at(0).officers()

    def elsewhere(self, n: int) -> list[Client]:
        """The same sessions, used at the n-th process: no balancer needs to remember who went where."""
        found = []
        for officer in self.officers:
            other = Client(self.servers[n])
            other.http.cookies.update(officer.http.cookies)
            other.http.headers["Origin"] = self.servers[n].url
            found.append(other)
        return found

    def at(self, n: int) -> Cast:
        """The same people and devices, talking to the n-th process."""
        return replace(self.cast, server=self.servers[n % len(self.servers)])

    def screen(self, n: int, auth: dict[str, Any], who: Client | None = None) -> Screen:
        """A screen at the n-th process; every document it hears is held to the contract."""
        return self.screen_at(self.servers[n], auth, who)

    def screen_at(self, server: Server, auth: dict[str, Any], who: Client | None = None) -> Screen:
        """A screen at whatever answers at a server's address."""
        sockets = Contract(requests.get(f"{server.api}/asyncapi.json", timeout=60).json())
        self.screens.append(Screen(SimpleNamespace(server=server, sockets=sockets), {"site": SITE, **auth}, who))
        return self.screens[-1]

    def end(self) -> None:
        """Everything goes."""
        for screen in self.screens:
            screen.close()
        for server in self.servers:
            if server.process is not None and server.process.poll() is None:
                server.kill()


def prepare(
    place: Path,
    counters: dict[str, list[str]],
    environ: Mapping[str, str],
    *,
    processes: int = 2,
    officers: int = 0,
    kiosks: int = 1,
) -> Processes:
    """A hall of several processes, each with a data folder of its own, as on several machines; not yet started."""
    config = write_hall(place / "config", counters)
    servers = [
        Server(
            place / f"data-{n}",
            config=config,
            environ=dict(environ) | {"QUEUE_PRIVATE_KEYS": str(place / "private.keys")},
        )
        for n in range(processes)
    ]
    run_from(servers[0], WORKDAY)
    people = cast(servers[0], SITE, officers=officers, kiosks=kiosks)
    for server in servers[1:]:
        shutil.copy(servers[0].clock_file, server.clock_file)
        server.data.mkdir()
        shutil.copy(servers[0].data / "secret", server.data)
    return Processes(servers, people)


def within(seconds: float, condition: Callable[[], Any], what: str) -> Any:
    """Wait until something is true; its value."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.02)
    return value
