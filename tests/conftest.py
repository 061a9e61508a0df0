"""What every test may ask for: a server of its own, or the hall that one module's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server import Server


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
