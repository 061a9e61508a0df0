"""What the events tell, read by a table written from the contract: nothing here is shared with the product's fold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain.fold import Event

#: (action, from) -> to: the contract's table; an undo goes back to what was before the call
TABLE = {
    ("call_next", "waiting"): "called",
    ("call", "waiting"): "called",
    ("call", "held"): "called",
    ("call", "no_show"): "called",
    ("walk_in", "waiting"): "serving",
    ("recall", "called"): "called",
    ("serve", "called"): "serving",
    ("finish", "serving"): "completed",
    ("no_show", "called"): "no_show",
    ("hold", "called"): "held",
    ("hold", "serving"): "held",
    ("return", "called"): "waiting",
    ("return", "held"): "waiting",
    ("return", "no_show"): "waiting",
    ("transfer", "called"): "waiting",
    ("transfer", "serving"): "waiting",
    ("transfer", "waiting"): "waiting",
    ("undo", "called"): "as before",
    ("undo_transfer", "waiting"): "as before",
    ("cancel", "waiting"): "cancelled",
    ("cancel", "held"): "cancelled",
    ("cancel_called", "called"): "cancelled",
    ("carry_over", "waiting"): "expired",
    ("carry_over", "held"): "expired",
    ("close_day", "waiting"): "expired",
    ("close_day", "held"): "expired",
    ("close_day", "called"): "no_show",
    ("close_day", "serving"): "completed",
}
#: kinds of event that a visit begins with; the second tells of one that is over
BEGINNINGS = ("issued", "outage_entered")
#: legal too, and of no consequence for where the visitor is: no step of the machine need find each of them
#: kinds of event that leave the visitor in the same state, at the same counter
STAYING = ("reclassed", "reprinted", "regrouped", "confided", "note_read", "carried_on", "place_given_up")
STAYS = {("reclass", state) for state in ("waiting", "called", "serving", "held")}
STAYS |= {("reprint", state) for state in ("waiting", "called", "serving", "held", "completed", "expired")}
STAYS |= {("take_over", state) for state in ("called", "serving")}
STAYS |= {("regroup", state) for state in ("waiting", "called", "serving", "held")}
STAYS |= {("ripen", "waiting")}  # who came before their booked time can be called
STAYS |= {("carry_on", "expired"), ("give_place_up", "expired")}
STAYS |= {("confide", state) for state in ("waiting", "called", "held")}
ENDED = ("completed", "no_show", "cancelled", "expired")
STAYS |= {("read_notes", state) for state in ("waiting", "called", "serving", "held", *ENDED)}
_ACTION = {
    "recalled": "recall",
    "served": "serve",
    "finished": "finish",
    "no_show": "no_show",
    "held": "hold",
    "returned": "return",
    "transferred": "transfer",
    "undone": "undo",
    "transfer_undone": "undo_transfer",
    "expired": "close_day",
    "reclassed": "reclass",
    "reprinted": "reprint",
    "taken_over": "take_over",
    "note_read": "read_notes",
    "regrouped": "regroup",
    "confided": "confide",
    "callable": "ripen",
    "carried_on": "carry_on",
    "place_given_up": "give_place_up",
}
_STATE = {
    "issued": "waiting",
    "called": "called",
    "recalled": "called",
    "served": "serving",
    "finished": "completed",
    "no_show": "no_show",
    "held": "held",
    "returned": "waiting",
    "transferred": "waiting",
    "cancelled": "cancelled",
    "expired": "expired",
}


@dataclass
class Visit:
    """A ticket so far. ``stays``: (state, since, until, counter); an undone call leaves none."""

    id: str
    number: str
    service: str
    class_: str
    arrival: int
    state: str = "waiting"
    counter: str | None = None
    stays: list[tuple[str, datetime, datetime | None, str | None]] = field(default_factory=list)
    suspect: bool = False
    early: bool = False  # here before the booked time: in no line yet

    def take(self, event: Event) -> None:
        """Go on by one event."""
        self.suspect |= event.clock_suspect or bool(self.stays and event.at < self.stays[-1][1])
        if event.kind == "taken_over":
            return
        if event.kind == "callable":
            self._stay("waiting", event)
            self.early = False
            return
        if event.kind == "reclassed":
            self.class_ = event.detail["class"]
        if event.kind == "recalled" or event.kind in STAYING:
            return
        if event.kind == "transfer_undone":
            self.service = event.detail["before"]["service"]
        if event.kind in ("undone", "transfer_undone"):
            self.stays.pop()
            state, since, _, counter = self.stays.pop()
            self.stays.append((state, since, None, counter))
            self.state, self.counter = state, counter if state in ("called", "serving") else None
            return
        self.state = _STATE[event.kind]
        self.counter = event.counter if self.state in ("called", "serving") else self.counter
        self._stay("early" if self.early and self.state == "waiting" else self.state, event)
        if self.state not in ("called", "serving"):
            self.counter = None
        if event.kind == "transferred":
            self.service = event.detail["to"]

    def _stay(self, kind: str, event: Event) -> None:
        """The stay before ends, and another begins."""
        if self.stays:
            state, since, _, counter = self.stays.pop()
            self.stays.append((state, since, event.at, counter))
        since = datetime.fromisoformat(event.detail.get("came_at") or event.at.isoformat())  # of a paper: its own time
        self.stays.append((kind, since, None, self.counter))


def action(event: Event, state: str) -> str:
    """What was done to a ticket in this state."""
    if event.kind == "served" and state == "waiting":
        return "walk_in"
    if event.kind == "called":
        return {"next": "call_next", "number": "call"}[event.detail["by"]]
    if event.kind == "cancelled":
        return "cancel_called" if state == "called" else "cancel"
    if event.kind == "expired" and event.detail["by"] == "carried":
        return "carry_over"
    if event.detail.get("by") == "day_closed" or event.detail.get("outcome") == "day_closed":
        return "close_day"
    return _ACTION[event.kind]


def steps(events: Iterable[Event]) -> Iterator[tuple[Event, dict[str, Visit], dict[str, Visit]]]:
    """Each event, with all visits and those that wait as they were just before it (the same dicts, going on)."""
    visits: dict[str, Visit] = {}
    waiting: dict[str, Visit] = {}
    for event in events:
        yield event, visits, waiting
        if event.ticket is None:
            continue
        if event.kind == "issued":
            d = event.detail
            new = Visit(event.ticket, d["number"], event.service, d["class"], event.revision)
            new.early = "callable_from" in d
            visits[event.ticket] = new
        if event.kind == "outage_entered":
            visits[event.ticket] = _on_paper(event)
            continue
        visit = visits[event.ticket]
        visit.take(event)
        if visit.state == "waiting" and not visit.early:
            waiting[visit.id] = visit
        else:
            waiting.pop(visit.id, None)


def _on_paper(event: Event) -> Visit:
    """A visit that was over before anybody entered it, with the times of the paper."""
    d = event.detail
    at = [datetime.fromisoformat(d[name]) for name in ("came_at", "called_at", "served_at", "finished_at")]
    visit = Visit(event.ticket, d["number"], event.service, d["class"], event.revision, "completed")
    visit.stays = [
        (state, since, until, event.counter) for state, since, until in zip(_THROUGH, at[:3], at[1:], strict=True)
    ]
    visit.suspect = event.clock_suspect
    return visit


_THROUGH = ("waiting", "called", "serving")


def visits(events: Iterable[Event]) -> dict[str, Visit]:
    """All visits as they stand after the events."""
    last: dict[str, Visit] = {}
    for _, known, _ in steps(events):
        last = known
    return last


def taken(events: Iterable[Event]) -> Counter[tuple[str, str]]:
    """How often each transition of the table happened."""
    found: Counter[tuple[str, str]] = Counter()
    for event, known, _ in steps(events):
        if event.ticket is not None and event.kind not in BEGINNINGS:
            state = known[event.ticket].state
            found[action(event, state), state] += 1
    return found


def never(found: Counter[tuple[str, str]], at_least: int = 1) -> list[tuple[str, str]]:
    """The transitions of the table that happened less often."""
    return [pair for pair in TABLE if found[pair] < at_least]
