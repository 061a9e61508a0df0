"""The study of need for a UKK, an ULP or days of Eazy Passport: who asked, when, from where, and who was refused.

A *request* is a number that was given, or a refusal at kiosk or desk. How many of the refused came back nobody knows,
as nobody is asked who they are: requests are no people.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

import numpy as np

from ..documents.demand import (
    AskedCell,
    AskedHour,
    AskedService,
    AskedWeekday,
    Demand,
    Districts,
    OriginsTold,
    Requested,
)
from ..documents.demand import OriginRow as Row
from ..domain.origins import rounded
from ..domain.site import Site
from ..domain.survey_period import Months, month_of
from ..queries.origins import Answers
from . import sheet, span
from .calendar import Period
from .calendar import month_of as month_around
from .period_report import filters, service_days
from .rows import Rows
from .sheet import Sheet
from .span import Wanted

_HOURS, _WEEK = 24, 7
_PER = 10_000  # inhabitants


def whole_months(period: Period, today: date) -> Months | None:
    """The whole months of a period that are over; None: there is none."""
    month, names = month_around(period.first), list[str]()
    while month.last <= period.last and month.last < today:
        if month.first >= period.first:
            names.append(month_of(month.first))
        month = month_around(month.last + timedelta(days=1))
    return Months(names[0], names[-1]) if names else None


def demand(
    site: Site, wanted: Wanted, period: Period, whole: Sheet, made_at: datetime, answers: Answers | None,
    known: Districts,
) -> Demand:  # fmt: skip
    """All figures; the sentences are added by ``demand_words``."""
    issued, refused = span.issued_part(whole, wanted), span.part(whole, wanted).tables["refusal"]
    weekday = np.array([day.weekday() for day in whole.days] or [0], "u2")
    causes = [whole.dims.causes.index(one) if one in whole.dims.causes else 255 for one in sheet.CAUSES]
    made = _Making(issued, refused, causes)
    at = {name: (weekday[rows["day"]], rows["hour"]) for name, rows in (("issued", issued), ("refused", refused))}
    by_weekday = made.by(at["issued"][0], at["refused"][0], _WEEK)
    by_hour = made.by(at["issued"][1], at["refused"][1], _HOURS)
    cells = {name: np.bincount(day * _HOURS + hour, minlength=_WEEK * _HOURS) for name, (day, hour) in at.items()}
    asked_on = _days_asked(whole, issued, refused)
    return {
        "site": site.id,
        "name": "demand",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "days": service_days(whole, wanted),
        "made_at": made_at.isoformat(timespec="seconds"),
        "filters": filters(wanted),
        "totals": made.by(np.zeros(len(issued), "u2"), np.zeros(len(refused), "u2"), 1)[0],
        "services": _services(whole, made, issued, refused),
        "hours": [cast(AskedHour, {"hour": n, **one}) for n, one in enumerate(by_hour) if one["asked"]],
        "weekdays": [
            cast(AskedWeekday, {"weekday": n, "days": asked_on[n], **one})
            for n, one in enumerate(by_weekday)
            if one["asked"]
        ],
        "cells": _cells(cells["issued"], cells["refused"]),
        "origins": _origins(site, wanted, whole, issued, answers, known),
        "districts": known,
        "summary": {},
    }


class _Making:
    """Counts of requests, line by line."""

    def __init__(self, issued: Rows, refused: Rows, causes: Sequence[int]) -> None:
        self._causes = [refused["cause"] == cause for cause in causes]

    def by(self, issued: np.ndarray, refused: np.ndarray, many: int) -> list[Requested]:
        """``issued``, ``refused``: the line of each number and of each refusal."""
        given, turned = np.bincount(issued, minlength=many), np.bincount(refused, minlength=many)
        by_cause = [np.bincount(refused[of], minlength=many) for of in self._causes]
        return [
            {
                "asked": int(given[n] + turned[n]),
                "issued": int(given[n]),
                "refused": int(turned[n]),
                "refused_quota": int(by_cause[0][n]),
                "refused_closed": int(by_cause[1][n]),
                "refused_interruption": int(by_cause[2][n]),
            }
            for n in range(many)
        ]


def _services(whole: Sheet, made: _Making, issued: Rows, refused: Rows) -> list[AskedService]:
    """A line a service, with the name and agency of the last day that had it: one may have moved to another agency."""
    listed, places = whole.dims.services, dict[str, list[int]]()
    for n, one in enumerate(listed):
        places.setdefault(one["id"], []).append(n)
    lines = made.by(issued["service"], refused["service"], max(len(listed), 1))
    rows = []
    for id, own in places.items():
        last, counts = listed[own[-1]], {name: sum(cast(Any, lines[n])[name] for n in own) for name in lines[0]}
        if counts["asked"]:
            named = {"id": id, "agency": last["agency"], "name": _words(last["name"])}
            rows.append(cast(AskedService, named | counts))
    return sorted(rows, key=lambda one: (-one["asked"], one["id"]))


def _words(name: Any) -> dict[str, str]:
    return dict(name) if isinstance(name, Mapping) else {"id": str(name)}


def _days_asked(whole: Sheet, issued: Rows, refused: Rows) -> list[int]:
    """How many of each weekday anybody asked on."""
    days = np.union1d(issued["day"], refused["day"])
    found = [0] * _WEEK
    for n in days:
        found[whole.days[int(n)].weekday()] += 1
    return found


def _cells(issued: np.ndarray, refused: np.ndarray) -> list[AskedCell]:
    return [
        {"weekday": n // _HOURS, "hour": n % _HOURS, "issued": int(issued[n]), "refused": int(refused[n])}
        for n in np.flatnonzero(issued + refused).tolist()
    ]


def _origins(
    site: Site, wanted: Wanted, whole: Sheet, issued: Rows, answers: Answers | None, known: Districts
) -> OriginsTold:
    asks = {one.id for one in site.services.values() if one.origin}
    named = site.origins.districts
    counted = answers.by_origin(wanted.agencies, wanted.agency, wanted.service) if answers else {}
    given = _given(whole, issued, asks, answers.months) if answers else 0
    total, facts = rounded(sum(counted.values())), {one["id"]: one for one in known["districts"]}
    rows = [_row(id, name, rounded(counted.get(id, 0)), total, given, facts[id]) for id, name in named.items()]
    rest = rounded(sum(many for id, many in counted.items() if id not in named))
    return {
        "on": bool(named) and bool(asks),
        "one_in": site.origins.one_in,
        "months": [answers.months.first, answers.months.last] if answers else None,
        "issued": given,
        "answers": total,
        "rows": sorted(rows, key=lambda one: -(one["answers"] or 0)),
        "unlisted": rest,
    }


def _given(whole: Sheet, issued: Rows, asks: set[str], months: Months) -> int:
    """Numbers of the services that ask, in these months."""
    within = np.array([months.begins <= day <= months.ends for day in whole.days] or [False], bool)
    asking = np.array([one["id"] in asks for one in whole.dims.services] or [False], bool)
    return int(np.count_nonzero(within[issued["day"]] & asking[issued["service"]])) if len(issued) else 0


def _row(id: str, name: str, many: int | None, total: int | None, given: int, fact: Any) -> Row:
    """Shares and visits come from the rounded counts, so that they tell no more than these."""
    share = round(many / total, 4) if many is not None and total else None
    visits = round(share * given) if share is not None else None
    people = fact["population"]
    per = round(visits * _PER / people, 1) if visits is not None and people else None
    return {
        "id": id,
        "name": name,
        "answers": many,
        "share": share,
        "visits": visits,
        "distance_km": fact["distance_km"],
        "population": people,
        "visits_per_10000": per,
    }
