"""In which order those who wait would be called if nobody else came: what a visitor's place is.

Not who came before counts but who is called before: each counter turns its own wheel (``order.py``), and counters that
share services take from the same line. So the calls are played out (``play.py``): whoever is free first calls first, a
counter that is at work comes half a turn later, and equals go in the order of the site file. A turn takes what the
counter's services promise on average. The open counters call; for a service that none of them serves all that could.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heapreplace
from typing import NamedTuple

from .fold import CounterState
from .order import choose
from .site import CLASSES, Class, Counter, Site

UNPROMISED_S = 600  # the turn of a service that promises no time
ORDINARY: Class = "regular"  # the class of a newcomer of whom nothing is known
KIND = {class_: n for n, class_ in enumerate(CLASSES)}
Turns = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """A counter, as far as it calls: where its wheel stands, who is at it, and how long one visitor takes."""

    services: frozenset[str]
    pointer: int
    open: bool
    busy: bool
    turn_s: int

    @property
    def free_s(self) -> int:
        """In how many seconds it calls next."""
        return self.turn_s // 2 if self.busy else 0

    def now(self, state: CounterState) -> "Caller":
        """As the counter stands now; the same one where that makes no difference."""
        how = (state.wheel, state.works, state.ticket is not None)
        same = how == (self.pointer, self.open, self.busy)
        return self if same else Caller(self.services, *how, self.turn_s)


class Waiting(NamedTuple):
    """One who waits; ``arrival`` orders them and tells them apart."""

    arrival: int
    service: str
    class_: Class


def turn_s(site: Site, counter: Counter) -> int:
    """How long a counter takes for one visitor: what its services promise, on average."""
    promised = [site.services[s].target_minutes for s in counter.services if s in site.services]
    return sum(60 * minutes if minutes else UNPROMISED_S for minutes in promised) // max(len(promised), 1)


def team(service: str, callers: Iterable[Caller]) -> list[Caller]:
    """The counters that decide when one of the service is called: its own, and all that take from their lines."""
    callers = list(callers)
    nobody = not any(c.open and service in c.services for c in callers)
    able = [c for c in callers if c.open or (nobody and service in c.services)]
    reached, before = {service}, 0
    while len(reached) != before:
        before = len(reached)
        for each in able:
            if not reached.isdisjoint(each.services):
                reached |= each.services
    return [c for c in able if not reached.isdisjoint(c.services)]


def alike(service: str, callers: Collection[Caller], waited_for: Collection[str]) -> frozenset[str] | None:
    """The services whose people stand in one line with this one's, if all who call from it call from all of it.

    A service that nobody waits for parts no counters. None: the counters differ, each has a line of its own.
    """
    present = {service, *waited_for}
    lines = {line for c in callers if (line := c.services & present)}
    mine = {line for line in lines if service in line} or {frozenset({service})}
    shared = mine.pop()
    return None if mine or any(line != shared and line & shared for line in lines) else shared


def newcomer(
    weights: Mapping[Class, int], callers: Collection[Caller], counts: Mapping[Class, int], class_: Class = ORDINARY
) -> int:
    """How many are called before one who comes now, by counters that all call from one line; exact at any length.

    ``counts``: class -> how many stand in that line. While no class runs dry each counter gives every class its weight
    in a turn, so whole turns are skipped.
    """
    if not callers:
        return sum(max(n, 0) for n in counts.values())
    turns, want = wheels(weights), KIND[class_]
    # Fewer than nobody is nobody: a count that is wrong may cost a figure, but this loop must end.
    left = [max(counts.get(c, 0), 0) for c in CLASSES]
    alone, mask = 1 << want, _mask(left)
    if mask == alone:
        return left[want]
    pointers = [c.pointer for c in callers]
    heap = [(c.free_s, n, c.turn_s) for n, c in enumerate(callers)]
    heapify(heap)
    regular_pace, called = len({c.turn_s for c in callers}) == 1, 0
    while mask != alone:
        at, n, turn_s = heap[0]
        if not left[want] and _pick(turns, mask | alone, pointers[n])[0] == want:
            return called
        kind, pointers[n] = _pick(turns, mask, pointers[n])
        left[kind] -= 1
        if not left[kind]:
            mask ^= 1 << kind
        called += 1
        heapreplace(heap, (at + turn_s, n, turn_s))
        if regular_pace and left[want] and called % len(pointers) == 0:
            called += _skip(left, len(pointers), turns[mask])  # somebody of each class is left
    return called + left[want]  # of this class alone, who are called in the order in which they came


def _skip(left: list[int], counters: int, slots: tuple[tuple[int, int], ...]) -> int:
    """Take as many whole turns of all counters from ``left`` as leave somebody of each class; how many were called."""
    share = [0] * len(left)
    start = slots[0][1]
    kind, pointer = slots[start % len(slots)]
    share[kind] += 1
    while pointer != start:  # a wheel comes round
        kind, pointer = slots[pointer % len(slots)]
        share[kind] += 1
    rounds = min((n - 1) // (counters * w) for n, w in zip(left, share, strict=True) if n)
    for kind, w in enumerate(share):
        left[kind] -= rounds * counters * w
    return rounds * counters * sum(share)


def _mask(left: list[int]) -> int:
    return sum(1 << kind for kind, n in enumerate(left) if n)


def _pick(turns: Turns, mask: int, pointer: int) -> tuple[int, int]:
    """Which class a wheel gives, and where it stands afterwards."""
    slots = turns[mask]
    return slots[pointer % len(slots)]


def wheels(weights: Mapping[Class, int]) -> Turns:
    """For each set of classes that wait, as bits: (class, next pointer) at each pointer; all ``choose``'s word."""
    return _wheels(tuple(weights.get(c, 0) for c in CLASSES))


@lru_cache(maxsize=64)
def _wheels(key: tuple[int, ...]) -> Turns:
    weights = dict(zip(CLASSES, key, strict=True))
    table: list[tuple[tuple[int, int], ...]] = [()]
    for mask in range(1, 1 << len(CLASSES)):
        waiting = {c for c, kind in KIND.items() if mask & 1 << kind}
        size = sum(weights[c] or c in waiting for c in CLASSES)
        picked = [choose(weights, pointer, waiting) for pointer in range(size)]
        table.append(tuple((KIND[p.class_], p.pointer) for p in picked if p))
    return tuple(table)
