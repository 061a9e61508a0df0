"""The halls whose days are simulated: what comes to them, and what their officers do, drawn by a seed.

Written and committed before the rule that is tried on it (``queue_server/domain/foretelling.py``), so that nobody can
say that the one was fitted to the other. Nothing of a day is known to who estimates but what a real hall records:
not how long a visitor will take, not who has left without a word, not that an officer has gone for a coffee.

All times are seconds since the first number of the day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import log, sqrt
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from queue_server.domain.site import Class

OPEN_S = 7 * 3600  # numbers are given for so long; whoever has one is served
SEED = 20261129
WEIGHTS: Mapping[Class, int] = {"priority": 2, "booked": 1, "regular": 1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A service: how long it takes, how much that scatters, how many ask for it in an ordinary hour."""

    mean_s: float
    spread: float  # standard deviation over mean
    an_hour: float
    booked: float = 0.0  # share that comes with a booking, at any time
    slots: tuple[int, ...] = ()  # places booked for each hour of the day, from the first on


@dataclass(frozen=True, slots=True)
class World:
    """A hall. ``steady``: nobody takes a break, no system is slow, every counter is open from the first minute."""

    services: Mapping[str, Wanted]
    desks: Mapping[str, tuple[str, ...]]  # counter -> the services it calls from
    steady: bool = False


HALL = World(
    {
        "kk": Wanted(420, 0.6, 10),
        "akta": Wanted(600, 0.7, 6),
        "paspor": Wanted(720, 0.5, 4.8, booked=0.25),
        "foto": Wanted(330, 0.6, 5.2),
        "stnk": Wanted(240, 0.6, 20),
        "bank": Wanted(310, 0.9, 8),
    },
    {
        "1": ("kk", "akta"),
        "2": ("kk", "akta"),
        "3": ("kk",),
        "4": ("paspor", "foto"),
        "5": ("paspor", "foto"),
        "6": ("stnk",),
        "7": ("stnk",),
        "8": ("bank",),
    },
)
STEADY = replace(HALL, steady=True)
# The same hall where half of those who want these services have booked: more of the morning than of the afternoon.
BOOKED = replace(
    HALL,
    services={
        **HALL.services,
        "kk": replace(HALL.services["kk"], an_hour=6, slots=(6, 8, 6, 4, 3, 4, 3)),
        "paspor": replace(HALL.services["paspor"], an_hour=2.6, booked=0, slots=(4, 4, 4, 2, 1, 2, 2)),
        "bank": replace(HALL.services["bank"], an_hour=5, slots=(4, 6, 4, 3, 2, 3, 2)),
    },
)
EARLY_S, LATE_S = 30 * 60, 30 * 60  # so long before its time a booked one can be called, so long after it may come


class Arrival(NamedTuple):
    """One who comes, as the hall sees them."""

    at_s: float
    service: str
    class_: Class
    people: int


class Fate(NamedTuple):
    """The unknown part of them: how long they take, when they leave without a word, when they give the number back."""

    service_s: float
    leaves_s: float
    cancels_s: float


class Place(NamedTuple):
    """A booked place, as the hall knows it from the morning on."""

    id: int
    slot_s: float
    service: str
    people: int


class Away(NamedTuple):
    """An officer stops, once done with a visitor, at or after ``at_s``.

    ``how``: "told" (a break that the counter shows), "silent" (nothing shows it), "in_hand" (the visitor was not
    finished in time: the number stays at the counter).
    """

    at_s: float
    lasts_s: float
    how: str


class Shift(NamedTuple):
    """A counter's day."""

    opens_s: float
    away: tuple[Away, ...]


class Day(NamedTuple):
    """All that is drawn of a day before it begins."""

    arrivals: tuple[Arrival, ...]
    fates: tuple[Fate, ...]
    shifts: Mapping[str, Shift]
    pauses: Random  # between one visitor and the next call
    booked: tuple[Place, ...] = ()
    came_by: Mapping[int, int] = MappingProxyType({})  # which of the arrivals (from 1) came by which place


def draw(world: World, number: int, seed: int = SEED) -> Day:
    """The day of that number: the same one for the same seed, whoever looks at it."""
    rng = Random(f"{seed} {number} {world.steady}")
    busy = rng.lognormvariate(0, 0.12)  # some days more come
    places, booked = _booked(world, Random(f"{seed} {number} booked"))
    arrivals = sorted([*(one for id in world.services for one in _arrivals(world, id, busy, rng)), *booked])
    slow = _slow_spells(world, rng)
    fates = tuple(_fate(world.services[one.service], one, slow, rng) for one in arrivals)
    shifts = {desk: _shift(world, rng) for desk in world.desks}
    came_by = {n: booked[one] for n, one in enumerate(arrivals, 1) if one in booked}
    return Day(tuple(arrivals), fates, shifts, Random(f"{seed} {number} pauses"), places, came_by)


