"""What every test may ask for: a server of its own, or the hall that one module's tests share; a browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests.postgres import Postgres
from tests.server import ROOT, Server
from tests.trust.figures import figure, pytest_addoption, pytest_collection_modifyitems  # noqa: F401

# An example that takes long tells of the machine's load, not of the code: no test here fails by Hypothesis's stopwatch.
settings.register_profile("antrean", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("antrean")

# The last such switch counts, so what Playwright would switch off of these is named again. New are the two last: a
# browser without a window would make, for every profile, two pages of what drops down from its address bar.
_OFF = (
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
BROWSER_ARGUMENTS = [
    f"--disable-features={','.join(_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    # No host but this one: whatever a screen would fetch from outside fails, and the test with it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_configure(config: pytest.Config) -> None:
    """The screens are tested as they are shipped: bundled, from the sources as they are now."""
    if not hasattr(config, "workerinput"):  # once, before there are workers
        subprocess.run([sys.executable, ROOT / "config" / "build" / "assets.py", "bundle"], check=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of the whole run; Playwright allows no second one beside it."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


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
