"""The health of server and machine: what the doctor says, as things to do."""

from typing import Any

from ...domain.rights import require_health
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """What needs somebody first; of the rest only how many there are."""
    house = visit.house
    require_health(visit.account.actor, house.perform.sites)
    found = house.examine()
    sites = list(house.perform.sites.values())
    entries = found or []
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "failed": found is None,
        "groups": [(level, [one for one in entries if one["level"] == level]) for level in ("bad", "warn")],
        "to_do": sum(one["level"] != "ok" for one in entries),
        "well": sum(one["level"] == "ok" for one in entries),
        "at": house.clock().astimezone(sites[0].timezone),
        "devices": f"/{sites[0].id}/devices",
    }
