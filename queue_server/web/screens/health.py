"""The health of server and machine: what the doctor says, as things to do."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """What needs somebody first; of the rest only how many there are."""
    house = visit.house
    actor = visit.account.actor
    found = house.health(actor)
    sites = [site for site in house.perform.sites.values() if actor.at(site.id)]
    entries = [one | {"first": _instant(one["since"], sites[0].timezone)} for one in found or []]
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "failed": found is None,
        "groups": [(level, [one for one in entries if one["level"] == level]) for level in ("bad", "warn")],
        "to_do": sum(one["level"] != "ok" for one in entries),
        "well": sum(one["level"] == "ok" for one in entries),
        "at": house.clock().astimezone(sites[0].timezone),
        "devices": f"/{sites[0].id}/devices",
    }


def _instant(said: str | None, zone: ZoneInfo) -> datetime | None:
    return datetime.fromisoformat(said).astimezone(zone) if said else None
