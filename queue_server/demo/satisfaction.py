"""Made-up answers of two quarters that are over, and of today, said by the same commands that everybody uses."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ..commands import outage, surveying
from ..commands.surveying import Said
from ..domain.day import local_date
from ..domain.fold import Ticket
from ..domain.outage import Entry, prefix_or_none
from ..domain.roles import Actor, Role
from ..domain.site import Counter, Site
from ..domain.survey import ELEMENTS, PROFILE, Channel
from ..domain.survey_period import quarter as months_of
from ..domain.survey_period import quarter_before, quarter_of
from ..domain.ticket import State
from ..perform import Performer
from ..store import tickets
from ..store.urn import Urn
from ..store.urn_keys import UrnKeys
from . import origins
from .half_day import PastClock

_MOST_AT_ONCE = timedelta(days=28)
_OF_AGENCY = 16  # visitors of each agency that answers: more than the ten of which a figure is told
_OF_ASKED = 45  # of a service that asks from where they come, which is shorter
_AGENCIES = 3
_LIKED = {"conduct": 0.35, "cost": 0.25, "time": -0.45, "facilities": -0.3}  # of four, by element: others 0
_BETTER = 0.2  # in the later quarter
_CHANNELS: tuple[Channel, ...] = ("phone", "phone", "phone", "tablet", "assisted")
_SKIPS = 0.06  # of respondents leave a question out
_RATES = 0.85
_ANSWER = 0.7  # of today's
_MOST_TODAY = 60


def days(site: Site, now: datetime) -> list[date]:
    """A day in the midst of each of the two quarters before this one, the first one first."""
    later = quarter_before(months_of(quarter_of(local_date(site, now))))
    return [one.begins + timedelta(days=45) for one in (quarter_before(later), later)]


def begins(site: Site, now: datetime) -> datetime:
    """The first moment that is told."""
    return datetime.combine(days(site, now)[0], time(7), site.timezone)


def past(perform: Performer, keys: UrnKeys, site: Site, clock: PastClock, now: datetime) -> None:
    """Visitors of two days of before: served on paper, entered, and asked afterwards; the seed is the site's id."""
    chance = random.Random(f"{site.id} satisfaction")
    helper = Actor("demo-front-desk", Role.FRONT_DESK.only, frozenset({site.id}))
    for later, day in enumerate(days(site, now)):
        _come_to(perform, site, clock, datetime.combine(day, time(15), site.timezone))
        entries = list(_entries(site, day, chance))
        answer = perform(site.id, lambda tx, of=entries: outage.enter(tx, of), actor=helper)
        with perform.aside() as conn:
            into = Urn(conn, keys, site, day)
            for ticket in answer.body:
                _say(into, ticket, chance, later * _BETTER)
            origins.say(into, answer.body, chance)
        origins.turned_away(perform, site, chance.randrange(5, 12))
    origins.write_down(perform, site)
    _come_to(perform, site, clock, now - _MOST_AT_ONCE)


def today(perform: Performer, keys: UrnKeys, site: Site, now: datetime) -> None:
    """Some of today's visitors answered too: enough for the page of results to show how far this month has come."""
    chance, day = random.Random(f"{site.id} today"), local_date(site, now)
    wanted = tickets.Wanted(site.id, day, tuple(site.services), state=State.COMPLETED)
    with perform.aside() as conn:
        into = Urn(conn, keys, site, day)
        for ticket in tickets.found(conn, wanted, _MOST_TODAY):
            if chance.random() < _ANSWER:
                _say(into, ticket, chance, _BETTER)


def _come_to(perform: Performer, site: Site, clock: PastClock, at: datetime) -> None:
    """Time passes in steps that a hall believes: a clock that leaps by more is taken for a broken one."""
    while clock.at + _MOST_AT_ONCE < at:
        clock.at += _MOST_AT_ONCE
        perform(site.id, lambda tx: None)
    clock.at = max(clock.at, at)
    perform(site.id, lambda tx: None)


def _entries(site: Site, day: date, chance: random.Random) -> Iterator[Entry]:
    """A morning's visits of the agencies that have the most counters."""
    begins = datetime.combine(day, time(8), site.timezone)
    for counter in _counters(site):
        service = next(one for one in counter.services if prefix_or_none(site, one))
        first, at = prefix_or_none(site, service), begins
        many, quick = (_OF_ASKED, 0.5) if site.services[service].origin else (_OF_AGENCY, 1.0)
        for n in range(1, many + 1):
            called = at + timedelta(minutes=chance.uniform(1, 9) * quick)
            served = called + timedelta(seconds=chance.uniform(15, 60))
            over = served + timedelta(minutes=chance.uniform(4, 14) * quick)
            yield Entry(f"{first}{n:03}", service, "regular", 1, at, called, served, over, counter.id)
            at = over


def _counters(site: Site) -> list[Counter]:
    """The first counter of each agency that has a sheet for outages."""
    found: dict[str, Counter] = {}
    for counter in site.counters.values():
        if any(prefix_or_none(site, one) for one in counter.services):
            found.setdefault(counter.agency, counter)
    return list(found.values())[:_AGENCIES]


def _say(into: Urn, ticket: Ticket, chance: random.Random, better: float) -> None:
    skipped = chance.choice(ELEMENTS) if chance.random() < _SKIPS else None
    answers = {one: None if one == skipped else _score(one, chance, better) for one in ELEMENTS}
    profile = {name: chance.choice(values) for name, values in PROFILE.items()}
    surveying.answer(into, ticket.id, Said(answers, profile), chance.choice(_CHANNELS))
    if chance.random() < _RATES:
        surveying.rate(into, ticket.id, _score("conduct", chance, better))


def _score(element: str, chance: random.Random, better: float) -> int:
    return max(1, min(4, round(chance.gauss(3.3 + better + _LIKED.get(element, 0.0), 0.6))))
