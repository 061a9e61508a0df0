"""A hall's enrolled kiosks and displays, for those who keep them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ...house import approach
from ...queries.alarms import alarms_now
from ...queries.devices import registry, screens_that_wait
from .visit import Visit

_CHIPS = {  # the gravest first, each with the colour and the icon of its chip
    "dead": ("bad", "unplug"),
    "trouble": ("bad", "circle-alert"),
    "paper_out": ("bad", "printer"),
    "mute": ("bad", "volume-x"),
    "paper_low": ("warn", "printer"),
    "late": ("warn", "clock"),
    "old": ("info", "refresh-cw"),
    "unknown": ("info", "circle-alert"),
    "well": ("good", "circle-check"),
}
_ICONS = {"kiosk": "smartphone", "display": "tv"}
_SLOW_TEST = timedelta(seconds=30)  # a screen that has not answered by then does not answer


@dataclass(frozen=True, slots=True)
class Row:
    """A device as its line shows it."""

    about: Mapping[str, Any]  # its document
    icon: str
    chip: tuple[str, str]
    since: datetime | None
    seen: datetime | None
    seen_s: int | None
    counter: str | None
    tested: datetime | None
    silent: bool  # it has not answered its last test


def show(visit: Visit) -> dict[str, Any]:
    """Those that need somebody first."""
    house = visit.house
    site, now = house.site(visit.site), house.clock()
    found = registry(house.reader, site.id, now, house.build, house.seen.last_heard)
    heard = house.seen.of(site.id)
    missed = {a["device"] for a in house.read(site.id, lambda view: alarms_now(view, frozenset(), heard))}
    names = {counter.id: counter.name for counter in site.counters.values()}
    rows = [_row(one, now, missed, names) for one in found]
    order = list(_CHIPS)
    rows.sort(key=lambda row: (row.about["id"] not in missed, order.index(row.about["state"]), row.about["name"]))
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "rows": rows,
        "now": now.astimezone(site.timezone),
        "need": sum(row.chip[0] in ("bad", "warn") for row in rows),
        "waiting": screens_that_wait(house.reader, now),
        "address": urlsplit(house.reach.base(approach())).netloc,
        "zones": site.wall.zones,
        "counters": site.counters.values(),
        "tests": ("sound", "picture", "clock", "network"),
    }


def _row(one: Mapping[str, Any], now: datetime, missed: set[str | None], names: Mapping[str, str]) -> Row:
    colour, icon = _CHIPS[one["state"]]
    if one["state"] == "dead" and one["id"] not in missed:
        colour = "info"  # off while nobody needs it
    seen, test = _instant(one["seen"]), one["last_test"]
    tested = _instant(test["at"]) if test else None
    return Row(
        about=one,
        icon=_ICONS[one["kind"]],
        chip=(colour, icon),
        since=_instant(one["since"]),
        seen=seen,
        seen_s=int((now - seen).total_seconds()) if seen else None,
        counter=names.get(one["counter"] or "", one["counter"]),
        tested=tested,
        silent=bool(tested and test["ok"] is None and now - tested > _SLOW_TEST),
    )


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
