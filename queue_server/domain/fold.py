"""What an event does to a row: the one place where a ticket, a counter and a day take their next value.

``record()`` writes a row by folding the event it appends, so ``replay(events) == rows`` holds by construction as
long as nobody else writes; a test replays every event and compares.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from . import carry, levers, notice, staffing_events
from .calibration import WaitRange
from .events import Kind, facts
from .levers import Levers
from .replaced import replaced
from .site import Class
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
    officer: str | None = None  # whose work it counts as
    detail: Mapping[str, Any] = field(default_factory=dict)
    clock_suspect: bool = False
    by: str | None = None  # who did it: the id of an account or a device, "visitor", "system"; None: not recorded then


@dataclass(frozen=True)  # no slots: most of a replay is such values with some fields replaced, a dict is copied at once
class Ticket:
    """A visitor's place in a queue. Its instants are a cache of its events (UTC)."""

    id: str
    site: str
    day: date
    series: str  # the service whose series the number is of
    seq: int
    number: str
    service: str  # where the ticket stands now
    class_: Class
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
    officer_since: datetime | None = None  # when the officer took the service over; None: since it began
    noted: bool = False  # somebody wrote a note about it
    missing: str | None = None  # the papers found missing last, their ids with a comma between; None: never any
    people: int = 1  # who came with it: a family, a group
    callable_from: datetime | None = None  # booked, and here before that: not called earlier
    early: bool = False  # that is still so
    told_low_s: int | None = None  # the wait it was told at the issue: from, to
    told_high_s: int | None = None
    expected_s: int | None = None  # of which that was made
    carried_to: date | None = None  # it ended, and its holder has a place on that day
    carried_as: str | None = None  # under this number
    carried_from: str | None = None  # the ticket of an earlier day whose holder has this one

    @property
    def in_line(self) -> bool:
        """Whether it waits to be called; who came before their booked time sits beside the line."""
        return self.state is State.WAITING and not self.early

    @property
    def came(self) -> bool:
        """Whether its holder was called, or served without a call: from then on its place in a quota is used."""
        return self.called_at is not None or self.served_at is not None

    @property
    def foretold(self) -> WaitRange | None:
        """What its holder was told of the wait at the issue; None: nothing was known."""
        low_s, high_s, expected_s = self.told_low_s, self.told_high_s, self.expected_s
        return None if low_s is None or high_s is None or expected_s is None else WaitRange(low_s, high_s, expected_s)

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers found missing last, by their ids."""
        return tuple(self.missing.split(",")) if self.missing else ()


@dataclass(frozen=True, slots=True)
class CounterState:
    """What a counter does now. ``wheel`` is the slot its wheel stands at."""

    id: str
    officer: str | None = None  # None: closed
    opened_at: datetime | None = None
    wheel: int = 0
    ticket: str | None = None  # called or serving here
    call_revision: int | None = None  # the last call or transfer that can still be undone
    break_since: datetime | None = None  # None: on no break
    break_until: datetime | None = None  # when the officer means to be back; None: was not said
    break_reason: staffing_events.BreakReason | None = None
    help: str | None = None  # its officer has asked for help: which of the askings that is
    help_since: datetime | None = None
    helper: str | None = None  # who comes; None: nobody has said so
    helped_at: datetime | None = None

    @property
    def asks_help(self) -> bool:
        """Whether its officer has asked for help, and nobody has said that they come."""
        return self.help is not None and self.helper is None

    @property
    def on_break(self) -> bool:
        """Whether its officer rests."""
        return self.break_since is not None

    @property
    def works(self) -> bool:
        """Whether its officer is there to call: it is open, and on no break."""
        return self.officer is not None and self.break_since is None


#: what a call overwrites and an undo puts back
BEFORE_CALL = ("state", "since", "called_at", "finished_at", "counter", "officer", "call_revision", "recalls")
#: what a transfer overwrites
BEFORE_TRANSFER = ("state", "since", "finished_at", "counter", "officer", "service", "wish")


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


def _enter(ticket: Ticket, state: State, event: Event, changes: Mapping[str, Any]) -> Ticket:
    finished = event.at if state in ENDED else None
    return replaced(ticket, {"state": state, "since": event.at, "finished_at": finished, **changes})


def issued(event: Event) -> Ticket:
    """The ticket that an issue makes; one of an outage's paper as its times say."""
    d = event.detail
    came = _instant(d.get("came_at")) or event.at
    low_s, high_s = d.get("told") or (None, None)
    ticket = Ticket(
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
        issued_at=came,
        since=came,
        origin=d.get("origin"),
        language=d.get("language"),
        people=d.get("people", 1),
        callable_from=_instant(d.get("callable_from")),
        early="callable_from" in d,
        told_low_s=low_s,
        told_high_s=high_s,
        expected_s=d.get("expected_s"),
        carried_from=d.get("carried_from"),
    )
    if event.kind != Kind.OUTAGE_ENTERED:
        return ticket
    called, served, ended = (_instant(d[name]) for name in ("called_at", "served_at", "finished_at"))
    over = replace(ticket, state=State.COMPLETED, since=ended or came, counter=event.counter)
    return replace(over, called_at=called, served_at=served, finished_at=ended)


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _said(event: Event) -> dict[str, Any]:
    """Papers and notes: an event that says nothing of them changes nothing."""
    papers = event.detail.get("missing")
    changes = {} if papers is None else {"missing": ",".join(papers) or None}
    return changes | {"noted": True} if event.detail.get("noted") else changes


