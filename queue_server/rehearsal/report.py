"""The closing report: what was done against what the server says of every single ticket."""

from collections import Counter as Tally
from dataclasses import dataclass
from typing import Any

from .caller import Caller
from .hall import Hall


@dataclass(frozen=True, slots=True)
class Report:
    """What reconciles and what does not; an empty ``faults`` is a good day."""

    issued: int
    states: dict[str, int]
    calls: int
    faults: tuple[str, ...]

    def lines(self, hall: Hall, retries: int) -> list[str]:
        """For people."""
        states = ", ".join(f"{n} {state}" for state, n in sorted(self.states.items()))
        verbs = ", ".join(f"{verb} {n}" for verb, n in sorted(hall.actions.items()))
        refused = ", ".join(f"{code} {n}" for code, n in sorted(hall.refused.items())) or "none"
        walked = hall.actions.get("walk-in", 0)
        verdict = [f"FAULT: {fault}" for fault in self.faults] or ["Every ticket is accounted for."]
        return [
            f"{self.issued - walked} numbers issued, and {walked} to who walked in; refused: {refused}",
            f"now: {states}",
            f"done: {verbs}; {self.calls} announcements; {retries} requests repeated",
            *verdict,
        ]


def reconcile(hall: Hall, supervisor: Caller, calls_before: int) -> Report:
    """Ask the server for every ticket that was given, every call that was made and what was stopped, and compare."""
    site = hall.site["id"]
    final = {number: _now(hall, supervisor, number) for number in hall.tickets}
    calls = supervisor.get(f"/sites/{site}/calls?after={calls_before}")["calls"]
    faults = [*_numbers(hall), *_endings(hall, final), *_chain(calls, calls_before)]
    if hall.interruptions:
        faults += _over(hall, supervisor.get(f"/sites/{site}/interruptions")["interruptions"])
    return Report(len(final), dict(Tally(t["state"] for t in final.values())), len(calls), tuple(faults))


def _now(hall: Hall, supervisor: Caller, number: str) -> dict[str, Any]:
    """What the server says of a number, by the link on its slip; who walked in has none."""
    token = hall.tickets[number].get("token")
    if token:
        return supervisor.get(f"/tickets/{token}")
    return supervisor.get(f"/sites/{hall.site['id']}/tickets/by-number/{number}")["ticket"]


def _numbers(hall: Hall) -> list[str]:
    """Each number once: the issue replies are the witness, so a number given twice would show here."""
    ids = Tally(t["id"] for t in hall.tickets.values())
    issued = hall.actions.get("issue", 0) + hall.actions.get("walk-in", 0)
    faults = [f"{issued - len(hall.tickets)} numbers were given twice"] if issued != len(hall.tickets) else []
    return faults + [f"one ticket under {n} numbers" for n in ids.values() if n > 1]


def _endings(hall: Hall, final: dict[str, dict[str, Any]]) -> list[str]:
    """What the server says of a ticket is what it last acknowledged to an officer or a visitor."""
    faults = []
    for number, ticket in final.items():
        acknowledged = hall.acknowledged.get(number, "waiting")
        if ticket["state"] != acknowledged:
            faults.append(f"{number} is {ticket['state']}, but {acknowledged} was acknowledged")
        if ticket["number"] != number:
            faults.append(f"{number} changed its number to {ticket['number']}")
        if ticket["state"] in ("waiting", "called", "serving", "held"):
            faults.append(f"{number} is still {ticket['state']}")
    return faults


def _chain(calls: list[dict[str, Any]], before: int) -> list[str]:
    """Every call names the one before it: nothing is missing between them."""
    faults = []
    for call in calls:
        if call["previous"] != before:
            faults.append(f"call {call['revision']} follows {call['previous']}, not {before}")
        before = call["revision"]
    return faults


def _over(hall: Hall, recorded: list[dict[str, Any]]) -> list[str]:
    """What was said to work again is on record as over."""
    over = {one["id"] for one in recorded if one["ended_at"]}
    return [f"interruption {id} is not over" for id in hall.interruptions if id not in over]
