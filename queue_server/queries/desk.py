"""The desk document: one glance for the officer at one counter."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from math import ceil
from statistics import median

from ..documents.desk import Break, Desk, Early, Mine, Note, Overseen, Upcoming
from ..documents.ticket import AsideTicket, DeskTicket
from ..domain import order
from ..domain.breaks import longest
from ..domain.errors import Code, QueueError
from ..domain.fold import CounterState, Ticket
from ..domain.hours import CLOSED, HOLIDAY, NOT_TODAY, opening, serves
from ..domain.quota import DAY_CLOSED
from ..domain.roles import Actor
from ..domain.rounding import percent
from ..domain.site import CLASSES, Counter
from ..domain.ticket import UNDO_WITHIN, State, may_come_back
from ..domain.transfer import may_be_undone
from ..domain.verbs import Verb, at_counter, by_colleague, by_number, overseeing
from ..store import accounts, events, requests, tickets
from .help import help_asked
from .interruptions import of_counter
from .kept import kept, without
from .notes import notes_of
from .snapshot import Snapshot
from .standing import People, counters_now, early, escorts, in_hand, last_overseen, people, served_by, set_aside
from .ticket import bare, iso

UPCOMING = 5  # whom this counter would call, shown to its officer
_LAST = 5  # own tickets shown


def desk(view: Snapshot, counter_id: str, reader: Actor | None = None) -> Desk:
    """All an officer needs to know. Raises ``not_found`` for a counter that is not there.

    ``reader``: who is told; None: whoever may see the counter.
    """
    counter = view.site.counters.get(counter_id)
    state = counters_now(view).get(counter_id)
    if counter is None or state is None:
        raise QueueError(Code.NOT_FOUND)
    here, waiting = in_hand(view).get(counter_id), people(view, counter.services)
    theirs = (*counter.services, *view.site.former_of((counter.agency,)))  # a dropped service's are on no other desk
    aside = set_aside(view, theirs)
    back, at, is_open = _may_go_back(view, state, here), here.state if here else None, state.officer is not None
    undo_until = back.since + UNDO_WITHIN if back else None
    hours = _hours(view, counter)
    return {
        "site": view.site.id,
        "counter": counter_id,
        "open": is_open,
        "officer": _name(view, state.officer, reader),
        "officer_id": state.officer,  # two may bear one name: by this a page knows whether the counter is its own
        "ticket": desk_ticket(view, here) if here else None,
        "since": iso(here.since) if here else None,
        "waiting": [
            {"service": s, "count": len(line.tickets), "longest_wait_s": _seconds(view, line.first_issued or view.now)}
            for s, line in waiting.items()
        ],
        "upcoming": _upcoming(view, state, waiting.values()),
        "early": _early(view, counter),
        "held": [{**_aside(view, t, state), "held_at": iso(t.since)} for t in aside if t.state is State.HELD],
        "no_shows": [_aside(view, t, state) for t in aside if _may_come_back(view, t)],
        # The same for every reader, as one document goes to a whole room: a page knows which of the two it is.
        "can": at_counter(
            at,
            is_open=is_open,
            on_break=state.on_break,
            finish_on_next=view.site.finish_on_next,
            may_undo=back is not None,
        ),
        "overseer_can": overseeing(at, is_open=is_open),
        "colleague_can": by_colleague(is_open=is_open),
        "interruptions": of_counter(view, counter),
        "undo_until": iso(undo_until),
        "undo_number": back.number if back else None,
        "undo_left_s": ceil((undo_until - view.now).total_seconds()) if undo_until else None,
        "recalls": here.recalls if here else 0,
        "break": _break(state),
        "notes": _notes(view, state, here, reader),
        "help": help_asked(view, state),
        "break_longest_s": int(longest(view.site, state.break_since or view.now).total_seconds()),
        "mine": mine(view, state.officer),
        "overseen": _overseen(view, counter_id, reader),
        "close_reason": any(line.tickets and (hours is None or serves(hours[s])) for s, line in waiting.items()),
        "shut": _shut(view, hours),
        "epoch": view.epoch,
        "revision": view.revision,
        "structure": view.structure,
        "levers": view.levers_at,
    }


def _notes(view: Snapshot, state: CounterState, here: Ticket | None, reader: Actor | None) -> list[Note] | None:
    """What colleagues wrote about the visitor there: for the officer who serves them, and nobody who looks on."""
    if here is None or not here.noted:
        return []
    return notes_of(view, here.id) if reader is not None and reader.id == state.officer else None


def _break(state: CounterState) -> Break | None:
    """The break that the counter is on; why is told to staff alone."""
    if state.break_since is None or state.break_reason is None:
        return None
    return {"since": iso(state.break_since), "until": iso(state.break_until), "reason": state.break_reason}


def recorded(view: Snapshot, scope: str, key: str) -> bool:
    """Whether a caller's request with that idempotency key was carried out."""
    return requests.find(view.conn, scope, key) is not None


def _hours(view: Snapshot, counter: Counter) -> dict[str, str | None] | None:
    """Say of each of the counter's services why it gives no numbers now; None where hours do not count."""
    if view.clock_lost or view.opened:
        return None
    return {service: opening(view.site, service, view.now).reason for service in counter.services}


def _shut(view: Snapshot, hours: dict[str, str | None] | None) -> str | None:
    """Why nobody can come to this counter any more today; None where somebody can, or nobody knows."""
    if view.day_closed:
        return DAY_CLOSED
    if hours is None:
        return None
    reasons = {*hours.values()}
    return min(filter(None, reasons)) if reasons and reasons <= {HOLIDAY, NOT_TODAY, CLOSED} else None


