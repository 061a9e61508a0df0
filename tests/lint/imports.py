"""What a module imports of its own tree, read from its source."""

import ast
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter


def named(path: str) -> str:
    """``tests/trust/power.py`` as ``tests.trust.power``."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def nodes_of(source: str) -> tuple[tuple[ast.AST, ...], frozenset[ast.AST]]:
    """All nodes of a source, and those that only a type checker reads."""
    nodes = tuple(ast.walk(ast.parse(source)))
    guards = [n for n in nodes if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    return nodes, frozenset(inner for guard in guards for inner in ast.walk(guard))


def taken(path: str, source: str, modules: frozenset[str], *, types: bool) -> set[str]:
    """The modules of its own tree that a source imports, at any place; ``types``: also for types alone."""
    own = named(path).split(".")
    package = own if path.endswith("/__init__.py") else own[:-1]
    nodes, for_types = nodes_of(source)
    found: set[str] = set()
    for node in nodes:
        if not types and node in for_types:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *filter(None, [node.module])])
            found |= ({f"{start}.{alias.name}" for alias in node.names} & modules) or {start}
    return {name for name in found if name.startswith(f"{own[0]}.") and name != named(path)}


def circle(sources: Mapping[str, str], *, types: bool) -> list[str]:
    """Modules that take each other in a ring, the first named twice; empty: there is none.

    ``types``: what is imported for types alone counts too.
    """
    modules = frozenset(map(named, sources))
    graph = {named(path): taken(path, source, modules, types=types) for path, source in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []
