"""Which JavaScript an old television's browser (Chromium 87) does not know."""

import re

from tests.lint.node import run

# Functions that came later, or that a page served over plain HTTP in a hall's own network does not get.
FUNCTIONS = re.compile(
    r"\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|checkVisibility|showPopover|setHTML)\("
    r"|\bstructuredClone\b|\brandomUUID\b|crypto\.subtle|Object\.(hasOwn|groupBy)|Map\.groupBy|Array\.fromAsync"
    r"|AbortSignal\.(timeout|any)|URL\.(canParse|parse)\b|Promise\.(withResolvers|try)|startViewTransition"
    r"|navigator\.(clipboard|serviceWorker|locks)\b|\bscheduler\.|\bIterator\.|Intl\.DurationFormat|CSSStyleSheet\("
)


def faults(script: str) -> list[str]:
    """Everything in a module that Chromium 87 would stumble over."""
    plain, old = (_print_for(target, script) for target in ("esnext", "chrome87"))
    if old.returncode:
        return [old.stderr.strip()]
    # The same printer for both targets: a difference is syntax that had to be written anew for the older one.
    found = [f"newer syntax: {line.strip()}" for line in _only_in(plain.stdout, old.stdout)]
    return found + [match[0] for match in FUNCTIONS.finditer(plain.stdout)]


def _print_for(target: str, script: str):
    # Chrome has `?.` since 80; esbuild waits for 91 because of a bug in a form (with spread) that nobody writes.
    known = "--supported:optional-chain=true"
    return run("esbuild", f"--target={target}", known, "--format=esm", "--log-level=error", source=script)


def _only_in(left: str, right: str) -> list[str]:
    lines = set(right.splitlines())
    return [line[:200] for line in left.splitlines() if line not in lines]
