"""Before travelling: what a hall does, what to bring, when to come, and how it stands now. Reads no cookie.

``?service=`` puts one service first and open, and names it to whoever is sent the link.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import g, request

from ... import formats, texts
from ...documents.interruptions import Interruption
from ...documents.site import Site as SiteDocument
from ...documents.site import SiteService
from ...domain.day import local_date
from ...domain.day_hours import cutoff_on, site_hours_on
from ...domain.days_ahead import next_day_of, open_days, own_week, rests_ahead
from ...domain.rounding import under
from ...domain.site import MIDNIGHT, WEEKDAYS, Site
from ...house import approach
from ...queries.notices import in_public
from ...queries.site import site_info
from ...reports.performance import Performance
from .page_data import page_language
from .performance import figures_of
from .published_words import Words, shown_link
from .search_words import vocabulary, words_of
from .visit import Visit

DAYS_TOLD = 5  # open days ahead
RESTS_TOLD = 4  # holidays ahead
HOURS_TO_COMPARE = 2  # of a weekday with fewer known hours it is not said which is the quietest
_QUIET_OVER = "month"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One hall at one moment, to one reader."""

    site: Site
    document: SiteDocument
    words: Words
    now: datetime  # in the hall's zone

    @property
    def today(self) -> date:
        return local_date(self.site, self.now)

    def when(self, at: str) -> str:
        """An instant from which on something holds."""
        return texts.from_when(datetime.fromisoformat(at).astimezone(self.site.timezone), self.now, self.words.lang)


def show(visit: Visit) -> dict[str, Any]:
    """The page, whole before any script; its script searches, and brings what changes."""
    house = visit.house
    data = visit.data(site=None, texts={}, ignored=sorted(vocabulary().ignored))
    hall = _reading(visit)
    chosen = request.args.get("service")
    services = [_service(hall, one) for one in hall.document["services"]]
    services.sort(key=lambda one: one["id"] != chosen)
    first = services[0] if services and services[0]["id"] == chosen else None
    _, _, shown, _ = figures_of(visit, _QUIET_OVER)
    return {
        "data": data | {"langs": list(hall.site.languages)},
        "site": hall.site,
        "now": hall.now,
        "status": _status(hall),
        "days": [(_day(hall, day), formats.hours(hours)) for day, hours in open_days(hall.site, hall.today, DAYS_TOLD)],
        "rests": [(_day(hall, one.day), one.name) for one in rests_ahead(hall.site, hall.today)][:RESTS_TOLD],
        "week": None if hall.site.hours is None else hall.words.of(hall.document["week"]),
        "alerts": [_alert(hall, one) for one in hall.document["interruptions"]],
        "notices": house.read(visit.site, in_public),
        "services": services,
        "first": first,
        "unknown": bool(chosen) and first is None,
        "quiet": list(_quiet(hall, shown)),
        "way": hall.words.of(hall.site.getting_here),
        "shown_link": shown_link,
        "base": house.reach.base(approach()),
    }


def _reading(visit: Visit) -> _Reading:
    house = visit.house
    site = house.site(visit.site)
    lang = page_language()
    words = Words(lambda key, **values: texts.fill(g.page_texts[key], values), lang)
    return _Reading(site, house.read(visit.site, site_info), words, house.clock().astimezone(site.timezone))


def _status(hall: _Reading) -> tuple[str, dict[str, str]]:
    """Whether the hall gives numbers now, in one text of the page and its values."""
    site, services = hall.site, hall.document["services"]
    hours = site_hours_on(site, hall.today)
    if any(one["open"] for one in services):
        if site.always_open or site.hours is None or not hours:
            return "open_always", {}
        closes = hours[-1][1]
        end = datetime.combine(hall.today, closes, site.timezone) + timedelta(days=closes == MIDNIGHT)
        last = formats.clock(end - cutoff_on(site, hall.today))
        return "open_until", {"time": _clock_of_end(end, closes == MIDNIGHT), "last": last}
    again = [at for one in services if (at := one["reason_detail"].get("opens_at"))]
    if not again:
        return "closed_now", {}
    return "closed_until", {"when": hall.when(min(again, key=datetime.fromisoformat))}


def _clock_of_end(end: datetime, midnight: bool) -> str:
    return "24.00" if midnight else formats.clock(end)


