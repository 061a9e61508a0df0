"""The hall for its leaders and for a lobby, live; nobody is named."""

from typing import Any

from ...queries.overview import overview
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The overview within the account's agencies; who looks is not said."""
    now = visit.house.read(visit.site, lambda view: overview(view, visit.account.actor.agencies))
    return {"data": visit.data(overview=now)}