def _arrivals(world: World, id: str, busy: float, rng: Random) -> Iterator[Arrival]:
    """Poisson, twice as many in the first hour, a third of the rate over noon, and up to two rushes of a day."""
    wanted = world.services[id]
    rushes = [(rng.uniform(0.1, 0.75) * OPEN_S, rng.uniform(900, 2400), rng.uniform(1.8, 3.5)) for _ in range(2)]
    rushes = [rush for rush in rushes if rng.random() < 0.35]
    most = wanted.an_hour * busy / 3600 * 1.5 * 3.5
    at = rng.expovariate(most)
    while at < OPEN_S:
        rate = wanted.an_hour * busy / 3600 * _of_the_hour(at)
        for begins, lasts, times in rushes:
            rate *= times if begins <= at < begins + lasts else 1
        if rng.random() < rate / most:
            yield Arrival(at, id, _class(wanted, rng), _people(rng))
        at += rng.expovariate(most)


def _booked(world: World, rng: Random) -> tuple[tuple[Place, ...], dict[Arrival, int]]:
    """The places that were booked, and who comes with which: four of five, mostly a quarter of an hour early.

    Those who are there before the place's ``EARLY_S`` stand in the line from then on; those who are too late stay away.
    """
    places: list[Place] = []
    comes: dict[Arrival, int] = {}
    for id, wanted in world.services.items():
        for hour, most in enumerate(wanted.slots):
            for n in range(sum(rng.random() < 0.85 for _ in range(most))):
                place = Place(len(places), 3600.0 * hour + 1800.0 * (n % 2), id, _people(rng))
                places.append(place)
                after_s = rng.gauss(-900, 720)
                if rng.random() < 0.82 and after_s < LATE_S - 1:
                    at = max(place.slot_s + max(after_s, -EARLY_S), 0.0) + rng.random()
                    comes[Arrival(at, id, "booked", place.people)] = place.id
    return tuple(sorted(places, key=lambda one: one.slot_s)), comes


def _of_the_hour(at: float) -> float:
    hour = at / 3600
    return 1.5 if hour < 1 else 0.5 if 4 <= hour < 5 else 0.95


def _class(wanted: Wanted, rng: Random) -> Class:
    drawn = rng.random()
    return "priority" if drawn < 0.12 else "booked" if drawn < 0.12 + wanted.booked else "regular"


def _people(rng: Random) -> int:
    return rng.choice((2, 3, 4, 5)) if rng.random() < 0.05 else 1


def _slow_spells(world: World, rng: Random) -> list[tuple[float, float, float]]:
    """On one day of four the system behind the counters is slow for an hour: (from, to, how many times as long)."""
    if world.steady or rng.random() > 0.25:
        return []
    begins = rng.uniform(0.1, 0.8) * OPEN_S
    return [(begins, begins + rng.uniform(1800, 5400), rng.uniform(1.3, 1.9))]


def _fate(wanted: Wanted, one: Arrival, slow: list[tuple[float, float, float]], rng: Random) -> Fate:
    scale = sqrt(log(1 + wanted.spread**2))
    service_s = wanted.mean_s * rng.lognormvariate(-(scale**2) / 2, scale) * one.people**0.8
    for begins, ends, times in slow:
        service_s *= times if begins <= one.at_s < ends else 1
    leaves = one.at_s + (rng.expovariate(1 / 2400) if rng.random() < 0.08 else 1e9)
    cancels = one.at_s + (rng.expovariate(1 / 1200) if rng.random() < 0.02 else 1e9)
    return Fate(service_s, leaves, cancels)


def _shift(world: World, rng: Random) -> Shift:
    """A break that is told at noon, and up to three that are not."""
    if world.steady:
        return Shift(0.0, ())
    noon = Away(rng.uniform(3.5, 5) * 3600, rng.uniform(900, 2700), "told")
    away = [noon] if rng.random() < 0.8 else []
    for _ in range(3):
        if rng.random() < 0.5:
            how = rng.choice(("silent", "silent", "in_hand"))
            away.append(Away(rng.uniform(0.05, 1) * OPEN_S, rng.uniform(240, 1500), how))
    return Shift(rng.uniform(0, 900), tuple(sorted(away)))
