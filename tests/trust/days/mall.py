"""A hall whose server dies at chosen points, on a real SQLite file that is written without waiting for the disk."""

import hashlib
import json
import random
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from queue_server.commands import officer, visitor
from queue_server.domain.errors import QueueError
from queue_server.domain.roles import Actor
from queue_server.perform import Answer, Key
from queue_server.settings import Settings
from queue_server.store import state
from queue_server.store.transaction import Transaction
from tests.world.hall import Hall

DEAD = ("a statement", "the commit", "the reply")  # before which the server dies


class Death(BaseException):
    """The process ends here; nothing of ours may catch it."""


class Mall(Hall):
    """A hall that can be killed. ``deaths`` counts where it was."""

    def __init__(self, folder: Path, settings: Settings, now: datetime, id: str) -> None:
        self.fatal, self.statements = "", 0
        self.deaths = dict.fromkeys(DEAD, 0)
        self.last_told: Transaction | None = None
        super().__init__(folder, settings, now, id)

    def opened(self) -> None:
        """Do not wait for the disk (tests/trust/test_power.py does), and stand where death may strike."""

        def quick(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA synchronous=OFF")

        event.listen(self.writer, "connect", quick)
        event.listen(self.writer, "before_cursor_execute", lambda *_: self._die_at("a statement"))
        event.listen(self.writer, "commit", lambda _: self._die_at("the commit"))
        self.writer.dispose()  # what migrated the schema connected too early

    def start(self, **changes: Any) -> None:
        """As any hall; and what is told may be the last thing it did."""
        super().start(**changes)
        self.last_told = None
        self.perform.publish = self._tell

    def _tell(self, done: Transaction) -> None:
        self.last_told = done
        self._die_at("the reply")

    def die_next(self, where: str, chance: random.Random) -> None:
        """Let the next command find its death there (if it comes so far)."""
        self.fatal, self.statements = where, chance.randrange(1, 12) if where == "a statement" else 1

    def _die_at(self, where: str) -> None:
        if self.fatal == where:
            self.statements -= 1
            if self.statements == 0:
                self.fatal = ""
                self.deaths[where] += 1
                raise Death(where)

    def ask(self, who: Actor, counter: str | None, command: Any, *args: Any, key: Key | None = None) -> "Said":
        """One request as the web layer makes it: told is what the counter has at hand, or the number issued."""

        def reply(tx: Transaction, result: Any) -> Answer:
            if command is visitor.issue:
                body = {"number": result.number, "day": str(result.day), "id": result.id} if result else None
                return Answer(201 if result else 409, body)
            return Answer(200, at_hand(tx, counter) if counter else None)

        try:
            said = self.perform(self.id, lambda tx: command(tx, *args), actor=who, key=key, reply=reply)
        except QueueError as error:
            return Said(error.code.value, None)
        finally:
            self.fatal = ""
        return Said("ok", said.body)

    def of_other(self, id: str) -> str:
        """The state of another site of this database, as a hash."""
        with self.reader.connect() as conn, conn.begin():
            return state.fingerprint(state.rows(conn, id))

    def fingerprint(self) -> str:
        """SHA-256 of all events and rows."""
        with self.reader.connect() as conn, conn.begin():
            rows = state.fingerprint(state.rows(conn, self.id))
        told = [asdict(e) for e in self.events()]
        return hashlib.sha256((rows + json.dumps(told, sort_keys=True, default=str)).encode()).hexdigest()


class Said:
    """What somebody was told: ``code`` is ``ok`` or the refusal's."""

    def __init__(self, code: str, body: Any) -> None:
        self.code, self.body = code, body

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.code == "ok"


def at_hand(tx: Transaction, counter: str) -> dict[str, str] | None:
    """The number and state of the ticket that is called or served there."""
    from queue_server.store import counters, tickets

    there = counters.get(tx.conn, tx.site_id, counter)
    if there is None or there.ticket is None:
        return None
    ticket = tickets.by_id(tx.conn, there.ticket)
    return {"number": ticket.number, "state": ticket.state.value}


VERBS = {
    "recall": officer.recall,
    "serve": officer.serve,
    "finish": officer.finish,
    "no_show": officer.no_show,
    "hold": officer.hold,
    "return": officer.return_ticket,
    "undo": officer.undo,
    "call_next": officer.call_next,
    "close": officer.close_counter,
}
