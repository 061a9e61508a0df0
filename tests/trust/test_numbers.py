"""I-1, I-4: thirty-two kiosks on a bad network, and the numbers are 1 … n, none twice, none missing."""

import json
import random
import select
import socket
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.world.ledger import check_replay, history
from tests.world.people import SITE, Cast

KIOSKS, INTENTS, DROPPED = 32, 1000, 0.3
WHAT = "numbers over HTTP by 32 kiosks, 30 % of replies lost, SQLite"


class BadLine:
    """A kiosk's connection on which some replies never arrive: closed as soon as they are there, or before."""

    def __init__(self, people: Cast, token: str, seed: int) -> None:
        self.port, self.token, self.chance = people.server.port, token, random.Random(seed)
        self.dropped = 0

    def ask(self, key: str) -> dict | None:
        """POST one issue; the ticket, or None if the reply was lost on the way or the server said that it is busy."""
        lose = self.chance.random() < DROPPED
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            line.sendall(self._request(key))
            if lose:
                self.dropped += 1
                if self.chance.random() < 0.7:
                    select.select([line], [], [], 30)  # the reply has come; nobody reads it
                return None
            return self._read(line)

    def _request(self, key: str) -> bytes:
        body = json.dumps({"service": "talk"})
        head = [f"POST /api/v1/sites/{SITE}/tickets HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        head += [f"Authorization: Bearer {self.token}", f"Idempotency-Key: {key}", "Content-Type: application/json"]
        return "\r\n".join([*head, f"Content-Length: {len(body)}", "", body]).encode()

    def _read(self, line: socket.socket) -> dict | None:
        answer = b"".join(iter(lambda: line.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        if head.split()[1] == b"503":
            return None
        assert head.split()[1] in (b"200", b"201"), answer
        return json.loads(body)


def same_key() -> Callable[[], str]:
    """One intent, one key, however often it is sent."""
    key = uuid.uuid4().hex
    return lambda: key


def new_key_each_time() -> Callable[[], str]:
    """The mistake: every attempt is a new wish."""
    return lambda: uuid.uuid4().hex


def crowd(people: Cast, intents: int, keys: Callable[[], Callable[[], str]]) -> tuple[list[str], int]:
    """All kiosks at once; the number each intent ended with, and how many replies were lost."""
    lines = [BadLine(people, token, seed) for seed, token in enumerate(people.kiosk_tokens)]

    def work(line: BadLine) -> list[str]:
        got = []
        for _ in range(lines.index(line), intents, len(lines)):
            key, ticket = keys(), None
            while ticket is None:
                ticket = line.ask(key())
            again = line.ask(key()) if keys is same_key else None  # and once more, after all is well
            assert again is None or (again["number"], again["token"]) == (ticket["number"], ticket["token"])
            got.append(ticket["number"])
        return got

    with ThreadPoolExecutor(len(lines)) as pool:
        numbers = [n for got in pool.map(work, lines) for n in got]
    return numbers, sum(line.dropped for line in lines)


def check_one_number_for_each(people: Cast, numbers: list[str], intents: int) -> None:
    """Every intent has its own number, and no number was given beyond them."""
    assert sorted(numbers, key=lambda n: int(n[1:])) == [f"A{n:03d}" for n in range(1, intents + 1)]
    issued = [e.detail["number"] for e in history(people.server, SITE) if e.kind == "issued"]
    assert sorted(issued) == sorted(numbers)


def wrong(numbers: list[str], intents: int) -> int:
    """How many of 1 … n are doubled or missing."""
    expected = {f"A{n:03d}" for n in range(1, intents + 1)}
    return len(numbers) - len(set(numbers)) + len(expected - set(numbers))


def test_a_thousand_intents_on_a_bad_network_get_a_thousand_numbers(open_hall, figure):
    row = figure("F2", WHAT)
    for _ in row.each(range(row.size(ci=1, night=100))):
        people = open_hall({"1": ["talk"]}, kiosks=KIOSKS)
        numbers, dropped = crowd(people, INTENTS, same_key)
        row.count(len(numbers), lost=wrong(numbers, INTENTS))
        assert dropped > INTENTS * DROPPED
        check_one_number_for_each(people, numbers, INTENTS)
        check_replay(people.server, SITE)
        people.server.stop()


@pytest.mark.parametrize(
    ("sabotage", "keys"),
    [
        pytest.param("", new_key_each_time, id="a kiosk that makes a new key at each attempt"),
        pytest.param("forget_keys", same_key, id="a server that forgets keys"),
        pytest.param("max_plus_one", same_key, id="numbering by max()+1"),
        pytest.param("count_plus_one", same_key, id="numbering by count()+1"),
    ],
)
@pytest.mark.night
def test_control_a_doubled_number_is_noticed(open_hall, figure, request, sabotage, keys):
    people = open_hall({"1": ["talk"]}, kiosks=16, sabotage=sabotage)
    with pytest.raises(AssertionError):
        numbers, _ = crowd(people, 160, keys)
        check_one_number_for_each(people, numbers, 160)
    issued = [e.detail["number"] for e in history(people.server, SITE) if e.kind == "issued"]
    found = len(issued) - len(set(issued)) or max(len(issued) - 160, 0)  # doubled, or given to nobody
    saw = f"{found} of {len(issued)} doubled or given to nobody" if found else "a retry was given another number"
    figure("F2", WHAT).caught(request.node.callspec.id, saw)
