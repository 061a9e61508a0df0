"""Those who have booked: their list is read in, a later one lacks some; they come in time, early, late, or not at all.

Booked times are of the server's own clock, which a rehearsal does not hurry: whoever comes early sits until it is over.
"""

import random
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .caller import Caller, Refused
from .hall import Hall
from .plan import OPEN_S, Visitor

_CONDUCTS = {"in_time": 4, "early": 2, "late": 2, "missed": 1, "given_back": 1}  # of each service's booked places
_FAR = timedelta(minutes=20)  # over the edge of what is in time
_SETTLES_S = 20.0  # until the server has released what was missed
_REHEARSED = "latihan"


@dataclass(frozen=True, slots=True)
class Place:
    """A booked place, and what becomes of it."""

    service: str
    code: str
    slot: datetime  # at the hall
    conduct: str
    arrives_s: float  # virtual


def places(site: dict[str, Any], now: datetime, seed: int) -> list[Place]:
    """What is booked of each service that takes lists; of a conduct whose time is on another day, nothing."""
    chance, here = random.Random(f"{seed}-booked"), now.astimezone(ZoneInfo(site["timezone"]))
    found = []
    for service in site["services"]:
        if (rule := service["booking"]) is None or not any(service["id"] in c["services"] for c in site["counters"]):
            continue
        slots = {
            "early": here + timedelta(minutes=rule["early_minutes"]) + _FAR,
            "late": here - timedelta(minutes=rule["late_minutes"]) - _FAR,
        }
        slots |= {"missed": slots["late"], "given_back": slots["early"]}
        for conduct, count in _CONDUCTS.items():
            slot = slots.get(conduct, here).replace(second=0, microsecond=0)
            if slot.date() == here.date():
                codes = (f"{seed}{chance.getrandbits(48):X}" for _ in range(count))
                found += [Place(service["id"], code, slot, conduct, OPEN_S * chance.random() * 0.8) for code in codes]
    return sorted(found, key=lambda one: one.arrives_s)


def read_in(hall: Hall, front_desk: Caller, booked: list[Place]) -> None:
    """The list, and a later one from which some are gone: those are cancelled."""
    for lines in (booked, [one for one in booked if one.conduct != "given_back"]):
        if lines:
            front_desk.send(f"/sites/{hall.site['id']}/bookings/import", "\r\n".join(_csv(lines)), "text/csv")
            hall.count("list")


def _csv(lines: list[Place]) -> Iterator[str]:
    yield "date,time,service,code,people"
    for one in lines:
        yield f"{one.slot:%Y-%m-%d},{one.slot:%H:%M},{one.service},{one.code},1"


def come(hall: Hall, kiosk: Caller, front_desk: Caller, booked: list[Place]) -> None:
    """They come to the kiosk; whoever is too late there is let in at the front desk, for a reason."""
    path = f"/sites/{hall.site['id']}/check-in"
    for one in booked:
        if one.conduct == "missed":
            continue
        hall.wait(one.arrives_s - hall.now_s())
        try:
            ticket = kiosk.post(path, {"code": one.code})
        except Refused as refusal:
            hall.refuse(refusal.code)
            if refusal.code != "too_late":
                continue
            ticket = front_desk.post(path, {"code": one.code, "reason": _REHEARSED, "reason_code": "held_up"})
        chance = random.Random(one.code)
        hall.visitors[ticket["number"]] = Visitor(
            one.arrives_s, one.service, "booked", chance.uniform(8, 55), chance.uniform(120, 900), "comes"
        )
        hall.tickets[ticket["number"]] = ticket
        hall.count("check-in")


def leave(hall: Hall, anybody: Caller) -> None:
    """The rehearsal is over: those who still sit beside the line go home."""
    for number, ticket in hall.tickets.items():
        if ticket.get("callable_from") and number not in hall.acknowledged:
            anybody.post(f"/tickets/{ticket['token']}/cancel")
            hall.acknowledged[number] = "cancelled"
            hall.count("cancel")


def accounted(hall: Hall, supervisor: Caller, booked: list[Place], before: dict[str, Any]) -> list[str]:
    """What became of the places, as the server counts them beside those that were booked already."""
    if not booked:
        return []
    of = Tally(one.conduct for one in booked)
    came_at_all = of["in_time"] + of["early"] + of["late"]
    wanted = {"came": came_at_all, "came_late": of["late"], "missed": of["missed"], "given_back": of["given_back"]}
    came: dict[str, int] = {}
    for _ in range(int(_SETTLES_S)):
        now = counted(hall, supervisor)
        came = {key: now[key] - before.get(key, 0) for key in wanted}
        if came["missed"] == wanted["missed"]:
            break
        hall.wait(hall.speed)
    return [f"{n} bookings {key}, but {came[key]} are on record" for key, n in wanted.items() if came[key] != n]


def counted(hall: Hall, supervisor: Caller) -> dict[str, int]:
    """How the day's bookings stand, of all services together."""
    found: Tally[str] = Tally()
    for row in supervisor.get(f"/sites/{hall.site['id']}/bookings")["services"]:
        found.update({key: row[key] for key in ("came", "came_late", "missed", "given_back")})
    return dict(found)
