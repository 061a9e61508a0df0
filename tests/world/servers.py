"""Servers for one test or for all: ours, and a PostgreSQL; each is ended whatever happens."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.world.postgres import Postgres
from tests.world.server import Server


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers; each is stopped at the end whatever happens."""
    started: list[Server] = []

    def start(name: str = "data", **options: Any) -> Server:
        server = Server(tmp_path / name, **options)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        if server.process is not None and server.process.poll() is None:
            server.kill()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for the tests that only need its answers: quick, because it does not sync to the disk."""
    cluster = Postgres(safe=False)
    yield cluster.start()
    cluster.remove()
