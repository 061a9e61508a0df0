"""A simulated day, played: people come, counters call by the product's own wheel, somebody looks on and estimates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple, Protocol

from queue_server.domain.order import choose
from queue_server.domain.site import Class
from tests.estimates.world import LATE_S, WEIGHTS, Day, Fate, Place, World, draw


class Person(NamedTuple):
    """One who waits, as the hall knows them."""

    arrival: int
    service: str
    class_: Class
    people: int
    came_s: float


@dataclass(slots=True)
class Desk:
    """A counter, as the hall knows it: an officer who is away without a word is nowhere to be seen here."""

    id: str
    services: frozenset[str]
    wheel: int = 0
    open: bool = False
    resting: bool = False
    hand: Person | None = None
    called_s: float = 0.0  # the last call
    freed_s: float = 0.0  # since when nobody is there


class Done(NamedTuple):
    """A visitor who was served."""

    service: str
    people: int
    lasted_s: float  # from the call to the finish
    finished_s: float


@dataclass
class Hall:
    """All that can be known of a hall at a moment."""

    now_s: float
    desks: dict[str, Desk]
    waiting: dict[int, Person] = field(default_factory=dict)  # by arrival, earliest first
    done: list[Done] = field(default_factory=list)  # of the day, the latest last
    booked: dict[int, Place] = field(default_factory=dict)  # nobody has come with it yet, and it is not over
    went: dict[str, tuple[int, int]] = field(default_factory=dict)  # booked places: how many came, and were missed


class Onlooker(Protocol):
    """It estimates, or counts. Nothing but the hall is shown to them."""

    def begin(self, hall: Hall) -> None:
        """A day begins."""

    def issued(self, hall: Hall, one: Person) -> None:
        """One has come just now, and does not stand in the line yet: what are they told?"""

    def called(self, hall: Hall, one: Person, waited_s: float) -> None:
        """One was called for the first time."""


def play(world: World, days: Iterable[int], *onlookers: Onlooker) -> None:
    """Play the days of these numbers before the onlookers."""
    for number in days:
        _Played(world, draw(world, number), onlookers).run()


class _Played:
    def __init__(self, world: World, day: Day, onlookers: tuple[Onlooker, ...]) -> None:
        self.day, self.onlookers = day, onlookers
        self.hall = Hall(0.0, {id: Desk(id, frozenset(services)) for id, services in world.desks.items()})
        self.ready: dict[str, bool] = dict.fromkeys(world.desks, False)
        self.away = {id: list(shift.away) for id, shift in day.shifts.items()}
        self._due: list[tuple[float, int, str, object]] = []
        self._order = count()
        self.hall.booked = {place.id: place for place in day.booked}

    def run(self) -> None:
        """From the first number to the last visitor."""
        for onlooker in self.onlookers:
            onlooker.begin(self.hall)
        for n, one in enumerate(self.day.arrivals, 1):
            self._at(one.at_s, "comes", Person(n, one.service, one.class_, one.people, one.at_s))
        for desk, shift in self.day.shifts.items():
            self._at(shift.opens_s, "opens", desk)
        for place in self.day.booked:
            self._at(place.slot_s + LATE_S, "is_over", place)
        while self._due:
            self.hall.now_s, _, what, of = heappop(self._due)
            getattr(self, f"_{what}")(of)

    def _at(self, at_s: float, what: str, of: object) -> None:
        heappush(self._due, (at_s, next(self._order), what, of))

    def _fate(self, one: Person) -> Fate:
        return self.day.fates[one.arrival - 1]

    def _is_over(self, place: Place) -> None:
        if self.hall.booked.pop(place.id, None):
            self._went(place.service, 0, 1)

    def _went(self, service: str, came: int, missed: int) -> None:
        before = self.hall.went.get(service, (0, 0))
        self.hall.went[service] = (before[0] + came, before[1] + missed)

    def _comes(self, one: Person) -> None:
        if (place := self.day.came_by.get(one.arrival)) is not None:
            del self.hall.booked[place]
            self._went(one.service, 1, 0)
        for onlooker in self.onlookers:
            onlooker.issued(self.hall, one)
        self.hall.waiting[one.arrival] = one
        if (cancels := self._fate(one).cancels_s) < 1e9:
            self._at(cancels, "cancels", one)
        for desk in self.hall.desks.values():
            if self.ready[desk.id] and one.service in desk.services:
                self._call(desk.id)

    def _cancels(self, one: Person) -> None:
        self.hall.waiting.pop(one.arrival, None)

    def _opens(self, id: str) -> None:
        desk = self.hall.desks[id]
        desk.open, desk.freed_s = True, self.hall.now_s
        self._call(id)

    def _call(self, id: str) -> None:
        """The officer is ready: the next of the wheel, or nobody."""
        desk = self.hall.desks[id]
        desk.resting = False
        own = [one for one in self.hall.waiting.values() if one.service in desk.services]
        choice = choose(WEIGHTS, desk.wheel, {one.class_ for one in own})
        self.ready[id] = choice is None
        if choice is None:
            return
        one = next(one for one in own if one.class_ == choice.class_)
        del self.hall.waiting[one.arrival]
        now, fate = self.hall.now_s, self._fate(one)
        for onlooker in self.onlookers:
            onlooker.called(self.hall, one, now - one.came_s)
        desk.wheel, desk.hand, desk.called_s = choice.pointer, one, now
        gone = fate.leaves_s < now
        lasts = self.day.pauses.uniform(60, 150) if gone else fate.service_s + self.day.pauses.uniform(10, 50)
        if self._goes(id, "in_hand", now):
            lasts += self.away[id].pop(0).lasts_s
        self._at(now + lasts, "missed" if gone else "finishes", id)

    def _goes(self, id: str, how: str, now: float) -> bool:
        away = self.away[id]
        return bool(away) and away[0].at_s <= now and (away[0].how == "in_hand") == (how == "in_hand")

    def _finishes(self, id: str) -> None:
        desk, now = self.hall.desks[id], self.hall.now_s
        if desk.hand is not None:
            self.hall.done.append(Done(desk.hand.service, desk.hand.people, now - desk.called_s, now))
        self._missed(id)

    def _missed(self, id: str) -> None:
        """The counter is free; the officer goes, or calls after a moment."""
        desk, now = self.hall.desks[id], self.hall.now_s
        desk.hand, desk.freed_s = None, now
        pause = self.day.pauses.uniform(3, 30)
        if self._goes(id, "idle", now):
            away = self.away[id].pop(0)
            desk.resting = away.how == "told"
            pause += away.lasts_s
        self._at(now + pause, "call", id)
