"""An agency gives up for the day: its officers go, and whoever waits has a place on the next day."""

from typing import Any

from .caller import Caller, Refused
from .hall import Hall
from .plan import GivenUp

_REASON = {"reason": "latihan"}


def power_fails(hall: Hall, supervisor: Caller, planned: GivenUp | None) -> None:
    """From then on the agency's counters call nobody; numbers are still given, with a warning."""
    if planned is None:
        return
    hall.wait(planned.begins_s - hall.now_s())
    said = {"scope": {"agency": planned.agency}, "reason": "power", "issuing": "warn"}
    try:
        begun = supervisor.post(f"/sites/{hall.site['id']}/interruptions", said)
    except Refused:
        return  # it does not work already
    hall.count("interrupt")
    own = frozenset(s["id"] for s in hall.site["services"] if s["agency"] == planned.agency)
    hall.gave_up.services, hall.gave_up.interruption = own, begun["id"]
    hall.gave_up.began.set()


def carry_over(hall: Hall, supervisor: Caller) -> None:
    """Once everybody else has gone home: two touches, and whoever waits is kept a place."""
    gave_up = hall.gave_up
    for service in sorted(gave_up.services):
        for state in ("waiting", "held"):
            gave_up.waited |= _there(hall, supervisor, service, state)
    if not gave_up.waited:
        return
    answer = supervisor.post(f"/sites/{hall.site['id']}/carry-over", {"services": sorted(gave_up.services), **_REASON})
    gave_up.numbers, gave_up.people = answer["numbers"], answer["people"]
    hall.count("carry-over")
    for number in gave_up.waited:
        hall.acknowledged[number] = "expired"


def _there(hall: Hall, supervisor: Caller, service: str, state: str) -> dict[str, int]:
    found: dict[str, int] = {}
    page = 1
    while True:
        asked = f"/sites/{hall.site['id']}/tickets?service={service}&state={state}&page={page}"
        rows: list[dict[str, Any]] = supervisor.get(asked)["tickets"]
        found |= {row["number"]: row["people"] for row in rows}
        if not rows:
            return found
        page += 1


def put_back(hall: Hall, supervisor: Caller) -> list[str]:
    """Nobody of a rehearsal comes tomorrow: their places are given up, and it works again. Returns what was left."""
    left = []
    site = hall.site["id"]
    for number in hall.gave_up.waited:
        if number in hall.tickets:
            answer = supervisor.post(f"/sites/{site}/tickets/by-number/{number}/cancel", _REASON)
            left += [f"{number} still has a place on another day"] if answer.get("carried") else []
    if hall.gave_up.interruption:
        supervisor.post(f"/sites/{site}/interruptions/{hall.gave_up.interruption}/end")
        hall.interruptions.append(hall.gave_up.interruption)
    return left
