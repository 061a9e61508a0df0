"""Places on days to come: those that are kept, and those that would be if the hall gave up now."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from ..documents.carrying import CarriedFrom, CarryOver, KeptPlace, KeptPlaces
from ..domain import carry
from ..domain.fold import Ticket
from ..domain.rights import Act, may
from ..domain.roles import Actor
from ..domain.verbs import may_be_carried
from ..store import carried, events, structures, tickets
from .snapshot import Snapshot


def kept_places(view: Snapshot) -> list[KeptPlaces]:
    """Those that are kept, the earliest first."""
    return _documents(view.carried)


def lets_in(view: Snapshot) -> bool:
    """Whether somebody who has a place today is to be let in now."""
    return not view.day_closed and bool(carry.due(view.carried, view.day, view.now))


def kept_place(view: Snapshot, one: Ticket) -> KeptPlace | None:
    """The place that its holder has on another day."""
    if one.carried_to is None or one.carried_as is None:
        return None
    opens_at = carry.opens_at(view.carried, one.service, one.carried_to)
    return {
        "day": one.carried_to.isoformat(),
        "number": one.carried_as,
        "callable_from": opens_at.isoformat() if opens_at else None,
    }


def is_kept(view: Snapshot, one: Ticket) -> bool:
    """Whether its holder has a place on another day and was not let in yet."""
    return one.carried_to is not None and carry.opens_at(view.carried, one.service, one.carried_to) is not None


def carried_from(view: Snapshot, one: Ticket) -> CarriedFrom | None:
    """The number that its holder had when the hall gave up."""
    before = tickets.by_id(view.conn, one.carried_from) if one.carried_from else None
    return {"day": before.day.isoformat(), "number": before.number} if before else None


def carry_over(tickets_of: list[KeptPlaces]) -> CarryOver:
    """These places, with their sums."""
    numbers, people = (sum(one[name] for one in tickets_of) for name in ("numbers", "people"))
    return {"places": tickets_of, "numbers": numbers, "people": people}


def would_carry(view: Snapshot, known: structures.Structures, reader: Actor) -> CarryOver:
    """The places that would be kept if the reader gave up for today now; none where nothing was interrupted."""
    if view.day is None or view.day_closed:
        return carry_over([])
    begun = events.begun(view.conn, view.site.id, view.day)
    hit = {one for one in carry.interrupted(view.site, begun) if _is_theirs(view, reader, one)}
    still_open = tickets.still_open(view.conn, view.site.id)
    waiting = [t for t in still_open if may_be_carried(t.state) and t.service in hit]
    for place in carry.of_day(view.carried, view.day):
        if place["service"] in hit:
            waiting += carried.holders(view.conn, view.site.id, place["service"], view.day)
    tomorrow = view.day + timedelta(days=1)
    ahead = structures.ahead(view.conn, view.site.id, known, view.declared, tomorrow)
    found: list[carry.Place] = []
    for service in sorted({t.service for t in waiting}):
        if (opening := carry.next_place(ahead, service)) is not None:
            found += carry.places(service, opening[0], [t for t in waiting if t.service == service])
    return carry_over(_documents(found))


def _is_theirs(view: Snapshot, reader: Actor, service: str) -> bool:
    known = view.site.named(service)
    return known is not None and may(reader, Act.CARRY_OVER, view.site.id, known.agency)


def _documents(places: Iterable[Any]) -> list[KeptPlaces]:
    names = KeptPlaces.__annotations__
    found = [cast(KeptPlaces, {name: one[name] for name in names}) for one in places]
    return sorted(found, key=lambda one: (one["day"], one["service"], one["since"]))
