"""What an outage's paper tells is entered, all of it or nothing."""

from collections.abc import Sequence
from typing import Any

from ..domain import outage
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import CounterState, Ticket
from ..domain.issue_events import Issued, OutageEntered
from ..domain.outage import Entry
from ..domain.rights import Act, require
from ..store import counters, tickets
from ..store.ids import new_id
from ..store.transaction import Transaction, next_revision, record


def enter(tx: Transaction, entries: Sequence[Entry]) -> list[Ticket]:
    """Visitors who still wait get places behind those who do, in the order in which they came; the rest is over.

    Nothing is called, no counter or wheel touched. A quota is taken of, and refuses nobody: they have been let in.
    Raises ``forbidden``; ``invalid`` with every fault of every entry: then nothing has changed.
    """
    require(tx.actor, Act.ENTER_OUTAGE, tx.site_id)
    for entry in entries:
        service = tx.config.services.get(entry.service)
        if service is not None:
            require(tx.actor, Act.ENTER_OUTAGE, tx.site_id, service.agency)
    found = _faults(tx, entries)
    if found:
        raise QueueError(Code.INVALID, field="entries", problems=found)
    in_order = sorted(entries, key=lambda one: (one.came_at, one.seq))
    made = {entry.number: _enter(tx, entry) for entry in in_order}
    return [made[entry.number] for entry in entries]


def _faults(tx: Transaction, entries: Sequence[Entry]) -> list[dict[str, str]]:
    found: list[tuple[int, str, str]] = []
    seen: set[str] = set()
    for n, entry in enumerate(entries):
        found += [(n, field, fault) for field, fault in outage.faults(tx.config, entry, tx.today, tx.now)]
        if entry.number in seen:
            found.append((n, "number", "number_twice"))
        elif tickets.by_number(tx.conn, tx.site_id, tx.today, entry.number):
            found.append((n, "number", "number_taken"))
        seen.add(entry.number)
    return [{"key": f"entries.{n}.{field}", "reason": fault} for n, field, fault in found]


def _enter(tx: Transaction, entry: Entry) -> Ticket:
    id, by = new_id(), tx.actor.role.value
    detail: Issued = {"seq": -entry.seq, "number": entry.number, "class": entry.class_, "by": by}
    detail["came_at"] = entry.came_at.isoformat()
    if entry.people > 1:
        detail["people"] = entry.people
    next_revision(tx)
    kind, said, state = Kind.ISSUED, detail, None
    if entry.called_at and entry.served_at and entry.finished_at:
        said = _over(detail, entry)
        kind, state = Kind.OUTAGE_ENTERED, _counter(tx, entry)
    record(tx, kind, new_ticket=id, service=entry.service, counter=state, detail=said)
    return tx.tickets[id]


def _over(detail: Issued, entry: Entry) -> OutageEntered:
    times: Any = {"called_at": entry.called_at, "served_at": entry.served_at, "finished_at": entry.finished_at}
    over: Any = {**detail, **{name: at.isoformat() for name, at in times.items()}}
    entered: OutageEntered = over
    return entered


def _counter(tx: Transaction, entry: Entry) -> CounterState | None:
    return counters.get(tx.conn, tx.site_id, entry.counter or "")
