"""The figures we publish: what was tried, what was lost, which control was caught, and at what size.

A test that stands behind a figure asks for ``figure``. ``make test`` runs it at its small size; ``make trust``
(``python -m tests.trust``) runs the same test larger, with a seed and a bar, and writes the table in
``tests/trust/README.md``. There is no second set of tests: what is published is what is tested.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

import click
import pytest

from tests.world import selection

T = TypeVar("T")
SEED = 20261122


@dataclass
class Tally:
    """One row under a figure: ``tried`` units of ``what``, of which ``lost`` broke the promise."""

    figure: str
    what: str
    tried: int = 0
    lost: int = 0
    notes: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)  # what was broken on purpose, and what came of it
    effort: float = field(default=0.0, repr=False)
    seed: int = SEED
    aim: int | None = None  # how much this very row wants tried, where that is not the figure's own aim

    def size(self, ci: int, night: int) -> int:
        """How many to try: ``ci`` in every run, ``night`` at full effort, in between by proportion."""
        return max(ci, round(night * self.effort))

    def count(self, tried: int, lost: int = 0) -> None:
        """Add what was tried and what of it broke the promise. Call it before asserting that nothing did."""
        self.tried += tried
        self.lost += lost

    def aims_at(self, tried: int) -> None:
        """This row proves what it is for with so many, however many the figure's other rows want."""
        self.aim = tried

    def note(self, text: str) -> None:
        """Something that the reader of the figure must know: a measured time, a limit of the trial."""
        self.notes.append(text)

    def caught(self, control: str, what: str) -> None:
        """A control failed as it must: what was broken, and what the test then saw."""
        self.controls.append(f"{control}: {what}")

    @contextmanager
    def bar(self, length: int) -> Iterator[Callable[[int], None]]:
        """A progress bar on the terminal in the long run, nothing in the short one; call it with how many are done."""
        if not self.effort:
            yield lambda done: None
            return
        label = f"{self.figure} {self.what}"[:50].ljust(50)
        with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
            yield bar.update

    def each(self, things: Iterable[T]) -> Iterator[T]:
        """Go through the things with a bar."""
        listed = list(things)
        with self.bar(len(listed)) as step:
            for thing in listed:
                yield thing
                step(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The long run's options."""
    group = parser.getgroup("figures")
    group.addoption("--effort", type=float, default=0.0, help="run only the tests behind figures; 1 = a whole night")
    group.addoption("--deep", action="store_true", help="run only the drills that are too long for every change")
    group.addoption("--quick", action="store_true", help="run only what needs neither browser nor server")
    group.addoption("--core", action="store_true", help="run only what tries rules and verbs in the test's own process")
    group.addoption("--seed", type=int, default=SEED, help="what every chance of those tests follows from")
    group.addoption("--figures-to", type=Path, help="write what was tried and lost here, one JSON document a row")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run does not take."""
    options = {name: config.getoption(f"--{name}") for name in ("effort", "deep", "quick", "core")}
    taken = selection.chosen(items, **options)
    kept = set(taken)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = taken


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], Tally]]:
    """``figure("F3", "kills")``: the row that this test adds to. Written down whether the test passes or not."""
    option, rows = request.config.getoption, []

    def start(id: str, what: str) -> Tally:
        rows.append(Tally(id, what, effort=option("--effort"), seed=option("--seed")))
        return rows[-1]

    yield start
    if option("--figures-to"):
        with option("--figures-to").open("a") as file:
            for row in rows:
                print(json.dumps({**asdict(row), "test": request.node.nodeid}, ensure_ascii=False), file=file)
