"""What staff read of a survey beside its index: how far it has come, quick ratings, each agency's services."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from ..documents.survey import Ikm
from ..domain.survey import HIGHEST, LOWEST, sample
from ..domain.survey_period import Months, quarter, quarter_of
from ..domain.survey_told import held_back, is_told
from ..store import survey, urn
from ..store.urn_keys import UrnKeys
from .snapshot import Snapshot
from .survey import ELSEWHERE, Cells, cells, frozen_or_now, survey_day
from .survey_results import YEAR, served

STEP = 5  # of a month that goes on only whole fives are told: nobody sees that one visitor has just answered


@dataclass(frozen=True, slots=True)
class Progress:
    """The quarter that goes on. Of what was said in a month that is not over, nothing is told."""

    quarter: str
    over: dict[str, int]  # month -> respondents, of months that are over
    running: str
    at_least: int  # answers of the running month, whole or not, in whole fives
    population: int  # served in the twelve months up to today
    advised: int  # respondents, by Krejcie and Morgan

    @property
    def many(self) -> int:
        """At least so many in all."""
        return sum(self.over.values()) + self.at_least


@dataclass(frozen=True, slots=True)
class Rated:
    """The quick ratings of a unit in a period. ``scores``: from the worst to the best; none: fewer than ten."""

    id: str | None  # None: the hall
    n: int
    scores: tuple[int, ...] = ()


def progress(view: Snapshot, keys: UrnKeys) -> Progress:
    """How far the quarter has come that today is in."""
    of, today = cells(view, keys), survey_day(view)
    name = quarter_of(today)
    months = [month for month in quarter(name).all if Months(month, month).begins <= today]
    answered = of.by_month()
    population = served(view, today - YEAR + timedelta(days=1), today)
    return Progress(
        name,
        {month: answered.get(month, 0) for month in months[:-1]},
        months[-1],
        _answered(view, keys, months[-1]) // STEP * STEP,
        population,
        sample(population),
    )


def _answered(view: Snapshot, keys: UrnKeys, month: str) -> int:
    sealed = sum(one.kind == "survey" for one in urn.waiting(view.conn, keys, view.site.id, month))
    return sealed + survey.how_many(view.conn, view.site.id).get(month, 0)


def services(view: Snapshot, keys: UrnKeys, months: Months) -> list[Ikm]:
    """Each agency of the hall that somebody answered about, with its services as units."""
    of = cells(view, keys)
    found = [frozen_or_now(view, of, months, agency, None) for agency in view.site.agencies]
    return [one for one in found if one["n"] or one["n_incomplete"]]


def ratings(view: Snapshot, months: Months, agencies: Collection[str] = ()) -> list[Rated]:
    """The hall's first, then each agency's (``agencies``: of these alone); held back as the index's figures are."""
    by_unit: dict[str, Counter[str]] = {}
    scores: dict[str, Counter[int]] = {}
    for month, agency, score, many in _touches(view):
        unit = agency or ELSEWHERE
        by_unit.setdefault(unit, Counter())[month] += many
        if month in months.all:
            scores.setdefault(unit, Counter())[score] += many
    whole, units = Counter[str](), {unit: sum(one.values()) for unit, one in scores.items()}
    for one in by_unit.values():
        whole += one
    untold = [unit for unit in units if unit == ELSEWHERE or not is_told(by_unit[unit], months.all)]
    hidden = held_back(units, untold)
    found = [_rated(None, sum(scores.values(), Counter()), is_told(whole, months.all))]
    for id in view.site.agencies:
        if id in units and (not agencies or id in agencies):
            found.append(_rated(id, scores[id], id not in hidden))
    return found if found[0].n else []


def _rated(id: str | None, scores: Counter[int], shown: bool) -> Rated:
    each = tuple(scores[score] for score in range(LOWEST, HIGHEST + 1)) if shown else ()
    return Rated(id, scores.total(), each)


def _touches(view: Snapshot) -> list[tuple[str, str | None, int, int]]:
    """(month, agency, score, how many) of months that are over."""
    today = survey_day(view)
    found = survey.ratings(view.conn, view.site.id)
    return [one for one in found if Months(one[0], one[0]).is_over(today)]


def quarters(of: Cells) -> list[str]:
    """The quarters that may be closed: over, and somebody answered all nine; the latest first."""
    names = {quarter_of(Months(month, month).begins) for month, many in of.by_month().items() if many}
    return sorted((name for name in names if quarter(name).is_over(of.today)), reverse=True)


def nameable(of: Cells) -> list[str]:
    """The quarters that a register's line may be of, the latest first: this one, and four before."""
    found = [quarter_of(of.today)]
    while len(found) < 5:
        found.append(quarter_of(quarter(found[-1]).begins - timedelta(days=1)))
    return sorted({*found, *quarters(of)}, reverse=True)
