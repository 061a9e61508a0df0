"""I-11 for telling: however our own commits, others' and the looks fall together, each is told once, in order."""

import random
from types import SimpleNamespace

from structlog.testing import capture_logs

from queue_server.domain.errors import Code, QueueError
from queue_server.live.follow import Follower
from queue_server.queries.news import News


class Record:
    """A site's record as a database would show it, and who commits into it."""

    def __init__(self) -> None:
        self.epoch, self.events, self.told, self.lost = 7, [], [], []
        self.follower = Follower("hall", self.news_after, self.put, lambda *_: None, self.lost.append)
        self.follower.look()

    def news_after(self, site: str, at: tuple[int, int] | None) -> News:
        """As ``queries.news``."""
        if at is None:
            return News(self.epoch, self.revision, [])
        after = at[1] if at[0] == self.epoch else 0
        return News(self.epoch, self.revision, [e for e in self.events if e.revision > after])

    @property
    def revision(self) -> int:
        """Of the newest commit."""
        return self.events[-1].revision if self.events else 0

    def put(self, events: list) -> None:
        """What the site's worker is handed."""
        self.told.append((events[0].epoch, events[0].revision, len(events)))

    def commit(self, ours: bool) -> None:
        """A command of two events, by this process or another."""
        made = [SimpleNamespace(epoch=self.epoch, revision=self.revision + 1, n=n) for n in (0, 1)]
        self.events += made
        if ours:
            self.follower.committed(SimpleNamespace(epoch=self.epoch, revision=made[0].revision, events=made))


def test_every_commit_is_told_once_and_in_order_whatever_comes_between():
    for seed in range(200):
        chance, record = random.Random(seed), Record()
        for _ in range(60):
            what = chance.random()
            record.follower.look() if what < 0.2 else record.commit(ours=what < 0.6)
        record.follower.look()
        assert record.told == [(7, n, 2) for n in range(1, record.revision + 1)], seed


def test_a_commit_of_ours_while_a_look_is_under_way_is_told_once_and_is_no_loss():
    record = Record()
    record.commit(ours=False)

    def slowly(site: str, at: tuple[int, int] | None) -> News:
        seen = record.news_after(site, at)
        record.follower._news_after = record.news_after
        record.follower.look()  # another look overtakes it
        record.commit(ours=True)
        return seen

    record.follower._news_after = slowly
    record.follower.look()
    record.follower.look()
    assert [told[1] for told in record.told] == [1, 2] and not record.lost


def test_a_new_epoch_is_told_from_its_beginning():
    record = Record()
    for _ in range(5):
        record.commit(ours=True)
    record.events, record.epoch = record.events[:4], 8
    record.commit(ours=False)
    record.follower.look()
    assert record.told[-1] == (8, 3, 2) and not record.lost


def test_a_database_that_stands_before_what_was_told_is_reported_and_nothing_is_told():
    record = Record()
    for _ in range(5):
        record.commit(ours=True)
    record.events = record.events[:6]
    record.follower.look()
    assert record.lost == ["hall"] and len(record.told) == 5


def test_a_database_that_is_away_is_said_once_and_without_a_trace_whoever_notices():
    """Also where the follower's own command finds out, as after a standby took over."""
    follower = Follower("a site of its own", None, None, None, None)
    with capture_logs() as logged:
        for _ in range(3):
            follower._say(QueueError(Code.BUSY))
    # Followers of halls that other tests of this process opened may say something in the same moment.
    ours = [line for line in logged if line.get("site") == follower.site]
    assert [(line["event"], line["why"]) for line in ours] == [("follow_waits", "busy")]
