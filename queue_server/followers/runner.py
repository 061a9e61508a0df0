"""One follower at one site, run by one process at a time: reads whole revisions after the cursor, acts, moves it.

Nothing is written while there is nothing to do: the lease is taken with the first revision and ends by itself 15 s
after the last one. A runner that dies is replaced by whichever process looks then; one that was overtaken (it was
stopped for long, or the database's clock jumped) cannot move the cursor any more, by the lease's fence.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import Connection, Engine

from ..domain.errors import QueueError
from ..domain.fold import Event
from ..store import cursors, events
from ..store.cursors import Position, Standing
from ..store.database_errors import code_of
from .batches import REST_S, Aside, Cursor, Work
from .follower import Follower, Part, Promise, Sends, Writes, is_fresh, wanted

LOOK_EVERY_S = 1.0
_EVENTS_AT_ONCE = 100

log = structlog.get_logger()


def never(site: str, at: Position) -> Part | None:
    """Nothing is to be written at rest."""


@dataclass
class Runner:
    """Runs ``follower`` at ``site`` in the process named ``me``.

    ``aside`` opens a transaction in turn with the process's commands; ``known`` is the site's newest revision that this
    process has seen committed; ``tell`` hears where the follower stands after each look. ``at_rest`` may have something
    to be written where the follower has read everything and nobody is at work; it is made with no lock held, and what
    was committed since its position is still to be followed when it is written.
    """

    follower: Follower
    site: str
    me: str
    reader: Engine
    aside: Aside
    clock: Callable[[], datetime]
    known: Callable[[str], Position | None] = lambda site: None
    tell: Callable[[str, str, Standing], None] = lambda name, site, standing: None
    sleep: Callable[[float], None] = time.sleep
    at_rest: Callable[[str, Position], Part | None] = never
    _head: Position | None = field(default=None, init=False)  # where the site stood at the last look
    _busy: bool = field(default=False, init=False)  # and whether it had moved on: people are at work
    _done: Position | None = field(default=None, init=False)  # as far as this process has brought the cursor
    _said: bool = field(default=False, init=False)

    def run(self) -> None:
        """Follow for ever; what cannot be done now is tried again in a second."""
        while True:
            more = False
            try:
                more = self.step()
                self._said = False
            except Exception as error:
                self._say(error)
            self._rest() if more else self.sleep(LOOK_EVERY_S)

    def step(self) -> bool:
        """Do what is at hand, at most some hundred events; whether there may be more. Raises what kept it from that."""
        with self.reader.connect() as conn, conn.begin():
            seen = cursors.standing(conn, self.follower.name, self.site)
            if seen is None or self._has_lost(seen):
                return False
            after = self._after(seen)
            revisions = events.beyond(conn, self.site, after, _EVENTS_AT_ONCE) if after < seen.head else []
        self._busy, self._head = self._head not in (None, seen.head), seen.head
        self.tell(self.follower.name, self.site, seen)
        if seen.cursor is None:
            self._cursor.begin(after)
            return True
        if seen.held and seen.runner != self.me:
            return False
        if not revisions:
            return not self._busy and self._use_the_rest(seen.cursor, seen.head)
        return self._act(seen, seen.cursor, revisions)

    def _use_the_rest(self, at: Position, head: Position) -> bool:
        part = self.at_rest(self.site, at) if at == head else None
        if part is None:
            return False
        try:
            self._cursor.write(at, deque([(part, None)]))
        except cursors.Overtaken:
            return False  # somebody moved on meanwhile: it is made again of what there is then
        return True

    @property
    def _cursor(self) -> Cursor:
        return Cursor(self.follower.name, self.site, self.me, self.aside)

    def _after(self, seen: Standing) -> Position:
        """Where to read on: after the cursor, but for what a follower that sends at most once passes over."""
        if self.follower.promise is Promise.AGAIN:
            return seen.cursor or cursors.BEGINNING
        if seen.cursor is None:
            return seen.head
        if seen.cursor[0] != seen.head[0]:
            return (seen.head[0], 0)  # a new history: of the one before nothing is sent any more
        done = self._done
        return done if done and done[0] == seen.cursor[0] and done > seen.cursor else seen.cursor

    def _has_lost(self, seen: Standing) -> bool:
        """Whether the database stands before what is known: the next command begins a new epoch; until then, wait."""
        known = self.known(self.site)
        return known is not None and known[0] == seen.head[0] and known[1] > seen.head[1]

    def _act(self, seen: Standing, at: Position, revisions: list[list[Event]]) -> bool:
        if seen.runner != self.me:
            log.info("follower_taken_over", follower=self.follower.name, site=self.site, before=seen.runner)
        try:
            match self.follower:
                case Writes():
                    self._write(self.follower, at, revisions)
                case Sends(promise=Promise.AGAIN):
                    self._send_again(self.follower, at, revisions)
                case Sends():
                    self._send_once(self.follower, at, revisions)
        except cursors.Overtaken:
            log.warning("follower_overtaken", follower=self.follower.name, site=self.site)
            return False
        return True

    def _write(self, follower: Writes, at: Position, revisions: list[list[Event]]) -> None:
        """Batch after batch; while people are at work no further than to the end of a revision."""
        work = _work(follower, revisions)
        while work:
            before, at = at, self._cursor.write(at, work)
            if self._busy and at != before:
                return
            if work:
                self._rest()

    def _send_again(self, follower: Sends, at: Position, revisions: list[list[Event]]) -> None:
        """Sent, then noted: a process that dies between the two sends it again."""
        self._cursor.hold(at)
        passed = at
        for revision in revisions:
            to = _position(revision)
            if sent := wanted(follower, revision):
                follower.send(sent)
                at = self._move(at, to)
            passed = to
        self._move(at, passed)

    def _send_once(self, follower: Sends, at: Position, revisions: list[list[Event]]) -> None:
        """Noted, then sent: a process that dies between the two never sends it."""
        passed = at
        for revision in revisions:
            passed = _position(revision)
            sent = wanted(follower, revision)
            if not sent or not is_fresh(revision, self.clock()):
                continue
            at = self._move(at, passed)
            try:
                follower.send(sent)
            except Exception:
                log.exception("follower_not_sent", follower=follower.name, site=self.site, revision=passed[1])
        self._move(at, passed)

    def _move(self, at: Position, to: Position) -> Position:
        if to != at:
            self._cursor.move(at, to)
            self._done = to
        return to

    def _rest(self) -> None:
        self.sleep(LOOK_EVERY_S if self._busy else REST_S)

    def _say(self, error: Exception) -> None:
        """What kept us from acting; the same only once, until it is over."""
        if self._said:
            return
        why = error.code if isinstance(error, QueueError) else code_of(error)
        if why is None:
            log.exception("follower_failed", follower=self.follower.name, site=self.site)
        else:
            log.warning("follower_waits", follower=self.follower.name, site=self.site, why=why.value)
        self._said = True


def _work(follower: Writes, revisions: list[list[Event]]) -> Work:
    """Every part, and with the last one of a revision the position after it."""
    work: Work = deque()
    for revision in revisions:
        parts = list(follower.parts(wanted(follower, revision))) or [_nothing]
        work.extend((part, None) for part in parts[:-1])
        work.append((parts[-1], _position(revision)))
    return work


def _nothing(conn: Connection) -> None:
    """The part of a revision that asks for nothing."""


def _position(revision: list[Event]) -> Position:
    return revision[0].epoch, revision[0].revision
