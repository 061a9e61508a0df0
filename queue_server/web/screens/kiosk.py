"""Where visitors take a number."""

from typing import Any

from ...domain.roles import Role
from ..http.auth import device
from .orders import orders
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """Whether this browser may give numbers."""
    actor = device(visit.house)
    enrolled = actor is not None and actor.has({Role.KIOSK}) and actor.at(visit.site)
    data = visit.data(enrolled=enrolled)
    return {"data": data | {"orders": orders(data)}}
