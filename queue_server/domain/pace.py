"""How long one person of a service takes, for playing a hall on: of late, and on the days before.

A visitor is told a range that is right four times in five because it learns from its errors; to compare two ways to go
on, the pace itself must be right. Twenty visitors tell a mean within 13 %, so the days before are heard too.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, pstdev
from typing import NamedTuple

from .drawn import Turn
from .estimate import LONGEST

EARLIER = 60  # the days before count as at most so many visitors of today
_NONE_KNOWN = 0.6  # how much service times scatter where nobody has measured it: deviation over mean
_LEAST, _MOST = 0.3, 1.0


class Pace(NamedTuple):
    """Visitors of a service: how many, their mean in seconds, and its deviation."""

    visitors: int
    mean_s: float
    deviation_s: float

    @classmethod
    def of(cls, lasted_s: Sequence[float]) -> "Pace":
        """Of these, each counted as at most ``LONGEST`` medians: a number left open over lunch tells no pace."""
        if not lasted_s:
            return cls(0, 0.0, 0.0)
        kept = [min(one, LONGEST * median(lasted_s)) for one in lasted_s]
        return cls(len(kept), fmean(kept), pstdev(kept))


def turn(of_late_s: Sequence[float], earlier: Pace, promised_s: float | None) -> Turn | None:
    """What one person takes; None where nothing is known and nothing was promised."""
    late = Pace.of(of_late_s)
    weights = (late.visitors, min(earlier.visitors, EARLIER))
    known = sum(weights)
    if not known:
        return Turn(promised_s, _NONE_KNOWN, 0) if promised_s else None
    mean = (late.mean_s * weights[0] + earlier.mean_s * weights[1]) / known
    if mean <= 0:
        return Turn(promised_s, _NONE_KNOWN, 0) if promised_s else None
    deviation = sqrt((late.deviation_s**2 * weights[0] + earlier.deviation_s**2 * weights[1]) / known)
    return Turn(mean, min(max(deviation / mean, _LEAST), _MOST), known)
