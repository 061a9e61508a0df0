"""The site's structure as people change it: a version, and the list of all."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from .shared import Count, Document, Instant

Source = Literal["file", "screen", "shell"]


class Doubt(Document):
    """What works, but will trouble somebody."""

    key: str
    reason: str


_From = TypedDict("_From", {"from": str | None})  # a key that is a word of Python's


class Structure(_From, Document):
    """One version; ``from``: the day with which it takes effect, null: at once. ``structure``: a site file's keys."""

    version: Count
    by: str
    at: Instant | None
    source: Source | None
    structure: dict[str, Any]
    doubts: NotRequired[list[Doubt]]


class StructureVersion(_From, Document):
    """One line of the list; ``replaced_by``: the version that stands in its place; an older one: it was withdrawn."""

    version: Count
    based_on: Count
    by: str
    at: Instant
    why: str | None
    source: Source
    in_force_at: Instant | None
    replaced_by: int | None
    in_force: bool
    changes: list[str]


class StructureVersions(Document):
    """All that was ever saved, the latest first."""

    versions: list[StructureVersion]
