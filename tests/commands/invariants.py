"""The invariants of the hall, by the names of the trust catalogue: what holds after every step."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from queue_server.domain.fold import CounterState, Event, Ticket
from tests.commands.model import SERVES, Model


@dataclass(frozen=True)
class Seen:
    """The tables at one moment."""

    tickets: list[Ticket]
    events: list[Event]
    counters: dict[str, CounterState]
    row: Any


def i1_numbers_are_unique_and_without_gap(seen: Seen) -> None:
    """I-1"""
    for _, tickets in groupby(sorted(seen.tickets, key=lambda t: (t.day, t.series)), key=lambda t: (t.day, t.series)):
        numbers = sorted(t.seq for t in tickets)
        assert numbers == list(range(1, len(numbers) + 1))


def i2_calls_of_a_ticket_are_disjoint(seen: Seen) -> None:
    """I-2: between two calls of one ticket it was let go."""
    called: set[str] = set()
    for event in seen.events:
        if event.kind == "called":
            assert event.ticket not in called
            called.add(event.ticket)
        elif event.kind not in ("recalled", "served"):
            called.discard(event.ticket)


def i3_one_ticket_per_counter_and_one_counter_per_officer(seen: Seen) -> None:
    """I-3"""
    at_counter = [t for t in seen.tickets if t.state.value in ("called", "serving")]
    assert max(Counter(t.counter for t in at_counter).values(), default=0) <= 1
    assert {c.id: c.ticket for c in seen.counters.values() if c.ticket} == {t.counter: t.id for t in at_counter}
    assert max(Counter(c.officer for c in seen.counters.values() if c.officer).values(), default=0) <= 1


def i7_nobody_is_lost(seen: Seen) -> None:
    """I-7: every ticket that was issued is somewhere, in the order of its arrival."""
    issued = [(e.ticket, e.revision) for e in seen.events if e.kind == "issued"]
    assert [(t.id, t.arrival) for t in seen.tickets] == issued


def i9_states_are_the_model_s(seen: Seen, model: Model, today: date) -> None:
    """I-9"""
    real = {t.number: (t.state.value, t.service) for t in seen.tickets if t.day == today}
    assert real == {v.number: (v.state, v.service) for v in model.visitors}
    assert {id: seen.counters[id].officer for id in SERVES} == {id: p.officer for id, p in model.places.items()}


def i11_revisions_have_no_gap_and_calls_are_chained(seen: Seen) -> None:
    """I-11"""
    assert sorted({e.revision for e in seen.events}) == list(range(1, seen.row.revision + 1))
    calls = [e for e in seen.events if e.kind in ("called", "recalled")]
    assert [c.detail["previous"] for c in calls] == [0, *(c.revision for c in calls)][: len(calls)]
    assert seen.row.last_call == (calls[-1].revision if calls else 0)
