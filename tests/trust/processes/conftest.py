"""A PostgreSQL that syncs, a Valkey, and halls of several processes on them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.trust.processes.hall import Processes, prepare
from tests.world.postgres import Postgres
from tests.world.valkey import Valkey


@pytest.fixture(scope="module")
def cluster() -> Iterator[Postgres]:
    """A PostgreSQL that syncs to the disk before it answers, as in a hall."""
    made = Postgres()
    yield made.start()
    made.remove()


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    """A Valkey; a test that ends it starts it again."""
    made = Valkey().start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def open_processes(
    tmp_path_factory: pytest.TempPathFactory, cluster: Postgres, valkey: Valkey
) -> Iterator[Callable[..., Processes]]:
    """Halls of several processes, not yet started; their environment by keywords, their people by ``prepare``'s."""
    opened: list[Processes] = []

    def open_one(counters: dict[str, list[str]], environ: dict[str, str] | None = None, **people: Any) -> Processes:
        place: Path = tmp_path_factory.mktemp("processes")
        there = {"QUEUE_DATABASE_URL": cluster.url(cluster.create()), "QUEUE_MESSAGE_QUEUE_URL": valkey.url}
        opened.append(prepare(place, counters, there | (environ or {}), **people))
        return opened[-1]

    yield open_one
    for each in opened:
        each.end()
