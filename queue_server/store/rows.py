"""Between rows and the domain's values, both ways. Columns are read in the order of the values' fields."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from ..domain.fold import CounterState, Event, Ticket
from ..domain.ticket import State
from . import schema

AnyRow = Row[*tuple[Any, ...]]
"""A row of columns that a list names."""

TICKET_FIELDS = tuple(f.name for f in fields(Ticket))
COUNTER_FIELDS = tuple(f.name for f in fields(CounterState))
EVENT_FIELDS = tuple(f.name for f in fields(Event))

TICKET_COLUMNS = tuple(schema.ticket.c[name] for name in TICKET_FIELDS)
COUNTER_COLUMNS = tuple(schema.counter.c[name] for name in COUNTER_FIELDS)
EVENT_COLUMNS = tuple(schema.event.c[name] for name in EVENT_FIELDS)

_STATE = TICKET_FIELDS.index("state")


def to_ticket(row: AnyRow) -> Ticket:
    """The ticket of a row that begins with ``TICKET_COLUMNS``, as the table's own rows do."""
    # To a type checker either star may be all the fields.
    return Ticket(*row[:_STATE], State(row[_STATE]), *row[_STATE + 1 : len(TICKET_FIELDS)])  # type: ignore[call-arg]


def to_counter(row: AnyRow) -> CounterState:
    """The counter's state that a row of ``COUNTER_COLUMNS`` holds."""
    return CounterState(*row)


def to_event(row: AnyRow) -> Event:
    """The event that a row of ``EVENT_COLUMNS`` holds."""
    return Event(*row)


def changed(old: Any, new: Any) -> dict[str, Any]:
    """Column -> value for what differs between two values of one kind."""
    return {name: value for name in new.__match_args__ if getattr(old, name) != (value := getattr(new, name))}
