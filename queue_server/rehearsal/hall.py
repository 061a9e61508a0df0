"""What all people of a rehearsal share, the door that lets visitors in, and the supervisor: threads of their own."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .caller import Caller, Refused
from .paper import Outage
from .plan import Interruption, Visitor


@dataclass
class GaveUp:
    """An agency that gave up for the day: whose places were to be kept, and how many were."""

    services: frozenset[str] = frozenset()
    waited: dict[str, int] = field(default_factory=dict)  # number -> people with it
    numbers: int = 0  # that have a place, as the server said
    people: int = 0
    interruption: str | None = None
    began: threading.Event = field(default_factory=threading.Event)


@dataclass
class Hall:
    """What all threads share: the time, the tickets given, and what is still to come."""

    site: dict[str, Any]
    speed: float  # virtual seconds in a real one
    seed: int
    began: float = field(default_factory=time.monotonic)
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)  # number -> the ticket; a walk-in's has no token
    visitors: dict[str, Visitor] = field(default_factory=dict)  # number -> who holds it
    outage: Outage | None = None
    gave_up: GaveUp = field(default_factory=GaveUp)
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

    def refuse(self, code: str) -> None:
        """Remember that a number was refused."""
        with self.lock:
            self.refused[code] = self.refused.get(code, 0) + 1

    def count(self, action: str) -> None:
        """Remember that an action was done."""
        with self.lock:
            self.actions[action] = self.actions.get(action, 0) + 1

    def stop(self) -> None:
        """Something failed: nobody waits for anything that comes no more."""
        self.door_closed.set()
        if self.outage is not None:
            self.outage.settled.set()


def door(hall: Hall, kiosk: Caller, front_desk: Caller, plan: list[Visitor], arrived: Any) -> None:
    """Let the visitors in at their time; each takes a number, some will give it up on their phone.

    A group that a kiosk has no number for takes one at the front desk; while nothing works, all take one on paper.
    """
    path = f"/sites/{hall.site['id']}/tickets"
    for visitor in plan:
        hall.wait(visitor.arrives_s - hall.now_s())
        if not (hall.outage is not None and hall.outage.took_paper(visitor, hall.now_s())):
            at = front_desk if visitor.people > hall.site["group_max"] else kiosk
            _take_number(hall, at, path, visitor)
        arrived()
    hall.door_closed.set()


def _take_number(hall: Hall, at: Caller, path: str, visitor: Visitor) -> None:
    group = {"people": visitor.people} if visitor.people > 1 else {}
    try:
        ticket = at.post(path, {"service": visitor.service, "class": visitor.class_, **group})
    except Refused as refusal:
        hall.refuse(refusal.code)
        return
    hall.tickets[ticket["number"]] = ticket
    hall.visitors[ticket["number"]] = visitor
    hall.count("issue")
    if visitor.conduct == "gives_up":
        threading.Timer(300 / hall.speed, _give_up, (hall, at, ticket["number"], ticket["token"])).start()


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
