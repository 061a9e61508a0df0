"""Today's figures, per service and counter."""

import io
from datetime import date, datetime
from typing import Any

from flask import Response

from ...documents.hall import ReasonedAct
from ...domain.rights import Act, may
from ...queries.reasons import reasoned_acts
from ...reports import report_csv
from ...reports.measures import today
from .page_data import page_language
from .report_tabs import tabs
from .visit import Visit
from .whys import whys


def show(visit: Visit) -> dict[str, Any]:
    """The report within the account's agencies; from here one goes on to a period's."""
    visit.house.periods.expect(visit.house.off_hub)
    report = _report(visit)
    zone = visit.house.site(visit.site).timezone
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "report": report,
        "counts": report_csv.COUNTS,
        "booked": report_csv.BOOKED,
        "reasons": _reasons(visit),
        "why_of": whys(visit.house.texts),
        "sees_period": visit.account is not None and may(visit.account.actor, Act.SEE_PERIOD, visit.site),
        "tabs": tabs(visit, "today"),
        "day": date.fromisoformat(report["day"]) if report["day"] else None,
        "at": datetime.fromisoformat(report["now"]).astimezone(zone),
        "moment": lambda written: datetime.fromisoformat(written).astimezone(zone).strftime("%H.%M"),
    }


def _reasons(visit: Visit) -> list[ReasonedAct]:
    """What was done for a reason, for whoever answers for the hall: words of staff about their day, and their names."""
    account = visit.account
    if account is None or not may(account.actor, Act.SEE_HALL, visit.site):
        return []
    return visit.house.read(visit.site, lambda view: reasoned_acts(view, account.actor.agencies))


def csv(visit: Visit) -> Response:
    """Both tables as a file."""
    report, lang = _report(visit), page_language()
    words = visit.house.texts.section("common", *visit.texts)[lang]
    file = io.StringIO()
    report_csv.write(report, words, lang, file)
    headers = {"Content-Disposition": f'attachment; filename="{visit.site}-{report["day"]}.csv"'}
    return Response(file.getvalue(), mimetype="text/csv", headers=headers)


def _report(visit: Visit) -> Any:
    account = visit.account
    return visit.house.read_aside(visit.site, lambda view: today(view, account.actor.agencies))
