"""I-13, I-1, I-10: whatever the clock does, a day opens once by an event and numbers begin once; three zones and one
with summer time, eight kinds of jumps, in-process on SQLite without waiting for the disk.
"""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from queue_server.commands import day, officer
from queue_server.domain import day as rule
from queue_server.domain.errors import QueueError
from queue_server.domain.roles import SYSTEM
from queue_server.domain.ticket import ENDED
from tests.trust.days.halls import declared
from tests.trust.days.mall import Mall
from tests.world.declared import redeclared
from tests.world.hall import SARI, SITE, WATI
from tests.world.invariants import Seen, end_of_a_day

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/New_York")
BEGINS = date(2026, 10, 31)  # New York's clocks go back in the night after
STRETCH = 10  # days lived on one database; more would only make looking at it slow
JUMPS = {
    "+1 s": timedelta(seconds=1),
    "-1 s": timedelta(seconds=-1),
    "+1 h": timedelta(hours=1),
    "-1 h": timedelta(hours=-1),
    "+1 d": timedelta(days=1),
    "-1 d": timedelta(days=-1),
    "to 1970": datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC),
    "to 2099": datetime(2099, 6, 1, tzinfo=UTC),
}
#: when people do something: around noon, and around both ends of the day, to the microsecond
MOMENTS = (
    *(time(0), time(0, 0, 0, 1), time(1, 30), time(2, 30), time(8), time(9, 15), time(11), time(12), time(15, 30)),
    *(time(18), time(23, 59, 59, 900_000), time(23, 59, 59, 999_999)),
)
WHAT = "days with a jump, in-process, 4 zones x 8 kinds"


class Days:
    """A hall that is open around the clock, day after day, with its clock now right, now wrong."""

    def __init__(self, place: Path, zone: str, kind: str, begins: date, seed: int) -> None:
        self.chance, self.kind, self.begins = random.Random(f"{seed} {zone} {kind}"), kind, begins
        self.zone, self.skew = ZoneInfo(zone), timedelta(0)
        told = declared()
        lebak = replace(told.sites[SITE], timezone=self.zone, hours=None, holidays={})
        self.true = datetime.combine(begins, time(0), tzinfo=self.zone)
        self.mall = Mall(place, redeclared(told, {SITE: lebak}), self.true, SITE)

    def live(self, days: int) -> int:
        """So many days, one jump in each; how many were lived through."""
        for n in range(days):
            on = self.begins + timedelta(days=n)
            wrong, right = sorted(self.chance.sample(range(len(MOMENTS)), 2))
            for at, moment in enumerate(MOMENTS):
                self.true = datetime.combine(on, moment, tzinfo=self.zone).astimezone(UTC)
                if at == wrong:
                    jump = JUMPS[self.kind]
                    self.skew = jump if isinstance(jump, timedelta) else jump - self.true
                if at == right:
                    self.skew = timedelta(0)
                    self.settle()
                self.step()
        return days

    def step(self) -> None:
        """Somebody does something; the day is the one that it must be, before and after."""
        self.mall.now = self.true + self.skew
        before = self.mall.row()
        expected = self.due(before)
        self.mall.do(SYSTEM, lambda tx: None)  # what the timer does
        after = self.mall.row()
        assert after.day == expected, (before.day, before.last_at, self.mall.now)
        if after.day != before.day:
            assert all(t.state in ENDED for t in self.mall.tickets()), "midnight left somebody waiting"
            assert not any(c.officer or c.ticket for c in self.mall.counters().values())
            following = self.next_number(after.day)
            assert self.mall.issue("ktp-cetak").number == following, "numbers began wrongly"
        self.visit()

    def due(self, row) -> date:
        """The day that must be open now: by the clock if it is believed, and never an earlier one."""
        now = self.mall.now
        if row.last_at is not None and not row.last_at <= now <= row.last_at + timedelta(days=31):
            return row.day
        return max(row.day, now.astimezone(self.zone).date())

    def next_number(self, on: date) -> str:
        """One above what that day has given: a day that was open before goes on."""
        return f"J{sum(t.day == on and t.series == 'ktp-cetak' for t in self.mall.tickets()) + 1:03d}"

    def visit(self) -> None:
        """The first who came is called first, whatever the clock said when they came."""
        counter = self.mall.counter("5")
        if counter.officer is None:
            self.mall.do(SARI, officer.open_counter, "5")
        self.mall.issue("ktp-cetak")
        if counter.ticket is None:
            waiting = [t for t in self.mall.tickets() if t.state.value == "waiting"]
            self.mall.do(SARI, officer.call_next, "5")
            first = min(
                waiting + [t for t in self.mall.tickets() if t.state.value == "called"], key=lambda t: t.arrival
            )
            assert self.mall.at_hand("5") == first.number, "called out of turn"
            return
        verb = self.chance.choice((officer.serve, officer.finish, officer.hold, officer.no_show, officer.return_ticket))
        try:
            self.mall.do(SARI, verb, "5")
        except QueueError:
            return  # not in this state

    def settle(self) -> None:
        """The clock is right again; half of the time a supervisor says so, and a false future day is corrected."""
        if self.chance.random() < 0.5:
            self.mall.now = self.true
            today = self.true.astimezone(self.zone).date()
            self.mall.do(WATI, day.confirm_day, today)
            assert self.mall.row().day == today

    def check(self) -> None:
        """All invariants at the end (I-1, I-10 and I-13 above all)."""
        mall = self.mall
        end_of_a_day(Seen(mall.tickets(), mall.events(), dict(mall.counters()), mall.row()), mall.site, mall.rows())
        assert {e.kind for e in mall.events()} >= {"day_opened", "day_closed", "expired"}


