"""What an event takes of the day's quotas, and what a ticket holds of them after its events."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from . import carry
from .events import ISSUES, Kind, facts
from .fold import Event, Ticket, issued, ticket_after

#: what an event makes of the places that are kept on days to come
CARRIED_AFTER: Mapping[str, Callable[[carry.Kept, Mapping[str, Any]], carry.Kept]] = {
    Kind.CARRIED_OVER: carry.carried_over,
    Kind.CARRIED_IN: carry.carried_in,
    Kind.PLACE_GIVEN_UP: carry.given_up,
}


def places_changed(event: Event, ticket: Ticket | None) -> Iterator[tuple[date, str, str, int]]:
    """(day, service, class, how many), as ``quota_changes``: mostly of the event's own day.

    A place that is kept on another day is one of that day's from then on; if it is kept on yet another, the day before
    has it back.
    """
    if ticket is not None and event.kind == Kind.PLACE_GIVEN_UP:
        yield date.fromisoformat(event.detail["day"]), ticket.service, ticket.class_, -ticket.people
    elif ticket is not None and event.kind in _CARRIES and "day" in event.detail:
        taken = (
            (date.fromisoformat(event.detail["day"]), 1),
            *(((ticket.carried_to, -1),) if ticket.carried_to else ()),
        )
        yield from ((day, ticket.service, ticket.class_, by * ticket.people) for day, by in taken)
    else:
        yield from ((event.day, *change) for change in quota_changes(event, ticket))


def quota_changes(event: Event, ticket: Ticket | None) -> list[tuple[str, str, int]]:
    """(service, class, how many) for the places in a day's quotas that the event takes, or (below 0) gives back.

    A ticket has as many places at a service as people came with it, all or none. A transfer takes those of its target,
    unless ``held`` before; a move ``back`` gives back those of the service it leaves. A cancellation before the first
    call gives back all ``places`` (older records: those where it is); a no-show none. A change of class moves them all.
    """
    if event.kind in ISSUES:
        if event.detail.get("booking", {}).get("held"):  # taken when it was booked
            return []
        if "carried_from" in event.detail:
            return []  # it was kept
        return [(event.service or "", event.detail["class"], event.detail.get("people", 1))]
    if ticket is None or event.kind in _CARRIES or not facts(event.kind).quota:
        return []
    said, people = event.detail, ticket.people
    if event.kind == Kind.REGROUPED:
        return [(service, ticket.class_, said["people"] - said["was"]) for service in said["places"]]
    if event.kind == Kind.RECLASSED:
        moves = ((said["was"], -people), (said["class"], people))
        return [(service, class_, by) for service in said["places"] for class_, by in moves]
    return [(service, ticket.class_, by * people) for service, by in _places_changed(event, ticket)]


_CARRIES = (Kind.EXPIRED, Kind.CARRIED_ON, Kind.PLACE_GIVEN_UP)
_MOVES_PLACES = (Kind.TRANSFERRED, Kind.TRANSFER_UNDONE, Kind.CANCELLED)


def _places_changed(event: Event, ticket: Ticket) -> list[tuple[str, int]]:
    said = event.detail
    if event.kind == Kind.CANCELLED:
        return [] if ticket.came else [(service, -1) for service in said.get("places", [ticket.service])]
    other = said["before"]["service"] if event.kind == Kind.TRANSFER_UNDONE else said["to"]
    if other == ticket.service or said.get("held"):
        return []
    if event.kind == Kind.TRANSFER_UNDONE or said.get("back"):
        return [(ticket.service, -1)]
    return [(other, 1)]


def places_after(history: Iterable[Event]) -> Counter[str]:
    """service -> how often a ticket has places of its quota after its events: once, in older records perhaps twice."""
    held: Counter[str] = Counter()
    ticket: Ticket | None = None
    for event in history:
        if event.kind in ISSUES:
            held[event.service or ""] += 1
        for service, by in _places_changed(event, ticket) if ticket and event.kind in _MOVES_PLACES else ():
            held[service] += by
        ticket = issued(event) if event.kind in ISSUES else ticket_after(ticket, event) if ticket else None
    return +held
