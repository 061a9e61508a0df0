"""A day's roster, for whoever says who sits where; and who helps out at another agency today."""

from datetime import date, timedelta
from typing import Any

from flask import request

from ...domain.day import local_date
from ...domain.day_hours import site_hours_on, written
from ...domain.rights import Act, may
from ...domain.roles import Actor
from ...domain.roster import Shift, version_of
from ...domain.site import Counter, Site
from ...queries.lendings import lendings
from ...queries.roster import people, shifts
from ...queries.snapshot import Snapshot
from ..http.query_values import day_said
from .visit import Visit

_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def show(visit: Visit) -> dict[str, Any]:
    """One day; ``from``: another, whose shifts are proposed for it and not yet saved."""
    house, actor = visit.house, visit.account.actor
    site = house.site(visit.site)
    today = local_date(site, house.clock())
    day = _asked("day") or today
    edits = may(actor, Act.ASSIGN, site.id) and day >= today

    def drawn(view: Snapshot) -> dict[str, Any]:
        return _drawn(view, actor, day, _asked("from") if edits else None, today)

    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "day": day,
        "today": today,
        "near": [(-1, day - _DAY), (1, day + _DAY)],
        "edits": edits,
        "saved": "saved" in request.args,
        **house.read(site.id, drawn),
    }


def _drawn(view: Snapshot, actor: Actor, day: date, copied: date | None, today: date) -> dict[str, Any]:
    site, agencies = view.site, actor.agencies
    working = people(view, lent=day == today)
    saved = shifts(view, day, agencies)
    shown = saved if copied is None else [s for s in shifts(view, copied, agencies) if _can(site, s, working)]
    left_out = 0 if copied is None else len(shifts(view, copied, agencies)) - len(shown)
    places = [c for c in site.counters.values() if not agencies or c.agency in agencies]
    return {
        "version": version_of(saved),
        "copied": copied,
        "left_out": left_out,
        "models": [d for d in (day - _DAY, day - _WEEK) if d != copied and shifts(view, d, agencies)],
        "hours": _hours(site, day),
        "places": [_place(site, counter, shown, working) for counter in places],
        "filled": bool(shown),
        "lendings": lendings(view, agencies)["lendings"] if day == today else [],
        **_to_lend(site, actor, working),
    }


def _place(site: Site, counter: Counter, shown: list[Shift], working: dict[str, Actor]) -> dict[str, Any]:
    able = {id: one.name for id, one in working.items() if may(one, Act.WORK, site.id, counter.agency)}
    own = [one for one in shown if one.counter == counter.id]
    return {
        "counter": counter,
        "agency": site.agencies[counter.agency].short_name,
        "people": sorted(able.items(), key=lambda one: one[1].casefold()),
        "shifts": own,
        "names": {id: one.name for id, one in working.items()},
    }


def _can(site: Site, shift: Shift, working: dict[str, Actor]) -> bool:
    counter, actor = site.counters.get(shift.counter), working.get(shift.account)
    return counter is not None and actor is not None and may(actor, Act.WORK, site.id, counter.agency)


def _hours(site: Site, day: date) -> tuple[str, str] | None:
    """The hall's first opening and last closing; None on a day without."""
    periods = written(site_hours_on(site, day))
    return (periods[0][0], periods[-1][1]) if periods else None


def _to_lend(site: Site, actor: Actor, working: dict[str, Actor]) -> dict[str, Any]:
    """Whom the reader may have help out today, and where: accounts that are not of every agency already."""
    own = [a for a in site.agencies.values() if may(actor, Act.ASSIGN, site.id, a.id)]
    able = {id: one.name for id, one in working.items() if may(one, Act.WORK, site.id)}
    some = {id: name for id, name in able.items() if any(not working[id].for_agency(a.id) for a in own)}
    return {
        "lendable": sorted(some.items(), key=lambda one: one[1].casefold()),
        "agencies": {agency.id: agency.short_name for agency in site.agencies.values()},
        "own_agencies": [agency.id for agency in own],
    }


def _asked(name: str) -> date | None:
    """A date of the address; what is none is as if it was not there."""
    return day_said(request.args.get(name, ""))
