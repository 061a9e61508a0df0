"""Commands, deaths, expired leases and new histories in any order: every promise holds at the end of it."""

import contextlib
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.commands import officer
from queue_server.domain.errors import QueueError
from queue_server.followers.follower import Promise
from queue_server.followers.stays import FOLLOWER
from queue_server.store import stays
from tests.followers.following import (
    Died,
    Fate,
    World,
    counted,
    counting,
    expire,
    follow,
    recorded,
    runner,
    standing,
)
from tests.world.hall import DEDI, SARI, SITE, Hall
from tests.world.halls import copied, leave, prepare

OFFICERS = {"5": SARI, "6": DEDI}
VERBS = {
    "open": officer.open_counter,
    "call_next": officer.call_next,
    "serve": officer.serve,
    "finish": officer.finish,
    "no_show": officer.no_show,
    "hold": officer.hold,
    "return": officer.return_ticket,
}
ISSUES = st.tuples(st.just("issue"), st.sampled_from(["ktp-cetak", "kk-akta", "ktp-perekaman"]))
WORK = st.tuples(st.sampled_from(sorted(VERBS)), st.sampled_from(sorted(OFFICERS)))
STEPS = st.tuples(st.just("step"), st.sampled_from(["first", "second", "third"]), st.none() | st.integers(1, 25))
TIME = st.tuples(st.sampled_from(["expire", "lose"]), st.none())


class Chance:
    """A hall, four followers, and processes that run them and die."""

    def __init__(self, prepared: tuple, folder: Path) -> None:
        self.hall = Hall(folder / "data", copied(prepared, folder / "data"))
        self.again, self.once, self.deaths = World(), World(), 0
        self.followers = (
            self.again.follower(Promise.AGAIN),
            self.once.follower(Promise.ONCE),
            counting(self.hall),
            FOLLOWER,
        )
        self.begun: set = set(recorded(self.hall))
        follow(runner(self.hall, self.followers[1]))  # it begins here: what was before it is none of its business

    def do(self, act: str, what: str | None, dies_at: int | None = None) -> None:
        """One step of the story."""
        if act == "issue":
            self.hall.issue(what)
        elif act == "step":
            self.step(what, dies_at)
        elif act == "expire":
            expire(self.hall)
        elif act == "lose":  # the database comes back without what was known: a new history begins
            row = self.hall.row()
            self.hall.perform.reached[SITE] = (row.epoch, row.revision + 1)
            self.hall.issue("ktp-cetak")
        else:
            self.work(act, what)

    def work(self, verb: str, counter: str) -> None:
        """An officer's verb, allowed or not."""
        with contextlib.suppress(QueueError):
            self.hall.do(OFFICERS[counter], VERBS[verb], counter)

    def step(self, me: str, dies_at: int | None) -> None:
        """Each follower for itself, in one process that may die in the middle of it."""
        for follower in self.followers:
            fate = self.again.fate = self.once.fate = Fate(dies_at)
            try:
                runner(self.hall, follower, me, fate).step()
            except Died:
                self.deaths += 1
        self.again.fate = self.once.fate = Fate()

    def end(self) -> None:
        """All that live go on to the end; then all is counted."""
        expire(self.hall)
        for follower in self.followers:
            follow(runner(self.hall, follower, "last"))
        record = recorded(self.hall)
        assert list(dict.fromkeys(self.again.sent)) == record, "again: everything, in order"
        assert len(self.again.sent) <= len(record) + self.deaths, "and no more often than somebody died"
        assert self.once.sent == sorted(set(self.once.sent)), "once: never twice, in order"
        missed = set(record) - self.begun - set(self.once.sent)
        assert sum(at[0] == record[-1][0] for at in missed) <= self.deaths, "nor lost but where somebody died"
        assert counted(self.hall) == {(e.epoch, e.revision, e.n): 1 for e in self.hall.events()}
        with self.hall.reader.connect() as conn, conn.begin():
            upto = standing(self.hall, FOLLOWER).cursor
            assert [stays.differences(conn, SITE, day, upto) for day in stays.days(conn, SITE)] == [0]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def prepared(request, tmp_path_factory):
    """A hall on one of the stores, to begin from again and again."""
    cluster = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return prepare(tmp_path_factory, cluster)


def test_whatever_happens_no_follower_breaks_its_promise(prepared, tmp_path):
    few = 6 if prepared[2] else 20

    @settings(max_examples=few, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(ISSUES, WORK, STEPS, STEPS, TIME), min_size=10, max_size=40))
    def play(acts):
        folder = tmp_path / "example"
        story = Chance(prepared, folder)
        try:
            for act in acts:
                story.do(*act)
            story.end()
        finally:
            leave(story.hall, prepared[2])
            shutil.rmtree(folder)

    play()
