"""The hall for its leaders and for a lobby, live; nobody is named."""

from typing import Any

from ...queries.overview import overview
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The overview within the account's agencies, on a lobby's screen of all; who looks is not said."""
    agencies = visit.account.actor.agencies if visit.account is not None else frozenset()
    now = visit.house.read(visit.site, lambda view: overview(view, agencies))
    return {"data": visit.data(overview=now)}
