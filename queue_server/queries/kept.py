"""What is known of a site at its newest revision, and what of it still holds at the next.

A thing is read from the database once a revision, for everybody who asks. A command's own changes (``Moved``) say what
they leave as it was, or how it goes on: the next revision's documents ask again only for what was touched. A revision
that this process did not make itself, or an event that may change anything, leaves nothing known: all is read anew.
Nothing here decides: rules read rows in their own transaction.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

from ..domain.events import TEAM_CHANGES, Kind, facts
from ..domain.fold import CounterState, Event, Ticket
from ..domain.ticket import State

T = TypeVar("T")
Things = dict[Hashable, Any]  # of what -> the thing itself
Kept = dict[str, Things]  # kind of thing -> those that are known

# Events that change no more of a site than the tickets and counters that ``Moved`` names; of any other nothing is kept.
_ONLY_WHAT_MOVED = frozenset(k for k in Kind if facts(k).enters or facts(k).takes_back or facts(k).announced)
_ONLY_WHAT_MOVED |= {
    Kind.CALLABLE,
    Kind.REFUSED,
    Kind.REPRINTED,
    Kind.CONFIDED,
    Kind.NOTE_READ,
    Kind.OVERSEEN,
    *TEAM_CHANGES,
}


@dataclass(frozen=True)
class Moved:
    """What a command changed: each ticket as it was (None: there was none) and as it is, counters as they are."""

    tickets: Sequence[tuple[Ticket | None, Ticket]]
    counters: Mapping[str, CounterState]
    events: Sequence[Event]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What happened."""
        return frozenset(event.kind for event in self.events)

    def services(self, *states: State) -> frozenset[str]:
        """The services of tickets that were, or are, in one of the states."""
        return frozenset(t.service for t in self._both if t.state in states)

    def officers(self, *states: State) -> frozenset[str | None]:
        """The officers of tickets that were, or are, in one of the states."""
        return frozenset(t.officer for t in self._both if t.state in states)

    @cached_property
    def _both(self) -> Sequence[Ticket]:
        return [t for pair in self.tickets for t in pair if t is not None]

    @cached_property
    def waiting(self) -> frozenset[str]:
        """The services for which somebody began or ceased to wait."""
        return self.services(State.WAITING)


After = Callable[[Things, Moved], Things]  # what is still known of a kind, after what moved
_AFTER: dict[str, After] = {}


def rule(kind: str, after: After) -> None:
    """Say what becomes of the things of a kind at the next revision."""
    _AFTER[kind] = after


def kept(after: After) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """A reading of a view, of one thing or none, that is kept for its revision."""

    def declare(read: Callable[..., T]) -> Callable[..., T]:
        name = read.__name__
        rule(name, after)

        @wraps(read)
        def once(view: Any, of: Hashable = None) -> T:
            things = view.kept.setdefault(name, {})
            if of not in things:
                things[of] = read(view) if of is None else read(view, of)
            thing: T = things[of]
            return thing

        return once

    return declare


def kept_each(after: After) -> Callable[[Callable[..., Mapping[str, T]]], Callable[..., dict[str, T]]]:
    """A reading of several services at once, of which each is kept by itself."""

    def declare(read: Callable[..., Mapping[str, T]]) -> Callable[..., dict[str, T]]:
        name = read.__name__
        rule(name, after)

        @wraps(read)
        def once(view: Any, services: Collection[str]) -> dict[str, T]:
            things = view.kept.setdefault(name, {})
            missing = [s for s in services if s not in things]
            if missing:
                things.update(read(view, missing))
            return {s: things[s] for s in services}

        return once

    return declare


def advanced(known: Kept, moved: Moved) -> Kept:
    """What is still known after a command."""
    if not moved.kinds <= _ONLY_WHAT_MOVED:
        return {}
    # Copies, made in one go: what is worked out of this revision is nobody's before it is committed, and other threads
    # may be adding to what is known of the one before.
    return {kind: _AFTER[kind](dict(things), moved) for kind, things in list(known.items())}


def without(things: Things, touched: Collection[Hashable]) -> Things:
    """The things but those that were touched."""
    if not touched:
        return things
    return {of: thing for of, thing in things.items() if of not in touched}


def gone(things: Things, moved: Moved) -> Things:
    """All is read anew after every command."""
    return {}
