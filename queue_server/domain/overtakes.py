"""What the order costs each visitor, counted: who was called before somebody that had come earlier.

A call overtakes all who came earlier and wait, at that moment, for a service that the calling counter serves. So does
service that begins without a call. Most of it is the published order at work (priority is called ahead of its arrival);
a call by number is out of order, and has a reason. A call that was undone overtook nobody. A visitor who overtakes the
same one twice did so once: what is suffered by all is what is made by all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple

from .events import Kind
from .fold import Event, Ticket
from .steps import Step, steps
from .ticket import State

How = Literal["next", "number", "walk_in"]  # by the counter's wheel, by number, without a call
Serves = Mapping[str, Collection[str]]  # counter -> the services that it calls from


@dataclass(frozen=True, slots=True)
class Passing:
    """One visitor's turn that others, who had come earlier, saw pass."""

    at: datetime
    ticket: Ticket  # as it was before
    counter: str
    how: How
    passed: tuple[Ticket, ...]  # in the order of arrival


class Overtaking(NamedTuple):
    """One visitor was called before another, who had come earlier; each as they stood then."""

    who: Ticket
    whom: Ticket
    how: How


@dataclass(frozen=True, slots=True)
class Overtakes:
    """By how many somebody was overtaken, and how many they overtook."""

    suffered: int
    made: int


@dataclass(frozen=True)
class Ledger:
    """The passings of a service day so far; ``after`` goes on with what has happened since."""

    serves: Serves  # as declared; what a lever of the day says comes with its event
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    waiting: Mapping[str, Ticket] = field(default_factory=dict)
    passings: Mapping[tuple[int, int], Passing] = field(default_factory=dict)  # (epoch, revision) -> it, oldest first

    def after(self, events: Iterable[Event]) -> "Ledger":
        """The ledger with these events, oldest first. This one stays as it is."""
        return self.after_steps(steps(events, self.tickets))

    def after_steps(self, folded: Iterable[Step | Event]) -> "Ledger":
        """The same, of events whose tickets were folded already."""
        tickets, waiting, passings = dict(self.tickets), dict(self.waiting), dict(self.passings)
        serves = dict(self.serves)
        for step in folded:
            if not isinstance(step, Step):
                if step.kind == Kind.SERVICES_SET:
                    serves[step.counter or ""] = step.detail["services"]
                continue
            event, before, now = step
            if before is not None and (how := _turn(event, before)) is not None:
                passed = _passed(waiting, before, serves.get(event.counter or "", ()))
                if passed:
                    turn = Passing(event.at, before, event.counter or "", how, passed)
                    passings[event.epoch, event.revision] = turn
            if event.kind == Kind.UNDONE:
                passings.pop((event.epoch, event.detail["call"]), None)
            tickets[now.id] = now
            waiting.pop(now.id, None)
            if now.in_line:
                waiting[now.id] = now
        return Ledger(serves, tickets, waiting, passings)

    @cached_property
    def overtakings(self) -> Sequence[Overtaking]:
        """Each pair once, as it first came about."""
        pairs: dict[tuple[str, str], Overtaking] = {}
        for turn in self.passings.values():
            for one in turn.passed:
                pairs.setdefault((turn.ticket.id, one.id), Overtaking(turn.ticket, one, turn.how))
        return [*pairs.values()]

    def of(self, ticket: str) -> Overtakes:
        """What one visitor suffered and made."""
        suffered = sum(one.whom.id == ticket for one in self.overtakings)
        return Overtakes(suffered, sum(one.who.id == ticket for one in self.overtakings))


def _passed(waiting: Mapping[str, Ticket], one: Ticket, lines: Collection[str]) -> tuple[Ticket, ...]:
    found = [t for t in waiting.values() if t.arrival < one.arrival and t.service in lines]
    return tuple(sorted(found, key=lambda t: t.arrival))


def _turn(event: Event, before: Ticket) -> How | None:
    """How the visitor's turn came with this event; None: it is no turn."""
    if event.kind == Kind.CALLED:
        return "next" if event.detail["by"] == "next" else "number"
    if event.kind == Kind.SERVED and before.state is State.WAITING:
        return "walk_in"
    return None
