"""Halls for the trust tests: a server of a test's own, with its people and its clock."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.world.people import SITE, WORKDAY, Cast, cast, run_from, write_hall
from tests.world.server import Server


@pytest.fixture
def open_hall(tmp_path: Path) -> Iterator[Callable[..., Cast]]:
    """Open halls of one's own design; each server is ended afterwards, whatever happens."""
    servers: list[Server] = []

    def start(
        counters: dict[str, list[str]],
        *,
        officers: int = 0,
        kiosks: int = 1,
        sabotage: str = "",
        database_url: str = "",
        folder: Path | None = None,
        environ: Mapping[str, str] | None = None,
        **hall: str,
    ) -> Cast:
        place = folder or tmp_path / f"hall-{len(servers)}"
        environ = {**(environ or {}), **({"TEST_SABOTAGE": sabotage} if sabotage else {})}
        environ |= {"QUEUE_DATABASE_URL": database_url} if database_url else {}
        server = Server(place / "data", config=write_hall(place / "config", counters, **hall), environ=environ)
        servers.append(server)
        run_from(server, WORKDAY)
        people = cast(server, SITE, officers=officers, kiosks=kiosks)
        server.start()
        return people

    yield start
    for server in servers:
        if server.process is not None and server.process.poll() is None:
            server.kill()
