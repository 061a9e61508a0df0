"""Yardsticks of the rule: the smoothed last waits, and the length of the queue over its pace."""

from collections import defaultdict
from statistics import fmean

from tests.estimates.day import Hall, Person


class Smoothed:
    """``A = 0.9·A + 0.1·W``: the waits of those who were called, smoothed; kept from day to day. In seconds."""

    def __init__(self) -> None:
        self.told: dict[int, float | None] = {}
        self._of: dict[str, float] = {}

    def begin(self, hall: Hall) -> None:
        """Nothing is forgotten."""
        self.told = {}

    def issued(self, hall: Hall, one: Person) -> None:
        """Those who come are told what the others had."""
        self.told[one.arrival] = self._of.get(one.service)

    def called(self, hall: Hall, one: Person, waited_s: float) -> None:
        """One wait more."""
        before = self._of.get(one.service, waited_s)
        self._of[one.service] = 0.9 * before + 0.1 * waited_s


class QueueOverPace:
    """How many wait, over how many its counters serve in a second: as most systems that estimate at all do it."""

    def __init__(self) -> None:
        self.told: dict[int, float | None] = {}
        self._lasted: defaultdict[str, list[float]] = defaultdict(list)

    def begin(self, hall: Hall) -> None:
        """The pace is known from the days before."""
        self.told = {}

    def issued(self, hall: Hall, one: Person) -> None:
        """The queue of the service alone, by the counters that serve it and are open."""
        waiting = sum(other.service == one.service for other in hall.waiting.values())
        own = [done.lasted_s for done in hall.done if done.service == one.service][-20:]
        if len(own) >= 5:
            self._lasted[one.service] = own
        desks = sum(desk.open and not desk.resting and one.service in desk.services for desk in hall.desks.values())
        pace = self._lasted[one.service]
        self.told[one.arrival] = waiting * fmean(pace) / desks if pace and desks else None

    def called(self, hall: Hall, one: Person, waited_s: float) -> None:
        """Nothing is learnt."""
