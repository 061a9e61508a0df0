"""The people of a rehearsal: a door that lets visitors in, officers at their counters, each a thread of its own."""

import math
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .caller import Caller, Refused
from .plan import OPEN_S, Interruption, Visitor, goes_on

_LATE_S = 240.0  # after which a visitor who missed the call comes back
_ASIDE_S = 180.0  # for which a held visitor fetches a paper
_BETWEEN_S = 8.0  # an officer's breath before the next call
_BREAK_S = 900.0  # and once a half-day's break, each officer at another time
_MISTAKEN = 0.01  # calls that the officer takes back at once
_LEADS_TO = {"finish": "completed", "no-show": "no_show", "hold": "held", "transfer": "waiting", "undo": "waiting"}


@dataclass
class Hall:
    """What all threads share: the time, the tickets given, and what is still to come."""

    site: dict[str, Any]
    speed: float  # virtual seconds in a real one
    seed: int
    began: float = field(default_factory=time.monotonic)
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)  # number -> the issued ticket
    visitors: dict[str, Visitor] = field(default_factory=dict)  # number -> who holds it
    refused: dict[str, int] = field(default_factory=dict)  # code -> how often a kiosk said no
    actions: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)  # number -> the state last acknowledged to anybody
    interruptions: list[str] = field(default_factory=list)  # ids of those that were begun, and are over
    door_closed: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def now_s(self) -> float:
        """Virtual seconds since the doors opened."""
        return (time.monotonic() - self.began) * self.speed

    def wait(self, virtual_s: float) -> None:
        """Let virtual time pass."""
        time.sleep(max(virtual_s, 0) / self.speed)

    def count(self, action: str) -> None:
        """Remember that an action was done."""
        with self.lock:
            self.actions[action] = self.actions.get(action, 0) + 1


def door(hall: Hall, kiosk: Caller, plan: list[Visitor], arrived: Any) -> None:
    """Let the visitors in at their time; each takes a number, some will give it up on their phone."""
    path = f"/sites/{hall.site['id']}/tickets"
    for visitor in plan:
        hall.wait(visitor.arrives_s - hall.now_s())
        try:
            ticket = kiosk.post(path, {"service": visitor.service, "class": visitor.class_})
        except Refused as refusal:
            hall.refused[refusal.code] = hall.refused.get(refusal.code, 0) + 1
        else:
            hall.tickets[ticket["number"]] = ticket
            hall.visitors[ticket["number"]] = visitor
            hall.count("issue")
            if visitor.conduct == "gives_up":
                threading.Timer(300 / hall.speed, _give_up, (hall, kiosk, ticket["number"], ticket["token"])).start()
        arrived()
    hall.door_closed.set()


def _give_up(hall: Hall, anybody: Caller, number: str, token: str) -> None:
    try:
        Caller(anybody.url).post(f"/tickets/{token}/cancel")
        hall.count("cancel")
        hall.acknowledged[number] = "cancelled"
    except Refused:
        pass  # called in the meantime: then the visitor stays


def clear(hall: Hall, supervisor: Caller) -> None:
    """Send home all who sit at a counter: the called go back into the queue, the served are held."""
    site, reason = hall.site["id"], {"reason": "latihan"}
    for counter in supervisor.get(f"/sites/{site}/board")["counters"]:
        path = f"/sites/{site}/counters/{counter['id']}"
        if counter["state"] in ("called", "serving"):
            supervisor.post(f"{path}/{'return' if counter['state'] == 'called' else 'hold'}", reason)
        if counter["open"]:
            supervisor.post(f"{path}/close", reason)


def interrupt(hall: Hall, supervisor: Caller, planned: Interruption) -> None:
    """Something does not work for a while, and a supervisor says so; the hall calls whoever waits all the same."""
    path = f"/sites/{hall.site['id']}/interruptions"
    hall.wait(planned.begins_s - hall.now_s())
    said = {"scope": {"agency": planned.agency}, "reason": planned.reason, "issuing": planned.issuing}
    try:
        begun = supervisor.post(path, said)
    except Refused:
        return  # it does not work already
    hall.count("interrupt")
    hall.wait(planned.lasts_s)
    supervisor.post(f"{path}/{begun['id']}/end")
    hall.interruptions.append(begun["id"])


