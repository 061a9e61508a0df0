"""The survey's results for staff: each agency and service, how far it has come, the registers, the closing."""

from datetime import date, datetime
from typing import Any

from flask import request

from ... import formats
from ...domain.followups import KINDS
from ...domain.rights import Act, may
from ...domain.survey import AIM_OF_WBBM, ELEMENTS
from ...queries import followups, survey, survey_staff
from ...queries.snapshot import Snapshot
from . import ikm
from .page_data import page_language
from .report_tabs import tabs
from .visit import Visit

Row = dict[str, Any]


def show(visit: Visit) -> dict[str, Any]:
    """``?period=`` as on the public page; ``?followup=``, ``?publication=``: the line that is written anew."""
    house, site, account = visit.house, visit.house.site(visit.site), visit.account
    actor, keys = account.actor, house.urn_keys
    found, names, name = ikm.looked(visit)

    def look(view: Snapshot) -> dict[str, Any]:
        of, months = survey.cells(view, keys), dict(names).get(name or "")
        return {
            "progress": survey_staff.progress(view, keys),
            "services": survey_staff.services(view, keys, months) if months else [],
            "ratings": survey_staff.ratings(view, months, actor.agencies) if months else [],
            "followups": followups.followups(view)["followups"],
            "publications": followups.publications(view)["publications"],
            "closed": followups.closed_quarters(view),
            "closable": survey_staff.quarters(of),
            "quarters": survey_staff.nameable(of),
        }

    kept = house.read(site.id, look)
    whole_hall = not actor.agencies
    return {
        "data": visit.data(account=visit.of_account(account), texts=house.texts.section("common")),
        "tabs": tabs(visit, "survey"),
        "found": found,
        "periods": [one for one, _ in names],
        "period": name,
        **ikm.drawn(found),
        "aim": AIM_OF_WBBM / 100,
        **kept,
        "names": {one.id: one.short_name for one in site.agencies.values()},
        "elements_of": ELEMENTS,
        "kinds": KINDS,
        "writes": may(actor, Act.KEEP_REGISTERS, site.id),
        "writes_all": may(actor, Act.KEEP_REGISTERS, site.id) and whole_hall,
        "agencies": [one for one in site.agencies.values() if may(actor, Act.KEEP_REGISTERS, site.id, one.id)],
        "closes": may(actor, Act.CLOSE_SURVEY, site.id),
        "followup": _chosen(kept["followups"], "followup"),
        "publication": _chosen(kept["publications"], "publication"),
        "date_of": date.fromisoformat,
        "today": house.clock().astimezone(site.timezone).date(),
        "closed_on": lambda at: datetime.fromisoformat(at).astimezone(site.timezone).date(),
        "month_of": lambda month: f"{formats.month(int(month[5:]), page_language())} {month[:4]}",
        "saved": "saved" in request.args,
    }


def _chosen(rows: list[Row], name: str) -> Row | None:
    """The line that the address names; None for a new one."""
    asked = request.args.get(name)
    return next((one for one in rows if one["id"] == asked), None) if asked else None
