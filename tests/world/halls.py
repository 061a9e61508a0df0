"""The hall of every test of commands and queries; whatever a test did, its events must replay to its rows (I-8)."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server import settings
from tests.world.declared import redeclared
from tests.world.hall import SITE, Hall, people
from tests.world.postgres import Postgres


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, settings.Settings, Postgres | None]:
    """A data folder with schema, structure and accounts on one of the stores, made once and copied for each test."""
    return prepare(tmp_path_factory, request.getfixturevalue("postgres") if request.param == "postgresql" else None)


def prepare(
    tmp_path_factory: pytest.TempPathFactory, cluster: Postgres | None = None, site: str = SITE
) -> tuple[Path, settings.Settings, Postgres | None]:
    """On PostgreSQL if there is a cluster, else on SQLite."""
    told = settings.load(None, environ={"QUEUE_DATABASE_URL": cluster.url(cluster.create())} if cluster else {})
    told = replace(told, sites={site: told.sites[site]})
    folder = tmp_path_factory.mktemp("hall") / "data"
    first = Hall(folder, told, id=site)
    people(first)
    first.stop()
    return folder, told, cluster


def copied(prepared: tuple[Path, settings.Settings, Postgres | None], folder: Path) -> settings.Settings:
    """A copy of what was prepared, in a folder and, on PostgreSQL, a database of its own."""
    original, told, cluster = prepared
    shutil.copytree(original, folder)
    if cluster is None:
        return told
    database = cluster.create(told.server.database_url.rpartition("/")[2])
    return replace(told, server=replace(told.server, database_url=cluster.url(database)))


@pytest.fixture
def make_hall(tmp_path: Path, prepared: tuple) -> Iterator[Callable[..., Hall]]:
    """Open MPP Lebak on a Monday at nine, its site file changed as told: ``make_hall(finish_on_next=True)``."""
    opened: list[Hall] = []

    def make(**changes: Any) -> Hall:
        folder = tmp_path / f"data{len(opened)}"
        told = copied(prepared, folder)
        if changes:
            told = redeclared(told, {SITE: replace(told.sites[SITE], **changes)})
        opened.append(Hall(folder, told))
        return opened[-1]

    yield make
    for each in opened:
        each.check_replay()
        leave(each, prepared[2])


def leave(hall: Hall, cluster: Postgres | None) -> None:
    """Close a hall for good; its database on PostgreSQL goes with it."""
    hall.stop()
    if cluster is not None:
        cluster.drop(hall.settings.server.database_url.rpartition("/")[2])


@pytest.fixture
def hall(make_hall: Callable[..., Hall]) -> Hall:
    """MPP Lebak as its site file says, on a Monday at nine."""
    return make_hall()