class Officer:
    """One counter's officer: calls, waits for the visitor, serves, makes a mistake now and then."""

    def __init__(self, hall: Hall, caller: Caller, counter: dict[str, Any]) -> None:
        self.hall, self._caller, self._counter = hall, caller, counter
        self._path = f"/sites/{hall.site['id']}/counters/{counter['id']}"
        self._chance = random.Random(f"{hall.seed}-{counter['id']}")
        self._back_at: dict[str, float] = {}  # number -> when a late or held visitor stands at the counter again
        self._rests_at = OPEN_S * self._chance.uniform(0.3, 0.8)
        self._at_hand: str | None = None  # the number that is called or served here
        self._services = {s["id"]: s for s in hall.site["services"]}

    def work(self) -> None:
        """Open, serve until the doors are closed and nobody waits, close."""
        self._do("open")
        while True:
            self._rest()
            desk = self._returned() or self._do("call-next")
            if desk["ticket"]:
                self._attend(desk["ticket"])
            elif self.hall.door_closed.is_set() and not self._back_at and self._quiet(desk):
                break
            else:
                time.sleep(self._chance.uniform(0.3, 0.7))
        self._do("close")

    def _rest(self) -> None:
        """A break when it is due: breaks go round, and the hall goes on."""
        if self.hall.now_s() < self._rests_at:
            return
        self._rests_at = math.inf
        self._do("break", {"reason": "rest", "confirm": True})
        self.hall.wait(_BREAK_S)
        self._do("resume")

    def _quiet(self, desk: dict[str, Any]) -> bool:
        """Nobody waits for this counter's services, and nobody can still be passed on to them."""
        sources = {id for id, s in self._services.items() if set(s["next"]) & set(self._counter["services"])}
        board = self._caller.get(f"/sites/{self.hall.site['id']}/board")
        waiting = {s["id"]: s["waiting"] for s in board["services"]}
        feeding = [c for c in self.hall.site["counters"] if set(c["services"]) & sources]
        states = {c["id"]: c["state"] for c in board["counters"]}
        busy = any(states[c["id"]] in ("called", "serving") for c in feeding if c["id"] != self._counter["id"])
        return not busy and not any(waiting[s] for s in sources | set(self._counter["services"]))

    def _do(self, verb: str, body: Any = None) -> Any:
        desk = self._caller.post(f"{self._path}/{verb}", body)
        self.hall.count(verb)
        if self._at_hand and verb in _LEADS_TO:
            self.hall.acknowledged[self._at_hand] = _LEADS_TO[verb]
        self._at_hand = desk["ticket"]["number"] if desk["ticket"] else None
        if self._at_hand:
            self.hall.acknowledged[self._at_hand] = desk["ticket"]["state"]
        return desk

    def _returned(self) -> dict[str, Any] | None:
        """Call a late or held visitor who is back at the counter; None if nobody is."""
        for number, at in list(self._back_at.items()):
            if self.hall.now_s() >= at:
                del self._back_at[number]
                try:
                    return self._do("call", {"number": number, "reason": "kembali ke loket"})
                except Refused:
                    continue  # too late: the missed-call rule stands
        return None

    def _attend(self, ticket: dict[str, Any]) -> None:
        number, hall = ticket["number"], self.hall
        if self._chance.random() < _MISTAKEN:
            self._do("undo")
            return
        visitor = hall.visitors.get(number)
        first_call = ticket["called_at"] == ticket["since"]
        conduct = visitor.conduct if visitor and first_call else "comes"  # whoever was called before behaves now
        if conduct in ("late", "never"):
            self._missed(number, comes_back=conduct == "late")
            return
        hall.wait(visitor.walk_s if visitor else 20)
        self._do("serve")
        hall.wait((visitor.service_s if visitor else 300) / 2)
        if conduct == "waits_aside":
            self._do("hold")
            self._back_at[number] = hall.now_s() + _ASIDE_S
            return
        hall.wait((visitor.service_s if visitor else 300) / 2)
        self._end(ticket)
        hall.wait(_BETWEEN_S)

    def _missed(self, number: str, *, comes_back: bool) -> None:
        for _ in range(self.hall.site["missed_call"]["recalls"]):
            self.hall.wait(40)
            self._do("recall")
        self.hall.wait(40)
        self._do("no-show")
        if comes_back:
            self._back_at[number] = self.hall.now_s() + _LATE_S

    def _end(self, ticket: dict[str, Any]) -> None:
        service = self._services[ticket["service"]]
        if service["next"] and goes_on(self._chance):
            try:
                self._do("transfer", {"service": service["next"][0], "confirm": True})
                return
            except Refused:
                pass  # the next service's quota is full: this one ends here
        outcomes = service["outcomes"]
        self._do("finish", {"outcome": outcomes[0]} if outcomes else {})
