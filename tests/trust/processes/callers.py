"""Kiosks, officers and visitors with a phone who wish things by chance, at whichever process answers."""

import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.trust.processes.hall import Processes
from tests.trust.processes.history import Wish
from tests.world.people import SITE
from tests.world.server import Client

COUNTERS = {"1": ["talk"], "2": ["talk", "sign"], "3": ["sign"], "4": ["talk", "sign"], "5": ["talk"]}
KIOSKS, PHONES, AT_EACH_COUNTER = 4, 2, 2  # two at one counter: an officer with two windows open
_AWAY = requests.RequestException
_REASON = {"reason": "as the test has it"}

# what an officer does next: state of the visitor at the counter -> (verb, how often)
_HABITS: dict[str | None, list[tuple[str, int]]] = {
    None: [("call-next", 12), ("return", 2), ("walk-in", 2)],
    "called": [("serve", 10), ("recall", 2), ("no-show", 2), ("hold", 2), ("undo", 1), ("return", 1), ("call-next", 1)],
    "serving": [("finish", 10), ("transfer", 3), ("hold", 1), ("call-next", 1)],
}


@dataclass
class Record:
    """What all callers wished and saw; and when they are to stop."""

    stop: threading.Event = field(default_factory=threading.Event)
    wishes: list[Wish] = field(default_factory=list)
    looks: list[tuple[float, float, int]] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)  # ticket -> its holder's token
    began_at: int = 0  # the site's revision before the first wish
    surprises: list[str] = field(default_factory=list)  # answers that nobody should get

    def calls(self) -> int:
        """How many calls were acknowledged."""
        return sum(w.verb == "call-next" and w.revision is not None for w in self.wishes)


@dataclass
class Caller:
    """One who wishes, with a connection to each process; ``run`` wishes until the record says stop."""

    record: Record
    clients: list[Client]
    chance: random.Random

    def wish(
        self, verb: str, place: str, send: Callable[[Client, str], Any], keyed: bool = True, service: str = ""
    ) -> Wish:
        """Send a wish until it is answered, or give up in between; then it is unknown."""
        wish = Wish(verb, place, uuid.uuid4().hex, time.monotonic(), service)
        while True:
            answered = self._attempt(wish, send)
            again = answered and wish.told and keyed and self.chance.random() < 0.15  # once more, though all is well
            if not again and (answered or not keyed or self.record.stop.is_set() or self.chance.random() < 0.05):
                break
        self.record.wishes.append(wish)
        return wish

    def _attempt(self, wish: Wish, send: Callable[[Client, str], Any]) -> bool:
        try:
            answer = send(self.chance.choice(self.clients), wish.key)
        except _AWAY:
            answer = None
        if answer is None or answer.status_code == 503:
            wish.unanswered += not wish.told
            time.sleep(self.chance.uniform(0.1, 0.4))  # asking in vain costs the machine as much as being answered
            return False
        if not wish.done:
            wish.ended = time.monotonic()
        if answer.status_code in (200, 201):
            wish.told.append(answer.json())
        elif answer.status_code in (404, 409):
            wish.refused = answer.json()["error"]["code"]
        else:
            self.record.surprises.append(f"{wish.verb}: {answer.status_code} {answer.text[:200]}")
        return True

    def look(self) -> None:
        """Read the board: whoever reads after an answer sees what was answered."""
        began = time.monotonic()
        try:
            answer = self.chance.choice(self.clients).get(f"/sites/{SITE}/board")
        except _AWAY:
            return
        if answer.status_code == 200:
            self.record.looks.append((began, time.monotonic(), answer.json()["revision"]))


@dataclass
class Kiosk(Caller):
    """Takes numbers of both classes, and now and then sends another wish under an old key: that is refused."""

    def run(self) -> None:
        """Until the stop."""
        while not self.record.stop.is_set():
            service = self.chance.choice(["talk", "sign"])
            class_ = self.chance.choice(["regular", "regular", "priority"])
            done = self.wish("issue", service, lambda c, key, s=service, k=class_: c.issue(SITE, s, k, key))
            if done.told:
                self.record.tokens[done.told[0]["id"]] = done.told[0]["token"]
                if self.chance.random() < 0.1:
                    self._reuse(done)
            if self.chance.random() < 0.2:
                self.look()
            time.sleep(self.chance.uniform(0, 0.1))

    def _reuse(self, done: Wish) -> None:
        other = "sign" if done.place == "talk" else "talk"
        try:
            answer = self.chance.choice(self.clients).issue(SITE, other, key=done.key)
        except _AWAY:
            return
        if answer.status_code not in (422, 503):
            self.record.surprises.append(f"a key used for something else: {answer.status_code} {answer.text[:200]}")


@dataclass
class Officer(Caller):
    """Works at a counter: mostly what comes next, sometimes what is not allowed now."""

    counter: str = ""

    def run(self) -> None:
        """Until the stop."""
        desk: dict[str, Any] = {}
        while not self.record.stop.is_set():
            verbs, often = zip(*_HABITS[(desk.get("ticket") or {}).get("state")], strict=True)
            verb = self.chance.choices(verbs, often)[0]
            body = self._body(verb, desk)
            service = body.get("service", "") if verb == "walk-in" else ""

            def send(c: Client, key: str, verb: str = verb, body: dict[str, Any] = body) -> Any:
                return c.verb(SITE, self.counter, verb, body, key)

            done = self.wish(verb, self.counter, send, service=service)
            desk = done.told[0] if done.told else self._desk() or desk

    def _body(self, verb: str, desk: dict[str, Any]) -> dict[str, Any]:
        if verb == "transfer":
            return {"service": self.chance.choice(["talk", "sign"]), "confirm": True}
        if verb == "walk-in":
            return _REASON | {"service": self.chance.choice(COUNTERS[self.counter])}
        aside = [*desk.get("held", ()), *desk.get("no_shows", ())]
        if verb == "return" and aside and not desk.get("ticket"):
            return _REASON | {"number": self.chance.choice(aside)["number"]}
        return _REASON if verb in ("no-show", "hold", "return") else {}

    def _desk(self) -> dict[str, Any]:
        try:
            answer = self.chance.choice(self.clients).get(f"/sites/{SITE}/counters/{self.counter}/desk")
        except _AWAY:
            time.sleep(0.2)
            return {}
        return answer.json() if answer.status_code == 200 else {}


@dataclass
class Phone(Caller):
    """A visitor somewhere gives up; without a key, so that nothing is sent again."""

    def run(self) -> None:
        """Until the stop."""
        while not self.record.stop.wait(self.chance.uniform(0.05, 0.3)):
            if self.record.tokens:
                id, token = self.chance.choice(list(self.record.tokens.items()))
                self.wish("cancel", id, lambda c, _, t=token: c.post(f"/tickets/{t}/cancel"), keyed=False)


def everybody(hall: Processes, seed: int) -> tuple[Record, list[Caller]]:
    """Sixteen callers with their counters open, not yet at work; their chances follow from the seed."""
    record, made = Record(), []
    chances = iter(random.Random(seed + n) for n in range(100))
    counted = range(len(hall.servers))
    for n in range(KIOSKS):
        made.append(Kiosk(record, [hall.at(s).kiosks()[n] for s in counted], next(chances)))
    for n, counter in enumerate(COUNTERS):
        assert hall.officers[n].verb(SITE, counter, "open").status_code == 200
        for _ in range(AT_EACH_COUNTER):
            made.append(Officer(record, [hall.elsewhere(s)[n] for s in counted], next(chances), counter))
    made += [Phone(record, [Client(s) for s in hall.servers], next(chances)) for _ in range(PHONES)]
    return record, made