def _day(hall: _Reading, day: date) -> str:
    if day == hall.today:
        return str(hall.words.say("today"))
    name = formats.weekday(day.weekday(), hall.words.lang)
    return f"{name} {formats.day_and_month(day, hall.words.lang)}"


def _alert(hall: _Reading, one: Interruption) -> dict[str, Any]:
    """What cannot work now, why, and until when nobody should set out."""
    since = datetime.fromisoformat(one["since"]).astimezone(hall.site.timezone)
    say = hall.words.say
    cause = say(f"interruption_cause_{one['reason']}")
    until = one["until"] and datetime.fromisoformat(one["until"]).astimezone(hall.site.timezone)
    return {
        "what": _what(hall, one["scope"]),
        "stopped": one["issuing"] == "stop",
        "cause": say("interruption_since", cause=cause, time=formats.clock(since), zone=since.tzname()),
        "notice": one["notice"],
        "until": say("interruption_until", time=formats.clock(until))
        if until and until > hall.now
        else say("interruption_unknown"),
    }


def _what(hall: _Reading, scope: Mapping[str, Any]) -> str:
    """What an interruption concerns, by its name."""
    site, words = hall.site, hall.words
    if service := site.named(scope.get("service", "")):
        return words.of(service.name)
    if counter := site.counters.get(scope.get("counter", "")):
        return counter.name
    if agency := site.agencies.get(scope.get("agency", "")):
        return agency.short_name
    return str(words.say("interruption_all"))


def _service(hall: _Reading, one: SiteService) -> dict[str, Any]:
    """A service as the page tells it."""
    site, words = hall.site, hall.words
    declared, agency = site.services[one["id"]], site.agencies[one["agency"]]
    week = own_week(site, one["id"], hall.today)
    left = {name: n for name, n in one["quota_left"].items() if name in one["classes"]}
    most = "regular" if "regular" in left else next(iter(left), "")  # the class that most people are of
    day = next_day_of(site, one["id"], hall.today)
    return {
        "id": one["id"],
        "name": words.of(one["name"]),
        "agency": agency.short_name,
        "full_agency": agency.name,
        "search": " ".join(words_of(site, declared)),
        "cost": words.cost(one),
        "costs": words.costs(one),
        "cases": words.cases(one),
        "times": words.times(one),
        "facts": [(key, words.of(one[key])) for key in ("pay", "product") if one[key]],
        "steps": [*filter(None, [words.of(one["procedure"]), "" if one["kiosk"] else words.say("by_staff")])],
        "online": one["online"] and (words.of(one["online"]["text"]), one["online"]["url"]),
        "complaints": words.complaints(one),
        "basis": words.basis(one),
        "open": one["open"],
        "why": _why(hall, one),
        "wait": words.wait(one["estimate"]) if one["open"] else "",
        "left": left if any(n is not None for n in left.values()) else {},
        "left_most": left.get(most),
        "again": hall.when(one["numbers_again_at"]) if one["numbers_again_at"] else "",
        "interrupted": one["interruption"] is not None,
        "week": formats.week(week, words.lang) if week else "",
        "next_day": _day(hall, day) if day and week else "",
        "booked": one["booking"] is not None,
        "slots": one["booking"] is not None and one["booking"]["own_slots"],
    }


def _why(hall: _Reading, one: SiteService) -> str:
    """Why no number of it is given now; "" where one is."""
    if one["open"] or not one["reason"]:
        return ""
    detail = one["reason_detail"]
    instants = {name: hall.when(at) for name, at in detail.items() if name in ("opens_at", "since", "until")}
    return str(hall.words.say(f"reason_{one['reason']}", **{**detail, **instants}))


def _quiet(hall: _Reading, shown: Performance) -> Iterator[tuple[str, str, int | None]]:
    """Of each weekday of the hall the hour of the shortest waits, and under how many minutes half waited then."""
    by_day: dict[int, list[tuple[int, int]]] = {}
    for (weekday, hour), found in shown.hours.items():
        if found.median_s is not None:
            by_day.setdefault(weekday, []).append((found.median_s, hour))
    for weekday in range(7):
        known = by_day.get(weekday, [])
        if not known and (hall.site.hours is None or not hall.site.hours.get(WEEKDAYS[weekday])):
            continue
        name = formats.weekday(weekday, hall.words.lang)
        if len(known) < HOURS_TO_COMPARE:
            yield name, "", None
        else:
            median, hour = min(known)
            yield name, f"{hour:02d}.00–{hour + 1:02d}.00", under(median)
