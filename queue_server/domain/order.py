"""The next visitor: each counter turns its own wheel of Σw slots made from the site's weights (``architecture.md`` 4).

In any full turn of a counter's wheel (Σw slots passed, empty classes skipped) every class waiting throughout is
called exactly w times: nobody starves. Within a class the earliest arrival goes first, across all the counter's
services. Credits shared by counters with different services broke every bound in simulation; a wheel per counter
broke none.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from .site import CLASSES, Class

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """The class to call and where the wheel stands afterwards."""

    class_: Class
    pointer: int


def slots(weights: Mapping[Class, int]) -> tuple[Class, ...]:
    """The wheel: slot n goes, among classes with given ≤ n·w/Σw, to the smallest (given+1)/w.

    Ties go to priority, then regular, then booked.
    """
    return _slots(tuple((c, weights[c]) for c in CLASSES if weights.get(c, 0) > 0))


@lru_cache(maxsize=64)
def _slots(weights: tuple[tuple[Class, int], ...]) -> tuple[Class, ...]:
    total = sum(w for _, w in weights)
    given = {c: 0 for c, _ in weights}
    wheel = []
    for n in range(total):
        due = [(c, w) for c, w in weights if given[c] <= Fraction(n * w, total)]
        chosen = min(due, key=lambda cw: Fraction(given[cw[0]] + 1, cw[1]))[0]  # min keeps the first: the tie rule
        given[chosen] += 1
        wheel.append(chosen)
    return tuple(wheel)


def choose(weights: Mapping[Class, int], pointer: int, waiting: Set[Class]) -> Choice | None:
    """The first slot from ``pointer`` whose class is in ``waiting``; None if nobody waits.

    A class that the site no longer weighs (it was dropped from ``[order]`` in the middle of a day) keeps one slot of
    the turn as long as somebody waits in it: nobody who holds a number is passed over.
    """
    wheel = slots({c: weights.get(c, 0) or (c in waiting) for c in CLASSES})
    for step in range(len(wheel)):
        at = (pointer + step) % len(wheel)
        if wheel[at] in waiting:
            return Choice(wheel[at], (at + 1) % len(wheel))
    return None


def upcoming(weights: Mapping[Class, int], pointer: int, queues: Mapping[Class, Sequence[T]], count: int) -> list[T]:
    """The next ``count`` a counter would call if nobody else came or was called.

    ``queues`` holds, per class, who waits, earliest arrival first.
    """
    taken = dict.fromkeys(queues, 0)
    out: list[T] = []
    while len(out) < count:
        choice = choose(weights, pointer, {c for c in queues if taken[c] < len(queues[c])})
        if choice is None:
            break
        out.append(queues[choice.class_][taken[choice.class_]])
        taken[choice.class_] += 1
        pointer = choice.pointer
    return out
