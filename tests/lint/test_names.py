"""No name of the product is a picture of what the thing does, or a word that means something else elsewhere."""

import ast
from collections.abc import Iterator

import pytest

from tests.world.tree import ROOT, files

# What stands there instead. `told` was the settings here, an answer there, and a sentence in a third place.
INSTEAD = {
    "told": "settings, or what it is",
    "told_by": "load_settings",
    "sight": "hall_now",
    "lately": "todays_figures",
    "remembered": "performance_cache",
    "trouble": "database_errors, or the code",
    "windows": "rate_limits",
}
SOURCES = files(".py", under=("queue_server/", "config/build/", "config/voice/"))


def named(source: str) -> Iterator[str]:
    """Every name that a module gives or uses, in the lower case."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name.lower()
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                yield name.lower().rpartition(".")[2]


def forbidden(source: str, module: str) -> set[str]:
    """Its names that are on the list, its own among them."""
    return {*named(source), module.lower()} & INSTEAD.keys()


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_module_names_things_by_what_they_are(path):
    assert forbidden((ROOT / path).read_text(), path.stem) == set(), INSTEAD


@pytest.mark.parametrize(
    ("source", "module", "found"),
    [
        ("told = 1", "app", "told"),
        ("def f(told): return 1", "app", "told"),
        ("class Sight: pass", "app", "sight"),
        ("from ..store import trouble", "app", "trouble"),
        ("house.lately.of(site)", "app", "lately"),
        ("", "windows", "windows"),
    ],
)
def test_a_misleading_name_is_found_wherever_it_stands(source, module, found):
    assert forbidden(source, module) == {found}