def _name(view: Snapshot, officer: str | None, reader: Actor | None) -> str | None:
    """The officer's name; the reader of their own desk has just been looked up, name and all."""
    if officer is None:
        return None
    return reader.name if reader and reader.id == officer else accounts.name_of(view.conn, officer)


def _overseen(view: Snapshot, counter_id: str, reader: Actor | None) -> Overseen | None:
    """What a supervisor last did at this counter today: for its officer, who may have been away.

    Why is between the two of them.
    """
    last = last_overseen(view, counter_id)
    if last is None:
        return None
    who = last.by or last.officer
    theirs = reader is not None and reader.id in (last.detail.get("at"), who)
    return {
        "verb": last.detail["verb"],
        "number": last.detail["number"],
        "by": accounts.name_of(view.conn, who) if who else None,
        "by_id": who,
        "officer_id": last.detail.get("at"),  # whose counter it was
        "reason": events.reason_at(view.conn, view.site.id, last.epoch, last.revision) if theirs else None,
        "at": iso(last.at),
        "revision": last.revision,
    }


def _seconds(view: Snapshot, since: datetime) -> int:
    return max(int((view.now - since).total_seconds()), 0)


def _target_s(view: Snapshot, service: str) -> int | None:
    found = view.site.named(service)
    return found.target_minutes * 60 if found and found.target_minutes else None


def desk_ticket(view: Snapshot, t: Ticket) -> DeskTicket:
    """A ticket as staff see it."""
    return {
        **bare(view, t),
        "served_at": iso(t.served_at),
        "escort": t.id in escorts(view),
        "calls": t.recalls + 1,
        "wish": t.wish,
        "target_s": _target_s(view, t.service),
    }


def _in_lists(t: Ticket, state: CounterState) -> list[Verb]:
    return by_number(t.state, is_free=state.ticket is None, on_break=state.on_break)


def _aside(view: Snapshot, t: Ticket, state: CounterState) -> AsideTicket:
    """A ticket that was set aside or missed, and what can be done with it at this counter."""
    return {**desk_ticket(view, t), "can": _in_lists(t, state)}


def _upcoming(view: Snapshot, state: CounterState, lines: Collection[People]) -> list[Upcoming]:
    escorted = escorts(view)
    queues = {c: _first([line.of_class[c] for line in lines]) for c in CLASSES}
    return [
        {
            "number": t.number,
            "service": t.service,
            "class": t.class_,
            "people": t.people,
            "escort": t.id in escorted,
            "waited_s": _seconds(view, t.callable_from or t.issued_at),
            "wish": t.wish,
            "can": _in_lists(t, state),
        }
        for t in order.upcoming(view.site.order, state.wheel, queues, UPCOMING)
    ]


def _early(view: Snapshot, counter: Counter) -> list[Early]:
    """Asked for only where places are booked at all: elsewhere nobody sits so."""
    declared = view.site.services
    if not any(id in declared and declared[id].booking for id in counter.services):
        return []
    return [
        {"number": t.number, "service": t.service, "callable_from": iso(t.callable_from)}
        for t in early(view)
        if t.service in counter.services and t.callable_from
    ]


def _first(lines: Iterable[Sequence[Ticket]]) -> list[Ticket]:
    """The earliest arrivals of several lines, as many as are shown."""
    heads = chain.from_iterable(line[:UPCOMING] for line in lines)
    return sorted(heads, key=lambda one: one.arrival)[:UPCOMING]


def _may_come_back(view: Snapshot, t: Ticket) -> bool:
    within = view.site.missed_call.return_within_minutes
    return t.state is State.NO_SHOW and may_come_back(t.since, view.now, within)


def _may_go_back(view: Snapshot, state: CounterState, here: Ticket | None) -> Ticket | None:
    """Say whose last call or transfer can still be taken back; a ticket entered its state by that act."""
    back = (here or _sent_on(view, state)) if state.call_revision else None
    return back if back and view.now <= back.since + UNDO_WITHIN else None


def _sent_on(view: Snapshot, state: CounterState) -> Ticket | None:
    """The visitor whom this counter has just sent on, while that may be taken back."""
    if not state.officer or state.call_revision is None:
        return None
    made = events.transfer_at(view.conn, view.site.id, view.epoch, state.call_revision)
    sent = tickets.by_id(view.conn, made.ticket) if made and made.ticket else None
    return sent if made and sent and may_be_undone(made, sent, view.now) else None


def mine(view: Snapshot, officer: str | None) -> Mine:
    """An officer's own day at the site, at whichever counter; of nobody it is empty."""
    return _own_day(view, officer or "")


@kept(lambda things, moved: without(things, moved.officers(State.COMPLETED)))
def _own_day(view: Snapshot, officer: str) -> Mine:
    served = served_by(view, officer) if officer else []
    targets = {service: _target_s(view, service) for service in {t.service for t in served}}
    promised = [t.service_s <= target for t in served if (target := targets[t.service])]
    within = sum(promised) / len(promised) if promised else None
    return {
        "served": len(served),
        "median_service_s": round(median([t.own_s for t in served])) if served else None,
        "within_target": within,
        "within_target_percent": percent(within),
        "last": [{"number": t.number, "outcome": t.outcome, "service_s": round(t.own_s)} for t in served[:_LAST]],
    }
