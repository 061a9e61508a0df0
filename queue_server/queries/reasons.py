"""What was done today for a reason, and by whom: for whoever answers for the hall."""

from ..documents.hall import Left, ReasonedAct
from ..domain.carry import Place
from ..domain.events import Kind
from ..domain.fold import Event
from ..store import accounts, events, tickets
from .snapshot import Snapshot
from .ticket import iso


def reasoned_acts(view: Snapshot, agencies: frozenset[str] = frozenset()) -> list[ReasonedAct]:
    """The open day's acts with their reasons, the latest first; ``agencies``: only theirs, empty means all."""
    found = events.reasoned(view.conn, view.site.id, view.day) if view.day else []
    mine = [(event, why) for event, why in found if concerns(view, event, agencies)]
    names = accounts.names(view.conn) if mine else {}
    return [_act(view, event, why, names) for event, why in reversed(mine)]


def left_closed(view: Snapshot, names: dict[str, str]) -> dict[str, Left]:
    """counter -> how its last closing today left people behind, for those that did."""
    last = {event.counter: (event, why) for event, why in _closings(view)}
    return {
        counter: {
            "at": iso(event.at),
            "by": names.get(event.by or ""),
            "waiting": event.detail["waiting"],
            "reason": why,
            "reason_code": event.detail.get("reason_code"),
        }
        for counter, (event, why) in last.items()
        if counter is not None and event.detail.get("waiting")
    }


def _closings(view: Snapshot) -> list[tuple[Event, str | None]]:
    return events.closings(view.conn, view.site.id, view.day) if view.day else []


def _act(view: Snapshot, event: Event, why: str, names: dict[str, str]) -> ReasonedAct:
    ticket = tickets.by_id(view.conn, event.ticket) if event.ticket else None
    return {
        "at": iso(event.at),
        "kind": event.kind,
        "number": ticket.number if ticket else None,
        "counter": event.counter,
        "service": event.service,
        "waiting": event.detail.get("waiting") or sum(one["numbers"] for one in _kept(event)) or None,
        "by": names.get(event.by or ""),
        "reason": why,
        "reason_code": event.detail.get("reason_code"),
    }


def concerns(view: Snapshot, event: Event, agencies: frozenset[str]) -> bool:
    """Whether an event is for these agencies, none named means all; what concerns the whole site is everybody's."""
    if not agencies:
        return True
    counter = view.site.counters.get(event.counter or "")
    service = view.site.named(event.service or "")
    places = (view.site.named(one["service"]) for one in _kept(event))
    whose = {one.agency for one in (counter, service, *places) if one is not None}
    return not whose or bool(whose & agencies)


def _kept(event: Event) -> list[Place]:
    """The places on days to come that it tells of."""
    return event.detail["places"] if event.kind == Kind.CARRIED_OVER else []
