"""The public page of a hall's satisfaction: the index, the nine elements, who answered, and what is done about it."""

import csv
import io
from datetime import date
from typing import Any

from flask import Response, request

from ...domain.errors import Code, QueueError
from ...domain.rights import Act, may
from ...domain.survey import BOUNDS, ELEMENTS, OFFICIAL, PROFILE, lowest_of
from ...domain.survey_period import Months
from ...queries import followups, survey, survey_results
from ...queries.survey_results import Results
from ..http.auth import signed_in
from .visit import Visit

LOWEST_MARKED = 3
_SCALE = (2500, 10000)  # hundredths: both ends of the bar


def show(visit: Visit) -> dict[str, Any]:
    """``?period=2026-Q3`` (or a year; left out: the last), ``?agency=``."""
    site = visit.house.site(visit.site)
    found, names, name = looked(visit)
    kept = visit.house.read(site.id, lambda view: (followups.followups(view), followups.publications(view)))
    return {
        "data": visit.data(site=None, texts={}, langs=list(site.languages)),  # it needs no script
        "site": site,
        "found": found,
        "periods": [one for one, _ in names],
        "period": name,
        "agency": request.args.get("agency") or None,
        **drawn(found),
        "followups": kept[0]["followups"][:12],
        "publications": kept[1]["publications"][:12],
        "date_of": date.fromisoformat,
        "for_staff": _is_staff(visit),
    }


def _is_staff(visit: Visit) -> bool:
    """Whether the answers' files are offered: the page is the same for everybody else."""
    account = signed_in(visit.house)
    return account is not None and may(account.actor, Act.SEE_SURVEY, visit.site)


def drawn(found: Results | None) -> dict[str, Any]:
    """What a page of results draws of them."""
    ikm = found.ikm if found else None
    return {
        "marked": lowest_of([one["nrr"] for one in ikm["elements"]], LOWEST_MARKED) if ikm else (),
        "official": OFFICIAL,
        "bounds": [(name, least / 100, place(least / 100)) for least, name in reversed(BOUNDS)],
        "place": place,
        "profile": PROFILE,
    }


def place(value: float) -> float:
    """How far along the bar of 25 to 100 it stands, in percent."""
    least, most = (end / 100 for end in _SCALE)
    return round((value - least) / (most - least) * 100, 2)


def looked(visit: Visit) -> tuple[Results | None, list[tuple[str, Months]], str | None]:
    """The period that is asked for, the periods there are, and its name; nothing where nobody ever answered."""
    keys, asked, agency = visit.house.urn_keys, request.args.get("period"), request.args.get("agency") or None

    def look(view: Any) -> tuple[Results | None, list[tuple[str, Months]], str | None]:
        if agency is not None and agency not in view.site.agencies:
            raise QueueError(Code.INVALID, field="agency")
        names = survey_results.periods(survey.cells(view, keys))
        if not names:
            return None, [], None
        name = asked or names[0][0]
        if name not in dict(names):
            raise QueueError(Code.INVALID, field="period")
        return survey_results.results(view, keys, dict(names)[name], agency), names, name

    return visit.house.read(visit.site, look)


def table(visit: Visit) -> Response:
    """The period's figures as open data: the whole, and each unit that is told."""
    found, _, name = looked(visit)
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(("period", "unit", "name", "n", "n_incomplete", "ikm", "letter", *(f"nrr_{key}" for key in ELEMENTS)))
    if found is not None:
        site, whole = visit.house.site(visit.site), found.ikm
        nine = [one["nrr"] for one in whole["elements"]]
        first = (name, whole["agency"] or site.id, site.name, whole["n"], whole["n_incomplete"])
        out.writerow([_cell(one) for one in (*first, whole["ikm"], whole["letter"], *nine)])
        for unit in whole["units"]:
            counts = (unit["n"], unit["n_incomplete"], unit["ikm"], unit["letter"])
            out.writerow([_cell(one) for one in (name, unit["id"], unit["name"], *counts, *("" for _ in ELEMENTS))])
    headers = {"Content-Disposition": f'attachment; filename="{visit.site}-ikm-{name or "kosong"}.csv"'}
    return Response(file.getvalue(), mimetype="text/csv", headers=headers)


def _cell(value: Any) -> Any:
    return "" if value is None else value
