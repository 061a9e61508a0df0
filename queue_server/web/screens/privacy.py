"""What is kept of people: told to everybody, and to a number's holder of their own."""

from functools import partial
from typing import Any

from ...domain.privacy import FIELDS, Field
from ...domain.site import Site
from ...queries.own_data import own_data
from .visit import Visit

_ERASABLE = ("note", "booking")


def show(visit: Visit) -> dict[str, Any]:
    """The public page: the one table of ``domain/privacy.py`` in plain words, with this hall's own lifetimes."""
    site = visit.house.site(visit.site)
    return {
        "data": visit.data(site=None, texts={}, langs=list(site.languages)),  # it needs no script, so no texts either
        "site": site,
        "parts": {whose: [one for one in FIELDS if one.whose == whose] for whose in ("visitor", "officer")},
        "days": partial(_days, site),
    }


def _days(site: Site, one: Field) -> int:
    """For how many days it is kept here; 0 for what goes otherwise."""
    return site.lifetimes.days[one.lifetime] if one.lifetime else 0


def show_own(visit: Visit) -> dict[str, Any]:
    """What is kept about a number, for its holder, with the key that erases it."""
    ticket = visit.ticket
    if ticket is None:
        raise LookupError("a page of a number's holder")
    site = visit.house.site(ticket.site)
    found = visit.house.read(ticket.site, lambda view: own_data(view, ticket, _ERASABLE))
    return {
        "data": visit.data(site=None, langs=list(site.languages)),
        "site": site,
        "number": ticket.number,
        "token": visit.where["token"],
        "found": found,
        "erasable": any(one.erasable for one in found),
    }
