"""Carry-over: whoever still waits when a hall gives up for the day has a place at the front of the next service day.

Their number ends, and a number of that day is kept for them, with its place in the day's quota. When its hours begin
they are let in first, in their old order. Which day that is, hours, holidays and spans say; it may be another for each
service. Places that are kept stand with the site's own row as their events left them, by service and day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NotRequired, Protocol, TypedDict

from .hours import next_opening
from .interruption import Interruption
from .reasons import Reasoned
from .site import Site
from .structure_events import Series

_EVER = datetime.min.replace(tzinfo=UTC)
CARRIED = "carried"  # the outcome of a number whose holder has a place on another day


class Place(TypedDict):
    """Kept places of a service: how many ``numbers`` and ``people``, from which day's queue.

    ``day``: in ISO 8601; ``opens_at``: the instant at which they are let in.
    """

    service: str
    day: str
    opens_at: str
    numbers: int
    people: int
    since: str


class OfPlaces(TypedDict):
    """Which of the kept places."""

    service: str
    day: str


class CarriedOver(Reasoned):
    """``series``: where the series of those days go on behind the kept numbers. ``instead``: places that were kept for
    another day, ``by``: for which cause, where no person said it."""

    places: list[Place]
    series: Series
    instead: NotRequired[list[OfPlaces]]
    by: NotRequired[str]


class CarriedIn(TypedDict):
    """The places whose holders are let in now."""

    places: list[OfPlaces]


class CarriedOn(TypedDict):
    """The day and the number that are kept instead."""

    day: str
    number: str


class PlaceGivenUp(Reasoned):
    """One holder's place on ``day`` is nobody's any more; ``since``: the day of the queue that they came from."""

    service: str
    day: str
    since: str
    people: int


Kept = Sequence[Mapping[str, Any]]  # as the site's row has them: each a ``Place``


def carried_over(kept: Kept, detail: Mapping[str, Any]) -> Kept:
    """The places that are kept once more people have some, or have them on another day."""
    left = carried_in(kept, {"places": detail.get("instead", ())})
    found = by_key(left)
    for key, place in by_key(detail["places"]).items():
        before = found.get(key, {"numbers": 0, "people": 0})
        found[key] = {**place, **{name: before[name] + place[name] for name in ("numbers", "people")}}
    return list(found.values())


def carried_in(kept: Kept, detail: Mapping[str, Any]) -> Kept:
    """The places that are kept once these people are let in."""
    gone = {(one["service"], one["day"]) for one in detail["places"]}
    return [one for one in kept if (one["service"], one["day"]) not in gone]


def given_up(kept: Kept, detail: Mapping[str, Any]) -> Kept:
    """The places that are kept once one holder gives theirs up."""
    whose = tuple(detail[name] for name in ("service", "day", "since"))
    found = by_key(kept)
    one = found[whose]
    found[whose] = {**one, "numbers": one["numbers"] - 1, "people": one["people"] - detail["people"]}
    return [each for each in found.values() if each["numbers"]]


def by_key(kept: Kept) -> dict[tuple[str, ...], Mapping[str, Any]]:
    """The same by service, day, and the day of the queue that they come from."""
    return {(one["service"], one["day"], one["since"]): one for one in kept}


def place_of(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The place on another day that an event gives a ticket's holder, as the ticket keeps it."""
    day = detail.get("day")
    return {"carried_to": date.fromisoformat(day), "carried_as": detail["number"]} if day else {}


def of_day(kept: Kept, day: date | None) -> Kept:
    """The places that are kept for that day."""
    return [one for one in kept if day is not None and one["day"] == day.isoformat()]


def due(kept: Kept, day: date | None, now: datetime) -> Kept:
    """Those of the open day whose hours have begun."""
    return [one for one in of_day(kept, day) if datetime.fromisoformat(one["opens_at"]) <= now]


def opens_at(kept: Kept, service: str, day: date) -> datetime | None:
    """When the places of a service on that day are let in; None: none are kept."""
    found = (one["opens_at"] for one in kept if one["service"] == service and one["day"] == day.isoformat())
    return next((datetime.fromisoformat(at) for at in found), None)


class Holder(Protocol):
    """The holder of a place: so many people, in the queue of that day."""

    @property
    def day(self) -> date: ...
    @property
    def people(self) -> int: ...


def places(service: str, opens_at: datetime, holders: Iterable[Holder]) -> list[Place]:
    """The places of a service that these have, one for each day that they waited on."""
    every = list(holders)
    return [
        Place(
            service=service,
            day=opens_at.date().isoformat(),
            opens_at=opens_at.isoformat(),
            numbers=sum(one.day == day for one in every),
            people=sum(one.people for one in every if one.day == day),
            since=day.isoformat(),
        )
        for day in sorted({one.day for one in every})
    ]


def interrupted(site: Site, lasted: Iterable[Interruption]) -> set[str]:
    """The services, dropped ones too, that one of these interruptions kept from working."""
    every = list(lasted)
    known = (*site.services, *site.former)
    return {service for service in known if any(one.concerns_service(site, service) for one in every)}


@dataclass(frozen=True, slots=True)
class Ahead:
    """A structure that holds from a day on, until the next one does."""

    first_day: date
    site: Site


def in_force(ahead: Iterable[Ahead], day: date) -> Site:
    """The structure that holds on a day, of those that hold from some day on, the earliest first.

    Of a day before all of them, the first.
    """
    every = list(ahead)
    return next((one.site for one in reversed(every) if one.first_day <= day), every[0].site)


def next_place(ahead: Iterable[Ahead], service: str) -> tuple[datetime, Site] | None:
    """When a day of the service begins, and the structure that holds then.

    ``ahead``: the structures of the days that come into question, the earliest first. For a service that is dropped
    by then the hall's own hours count. None if it gives none within ``hours.HORIZON_DAYS``.
    """
    every = list(ahead)
    for one, after in zip(every, [*every[1:], None], strict=True):
        services = [service] if service in one.site.services else [*one.site.services]
        found = [next_opening(one.site, each, _EVER, first_day=one.first_day) for each in services]
        opening = min((at for at in found if at is not None), default=None)
        if opening is not None and (after is None or opening.date() < after.first_day):
            return opening, one.site
    return None
