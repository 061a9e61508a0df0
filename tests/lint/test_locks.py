"""The locks name every package with its hash and no place to fetch it from."""

import json
import re
import tomllib

import pytest

from tests.lint.tree import ROOT

BUILD = ROOT / "config" / "build"
PYTHON_LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-node.txt")
NAME = re.compile(r"[A-Za-z0-9._-]+")


def requirements(lock: str) -> list[str]:
    """The lock's requirements, each with its continuation lines."""
    joined = lock.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def unlocked(lock: str) -> list[str]:
    """The requirements that are not one exact version with a hash (options of pip's count as such)."""
    return [line for line in requirements(lock) if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]


def normal(name: str) -> str:
    """A package's name as the locks write it."""
    return re.sub(r"[-_.]+", "-", NAME.match(name)[0]).lower()


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_python_requirement_is_one_version_with_hashes(name):
    lock = (BUILD / name).read_text()
    assert requirements(lock)
    assert not unlocked(lock)
    assert "://" not in lock


@pytest.mark.parametrize("line", ["flask==3.1.0", "flask>=3", "--index-url somewhere", "flask @ file"])
def test_a_loose_requirement_would_be_noticed(line):
    assert unlocked(line)


def test_the_python_locks_know_everything_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = {
        "requirements.txt": project["project"]["dependencies"] + groups["build"],
        "requirements-test.txt": project["project"]["dependencies"] + groups["build"] + groups["test"],
        "requirements-node.txt": groups["node"],
    }
    for name, asked in wanted.items():
        locked = {normal(line) for line in requirements((BUILD / name).read_text())}
        assert {normal(line) for line in asked} <= locked, f"{name} is behind: run `make locks`"


def test_both_python_locks_agree_on_every_shared_package():
    run, test = (set(requirements((BUILD / name).read_text())) for name in PYTHON_LOCKS[:2])
    assert run <= test


def test_the_npm_lock_has_hashes_and_no_host():
    lock = json.loads((BUILD / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert "://" not in json.dumps(lock)


def test_the_npm_lock_follows_the_package_file_and_its_exact_versions():
    package = json.loads((BUILD / "package.json").read_text())
    root = json.loads((BUILD / "package-lock.json").read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == package[kind]
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package[kind].values())
