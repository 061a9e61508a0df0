"""The ticket document, as its holder (or, without its secrets, its officer) may see it."""

from datetime import datetime, timedelta
from typing import overload

from ..documents.ticket import BareTicket, TicketWithoutToken
from ..domain.fold import Ticket
from ..domain.ticket import State
from ..domain.verbs import by_holder
from ..store import tickets
from .interruptions import of_service
from .snapshot import Snapshot
from .waits import Waits


@overload
def iso(at: datetime) -> str: ...
@overload
def iso(at: None) -> None: ...
def iso(at: datetime | None) -> str | None:
    """ISO 8601 with offset, or None."""
    return at.isoformat() if at else None


def current(view: Snapshot, found: Ticket) -> Ticket:
    """The ticket as it stands in this view."""
    return tickets.by_id(view.conn, found.id) or found


def ticket(view: Snapshot, found: Ticket, waits: Waits | None = None) -> TicketWithoutToken:
    """The ticket without token and url; place and estimate only while it waits."""
    waits = waits or Waits(view)
    ahead = waits.ahead(found) if found.state is State.WAITING else None
    return {
        **bare(view, found),
        "ahead": ahead,
        "estimate": waits.estimate(found.service, ahead) if ahead is not None else None,
        "counters_open": waits.counters_open(found.service) if ahead is not None else None,
        "back_at": iso(waits.back_at(found.service)) if ahead is not None else None,
        "can": by_holder(found.state),
        "interruptions": of_service(view, found.service) if ahead is not None else [],
    }


def bare(view: Snapshot, found: Ticket) -> BareTicket:
    """The ticket's own facts, with no look at the queue (``ahead`` and ``estimate`` null)."""
    return {
        "id": found.id,
        "number": found.number,
        "site": found.site,
        "service": found.service,
        "class": found.class_,
        "state": found.state,
        "issued_at": iso(found.issued_at),
        "since": iso(found.since),
        "called_at": iso(found.called_at),
        "counter": found.counter,
        "calls": found.recalls + 1 if found.called_at else 0,  # recalls are counted from the last call
        "ahead": None,
        "estimate": None,
        "return_until": iso(return_until(view, found)),
        **view.stamp(),
    }


def return_until(view: Snapshot, found: Ticket) -> datetime | None:
    """Until when a missed visitor may come back and keep their place."""
    within = timedelta(minutes=view.site.missed_call.return_within_minutes)
    return found.since + within if found.state is State.NO_SHOW else None
