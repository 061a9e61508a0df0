"""Targets and the register of complaints as documents, and which targets hold when."""

from collections.abc import Sequence
from datetime import date, datetime

from ..documents.reports import Complaints, ComplaintsLine, Target, Targets
from ..domain import targets as rules
from ..domain.complaints import CHANNELS
from ..store import registers
from .snapshot import Snapshot

Dated = Sequence[tuple[rules.Target, datetime]]  # each with when it was written down


def dated_targets(view: Snapshot) -> Dated:
    """All targets as they stand, by measure and day."""
    written: dict[rules.Target, datetime] = {}
    for event in registers.targets_set(view.conn, view.site.id):
        now = rules.read(event.detail["targets"])
        written = {one: written.get(one, event.at) for one in now}
    return list(written.items())


def targets(view: Snapshot) -> Targets:
    """The same, with the version that a change is based on."""
    version = registers.version_of(registers.last_targets(view.conn, view.site.id))
    return {
        "site": view.site.id,
        "version": version,
        "targets": [target(one, at) for one, at in dated_targets(view)],
    }


def target(one: rules.Target, at: datetime) -> Target:
    """One of them."""
    return {"measure": one.measure, "from": one.begins.isoformat(), "value": one.value, "at": at.isoformat()}


def in_force(dated: Dated, day: date) -> list[tuple[rules.Target, datetime]]:
    """Those that hold on a day."""
    held = rules.in_force((one for one, _ in dated), day)
    return [(one, at) for one, at in dated if held.get(one.measure) == one]


def complaints(view: Snapshot, first: str, last: str, agencies: frozenset[str]) -> Complaints:
    """The lines of the months ``first`` to ``last`` (YYYY-MM) within the reader's agencies; empty means all."""
    lines: list[ComplaintsLine] = [
        {
            "month": one.month,
            "channel": next(name for name in CHANNELS if name == one.channel),
            "agency": one.agency,
            "received": one.received,
            "in_work": one.in_work,
            "done": one.done,
            "at": at.isoformat(),
        }
        for one, at in registers.complaints_of(view.conn, view.site.id)
        if first <= one.month <= last and (not agencies or one.agency in agencies)
    ]
    return {
        "site": view.site.id,
        "totals": {
            "received": sum(one["received"] for one in lines),
            "in_work": sum(one["in_work"] for one in lines),
            "done": sum(one["done"] for one in lines),
        },
        "complaints": lines,
    }
