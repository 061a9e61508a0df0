"""The product's rule, looking on: told what a hall records, it tells what visitors would be told."""

from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta
from math import inf
from statistics import median
from typing import NamedTuple

from queue_server.domain.booked_ahead import Due, come_rate, come_rates, expected_with, turns_left
from queue_server.domain.boxes import boxes
from queue_server.domain.calibration import Scores, WaitRange, called
from queue_server.domain.estimate import cycle_time, expected, free_in, line_turn
from queue_server.domain.fold import CounterState
from queue_server.domain.play import Play, lines_of
from queue_server.domain.turns import Caller, Waiting, team
from tests.estimates.day import Desk, Hall, Person
from tests.estimates.world import HALL, OPEN_S, WEIGHTS

_FIRST = datetime(2026, 1, 5, 1, tzinfo=UTC)
_RECENT = 20  # completed tickets that tell a service's pace (``store/tickets.py``)
PROMISED = {id: 60 * round(wanted.mean_s * 1.2 / 60) for id, wanted in HALL.services.items()}  # as offices promise


class Wait(NamedTuple):
    """What one was told, and what came."""

    service: str
    class_: str
    told: WaitRange
    waited_s: float

    @property
    def in_box(self) -> bool:
        """Whether the wait was within the boxes that screens show."""
        low, high = boxes(self.told.low_s, self.told.high_s)
        return low * 60 <= self.waited_s < (high or inf) * 60


class Rule:
    """``frozen_after``: no score is learnt from the calls that follow so many.

    ``sees_booked``: whether those who have booked and are still to come are reckoned with.
    """

    def __init__(self, frozen_after: int | None = None, *, sees_booked: bool = True) -> None:
        self.waits: list[Wait] = []
        self.untold = 0  # issues at which nothing could be said
        self._scores, self._days, self._frozen_after = Scores(), 0, frozen_after
        self._told: dict[int, WaitRange] = {}
        self._lasted: dict[str, deque[float]] = {}
        self._read, self._sees_booked = 0, sees_booked
        self._went: dict[str, tuple[int, int]] = {}  # booked places of the days before: used, missed
        self._today: Hall | None = None

    def freeze(self) -> None:
        """Learn nothing from here on, and forget which waits there were."""
        self.waits, self._frozen_after = [], 0

    def begin(self, hall: Hall) -> None:
        """The paces of a day are its own; the scores go on."""
        for id, (used, missed) in self._today.went.items() if self._today else ():
            before = self._went.get(id, (0, 0))
            self._went[id] = (before[0] + used, before[1] + missed)
        self._today = hall
        self._days += 1
        self._told, self._read = {}, 0
        self._lasted = defaultdict(lambda: deque(maxlen=_RECENT))

    def issued(self, hall: Hall, one: Person) -> None:
        """Tell the newcomer."""
        if (found := self._expected(hall, one)) is None:
            self.untold += 1
        else:
            self._told[one.arrival] = self._scores.factors(one.service).around(found)

    def _expected(self, hall: Hall, one: Person) -> float | None:
        callers = {desk.id: _caller(desk) for desk in hall.desks.values()}
        own = [desk for desk in hall.desks.values() if one.service in desk.services]
        if not any(callers[desk.id].open for desk in own):
            return None
        together = team(one.service, callers.values())
        reached = frozenset().union(*(caller.services for caller in together))
        line = [other for other in hall.waiting.values() if other.service in reached]
        play = Play(WEIGHTS, together, lines_of(Waiting(*other[:3]) for other in line))
        ahead = play.newcomer(one.service, one.class_)
        ahead += play.weight_before(one.service, one.class_, {other.arrival: other.people - 1 for other in line})
        shared = frozenset().union(*(desk.services for desk in own if callers[desk.id].open))
        people = {id: sum(other.people for other in line if other.service == id) for id in shared}
        turn_s = line_turn({id: self._pace(hall, id) for id in shared}, people, one.service)
        frees = [free_in(_state(desk), turn_s or 0, awaited=ahead > 0) for desk in own]
        ends = [at for at in frees if at is not None]
        if not hall.booked or not self._sees_booked:
            return expected(ahead, turn_s, ends)
        booked = sum(other.class_ == "booked" and other.service in shared for other in line)
        most = turns_left(WEIGHTS, one.class_, ahead, booked)
        return expected_with(ahead, self._due(hall, one.service), most, lambda n: expected(n, turn_s, ends))

    def _due(self, hall: Hall, service: str) -> list[Due]:
        """Those who have booked a time that is still to come, as far as they take turns of the service's counters."""
        rates = come_rates(self._went)
        serving = [desk for desk in hall.desks.values() if _state(desk).works]
        due = []
        for place in hall.booked.values():
            theirs = [service in desk.services for desk in serving if place.service in desk.services]
            if any(theirs) and place.slot_s >= hall.now_s:
                people = place.people * come_rate(rates, place.service) * sum(theirs) / len(theirs)
                due.append(Due(place.slot_s - hall.now_s, people))
        return due

    def _pace(self, hall: Hall, service: str) -> float | None:
        for done in hall.done[self._read :]:
            self._lasted[done.service].append(done.lasted_s / done.people)
        self._read = len(hall.done)
        return cycle_time(self._lasted[service], PROMISED[service])

    def called(self, hall: Hall, one: Person, waited_s: float) -> None:
        """Learn from what came."""
        if one.arrival not in self._told:
            return
        told = self._told[one.arrival]
        self.waits.append(Wait(one.service, one.class_, told, waited_s))
        if self._frozen_after is None or len(self.waits) <= self._frozen_after:
            at = _FIRST + timedelta(seconds=self._days * 2 * OPEN_S + hall.now_s)
            self._scores = self._scores.after((), [called(at, str(one.arrival), one.service, told, waited_s)])


def _state(desk: Desk) -> CounterState:
    return CounterState(
        desk.id,
        officer="somebody" if desk.open else None,
        ticket="somebody" if desk.hand else None,
        break_since=_FIRST if desk.resting else None,
    )


def _caller(desk: Desk) -> Caller:
    turn_s = sum(PROMISED[id] for id in desk.services) // len(desk.services)
    return Caller(desk.services, desk.wheel, _state(desk).works, desk.hand is not None, turn_s)


class Figures(NamedTuple):
    """How a service's visitors were told."""

    waits: int
    inside: float  # share of the waits within what was told
    width_s: float  # median, of the range
    error: float  # mean square of true less expected


def figures(waits: list[Wait], service: str) -> Figures:
    """Of one service."""
    own = [one for one in waits if one.service == service]
    inside = sum(one.told.inside(one.waited_s) for one in own) / len(own)
    error = sum((one.waited_s - one.told.expected_s) ** 2 for one in own) / len(own)
    return Figures(len(own), inside, median(one.told.high_s - one.told.low_s for one in own), error)
