"""What the hall is made of, on a page: its services, agencies, counters, hours, and every version there was."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from ... import formats, places
from ...documents.structure import StructureVersion
from ...domain.published import Owed
from ...domain.site import CLASSES, Holiday, Site
from ...queries import structure
from .page_data import page_language
from .structure_fields import DAYS, PARTS, Choices, Part, value
from .visit import Visit

_VERSIONS = "versions"
_NAMED = 6


def show(visit: Visit) -> dict[str, Any]:
    """One part of the structure as it is in force, or what its address asks for: ``?part=services&id=…``."""
    part = PARTS.get(request.args.get("part", "services"))
    document, listed = visit.house.read(visit.site, lambda view: (structure.version(view), structure.versions(view)))
    if document is None:
        visit.house.refuse_unknown()
    made = document["structure"]
    row, is_new = _row(made, part, request.args.get("id"))
    site = visit.house.site(visit.site)
    today = visit.house.clock().astimezone(site.timezone).date()
    lines = [_line(one, site.timezone) for one in listed["versions"]]
    return {
        "data": visit.data(
            account=visit.of_account(visit.account),
            version=document["version"],
            structure=made,
            part=part.name if part else _VERSIONS,
            row=None if is_new else _known_as(made, part, row),
            fresh=is_new,
            saved=request.args.get("saved"),
        ),
        "part": part,
        "parts": [*PARTS, _VERSIONS],
        "row": row,
        "is_new": is_new,
        "groups": _groups(made, part, site, today, page_language()),
        "owed": _owed(site, today, row.get("id") if part and part.rows == "services" and not is_new else None),
        "owing": {one.service for one in site.owed(today) if one.fact != "checked"},
        "guesses": visit.house.guesses(site, (today.year, today.year + 1)),
        "fields": _fields(part, row) if part else [],
        "choices": _choices(made),
        "days": DAYS,
        "doubts": visit.house.doubts(site),
        "title": indonesian(row.get("name", "")),
        "versions": lines,
        "pending": [one for one in lines if one["state"] == "pending"],
        "languages": made.get("languages") or list(site.languages),
    }


def _row(made: Mapping[str, Any], part: Part | None, wanted: str | None) -> tuple[Mapping[str, Any], bool]:
    """The row that is shown, the first where none is named; an empty one where a new one is asked for."""
    if part is None:
        return {}, False
    if not part.rows:
        return made, False
    rows = made.get(part.rows) or []
    if "new" in request.args or not rows:
        return {key: given for key in ("date", "name") if (given := request.args.get(key))}, True
    return next((row for row in rows if _known_as(made, part, row) == wanted), rows[0]), False


def _known_as(made: Mapping[str, Any], part: Part | None, row: Mapping[str, Any]) -> str | None:
    """What a row is called in the page's address; None for the hall itself."""
    if part is None or not part.rows:
        return None
    return str(row[part.key] if part.key else made[part.rows].index(row))


def _fields(part: Part, row: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Each field with what stands there now."""
    return [(one, found if (found := value(row, one.key)) is not None else one.unset) for one in part.fields]


def _groups(made: Mapping[str, Any], part: Part | None, site: Site, now: date, lang: str) -> list[dict[str, Any]]:
    """The list at the side: the part's rows, those of one agency or one year together."""
    if part is None or not part.rows:
        return []
    if part.rows == "dates":
        return [_year(site, year, now.replace(day=1), lang) for year in (now.year, now.year + 1)]
    rows = made.get(part.rows, [])
    if part.rows in ("agencies", "spans"):
        return [{"name": "", "rows": [_entry(row, _known_as(made, part, row)) for row in rows]}]
    named = [(a["id"], a.get("short_name") or a["name"]) for a in made.get("agencies", [])]
    return [
        {"name": name, "rows": [_entry(row, row["id"]) for row in rows if row.get("agency") == id]}
        for id, name in named
        if any(row.get("agency") == id for row in rows)
    ]


def _entry(row: Mapping[str, Any], id: str | None) -> dict[str, Any]:
    return {"query": {"id": id}, "id": id, "mark": row.get("prefix", ""), "name": indonesian(row.get("name", id))}


def _year(site: Site, year: int, first: date, lang: str) -> dict[str, Any]:
    """A year's special days from a date on, each with whoever says so; what another decided can be decided anew."""
    days = [site.holidays[day] for day in site.holidays if day.year == year and day >= first]
    return {"name": str(year), "rows": [_special(one, lang) for one in days]}


def _special(one: Holiday, lang: str) -> dict[str, Any]:
    day, own = one.day.isoformat(), one.origin == "hall"
    return {
        "query": {"id": day} if own else {"new": "1", "date": day, "name": one.name},
        "id": day,
        "mark": formats.day_and_month(one.day, lang),
        "name": one.name,
        "origin": one.origin,
        "open": not one.closed,
    }


def indonesian(text: Any) -> str:
    """A text in Indonesian, however it stands in the document."""
    return str(text.get("id", "")) if isinstance(text, Mapping) else str(text)


def _owed(site: Site, today: date, service: str | None) -> list[Owed]:
    """What the office still has to say of a service: visitors read "ask an officer" in its place."""
    return [one for one in site.owed(today) if one.service == service]


def _choices(made: Mapping[str, Any]) -> Choices:
    def listed(rows: str) -> list[tuple[str, str]]:
        return [(row["id"], indonesian(row.get("name", row["id"]))) for row in made.get(rows, [])]

    zones = made.get("wall", {}).get("zones") or ["A"]
    return Choices(
        {
            "agencies": listed("agencies"),
            "services": [(row["id"], f"{row['prefix']} {indonesian(row['name'])}") for row in made["services"]],
            "zones": [("", ""), *((zone, zone) for zone in zones)],
            "classes": [(name, name) for name in CLASSES],
            "icons": [("", ""), *((file.stem, file.stem) for file in places.icons())],
            "cost_scales": [("", ""), ("paid", "paid"), ("free", "free")],
            "survey_wordings": [("plain", "plain"), ("official", "official")],
            "languages": [(lang, lang) for lang in ("id", "en", "su")],
        }
    )


def _line(one: StructureVersion, zone: ZoneInfo) -> dict[str, Any]:
    """A version as the table of versions shows it; at most six of its changes by name."""
    more = max(len(one["changes"]) - _NAMED, 0)
    return {
        **one,
        "state": _state(one),
        "first_day": date.fromisoformat(one["from"]) if one["from"] else None,
        "saved": datetime.fromisoformat(one["at"]).astimezone(zone),
        "changes": one["changes"][:_NAMED],
        "more": more,
    }


def _state(one: StructureVersion) -> str:
    if one["in_force"]:
        return "in_force"
    if one["replaced_by"]:
        return "replaced" if one["replaced_by"] > one["version"] else "withdrawn"
    return "over" if one["in_force_at"] else "pending"
