"""Addresses compiled once: Werkzeug makes two Python functions of every route, for each app that is put together.

A server does it once and has a third of a second for it; the tests put the product together some thousand times.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing.rules import Rule


def remember_builders() -> None:
    """From here on, an app that is put together takes what another one compiled of the same route."""
    made: dict[tuple[Any, ...], Callable[..., Any]] = {}
    compile_anew = Rule._compile_builder

    def compiled(self: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        # What the function is made of: it takes its converters from the rule that it is called on.
        key = (append_unknown, self.rule, tuple(self._trace), repr(sorted((self.defaults or {}).items())))
        if key not in made:
            made[key] = compile_anew(self, append_unknown)
        return made[key]

    Rule._compile_builder = compiled
