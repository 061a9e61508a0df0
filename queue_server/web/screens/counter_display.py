"""The small screen above a counter."""

from typing import Any

from ...queries.board import at_counter
from ..http.auth import device
from .tile import tile
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """What stands there before its scripts run."""
    house, counter = visit.house, visit.where["counter"]
    device(house)  # which renews its cookie
    number, state = house.read(visit.site, lambda view: at_counter(view, counter))
    here = tile(house.site(visit.site).counters[counter])
    return {"data": visit.data(here={"number": number, "state": state, **here})}
