"""What would become of those who wait, if something were done: the hall as it stands, played on by its own rules.

The counters turn their real wheels (``order.py``) over the real lines, at the paces that estimates reckon with
(``estimate.py``). Things that nobody can know are drawn (``drawn.py``): how long each visitor takes, how quick an
officer is, when one goes away for a moment, who does not answer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from .drawn import Drawn, Turn
from .site import CLASSES, Class
from .turns import KIND, Turns, wheels


class InLine(NamedTuple):
    """One who waits. ``arrival`` orders them and tells them apart; one still to come has waited less than nothing."""

    arrival: int
    service: str
    class_: Class
    people: int
    waited_s: float


class Coming(NamedTuple):
    """One who will come, as far as that is known: in how many seconds."""

    in_s: float
    service: str
    class_: Class


class Hand(NamedTuple):
    """The visitor at a counter: how many people, and for how many seconds by now."""

    service: str
    people: int
    so_far_s: float


@dataclass(frozen=True, slots=True)
class Post:
    """A counter as it stands; ``free_s``: in how many seconds it calls next, None: it is closed.

    Its visitor in ``hand`` decides instead, if there is one. It is closed again after ``until_s``.
    """

    id: str
    services: frozenset[str]
    pointer: int
    free_s: float | None
    hand: Hand | None = None
    until_s: float | None = None


@dataclass(frozen=True)
class Present:
    """A hall at a moment. ``missed``: the share of calls that nobody answers."""

    weights: Mapping[Class, int]
    posts: tuple[Post, ...]
    waiting: tuple[InLine, ...]
    turns: Mapping[str, Turn]
    coming: tuple[Coming, ...] = ()
    missed: float = 0.0

    def with_post(self, post: Post) -> "Present":
        """With one counter otherwise."""
        return replace(self, posts=tuple(post if one.id == post.id else one for one in self.posts))

    def together(self, services: Collection[str]) -> frozenset[str]:
        """These services, and all that hang together with them by counters that are open."""
        reached, before = set(services), 0
        while len(reached) != before:
            before = len(reached)
            for post in self.posts:
                if post.free_s is not None and not reached.isdisjoint(post.services):
                    reached |= post.services
        return frozenset(reached)

    def of(self, services: frozenset[str]) -> "Present":
        """As far as these services are concerned; each counter keeps its place."""
        return replace(
            self,
            posts=tuple(
                one if not services.isdisjoint(one.services) else replace(one, free_s=None, hand=None)
                for one in self.posts
            ),
            waiting=tuple(one for one in self.waiting if one.service in services),
            coming=tuple(one for one in self.coming if one.service in services),
        )


Waits = Mapping[str, Sequence[float]]  # service -> the waits of those who wait for it now, from their own beginning on


class _Lines:
    """Those who wait, by service and class, the earliest first."""

    def __init__(self, people: Sequence[InLine]) -> None:
        self._of: dict[str, tuple[list[InLine], ...]] = {}
        self._at: dict[str, list[int]] = {}
        self._number = max((one.arrival for one in people), default=0)
        for one in sorted(people):
            self._join(one)

    def _join(self, one: InLine) -> None:
        if one.service not in self._of:
            self._of[one.service], self._at[one.service] = tuple([] for _ in CLASSES), [0] * len(CLASSES)
        self._of[one.service][KIND[one.class_]].append(one)

    def come(self, one: Coming) -> None:
        """One more, behind all others."""
        self._number += 1
        self._join(InLine(self._number, one.service, one.class_, 1, -max(one.in_s, 0.001)))

    def take(self, services: Collection[str], slots_of: Turns, pointer: int) -> tuple[InLine, int] | None:
        """Whom a counter of these services calls, and where its wheel stands then; None: nobody waits for it."""
        first: dict[int, InLine] = {}  # class -> whoever of it came first
        mask = 0
        for service in services:
            if service not in self._of:
                continue
            lines, at = self._of[service], self._at[service]
            for kind, head in enumerate(at):
                if head < len(lines[kind]):
                    one, best = lines[kind][head], first.get(kind)
                    mask |= 1 << kind
                    if best is None or one.arrival < best.arrival:
                        first[kind] = one
        if not mask:
            return None
        slots = slots_of[mask]
        kind, pointer = slots[pointer % len(slots)]
        found = first[kind]  # the wheel gives a class of which somebody waits
        self._at[found.service][kind] += 1
        return found, pointer


def play(hall: Present, which: int | None = None) -> Waits:
    """The waits of all who stand in line, in one play; ``which`` None: everybody takes as long as the mean.

    Those whom no counter ever calls are left out.
    """
    drawn, lines, slots_of = Drawn(hall.turns, hall.missed, which), _Lines(hall.waiting), wheels(hall.weights)
    coming, come, left = sorted(hall.coming), 0, len(hall.waiting)
    pointers, waits = [post.pointer for post in hall.posts], dict[str, list[float]]()
    due = [(at, n) for n, post in enumerate(hall.posts) if (at := _first(post, drawn, n)) is not None]
    heapify(due)
    while due and left:
        at, n = heappop(due)
        post = hall.posts[n]
        if post.until_s is not None and at >= post.until_s:
            continue
        while come < len(coming) and coming[come].in_s <= at:
            lines.come(coming[come])
            come += 1
        taken = lines.take(post.services, slots_of, pointers[n])
        if taken is None:
            if come < len(coming):
                heappush(due, (max(at, coming[come].in_s), n))
            continue
        one, pointers[n] = taken
        if one.waited_s >= 0:
            left -= 1
            waits.setdefault(one.service, []).append(one.waited_s + at)
        heappush(due, (at + drawn.from_call_to_call(one.service, one.people, one.arrival, n, at), n))
    return waits


def _first(post: Post, drawn: Drawn, n: int) -> float | None:
    if post.free_s is None or post.hand is None:
        return post.free_s
    return drawn.rest_of(*post.hand, n)


def within_ninety(waits: Sequence[float]) -> float:
    """The wait within which nine of ten were called (nearest rank)."""
    return sorted(waits)[-(-9 * len(waits) // 10) - 1]
