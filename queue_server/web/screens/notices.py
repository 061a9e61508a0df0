"""What screens tell visitors, for whoever writes it; each as a wall shows it, before it is published."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from ... import formats
from ...domain.day import local_date
from ...domain.notice import MOST_LETTERS, PLACES
from ...domain.rights import Act, may
from ...queries.notices import register
from .page_data import page_language
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """All of them; ``?edit=`` one, in the form. One that is over is written anew."""
    house, actor = visit.house, visit.account.actor
    site = house.site(visit.site)
    all = house.read(site.id, lambda view: register(view, actor))["notices"]
    one = next((n for n in all if n["id"] == request.args.get("edit") and n["can"]), None)
    now, zone = house.clock().astimezone(site.timezone), site.timezone
    tells_all = may(actor, Act.NOTIFY_ALL, site.id)
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "notices": all,
        "one": one,
        "anew": one is not None and one["state"] == "over",
        "begins": _fields(one and one["from"], zone),
        "ends": _fields(one and one["until"], zone, ending=True),
        "today": local_date(site, now),
        "said": lambda at, ending: _said(at, now, ending=ending),
        "places": PLACES,
        "most": MOST_LETTERS,
        "tells_all": tells_all,
        "tells": tells_all or may(actor, Act.NOTIFY, site.id),
        "agencies": [a for a in site.agencies.values() if may(actor, Act.NOTIFY, site.id, a.id)],
        "named": {a.id: a.short_name for a in site.agencies.values()},
        "saved": "saved" in request.args,
    }


def _fields(written: str | None, zone: ZoneInfo, *, ending: bool = False) -> tuple[str, str]:
    """An instant as the form has it: a date and ``HH.MM``; the midnight at which a day ends is that day's end."""
    if not written:
        return "", ""
    here = datetime.fromisoformat(written).astimezone(zone)
    if ending and formats.is_midnight(here):
        return formats.day_before(here).isoformat(), ""
    return here.date().isoformat(), formats.clock(here)


def _said(written: str, now: datetime, *, ending: bool) -> str:
    """An instant in words; today's by its time alone."""
    here = datetime.fromisoformat(written).astimezone(now.tzinfo)
    if ending:
        return formats.ending(here, now, page_language())
    day = "" if here.date() == now.date() else f"{formats.short_date(here.date(), page_language())} "
    return f"{day}{formats.clock(here)}"
