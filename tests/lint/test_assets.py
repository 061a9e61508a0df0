"""The build gives up on a silent registry with a message, and has nothing to do the second time."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.world.ports import Port
from tests.world.tree import ROOT

VENDOR = "queue_server/web/static/vendor"


@pytest.fixture
def tree(tmp_path) -> Path:
    """A checkout in which nothing is built yet."""
    build = tmp_path / "config" / "build"
    shutil.copytree(ROOT / "config" / "build", build, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    (tmp_path / VENDOR).parent.mkdir(parents=True)
    return tmp_path


def build(tree: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the build of the vendor folder with npm's memory of earlier downloads out of reach."""
    command = [sys.executable, str(tree / "config" / "build" / "assets.py"), "vendor"]
    surroundings = os.environ | {"npm_config_cache": str(tree / "cache")} | environment
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=300, check=False)


def stamp(tree: Path) -> str:
    """What the build writes beside a folder that it has made from this tree."""
    ask = "import sys; sys.path.insert(0, sys.argv[1]); import assets; print(assets.stamp('vendor'), end='')"
    command = [sys.executable, "-c", ask, str(tree / "config" / "build")]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout


def test_a_registry_that_never_answers_is_given_up_on_with_a_message(tree):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        registry = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        started = time.monotonic()
        tried = build(tree, npm_config_registry=registry, ANTREAN_NPM_TIMEOUT_S="3")
    assert tried.returncode == 1
    assert "npm had no answer within 3 s" in tried.stderr
    assert time.monotonic() - started < 120  # 3 s, and 300 without being told
    assert not (tree / VENDOR).exists()


def test_a_registry_that_refuses_is_reported_in_npms_own_words(tree):
    closed = Port()  # kept, so that nobody else's server answers there meanwhile
    registry = f"http://127.0.0.1:{closed.number}/"
    tried = build(tree, npm_config_registry=registry, npm_config_fetch_retries="0")
    assert tried.returncode == 1
    assert "ECONNREFUSED" in tried.stderr
    assert not (tree / VENDOR).exists()


def test_a_made_folder_is_not_made_again_until_the_lock_changes(tree):
    shutil.copytree(ROOT / VENDOR, tree / VENDOR)
    (tree / VENDOR / ".stamp").write_text(stamp(tree))  # whatever ours was made from: another lock perhaps
    unreachable = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_fetch_retries": "0"}
    assert build(tree, **unreachable).returncode == 0
    lock = tree / "config" / "build" / "package-lock.json"
    lock.write_text(lock.read_text() + "\n")
    assert build(tree, **unreachable).returncode == 1
