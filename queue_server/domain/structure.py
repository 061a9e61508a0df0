"""What has changed between two structures, as paths for people, and how to make the same change to a third.

A structure is the document of a site file: tables, lists, texts, numbers. A list whose rows have ids (agencies,
services, counters) is looked at row by row: two people who change two services do not both change "the services".
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]
Path = tuple[str, ...]

GONE: Any = object()  # where nothing stands; never in a document
ORDER = "*"  # the last part of a path that stands for the order of a list's rows


def digest_of(document: Document) -> str:
    """SHA-256 of what a structure says, whatever the order of its keys and however its file is laid out."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is another now; ``GONE`` where there was or is none."""

    path: Path
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The path in one line, as an answer of the API names it: ``services.ktp-cetak.quota.total``."""
        return ".".join(self.path)


def changes(before: Document, after: Document) -> list[Change]:
    """All that differs, smallest parts first named: from ``before`` to ``after``."""
    return list(_of_tables((), before, after))


def _of_tables(path: Path, before: Document, after: Document) -> Iterable[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        yield from _of_values((*path, key), before.get(key, GONE), after.get(key, GONE))


def _of_values(path: Path, before: Any, after: Any) -> Iterable[Change]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_tables(path, before, after)
    elif (old := _rows(before)) is not None and (new := _rows(after)) is not None:
        yield from _of_tables(path, old, new)
        if list(new) != _order_after(list(old), list(new)):
            yield Change((*path, ORDER), list(old), list(new))
    else:
        yield Change(path, before, after)


def _rows(value: Any) -> dict[str, Any] | None:
    """id -> row, of a list whose rows all have an id of their own, or are of a date each."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return None
    for key in ("id", "date"):
        rows = {str(row[key]): row for row in value if key in row}
        if len(rows) == len(value):
            return rows
    return None


def _order_after(before: list[str], ids: list[str]) -> list[str]:
    """The order that rows come to have by themselves: those that were there as they stood, new ones at the end."""
    kept = [id for id in before if id in set(ids)]
    return kept + [id for id in ids if id not in set(before)]


def changed(document: Document, wanted: Iterable[Change]) -> dict[str, Any]:
    """The document with these changes made; the value at a path is what the change says, whatever stood there."""
    out = dict(document)
    orders = []
    for change in wanted:
        if change.path[-1] == ORDER:
            orders.append(change)
        else:
            _put(out, change.path, change.after)
    for change in orders:
        _put_order(out, change.path[:-1], change.after)
    return out


def _put(table: dict[str, Any], path: Path, value: Any) -> None:
    """Set the value in copies of the tables on the way to it."""
    key, rest = path[0], path[1:]
    if not rest:
        if value is GONE:
            table.pop(key, None)
        else:
            table[key] = value
        return
    inner = table.get(key)
    if (rows := _rows(inner)) is not None and inner:
        _put(rows, rest, value)
        table[key] = list(rows.values())
    elif isinstance(inner, list):  # an empty list: its first row comes
        table[key] = [] if value is GONE else [value]
    else:
        copy = dict(inner) if isinstance(inner, Mapping) else {}
        _put(copy, rest, value)
        table[key] = copy


def _put_order(table: dict[str, Any], path: Path, ids: list[str]) -> None:
    key, rest = path[0], path[1:]
    inner = table.get(key)
    rows = _rows(inner)
    if rest and isinstance(inner, Mapping):
        table[key] = copy = dict(inner)
        _put_order(copy, rest, ids)
    elif rest and rows is not None:
        _put_order(rows, rest, ids)
        table[key] = list(rows.values())
    if rest or rows is None:  # what was put in order is no longer there: then there is no order to keep
        return
    known = [id for id in ids if id in rows]
    table[key] = [rows[id] for id in known + [id for id in rows if id not in set(ids)]]


def overlapping(mine: Iterable[Change], theirs: Iterable[Change]) -> list[str]:
    """The names of the paths of mine that touch what theirs touch: one is the other, or lies within it."""
    others = [change.path for change in theirs]
    return [change.name for change in mine if any(_touch(change.path, other) for other in others)]


def _touch(one: Path, other: Path) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
