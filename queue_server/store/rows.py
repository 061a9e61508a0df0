"""Between rows and the domain's values, both ways."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from ..domain.fold import CounterState, Event, Ticket
from ..domain.ticket import State

TICKET_FIELDS = tuple(f.name for f in fields(Ticket))
COUNTER_FIELDS = tuple(f.name for f in fields(CounterState))
EVENT_FIELDS = tuple(f.name for f in fields(Event))


def to_ticket(row: Row) -> Ticket:
    """The ticket a row holds."""
    values = {name: getattr(row, name) for name in TICKET_FIELDS}
    values["state"] = State(values["state"])
    return Ticket(**values)


def to_counter(row: Row) -> CounterState:
    """The counter's state a row holds."""
    return CounterState(**{name: getattr(row, name) for name in COUNTER_FIELDS})


def to_event(row: Row) -> Event:
    """The event a row holds."""
    return Event(**{name: getattr(row, name) for name in EVENT_FIELDS})


def changed(old: Any, new: Any) -> dict[str, Any]:
    """Column -> value for what differs between two values of one kind."""
    return {f.name: getattr(new, f.name) for f in fields(new) if getattr(old, f.name) != getattr(new, f.name)}
