"""The site's structure: a version is saved, and takes effect at once or when its day opens; rows follow it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.site import Site
from ..domain.structure import GONE, Change, changed, changes, digest_of, overlapping
from ..domain.structure_events import Configured, StructureSaved, StructureWithdrawn
from ..domain.verbs import Verb, require_verb
from ..store import counters, numbers, schema, structure, structures, tickets
from ..store.structures import Document, Version
from ..store.transaction import Transaction, record
from .vacating import vacate


@dataclass(frozen=True, slots=True)
class New:
    """A structure that was read and found in order, and the site that it makes."""

    document: Document
    digest: str
    site: Site
    source: str  # "file", "screen" or "shell"


class Applied(StrEnum):
    """What became of a site file at the start."""

    NOTHING = "nothing"  # it is what is in force
    IN_FORCE = "in_force"  # its content is new, and holds from now on
    KEPT = "kept"  # something else holds: it was edited on screen since, or the file went back to what it said before


def apply_file(tx: Transaction, new: New) -> Applied:
    """Let a site file hold whose content was never applied; but for what was edited on screen since the last one.

    A version that waits for its day is such an edit: it knows nothing of the file, and would take it away again.
    Rows that differ from what is in force (an interrupted start, a restored table) are made to agree with it.
    """
    in_force = structures.version(tx.conn, tx.site_id, tx.structure)
    if in_force is not None and in_force.digest == new.digest:
        configure(tx, _declared(tx), tx.structure)
        return Applied.NOTHING
    known = structures.was_applied(tx.conn, tx.site_id, new.digest)
    edited = (in_force is not None and in_force.source == "screen") or structures.pending(tx.conn, tx.site_id)
    if in_force is not None and (known or edited):
        configure(tx, _declared(tx), tx.structure)
        return Applied.KEPT
    _put_in_force(tx, new, in_force, {})
    return Applied.IN_FORCE


def _declared(tx: Transaction) -> Site:
    """The site without what was set for today alone."""
    return tx.site or tx.config


def save(tx: Transaction, new: New, based_on: int, from_day: date | None = None, reason: str | None = None) -> int:
    """Save a version of the structure, in force at once or when the day ``from_day`` opens; its number.

    A change at once is also made in the versions that are still to take effect. Raises ``structure_changed`` (with the
    ``paths`` that somebody else has changed) if it is based on an older version, or if a pending one changes the same;
    ``invalid`` for a day that has begun.
    """
    require_verb(tx.actor, Verb.SAVE_STRUCTURE, tx.site_id)
    if from_day is not None and from_day <= tx.today:
        raise QueueError(Code.INVALID, field="from", reason="not_ahead")
    waiting = structures.pending(tx.conn, tx.site_id)
    before = _based_on(tx, waiting, new, based_on, from_day)
    private = {"reason": reason} if reason else {}
    if from_day is not None:
        older = next((v for v in waiting if v.from_day == from_day), None)
        return _save(tx, new, before, from_day, older, private)
    mine = changes(before.document if before else {}, new.document)
    if not mine:
        return tx.structure
    for version in waiting:
        if paths := overlapping(mine, _changes_of(tx, version)):
            raise QueueError(Code.STRUCTURE_CHANGED, paths=paths, version=version.version)
    number = _put_in_force(tx, new, before, private)
    for version in waiting:
        _carry_into(tx, version, mine, number)
    return number


def withdraw(tx: Transaction, number: int, reason: str | None = None) -> int:
    """A version that waits for its day never takes effect; its number.

    Its changes leave the versions that wait for later days, but for what they changed once more. Raises
    ``not_found``; ``structure_changed`` for one that took effect or was replaced meanwhile; ``invalid`` if a later one
    cannot be without it.
    """
    require_verb(tx.actor, Verb.WITHDRAW_STRUCTURE, tx.site_id)
    found = structures.version(tx.conn, tx.site_id, number)
    if found is None:
        raise QueueError(Code.NOT_FOUND)
    if not found.pending or found.from_day is None:
        raise QueueError(Code.STRUCTURE_CHANGED, paths=[], version=number)
    waiting = structures.pending(tx.conn, tx.site_id)
    holds = _head(tx, [one for one in waiting if one.version != number], found.from_day)
    before = holds.version if holds else tx.structure
    structures.replace_pending(tx.conn, tx.site_id, number, before)
    private = {"reason": reason} if reason else {}
    record(tx, Kind.STRUCTURE_WITHDRAWN, detail=StructureWithdrawn(version=number, holds=before), private=private)
    undone = changes(found.document, holds.document if holds else {})
    for later in [one for one in waiting if one.from_day and one.from_day > found.from_day]:
        own = changes(found.document, later.document)
        _carry_into(tx, later, [change for change in undone if not overlapping([change], own)], before)
    return number


def take_effect(tx: Transaction) -> None:
    """Put in force what was saved for the day that has just opened, or for one before it.

    A version that a later release does not accept stays pending, and the day opens as the hall is: ``doctor`` says so.
    """
    due = [v for v in structures.pending(tx.conn, tx.site_id) if v.from_day and v.from_day <= tx.today]
    if not due or tx.structures.faults(due[-1].document):
        return
    for older in due[:-1]:
        structures.replace_pending(tx.conn, tx.site_id, older.version, due[-1].version)
    configure(tx, tx.structures.built(due[-1].document), due[-1].version)
    structures.take_effect(tx.conn, tx.site_id, due[-1].version, tx.day, tx.now)


def head(tx: Transaction, from_day: date | None = None) -> int:
    """The version that a change, at once or from that day, is based on."""
    found = _head(tx, structures.pending(tx.conn, tx.site_id), from_day)
    return found.version if found else 0


def _head(tx: Transaction, waiting: list[Version], from_day: date | None) -> Version | None:
    ahead = [v for v in waiting if from_day is not None and v.from_day is not None and v.from_day <= from_day]
    return ahead[-1] if ahead else structures.version(tx.conn, tx.site_id, tx.structure)


def _based_on(
    tx: Transaction, waiting: list[Version], new: New, based_on: int, from_day: date | None
) -> Version | None:
    """What holds on the day in question; raises ``structure_changed`` if that is not what was looked at."""
    holds = _head(tx, waiting, from_day)
    if (holds.version if holds else 0) == based_on:
        return holds
    looked_at = structures.version(tx.conn, tx.site_id, based_on)
    theirs = changes(looked_at.document, holds.document) if looked_at and holds else []
    mine = changes(looked_at.document, new.document) if looked_at else []
    paths = overlapping(mine, theirs)
    raise QueueError(Code.STRUCTURE_CHANGED, paths=paths, version=holds.version if holds else 0)


def _changes_of(tx: Transaction, version: Version) -> list[Change]:
    base = structures.version(tx.conn, tx.site_id, version.based_on)
    return changes(base.document if base else {}, version.document)


def _carry_into(tx: Transaction, older: Version, mine: list[Change], onto: int) -> None:
    """A pending version again, with what has just been changed at once.

    Raises ``invalid`` if the two do not go together, as where both give the same prefix to two services.
    """
    document = changed(older.document, mine)
    if wrong := tx.structures.faults(document):
        of = f" (in version {older.version}, from {older.from_day})"
        problems = [{"key": key, "reason": reason + of} for key, reason in wrong]
        raise QueueError(Code.INVALID, field="structure", problems=problems)
    site = tx.structures.built(document)
    new = New(document, digest_of(document), site, older.source)
    base = structures.version(tx.conn, tx.site_id, onto)
    _save(tx, new, base, older.from_day, older, {})


def _put_in_force(tx: Transaction, new: New, before: Version | None, private: Mapping[str, str | None]) -> int:
    number = _save(tx, new, before, None, None, private)
    configure(tx, new.site, number)
    structures.take_effect(tx.conn, tx.site_id, number, tx.day, tx.now)
    return number


def _save(
    tx: Transaction,
    new: New,
    before: Version | None,
    from_day: date | None,
    older: Version | None,
    private: Mapping[str, str | None],
) -> int:
    number = structures.next_version(tx.conn, tx.site_id)
    based_on = before.version if before else 0
    named: list[Mapping[str, Any]] = [
        _plain(change) for change in changes(before.document if before else {}, new.document)
    ]
    detail = StructureSaved(version=number, based_on=based_on, source=new.source, digest=new.digest, changes=named)
    if from_day is not None:
        detail["from_day"] = from_day.isoformat()
    if older is not None:
        detail["replaces"] = older.version
        structures.replace_pending(tx.conn, tx.site_id, older.version, number)
    row = Version(
        version=number,
        based_on=based_on,
        from_day=from_day,
        source=new.source,
        digest=new.digest,
        by=tx.actor.id,
        at=tx.now,
        epoch=tx.epoch,
        revision=tx.revision,
        in_force_at=None,
        in_force_day=None,
        replaced_by=None,
        document=new.document,
    )
    structures.save(tx.conn, tx.site_id, row)
    record(tx, Kind.STRUCTURE_SAVED, detail=detail, private=private)
    return number


def _plain(change: Change) -> dict[str, Any]:
    """A change as the record keeps it; a side on which nothing stands is left out."""
    sides = {"before": change.before, "after": change.after}
    return {"path": list(change.path), **{k: v for k, v in sides.items() if v is not GONE}}


def configure(tx: Transaction, site: Site, version: int) -> None:
    """Make the database's rows what a structure declares; records nothing if they already are and it is in force.

    Rows that it no longer names are retired, never deleted; a retired counter is closed and its visitor goes back into
    the queue. New weights turn every wheel to its first slot.
    """
    other = structure.differences(tx.conn, site)
    new_weights = dict(tx.weights) != dict(site.order)
    if not other and not new_weights and version == tx.structure:
        return
    retired = [id for id, columns in other.get(schema.counter, {}).items() if columns is None]
    states = counters.of_site(tx.conn, tx.site_id) if retired else {}
    for id in retired:
        vacate(tx, states[id], "retired")
    for table, rows in other.items():
        for id, columns in rows.items():
            structure.write(tx.conn, table, tx.site_id, id, columns, tx.now)
    structure.write_weights(tx.conn, tx.site_id, site.name, site.order)
    tx.declare(replace(site, former=structure.former(tx.conn, site)))
    detail = {
        t.name: {id: "retired" if c is None else "declared" for id, c in rows.items()} for t, rows in other.items()
    }
    event_detail = Configured(changes=detail, counters=sorted(site.counters), weights=new_weights, structure=version)
    if new_weights:
        event_detail["order"] = dict(site.order)
    if schema.service in other and (above := _above_given(tx)):
        event_detail["series"] = above
    every = list(counters.of_site(tx.conn, tx.site_id).values())
    record(tx, Kind.CONFIGURED, detail=event_detail, every_counter=every)


def _above_given(tx: Transaction) -> dict[str, dict[str, int]]:
    """day -> service -> where its series must go on, if its prefix was another service's earlier that day (I-1)."""
    if tx.day is None:
        return {}
    given, following = tickets.highest_given(tx.conn, tx.site_id, tx.day), numbers.of_day(tx.conn, tx.site_id, tx.day)
    all_services = tx.config.services.values()
    raised = {s.id: highest + 1 for s in all_services if (highest := given.get(s.prefix, 0)) >= following.get(s.id, 1)}
    return {tx.day.isoformat(): raised} if raised else {}
