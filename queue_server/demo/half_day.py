"""A half-day of believable visitors at one mall, told by the same commands that everybody uses."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count

from ..commands import officer, visitor
from ..domain.errors import QueueError
from ..domain.roles import Actor, Role
from ..domain.site import Counter, Site
from ..perform import Performer
from ..store import counters, tickets
from ..store.transaction import Transaction

_VISITORS_PER_COUNTER = 12
_PRIORITY = 0.15
_MISSED = 0.06  # of calls that nobody answers
_LEFT_CLOSED = "imigrasi"  # whoever tries the demo opens these counters: people are waiting there
_WHY_CLOSED = "Apel bersama"  # as its officers would write it: people wait
_CLOSED_FOR = timedelta(minutes=35)
_LAST_CALL = timedelta(seconds=90)  # before the demo begins

Step = tuple[datetime, Callable[[], object]]  # what is done, and when; a list that it returns are steps that follow


class PastClock:
    """The clock of the half-day that is told before the demo begins; it only goes forward."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The told time (UTC)."""
        return self.at


def half_day(perform: Performer, site: Site, clock: PastClock, now: datetime, officers: dict[str, Actor]) -> None:
    """Visitors arrive and officers serve them from the clock's time until ``now``; the seed is the site's id."""
    chance = random.Random(site.id)
    kiosk = Actor("demo-kiosk", Role.KIOSK.only, frozenset({site.id}))
    steps: list[Step] = []
    idle: list[_Counter] = []
    for counter in site.counters.values():
        until = max(now - _CLOSED_FOR, clock.at) if counter.agency == _LEFT_CLOSED else now - _LAST_CALL
        one = _Counter(perform, site, counter, officers[counter.id], kiosk, clock, clock.at, now, until, chance, idle)
        steps += one.steps()
    order = count()
    due = [(at, next(order), step) for at, step in steps]
    heapify(due)
    while due:
        at, _, step = heappop(due)
        clock.at = max(clock.at, at)
        try:
            following = step()
        except QueueError:
            continue  # a full quota, nothing to finish: as in any real hall
        for at, step in following if isinstance(following, list) else ():
            heappush(due, (at, next(order), step))


@dataclass(frozen=True, slots=True, eq=False)
class _Counter:
    """One counter's share of the half-day."""

    perform: Performer
    site: Site
    counter: Counter
    who: Actor
    kiosk: Actor
    clock: PastClock
    start: datetime
    now: datetime
    until: datetime  # nobody is called from then on
    chance: random.Random
    idle: list["_Counter"]  # of all counters those that found nobody waiting

    def steps(self) -> Iterator[Step]:
        """All that happens here, in no order."""
        yield self.start, self._act(officer.open_counter)
        yield from self._arrivals()
        yield self._first_call()
        if self.counter.agency == _LEFT_CLOSED:
            yield from ((self.until, self._act(c)) for c in (officer.serve, officer.finish))
            yield self.until, self._act(officer.close_counter, _WHY_CLOSED)

    def _act(self, command: Callable, *args: object) -> Callable[[], object]:
        return lambda: self.perform(self.site.id, lambda tx: command(tx, self.counter.id, *args), actor=self.who)

    def _arrivals(self) -> Iterator[Step]:
        span_s = (self.now - self.start).total_seconds()
        for n in range(_VISITORS_PER_COUNTER):
            late = n % 3 == 0  # every third comes towards the end, so that people are waiting when the demo begins
            at_s = (
                self.chance.uniform(span_s * 0.85, span_s) if late else self.chance.triangular(0, span_s, span_s * 0.4)
            )
            yield self.start + timedelta(seconds=at_s), self._issue(self.chance.choice(self.counter.services))

    def _issue(self, service: str) -> Callable[[], list[Step]]:
        priority = "priority" in self.site.offered(service) and self.chance.random() < _PRIORITY
        issuer = self.kiosk if self.site.services[service].kiosk else self.who
        class_ = "priority" if priority else "regular"

        def step() -> list[Step]:
            self.perform(self.site.id, lambda tx: visitor.issue(tx, service, class_), actor=issuer)
            return self._noticed(service)

        return step

    def _noticed(self, service: str) -> list[Step]:
        """Idle officers of the service look up in a moment: asking every few seconds took most of the demo's start."""
        looking = [one for one in self.idle if service in one.counter.services]
        self.idle[:] = [one for one in self.idle if one not in looking]
        return [one._call_at(self.clock.at + timedelta(seconds=self.chance.uniform(2, 30))) for one in looking]

    def _first_call(self) -> Step:
        return self._call_at(self.start + timedelta(seconds=self.chance.uniform(60, 900)))

    def _call_at(self, at: datetime) -> Step:
        return at, lambda: self._call(at)

    def _call(self, at: datetime) -> list[Step]:
        """The next visitor is called, with all that follows; if nobody waits, the officer is idle."""
        if at >= self.until:
            return []
        self._act(officer.call_next)()
        with self.perform.engine.connect() as conn, conn.begin():
            state = counters.get(conn, self.site.id, self.counter.id)
        if state is None or state.ticket is None:
            self.idle.append(self)
            return []
        visit = self._missed(at) if self.chance.random() < _MISSED else self._served(at)
        after = visit[-1][0] + timedelta(seconds=self.chance.uniform(5, 120))
        return [*(step for step in visit if step[0] < self.until), self._call_at(after)]

    def _served(self, at: datetime) -> list[Step]:
        target_s = (self.site.services[self.counter.services[0]].target_minutes or 10) * 60
        walk_s, work_s = self.chance.uniform(12, 60), target_s * self.chance.lognormvariate(-0.25, 0.45)
        begins = at + timedelta(seconds=walk_s)
        ends = begins + timedelta(seconds=work_s)
        finish = self._act(_finish, self.chance)
        return [(begins, self._act(officer.serve)), (ends, finish)]

    def _missed(self, at: datetime) -> list[Step]:
        verbs = (officer.recall, officer.recall, officer.no_show)
        return [(at + timedelta(seconds=50 * n), self._act(verb)) for n, verb in enumerate(verbs, 1)]


def _finish(tx: Transaction, counter: str, chance: random.Random) -> None:
    """Finish, with an outcome where the service has them: mostly the first."""
    state = counters.get(tx.conn, tx.site_id, counter)
    ticket = tickets.by_id(tx.conn, state.ticket) if state and state.ticket else None
    outcomes = tx.config.services[ticket.service].outcomes if ticket else ()
    chosen = (outcomes[0] if chance.random() < 0.8 else chance.choice(outcomes)) if outcomes else None
    officer.finish(tx, counter, chosen)
