"""The statements that a real command sends to its database, to be sent again by nothing but the sqlite module.

Each command is carried out twice through the whole server; what differs between the two tells which values change
from one command to the next: numbers go on by their difference, texts get the next ticket's id, token or key put in.
"""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import event, text

from queue_server import app, settings
from queue_server.reach import Reach
from queue_server.store.ids import new_id, new_token, token, token_hash
from tests.world.busy_hall import SERVICES, SITE, People

_WAITING = "SELECT id FROM ticket WHERE state = 'waiting' ORDER BY arrival"
_CYCLE = ("call-next", "serve", "finish")
_LEAST = ("UPDATE site SET revision", "INSERT INTO event", "INSERT INTO ticket")
_APART = 100_000_000  # revisions of different commands, which are replayed in another order than they were captured


@dataclass
class Command:
    """One transaction: its statements, and the parameters of two consecutive times it was carried out."""

    sql: list[str]
    first: list[list[Any]]
    second: list[list[Any]]
    names: list[str]  # what stood in texts the first time and is replaced: ticket id, token hash, key


def capture(config: Path, data: Path, people: People, to: Path) -> None:
    """Write the statements of ``issue`` and of a call's cycle, with the waiting tickets' ids, as JSON.

    Carries the commands out on ``data``: give it a copy.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    told = settings.load(config, environ={})
    whole = app.create(told, data, reach=Reach(public_url="http://localhost"))
    said: list[tuple[str, Any]] = []
    event.listen(whole.writer, "before_cursor_execute", lambda *told: said.append((told[2], told[3])))
    client = whole.app.test_client()
    kiosk = {"Authorization": f"Bearer {people.kiosk}"}
    client.set_cookie("session", people.sessions[0])

    def once(path: str, body: dict, **headers: str) -> list[tuple[str, list[Any]]]:
        said.clear()
        answer = client.post(
            f"/api/v1/sites/{SITE}{path}", json=body, headers={"Origin": "http://localhost", **headers}
        )
        assert answer.status_code < 300, answer.text
        return [(sql, list(values)) for sql, values in said if not sql.startswith("BEGIN")]

    def issue(key: str) -> tuple[list, list[str]]:
        done = once("/tickets", {"service": SERVICES[0]}, Idempotency_Key=key, **kiosk)
        return done, [*_newest_ticket(whole), key]

    with whole.writer.connect() as conn:
        ids = list(conn.execute(text("SELECT id FROM ticket WHERE state = 'waiting' ORDER BY arrival")).scalars())
    issue("j" * 40)  # the first of a process reads the hall; the next go on from there
    out = {"issue": _command(issue("k" * 40), issue("l" * 40))}
    cycles = [[once(f"/counters/1/{verb}", {}) for verb in _CYCLE] for _ in range(4)]
    for place, verb in enumerate(_CYCLE):
        one, two = cycles[2][place], cycles[3][place]  # the wheel has turned to where it stays
        called = next(v for _, values in one for v in values if v in ids)
        out[verb] = _command((one, [called]), (two, []))
    whole.writer.dispose()
    to.write_text(json.dumps({"commands": {k: asdict(v) for k, v in out.items()}, "secret": whole.house.secret.hex()}))


def _newest_ticket(whole: app.Antrean) -> list[str]:
    with whole.writer.connect() as conn:
        return list(conn.execute(text("SELECT id, token_hash FROM ticket ORDER BY arrival DESC LIMIT 1")).one())


def _command(one: tuple[list, list[str]], two: tuple[list, list[str]]) -> Command:
    assert [sql for sql, _ in one[0]] == [sql for sql, _ in two[0]], "the same command sends the same statements"
    return Command([s for s, _ in one[0]], [v for _, v in one[0]], [v for _, v in two[0]], one[1])


class Replay:
    """Sends the statements again, raw, one transaction per command."""

    def __init__(self, told: Path, database: Path) -> None:
        from queue_server.store.engine import sqlite_module

        read = json.loads(told.read_text())
        self.commands = {name: Command(**values) for name, values in read["commands"].items()}
        self._secret = bytes.fromhex(read["secret"])
        self._conn = sqlite_module().connect(str(database), isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._conn.execute(f"PRAGMA {pragma}").fetchall()
        self._waiting = [id for (id,) in self._conn.execute(_WAITING)]
        self._done = dict.fromkeys(self.commands, 0)

    def three(self) -> None:
        """The least that an issue can be, durable: the site's row, the event, the ticket."""
        self._send("issue", _LEAST)

    def run(self, name: str) -> None:
        """One durable transaction."""
        self._send(name, ("",))

    def _send(self, name: str, only: tuple[str, ...]) -> None:
        command, turn = self.commands[name], self._done[name]
        self._done[name] += 1
        fresh, offset = self._names(name, turn), list(self.commands).index(name) * _APART
        execute = self._conn.execute
        execute("BEGIN IMMEDIATE")
        for sql, one, two in zip(command.sql, command.first, command.second, strict=True):
            if sql.startswith(only):
                execute(
                    sql, [_next(a, b, turn, offset, command.names, fresh) for a, b in zip(one, two, strict=True)]
                ).fetchall()
        execute("COMMIT")

    def _names(self, name: str, turn: int) -> list[str]:
        if name != "issue":
            if turn >= len(self._waiting):  # those that were issued since
                self._waiting += [id for (id,) in self._conn.execute(_WAITING)]
            return [self._waiting[turn]]
        id = new_id()
        return [id, token_hash(token(self._secret, id)), new_token()]

    def empty(self) -> None:
        """Nobody waits any more."""
        self._conn.execute("UPDATE ticket SET state = 'expired' WHERE state = 'waiting'")
        self._waiting = self._waiting[: self._done["call-next"]]


def _next(first: Any, second: Any, turn: int, offset: int, names: list[str], fresh: list[str]) -> Any:
    """The value at the given turn (0 is the first time again, on a database where it has not happened yet)."""
    if isinstance(first, int) and not isinstance(first, bool) and isinstance(second, int):
        return first if first == second else first + offset + turn * (second - first)
    if isinstance(first, str):
        for old, new in zip(names, fresh, strict=True):
            first = first.replace(old, new)
    return first