#: what else of a ticket changes with the state that a kind enters
_ENTERED_WITH: Mapping[str, Callable[[Ticket, Event], dict[str, Any]]] = {
    Kind.CALLED: lambda ticket, event: {
        "called_at": ticket.called_at or event.at,
        "counter": event.counter,
        "officer": event.officer,
        "call_revision": event.revision,
        "recalls": 0,
    },
    Kind.SERVED: lambda ticket, event: {
        "served_at": ticket.served_at or event.at,
        "officer_since": None,
        "counter": event.counter,  # of one who was called they are so already
        "officer": event.officer,
    },
    Kind.FINISHED: lambda _, event: {"outcome": event.detail.get("outcome"), **_said(event)},
    Kind.HELD: lambda _, event: _said(event),
    Kind.EXPIRED: lambda _, event: {"outcome": event.detail.get("outcome"), **carry.place_of(event.detail)},
    Kind.RETURNED: lambda _, event: {"counter": None, "officer": None},
    Kind.TRANSFERRED: lambda _, event: {
        "counter": None,
        "officer": None,
        "service": event.detail["to"],
        "wish": event.detail.get("wish"),
        **_said(event),
    },
}


def ticket_after(ticket: Ticket, event: Event) -> Ticket:
    """The ticket after one of its events."""
    kind = event.kind
    row = facts(kind)
    if row.enters is not None:
        with_it = _ENTERED_WITH.get(kind)
        return _enter(ticket, row.enters, event, with_it(ticket, event) if with_it else {})
    if row.takes_back is not None:
        return replaced(ticket, _restored(event.detail["before"]))
    if kind == Kind.RECLASSED:
        return replace(ticket, class_=event.detail["class"])
    if kind == Kind.REGROUPED:
        return replace(ticket, people=event.detail["people"])
    if kind == Kind.CALLABLE:
        return replace(ticket, early=False, since=event.at)
    if kind == Kind.CARRIED_ON:
        return replace(ticket, **carry.place_of(event.detail))
    if kind == Kind.PLACE_GIVEN_UP:
        return replace(ticket, carried_to=None, carried_as=None)
    if kind in (Kind.REPRINTED, Kind.CONFIDED, Kind.NOTE_READ):
        return ticket
    if kind == Kind.TAKEN_OVER:
        serving = ticket.state is State.SERVING
        return replace(ticket, officer=event.officer, officer_since=event.at if serving else ticket.officer_since)
    if row.announced is not None:
        return replace(ticket, call_revision=event.revision, recalls=ticket.recalls + 1)
    raise ValueError(f"an event of kind {kind!r} changes no ticket")


