"""Closed months, for the API and for the public page: each is made once."""

from datetime import timedelta
from functools import partial

from ...house import House
from ...queries.interruptions import register
from ...reports import open_data
from ...reports.calendar import Period, month_of
from ...reports.open_data import Month
from ...reports.performance_cache import Standing, standing
from ...reports.period_reader import of_first

LISTED_DAYS = 400  # months of so many days back are offered; older ones are there all the same


def closed_month(house: House, site: str, name: str) -> Month:
    """A closed month by its name, ``2026-11``. Raises ``not_found`` for one that runs, or of which nothing is known."""
    known, now = house.site(site), house.read(site, standing)
    period = open_data.month_named(name, now.today)
    if period is None:
        house.refuse_unknown()
    if found := house.open_months.get(site, period, now.life):
        return found
    broken = house.read(site, lambda view: register(view, period.first, period.last, named=False))["interruptions"]
    make = partial(of_first, partial(open_data.month, site, period, interruptions=broken))
    found = house.periods.ask(house.reader, known, house.perform.sites, house.off_hub, [period], make)
    if not found.days:
        house.refuse_unknown()
    house.open_months.keep(found, now.life)
    return found


def closed_months(house: House, site: str, now: Standing) -> list[Period]:
    """Those of the last year in which somebody had a number, the latest first."""
    first = month_of(now.today - timedelta(days=LISTED_DAYS)).first
    last = now.today.replace(day=1) - timedelta(days=1)
    found: list[Period] = house.read(site, lambda view: open_data.closed(view.conn, site, first, last))
    return found
