"""A ticket's story as figures: what every report and export is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..domain.events import Kind
from ..domain.fold import Event, Ticket
from ..domain.steps import Step, steps
from ..domain.times import Interval, intervals
from ..domain.transactions import by_outcome


@dataclass(frozen=True, slots=True)
class Story:
    """One ticket: as it is after its last event, and where its time went.

    ``counter`` and ``officer`` are the last that had it (a ticket that went back into the queue keeps them here).
    """

    ticket: Ticket
    stays: tuple[Interval, ...]
    counter: str | None
    officer: str | None
    missing: frozenset[tuple[str, str]] = frozenset()  # (service, paper): what was missing there, however often
    done: Mapping[str | None, int] = field(default_factory=dict)  # outcome -> how many transactions ended so

    @property
    def ended_at(self) -> datetime | None:
        """Entry into the final state."""
        return self.ticket.finished_at


def stories(events: Iterable[Event]) -> list[Story]:
    """The tickets that the events tell of, in the order of their issue."""
    return stories_of(steps(events))


def stories_of(folded: Iterable[Step | Event]) -> list[Story]:
    """The same, of events whose tickets were folded already."""
    by_ticket: dict[str, list[Step]] = {}
    for step in folded:
        if isinstance(step, Step):
            by_ticket.setdefault(step.after.id, []).append(step)
    return [_story(own) for own in by_ticket.values()]


def _story(own: list[Step]) -> Story:
    issued = own[0].after
    before = had = (issued.counter, issued.officer)  # of an outage's paper where it was served
    missing: set[tuple[str, str]] = set()
    done: Mapping[str | None, int] = {}
    for event, _, ticket in own[1:]:
        if event.kind == Kind.CALLED:
            before = had
        if event.kind == Kind.UNDONE:
            had = before  # as if it had never been called there
        elif ticket.counter is not None:
            had = (ticket.counter, ticket.officer)
        if papers := event.detail.get("missing"):
            missing |= {(ticket.service, paper) for paper in papers}
        if event.kind == Kind.FINISHED:
            done = by_outcome(event.detail)
    stays = tuple(intervals(step.event for step in own))
    return Story(own[-1].after, stays, *had, frozenset(missing), done)
