"""The words on every screen: rows of ``config/text/*.toml``, the three languages side by side.

A row is ``key = { id = "…", en = "…", su = "…" }``; a language that is missing falls back to Indonesian. Placeholders
are names in braces, ``{number}``. The names of days and months, and how a date is put together, are rows of ``common``
that no file has (``formats.py``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from queue_server import formats, places
from queue_server.domain.site import LANGUAGES
from queue_server.settings.toml_file import Problem, SettingsError, read

FALLBACK = "id"

# What older systems and three-letter lists call our languages: Java and Android write Indonesian as "in" to this day.
_OTHER_CODES = {"in": "id", "ind": "id", "eng": "en", "sun": "su"}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Row = Mapping[str, str]  # language -> text


def language_of(tag: str | None) -> str | None:
    """The language of ours that a tag names (``in-ID``, ``EN_gb``, ``su-Latn-ID``); None for another's."""
    code = re.split("[-_]", (tag or "").strip().lower())[0]
    code = _OTHER_CODES.get(code, code)
    return code if code in LANGUAGES else None


@dataclass(frozen=True, slots=True)
class Texts:
    """All sections, each a table of rows."""

    sections: Mapping[str, Mapping[str, Row]]

    def section(self, *names: str) -> dict[str, dict[str, str]]:
        """Merge sections flat, for a page: ``{language: {key: text}}``, complete in every language.

        A key that two of them have is an error: one of the texts would never be read.
        """
        rows: dict[str, Row] = {}
        for name in names:
            if twice := sorted(rows.keys() & self.sections[name].keys()):
                raise ValueError(f"{name}.toml: {', '.join(twice)}: also in {', '.join(names[: names.index(name)])}")
            rows |= self.sections[name]
        return {lang: {key: _in(row, lang) for key, row in rows.items()} for lang in LANGUAGES}

    def say(self, lang: str, key: str, /, **values: object) -> str:
        """Return the text of ``"section.key"`` with its placeholders filled; KeyError on an unknown key."""
        section, _, name = key.partition(".")
        return fill(_in(self.sections[section][name], lang), values)

    def has(self, key: str) -> bool:
        """Tell whether ``"section.key"`` exists."""
        section, _, name = key.partition(".")
        return name in self.sections.get(section, {})


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values into ``{name}`` placeholders; one without a value becomes a dash, so no visitor reads braces."""
    return _PLACEHOLDER.sub(lambda found: _written(values.get(found[1])), text)


def _written(value: object) -> str:
    """Write a value as people here do: a time of day as ``08.00``, in the zone it is given in."""
    if value is None:
        return "–"
    return formats.clock(value) if isinstance(value, datetime) else str(value)


@dataclass(frozen=True, slots=True)
class Say:
    """A language's texts by their keys, filled; no closure: another process may be handed it."""

    words: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key; KeyError on an unknown one."""
        return fill(self.words[key], values)


def from_when(at: datetime, now: datetime, lang: str) -> str:
    """Write an instant from which on something holds, in its own zone: its day too, unless that is today."""
    return formats.beginning(at, now, lang)


def placeholders(text: str) -> frozenset[str]:
    """Name the placeholders of a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def _in(row: Row, lang: str) -> str:
    return row.get(lang) or row[FALLBACK]


@cache
def load(folder: Path = places.TEXT) -> Texts:
    """Read every section, once for a process; raise :class:`SettingsError` with all that is wrong."""
    problems: list[Problem] = []
    sections = {}
    for path in sorted(folder.glob("*.toml")):
        rows = read(path)
        problems += [Problem(str(path), key, reason) for key, row in rows.items() if (reason := _wrong(row))]
        if path.stem == "common":
            rows |= formats.rows()
        sections[path.stem] = MappingProxyType(rows)
    if problems:
        raise SettingsError(problems)
    return Texts(MappingProxyType(sections))


def _wrong(row: object) -> str | None:
    """Say what is wrong with a row, None if nothing."""
    if not isinstance(row, dict) or not all(isinstance(text, str) for text in row.values()):
        return 'should be a table of languages like { id = "…", en = "…", su = "…" }'
    if not row.get(FALLBACK):
        return f'needs a text in Indonesian ("{FALLBACK}")'
    unknown = sorted(set(row) - set(LANGUAGES))
    if unknown:
        return f"unknown language {', '.join(unknown)}"
    strange = {name for text in row.values() for name in placeholders(text)} - placeholders(row[FALLBACK])
    return f"placeholders {sorted(strange)} are not in the Indonesian text" if strange else None
