"""The tabs of all pages of reports: each shows those that its reader may open, and which one is open."""

from typing import Any
from urllib.parse import urlencode

from ...domain.rights import Act, may
from ...reports.calendar import Period
from .visit import Visit

_DATED = ("period", "officers", "demand")  # pages of which a period may be asked
TABS = (
    ("today", "report", Act.SEE_REPORT),
    ("period", "report/period", Act.SEE_PERIOD),
    ("officers", "report/officers", Act.SEE_OFFICERS),
    ("own", "report/officers", Act.SEE_OWN_WORK),  # the same page, of who sees no others
    ("demand", "report/demand", Act.SEE_PERIOD),
    ("targets", "report/targets", Act.SEE_PERIOD),
    ("survey", "survey/results", Act.SEE_SURVEY),
    ("complaints", "complaints", Act.SEE_COMPLAINTS),
)


def tabs(visit: Visit, here: str, period: Period | None = None) -> list[dict[str, Any]]:
    """Each tab's name, address (up to the language) and whether it is open. ``period``: that its neighbours show, too.

    ``here``: the name of the page's own tab; that of officers' work is ``officers`` for everybody.
    """
    query = f"{urlencode({'from': period.first, 'to': period.last})}&" if period else ""
    found: dict[str, dict[str, Any]] = {}
    for name, page, act in TABS:
        if page not in found and visit.account is not None and may(visit.account.actor, act, visit.site):
            dated = query if page.rpartition("/")[2] in _DATED else ""
            mine = name == here or (name, here) == ("own", "officers")
            found[page] = {"name": name, "href": f"/{visit.site}/{page}?{dated}", "here": mine}
    return [*found.values()]
