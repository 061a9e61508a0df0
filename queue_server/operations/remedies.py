"""What to do about each finding of the doctor's: a sentence by the question that found it, and its command if any.

The sentences are texts of the page of health; what is the matter says the line itself.
"""

import re
from collections.abc import Iterable
from typing import TypedDict

from .. import texts
from .checks import Finding, Level

_COMMAND = re.compile(r": ((?:queue-server|chmod) [^;]+)$")


class Entry(TypedDict):
    """A finding as a thing to do; ``since``: null, for a doctor who looks now cannot tell."""

    id: str
    level: str
    what: str
    since: str | None
    todo: str
    command: str | None


def entries(findings: Iterable[Finding]) -> list[Entry]:
    """What ``doctor --json`` prints: the gravest first, each group in the order in which it was asked."""
    words = texts.load()
    found = [_entry(one, words) for one in findings]
    order = [level.value for level in (Level.BAD, Level.WARN, Level.OK)]
    return sorted(found, key=lambda one: order.index(one["level"]))


def _entry(finding: Finding, words: texts.Texts) -> Entry:
    command = _COMMAND.search(finding.said) if finding.level is not Level.OK else None
    return {
        "id": finding.id,
        "level": finding.level.value,
        "what": finding.said[: command.start()] if command else finding.said,
        "since": None,
        "todo": "" if finding.level is Level.OK else words.say("en", f"health.todo_{finding.id}"),
        "command": command[1] if command else None,
    }
