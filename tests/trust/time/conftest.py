"""Servers of these tests' own, ended whatever happens."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.trust.time.malls import Halls, open_halls


@pytest.fixture
def halls_at(tmp_path: Path) -> Iterator[Callable[..., Halls]]:
    """``halls_at(zones, moment)``: a running server."""
    started: list[Halls] = []

    def start(zones: dict[str, str], moment: str, **options: Any) -> Halls:
        started.append(open_halls(tmp_path / f"halls{len(started)}", zones, moment, **options))
        return started[-1]

    yield start
    for halls in started:
        if halls.server.process is not None and halls.server.process.poll() is None:
            halls.server.kill()
