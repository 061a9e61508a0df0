"""What a site is made of: the declared structure, as plain frozen values.

Built from ``config/sites/*.toml`` by ``queue_server.settings``; every rule reads these and nothing else.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal
from zoneinfo import ZoneInfo

from .booking_rule import BookingRule
from .letterhead import Letterhead
from .origins import Origins, is_asked
from .privacy import Lifetimes
from .published import Channel, Owed, Published, Texts, owed
from .survey import CostScale, Element, Wording

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = time(0)  # as a closing time: the end of that day ("24:00")
Class = Literal["priority", "regular", "booked"]
CLASSES: tuple[Class, ...] = ("priority", "regular", "booked")  # in the order in which the wheel breaks a tie

GROUP_MOST = 20  # people of one number, whoever gives it

Segment = Literal["citizen", "business"]  # whom a service is for
LANGUAGES = ("id", "en", "su")  # that screens speak; "id" is always there

_NUMBERED = re.compile(r"loket\s+(?=\S)", re.IGNORECASE)  # before a counter's number, where nothing else is its name

Period = tuple[time, time]  # opens, closes, in the site's zone; MIDNIGHT as a closing time is the end of the day
Periods = tuple[Period, ...]  # of one day, in order, with a gap between two; none: closed
WeekHours = Mapping[str, Periods]  # weekday -> its periods; a missing day is closed


@dataclass(frozen=True, slots=True)
class Agency:
    """An office that serves visitors at this site."""

    id: str
    name: str
    short_name: str
    task: Texts
    icon: str | None
    color: str | None  # "#rrggbb", carries white text
    complaint: Channel | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What a visitor comes for; owns the prefix and the daily series of its numbers."""

    id: str
    agency: str
    prefix: str
    name: Texts
    zone: str
    target_minutes: int | None  # the promised service time
    kiosk: bool  # False: only staff may issue it
    classes: tuple[Class, ...]
    quota: Mapping[Class, int]  # class -> tickets a day; a missing class is unlimited
    hours: WeekHours | None  # replaces the site's hours where given
    days: frozenset[str] | None  # replaces the site's days where given
    next: tuple[str, ...]  # services suggested first in a transfer
    outcomes: tuple[str, ...]
    quota_total: int | None = None  # tickets a day, all classes together
    quota_reserved: Mapping[Class, int] = field(default_factory=dict)  # class -> places of the total for it alone
    published: Published = field(default_factory=Published)
    papers: Mapping[str, Texts] = field(default_factory=dict)  # id -> name of a paper that may be missing
    segment: Segment | None = None
    wait_target_minutes: int | None = None  # the promised wait
    outage_prefix: str | None = None  # of its numbers on paper; None: one is found (``domain/outage.py``)
    booking: BookingRule | None = None  # places of it are booked beforehand
    cost_scale: CostScale = "free"  # by which words a survey asks about what it costs
    origin: bool = False  # some of its visitors are asked from where they come

    @property
    def limited(self) -> bool:
        """Whether a day has only so many numbers of it, of whichever class."""
        return bool(self.quota) or self.quota_total is not None


@dataclass(frozen=True, slots=True)
class Counter:
    """A place where one officer serves; calls from the services it names."""

    id: str
    name: str
    agency: str
    zone: str
    services: tuple[str, ...]

    @property
    def tile(self) -> str:
        """What stands in its tile: ``5`` of a *Loket 5*, beside which the word is written; else its whole name."""
        return self.name[found.end() :] if (found := _NUMBERED.match(self.name)) else self.name


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which the site is closed as a whole, or open in spite of a holiday (``closed`` False)."""

    day: date
    name: str
    closed: bool = True
    hours: Periods | None = None  # hours of that day, if they differ
    origin: Literal["calculated", "file", "hall"] = "calculated"  # the country's calendar, a file, the hall's own word
    source: str | None = None  # by which decree, where the hall says it


@dataclass(frozen=True, slots=True)
class Span:
    """Some dates on which the hall works otherwise: a month of fasting, a day of an event."""

    name: Texts
    first: date
    last: date  # that day too
    hours: WeekHours | None  # replaces the site's hours where given
    cutoff_minutes: int | None  # replaces the site's where given
    services: Mapping[str, Service]  # all of them, with the hours, days and quotas that they have in it
    not_offered: frozenset[str]  # the services of which it gives no numbers

    def holds(self, day: date) -> bool:
        """Whether that day is one of it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Wall:
    """How far and how large the wall display is, from which its type sizes follow."""

    farthest_viewer_m: float
    screen_inches: float
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissedCall:
    """The missed-call rule printed on the slip."""

    recalls: int  # after this many the counter page suggests a no-show
    return_within_minutes: int


