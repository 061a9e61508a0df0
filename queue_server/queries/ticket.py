"""The ticket document, as its holder (or, without its secrets, its officer) may see it."""

from datetime import datetime, timedelta
from typing import overload

from ..documents.shared import Estimate
from ..documents.site import SitePaper
from ..documents.ticket import BareTicket, TicketWithoutToken
from ..domain.fold import Ticket
from ..domain.hours import last_closing
from ..domain.site import MIDNIGHT
from ..domain.ticket import State
from ..domain.verbs import by_holder
from ..store import carried, tickets
from .calls import last_called
from .carrying import carried_from, kept_place
from .interruptions import of_service
from .notices import on_phone
from .snapshot import Snapshot
from .standing import escorts
from .waits import Waits, document


@overload
def iso(at: datetime) -> str: ...
@overload
def iso(at: None) -> None: ...
def iso(at: datetime | None) -> str | None:
    """ISO 8601 with offset, or None."""
    return at.isoformat() if at else None


def current(view: Snapshot, found: Ticket) -> Ticket:
    """The ticket as it stands in this view; of one who was let in on another day, the one they have there."""
    now = tickets.by_id(view.conn, found.id) or found
    after = carried.let_in_as(view.conn, now.id) if now.carried_to else None
    return current(view, after) if after else now


def ticket(view: Snapshot, found: Ticket, waits: Waits | None = None) -> TicketWithoutToken:
    """The ticket without token and url; place and estimate only while it waits."""
    waits = waits or Waits(view)
    ahead = waits.ahead(found) if found.in_line else None
    people_ahead = waits.people_ahead(found) if ahead is not None else None
    return {
        **bare(view, found),
        "ahead": ahead,
        "people_ahead": people_ahead,
        "estimate": _estimate(waits, found, people_ahead) if people_ahead is not None else None,
        "counters_open": waits.counters_open(found.service) if ahead is not None else None,
        "back_at": iso(waits.back_at(found.service)) if ahead is not None else None,
        "last_called": last_called(view).get(found.service) if ahead is not None else None,
        "carried_from": carried_from(view, found),
        "escort": found.id in escorts(view),
        "can": by_holder(found.state),
        "asks_origin": view.site.asks_origin(found.series, found.day, found.seq),
        "interruptions": of_service(view, found.service) if ahead is not None else [],
        "notices": on_phone(view, found.service),
    }


def _estimate(waits: Waits, found: Ticket, people_ahead: int) -> Estimate | None:
    """With the number itself what the record says that its holder was told; from then on what is known now."""
    if found.foretold is not None and found.arrival == waits.view.revision:
        return document(found.foretold)
    return waits.estimate(found.service, people_ahead, found.class_)


def bare(view: Snapshot, found: Ticket) -> BareTicket:
    """The ticket's own facts, with no look at the queue (``ahead`` and ``estimate`` null)."""
    return {
        "id": found.id,
        "number": found.number,
        "site": found.site,
        "service": found.service,
        "class": found.class_,
        "people": found.people,
        "state": found.state,
        "issued_at": iso(found.issued_at),
        "since": iso(found.since),
        "called_at": iso(found.called_at),
        "counter": found.counter,
        "calls": found.recalls + 1 if found.called_at else 0,  # recalls are counted from the last call
        "ahead": None,
        "estimate": None,
        "callable_from": iso(found.callable_from) if found.early else None,
        "return_until": iso(return_until(view, found)),
        "missing": missing(view, found),
        "carried": kept_place(view, found),
        **view.stamp(),
    }


def return_until(view: Snapshot, found: Ticket) -> datetime | None:
    """Until when a missed visitor, or one who fetches papers, may come back and keep their place.

    With papers that is until the day closes; what is told is when the service closes, if that is known and ahead.
    """
    within = timedelta(minutes=view.site.missed_call.return_within_minutes)
    if found.state is State.NO_SHOW:
        return found.since + within
    if found.state is not State.HELD or not found.missing or found.day != view.day or view.clock_lost:
        return None
    known = found.service in view.site.services and not view.site.always_open
    closes = last_closing(view.site, (found.service,), found.day) if known else None
    if closes is None or closes <= view.now or closes.astimezone(view.site.timezone).time() == MIDNIGHT:
        return None  # as long as the day lasts
    return closes


def missing(view: Snapshot, found: Ticket) -> list[SitePaper]:
    """The papers that were found missing last, by their names of today; one that is no longer listed by its id."""
    service = view.site.services.get(found.service)
    names = service.papers if service else {}
    return [{"id": paper, "name": dict(names.get(paper, {"id": paper}))} for paper in found.papers]
