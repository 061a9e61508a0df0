"""The site's structure as a document: the version in force, one of a day, and the list of all."""

from datetime import date

from ..documents.structure import Structure, StructureVersion, StructureVersions
from ..domain.structure import changes
from ..store import accounts, events, structures
from ..store.structures import Version
from .snapshot import Snapshot
from .ticket import iso


def version(view: Snapshot, day: date | None = None) -> Structure | None:
    """What is in force, or was when that day ended, or will be when it begins; None if the record knows none."""
    if day is None or (view.day is not None and day == view.day):
        return numbered(view, view.structure)
    if view.day is not None and day > view.day:
        ahead = [v for v in structures.pending(view.conn, view.site.id) if v.from_day and v.from_day <= day]
        return _document(view, ahead[-1]) if ahead else numbered(view, view.structure)
    found = structures.on_day(view.conn, view.site.id, day)
    return _document(view, found) if found else None


def numbered(view: Snapshot, number: int) -> Structure | None:
    """The version of that number."""
    found = structures.version(view.conn, view.site.id, number)
    return _document(view, found) if found else None


def _document(view: Snapshot, found: Version) -> Structure:
    return {
        "version": found.version,
        "from": found.from_day.isoformat() if found.from_day else None,
        "by": accounts.name_of(view.conn, found.by) or found.by,
        "at": iso(found.at),
        "source": found.source,  # type: ignore[typeddict-item]  # the column holds these words only
        "structure": dict(found.document),
    }


def versions(view: Snapshot) -> StructureVersions:
    """Every version, with the names of what it changed."""
    all_of = structures.versions(view.conn, view.site.id)
    by_number = {v.version: v for v in all_of}
    names = accounts.names(view.conn)
    return {"versions": [_line(view, v, by_number.get(v.based_on), names) for v in all_of]}


def _line(
    view: Snapshot,
    found: Version,
    base: Version | None,
    names: dict[str, str],
) -> StructureVersion:
    return {
        "version": found.version,
        "based_on": found.based_on,
        "from": found.from_day.isoformat() if found.from_day else None,
        "by": names.get(found.by, found.by),
        "at": found.at.isoformat(),
        "why": events.reason_at(view.conn, view.site.id, found.epoch, found.revision),
        "source": found.source,  # type: ignore[typeddict-item]  # the column holds these words only
        "in_force_at": iso(found.in_force_at),
        "replaced_by": found.replaced_by,
        "in_force": found.version == view.structure,
        "changes": [change.name for change in changes(base.document, found.document)] if base else [],
    }
