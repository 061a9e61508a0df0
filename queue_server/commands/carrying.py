"""Carry-over: a hall gives up for the day, and whoever waits is kept a place on the next; then they are let in first.

The places stand on the site's row (``domain/carry.py``). They move on if the service does not open on their day: a
holiday was declared since, the hall stays dark, or a supervisor closes it before its hours.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ..domain import carry
from ..domain.carry import CarriedIn, CarriedOn, CarriedOver, OfPlaces, Place, PlaceGivenUp
from ..domain.errors import Code, QueueError
from ..domain.events import Expired, Kind
from ..domain.fold import Ticket
from ..domain.hours import last_closing
from ..domain.issue_events import Issued
from ..domain.numbering import number, seq_of
from ..domain.rights import Act, may, require
from ..domain.site import Former, Service, Site
from ..domain.verbs import Verb, illegal, kind_of, may_be_carried
from ..store import carried, escorts, events, numbers, structures, tickets
from ..store.ids import new_id
from ..store.transaction import Transaction, next_revision, record


def carry_over(tx: Transaction, reason: str, services: Collection[str] | None = None) -> list[Place]:
    """All who wait or are set aside have a place at the front of their service's next day; which places those are.

    ``services``: these alone; None: all of the caller's that something interrupted today. Numbers at a counter
    stay. Places of today whose hours have not begun move on too. Raises ``forbidden``, ``unknown_service``,
    ``day_closed``, ``not_interrupted``, ``nobody_waiting``, ``no_next_day``.
    """
    mine = _meant(tx, services)
    if tx.day is None or tx.day_closed:
        raise QueueError(Code.DAY_CLOSED)
    hit = carry.interrupted(tx.config, events.begun(tx.conn, tx.site_id, tx.day))
    if not mine & hit or (services is not None and mine - hit):
        raise QueueError(Code.NOT_INTERRUPTED, services=sorted(mine - hit))
    still_open = tickets.still_open(tx.conn, tx.site_id)
    waiting = [t for t in still_open if may_be_carried(t.state) and t.service in mine & hit]
    early = [one for one in carry.of_day(tx.carried, tx.day) if one["service"] in mine & hit]
    if not waiting and not early:
        raise QueueError(Code.NOBODY_WAITING)
    return [*_move_on(tx, early, _tomorrow(tx), reason=reason), *_give_up(tx, waiting, reason)]


def _meant(tx: Transaction, services: Collection[str] | None) -> set[str]:
    require(tx.actor, Act.CARRY_OVER, tx.site_id)
    known: dict[str, Service | Former] = {**tx.config.former, **tx.config.services}
    for service in services or ():
        if service not in known:
            raise QueueError(Code.UNKNOWN_SERVICE, service=service)
        require(tx.actor, Act.CARRY_OVER, tx.site_id, known[service].agency)
    own = {id for id, one in known.items() if may(tx.actor, Act.CARRY_OVER, tx.site_id, one.agency)}
    return own if services is None else {*services}


def _give_up(tx: Transaction, waiting: Sequence[Ticket], reason: str) -> list[Place]:
    if not waiting:
        return []
    theirs = {ticket.service for ticket in waiting}
    opening = _openings(tx, theirs, _tomorrow(tx))
    if lost := sorted(theirs - opening.keys()):
        raise QueueError(Code.NO_NEXT_DAY, services=lost)
    kept = _reserve(tx, waiting, opening)
    record(tx, Kind.CARRIED_OVER, detail=kept.detail, private={"reason": reason})
    for ticket in waiting:
        day, as_ = kept.of[ticket.id]
        said = Expired(by=carry.CARRIED, outcome=carry.CARRIED, day=day, number=as_)
        record(tx, kind_of(Verb.CARRY_OVER, ticket.state), ticket=ticket, detail=said)
    return kept.detail["places"]


def _move_on(
    tx: Transaction, places: carry.Kept, first_day: date, *, reason: str | None = None, by: str | None = None
) -> list[Place]:
    """Keep these places from ``first_day`` on instead; those of a service that has no day stay as they are."""
    opening = _openings(tx, {one["service"] for one in places}, first_day)
    instead = [one for one in _each(places) if one["service"] in opening]
    if not instead:
        return []
    theirs = _holders(tx, instead)
    kept = _reserve(tx, theirs, opening)
    kept.detail["instead"] = instead
    if by is not None:
        kept.detail["by"] = by
    record(tx, Kind.CARRIED_OVER, detail=kept.detail, private={"reason": reason})
    for ticket in theirs:
        day, as_ = kept.of[ticket.id]
        record(tx, Kind.CARRIED_ON, ticket=ticket, detail=CarriedOn(day=day, number=as_))
    return kept.detail["places"]


Opening = Mapping[str, tuple[datetime, Site]]  # service -> when its next day begins, and as what; none: left out


@dataclass
class _Reserved:
    """What the record says of kept places, and ticket -> the day and the number."""

    detail: CarriedOver
    of: dict[str, tuple[str, str]] = field(default_factory=dict)


def _openings(tx: Transaction, services: Iterable[str], first_day: date) -> Opening:
    ahead = structures.ahead(tx.conn, tx.site_id, tx.structures, tx.site or tx.config, first_day)
    return {service: found for service in services if (found := carry.next_place(ahead, service)) is not None}


def _reserve(tx: Transaction, waiting: Sequence[Ticket], opening: Opening) -> _Reserved:
    """Places and numbers for these tickets, in their order."""
    series: dict[str, dict[str, int]] = {}
    kept = _Reserved(CarriedOver(places=[], series=series))
    for service in sorted({t.service for t in waiting}):
        own = [t for t in waiting if t.service == service]
        opens_at, site = opening[service]
        day = opens_at.date()
        first = numbers.of_day(tx.conn, tx.site_id, day).get(service, 1)
        known = site.named(service) or tx.config.named(service)
        prefix = known.prefix if known else own[0].number.rstrip("0123456789")
        kept.of |= {t.id: (day.isoformat(), number(prefix, seq)) for seq, t in enumerate(own, first)}
        series.setdefault(day.isoformat(), {})[service] = first + len(own)
        kept.detail["places"] += carry.places(service, opens_at, own)
    return kept


def _each(places: carry.Kept) -> list[OfPlaces]:
    return [OfPlaces(service=s, day=day) for s, day in sorted({(one["service"], one["day"]) for one in places})]


def _holders(tx: Transaction, places: Iterable[OfPlaces]) -> list[Ticket]:
    """Their holders, in the order in which they came."""
    found = [
        ticket
        for place in places
        for ticket in carried.holders(tx.conn, tx.site_id, place["service"], date.fromisoformat(place["day"]))
    ]
    return sorted(found, key=lambda ticket: (ticket.day, ticket.arrival))


def _tomorrow(tx: Transaction) -> date:
    return tx.today + timedelta(days=1)


# -- the day itself


def after_opening(tx: Transaction) -> None:
    """A day has opened: places of days that passed without, and of services that have no hours today, are moved on."""
    late = [one for one in tx.carried if one["day"] <= tx.today.isoformat()]
    lost = [one for one in late if not _still_given(tx, one["service"])]
    _move_on(tx, [one for one in late if one not in lost and one["day"] < tx.today.isoformat()], tx.today, by="late")
    _move_on(tx, lost, _tomorrow(tx), by="not_open")


def _still_given(tx: Transaction, service: str) -> bool:
    """Whether the service has hours today that are not over; one that was dropped is the hall's own affair."""
    if service not in tx.config.services:
        return True
    closes = last_closing(tx.config, (service,), tx.today)
    return closes is not None and closes > tx.now


