"""The spine: lock, rule, record, commit, publish. There is no second way to change anything.

A command is a function of a ``Transaction``; it decides by rules on values and records events. Nothing may yield
between begin and commit: no I/O but the database, no print, no emit, no sleep.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, TimeoutError

from .domain.calibration import WaitRange
from .domain.errors import Code, QueueError
from .domain.reasons import ReasonCode
from .domain.roles import SYSTEM, Actor
from .domain.site import Class
from .store import engine as store
from .store import limits, requests
from .store.database_errors import code_of
from .store.structures import Structures
from .store.transaction import Transaction, close_transaction, lock_site

log = structlog.get_logger()

Command = Callable[[Transaction], Any]
Reply = Callable[[Transaction, Any], "Answer"]


def for_reason(code: ReasonCode | None, command: Command) -> Command:
    """The command, done for a reason of the published list: what it records for a reason keeps the word."""

    def because(tx: Transaction) -> Any:
        tx.reason_code = code
        return command(tx)

    return because


class Publisher(Protocol):
    """Told what was committed, once it is."""

    def __call__(self, done: Transaction) -> None: ...


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key as its caller sent it: whose it is, and of what request."""

    scope: str
    key: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a caller is told. ``ticket`` is the id of the ticket whose token and url the web layer adds."""

    status: int
    body: Any
    ticket: str | None = None


@dataclass
class Performer:
    """Carries out commands, one at a time per process, one at a time per site across processes."""

    engine: Engine
    sites: Structures
    clock: Callable[[], datetime]
    publish: Publisher
    open_day: Command  # what is done before the first command of a new date
    day_due: Callable[[Transaction], bool]
    secret: bytes
    go_on: Callable[[Transaction, int], None]  # what is done first when the database has lost what was committed
    foretell: Callable[[Transaction, str, Class], WaitRange | None]  # what a newcomer is told of the wait
    sleep: Callable[[float], None] = time.sleep
    halted: Code | None = None  # why nothing may be written any more: damage was found
    failing: Code | None = None  # why the last command that wanted to write could not
    reached: dict[str, tuple[int, int]] = field(default_factory=dict)  # site -> (epoch, revision) known as committed

    def __post_init__(self) -> None:
        # Green under eventlet: writers of one process queue here, cooperatively, and not inside SQLite's C code.
        self._lock = threading.Lock()

    def __call__(
        self,
        site: str,
        command: Command,
        *,
        actor: Actor = SYSTEM,
        key: Key | None = None,
        reply: Reply = lambda tx, result: Answer(200, result),
    ) -> Answer:
        """Carry out a command on a site (``"*"`` for the server) and say what became of it.

        Raises QueueError if a rule refuses (nothing is kept, but a refused issue's event), or if the database is
        held by someone else (``busy``), full (``storage_full``) or damaged (``storage_corrupt``).
        """
        if self.halted is not None:
            raise QueueError(self.halted)
        until = time.monotonic() + store.LOCK_WAIT_S
        with self._in_turn(), self._plain_errors(), limits.each_answer_within(limits.ANSWER_S):
            tx = self._begin(site, actor, until)
            if (lost := self._lost(tx)) is not None:
                log.error("data_lost", site=site, epoch=tx.epoch, known=lost, found=tx.revision - 1)
                self._carry_out(tx, lambda tx: self.go_on(tx, lost), None, _nothing)
                tx = self._begin(site, actor, until)
            if tx.site is not None and self.day_due(tx):
                self._carry_out(tx, self.open_day, None, _nothing)
                tx = self._begin(site, actor, until)
            answer = self._carry_out(tx, command, key, reply)
        if tx.refused is not None:
            raise tx.refused
        return answer

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """A transaction of no command, for what followers and leases write: in turn with the commands of this process.

        It takes no site's row and no revision, so that it keeps no other process's command waiting; whoever uses it
        is done within 20 ms. Commits at the end; raises as a command does.
        """
        if self.halted is not None:
            raise QueueError(self.halted)
        with self._in_turn(), self._plain_errors(), limits.each_answer_within(limits.ANSWER_S):
            connection = store.begin(self.engine, self.sleep)
            try:
                yield connection
                connection.commit()
                self.failing = None
            finally:
                connection.close()  # rolls back what was not committed

    def saw(self, site: str, epoch: int, revision: int) -> None:
        """Remember that a revision is committed: a database that later stands before it has lost something."""
        known = self.reached.get(site)
        if known is None or known[0] != epoch or known[1] < revision:
            self.reached[site] = (epoch, revision)

    def _lost(self, tx: Transaction) -> int | None:
        """The revision that was known, if the locked row stands before it in the same history."""
        epoch, revision = self.reached.get(tx.site_id, (None, 0))
        return revision if epoch == tx.epoch and tx.revision - 1 < revision else None

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Wait for one's turn, no longer than for the database itself: a queue of waiters would wait in series."""
        if not self._lock.acquire(timeout=store.LOCK_WAIT_S):
            raise QueueError(Code.BUSY)
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        """What the database says of itself, in our words; once it is damaged nothing is written any more."""
        try:
            yield
        except (DBAPIError, TimeoutError) as error:
            code = code_of(error)
            if code is None:
                raise
            if code is Code.STORAGE_CORRUPT:
                self.halted = code
            self.failing = code
            raise QueueError(code) from error

    def _begin(self, site: str, actor: Actor, until: float) -> Transaction:
        connection = store.begin(self.engine, self.sleep, until - time.monotonic())
        try:
            tx = lock_site(connection, site, self.sites, self.clock(), actor, self.secret)
        except BaseException:
            connection.close()
            raise
        tx.foretell = partial(self.foretell, tx)
        return tx

    def _carry_out(self, tx: Transaction, command: Command, key: Key | None, reply: Reply) -> Answer:
        """One transaction from lock to commit; a command that records nothing leaves nothing behind."""
        try:
            if key is not None and (stored := requests.find(tx.conn, key.scope, key.key)):
                return _replay(tx, stored, key)
            before = requests.texts(tx.conn) if key is not None else 0
            result = command(tx)
            if not tx.events:
                tx.revision -= 1  # nothing happened: the reply tells of the site as it stands
                return reply(tx, result)
            answer = reply(tx, result)
            close_transaction(tx)
            if key is not None:
                _store(tx, key, answer, private=requests.texts(tx.conn) > before)
            tx.conn.commit()
            self.failing = None
            self.saw(tx.site_id, tx.epoch, tx.revision)
            if tx.site is not None:
                self.sites.learn(tx.site_id, tx.epoch, tx.structure, tx.site)
        finally:
            tx.conn.close()  # rolls back what was not committed
        self._tell(tx)  # inside the lock, so that revisions are told in their order; it only enqueues
        return answer

    def _tell(self, tx: Transaction) -> None:
        """Publish; a commit stays committed, and is answered, even when publishing fails."""
        try:
            self.publish(tx)
        except Exception:
            log.exception("publish_failed", site=tx.site_id)


def _nothing(tx: Transaction, result: Any) -> Answer:
    return Answer(200, None)


def _replay(tx: Transaction, stored: requests.Stored, key: Key) -> Answer:
    if not requests.is_of(tx.conn, stored, key.body_hash):
        raise QueueError(Code.IDEMPOTENCY_KEY_REUSED)
    reply = requests.opened(tx.conn, key.scope, key.key, stored)
    if stored.status >= 400:
        raise QueueError(Code(reply["code"]), **reply["details"])
    return Answer(200, reply, stored.ticket)


def _store(tx: Transaction, key: Key, answer: Answer, *, private: bool) -> None:
    if tx.refused is not None:
        answer = Answer(409, {"code": tx.refused.code.value, "details": tx.refused.details})
    stored = requests.Stored(key.body_hash, answer.status, answer.body, answer.ticket, private)
    requests.store(tx.conn, key.scope, key.key, stored, site=tx.site_id, day=tx.day or tx.now.date(), at=tx.now)
