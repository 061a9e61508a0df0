"""The law of the test folders: each takes the world and itself, the world takes nobody, no modules make a circle."""

import ast
from collections.abc import Mapping

import pytest

from tests.lint.imports import circle, named, nodes_of, taken
from tests.world.tree import ROOT, files

WORLD = "world"
SOURCES = {path.as_posix(): (ROOT / path).read_text() for path in files(".py", under=("tests/",))}


def folder_of(module: str) -> str:
    """``tests.trust.days.mall`` lies in ``trust``; a module directly under ``tests`` is a folder of its own."""
    return module.split(".")[1]


def said(source: str, modules: frozenset[str]) -> set[str]:
    """The modules of the tests that a source names by a word: a plug-in, or what it starts as a process of its own."""
    words = (node.value for node in nodes_of(source)[0] if isinstance(node, ast.Constant))
    return {word for word in words if isinstance(word, str)} & modules


def strangers(sources: Mapping[str, str]) -> list[str]:
    """What is taken from another folder that is not the world."""
    modules = frozenset(map(named, sources))
    return [
        f"{path} takes {other}"
        for path, source in sources.items()
        for other in sorted(taken(path, source, modules, types=True) | said(source, modules))
        if folder_of(other) not in {folder_of(named(path)), WORLD}
    ]


def test_a_folder_takes_the_world_and_itself_only():
    assert strangers(SOURCES) == []


def test_no_modules_take_each_other_in_a_circle():
    assert circle(SOURCES, types=False) == []


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        pytest.param("tests/live/test_new.py", "from tests.commands.steps import open_hall", id="another folder's"),
        pytest.param("tests/live/test_new.py", "from tests.commands import steps", id="by its folder"),
        pytest.param("tests/live/test_new.py", "def test():\n    import tests.trust.power", id="inside a test"),
        pytest.param("tests/live/test_new.py", "from ..trust import power", id="by dots"),
        pytest.param("tests/live/conftest.py", 'pytest_plugins = ["tests.trust.conftest"]', id="as a plug-in"),
        pytest.param("tests/world/hall.py", "from tests.commands.steps import open_hall", id="the world of a folder"),
        pytest.param("tests/test_new.py", "from tests.test_cli import config", id="beside each other"),
    ],
)
def test_and_what_takes_another_folder_s_is_caught(path, bad):
    assert strangers(SOURCES | {path: bad})


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        pytest.param("tests/world/ports.py", "from tests.world import server", id="in the world"),
        pytest.param("tests/trust/power.py", "from tests.trust.disks import FAILS", id="in a folder"),
        pytest.param("tests/world/tree.py", "def late():\n    from .server import Server", id="imported late"),
    ],
)
def test_and_a_circle_is_caught(path, bad):
    assert circle(SOURCES | {path: bad}, types=False)
