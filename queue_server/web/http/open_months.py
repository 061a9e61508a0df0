"""Closed months, for the API and for the public page: each is made once, beside the server."""

from collections.abc import Sequence
from datetime import timedelta

from ...house import House
from ...reports import open_data
from ...reports.calendar import Period, month_of
from ...reports.open_document import UNITS
from ...reports.open_months import Closed, Question
from ...reports.performance_cache import Standing, standing

LISTED_DAYS = 400  # months of so many days back are offered; older ones are there all the same


def closed_month(house: House, site: str, name: str) -> Closed:
    """A closed month by its name, ``2026-11``. Raises ``not_found`` for one that runs, or of which nothing is known."""
    house.site(site)
    now = house.read(site, standing)
    period = open_data.month_named(name, now.today)
    if period is None:
        house.refuse_unknown()
    return together(house, site, [period], now)


def together(house: House, site: str, months: Sequence[Period], now: Standing) -> Closed:
    """What closed months come to together. Raises ``not_found`` where nothing is known of any."""
    found = house.open_months.of(site, months, now.life, lambda: _made(house, site, months))
    if not found.days:
        house.refuse_unknown()
    return found


def _made(house: House, site: str, months: Sequence[Period]) -> Closed:
    known, first, last = house.site(site), months[0].first, months[-1].last
    if not house.read(site, lambda view: open_data.closed(view.conn, site, first, last)):
        house.refuse_unknown()  # for that no process need be started
    rows = house.texts.sections["performance"]
    meanings = {name: dict(rows[f"column_{name}"]) for name in UNITS}
    url = house.reader.url.render_as_string(hide_password=False)
    question = Question(url, known, house.perform.sites.build, tuple(months), meanings)
    found: Closed = house.periods.run(house.off_hub, question)
    return found


def closed_months(house: House, site: str, now: Standing) -> list[Period]:
    """Those of the last year in which somebody had a number, the latest first."""
    first = month_of(now.today - timedelta(days=LISTED_DAYS)).first
    last = now.today.replace(day=1) - timedelta(days=1)
    found: list[Period] = house.read(site, lambda view: open_data.closed(view.conn, site, first, last))
    return found
