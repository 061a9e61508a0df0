"""Rules changed on purpose, one place at a time (cosmic-ray's operators), and whether any test of theirs notices.

``python -m tests.trust.mutants`` is the workshop: it loads pytest once and forks for each mutant, so that a mutant
costs the tests and not their start. In comes ``{"module": …, "source": …, "all": …}``, out goes ``{"noticed": …}``,
each on a line.
"""

import importlib.abc
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from queue_server import places

RULES = places.PACKAGE / "domain"
PATIENCE_S = 120  # a mutant that never ends is noticed
# Type unions are no rule, a decorator says how a value is stored, and `is` on short texts does what `==` does: a mutant
# of these says nothing of the tests.
_LEFT_OUT = ("ReplaceBinaryOperator_BitOr", "RemoveDecorator", "VariableReplacer", "VariableInserter")
_IDENTITY = ("_Is", "_IsNot")
_NO_RULE = ("@dataclass", "@lru_cache")
_MARK = re.compile(r"(^|[(,])\s*\*,")  # in a signature: no product, though it is taken for one


@dataclass(frozen=True)
class Place:
    """Where one module can be changed, and how: the n-th place of an operator."""

    path: Path
    operator: str
    n: int

    @property
    def module(self) -> str:
        """The module's full name."""
        return f"queue_server.domain.{self.path.stem}"

    def mutant(self) -> str:
        """The module's source with this place changed."""
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator

        return mutate_code(self.path.read_text(), get_operator(self.operator)(), self.n)

    def __str__(self) -> str:
        line, text = _difference(self.path.read_text(), self.mutant())
        return f"{self.path.name}:{line} {text}"


def places_to_change() -> list[Place]:
    """Every place of every rule, in a fixed order."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    names = [n for n in sorted(operator_names()) if not n.split("/")[-1].startswith(_LEFT_OUT)]
    found = []
    for path in sorted(RULES.glob("*.py")):
        nodes = list(ast_nodes(get_ast(path.read_text())))
        lines = path.read_text().splitlines()
        for name in names:
            if name.endswith(_IDENTITY):
                continue
            operator = get_operator(name)()
            at = [begin for node in nodes for begin, _ in operator.mutation_positions(node)]
            found += [Place(path, name, n) for n, (line, _) in enumerate(at) if _is_rule(lines[line - 1])]
    return found


def _is_rule(line: str) -> bool:
    return not line.startswith(_NO_RULE) and not _MARK.search(line)


def _difference(whole: str, changed: str) -> tuple[int, str]:
    for n, (old, new) in enumerate(zip(whole.splitlines(), changed.splitlines(), strict=False), start=1):
        if old != new:
            return n, new.strip()
    return 0, ""


@contextmanager
def workshop() -> Iterator["Workshop"]:
    """A process that tries mutants."""
    command = [sys.executable, "-m", "tests.trust.mutants"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Workshop(process)
        process.stdin.close()


class Workshop:
    """The other end of the line."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def notices(self, module: str, source: str, *, all_tests: bool = True) -> bool:
        """Whether the rules' tests fail on this source of the module; only the module's own tests if told."""
        told = {"module": module, "source": source, "all": all_tests}
        print(json.dumps(told), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())["noticed"]


# -- inside the workshop


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from other source."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(self, name, path, target=None):
        """Only this one."""
        return importlib.util.spec_from_loader(name, self) if name == self.module else None

    def exec_module(self, module) -> None:
        """Run the other source in its place."""
        exec(compile(self.source, self.module, "exec"), module.__dict__)


def _forked(module: str, source: str, everything: bool) -> bool:
    child = os.fork()
    if child == 0:
        _try(module, source, everything)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _try(module: str, source: str, everything: bool) -> None:
    """The child: the tests of the rules, its own first; ends the process with what became of them."""
    import pytest

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.meta_path.insert(0, _Instead(module, source))
    first = f"tests/domain/test_{module.rpartition('.')[2]}.py"
    others = [f"tests/domain/{p.name}" for p in sorted(Path("tests/domain").glob("test_*.py"))]
    order = [f for f in dict.fromkeys([first, *(others if everything else ())]) if Path(f).exists()]
    # pytest was loaded before the fork, and warns that it cannot rewrite what is loaded: no test has failed by that.
    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--noconftest", *quiet, *order])))


def main() -> None:
    """Try what comes in, one after another."""
    import hypothesis
    import pytest

    hurried = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}  # slow is not noticed
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, **hurried)
    hypothesis.settings.load_profile("mutants")
    assert pytest and not [m for m in sys.modules if m.startswith("queue_server.domain")]
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps({"noticed": _forked(told["module"], told["source"], told["all"])}), flush=True)


if __name__ == "__main__":
    main()
