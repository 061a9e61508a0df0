"""The closing report: what was done against what the server says of every single ticket."""

from collections import Counter as Tally
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .caller import Caller
from .hall import Hall


@dataclass(frozen=True, slots=True)
class Report:
    """What reconciles and what does not; an empty ``faults`` is a good day."""

    issued: int
    states: dict[str, int]
    people: int
    calls: int
    faults: tuple[str, ...]

    def lines(self, hall: Hall, retries: int) -> list[str]:
        """For people."""
        states = ", ".join(f"{n} {state}" for state, n in sorted(self.states.items()))
        verbs = ", ".join(f"{verb} {n}" for verb, n in sorted(hall.actions.items()))
        refused = ", ".join(f"{code} {n}" for code, n in sorted(hall.refused.items())) or "none"
        walked, paper = hall.actions.get("walk-in", 0), hall.actions.get("paper", 0)
        gave_up = hall.gave_up
        verdict = [f"FAULT: {fault}" for fault in self.faults] or ["Every ticket and person is accounted for."]
        return [
            f"{self.issued - walked - paper} numbers issued, {paper} on paper, and {walked} to who walked in: "
            f"{self.people} people; refused: {refused}",
            f"now: {states}; a place on the next day: {gave_up.numbers} numbers, {gave_up.people} people",
            f"done: {verbs}; {self.calls} announcements; {retries} requests repeated",
            *verdict,
        ]


def reconcile(hall: Hall, supervisor: Caller, calls_before: int) -> Report:
    """Ask the server for every ticket that was given, every call that was made and what was stopped, and compare."""
    site = hall.site["id"]
    stories = {number: supervisor.get(f"/sites/{site}/tickets/by-number/{number}") for number in hall.tickets}
    final = {number: _now(hall, supervisor, number, story["ticket"]) for number, story in stories.items()}
    calls = supervisor.get(f"/sites/{site}/calls?after={calls_before}")["calls"]
    faults = [*_numbers(hall), *_endings(hall, final), *_chain(calls, calls_before)]
    faults += [*_people(hall, final), *_kept(hall, supervisor, final), *_lives(stories)]
    if hall.interruptions:
        faults += _over(hall, supervisor.get(f"/sites/{site}/interruptions")["interruptions"])
    states = dict(Tally(t["state"] for t in final.values()))
    return Report(len(final), states, sum(t["people"] for t in final.values()), len(calls), tuple(faults))


def _now(hall: Hall, supervisor: Caller, number: str, staff_s: dict[str, Any]) -> dict[str, Any]:
    """What the server says of a number, by the link on its slip; one that was walked in with, or on paper, has none."""
    token = hall.tickets[number].get("token")
    return supervisor.get(f"/tickets/{token}") if token else staff_s


def _people(hall: Hall, final: dict[str, dict[str, Any]]) -> list[str]:
    """As many people stand by each number as came with it."""
    came = {number: visitor.people for number, visitor in hall.visitors.items()}
    return [
        f"{number} is of {ticket['people']} people, but {came.get(number, 1)} came"
        for number, ticket in final.items()
        if ticket["people"] != came.get(number, 1)
    ]


def _kept(hall: Hall, supervisor: Caller, final: dict[str, dict[str, Any]]) -> list[str]:
    """All who waited when their agency gave up have a place, each their own, and nobody else has one."""
    gave_up, faults = hall.gave_up, []
    site = hall.site["id"]
    held = {n: supervisor.get(f"/sites/{site}/tickets/by-number/{n}")["ticket"] for n in gave_up.waited}
    places = {number: ticket["carried"] for number, ticket in held.items() if ticket["carried"]}
    faults += [f"{number} waited, and has no place on another day" for number in gave_up.waited if number not in places]
    faults += [f"{n} did not wait, and has a place" for n, t in final.items() if t.get("carried") and n not in places]
    own = {(held[n]["service"], place["day"], place["number"]) for n, place in places.items()}
    faults += [f"{len(places) - len(own)} places were kept twice"] if len(own) != len(places) else []
    said, there = (gave_up.numbers, gave_up.people), (len(gave_up.waited), sum(gave_up.waited.values()))
    return [*faults, *([f"numbers, people with a place: {said}, but {there} waited"] if said != there else [])]


def _lives(stories: dict[str, dict[str, Any]]) -> list[str]:
    """One stretch of a ticket's life begins where the one before ends: their sum is its life."""
    faults = []
    for number, story in stories.items():
        stays = story["stays"]
        for before, after in pairwise(stays):
            if before["end"] != after["start"]:
                faults.append(
                    f"{number}: {before['kind']} until {before['end']}, {after['kind']} from {after['start']}"
                )
        if stays and stays[0]["start"] != story["ticket"]["issued_at"]:
            faults.append(
                f"{number} was issued at {story['ticket']['issued_at']}, but {stays[0]['start']} its time begins"
            )
    return faults


def _numbers(hall: Hall) -> list[str]:
    """Each number once: the issue replies are the witness, so a number given twice would show here."""
    ids = Tally(t["id"] for t in hall.tickets.values())
    issued = sum(hall.actions.get(how, 0) for how in ("issue", "check-in", "walk-in", "paper"))
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
