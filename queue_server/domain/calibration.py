"""The range that visitors are told: right four times in five, because it is made of how right it was.

Adaptive split conformal prediction (Vovk et al. 2005; Gibbs and Candès 2021, doi 10.48550/arXiv.2106.00170). Each
first call tells what had been expected (``estimate.py``), what was told, and what came: its *score* is the true wait
over the expected one, each with five minutes more, so that being called at once instead of after one minute is no
score of nothing. Of the last 500 scores of a service the range leaves out one tenth on either side; where more fell
out of what was told than that, it leaves out fewer, and the other way round. A service of which too few are known yet
takes the scores of the whole site, a site without any the widest guess that is worth saying.

All of it is a function of those calls. They stand in the record, so a restart, a restore and another process come to
the same range.
"""

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import NamedTuple

RECENT = 500  # calls that tell how right the ranges are: of a service, and of the site for those that have too few
ENOUGH = 60  # of a service, so that it speaks for itself
ANY = 20  # of the site, so that it speaks at all
OUTSIDE = 0.1  # on either side
_LEAST, _MOST = 0.02, 0.4  # how far the part left out may go to meet it
KEPT = RECENT + 50  # so many calls may be undone, and the last RECENT are still known
OFFSET_S = 300.0
SITE = ""  # stands for all services together


class WaitRange(NamedTuple):
    """What a visitor was told at the issue, in seconds: from, to; and the wait that was expected."""

    low_s: int
    high_s: int
    expected_s: int

    def inside(self, waited_s: float) -> bool:
        """Whether a wait was as told."""
        return self.low_s <= waited_s <= self.high_s


class Called(NamedTuple):
    """A first call of one who had been told something; they are ordered by when it was."""

    at: datetime
    ticket: str
    service: str
    score: float  # how many times as long as expected the wait was
    side: int  # -1: it was shorter than told, 1: longer, 0: as told


class Factors(NamedTuple):
    """By what the expected wait is taken, for the two ends of the range."""

    low: float
    high: float

    def around(self, expected_s: float) -> WaitRange:
        """The range around an expected wait."""
        low, high = (max(0.0, (expected_s + OFFSET_S) * factor - OFFSET_S) for factor in self)
        return WaitRange(round(low), max(round(high), round(low) + 1), round(expected_s))


UNTRIED = Factors(0.5, 2.0)  # of a site of which nothing is known yet


def called(at: datetime, ticket: str, service: str, foretold: WaitRange, waited_s: float) -> Called:
    """A call, judged by what was told."""
    side = (waited_s > foretold.high_s) - (waited_s < foretold.low_s)
    return Called(at, ticket, service, (waited_s + OFFSET_S) / (foretold.expected_s + OFFSET_S), side)


def factors(calls: Sequence[Called]) -> Factors:
    """The factors that these calls ask for; ``UNTRIED`` for too few."""
    n = len(calls)
    if n < ANY:
        return UNTRIED
    scores, sides = sorted([call.score for call in calls]), [call.side for call in calls]
    shorter, longer = _left_out(sides.count(-1) / n), _left_out(sides.count(1) / n)
    low = scores[max(ceil((n + 1) * shorter) - 1, 0)]
    high = scores[min(ceil((n + 1) * (1 - longer)), n) - 1]
    return Factors(low, high)


def _left_out(share: float) -> float:
    """The part to leave out on a side from now on, where ``share`` fell out of it of late."""
    return min(max(OUTSIDE + (OUTSIDE - share), _LEAST), _MOST)


@dataclass(frozen=True)
class Scores:
    """The last calls of those who had been told something: of each service, and of the site; the earliest first."""

    of: Mapping[str, tuple[Called, ...]] = field(default_factory=dict)
    known: dict[str, Factors] = field(default_factory=dict, compare=False)  # worked out already

    def factors(self, service: str) -> Factors:
        """Those of a service; of the whole site while it has too few calls of its own."""
        whose = service if len(self.of.get(service, ())) >= ENOUGH else SITE
        if whose not in self.known:
            self.known[whose] = factors(self.of.get(whose, ())[-RECENT:])
        return self.known[whose]

    def after(self, gone: Collection[str], come: Iterable[Called]) -> "Scores":
        """With some more, and without those of the tickets that are ``gone``: a call may be undone."""
        of, more = dict(self.of), list(come)
        touched = {SITE, *(call.service for call in more)} if more else set()
        if gone:
            touched |= {service for service, calls in of.items() if any(call.ticket in gone for call in calls)}
        for whose in touched:
            calls = [call for call in of.get(whose, ()) if call.ticket not in gone]
            for call in more:
                if whose in (SITE, call.service):
                    insort(calls, call)
            of[whose] = tuple(calls[-KEPT:])
        return Scores(of, {whose: known for whose, known in self.known.items() if whose not in touched})

    @property
    def newest(self) -> datetime | None:
        """When the last of these calls was."""
        calls = self.of.get(SITE, ())
        return calls[-1].at if calls else None

    def since(self, at: datetime) -> frozenset[str]:
        """The tickets whose call was then or later."""
        return frozenset(call.ticket for call in self.of.get(SITE, ()) if call.at >= at)