_NO_BREAK: Mapping[str, None] = {"break_since": None, "break_until": None, "break_reason": None}
_NO_HELP: Mapping[str, None] = {"help": None, "help_since": None, "helper": None, "helped_at": None}
_LEFT: Mapping[str, None] = {"call_revision": None, **_NO_BREAK, **_NO_HELP}  # by the officer who was there


def _resting(counter: CounterState, event: Event) -> dict[str, Any]:
    """A break that is said anew goes on since it began."""
    until = event.detail.get("until")
    return {
        "break_since": counter.break_since or event.at,
        "break_until": datetime.fromisoformat(until) if until else None,
        "break_reason": event.detail["reason"],
    }


#: what an event that names a counter changes there; other kinds only let go of their ticket, if they free the counter
_AT_COUNTER: Mapping[str, Callable[[Event], dict[str, Any]]] = {
    Kind.COUNTER_OPENED: lambda e: {"officer": e.officer, "opened_at": e.at},
    Kind.COUNTER_CLOSED: lambda _: {"officer": None, "opened_at": None, **_LEFT},
    Kind.TAKEN_OVER: lambda e: {"officer": e.officer, "opened_at": e.at, **_LEFT},
    Kind.HELP_ASKED: lambda e: {**_NO_HELP, "help": e.detail["help"], "help_since": e.at},
    Kind.HELP_COMES: lambda e: {"helper": e.by, "helped_at": e.at},
    Kind.BREAK_ENDED: lambda _: dict(_NO_BREAK),
    Kind.CALLED: lambda e: {"ticket": e.ticket, "wheel": e.detail["wheel"][1], "call_revision": e.revision},
    Kind.UNDONE: lambda e: {"ticket": None, "wheel": e.detail["wheel"], "call_revision": None},
    Kind.SERVED: lambda e: {"ticket": e.ticket, "call_revision": None},
    Kind.TRANSFER_UNDONE: lambda e: {"ticket": e.ticket, "call_revision": None},
    Kind.CONFIGURED: lambda e: {"wheel": 0, "call_revision": None} if e.detail.get("weights") else {},
}


def counter_after(counter: CounterState, event: Event) -> CounterState:
    """The counter after an event that names it (or, for new weights, after any ``configured`` event)."""
    if event.kind == Kind.BREAK_BEGUN:
        return replace(counter, **_resting(counter, event))
    changes = _AT_COUNTER.get(event.kind)
    if changes is not None:
        return replace(counter, **changes(event))
    if facts(event.kind).frees and counter.ticket == event.ticket:
        can_be_undone = event.kind == Kind.TRANSFERRED and "before" in event.detail
        return replace(counter, ticket=None, call_revision=event.revision if can_be_undone else None)
    return counter


_SAY_SERIES = frozenset({Kind.RESTORED, Kind.CONFIGURED, Kind.CARRIED_OVER})


def series_after(event: Event) -> dict[tuple[str, date], int]:
    """(service, day) -> the next number, where an event says it.

    A restore leaves a gap in every series; a service that takes over another's prefix goes on above its numbers.
    """
    if event.kind not in _SAY_SERIES:
        return {}
    days = event.detail.get("series", {}).items()
    return {(service, date.fromisoformat(day)): next for day, all in days for service, next in all.items()}


def levers_after(kept: Levers, event: Event) -> Levers:
    """The site's levers after one of their events."""
    of = event.counter or event.service or ""
    return levers.AFTER[event.kind](kept, event.day, event.revision, of, event.detail)


def notice_after(event: Event) -> notice.Notice | None:
    """What one of its events leaves of a notice; None: it is no more."""
    if event.kind == Kind.NOTICE_ENDED:
        return None
    return notice.made(event.detail, event.revision, event.by, event.at)
