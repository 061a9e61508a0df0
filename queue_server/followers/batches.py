"""Parts written in transactions of at most 20 ms, each moving the cursor by the lease's fence."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from ..store import cursors
from ..store.cursors import Position
from .follower import Part, Writes

BATCH_S = 0.02  # the longest that a transaction of a follower keeps commands of its process waiting
REST_S = 0.05  # between two of them, while nobody is at work

Aside = Callable[[], AbstractContextManager[Connection]]
Work = deque[tuple[Part, Position | None]]  # with the last part of a revision, the position after it


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursor of a follower at a site, as the process ``me`` moves it."""

    name: str
    site: str
    me: str
    aside: Aside

    def begin(self, at: Position) -> None:
        """Let the follower begin after a position, unless it has begun."""
        with self.aside() as conn:
            cursors.begin(conn, self.name, self.site, at)

    def move(self, at: Position, to: Position) -> None:
        """Take or renew the lease, and move. Raises Overtaken if the cursor is not ``at``, or somebody else's."""
        with self.aside() as conn:
            cursors.move(conn, self.name, self.site, self.take(conn, at), to)

    def hold(self, at: Position) -> None:
        """Take or renew the lease. Raises as ``move``."""
        with self.aside() as conn:
            self.take(conn, at)

    def take(self, conn: Connection, at: Position) -> int:
        """The lease's fence, in a transaction that is under way. Raises as ``move``."""
        lease = cursors.take(conn, self.name, self.site, self.me)
        if lease is None or lease.cursor != at:
            raise cursors.Overtaken(f"{self.name} at {self.site}")
        return lease.fence

    def write(self, at: Position, work: Work) -> Position:
        """As many parts as fit into a batch, at least one; where the cursor stands then. Raises as ``move``."""
        with self.aside() as conn:
            fence = self.take(conn, at)
            ends = time.monotonic() + BATCH_S
            while work:
                part, done = work.popleft()
                part(conn)
                at = done or at
                if time.monotonic() >= ends:
                    break
            cursors.move(conn, self.name, self.site, fence, at)
        return at


def rebuild(
    follower: Writes, site: str, me: str, reader: Engine, aside: Aside, sleep: Callable[[float], None] = time.sleep
) -> int:
    """Write all that the follower ever wrote at a site anew, beside a server that may be running; of how many parts.

    Its present runner is overtaken. If this is broken off, the follower reads everything again from the beginning.
    """
    cursor = Cursor(follower.name, site, me, aside)
    with aside() as conn:
        cursors.restart(conn, follower.name, site, me)
        follower.afresh(conn, site)
    with reader.connect() as conn, conn.begin():
        seen = cursors.standing(conn, follower.name, site)
        parts: Iterable[Part] = list(follower.whole(conn, site)) if seen else ()
    if seen is None:
        return 0
    work: Work = deque((part, None) for part in parts)
    count = len(work)
    while work:
        cursor.write(cursors.BEGINNING, work)
        sleep(REST_S)
    cursor.move(cursors.BEGINNING, seen.head)
    return count
