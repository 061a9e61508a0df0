"""Followers to try, the processes that run them, and the places where such a process may die."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, event, text, update

from queue_server.domain.fold import Event
from queue_server.followers.follower import Follower, Promise, Sends, Writes
from queue_server.followers.runner import Runner
from queue_server.store import cursors, schema
from queue_server.store.cursors import Position, Standing
from tests.world.hall import SITE, Hall

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


class Died(BaseException):
    """The process is gone: no error handler of it runs, and what it had not committed is rolled back."""


@dataclass
class Fate:
    """Counts the steps of a runner, and ends its process at the one that is told; None: it lives."""

    dies_at: int | None = None
    steps: int = 0

    def step(self) -> None:
        """Here a process may die."""
        self.steps += 1
        if self.steps == self.dies_at:
            raise Died


@dataclass
class World:
    """Outside the database, where nothing can be taken back: what was sent to it, in order."""

    sent: list[Position] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    fate: Fate = field(default_factory=Fate)

    def send(self, revision: list[Event]) -> None:
        """Hear of one revision; the process may die just before or just after."""
        self.fate.step()
        self.sent.append(position(revision))
        self.events += revision
        self.fate.step()

    def follower(self, promise: Promise, *kinds: str) -> Sends:
        """The follower that tells it."""
        return Sends(promise.value, promise, self.send, frozenset(kinds))


def position(revision: list[Event]) -> Position:
    """Where a revision stands; all of its events are there, in order."""
    assert [e.n for e in revision] == list(range(len(revision)))
    return revision[0].epoch, revision[0].revision


def counting(hall: Hall) -> Writes:
    """A follower whose act done twice would be seen: it adds a row for every event."""
    with hall.writer.begin() as conn:
        conn.execute(text("CREATE TABLE counted (epoch INTEGER, revision INTEGER, n INTEGER)"))

    def parts(revision: list[Event]) -> Iterator[Callable[[Connection], None]]:
        def count(conn: Connection) -> None:
            for each in revision:
                values = {"epoch": each.epoch, "revision": each.revision, "n": each.n}
                conn.execute(text("INSERT INTO counted VALUES (:epoch, :revision, :n)"), values)

        yield count

    return Writes("counting", parts, lambda conn, site: ())


def counted(hall: Hall) -> Counter[tuple[int, int, int]]:
    """How often each event was counted."""
    with hall.reader.connect() as conn, conn.begin():
        return Counter(tuple(row) for row in conn.execute(text("SELECT epoch, revision, n FROM counted")))


def runner(hall: Hall, follower: Follower, me: str = "first", fate: Fate | None = None, **options) -> Runner:
    """A process that runs the follower; it dies as its fate says."""
    fate = fate or Fate()

    @contextmanager
    def aside() -> Iterator[Connection]:
        fate.step()
        with hall.perform.aside() as conn, _statements(hall, fate):
            yield conn
            fate.step()
        fate.step()

    options = {"sleep": lambda s: None, "clock": lambda: hall.now} | options
    return Runner(follower, SITE, me, hall.reader, aside, **options)


@contextmanager
def _statements(hall: Hall, fate: Fate) -> Iterator[None]:
    def before(*_: object) -> None:
        fate.step()

    event.listen(hall.writer, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(hall.writer, "before_cursor_execute", before)


def follow(one: Runner) -> None:
    """Until there is nothing left to do."""
    while one.step():
        pass


def expire(hall: Hall) -> None:
    """Time passes: whoever has a lease has it no more."""
    with hall.writer.begin() as conn:
        conn.execute(update(schema.follower).values(until=LONG_AGO))


def standing(hall: Hall, follower: Follower) -> Standing:
    """Where it stands."""
    with hall.reader.connect() as conn, conn.begin():
        return cursors.standing(conn, follower.name, SITE)


def recorded(hall: Hall) -> list[Position]:
    """Every revision of the record, in order."""
    return list(dict.fromkeys((e.epoch, e.revision) for e in hall.events()))
