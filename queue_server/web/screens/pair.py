"""A new screen's code; a screen that is a device already goes where it is wanted."""

from typing import Any

from ...queries.devices import paired
from ..http.auth import device_token
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """``?kind=kiosk`` for one that gives numbers; ``?revoked`` of one that was a device until now."""
    house, sent = visit.house, device_token()
    found = paired(house.reader, sent) if sent else None
    zone = next(iter(house.perform.sites.values())).timezone
    return {"data": visit.data(path=found["path"] if found else None, timezone=str(zone))}
