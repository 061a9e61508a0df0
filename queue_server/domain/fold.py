"""What an event does to a row: the one place where a ticket, a counter and a day take their next value.

``record()`` writes a row by folding the event it appends, so ``replay(events) == rows`` holds by construction as
long as nobody else writes; a test replays every event and compares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from .ticket import ENDED, State


@dataclass(frozen=True, slots=True)
class Event:
    """One fact, never changed: what happened, when (UTC), at which revision of the site."""

    site: str
    epoch: int
    revision: int
    n: int  # the place within the command's revision
    at: datetime
    day: date  # the service day
    kind: str
    ticket: str | None = None
    counter: str | None = None
    service: str | None = None
    officer: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    clock_suspect: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """A visitor's place in a queue. Its instants are a cache of its events (UTC)."""

    id: str
    site: str
    day: date
    series: str  # the service whose series the number is of
    seq: int
    number: str
    service: str  # where the ticket stands now
    class_: str
    state: State
    arrival: int  # revision of the issue; what order goes by
    issued_at: datetime
    since: datetime  # entry into the present state
    called_at: datetime | None = None  # first call
    served_at: datetime | None = None
    finished_at: datetime | None = None  # entry into an ended state
    counter: str | None = None
    officer: str | None = None
    call_revision: int | None = None  # the newest call occurrence that stands
    recalls: int = 0  # since the last call
    outcome: str | None = None
    wish: str | None = None  # the counter a transfer wished for; reserves nothing
    origin: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CounterState:
    """What a counter does now. ``wheel`` is the slot its wheel stands at."""

    id: str
    officer: str | None = None  # None: closed
    opened_at: datetime | None = None
    wheel: int = 0
    ticket: str | None = None  # called or serving here
    call_revision: int | None = None  # the last call or transfer that can still be undone


#: what a call overwrites and an undo puts back
BEFORE_CALL = ("state", "since", "called_at", "finished_at", "counter", "officer", "call_revision", "recalls")
#: what a transfer overwrites
BEFORE_TRANSFER = ("state", "since", "finished_at", "counter", "officer", "service", "wish")

_LEAVES_COUNTER = frozenset({"finished", "no_show", "held", "returned", "transferred", "cancelled", "expired"})


def before_call(ticket: Ticket) -> dict[str, Any]:
    """The ticket's values that a call overwrites, JSON-able, for the call's event."""
    return _kept(ticket, BEFORE_CALL)


def before_transfer(ticket: Ticket) -> dict[str, Any]:
    """The ticket's values that a transfer overwrites, JSON-able, for the transfer's event."""
    return _kept(ticket, BEFORE_TRANSFER)


def _kept(ticket: Ticket, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(ticket, name) for name in names}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


