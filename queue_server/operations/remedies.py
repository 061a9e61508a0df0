"""What to do about each finding of the doctor's: a sentence by the question that found it, and its command if any.

The sentences are texts of the page of health, and so is what is the matter, in the reader's language.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypedDict

from .. import texts
from .findings import Finding, Level

SINCE = "findings.json"  # in the data folder: what the running server found, and when first
_WHICH = ("site", "name", "file", "folder", "host")  # of its values those that make it this finding, and no other


class Entry(TypedDict):
    """A finding as a thing to do; ``since``: when the running server found it first, null if it never looked.

    ``text`` and ``about``: the name and the values of what is said, for whoever says it in another language.
    """

    id: str
    level: str
    what: str
    since: str | None
    todo: str
    command: str | None
    text: str
    about: dict[str, str | int]


def entries(findings: Iterable[Finding], since: Mapping[str, str]) -> list[Entry]:
    """What ``doctor --json`` prints: the gravest first, each group in the order in which it was asked."""
    words = texts.load()
    found = [_entry(one, words, since) for one in findings]
    order = [level.value for level in (Level.BAD, Level.WARN, Level.OK)]
    return sorted(found, key=lambda one: order.index(one["level"]))


def _entry(finding: Finding, words: texts.Texts, since: Mapping[str, str]) -> Entry:
    entry: Entry = {
        "id": finding.id,
        "level": finding.level.value,
        "what": finding.what,
        "since": None,
        "todo": "" if finding.level is Level.OK else words.say("en", f"health.todo_{finding.id}"),
        "command": finding.command,
        "text": finding.text,
        "about": dict(finding.about),
    }
    return entry | {"since": since.get(identity(entry))}


def identity(entry: Entry) -> str:
    """By what a finding is known again: how old a backup is changes with every look, that it is old does not."""
    return "/".join([entry["id"], entry["text"], *(str(entry["about"].get(name, "")) for name in _WHICH)])


def known_since(data: Path) -> dict[str, str]:
    """Each finding that the running server has seen: when first, in ISO 8601."""
    try:
        kept = json.loads((data / SINCE).read_text())
    except (OSError, ValueError):
        return {}
    return {str(key): str(at) for key, at in kept.items()} if isinstance(kept, dict) else {}
