"""The study of need as somebody asks for it: of a period, an agency, a service, within their own agencies."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from ...documents.demand import Demand
from ...domain.roles import Actor
from ...domain.site import LANGUAGES
from ...house import House
from ...queries import origins
from ...queries.snapshot import Snapshot
from ...queries.survey import survey_day
from ...reports import demand, demand_words
from ...reports.calendar import Period, month_of
from ...reports.period_reader import of_first
from ...reports.span import Wanted
from ...texts import Say
from . import period_query
from .period_figures import ask
from .query_values import text

_MONTHS = 12


def of_period(house: House, site: str, actor: Actor | None) -> Demand:
    """What the address asks for. Raises ``invalid``."""
    agencies = actor.agencies if actor else frozenset[str]()
    period = asked_period(house.clock().astimezone(house.site(site).timezone).date())
    return study(house, site, period, asked_limits(agencies))


def asked_limits(agencies: frozenset[str]) -> Wanted:
    """The filters that the address names, within the asker's agencies. Raises ``invalid``: a study has few."""
    period_query.nothing_but("agency", "service")
    limits = period_query.wanted(agencies)
    return Wanted(agencies, limits.agency, limits.service)


def asked_period(today: date) -> Period:
    """The period that the address names; a year, to the end of this month, if it names no day. Raises ``invalid``."""
    if text("from") is None and text("to") is None:
        return usual_period(today)
    return period_query.period(today)


def usual_period(today: date) -> Period:
    """Twelve months, of which this is the last: need goes with the seasons."""
    last = month_of(today).last
    return Period(date(last.year - (last.month < _MONTHS), last.month % _MONTHS + 1, 1), last)


def study(house: House, site: str, period: Period, wanted: Wanted) -> Demand:
    """The figures and their sentences; made beside the hub."""
    known = house.site(site)

    def look(view: Snapshot) -> Any:
        months = demand.whole_months(period, survey_day(view))
        answered = origins.answers(view, house.urn_keys, months) if months else None
        return answered, origins.districts(view), view.site

    answers, districts, structure = house.read(site, look)
    now = house.clock().astimezone(known.timezone)
    make = partial(demand.demand, structure, wanted, period, made_at=now, answers=answers, known=districts)
    found: Demand = ask(house, site, [period], partial(of_first, make))
    found["summary"] = {lang: demand_words.sentences(found, lang, say_in(house, lang)) for lang in LANGUAGES}
    return found


def say_in(house: House, lang: str) -> Callable[..., str]:
    """The texts that the study needs, in a language."""
    return Say(house.texts.section("common", "demand")[lang])
