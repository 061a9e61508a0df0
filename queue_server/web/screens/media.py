"""The pictures and videos that walls show while nobody is called, and their order, for whoever sees to them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from ... import formats
from ...domain.media import SECONDS
from ...pictures import MOST_BYTES as MOST_PICTURE_BYTES
from ...pictures import TYPES
from ...queries.devices import registry
from ...queries.media import register
from ...videos.bounds import TYPES as VIDEO_TYPES
from .page_data import page_language
from .visit import Visit

_SECONDS = 10


def show(visit: Visit) -> dict[str, Any]:
    """Each picture with its turn, those that are shown first and in their order."""
    house = visit.house
    site = house.site(visit.site)
    rules = house.settings.server.videos
    all = house.read(site.id, lambda view: register(view, rules.site_bytes))
    turns = {turn["picture"]: (n, turn) for n, turn in enumerate(all["playlist"], 1)}
    rows = [_row(one, *turns.get(one["id"], (0, None)), site.timezone) for one in all["pictures"]]
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "all": all,
        "rows": sorted(rows, key=lambda row: row["n"] or len(rows) + 1),
        "megabytes": lambda bytes: formats.decimal(max(0.1, round(bytes / 1024 / 1024, 1)), page_language()),
        "types": ",".join((*TYPES, *(VIDEO_TYPES if rules.seconds else ()))),
        "rules": rules,
        "most_picture_bytes": MOST_PICTURE_BYTES,
        "cannot": _cannot(visit) if any(one["video"] for one in all["pictures"]) else [],
        "seconds": SECONDS,
        "saved": "saved" in request.args,
    }


def _cannot(visit: Visit) -> list[str]:
    """The screens, by name, that said they cannot play videos."""
    house = visit.house
    found = registry(house.reader, house.site(visit.site).id, house.clock(), house.build, house.seen.last_heard)
    return [one["name"] for one in found if one["video"] in ("no", "slow")]


def _row(picture: Any, n: int, turn: Any, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "picture": picture,
        "n": n,
        "seconds": turn["seconds"] if turn else _SECONDS,
        "sound": bool(turn and turn["sound"]),
        "begins": _local(turn and turn["from"], zone),
        "ends": _local(turn and turn["until"], zone),
        "zones": turn["zones"] if turn else [],
    }


def _local(written: str | None, zone: ZoneInfo) -> str:
    """An instant as a field for date and time has it."""
    return f"{datetime.fromisoformat(written).astimezone(zone):%Y-%m-%dT%H:%M}" if written else ""
