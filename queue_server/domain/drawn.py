"""What nobody can know of the next hour, drawn by tables that never change.

A draw hangs on the person that it is for and on the number of the play, and on nothing else: two plays of one number
differ only by what is done in them, and the same hall gives the same answer in every process and at every look.
"""

from collections.abc import Mapping
from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

BREATH_S = 15.0  # between a visitor and the next call
GONE_S = 105.0  # a call that nobody answers: repeated, then given up
AWAY_EVERY_S, AWAY_S = 3 * 3600.0, 15 * 60.0  # an officer is away without a word about so often, for about so long
_QUICKER = 0.12  # by how much officers differ
_FEW = 5  # a pace is never known better than from none, or worse than from so many

_SIZE = 997  # a prime: every stride meets all of a table
_EVEN = tuple((n * 613 % _SIZE + 0.5) / _SIZE for n in range(_SIZE))
_NORMAL = tuple(NormalDist().inv_cdf(_EVEN[n * 384 % _SIZE]) for n in range(_SIZE))


class Turn(NamedTuple):
    """What one person of a service takes: seconds on average, and how much that scatters (deviation over mean).

    ``known_from``: how many visitors told it.
    """

    mean_s: float
    spread: float
    known_from: int = 20


class Drawn:
    """Of one play; ``which`` None: nothing is drawn, all is as on average."""

    def __init__(self, turns: Mapping[str, Turn], missed: float, which: int | None) -> None:
        self._turns, self._missed, self._which = turns, missed, which
        if which is not None:
            self._of = {id: self._paced(turn, n, which) for n, (id, turn) in enumerate(sorted(turns.items()))}
        self._quick: dict[int, float] = {}  # counter -> how many times as long as others its officer takes
        self._away: dict[int, tuple[float, int]] = {}  # counter -> when its officer goes next, for which time

    @staticmethod
    def _paced(turn: Turn, n: int, which: int) -> tuple[float, float, float]:
        """Mean, and the two figures of the lognormal: the pace itself is known from a few, so it is drawn too."""
        variance = log(1 + turn.spread**2)
        off = _NORMAL[(n * 157 + which * 283 + 77) % _SIZE] * turn.spread / sqrt(max(turn.known_from, _FEW))
        return turn.mean_s * exp(off), variance / 2, sqrt(variance)

    def rest_of(self, service: str, people: int, so_far_s: float, n: int) -> float:
        """For how long a counter's visitor still stays."""
        takes = self._takes(service, people, n + 499, n)
        return takes - so_far_s if takes > so_far_s else self._turns[service].mean_s * people / 2

    def from_call_to_call(self, service: str, people: int, who: int, n: int, at: float) -> float:
        """For how long a counter is busy with one whom it calls at that moment."""
        if self._which is None:
            served = (1 - self._missed) * self._turns[service].mean_s * people
            return self._missed * GONE_S + served + BREATH_S
        gone = _EVEN[(who * 31 + self._which * 17) % _SIZE] < self._missed
        return (GONE_S if gone else self._takes(service, people, who, n)) + BREATH_S + self._goes(n, at, self._which)

    def _takes(self, service: str, people: int, who: int, n: int) -> float:
        if self._which is None:
            return self._turns[service].mean_s * people
        mean, half, scale = self._of[service]
        if n not in self._quick:
            self._quick[n] = exp(_QUICKER * _NORMAL[(n * 211 + self._which * 373 + 5) % _SIZE])
        return mean * people * exp(scale * _NORMAL[(who * 101 + self._which * 53) % _SIZE] - half) * self._quick[n]

    def _goes(self, n: int, at: float, which: int) -> float:
        """For how long the officer goes away now; mostly not at all."""
        if n not in self._away:
            self._away[n] = (self._until(n, which, 0), 0)
        due, times = self._away[n]
        if at < due:
            return 0.0
        lasts = AWAY_S * (0.4 + 1.2 * _EVEN[(n * 71 + which * 29 + times * 331) % _SIZE])
        self._away[n] = (at + lasts + self._until(n, which, times + 1), times + 1)
        return lasts

    @staticmethod
    def _until(n: int, which: int, times: int) -> float:
        return -log(_EVEN[(n * 97 + which * 41 + 11 + times * 127) % _SIZE]) * AWAY_EVERY_S
