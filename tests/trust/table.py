"""What the long run found, as ``README.md`` here shows it: each aim, what was tried, what was lost, its controls."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BEGIN, END = "<!-- figures: written by `make trust` -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure promises, and how much must be tried before we say that it is shown."""

    promise: str
    tried: int | None  # by all rows of a figure, each; None: not a count
    elsewhere: str = "**not tried**"  # what stands where no test counts


MEASURED = "see [how fast](../bench/README.md)"
AIMS = {
    "F1": Aim("no call is made twice", 100_000),
    "F2": Aim("no number is doubled or missing, 30 % of replies lost", 100_000),
    "F3": Aim("`kill -9` loses nothing acknowledged", 1_000),
    "F4": Aim("a power cut loses nothing acknowledged", 10_000),
    "F5": Aim("a display misses, repeats and speaks late nothing", 200_000),
    "F6": Aim("a call is on the display soon", None, MEASURED),
    "F7": Aim("a reconnect storm passes", None, MEASURED),
    "F8": Aim("a sustained day holds", None, MEASURED),
    "F9": Aim("a lock held 3 s elsewhere stops nobody who only reads", 100),
    "F10": Aim("no sequence of commands breaks an invariant", 2_000_000),
    "F11": Aim("a simulated day keeps every invariant and repeats by its seed", 1_000),
    "F12": Aim("no clock breaks a day", 9_600),
    "F13": Aim("no request is answered 5xx or changes what it may not", 200_000),
    "F14": Aim("nobody does what is not theirs", 1_300),
    "F15": Aim("no hostile text is run, read or counted as anything but text", 1_500),
    "F16": Aim("slow, huge and many requests hold no officer up", 1_100),
    "F17": Aim("guessing passwords is cut off, the officer works on", 10_000),
    "F18": Aim("a restored backup is whole and reuses no number", 100),
    "F19": Aim("an upgrade under load misses no call", None),
    "F20": Aim("PostgreSQL restarts and Redis losses lose nothing", 170),
    "F21": Aim("a hall that works on and on leaves memory and open files as they were", 28_800),
    "F22": Aim("the core's tests notice what is changed in it", None),
    "F23": Aim("nothing personal goes out, nothing is fetched", None),
    "F24": Aim("whatever fails, at whichever step, nothing is left half done", None),
    "F25": Aim("bits that flip in a day's database are found, or change nothing", 500),
    "F26": Aim("every turn of a counter's wheel gives each class its share", None),
}


def table(rows: Iterable[dict[str, Any]], circumstances: str) -> str:
    """A Markdown table of all figures, those that nothing was tried for included."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["figure"], []).append(row)
    out = [circumstances, "", "| | promise | tried | broken | aim | controls caught |", "|---|---|--:|--:|--:|---|"]
    for id, aim in AIMS.items():
        groups = _by_what(found.get(id, []))
        if not groups:
            out.append(f"| {id} | {aim.promise} | {aim.elsewhere} | | {_count(aim.tried)} | |")
        for n, (what, group) in enumerate(groups.items()):
            out.append(_row(id if not n else "", aim, aim.promise if not n else "", what, group))
    return "\n".join(out)


def _by_what(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["what"], []).append(row)
    return groups


def _row(id: str, aim: Aim, promise: str, what: str, group: list[dict[str, Any]]) -> str:
    tried, lost = sum(r["tried"] for r in group), sum(r["lost"] for r in group)
    controls = "; ".join(dict.fromkeys(c for r in group for c in r["controls"]))
    said = ", ".join([f"{_count(tried)} {what}", *dict.fromkeys(n for r in group for n in r["notes"])])
    own = next((r["aim"] for r in group if r.get("aim")), aim.tried)
    return f"| {id} | {promise} | {said} | {lost} | {_aim(own, tried)} | {controls} |"


def _aim(wanted: int | None, tried: int) -> str:
    if wanted is None:
        return ""
    return _count(wanted) if tried >= wanted else f"{_count(wanted)}: **not reached**"


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
