"""Rushes: for one service more people come than its counters take, and a supervisor pulls a lever, or does not.

Written and committed before the rule that is tried on it (``queue_server/domain/suggesting.py``), as ``world.py`` was
before the estimates. Both plays of a rush are of the same people, who take as long, leave and give up at the same
moments; of the same officers, who are as quick and go away at the same moments. Only the lever differs. The rule is
told as little as in a hall: not how long somebody takes, how quick an officer is, silent breaks, a slow system,
when the officer that was asked for really sits down, who will still come.

All times are seconds since the first number of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Literal, NamedTuple

from queue_server.domain.order import choose
from tests.estimates.day import Desk, Done, Hall, Person
from tests.estimates.world import HALL, OPEN_S, WEIGHTS, Arrival, Day, Fate, World, draw

SEED = 20261130
OPENED_FOR_S = 3600.0  # as long as a counter is opened for the rush

RUSH_HALL = World(
    HALL.services,
    {
        "1": ("kk", "akta"),
        "2": ("kk",),
        "3": ("akta",),
        "4": ("paspor", "foto"),
        "5": ("paspor",),
        "6": ("stnk",),
        "7": ("stnk",),
        "8": ("bank",),
        "9": ("paspor", "foto"),
        "10": ("kk", "akta"),
        "11": ("stnk",),
        "12": ("bank",),
    },
)
SPARE = frozenset({"9", "10", "11", "12"})  # closed, unless somebody opens them
OFFICES: Mapping[str, str] = {  # service -> the agency whose counters may serve it
    "kk": "dukcapil",
    "akta": "dukcapil",
    "paspor": "imigrasi",
    "foto": "imigrasi",
    "stnk": "samsat",
    "bank": "bank",
}

How = Literal["open", "serve", "resume"]


class Lever(NamedTuple):
    """What is done: a spare counter opens for an hour, a counter serves these from now on, a break ends."""

    how: How
    desk: str
    services: frozenset[str] = frozenset()


@dataclass(slots=True)
class Spot(Desk):
    """A counter, of which is also known until when its officer said to be away."""

    back_s: float = 0.0


class Rush(NamedTuple):
    """All that is drawn of it before it begins."""

    day: Day
    service: str
    asked_s: float  # when the supervisor looks
    speeds: Mapping[str, float]  # desk -> how many times as long as others its officer takes
    lag_s: float  # until the officer who was asked for sits there


def rush(number: int, seed: int = SEED) -> Rush:
    """The rush of that number: work for one to three hours of a counter comes within 10 to 40 minutes."""
    rng = Random(f"{seed} {number} rush")
    day = draw(RUSH_HALL, number, seed)
    service = rng.choice(list(RUSH_HALL.services))
    begins, lasts = rng.uniform(0.1, 0.8) * OPEN_S, rng.uniform(600, 2400)
    people = rng.uniform(3600, 10800) / RUSH_HALL.services[service].mean_s
    crowd = replace(RUSH_HALL.services[service], an_hour=people * 3600 / lasts)
    more = draw(World({service: crowd}, {}), number, seed + 1)
    coming = [pair for pair in zip(more.arrivals, more.fates, strict=True) if begins <= pair[0].at_s < begins + lasts]
    everybody = sorted([*zip(day.arrivals, day.fates, strict=True), *coming])
    asked_s = begins + lasts * rng.uniform(0.5, 1.2)
    speeds = {desk: rng.lognormvariate(0, 0.12) for desk in RUSH_HALL.desks}
    arrivals, fates = zip(*everybody, strict=True)
    return Rush(day._replace(arrivals=arrivals, fates=fates), service, asked_s, speeds, rng.uniform(60, 480))


@dataclass
class Played:
    """A rush as it goes; ``until`` a moment, then on from there with or without a lever."""

    of: Rush
    hall: Hall = field(init=False)
    waits: dict[int, float] = field(default_factory=dict)  # arrival -> until the first call
    came: list[Arrival] = field(default_factory=list)  # as the hall has recorded them
    missed: int = 0  # calls that nobody answered

    def __post_init__(self) -> None:
        self.hall = Hall(0.0, {id: Spot(id, frozenset(of)) for id, of in RUSH_HALL.desks.items()})
        self._ready = dict.fromkeys(RUSH_HALL.desks, False)
        self._closes_s = dict.fromkeys(RUSH_HALL.desks, float("inf"))
        self._away = {id: list(shift.away) for id, shift in self.of.day.shifts.items()}
        self._turn = dict.fromkeys(RUSH_HALL.desks, 0)  # a counter's call that is due; an earlier one is void
        self._order, self._due = count(), list[tuple[float, int, str, object]]()
        for n, one in enumerate(self.of.day.arrivals, 1):
            self._at(one.at_s, "comes", Person(n, one.service, one.class_, one.people, one.at_s))
        for desk, shift in self.of.day.shifts.items():
            if desk not in SPARE:
                self._at(shift.opens_s, "opens", desk)

    def until(self, at_s: float) -> "Played":
        """Played up to that moment."""
        while self._due and self._due[0][0] <= at_s:
            self.hall.now_s, _, what, of = heappop(self._due)
            getattr(self, f"_{what}")(of)
        self.hall.now_s = max(self.hall.now_s, min(at_s, 1e9))
        return self

    def pull(self, lever: Lever) -> None:
        """Somebody does it: at once what a key does, after a while what a person must walk for."""
        lag_s = 30.0 if lever.how == "serve" else self.of.lag_s
        self._at(self.hall.now_s + lag_s, f"do_{lever.how}", lever)

    def _at(self, at_s: float, what: str, of: object) -> None:
        heappush(self._due, (at_s, next(self._order), what, of))

    def _fate(self, one: Person) -> Fate:
        return self.of.day.fates[one.arrival - 1]

    def _desk(self, id: str) -> Spot:
        desk = self.hall.desks[id]
        assert isinstance(desk, Spot)
        return desk

    def _do_open(self, lever: Lever) -> None:
        self._closes_s[lever.desk] = self.hall.now_s + OPENED_FOR_S
        self._away[lever.desk] = [away for away in self._away[lever.desk] if away.at_s > self.hall.now_s]
        self._opens(lever.desk)

    def _do_serve(self, lever: Lever) -> None:
        self._desk(lever.desk).services = lever.services
        if self._ready[lever.desk]:
            self._call(lever.desk)

    def _do_resume(self, lever: Lever) -> None:
        if self._desk(lever.desk).resting:
            self._turn[lever.desk] += 1
            self._call(lever.desk)

    def _comes(self, one: Person) -> None:
        self.came.append(self.of.day.arrivals[one.arrival - 1])
        self.hall.waiting[one.arrival] = one
        if (cancels := self._fate(one).cancels_s) < 1e9:
            self._at(cancels, "cancels", one)
        for id, desk in self.hall.desks.items():
            if self._ready[id] and one.service in desk.services:
                self._call(id)

    def _cancels(self, one: Person) -> None:
        self.hall.waiting.pop(one.arrival, None)

    def _opens(self, id: str) -> None:
        desk = self._desk(id)
        desk.open, desk.freed_s = True, self.hall.now_s
        self._call(id)

    def _due_call(self, of: tuple[str, int]) -> None:
        if self._turn[of[0]] == of[1]:
            self._call(of[0])

    def _call(self, id: str) -> None:
        """The officer is ready: the next of the wheel, or nobody."""
        desk, now = self._desk(id), self.hall.now_s
        desk.resting = False
        if now >= self._closes_s[id]:
            desk.open, self._ready[id] = False, False
            return
        own = [one for one in self.hall.waiting.values() if one.service in desk.services]
        choice = choose(WEIGHTS, desk.wheel, {one.class_ for one in own})
        self._ready[id] = choice is None
        if choice is None:
            return
        one = next(one for one in own if one.class_ == choice.class_)
        del self.hall.waiting[one.arrival]
        self.waits[one.arrival] = now - one.came_s
        desk.wheel, desk.hand, desk.called_s = choice.pointer, one, now
        fate, own_rng = self._fate(one), Random(f"{one.arrival} {self.of.asked_s}")
        gone = fate.leaves_s < now
        served_s = fate.service_s * self.of.speeds[id] + own_rng.uniform(10, 50)
        lasts = own_rng.uniform(60, 150) if gone else served_s
        if self._goes(id, "in_hand", now):
            lasts += self._away[id].pop(0).lasts_s
        self._at(now + lasts, "missed" if gone else "finishes", id)

    def _goes(self, id: str, how: str, now: float) -> bool:
        away = self._away[id]
        return bool(away) and away[0].at_s <= now and (away[0].how == "in_hand") == (how == "in_hand")

    def _finishes(self, id: str) -> None:
        desk, now = self._desk(id), self.hall.now_s
        if desk.hand is not None:
            self.hall.done.append(Done(desk.hand.service, desk.hand.people, now - desk.called_s, now))
        self._freed(id)

    def _missed(self, id: str) -> None:
        self.missed += 1
        self._freed(id)

    def _freed(self, id: str) -> None:
        """The counter is free; the officer goes, or calls after a moment."""
        desk, now = self._desk(id), self.hall.now_s
        called = desk.hand.arrival if desk.hand else 0
        desk.hand, desk.freed_s = None, now
        pause = Random(f"{called} {self.of.asked_s} pause").uniform(3, 30)
        if self._goes(id, "idle", now):
            away = self._away[id].pop(0)
            desk.resting, desk.back_s = away.how == "told", now + away.lasts_s
            pause += away.lasts_s
        self._turn[id] += 1
        self._at(now + pause, "due_call", (id, self._turn[id]))


def p90(waits: list[float]) -> float:
    """The wait within which nine of ten were called (nearest rank)."""
    return sorted(waits)[-(-9 * len(waits) // 10) - 1]
