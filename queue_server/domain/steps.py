"""A day's events with what each did to its ticket: folded once for all who ask of it (``fold.py``)."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .events import ISSUES
from .fold import Event, Ticket, issued, ticket_after


class Step(NamedTuple):
    """What one event did to a ticket. ``before`` None: it made the ticket."""

    event: Event
    before: Ticket | None
    after: Ticket


def steps(events: Iterable[Event], known: Mapping[str, Ticket] = MappingProxyType({})) -> Iterator[Step | Event]:
    """The same events, each that changes a ticket as a step. ``known``: the tickets of before, by their ids.

    An event of a ticket that nothing made is left as it is.
    """
    tickets = dict(known)
    for event in events:
        before = tickets.get(event.ticket) if event.ticket else None
        if before is not None:
            after = ticket_after(before, event)
        elif event.kind in ISSUES:
            after = issued(event)
        else:
            yield event
            continue
        tickets[after.id] = after
        yield Step(event, before, after)
