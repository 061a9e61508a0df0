"""The public figures as open data: one line for the period, each day or week, each hour, each service."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from ..domain.rounding import percent, under
from ..domain.site import WEEKDAYS, Site
from .export import safe
from .performance import FORMER, OTHERS, Figures, Performance

_UNNAMED = {FORMER: "(former)", OTHERS: "(other)"}

COLUMNS = (
    *("site", "period", "counted_at", "what", "from", "to", "weekday", "hour", "service", "name", "note"),
    *("issued", "served", "refused", "waits", "wait_median_s", "wait_p90_s", "half_under_min", "nine_of_ten_under_min"),
    *("promised", "within_promise", "within_promise_percent"),
    *("within_promise_without", "within_promise_without_percent", "left_out_s", "people"),
    *("told", "as_told", "as_told_percent"),
)


def write(site: Site, shown: Performance, counted_at: datetime, file: IO[str]) -> None:
    """The same figures as the page."""
    out = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    out.writeheader()
    same = {"site": site.id, "period": shown.period, "counted_at": counted_at.astimezone(site.timezone).isoformat()}
    for line in _lines(site, shown):
        out.writerow({name: safe(cell) for name, cell in (same | line).items()})


def _lines(site: Site, shown: Performance) -> Iterator[dict[str, Any]]:
    whole = _dates(shown.days[0], shown.days[-1]) if shown.days else {}
    yield {"what": "total", **whole, **_cells(shown.total)}
    for span in shown.spans:
        what = "week" if shown.period == "quarter" else "day"
        note = {"note": span.holiday or "no_service"} if span.figures is None else _cells(span.figures)
        yield {"what": what, **_dates(span.first, span.last), **note}
    for (weekday, hour), found in shown.hours.items():
        yield {"what": "hour", **whole, "weekday": WEEKDAYS[weekday], "hour": hour, **_wait(found)}
    for id, found in shown.services:
        name = site.services[id].name["id"] if id in site.services else ""
        yield {"what": "service", **whole, "service": _UNNAMED.get(id, id), "name": name, **_cells(found)}


def _dates(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def _wait(found: Figures) -> dict[str, Any]:
    return {
        "waits": found.waits,
        "wait_median_s": found.median_s,
        "wait_p90_s": found.p90_s,
        "half_under_min": under(found.median_s),
        "nine_of_ten_under_min": under(found.p90_s),
    }


def _cells(found: Figures) -> dict[str, Any]:
    counts = {"issued": found.issued, "served": found.served, "refused": found.refused}
    promise = {"promised": found.promised, "within_promise": found.kept, "within_promise_percent": percent(found.share)}
    without = {"within_promise_without": found.kept_without, "left_out_s": found.left_out_s}
    without["within_promise_without_percent"] = percent(found.share_without)
    foretold = {"told": found.foretold, "as_told": found.as_told, "as_told_percent": percent(found.share_told)}
    return counts | _wait(found) | promise | without | {"people": found.people} | foretold
