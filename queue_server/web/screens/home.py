"""Choose a screen."""

from typing import Any
from urllib.parse import urlsplit

from ...domain.rights import sees_health
from ...domain.site import Counter, Site
from ...house import approach
from ...queries.tasks import Task, tasks
from ...store.accounts import Account
from ..http.auth import signed_in
from .offer import Offer
from .page_data import page_language
from .visit import Visit

_ICONS = {  # of each kind of task
    "devices": "unplug",
    "waiting": "tv",
    "kiosk": "smartphone",
    "wall": "tv",
    "number": "ticket",
    "officers": "users",
    "overseer": "users",
    "published": "file-text",
    "calendar": "calendar",
}


def show(visit: Visit) -> dict[str, Any]:
    """All screens of all sites; in the demo its accounts too."""
    house = visit.house
    account, sites = signed_in(house), house.perform.sites.values()
    known = {"account": visit.of_account(account), "demo_accounts": list(house.demo_accounts)}
    health = account is not None and sees_health(account.actor, house.perform.sites)
    return {
        "data": visit.data(**known),
        "sites": [_site(visit, site, account) for site in sites],
        "health": health,
        "sits": _sits(visit),
        "icons": _ICONS,
        "address": urlsplit(house.reach.base(approach())).netloc,
    }


def _sits(visit: Visit) -> list[dict[str, Any]]:
    """Where the person who is signed in sits today, each with the way there."""
    account, sites = signed_in(visit.house), visit.house.settings.sites
    found = visit.sits(account) if account else []
    known = [one for one in found if one["counter"] in sites[one["site"]].counters]
    return [{**one, "place": sites[one["site"]].counters[one["counter"]], "hall": sites[one["site"]]} for one in known]


def _site(visit: Visit, site: Site, account: Account | None) -> dict[str, Any]:
    counters = [_counter(visit, site, counter) for counter in site.counters.values()]
    cards, lines = _links(visit, "card", site), _links(visit, "line", site)
    return {
        "id": site.id,
        "name": site.name,
        "lines": lines,
        "cards": cards,
        "counters": counters,
        "tasks": _tasks(visit, site, account),
    }


def _tasks(visit: Visit, site: Site, account: Account | None) -> list[Task]:
    """What the hall asks of whoever is signed in."""
    house = visit.house
    if account is None or not account.actor.at(site.id):
        return []
    heard = house.seen.of(site.id)
    return house.read(site.id, lambda view: tasks(view, account.actor, heard, house.calendar_to_write))


def _counter(visit: Visit, site: Site, counter: Counter) -> dict[str, Any]:
    named = {"name": counter.name, "tile": counter.tile, "agency_name": site.agencies[counter.agency].short_name}
    return {**named, "links": _links(visit, "counter", site, counter)}


def _links(visit: Visit, as_: str, site: Site, counter: Counter | None = None) -> list[dict[str, Any]]:
    return [_link(path, offer, site, counter) for path, offer in visit.offers if offer.as_ == as_ and offer.where(site)]


def _link(address: str, offer: Offer, site: Site, counter: Counter | None) -> dict[str, Any]:
    path = address.replace("<site>", site.id).replace("<counter>", counter.id if counter else "")
    ways = [
        [{"title": title, "values": values, "href": path + query} for title, values, query in row]
        for row in (offer.ways(site) if offer.ways else ())
    ]
    href = f"{path}?lang={page_language()}" if offer.in_language else path
    return {"title": offer.title, "note": offer.note, "icon": offer.icon, "href": href, "ways": ways}
