"""Which JavaScript an old browser does not know: syntax of after Chromium 87, functions of after Chromium 68.

Older syntax than 87 is what the bundle is written in (``config/build/bundle.py``).
"""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.world.node import run

# Functions that came after Chromium 68 (the televisions of 2020) and that ``static/js/older.js`` does not lend, or that
# a page served over plain HTTP in a hall's own network does not get.
FUNCTIONS = re.compile(
    r"\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|checkVisibility|showPopover|setHTML)\("
    r"|\bstructuredClone\b|\brandomUUID\b|crypto\.subtle|Object\.(hasOwn|groupBy)|Map\.groupBy|Array\.fromAsync"
    r"|AbortSignal\.(timeout|any)|URL\.(canParse|parse)\b|Promise\.(withResolvers|try)|startViewTransition"
    r"|\.(replaceAll|matchAll|toggleAttribute|getComputedTiming|getAnimations)\(|Object\.fromEntries|\bglobalThis\b"
    r"|Promise\.(allSettled|any)|\bqueueMicrotask\b|Intl\.(RelativeTimeFormat|ListFormat|DisplayNames)|dateStyle|timeStyle"
    r"|navigator\.(clipboard|serviceWorker|locks)\b|\bscheduler\.|\bIterator\.|Intl\.DurationFormat|CSSStyleSheet\("
)


def faults(script: str) -> list[str]:
    """Everything in a module that Chromium 87 would stumble over."""
    return faults_of({"module": script}).get("module", [])


def faults_of(scripts: Mapping[str, str]) -> dict[str, list[str]]:
    """name -> what Chromium 87 would stumble over, where there is anything. Node starts twice in all."""
    with tempfile.TemporaryDirectory() as folder:
        given = [Path(folder, f"{n}.js") for n in range(len(scripts))]
        for path, script in zip(given, scripts.values(), strict=True):
            path.write_text(script)
        plain, old = (_print_for(target, given, Path(folder, target)) for target in ("esnext", "chrome87"))
    found = {name: _compare(p, o) for name, p, o in zip(scripts, plain, old, strict=True)}
    return {name: faults for name, faults in found.items() if faults}


def _compare(plain: str | None, old: str | None) -> list[str]:
    if plain is None or old is None:
        return ["newer syntax: the printer cannot write it for Chromium 87"]
    # The same printer for both targets: a difference is syntax that had to be written anew for the older one.
    found = [f"newer syntax: {line.strip()}" for line in _only_in(plain, old)]
    return found + [match[0] for match in FUNCTIONS.finditer(plain)]


def _print_for(target: str, scripts: list[Path], out: Path) -> list[str | None]:
    """The modules as the printer writes them for a target; None where it cannot."""
    # Chrome has `?.` since 80; esbuild waits for 91 because of a bug in a form (with spread) that nobody writes.
    options = [f"--target={target}", "--supported:optional-chain=true", "--format=esm", "--log-level=error"]
    run("esbuild", *options, f"--outdir={out}", *map(str, scripts))
    written = [out / path.name for path in scripts]
    if len(scripts) > 1 and not any(path.exists() for path in written):  # one that cannot be written stops all
        return [_print_for(target, [path], out)[0] for path in scripts]
    return [path.read_text() if path.exists() else None for path in written]


def _only_in(left: str, right: str) -> list[str]:
    lines = set(right.splitlines())
    return [line[:200] for line in left.splitlines() if line not in lines]
