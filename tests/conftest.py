"""The run: which plug-ins it has, how Hypothesis tries, and that the screens are bundled before a browser sees them."""

import gc
import subprocess
import sys

import pytest

gc.disable()  # until all tests are collected: nothing that an import makes is garbage

pytest.register_assert_rewrite("tests.world")  # a check of the world says what it saw, as a test's own does

from hypothesis import HealthCheck, settings  # noqa: E402

from tests.world import compiled  # noqa: E402
from tests.world.tree import ROOT  # noqa: E402

compiled.share()

# The fixtures that every folder may ask for.
pytest_plugins = (
    "tests.world.figures",
    "tests.world.servers",
    "tests.world.browser",
    "tests.world.halls",
    "tests.world.malls",
)

# An example that takes long tells of the machine's load, not of the code: no test here fails by Hypothesis's stopwatch.
settings.register_profile("antrean", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("antrean")


# Files here hold few tests that mostly wait. Spread among the others they leave no worker alone with one at the end,
# and never make all of them wait at once.
WAITING = tuple(f"tests/{folder}/" for folder in ("journeys", "trust", "operations", "store", "live", "web/pages"))
SPREAD = 0.85  # over so much of the run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each file's tests stay together; files that wait come at even distances, all of them before the last few."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    waiting = [file for file in files if file.startswith(WAITING)]
    others = [file for file in files if not file.startswith(WAITING)]
    place = {file: SPREAD * n / len(waiting) for n, file in enumerate(waiting)}
    place |= {file: n / len(others) for n, file in enumerate(others)}
    items[:] = [item for file in sorted(place, key=lambda file: place[file]) for item in files[file]]


def pytest_collection_finish() -> None:
    """As the server does: what exists now stays; to look through it again and again took a fifth of a worker's time."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_configure(config: pytest.Config) -> None:
    """The screens are tested as they are shipped: bundled, from the sources as they are now."""
    if config.getoption("quick"):
        config.addinivalue_line("filterwarnings", "error::ResourceWarning")
    if not hasattr(config, "workerinput"):  # once, before there are workers
        subprocess.run([sys.executable, ROOT / "config" / "build" / "assets.py", "bundle"], check=True)
