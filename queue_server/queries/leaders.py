"""What leaders read beside a period's figures: how satisfied visitors were, complaints, and interruptions."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..documents.survey import Ikm
from ..domain.errors import QueueError
from ..domain.site import Site
from ..domain.survey_period import Months, month_of, quarter, quarter_before, quarter_of
from ..store.urn_keys import UrnKeys
from .interruptions import register
from .registers import complaints
from .snapshot import Snapshot
from .survey import Cells, cells, frozen_or_now, survey_day


@dataclass(frozen=True, slots=True)
class Limits:
    """To what the figures are limited. ``agencies``: all that the reader may see, empty means every one.

    ``narrow``: limited to a counter, an hour, an outcome or the like, which no register knows of.
    """

    agencies: frozenset[str] = frozenset()
    agency: str | None = None
    service: str | None = None
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """From a day to a day, both within; ``whole``: from the first of a month to the last of one."""

    first: date
    last: date
    whole: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What the registers tell of one period; None: they cannot tell it of what is asked."""

    ikm: Ikm | None
    complaints: tuple[int, int] | None  # received, done
    interruptions: int | None


def kept(view: Snapshot, keys: UrnKeys, periods: list[Dates], limits: Limits) -> list[Kept]:
    """Of this period and of the one before."""
    of = cells(view, keys)
    surveyed = months_of(periods[0], survey_day(view))
    months = [surveyed, before(periods, surveyed)]
    return [
        Kept(_ikm(view, of, asked, limits), _complaints(view, one, limits), _interruptions(view, one, limits))
        for one, asked in zip(periods, months, strict=True)
    ]


def months_of(asked: Dates, today: date) -> Months:
    """The months that a period's satisfaction is of: its own, if they are whole and over, else the last quarter's."""
    own = Months(month_of(asked.first), month_of(asked.last))
    if asked.whole and own.is_over(today):
        return own
    latest = quarter(quarter_of(min(asked.last, today - timedelta(days=1))))
    return latest if latest.ends <= asked.last and latest.is_over(today) else quarter_before(latest)


def before(periods: list[Dates], surveyed: Months) -> Months:
    """The months beside them."""
    this, earlier = periods
    own = (surveyed.begins, surveyed.ends) == (this.first, this.last)
    return Months(month_of(earlier.first), month_of(earlier.last)) if own else quarter_before(surveyed)


def _ikm(view: Snapshot, of: Cells, months: Months, limits: Limits) -> Ikm | None:
    unit = _unit(view.site, limits)
    if unit is None:
        return None
    try:
        return frozen_or_now(view, of, months, *unit)
    except QueueError:  # of an agency or a service that there never was
        return None


def _unit(site: Site, limits: Limits) -> tuple[str | None, str | None] | None:
    """The one unit whose index is meant, by agency and service; None: there is no such unit."""
    if limits.narrow:
        return None
    named = site.named(limits.service) if limits.service else None
    if limits.service and named is None:
        return None
    agency = limits.agency or (named.agency if named else None)
    if agency is None and limits.agencies:
        if len(limits.agencies) > 1:
            return None
        [agency] = limits.agencies
    if limits.agencies and agency not in limits.agencies:
        return None
    return agency, limits.service


def _mine(limits: Limits) -> frozenset[str] | None:
    """The agencies whose lines are meant, empty means all; None: nobody's."""
    if limits.agency is None:
        return limits.agencies
    return frozenset({limits.agency}) if not limits.agencies or limits.agency in limits.agencies else None


def _complaints(view: Snapshot, asked: Dates, limits: Limits) -> tuple[int, int] | None:
    mine = _mine(limits)
    if limits.narrow or limits.service or mine is None or not asked.whole:
        return None
    found = complaints(view, month_of(asked.first), month_of(asked.last), mine)
    return (found["totals"]["received"], found["totals"]["done"]) if found["complaints"] else None


def _interruptions(view: Snapshot, asked: Dates, limits: Limits) -> int | None:
    mine = _mine(limits)
    if limits.narrow or limits.service or mine is None:
        return None
    return len(register(view, asked.first, asked.last, mine, named=False)["interruptions"])
