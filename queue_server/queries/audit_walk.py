"""Through the record backwards: a page of it, or all that is asked for. Others have their turn between two days."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from ..documents.audit import Audit, AuditEntry
from ..domain.audit import Position
from ..domain.roles import Actor
from .audit import Asked, known, step
from .seals import seals

PAGE = 50  # entries of one page
_MOST_DAYS = 60  # so far back one page looks for what fits, before it says how far it came
_AT_ONCE = 500  # entries of one step of a file

Read = Callable[[Callable[[Any], Any]], Any]  # a query on one snapshot of the site
_NEWEST = date.max.replace(year=9000).isoformat()


def page(read: Read, pause: Callable[[], None], reader: Actor, asked: Asked, before: Position | None = None) -> Audit:
    """A page, the latest first; ``before``: where the one before ended. ``pause``: lets others have their turn."""
    who, found, days = read(partial(known, reader=reader)), list[AuditEntry](), 0
    at: Position | None = before or Position(_NEWEST)
    while at is not None and len(found) < PAGE and days < _MOST_DAYS:
        entries, at = read(partial(step, who=who, asked=asked, at=at, limit=PAGE - len(found)))
        found += entries
        days += 1
        pause()
    shown = sorted({date.fromisoformat(entry["day"]) for entry in found})
    return {
        "entries": found,
        "seals": read(partial(seals, days=shown)) if shown else [],
        "next": str(at) if at else None,
        "looked_until": at.day if at else None,
    }


def whole(read: Read, pause: Callable[[], None], reader: Actor, asked: Asked) -> Iterator[list[AuditEntry]]:
    """All that is asked for, the latest first, some at a time."""
    who = read(partial(known, reader=reader))
    at: Position | None = Position(_NEWEST)
    while at is not None:
        entries, at = read(partial(step, who=who, asked=asked, at=at, limit=_AT_ONCE))
        yield entries
        pause()
