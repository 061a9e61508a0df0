"""Numbers of a day, for those who help visitors: searched, and looked at one by one."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from ..documents.finding import CallOfTicket, ClassChange, FoundTickets, Stay, StayKind, TicketStory
from ..documents.ticket import DeskTicket
from ..domain.events import Kind, facts
from ..domain.fold import Event, Ticket
from ..domain.numbering import normalise
from ..domain.rights import Act, may
from ..domain.roles import Actor
from ..domain.ticket import State, may_come_back
from ..domain.times import intervals
from ..domain.verbs import RULES, Verb, by_helper, has_slip
from ..store import carried, events, tickets
from .carrying import carried_from, is_kept
from .desk import desk_ticket
from .overtaking import ledger
from .snapshot import Snapshot
from .standing import escorts
from .ticket import iso
from .waits import Waits

PAGE = 50  # tickets of one page


def found(
    view: Snapshot,
    reader: Actor,
    *,
    day: date | None = None,
    q: str = "",
    service: str | None = None,
    state: State | None = None,
    page: int = 1,
) -> FoundTickets:
    """The tickets of a day (None: the open one) that fit, within the reader's agencies, the newest first.

    ``q``: a number as people type it (``k 14``), or a part of one.
    """
    services = _services(view, reader)
    wanted = services if service is None else [one for one in services if one == service]
    day = day or view.day
    if day is None or not wanted:
        return {"tickets": [], "total": 0}
    asked = tickets.Wanted(view.site.id, day, tuple(wanted), normalise(q) or q.upper().replace(" ", ""), state)
    rows = tickets.found(view.conn, asked, limit=PAGE, offset=(page - 1) * PAGE)
    return {"tickets": [_shown(view, reader, one) for one in rows], "total": tickets.how_many(view.conn, asked)}


def story(view: Snapshot, reader: Actor, typed: str, day: date | None = None) -> TicketStory | None:
    """One ticket of a day with all that happened to it; None if there is none that the reader may see."""
    number, day = normalise(typed), day or view.day
    ticket = tickets.by_number(view.conn, view.site.id, day, number) if number and day else None
    if day is None or ticket is None or ticket.service not in _services(view, reader, also=ticket.service):
        return None
    happened = events.of_ticket(view.conn, ticket.id)
    overtakes = ledger(view, day).of(ticket.id)
    waits = Waits(view)
    ahead = waits.ahead(ticket) if ticket.in_line and day == view.day else None
    people_ahead = waits.people_ahead(ticket) if ahead is not None else None
    return {
        "ticket": _shown(view, reader, ticket),
        "carried_from": carried_from(view, ticket),
        "ahead": ahead,
        "people_ahead": people_ahead,
        "estimate": waits.estimate(ticket.service, people_ahead, ticket.class_) if people_ahead is not None else None,
        "counters_open": waits.counters_open(ticket.service) if ahead is not None else None,
        "stays": _stays(happened),
        "calls": _calls(happened),
        "classes": _classes(happened),
        "overtakes": {"suffered": overtakes.suffered, "made": overtakes.made},
        "notes": events.has_note(view.conn, ticket.id),
        "can": _can(view, reader, ticket) if day == view.day else [],
    }


def renamed(view: Snapshot, reader: Actor, typed: str) -> list[DeskTicket]:
    """Today's tickets of whoever had that number when the hall gave up: they come with the slip of that day.

    But for those whose number is the same."""
    number = normalise(typed)
    there = carried.with_number(view.conn, view.site.id, view.day, number) if number and view.day else []
    mine = _services(view, reader)
    return [_shown(view, reader, one) for one in there if one.service in mine and one.number != number]


def escorted(view: Snapshot, reader: Actor) -> list[DeskTicket]:
    """Visitors who asked to be guided to the counter and are not there yet, of the reader's agencies, called first."""
    asked = [one for id in escorts(view) if (one := tickets.by_id(view.conn, id))]
    mine = _services(view, reader)
    there = [one for one in asked if one.state in RULES[Verb.ESCORT].leads and one.service in mine]
    return [desk_ticket(view, one) for one in sorted(there, key=lambda t: (t.state is not State.CALLED, t.arrival))]


def _shown(view: Snapshot, reader: Actor, one: Ticket) -> DeskTicket:
    """The ticket as staff see it; who asked to be guided is for those who would."""
    found = desk_ticket(view, one)
    return {**found, "escort": found["escort"] and may(reader, Act.ESCORT, view.site.id)}


def _services(view: Snapshot, reader: Actor, also: str | None = None) -> Sequence[str]:
    """The services whose numbers the reader may see; those that were dropped go with the agency that they had."""
    site = view.site
    own = [one.id for one in site.services.values() if _of(reader, site.id, one.agency)]
    gone = [id for id, one in site.former.items() if _of(reader, site.id, one.agency)]
    unknown = [also] if also and also not in site.services and also not in site.former and not reader.agencies else []
    return [*own, *gone, *unknown]


def _of(reader: Actor, site: str, agency: str) -> bool:
    return reader.for_agency(agency) or reader.is_lent(site, agency)


def _can(view: Snapshot, reader: Actor, ticket: Ticket) -> list[Verb]:
    known = view.site.services.get(ticket.service)
    agency = known.agency if known else ""
    within = view.site.missed_call.return_within_minutes
    in_time = ticket.state is not State.NO_SHOW or may_come_back(ticket.since, view.now, within)
    able = by_helper(ticket.state, in_time=in_time, slip=has_slip(ticket), kept=is_kept(view, ticket))
    if may(reader, Act.HELP, view.site.id, agency):
        return able
    return [v for v in able if v in (Verb.REPRINT, Verb.ESCORT) and may(reader, Act.WORK, view.site.id, agency)]


def _stays(happened: Sequence[Event]) -> list[Stay]:
    return [
        {
            "kind": cast(StayKind, one.kind),
            "start": iso(one.start),
            "end": iso(one.end),
            "counter": one.counter,
            "service": one.service,
        }
        for one in intervals(happened)
    ]


def _calls(happened: Sequence[Event]) -> list[CallOfTicket]:
    undone = {event.detail["call"] for event in happened if event.kind == Kind.UNDONE}
    return [
        {"at": iso(event.at), "kind": said, "counter": event.counter, "taken_back": event.revision in undone}
        for event in happened
        if (said := facts(event.kind).announced)
    ]


def _classes(happened: Sequence[Event]) -> list[ClassChange]:
    changed = (event for event in happened if event.kind == Kind.RECLASSED)
    return [{"at": iso(event.at), "was": event.detail["was"], "to": event.detail["class"]} for event in changed]
