"""The hall of every test of commands and queries; whatever a test did, its events must replay to its rows (I-8)."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server import settings
from tests.commands.hall import SITE, Hall, people

__all__ = ["hall", "make_hall", "prepared"]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, settings.Settings]:
    """A data folder with schema, structure and accounts, made once and copied for each test."""
    told = settings.load(None, environ={})
    told = replace(told, sites={SITE: told.sites[SITE]})
    folder = tmp_path_factory.mktemp("hall") / "data"
    first = Hall(folder, told)
    people(first)
    first.stop()
    return folder, told


@pytest.fixture
def make_hall(tmp_path: Path, prepared: tuple[Path, settings.Settings]) -> Iterator[Callable[..., Hall]]:
    """Open MPP Lebak on a Monday at nine, its site file changed as told: ``make_hall(finish_on_next=True)``."""
    opened: list[Hall] = []

    def make(**changes: Any) -> Hall:
        folder = tmp_path / f"data{len(opened)}"
        shutil.copytree(prepared[0], folder)
        told = replace(prepared[1], sites={SITE: replace(prepared[1].sites[SITE], **changes)})
        opened.append(Hall(folder, told))
        return opened[-1]

    yield make
    for each in opened:
        each.check_replay()
        each.stop()


@pytest.fixture
def hall(make_hall: Callable[..., Hall]) -> Hall:
    """MPP Lebak as its site file says, on a Monday at nine."""
    return make_hall()
