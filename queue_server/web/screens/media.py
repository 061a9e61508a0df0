"""The pictures that walls show while nobody is called, and their order, for whoever sees to them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from ... import formats
from ...domain.media import SECONDS
from ...pictures import TYPES
from ...queries.media import register
from .page_data import page_language
from .visit import Visit

_SECONDS = 10


def show(visit: Visit) -> dict[str, Any]:
    """Each picture with its turn, those that are shown first and in their order."""
    house = visit.house
    site = house.site(visit.site)
    all = house.read(site.id, register)
    turns = {turn["picture"]: (n, turn) for n, turn in enumerate(all["playlist"], 1)}
    rows = [_row(one, *turns.get(one["id"], (0, None)), site.timezone) for one in all["pictures"]]
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "all": all,
        "rows": sorted(rows, key=lambda row: row["n"] or len(rows) + 1),
        "megabytes": lambda bytes: formats.decimal(max(0.1, round(bytes / 1024 / 1024, 1)), page_language()),
        "types": ",".join(TYPES),
        "seconds": SECONDS,
        "saved": "saved" in request.args,
    }


def _row(picture: Any, n: int, turn: Any, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "picture": picture,
        "n": n,
        "seconds": turn["seconds"] if turn else _SECONDS,
        "begins": _local(turn and turn["from"], zone),
        "ends": _local(turn and turn["until"], zone),
        "zones": turn["zones"] if turn else [],
    }


def _local(written: str | None, zone: ZoneInfo) -> str:
    """An instant as a field for date and time has it."""
    return f"{datetime.fromisoformat(written).astimezone(zone):%Y-%m-%dT%H:%M}" if written else ""
