"""A guide for staff, to be read beside the work or printed; and which of them belongs to which screen."""

from collections.abc import Mapping
from typing import Any

from ... import guides
from .visit import Visit

# screen -> guide. A screen that is not named here leads whoever is signed in to the guide of their mightiest role.
_OF_SCREEN = {
    **dict.fromkeys(("desk",), "officer"),
    **dict.fromkeys(("front_desk", "outage", "outage_sheet", "bookings"), "front-desk"),
    **dict.fromkeys(("supervisor", "overview", "report", "period", "period_numbers"), "supervisor"),
    **dict.fromkeys(("survey_results",), "supervisor"),
    **dict.fromkeys(("replay", "audit", "roster"), "supervisor"),
    **dict.fromkeys(("accounts", "account", "devices", "structure"), "admin"),
    **dict.fromkeys(("notices", "media"), "content"),
    **dict.fromkeys(("health", "setup"), "technician"),
}
_OF_ROLE = {
    **{one: one for one in ("officer", "content", "admin", "supervisor", "leader", "auditor")},
    "front_desk": "front-desk",
}
_READERS = ("leader", "auditor")  # they see the supervisor's screens, and do other work there


def guide_of(screen: str, account: Mapping[str, Any] | None) -> str | None:
    """The guide that a screen leads to; None for a screen of visitors, or where nobody is signed in."""
    own, of_screen = _OF_ROLE[account["roles"][0]] if account else None, _OF_SCREEN.get(screen)
    return own if of_screen is None or (of_screen == "supervisor" and own in _READERS) else of_screen


def show(visit: Visit) -> dict[str, Any]:
    """Raises ``not_found`` for a guide that there is not."""
    name, hall = visit.where["guide"], visit.where.get("site")
    if name not in guides.NAMES:
        visit.house.refuse_unknown()
    at = f"/{hall}" if hall else ""
    return {
        "data": visit.data(),
        "name": name,
        "one": guides.guide(name),
        "all": {other: guides.guide(other).title for other in guides.NAMES},
        "here": f"{at}/help",
    }
