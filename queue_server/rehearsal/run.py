"""One rehearsal: people are hired, the doors open, everybody goes home, the books are closed."""

import random
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from . import booked
from .caller import Caller
from .clerk import paperwork
from .evening import carry_over, power_fails, put_back
from .hall import Hall, clear, door, interrupt
from .officer import Officer
from .paper import Outage
from .plan import given_up, interruption, outage, visitors
from .report import Report, reconcile


@dataclass(frozen=True, slots=True)
class Staff:
    """The rehearsal's credentials: the kiosk's token; usernames and passwords, one per counter and a colleague's."""

    kiosk: str
    supervisor: tuple[str, str]
    front_desk: tuple[str, str]
    officers: dict[str, tuple[str, str]]
    relief: tuple[str, str]


def rehearse(
    url: str, site: str, staff: Staff, *, count: int, speed: float, seed: int, arrived: Callable[[], None]
) -> tuple[Report, list[str]]:
    """Drive the server at ``url`` through a day; the report and its lines. ``arrived`` is called per visitor.

    Raises ConnectionError if the server stays away, or whatever stopped an officer.
    """
    anybody = Caller(url)
    hall = Hall(anybody.get(f"/sites/{site}"), speed, seed)
    board = anybody.get(f"/sites/{site}/board")
    before = board["last_call"]
    supervisor, another, front_desk, clerk, relief = (
        _signed_in(url, who)
        for who in (staff.supervisor, staff.supervisor, staff.front_desk, staff.front_desk, staff.relief)
    )
    clear(hall, supervisor)
    kiosk = Caller(url, staff.kiosk)
    at_the_door = (Caller(url, staff.kiosk), _signed_in(url, staff.front_desk))
    callers = [kiosk, relief, another, front_desk, clerk, *at_the_door]
    relieved = random.Random(f"{seed}-relief").choice(hall.site["counters"])["id"]
    officers = []
    for counter in hall.site["counters"]:
        caller = _signed_in(url, staff.officers[counter["id"]])
        callers.append(caller)
        officers.append(Officer(hall, caller, counter, relief if counter["id"] == relieved else None))
    plan = visitors(hall.site, count, seed)
    stopped = interruption(hall.site, seed)
    gives_up = given_up(hall.site, plan, stopped)
    theirs = [s["id"] for s in hall.site["services"] if gives_up and s["agency"] == gives_up.agency]
    beforehand = [
        one for one in booked.places(hall.site, datetime.fromisoformat(board["now"]), seed) if one.service not in theirs
    ]
    went = booked.counted(hall, supervisor)
    booked.read_in(hall, front_desk, beforehand)
    hall.outage = dark = Outage(outage(seed), _sheets(hall.site))
    works = [
        lambda: door(hall, kiosk, front_desk, plan, arrived),
        lambda: interrupt(hall, supervisor, stopped),
        lambda: power_fails(hall, another, gives_up),
        lambda: booked.come(hall, *at_the_door, beforehand),
        lambda: paperwork(hall, dark, clerk),
        *(o.work for o in officers),
    ]
    _all_at_once(works, hall)
    booked.leave(hall, anybody)
    carry_over(hall, supervisor)
    report = reconcile(hall, supervisor, before)
    left = (*put_back(hall, supervisor), *booked.accounted(hall, supervisor, beforehand, went))
    report = replace(report, faults=(*report.faults, *left))
    return report, report.lines(hall, sum(c.retries for c in callers))


def _signed_in(url: str, who: tuple[str, str]) -> Caller:
    caller = Caller(url)
    caller.sign_in(*who)
    return caller


def _sheets(site: dict[str, Any]) -> dict[str, str]:
    """service -> the prefix of its numbers on paper, for those that have a sheet."""
    return {s["id"]: s["outage_prefix"] for s in site["services"] if s["outage_prefix"]}


def _all_at_once(works: list[Callable[[], Any]], hall: Hall) -> None:
    """Run each in a thread of its own; the first failure is raised once all have ended."""
    failures: list[BaseException] = []

    def guarded(work: Callable[[], Any]) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
            hall.stop()

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def new_password() -> str:
    """A password for an account of one rehearsal."""
    return secrets.token_urlsafe(16)
