"""The wheel is the whole product: pages, scripts, fonts, configuration and a command that runs without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.world.tree import ROOT, SCREENS, files

SHOWN = (".html", ".css", ".js", ".svg", ".mp3")
READ = (".toml",)
NEEDED = (
    "queue_server/web/static/vendor/socket.io-client.js",
    "queue_server/web/static/vendor/fonts/atkinson-400.woff2",
    "queue_server/web/static/vendor/fonts/atkinson-700.woff2",
    "queue_server/web/static/vendor/icons/check.svg",
    "queue_server/web/static/vendor/LICENSES.txt",
    "queue_server/web/static/bundle/bundle.json",
    "queue_server/web/static/bundle/kiosk_ui.phone.js",
    "queue_server/web/static/bundle/kiosk_ui.phone.css",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """A wheel of the tree as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=360)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def held(wheel) -> set[str]:
    """The names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_that_a_screen_shows(held):
    pages = {str(path) for path in files(*SHOWN, under=SCREENS)}
    assert pages
    assert pages - held == set()


def test_the_wheel_holds_what_npm_gave(held):
    assert set(NEEDED) - held == set()


def test_the_wheel_holds_the_configuration_the_server_reads_and_not_the_build(held):
    read = {str(path) for path in files(*READ, under=("config/",))}
    assert read
    assert {name.replace("config/", "queue_server/_config/", 1) for name in read} - held == set()
    assert not [name for name in held if "_config/build" in name or name.startswith(("tests/", "config/"))]


@pytest.mark.slow
def test_an_installed_wheel_checks_its_own_configuration_far_from_the_checkout(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    # -P and the path put the unpacked wheel before the checkout's editable install.
    start = "import queue_server, sys; print(queue_server.__file__); from queue_server.__main__ import main; main()"
    check = subprocess.run(
        [sys.executable, "-P", "-c", start, "check"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert check.stdout.startswith(str(tmp_path)), check.stdout + check.stderr
    assert check.returncode == 0, check.stdout + check.stderr