@pytest.fixture
def tried(tmp_path) -> Callable[..., Iterator[int]]:
    """Lives so many days in each zone with each kind of jump, in stretches; tells of each how long it was."""

    def go(days: int, seed: int, kinds: Iterable[str] = tuple(JUMPS), zones: Iterable[str] = ZONES) -> Iterator[int]:
        places = (tmp_path / str(n) for n in count())
        for zone, kind, done in product(zones, kinds, range(0, days, STRETCH)):
            place, begins = next(places), BEGINS + timedelta(days=done)
            lived = Days(place, zone, kind, begins, seed)
            yield lived.live(max(2, min(STRETCH, days - done)))  # the first of two is seen to end
            lived.check()
            lived.mall.stop()
            shutil.rmtree(place)

    return go


@pytest.mark.night
def test_no_jump_of_the_clock_breaks_a_day(tried, figure):
    row = figure("F12", WHAT)
    days = row.size(ci=2, night=400)
    with row.bar(days * len(ZONES) * len(JUMPS)) as step:
        for lived in tried(days, row.seed):
            row.count(lived)
            step(lived)


def test_control_a_clock_that_is_always_believed_is_noticed(tried, figure, monkeypatch):
    """Days that go back by themselves, and one in 2099 that none will ever follow."""
    monkeypatch.setattr(rule, "clock_suspect", lambda last_at, now: False)
    monkeypatch.setattr(rule, "day_due", lambda open_day, last_at, site, now: _another(open_day, site, now))
    monkeypatch.setattr(day, "day_due", rule.day_due)
    caught = []
    for kind in ("-1 d", "to 1970", "to 2099"):
        with pytest.raises(AssertionError):
            list(tried(3, 1, kinds=(kind,), zones=ZONES[:1]))
        caught.append(kind)
    figure("F12", WHAT).caught("a clock that is always believed", f"a wrong day opened: {', '.join(caught)}")


def _another(open_day: date | None, site, now: datetime) -> date | None:
    today = rule.local_date(site, now)
    return today if today != open_day else None
