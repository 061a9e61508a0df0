"""A hall's data folder as its people leave it; the clock is the tests'."""

from collections.abc import Callable

import pytest

from queue_server.commands import officer
from tests.world.hall import DEDI, SARI, Hall
from tests.world.halls import prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """Where the database is a file of ours: PostgreSQL's copies are made by its own tools."""
    return prepare(tmp_path_factory)


@pytest.fixture
def working(hall: Hall) -> Callable[[int], list[str]]:
    """``working(n)``: n more visitors come to three services, some are called and served; their numbers."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")

    def work(visitors: int) -> list[str]:
        numbers = []
        for n in range(visitors):
            numbers.append(hall.issue(("ktp-cetak", "ktp-perekaman", "kk-akta")[n % 3]).number)
            hall.later(seconds=30)
            if n % 2:
                who, counter = ((SARI, "5"), (DEDI, "6"))[n // 2 % 2]
                for verb in (officer.call_next, officer.serve, officer.finish):
                    if verb is officer.call_next or hall.counter(counter).ticket:
                        hall.do(who, verb, counter)
        return numbers

    return work
