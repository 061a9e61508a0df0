"""How the queue works, for visitors: before they come, while they wait, and at the kiosk."""

from typing import Any

from ...domain.site import CLASSES
from .orders import rules
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """A page of words alone: it needs no script."""
    site = visit.house.site(visit.site)
    offered = {one for service in site.services.values() for one in site.offered(service.id)}
    return {
        "data": visit.data(site=None, texts={}, langs=list(site.languages)),
        "site": site,
        "orders": rules(site),
        "classes": [one for one in CLASSES if one in offered],
    }