def _restored(before: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(before)
    for name in {"since", "called_at", "finished_at"} & values.keys():
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["state"] = State(values["state"])
    return values


def _enter(ticket: Ticket, state: State, event: Event, **changes: Any) -> Ticket:
    finished = event.at if state in ENDED else None
    return replace(ticket, state=state, since=event.at, finished_at=finished, **changes)


def issued(event: Event) -> Ticket:
    """The ticket an ``issued`` event makes."""
    d = event.detail
    return Ticket(
        id=event.ticket or "",
        site=event.site,
        day=event.day,
        series=event.service or "",
        seq=d["seq"],
        number=d["number"],
        service=event.service or "",
        class_=d["class"],
        state=State.WAITING,
        arrival=event.revision,
        issued_at=event.at,
        since=event.at,
        origin=d.get("origin"),
        language=d.get("language"),
    )


def ticket_after(ticket: Ticket, event: Event) -> Ticket:
    """The ticket after one of its events."""
    kind, detail = event.kind, event.detail
    if kind == "called":
        return _enter(
            ticket,
            State.CALLED,
            event,
            called_at=ticket.called_at or event.at,
            counter=event.counter,
            officer=event.officer,
            call_revision=event.revision,
            recalls=0,
        )
    if kind == "recalled":
        return replace(ticket, call_revision=event.revision, recalls=ticket.recalls + 1)
    if kind in ("undone", "transfer_undone"):
        return replace(ticket, **_restored(detail["before"]))
    if kind == "served":
        return _enter(ticket, State.SERVING, event, served_at=ticket.served_at or event.at)
    if kind == "finished":
        return _enter(ticket, State.COMPLETED, event, outcome=detail.get("outcome"))
    if kind == "returned":
        return _enter(ticket, State.WAITING, event, counter=None, officer=None)
    if kind == "transferred":
        gone = {"counter": None, "officer": None, "service": detail["to"], "wish": detail.get("wish")}
        return _enter(ticket, State.WAITING, event, **gone)
    if kind in ("no_show", "held", "cancelled", "expired"):
        return _enter(ticket, State(kind), event)
    raise ValueError(f"an event of kind {kind!r} changes no ticket")


def counter_after(counter: CounterState, event: Event) -> CounterState:
    """The counter after an event that names it (or, for new weights, after any ``configured`` event)."""
    kind = event.kind
    if kind == "counter_opened":
        return replace(counter, officer=event.officer, opened_at=event.at)
    if kind == "counter_closed":
        return replace(counter, officer=None, opened_at=None, call_revision=None)
    if kind == "called":
        wheel = event.detail["wheel"][1]
        return replace(counter, ticket=event.ticket, wheel=wheel, call_revision=event.revision)
    if kind == "undone":
        return replace(counter, ticket=None, wheel=event.detail["wheel"], call_revision=None)
    if kind == "served":
        return replace(counter, call_revision=None)
    if kind == "configured" and event.detail.get("weights"):
        return replace(counter, wheel=0, call_revision=None)
    if kind == "transfer_undone":
        return replace(counter, ticket=event.ticket, call_revision=None)
    if kind in _LEAVES_COUNTER and counter.ticket == event.ticket:
        can_be_undone = kind == "transferred" and "before" in event.detail
        return replace(counter, ticket=None, call_revision=event.revision if can_be_undone else None)
    return counter


def series_after(event: Event) -> dict[tuple[str, date], int]:
    """(service, day) -> the next number, where an event says it.

    A restore leaves a gap in every series; a service that takes over another's prefix goes on above its numbers.
    """
    if event.kind not in ("restored", "configured"):
        return {}
    days = event.detail.get("series", {}).items()
    return {(service, date.fromisoformat(day)): next for day, all in days for service, next in all.items()}


@dataclass
class Replayed:
    """The rows that a list of events amounts to."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    counters: dict[str, CounterState] = field(default_factory=dict)
    series: dict[tuple[str, date], int] = field(default_factory=dict)  # (service, day) -> next
    quotas: dict[tuple[str, date, str], int] = field(default_factory=dict)  # (service, day, class) -> used


def quota_change(event: Event, ticket: Ticket | None) -> tuple[str, str, int] | None:
    """(service, class, ±1) if the event takes or gives back a place in a day's quota.

    An issue takes one, a transfer takes one of the target; a cancellation before the first call gives it back,
    a no-show does not. A transfer that is undone, or that brings a visitor ``back`` to a service where their place was
    taken before, gives back the place of the service they leave.
    """
    if event.kind == "issued":
        return event.service or "", event.detail["class"], 1
    if ticket is not None and _gives_back(event, ticket):
        return ticket.service, ticket.class_, -1
    if event.kind == "transferred" and ticket is not None and event.detail["to"] != ticket.service:
        return event.detail["to"], ticket.class_, 1
    if event.kind == "cancelled" and ticket is not None and ticket.called_at is None:
        return ticket.service, ticket.class_, -1
    return None


def _gives_back(event: Event, ticket: Ticket) -> bool:
    if event.kind == "transfer_undone":
        return event.detail["before"]["service"] != ticket.service
    return event.kind == "transferred" and bool(event.detail.get("back")) and event.detail["to"] != ticket.service


def replay(events: Iterable[Event]) -> Replayed:
    """Fold one site's events, in the order of (epoch, revision, n), into its rows."""
    rows = Replayed()
    for event in events:
        fold_ticket(rows, event)
        fold_site(rows, event)
    return rows


def fold_ticket(rows: Replayed, event: Event) -> None:
    """What an event does to its ticket and to the day's quotas. It needs no other ticket's events to be known."""
    ticket = rows.tickets.get(event.ticket) if event.ticket else None
    change = quota_change(event, ticket)
    if change:
        key = (change[0], event.day, change[1])
        rows.quotas[key] = rows.quotas.get(key, 0) + change[2]
    if event.kind == "issued":
        rows.tickets[event.ticket or ""] = issued(event)
    elif ticket is not None:
        rows.tickets[ticket.id] = ticket_after(ticket, event)


def fold_site(rows: Replayed, event: Event) -> None:
    """What an event does to counters and series. It needs no ticket to be known."""
    if event.kind == "issued":
        rows.series[event.service or "", event.day] = event.detail["seq"] + 1
    rows.series |= series_after(event)
    if event.kind == "configured":
        for id in event.detail.get("counters", ()):
            rows.counters.setdefault(id, CounterState(id))
        rows.counters = {id: counter_after(c, event) for id, c in rows.counters.items()}
    elif event.counter in rows.counters:
        rows.counters[event.counter] = counter_after(rows.counters[event.counter], event)
