"""What is shown of a survey beside its index: the quarters before, who answered, of how many, and what is advised."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..documents.survey import Ikm
from ..domain.survey import PROFILE, sample
from ..domain.survey_period import Months, month_of, next_month, quarter, quarter_before, quarter_of
from ..store import survey
from ..store.urn_keys import UrnKeys
from .snapshot import Snapshot
from .survey import Cells, cells, frozen_or_now, respondents

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Results:
    """A period of a unit, with all that its page and its report tell."""

    months: Months
    ikm: Ikm
    before: Ikm | None  # the quarter before, where the period is a quarter
    quarters: list[tuple[str, Ikm]]  # the last four that are over, the first one first
    profile: Mapping[str, Mapping[str | None, int]]  # of those who answered all nine; None: did not say
    channels: Mapping[str, int]
    wordings: Mapping[str, int]
    cost_scales: Mapping[str, int]
    served: int  # whose visits were finished in the period
    population: int  # in the twelve months before the period's end
    advised: int  # respondents, by Krejcie and Morgan


def results(view: Snapshot, keys: UrnKeys, months: Months, agency: str | None = None) -> Results:
    """Raises ``invalid`` for an agency that there is not, or a period that is not over."""
    of = cells(view, keys)
    found = frozen_or_now(view, of, months, agency, None)
    is_quarter = months.quarter is not None
    answers = [one for one in respondents(view, keys, months) if agency in (None, one.agency)]
    whole = [one for one in answers if one.valid] if found["ikm"] is not None else []
    services = None if agency is None else _services(view, agency)
    population = served(view, months.ends - YEAR + timedelta(days=1), months.ends, services)
    return Results(
        months,
        found,
        frozen_or_now(view, of, quarter_before(months), agency, None) if is_quarter else None,
        [(one, frozen_or_now(view, of, quarter(one), agency, None)) for one in last_quarters(of, months)],
        {name: Counter(one.profile[n] for one in whole) for n, name in enumerate(PROFILE)},
        Counter(one.channel for one in answers),
        Counter(one.wording for one in answers),
        Counter(one.cost_scale for one in answers),
        served(view, months.begins, months.ends, services),
        population,
        sample(population),
    )


def last_quarters(of: Cells, months: Months, many: int = 4) -> list[str]:
    """The names of the quarters up to the period's end, the first one first."""
    found = [quarter_of(months.ends)]
    while len(found) < many:
        found.insert(0, quarter_of(quarter(found[0]).begins - timedelta(days=1)))
    return [one for one in found if quarter(one).is_over(of.today)]


def periods(of: Cells) -> list[tuple[str, Months]]:
    """What may be looked at: (name, months) of quarters and years with answers that are over, the latest first."""
    quarters = sorted({quarter_of(Months(month, month).begins) for month in of.months}, reverse=True)
    found = [(name, quarter(name)) for name in quarters if quarter(name).is_over(of.today)][:4]
    years = sorted({month[:4] for month in of.months}, reverse=True)
    found += [(year, of_year) for year in years if (of_year := Months(f"{year}-01", f"{year}-12")).is_over(of.today)][
        :2
    ]
    if not found and of.months:  # a hall's first months
        first, now = min(of.months), month_of(of.today)
        last = first
        while next_month(last) < now:
            last = next_month(last)
        found = [("first", Months(first, last))]
    return found


def served(view: Snapshot, first: date, last: date, services: Collection[str] | None = None) -> int:
    """How many visits were finished on these days."""
    by_service = survey.served(view.conn, view.site.id, first, last)
    return sum(many for service, many in by_service.items() if services is None or service in services)


def _services(view: Snapshot, agency: str) -> set[str]:
    return {one.id for one in view.site.services.values() if one.agency == agency}
