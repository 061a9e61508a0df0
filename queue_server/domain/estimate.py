"""How long a visitor will still wait: a range that is right about four times in five, or nothing at all.

The arithmetic. With ``c`` counters at work and a visitor taking ``T`` seconds of one on average, somebody leaves every
``T/c`` seconds. A visitor with ``a`` people ahead is called at the (a+1)-th departure from now, of which the next one
may come at once or take a whole turn: between ``a`` and ``a+1`` turns on average. Service times scatter; the sum of
``n`` of them scatters by ``spread·√n`` turns, and 1.28 times that on either side holds 8 of 10 outcomes. So

    low  = a·T/c     − 1.28·spread·√a·T/c        (never below 0)
    high = (a+1)·T/c + 1.28·spread·√(a+1)·T/c

It does not know the visitors who come later and are called ahead, nor the counter that opens or closes. So it is a
range, is recomputed at every change, and is silent where no counter serves.
"""

from collections.abc import Sequence
from math import ceil, floor, sqrt
from statistics import fmean, median

SPREAD = 0.6  # standard deviation of a service time over its mean; measured desks lie between 0.4 and 0.9
_EIGHT_IN_TEN = 1.28  # standard deviations on either side
ENOUGH = 5  # recent visitors from which a pace can be told
LONGEST = 3  # times the median: a ticket left open over lunch counts as no more than that


def estimate(ahead: float, cycle_s: float | None, counters: int) -> tuple[int, int] | None:
    """Return (low, high) seconds until the call of a visitor with ``ahead`` people before them, or None.

    ``cycle_s``: seconds of a counter's time one visitor takes (:func:`cycle_time`). ``ahead`` counts everybody who is
    called before, as the wheels turn (``turns.py``), ``counters`` those that work on this queue; None is answered when
    none does, or when the pace is unknown.
    """
    if cycle_s is None or cycle_s <= 0 or counters <= 0:
        return None
    turn_s, ahead = cycle_s / counters, max(0.0, ahead)
    low = ahead - _EIGHT_IN_TEN * SPREAD * sqrt(ahead)
    high = ahead + 1 + _EIGHT_IN_TEN * SPREAD * sqrt(ahead + 1)
    return max(0, floor(low * turn_s)), ceil(high * turn_s)


def cycle_time(recent_s: Sequence[float], target_s: float | None) -> float | None:
    """Tell the pace of a service: the seconds of a counter's time (from call to finish) one visitor takes.

    The mean of the recent ones if there are at least ``ENOUGH`` (a queue's length is governed by the mean, not by the
    median, which rare long visits do not move), each counted as at most ``LONGEST`` medians; else the target the
    service promises; else None.
    """
    if len(recent_s) < ENOUGH:
        return target_s
    longest = LONGEST * median(recent_s)
    return fmean(min(duration, longest) for duration in recent_s) or target_s
