"""A closed month for everybody: one row for each number, in which nobody can be found, and the figures made of them.

UU 14/2008 wants figures to be public, UU 27/2022 that no person is. An attacker who knows service and hour of a visit
finds at least ``LEAST`` rows that fit as well: services that fewer came for stand together, hours that fewer came in
are joined. Rows say no date, number, class, counter or officer, and stand in the order of their content, which is
the order of nothing else. **Every figure of a closed month is made of these rows**, so none tells more than they do.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TypeVar

_T = TypeVar("_T")
LEAST = 10  # rows that fit whatever somebody may know of a visit
LONGEST_MIN = 180  # longer times are written so: of a wait that everybody talked of the day would be known
POOLED = "(other)"  # stands for the services that too few came for
SERVED, NO_SHOW, GIVEN_UP = "served", "no_show", "given_up"
KEPT, BROKEN, NONE = "kept", "broken", ""  # the promise of the service
WITHIN, OUTSIDE = "within", "outside"  # the range of waits that was told with the number
_TENTHS = 10
_HALF, _NINE = 5, 9


@dataclass(frozen=True, slots=True)
class Row:
    """One number; minutes are whole ones, rounded down. None: it was never called, or never served."""

    service: str
    hour_from: int  # the number was taken between the full hours, both of them counted
    hour_to: int
    outcome: str
    wait_min: int | None
    service_min: int | None
    promise: str
    foretold: str = NONE

    def content(self) -> tuple[object, ...]:
        """By what rows are put in order: all of it."""
        times = tuple(-1 if one is None else one for one in (self.wait_min, self.service_min))
        return self.service, self.hour_from, self.hour_to, self.outcome, *times, self.promise, self.foretold


@dataclass(frozen=True, slots=True)
class Figures:
    """What rows come to. Times in whole minutes that were really undercut; None where fewer than ``LEAST`` tell it."""

    numbers: int
    served: int
    no_show: int
    given_up: int
    waits: int
    half_under_min: int | None
    nine_under_min: int | None
    promised: int
    kept: int | None
    kept_percent: int | None  # rounded down: what is not kept in full is not 100
    foretold: int  # called first after a range of waits had been told with the number
    as_told: int | None
    as_told_percent: int | None  # rounded down, too


def anonymous(rows: Iterable[Row]) -> tuple[Row, ...]:
    """A month's rows, made so that nobody is found; none where too few came in all."""
    sums = Tally(rows)  # equal rows together: each is looked at once
    if sums.total() < LEAST:
        return ()
    together = pooled(_counts((row.service, n) for row, n in sums.items()))
    by_service: dict[str, list[tuple[Row, int]]] = {}
    for row, n in sums.items():
        service = POOLED if row.service in together else row.service
        by_service.setdefault(service, []).append((_as(row, service), n))
    banded = [one for own in by_service.values() for one in _banded(own)]
    return tuple(row for row, n in sorted(banded, key=lambda one: one[0].content()) for row in repeat(row, n))


def _counts(found: Iterable[tuple[_T, int]]) -> Tally[_T]:
    sums: Tally[_T] = Tally()
    for one, n in found:
        sums[one] += n
    return sums


def pooled(counts: Mapping[str, int]) -> set[str]:
    """The services (or causes) that stand together: the rare ones, and so many more that they too are not few."""
    smallest_first = sorted(counts, key=lambda id: (counts[id], id))
    found = {id for id in smallest_first if counts[id] < LEAST}
    for id in smallest_first:
        if not found or sum(counts[one] for one in found) >= LEAST:
            break
        found.add(id)
    return found


def _banded(rows: Sequence[tuple[Row, int]]) -> list[tuple[Row, int]]:
    """A service's rows and how many there are of each, neighbouring hours joined until none holds few."""
    counts = _counts((row.hour_from, n) for row, n in rows)
    bands: list[list[int]] = []
    for hour in sorted(counts):
        if bands and sum(counts[one] for one in bands[-1]) < LEAST:
            bands[-1].append(hour)
        else:
            bands.append([hour])
    if len(bands) > 1 and sum(counts[one] for one in bands[-1]) < LEAST:
        last = bands.pop()
        bands[-1] += last
    band_of = {hour: band for band in bands for hour in band}
    return [(_over(row, band_of[row.hour_from]), n) for row, n in rows]


def _over(row: Row, hours: Sequence[int]) -> Row:
    """A row that tells the hours that were joined."""
    return row if len(hours) == 1 else replace(row, hour_from=hours[0], hour_to=hours[-1])


def _as(row: Row, service: str) -> Row:
    """A row of the service that it is told under, its times no longer than is told."""
    wait, spent = (None if one is None else min(one, LONGEST_MIN) for one in (row.wait_min, row.service_min))
    if (service, wait, spent) == (row.service, row.wait_min, row.service_min):
        return row
    return replace(row, service=service, wait_min=wait, service_min=spent)


def figures(rows: Iterable[Row]) -> Figures:
    """What rows come to, of one month or of several."""
    every = list(rows)
    outcomes, promises = Tally(row.outcome for row in every), Tally(row.promise for row in every)
    waits = sorted(row.wait_min for row in every if row.wait_min is not None)
    promised = promises[KEPT] + promises[BROKEN]
    ranges = Tally(row.foretold for row in every)
    foretold = ranges[WITHIN] + ranges[OUTSIDE]
    enough, enough_ranges = promised >= LEAST, foretold >= LEAST
    return Figures(
        numbers=len(every),
        served=outcomes[SERVED],
        no_show=outcomes[NO_SHOW],
        given_up=outcomes[GIVEN_UP],
        waits=len(waits),
        half_under_min=under_for(waits, _HALF),
        nine_under_min=under_for(waits, _NINE),
        promised=promised,
        kept=promises[KEPT] if enough else None,
        kept_percent=promises[KEPT] * 100 // promised if enough else None,
        foretold=foretold,
        as_told=ranges[WITHIN] if enough_ranges else None,
        as_told_percent=ranges[WITHIN] * 100 // foretold if enough_ranges else None,
    )


def under_for(waits: Sequence[int], tenths: int) -> int | None:
    """The fewest whole minutes that so many tenths of the waits (in order) stayed under; None of a few."""
    if len(waits) < LEAST:
        return None
    return waits[-(-len(waits) * tenths // _TENTHS) - 1] + 1


def by_service(months: Sequence[Sequence[Row]]) -> list[tuple[str, Figures]]:
    """The figures of each service, by numbers, ``POOLED`` last: of those that every month names; the rest together."""
    named = [{row.service for row in rows} - {POOLED} for rows in months if rows]
    everywhere = set.intersection(*named) if named else set()
    rows_of: dict[str, list[Row]] = {}
    for row in (row for rows in months for row in rows):
        rows_of.setdefault(row.service if row.service in everywhere else POOLED, []).append(row)
    found = [(id, figures(rows)) for id, rows in rows_of.items()]
    return sorted(found, key=lambda one: (one[0] == POOLED, -one[1].numbers, one[0]))
