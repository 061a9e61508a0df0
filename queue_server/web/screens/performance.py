"""The public page of a hall's performance, and the same figures as a file. Reads no cookie, shows no person."""

import contextlib
import io
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g, request

from ... import formats
from ...domain.errors import Code, QueueError
from ...domain.rounding import percent, under
from ...domain.site import Site
from ...house import House, approach
from ...queries.notices import in_public
from ...queries.seals import last_seal
from ...reports import performance_csv
from ...reports.open_data import COLUMNS
from ...reports.performance import FORMER, OTHERS, PERIODS, WEEK_DAYS, Day, Figures, Performance
from ...reports.performance_cache import PastDays, Standing, read_days, standing
from ...texts import fill
from .orders import rules
from .page_data import page_language
from .published_months import published
from .visit import Visit

_DARKER_FROM_MIN = (5, 15, 30)  # the steps of the hours' colours, the same for every hall and period


def show(visit: Visit) -> dict[str, Any]:
    """``?period=week`` (default), ``month``, ``quarter``; any other is refused as ``invalid``."""
    site, now, shown, counted_at = _figures(visit)
    return {
        "data": visit.data(site=None, texts={}, langs=list(site.languages)),  # it needs no script, so no texts either
        "site": site,
        "notices": visit.house.read(site.id, in_public),
        "told_until": lambda at: _until(site, at, visit.house.clock()),
        "shown": shown,
        "periods": list(PERIODS),
        "counted_at": counted_at.astimezone(site.timezone),
        "running": now.running and now.today in shown.days,
        "longest": max((under(s.figures.p90_s) or 0 for s in shown.spans if s.figures), default=0),
        "hours": range(min((h for _, h in shown.hours), default=0), max((h for _, h in shown.hours), default=-1) + 1),
        "quietest": _quietest(shown),
        "week_days": WEEK_DAYS,
        "former": FORMER,
        "others_id": OTHERS,
        "under": under,
        "percent": percent,
        "orders": rules(site),
        "seal": visit.house.read(site.id, last_seal),
        "date_of": date.fromisoformat,
        "shade": _shade,
        "published": published(visit, site, now),
        "columns": COLUMNS,
        "month_words": _month_words,
        "here": [one for one in (site.complaint.phone, site.complaint.address) if one] if site.complaint else [],
        "others": [one for one in visit.house.settings.sites.values() if one.id != site.id],
    }


def _until(site: Site, at: datetime, now: datetime) -> str:
    """When a notice ends, for the page does not take it away by itself."""
    return formats.ending(at.astimezone(site.timezone), now.astimezone(site.timezone), page_language())


def _month_words(of: str) -> str:
    """``2026-11`` as ``November 2026`` in the page's words; a year as it is."""
    year, _, month = of.partition("-")
    return formats.month_and_year(date(int(year), int(month), 1), page_language()) if month else year


def board(visit: Visit) -> dict[str, Any]:
    """The last week on a wall; its address stands below it."""
    data = visit.data(site=None, texts={})
    site, _, shown, counted_at = figures_of(visit, "week")
    base = urlsplit(visit.house.reach.base(approach()))
    return {
        "data": data,
        "site": site,
        "shown": shown,
        "counted_at": counted_at.astimezone(site.timezone),
        "quietest": _quietest(shown),
        "under": under,
        "percent": percent,
        "address": f"{base.netloc}/{site.id}/performance",
    }


def weekly(visit: Visit) -> Response:
    """The last service days in a few lines, ready to be pasted into a message."""
    visit.data(site=None, texts={})
    site, _, shown, _ = figures_of(visit, "week")
    return Response("\n".join(_lines(visit, site, shown)) + "\n", mimetype="text/plain")


def _lines(visit: Visit, site: Site, shown: Performance) -> Iterator[str]:
    lang, total = page_language(), shown.total
    say = lambda key, **values: fill(g.page_texts[key], values)  # noqa: E731
    if not total.served:
        yield say("headline_none")
    else:
        days = {"first": shown.days[0], "last": shown.days[-1]}
        between = {name: formats.long_date(day, lang) for name, day in days.items()}
        yield say("weekly_head", hall=site.short_name, days=len(shown.days), **between)
        yield say("weekly_served", n=formats.count(total.people, lang))
        if total.median_s is None:
            yield say("headline_few") + "."
        else:
            yield say("weekly_waits", half=under(total.median_s), nine=under(total.p90_s))
        if total.share is not None:
            yield say("weekly_promise", part=f"{percent(total.share)} %")
        yield say("weekly_refused", n=formats.count(total.refused or 0, lang))
    base = f"{visit.house.reach.base(approach())}/{site.id}"
    yield say("weekly_before", url=base)
    yield say("weekly_more", url=f"{base}/performance")


def csv(visit: Visit) -> Response:
    """The figures of a period as open data."""
    site, _, shown, counted_at = _figures(visit)
    file = io.StringIO()
    performance_csv.write(site, shown, counted_at, file)
    name = f"{site.id}-{shown.period}-{counted_at.astimezone(site.timezone):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file.getvalue(), mimetype="text/csv", headers=headers)


def _figures(visit: Visit) -> tuple[Site, Standing, Performance, datetime]:
    """Raises ``not_found`` for a site, ``invalid`` for a period that there is not."""
    period = request.args.get("period", "week")
    if period not in PERIODS:
        raise QueueError(Code.INVALID, field="period")
    return figures_of(visit, period)


def figures_of(visit: Visit, period: str) -> tuple[Site, Standing, Performance, datetime]:
    """A period's figures, where the site stands, and when the running day's were counted. Raises ``not_found``."""
    house = visit.house
    site = house.site(visit.site)
    now = house.read(site.id, standing)
    shown, counted_at = house.performance.performance(site, period, now, partial(_read, house, site), house.off_hub)
    return site, now, shown, counted_at


def _read(house: House, site: Site, days: list[date]) -> list[Day]:
    """The running day, once a minute, in a thread; many days, which take a second or two, in the process beside.

    Where that cannot be had, they are read in a thread too: visitors look at this before they travel.
    """
    url, structures = house.reader.url.render_as_string(hide_password=False), house.perform.sites
    if len(days) > 1:
        with contextlib.suppress(QueueError):
            many: list[Day] = house.periods.run(house.off_hub, PastDays(url, site, structures.build, tuple(days)))
            return many
    found: list[Day] = house.off_hub(read_days, url, site, days, structures.apart())
    return found


def _quietest(shown: Performance) -> tuple[int, int, Figures] | None:
    """The weekday and hour of the shortest waits, where there is more than one to choose from."""
    found = [(weekday, hour, figures) for (weekday, hour), figures in shown.hours.items()]
    return min(found, key=lambda slot: slot[2].median_s or 0) if len(found) > 1 else None


def _shade(figures: Figures) -> int:
    """How dark an hour is drawn, 0 … 3."""
    return sum((under(figures.median_s) or 0) > step for step in _DARKER_FROM_MIN)
