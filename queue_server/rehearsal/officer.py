"""The officers of a rehearsal, each a thread of its own at a counter."""

import math
import random
import time
from typing import Any

from .caller import Caller, Refused
from .hall import Hall
from .plan import OPEN_S, goes_on

_LATE_S = 240.0  # after which a visitor who missed the call comes back
_ASIDE_S = 180.0  # for which a held visitor fetches a paper
_BETWEEN_S = 8.0  # an officer's breath before the next call
_BREAK_S = 900.0  # and once a half-day's break, each officer at another time
_MISTAKEN = 0.01  # calls that the officer takes back at once
_WALK_INS = 0.4  # of the counters have somebody without a number
_WALK_IN_S = 240.0
_REHEARSED = "latihan"
_LEADS_TO = {"finish": "completed", "no-show": "no_show", "hold": "held", "transfer": "waiting", "undo": "waiting"}


class Officer:
    """One counter's officer: calls, waits for the visitor, serves, makes a mistake now and then.

    ``relief``: the colleague to whom the counter goes over half-way, with whoever is served there.
    """

    def __init__(self, hall: Hall, caller: Caller, counter: dict[str, Any], relief: Caller | None = None) -> None:
        self.hall, self._caller, self._counter, self._relief = hall, caller, counter, relief
        self._path = f"/sites/{hall.site['id']}/counters/{counter['id']}"
        self._chance = random.Random(f"{hall.seed}-{counter['id']}")
        self._back_at: dict[str, float] = {}  # number -> when a late or held visitor stands at the counter again
        self._fetches: dict[str, float] = {}  # number -> when who lacked a paper is back, and waits in the old place
        self._rests_at = OPEN_S * self._chance.uniform(0.3, 0.8)
        self._walks_in_at = OPEN_S * self._chance.uniform(0.2, 0.9) if self._chance.random() < _WALK_INS else math.inf
        self._at_hand: str | None = None  # the number that is called or served here
        self._services = {s["id"]: s for s in hall.site["services"]}

    def work(self) -> None:
        """Open, serve until the doors are closed and nobody waits, close."""
        self._do("open")
        while not self._gives_up():
            self._rest()
            self._by_hand()
            self._walk_in()
            self._bring_back()
            desk = self._returned() or self._do("call-next")
            if desk["ticket"]:
                self._attend(desk["ticket"])
            elif (
                self.hall.door_closed.is_set()
                and self._nothing_to_enter()
                and not (self._back_at or self._fetches)
                and self._quiet()
            ):
                break
            else:
                time.sleep(self._chance.uniform(0.3, 0.7))
        self._hand_over()  # at the latest; mostly in the midst of a service
        self._do("close", {"reason": _REHEARSED, "reason_code": "shift_ended"})

    def _gives_up(self) -> bool:
        """Whether nothing works for this counter any more today."""
        return self.hall.gave_up.began.is_set() and set(self._counter["services"]) <= self.hall.gave_up.services

    def _by_hand(self) -> None:
        """While nothing works, whoever has a number on paper is served by hand."""
        outage = self.hall.outage
        while outage is not None and outage.lasts(self.hall.now_s()):
            line = outage.next_for(self._counter["id"], self._counter["services"], self.hall.now_s())
            if line is None:
                self.hall.wait(30)
                continue
            self.hall.wait(line.visitor.walk_s)
            line.served_s = self.hall.now_s()
            self.hall.wait(line.visitor.service_s)
            line.finished_s = self.hall.now_s()

    def _rest(self) -> None:
        """A break when it is due: breaks go round, and the hall goes on."""
        if self.hall.now_s() < self._rests_at:
            return
        self._rests_at = math.inf
        self._do("break", {"reason": "rest", "confirm": True})
        self.hall.wait(_BREAK_S)
        self._do("resume")

    def _walk_in(self) -> None:
        """Somebody without a number stands at the counter, and is served before those who wait: with a reason."""
        if self.hall.now_s() < self._walks_in_at:
            return
        self._walks_in_at = math.inf
        service = self._chance.choice(self._counter["services"])
        why = {"service": service, "reason": _REHEARSED, "reason_code": "short_question"}
        try:
            ticket = self._do("walk-in", why)["ticket"]
        except Refused as refusal:
            self.hall.refuse(refusal.code)
            return
        self.hall.tickets[ticket["number"]] = ticket
        self.hall.wait(_WALK_IN_S)
        self._end(ticket)

    def _hand_over(self) -> None:
        """The colleague takes the counter over, and whoever is served there."""
        if self._relief is None or self.hall.now_s() < OPEN_S / 2:
            return
        self._caller, self._relief = self._relief, None
        self._do("take-over", {"reason": _REHEARSED, "reason_code": "shift_change"})

    def _nothing_to_enter(self) -> bool:
        return self.hall.outage is None or self.hall.outage.settled.is_set()

    def _quiet(self) -> bool:
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
                    return self._do("call", {"number": number, "reason": "kembali ke loket", "reason_code": "back"})
                except Refused:
                    continue  # too late: the missed-call rule stands
        return None

    def _bring_back(self) -> None:
        """The visitors who have fetched their paper wait again, where they waited before."""
        for number in [number for number, at in self._fetches.items() if self.hall.now_s() >= at]:
            del self._fetches[number]
            try:
                self._do("return", {"number": number})
            except Refused:
                continue  # the agency gave up for the day: they have a place on the next
            self.hall.acknowledged[number] = "waiting"

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
        self._hand_over()
        papers = self._services[ticket["service"]]["papers"]
        if conduct == "lacks_a_paper" and papers:
            self._do("hold", {"missing": [self._chance.choice(papers)["id"]]})
            self._fetches[number] = hall.now_s() + _ASIDE_S
            return
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