def give_place_up(tx: Transaction, ticket: Ticket, reason: str) -> None:
    """The place that is kept for a number's holder is nobody's any more; its number stays unused, on record.

    Raises ``illegal_transition`` where none is kept any more, for they have been let in.
    """
    day = ticket.carried_to
    if day is None or carry.opens_at(tx.carried, ticket.service, day) is None:
        raise illegal(Verb.GIVE_PLACE_UP, ticket.state)
    since, people = ticket.day.isoformat(), ticket.people
    said = PlaceGivenUp(service=ticket.service, day=day.isoformat(), since=since, people=people)
    record(tx, kind_of(Verb.GIVE_PLACE_UP, ticket.state), ticket=ticket, detail=said, private={"reason": reason})


def before_closing(tx: Transaction) -> None:
    """A supervisor closes a day before its hours: whoever was to be let in today has a place on the next one."""
    _move_on(tx, carry.of_day(tx.carried, tx.day), _tomorrow(tx), by="day_closed")


def is_due(tx: Transaction) -> bool:
    """Whether somebody is to be let in before anything else is done."""
    return not (tx.clock_suspect or tx.day_closed) and bool(carry.due(tx.carried, tx.day, tx.now))


def let_in(tx: Transaction, now: bool = False) -> None:
    """All who have a place today are given it, ahead of everybody else. ``now``: also before the hours begin."""
    places = carry.of_day(tx.carried, tx.day) if now else carry.due(tx.carried, tx.day, tx.now)
    if not places:
        return
    which = _each(places)
    holders, escorted = _holders(tx, which), escorts.of_site(tx.conn, tx.site_id)
    record(tx, Kind.CARRIED_IN, detail=CarriedIn(places=which))
    for old in holders:
        next_revision(tx)  # whoever joins a queue is told apart by it
        id = new_id()
        record(tx, Kind.ISSUED, new_ticket=id, service=old.service, detail=_issued(old))
        if old.id in escorted:
            escorts.carry(tx.conn, tx.site_id, old.id, id)


def _issued(old: Ticket) -> Issued:
    as_ = old.carried_as or old.number
    detail: Issued = {
        "seq": seq_of(as_),
        "number": as_,
        "class": old.class_,
        "by": carry.CARRIED,
        "carried_from": old.id,
    }
    if old.people > 1:
        detail["people"] = old.people
    if old.language:
        detail["language"] = old.language
    if old.origin:
        detail["origin"] = old.origin
    return detail
