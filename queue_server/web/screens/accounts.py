"""Everybody who signs in here, as far as the reader may see to them; and one of them."""

from datetime import datetime
from typing import Any

from ...documents.accounts import Managed
from ...domain.accounts import PEMDA
from ...domain.rights import Act, may
from ...domain.roles import OFFERED, Actor
from ...domain.site import Site
from ...queries import accounts
from ..http.auth import session_hash
from .visit import Visit

NEW = "new"  # in the place of an id: a page for an account that is to be added


def show(visit: Visit) -> dict[str, Any]:
    """The list."""
    found = accounts.managed(visit.house.reader, visit.account.actor, visit.house.clock())["accounts"]
    shown = sorted(found, key=lambda one: (one["disabled_at"] is not None, one["name"].casefold()))
    names = _names(visit)
    return {"data": visit.data(account=visit.of_account(visit.account)), "accounts": shown, "names": names}


def show_one(visit: Visit) -> dict[str, Any]:
    """One of them, to be changed; or an empty one, to be added."""
    house, by, id = visit.house, visit.account.actor, visit.where["id"]
    found = None if id == NEW else accounts.one(house.reader, by, id, house.clock())
    if found is None and id != NEW:
        house.refuse_unknown()
    sessions = _sessions(visit, id) if found else []
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "one": found,
        "own": id == by.id,
        "roles": OFFERED,
        "sites": {site.id: site.short_name for site in _sites(visit) if by.at(site.id)},
        "given": {"sites": visit.account.sites, "agencies": visit.account.agencies},  # of whoever is limited: no more
        "agencies": _agencies(visit, by),
        "pemda": PEMDA,
        "sessions": sessions,
        "names": _names(visit),
        "lending": _lending(visit, by, found) if found and not found["disabled_at"] else [],
        **_moments(visit),
    }


def _lending(visit: Visit, by: Actor, one: Managed) -> list[dict[str, Any]]:
    """The agencies, site by site, that the reader may lend an account to."""
    account = Actor(one["id"], frozenset(one["roles"]), frozenset(one["sites"]), frozenset(one["agencies"]))
    there = {(it["site"], it["agency"]) for it in one["lent"]}
    found = [
        {
            "id": site.id,
            "name": site.short_name,
            "agencies": {
                agency.id: agency.short_name
                for agency in site.agencies.values()
                if may(by, Act.ASSIGN, site.id, agency.id)
                and not account.for_agency(agency.id)
                and (site.id, agency.id) not in there
            },
        }
        for site in _sites(visit)
        if may(account, Act.WORK, site.id)
    ]
    return [site for site in found if site["agencies"]]


def show_me(visit: Visit) -> dict[str, Any]:
    """One's own account: what it may, another password, where it is signed in."""
    account = visit.account
    return {
        "data": visit.data(account=visit.of_account(account)),
        "me": accounts.me(account, visit.sits(account)),
        "names": _names(visit),
        "sessions": _sessions(visit, account.id),
        **_moments(visit),
    }


def _sessions(visit: Visit, id: str) -> list[Any]:
    house = visit.house
    return accounts.sessions(house.reader, id, session_hash(), house.clock())["sessions"]


def _agencies(visit: Visit, by: Actor) -> dict[str, str]:
    """id -> name of all that the reader may give."""
    named = {id: agency.short_name for site in _sites(visit) for id, agency in site.agencies.items()}
    return {id: name for id, name in sorted(named.items(), key=lambda one: one[1].casefold()) if by.for_agency(id)}


def _names(visit: Visit) -> dict[str, dict[str, str]]:
    """What sites and agencies are called: the id of one that left the configuration stays as it is."""
    sites = {site.id: site.short_name for site in _sites(visit)}
    return {"sites": sites, "agencies": {i: a.short_name for site in _sites(visit) for i, a in site.agencies.items()}}


def _sites(visit: Visit) -> list[Site]:
    return list(visit.house.settings.sites.values())


def _moments(visit: Visit) -> dict[str, Any]:
    """How a template tells an instant: as at the first hall, for a server has one staff."""
    zone = next((site.timezone for site in _sites(visit)), None)
    return {"moment": lambda iso: datetime.fromisoformat(iso).astimezone(zone)}
