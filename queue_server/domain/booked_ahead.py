"""Those who have booked and are still to come, as part of the wait of whoever is here already.

A place is booked for a time. Of those whose time falls before a visitor's expected call as many are expected as came of
late (``come_rate``); each takes a turn of the counters that serve both, and with each the call moves on, maybe behind
the next one's time. No more of them are called before the visitor than their turns of the wheel (``order.py``) give.
A place whose time has passed counts no more: mostly nobody comes with it.

On a day without bookings nothing of this is reckoned, and the figure is ``estimate.expected`` to the last bit.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from .site import Class

BOOKED: Class = "booked"
ENOUGH = 20  # places that were used or missed, from which it can be told how many are used
UNTRIED = 0.8  # the part that is used where that is not known
SITE = ""  # stands for all services together


class Due(NamedTuple):
    """Somebody who has booked: in how many seconds they can be in the line, and how many people are expected."""

    in_s: float
    people: float


def expected_with(
    ahead: float, due: Iterable[Due], most: float, expected: Callable[[float], float | None]
) -> float | None:
    """Seconds until the call of a visitor with so many people before them, and with those who come in between.

    ``expected``: seconds by how many are called before (``estimate.expected``). ``most``: of ``due`` no more than that.
    """
    found, more = expected(ahead), 0.0
    for one in sorted(due):
        if found is None or one.in_s > found or more >= most:
            break
        more = min(more + one.people, most)
        found = expected(ahead + more)
    return found


def turns_left(weights: Mapping[Class, int], class_: Class, ahead: float, booked: float) -> float:
    """How many of those who have booked and come later could be called before one of the class.

    Of the turns before the call the wheel gives the class ``booked`` its share, if it comes to that; ``ahead``: so many
    people are called before anyway, ``booked``: so many of the class wait already. None is called before another of
    the same class who is here.
    """
    own, theirs = weights.get(class_, 0), weights.get(BOOKED, 0)
    if class_ == BOOKED or own <= 0 or theirs <= 0:
        return 0.0
    return max(ahead * theirs - booked * (own + theirs), 0.0) / own


def come_rates(went: Mapping[str, tuple[int, int]]) -> Mapping[str, float]:
    """service -> the part of booked places that somebody comes with; ``went``: how many were used, and were missed.

    ``SITE``: of all together, which holds for a service of which too few are known.
    """
    of_all = (sum(used for used, _ in went.values()), sum(missed for _, missed in went.values()))
    return {
        id: used / (used + missed) for id, (used, missed) in {**went, SITE: of_all}.items() if used + missed >= ENOUGH
    }


def come_rate(rates: Mapping[str, float], service: str) -> float:
    """The part of a service's booked places that somebody comes with."""
    return rates.get(service, rates.get(SITE, UNTRIED))
