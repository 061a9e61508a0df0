"""I-1, I-8, I-11: ``kill -9`` at random moments under load; nothing acknowledged is lost, no number comes twice."""

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import requests

from tests.world.figures import Tally
from tests.world.ledger import check_replay, history
from tests.world.people import SITE, Cast
from tests.world.server import Client

KILLS, KIOSKS, DESKS = 10, 4, 3
COUNTERS = {str(n): ["talk"] for n in range(1, DESKS + 1)}
_AWAY = requests.RequestException  # also a reply cut in the middle


@dataclass
class Load:
    """Kiosks and officers who never stop; what they were told is kept."""

    people: Cast
    stop: threading.Event = field(default_factory=threading.Event)
    issued: dict[str, dict] = field(default_factory=dict)  # key -> the ticket of its first answer
    done: list[tuple[str, dict]] = field(default_factory=list)  # (verb, desk) of each answered verb
    families: dict[str, dict] = field(default_factory=dict)  # key -> the ticket of several, as it was told first
    guided: list[dict] = field(default_factory=list)  # tickets of whoever was found a guide, as that was answered
    faults: list[str] = field(default_factory=list)

    def kiosk(self, client: Client) -> None:
        """Takes numbers; an unanswered wish is repeated with its key until it is answered."""
        while not self.stop.is_set():
            key = uuid.uuid4().hex
            self.issued[key] = self._until_answered(lambda key=key: client.issue(SITE, "talk", key=key))

    def officer(self, client: Client, counter: str) -> None:
        """Calls, serves and finishes. A verb without an answer may have happened: the same key asks again."""
        while not self.stop.is_set():
            for verb in ("call-next", "serve", "finish"):
                key = uuid.uuid4().hex
                desk = self._until_answered(
                    lambda v=verb, k=key: client.verb(SITE, counter, v, key=k), lenient=verb != "call-next"
                )
                self.done.append((verb, desk))
            self._family(client)

    def _family(self, client: Client) -> None:
        """Three take one number, and are found a guide."""
        path, key = f"/sites/{SITE}/tickets", uuid.uuid4().hex
        asked = {"service": "talk", "people": 3}
        self.families[key] = ticket = self._until_answered(lambda: client.post(path, asked, key))
        if ticket:
            said, again = f"{path}/by-number/{ticket['number']}/escort", uuid.uuid4().hex
            guided = self._until_answered(lambda: client.post(said, {"escort": True}, again), lenient=True)
            self.guided += [guided] if guided else []

    def _until_answered(self, ask, lenient: bool = False) -> dict:
        while True:
            try:
                answer = ask()
            except _AWAY:
                if self.stop.is_set() and not self.people.server.is_ready():
                    return {}
                time.sleep(0.1)
                continue
            if answer.status_code in (200, 201):
                return answer.json()
            if answer.status_code == 503:  # busy: nothing was done, and the same key asks again
                time.sleep(0.1)
                continue
            if not lenient:  # nobody to serve or finish, when nobody was there to be called
                self.faults.append(f"{answer.status_code} {answer.text}")
            return {}


def under_load(people: Cast, kills: int, seed: int) -> Load:
    """Kill and restart that often while everybody works; the load, at rest."""
    chance, load = random.Random(seed), Load(people)
    desks = list(zip(COUNTERS, people.officers(), strict=True))
    for counter, client in desks:
        assert client.verb(SITE, counter, "open").status_code == 200
    threads = [threading.Thread(target=load.kiosk, args=(k,)) for k in people.kiosks()]
    threads += [threading.Thread(target=load.officer, args=(client, counter)) for counter, client in desks]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            time.sleep(chance.uniform(0.05, 0.6))
            people.server.kill()
            people.server.start()
        go_on_until(lambda: done_enough(load, kills))
    finally:
        load.stop.set()
        for thread in threads:
            thread.join()
    return load


def go_on_until(enough: Callable[[], bool], seconds: float = 180) -> None:
    """Let everybody work on: a busy machine needs longer for as much."""
    until = time.monotonic() + seconds
    time.sleep(0.3)
    while not enough() and time.monotonic() < until:
        time.sleep(0.05)


def done_enough(load: Load, kills: int) -> bool:
    """A kill of a server that has nothing to do proves nothing."""
    return len(load.issued) > 10 * kills and sum(v == "finish" and bool(d) for v, d in list(load.done)) > kills


def check_nothing_lost(load: Load) -> None:
    """Every acknowledged issue and verb is on record as it was told; each intent has one number of its own."""
    told = history(load.people.server, SITE)
    kept = {e.ticket: e for e in told if e.kind == "issued"}
    answered = [t for t in (*load.issued.values(), *load.families.values()) if t]
    assert len({t["number"] for t in answered}) == len(answered)
    for ticket in answered:
        assert ticket["id"] in kept, f"{ticket['number']} was given and is lost"
        event = kept[ticket["id"]]
        assert (event.revision, event.detail["number"]) == (ticket["revision"], ticket["number"])
    assert all(kept[t["id"]].detail["people"] == t["people"] == 3 for t in load.families.values() if t)
    confided = {(e.revision, e.ticket) for e in told if e.kind == "confided"}
    assert all((one["revision"], one["id"]) in confided and one["escort"] for one in load.guided)
    assert len(kept) == len(load.issued) + len(load.families)  # an intent that was retried has one ticket, not two
    events = {(e.revision, e.kind, e.counter) for e in told}
    kinds = {"call-next": "called", "serve": "served", "finish": "finished"}
    for verb, desk in load.done:
        if desk and not (verb == "call-next" and desk["ticket"] is None):
            assert (desk["revision"], kinds[verb], desk["counter"]) in events, f"{verb} was done and is lost"


@contextmanager
def counted(row: Tally, tried: int) -> Iterator[None]:
    """Count so many tries, and one loss if the check within fails."""
    try:
        yield
    except AssertionError:
        row.count(tried, lost=1)
        raise
    row.count(tried)


WHAT = "kills under load over HTTP, SQLite"


def test_a_killed_server_has_everything_it_ever_acknowledged(open_hall, figure):
    row = figure("F3", WHAT)
    for round in row.each(range(-(-row.size(ci=KILLS, night=1000) // KILLS))):
        people = open_hall(COUNTERS, officers=DESKS, kiosks=KIOSKS)
        load = under_load(people, KILLS, seed=row.seed + round)
        with counted(row, KILLS):
            assert not load.faults
            check_nothing_lost(load)
            check_replay(people.server, SITE)
        assert done_enough(load, KILLS)
        check_keys_outlive_kills(load)
        people.server.stop()


def check_keys_outlive_kills(load: Load) -> None:
    """Some kiosk's retry, however late, is answered with its old ticket."""
    for key in random.Random(1).sample(sorted(load.issued), 20):
        again = [k.issue(SITE, "talk", key=key) for k in load.people.kiosks()]
        assert load.issued[key]["number"] in {a.json()["number"] for a in again if a.status_code == 200}


@pytest.mark.night
def test_control_a_server_that_loses_commits_is_noticed(open_hall, figure):
    people = open_hall(COUNTERS, officers=DESKS, kiosks=KIOSKS, sabotage="lose_commits")
    load = under_load(people, 5, seed=7)
    with pytest.raises(AssertionError):
        check_nothing_lost(load)
    figure("F3", WHAT).caught("some commits never arrive", "an acknowledged number is not on record")
