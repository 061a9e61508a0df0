"""One simulated day: people come, officers work, err and rest, the server dies, the clock jumps; all from one seed."""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from typing import Any

from queue_server.commands import visitor
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.perform import Key
from tests.trust.days.mall import DEAD, Death, Mall, Said
from tests.trust.days.people import Desk, Phone, Supervisor

#: how many come in each half-hour from the opening, in proportion: a morning peak, a dip at lunch
ARRIVALS = (30, 34, 30, 24, 20, 16, 12, 9, 4, 3, 8, 13, 14, 10, 6, 4)
JUMPS = (
    timedelta(hours=-1),
    timedelta(hours=1),
    timedelta(days=-1),
    timedelta(days=1),
    datetime(1970, 1, 1, 7, tzinfo=UTC),
    datetime(2038, 1, 19, 3, tzinfo=UTC),
)
DIES = 0.01  # of requests
TRIES_AGAIN = 0.08  # of those who asked for a number: the reply was lost, the same key is sent again


class Day:
    """The hall's agenda. Everything that happens is an entry: when, and what."""

    def __init__(self, mall: Mall, on: date, visitors: int, staffed: int, seed: int) -> None:
        self.mall, self.on, self.visitors = mall, on, visitors
        self.chance = random.Random(seed)
        self.zone = mall.site.timezone
        self.true, self.skew = self.at(time(7)), timedelta(0)
        self.end = self.true + timedelta(hours=27)  # when the next morning has begun
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.entries = self.keys = 0
        self.wishes: dict[str, set[str]] = {}
        self.codes: Counter[str] = Counter()  # what people were told
        self.restarts = self.jumps = 0
        self.told = mall.row().revision
        self.kiosk = Actor("kiosk", Role.KIOSK.only, frozenset({mall.id}))
        self.boss = Supervisor(self)
        places = self.chance.sample(list(mall.site.counters.values()), staffed)
        self.desks = [Desk(self, place) for place in places]
        self.phones = Phone(self)

    # -- the agenda

    def at(self, moment: time) -> datetime:
        """A wall-clock time of this day."""
        return datetime.combine(self.on, moment, tzinfo=self.zone)

    def then(self, when: datetime, what: Callable[[], None]) -> None:
        """Enter something."""
        self.entries += 1
        heapq.heappush(self.agenda, (when, self.entries, what))

    def after(self, minutes: float, what: Callable[[], None]) -> None:
        """Enter something that happens so much later."""
        self.then(self.true + timedelta(minutes=minutes), what)

    def run(self) -> None:
        """The whole day, its midnight, and the first number of the next morning."""
        self._arrivals()
        for desk in self.desks:
            self.then(self.at(time(7, 25)) + self.some(0, 60), desk.turn)
        self.then(self.at(time(10)), self.boss.round)
        self._clock_trouble()
        midnight = datetime.combine(self.on + timedelta(days=1), time(0), tzinfo=self.zone)
        for moment in (midnight - timedelta(microseconds=1), midnight, midnight + timedelta(hours=8, minutes=30)):
            self.then(moment, lambda: self.ask(SYSTEM, None, lambda tx: None))
        self.then(midnight + timedelta(hours=9), self.boss.settle)
        self.then(midnight + timedelta(hours=9, minutes=1), self.arrive)
        while self.agenda:
            self.true, _, what = heapq.heappop(self.agenda)
            self.mall.now = self.true + self.skew
            what()

    def some(self, low: float, high: float) -> timedelta:
        """A stretch of time between two numbers of minutes."""
        return timedelta(minutes=self.chance.uniform(low, high))

    def over(self) -> bool:
        """Whether the officers have gone home."""
        return self.true > self.at(time(16, 45))

    # -- what the world does

    def _arrivals(self) -> None:
        for slot, share in enumerate(ARRIVALS):
            begins = self.at(time(7, 45)) + timedelta(minutes=30 * slot)
            for _ in range(self._poisson(self.visitors * share / sum(ARRIVALS))):
                self.then(begins + self.some(0, 30), self.arrive)

    def _poisson(self, mean: float) -> int:
        """Knuth's: how often a uniform number may be multiplied until it is below e^-mean."""
        count, left, limit = 0, self.chance.random(), exp(-mean)
        while left > limit:
            count, left = count + 1, left * self.chance.random()
        return count

    def _clock_trouble(self) -> None:
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            begins = self.at(time(8)) + self.some(0, 7 * 60)
            self.then(begins, self._jump)
            self.then(begins + self.some(2, 25), self._put_right)

    def _jump(self) -> None:
        self.jumps += 1
        how = self.chance.choice(JUMPS)
        self.skew = how if isinstance(how, timedelta) else how - self.true

    def _put_right(self) -> None:
        self.skew = timedelta(0)
        if self.chance.random() < 0.7:
            self.after(1, self.boss.settle)

    def arrive(self) -> None:
        """A visitor takes a number at the kiosk, or at a desk where the kiosk does not give it."""
        service = self.chance.choice(list(self.mall.site.services.values()))
        shares = [{"regular": 8, "priority": 2}.get(c, 3) for c in service.classes]
        class_ = self.chance.choices(service.classes, shares)[0]
        staff = [d.who for d in self.desks if d.place.agency == service.agency]
        who = self.chance.choice(staff) if not service.kiosk and staff and self.chance.random() < 0.9 else self.kiosk
        key = self.new_key(who)
        said = self.issue(who, service.id, class_, key)
        if self.chance.random() < TRIES_AGAIN:
            again = self.issue(who, service.id, class_, key)
            assert (again.code, again.body) == (said.code, said.body), "a retry was answered otherwise"
            if said.ok:
                other = self.ask(who, None, visitor.issue, service.id, key=Key(who.id, key.key, "another body"))
                assert other.code == "idempotency_key_reused"
        if said.ok:
            self.phones.follow(said.body["id"])

    def issue(self, who: Actor, service: str, class_: str, key: Key) -> Said:
        """Ask for a number; what was given is remembered by its key (I-4)."""
        said = self.ask(who, None, visitor.issue, service, class_, key=key)
        if said.ok:
            self.wishes.setdefault(key.key, set()).add(f"{said.body['day']} {said.body['number']}")
        return said

    # -- asking the server

    def new_key(self, who: Actor) -> Key:
        """A wish of one's own."""
        self.keys += 1
        return Key(who.id, f"wish-{self.keys}", "body")

    def ask(self, who: Actor, counter: str | None, command: Any, *args: Any, key: Key | None = None) -> Said:
        """One request; if the server dies of it, it is started and asked again with the same key."""
        key = key or self.new_key(who)
        if self.chance.random() < DIES:
            self.mall.die_next(self.chance.choice(DEAD), self.chance)
        try:
            said = self.mall.ask(who, counter, command, *args, key=key)
        except Death as death:
            if death.args[0] != "the reply":
                assert self._revision() <= self.told + 1, "half a command was kept"  # + 1: the day may have turned
            self.restart()
            said = self.mall.ask(who, counter, command, *args, key=key)
        self.codes[said.code] += 1
        if not said.ok and command is not visitor.issue:
            self._nothing_was_kept()
        self.told = self._revision()
        return said

    def _nothing_was_kept(self) -> None:
        newest = self.mall.last_told
        assert newest is None or newest.revision == self._revision(), "a refusal left something"

    def _revision(self) -> int:
        return self.mall.row().revision

    def restart(self) -> None:
        """The server is started anew: everything goes on."""
        self.restarts += 1
        self.mall.stop()
        self.mall.start()
