"""A text and its review: what may come back, what may not, and what has grown old since."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import formats
from ..domain.errors import QueueError
from ..domain.plain_text import one_line
from ..texts import FALLBACK, Texts, placeholders

LANGUAGES = ("su", "en")  # Indonesian is what all others are checked against
MOST_LETTERS = 1000
MOST_NAME = 80
_MARKUP = re.compile(r"</?[a-z!]|&(?:\w+|#\d+);|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A row of a sheet. ``source``: the Indonesian text beside it; ``line``: where it stands in the file."""

    key: str  # section.key
    source: str
    said: str
    checked_by: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet that goes out. ``was``: the Indonesian text at the last check, if it is another one now."""

    key: str
    source: str
    english: str
    sundanese: str
    checked_by: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row."""

    line: int
    key: str
    why: str


def sources(texts: Texts) -> dict[str, Mapping[str, str]]:
    """Every text that people wrote, by its key; names of days and months are the tables' of CLDR."""
    tables = formats.rows()
    return {
        f"{section}.{key}": row
        for section, rows in texts.sections.items()
        for key, row in rows.items()
        if section != "common" or key not in tables
    }


def sheet(texts: Texts, language: str, kept: Iterable[Reviewed]) -> list[Row]:
    """All rows of a language's sheet; ``texts``: as they ship, ``kept``: what was checked until now."""
    checked = {one.key: one for one in kept}
    out = []
    for key, row in sources(texts).items():
        one = checked.get(key)
        said = dict(row) | ({language: one.said} if one else {})
        was = one.source if one and one.source != row[FALLBACK] else None
        english, sundanese = said.get("en", ""), said.get("su", "")
        out.append(Row(key, row[FALLBACK], english, sundanese, one.checked_by if one else "", was))
    return out


def judged(
    rows: Iterable[Reviewed], texts: Texts, language: str, kept: Iterable[Reviewed]
) -> tuple[list[Reviewed], list[Fault]]:
    """What of a sheet that came back is checked, and what is wrong with it.

    A row that nobody signed is passed over if its text is the present one; a new text needs a name.
    """
    known, before = sources(texts), {one.key: one.said for one in kept}
    taken: dict[str, Reviewed] = {}
    faults, seen = [], set()
    for one in rows:
        if why := _wrong(one, known, seen):
            faults.append(Fault(one.line, one.key, why))
            continue
        seen.add(one.key)
        present = before.get(one.key) or known[one.key].get(language, "")
        if not one.said.strip() or (not one.checked_by.strip() and one.said.strip() == present.strip()):
            continue
        try:
            name = one_line("checked_by", one.checked_by, MOST_NAME)
            said = _as_many_lines("text", one.said, one.source)
        except QueueError as error:
            field, reason = error.details["field"], error.details["reason"]
            why = "a new text without the name of whoever checked it" if reason == "empty" else f"{field}: {reason}"
            faults.append(Fault(one.line, one.key, why))
            continue
        taken[one.key] = Reviewed(one.key, one.source, said, name, one.line)
    return list(taken.values()), faults


def _as_many_lines(field: str, said: str, source: str) -> str:
    """The text, in lines where the Indonesian has lines. Raises QueueError."""
    if "\n" not in source.strip():
        return one_line(field, said, MOST_LETTERS)
    return "\n".join(one_line(field, line, MOST_LETTERS) if line.strip() else "" for line in said.strip().split("\n"))


def _wrong(one: Reviewed, known: Mapping[str, Mapping[str, str]], seen: set[str]) -> str | None:
    if one.key not in known:
        return "no text has this key"
    if one.key in seen:
        return "this key stands in the sheet twice"
    if not one.said.strip():
        return None
    if _MARKUP.search(one.said):
        return "markup: a text is letters alone"
    wanted, found = placeholders(one.source), placeholders(one.said)
    if wanted != found or one.said.count("{") != len(re.findall(r"\{\w+\}", one.said)):
        return f"its blanks are {_named(found)}, those of the Indonesian text {_named(wanted)}"
    return None


def _named(blanks: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(blanks)) or "none"


def is_current(one: Reviewed, known: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether the Indonesian text is still the one that it was checked against."""
    return one.key in known and known[one.key][FALLBACK] == one.source
