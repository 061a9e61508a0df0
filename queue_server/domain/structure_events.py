"""What events tell of a hall's structure and of its beginning, beside their own columns."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from .site import Class

Series = Mapping[str, Mapping[str, int]]  # day -> service -> next number


class Configured(TypedDict):
    """``changes``: table -> id -> ``declared`` or ``retired``; ``weights``: whether the order is another.

    ``structure``: the version that is in force from here on.
    """

    changes: Mapping[str, Mapping[str, str]]
    counters: list[str]
    weights: bool
    order: NotRequired[Mapping[Class, int]]
    series: NotRequired[Series]
    structure: NotRequired[int]


class StructureSaved(TypedDict):
    """A version of the site's structure was saved; ``from``: the day with which it takes effect (none: at once).

    ``changes``: what is other than in the version that it is based on, as ``{path, before?, after?}``; version 1 is
    based on nothing. ``replaces``: the pending version whose place it takes.
    """

    version: int
    based_on: int
    source: str
    digest: str
    changes: list[Mapping[str, Any]]
    from_day: NotRequired[str]
    replaces: NotRequired[int]


class StructureWithdrawn(TypedDict):
    """A version that waited for its day never takes effect; ``holds``: the one that holds on that day instead."""

    version: int
    holds: int


class SetUp(TypedDict):
    """The first run is over; ``site``: the hall it made, whose file was ready in the folder ``stage``."""

    account: str
    site: str
    stage: str


class Restored(TypedDict):
    """``made_at``: of the backup; ``lost``: the revisions known to have been lost, from ``after`` to ``known``."""

    made_at: str | None
    series: Series
    lost: NotRequired[Mapping[str, int]]