@dataclass(frozen=True, slots=True)
class Former:
    """A service that the site file no longer has, by the names of the record: people may still hold its numbers."""

    id: str
    agency: str
    agency_name: str
    prefix: str
    name: Texts
    target_minutes: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A survey's question in the office's own words, with its four answers from the worst to the best."""

    element: Element
    question: Texts
    answers: tuple[Texts, Texts, Texts, Texts]


@dataclass(frozen=True, slots=True)
class Survey:
    """How a site asks what visitors think of the service."""

    strict: bool = False  # all nine questions must be answered
    wording: Wording = "plain"
    questions: tuple[Question, ...] = ()  # its own; an element without one is asked in the plain words


@dataclass(frozen=True, slots=True)
class Site:
    """One hall: its agencies, services and counters, its hours and its published order."""

    id: str
    name: str
    short_name: str
    owner: str | None
    address: str | None
    timezone: ZoneInfo
    languages: tuple[str, ...]
    hours: WeekHours | None  # None: open around the clock ("always"), holidays included, without cutoff
    cutoff_minutes: int
    holidays: Mapping[date, Holiday]
    order: Mapping[Class, int]  # class -> weight of each counter's wheel; a missing class is not offered
    missed_call: MissedCall
    wall: Wall
    finish_on_next: bool
    agencies: Mapping[str, Agency]
    services: Mapping[str, Service]
    counters: Mapping[str, Counter]
    always_open: bool = False  # demo: hours, days, cutoff and holidays set aside; quotas stay
    former: Mapping[str, Former] = field(default_factory=dict)  # what the record knows beside the services
    complaint: Channel | None = None
    getting_here: Texts | None = None
    map: str | None = None  # the address of one that shows the hall
    maklumat: Texts | None = None  # the hall's own pledge (maklumat pelayanan, UU 25/2009 article 22)
    letterhead: Letterhead = field(default_factory=Letterhead)
    group_max: int = 1  # people of one number that a kiosk gives; staff give to more
    survey: Survey = field(default_factory=Survey)
    origins: Origins = field(default_factory=Origins)
    lifetimes: Lifetimes = field(default_factory=Lifetimes)  # of what is personal
    spans: tuple[Span, ...] = ()  # the shortest first: of two that hold a day, the inner one counts, alone

    def span_on(self, day: date) -> Span | None:
        """The dated exception that a day is part of; a site that is always open keeps none."""
        return None if self.always_open else next((span for span in self.spans if span.holds(day)), None)

    def service_on(self, service: str, day: date) -> Service:
        """A service as it is on a day: its hours, days and quotas may be those of a span."""
        span = self.span_on(day)
        return (span.services if span else self.services)[service]

    def named(self, service: str) -> Service | Former | None:
        """The service of that id, also one that was dropped; None if there never was one."""
        return self.services.get(service) or self.former.get(service)

    def former_of(self, agencies: Collection[str] = ()) -> tuple[str, ...]:
        """The dropped services of these agencies, and of agencies that were dropped too; of all where none is named."""
        return tuple(
            id for id, f in self.former.items() if not agencies or f.agency in agencies or f.agency not in self.agencies
        )

    def complaint_of(self, service: str) -> Channel | None:
        """Where complaints about a service go: its agency's channel, else the hall's."""
        agency = self.agencies.get(self.services[service].agency)
        return (agency.complaint if agency else None) or self.complaint

    def owed(self, today: date) -> Iterator[Owed]:
        """What is not published of the services, or was not looked at for a year."""
        next_ones = {id for service in self.services.values() for id in service.next}
        for id, service in self.services.items():
            facts = {"promised": service.target_minutes is not None, "led": service.kiosk or id in next_ones}
            yield from owed(id, service.published, today, channel=self.complaint_of(id), **facts)

    def asks_origin(self, service: str, day: date, seq: int) -> bool:
        """Whether the visitor with that place in a service's series is asked from where they come."""
        known = self.services.get(service)
        return known is not None and known.origin and is_asked(self.origins, service, day, seq)

    def offered(self, service: str) -> tuple[Class, ...]:
        """The classes one may take a ticket of: those the service lists and the order has a weight for."""
        return tuple(c for c in self.services[service].classes if self.order.get(c, 0) > 0)
