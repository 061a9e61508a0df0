"""What a rehearsed day will bring: who comes when, for what, and what goes wrong. Pure; a seed gives the same day."""

import random
from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OPEN_S = 4 * 3600.0  # a half-day of arrivals
_PRIORITY = 0.15
_TRANSFERS = 0.6  # of those whose service names a next one
_WALK_S = (8.0, 55.0)
_INTERRUPTION_S = (600.0, 2400.0)
_ON_PAPER_S = (900.0, 1500.0)
_GROUPS = 0.06  # of the visitors do not come alone
_GROUP = (2, 3, 4)
_GIVES_UP_AT = 0.6  # of the half-day, one agency's power fails and does not come back


@dataclass(frozen=True, slots=True)
class Visitor:
    """One who will come: seconds of the day are virtual."""

    arrives_s: float
    service: str
    class_: str
    walk_s: float  # from the call to the counter
    service_s: float  # at the counter
    conduct: str  # comes · late (misses the call, comes back) · never · gives_up (cancels on the phone) · waits_aside ·
    # lacks_a_paper (fetches it, and is back in the old place)
    people: int = 1  # that come with the number


@dataclass(frozen=True, slots=True)
class Interruption:
    """What will not work for a while, so that a supervisor says so; seconds of the day are virtual."""

    begins_s: float
    lasts_s: float
    agency: str
    reason: str
    issuing: str  # what the kiosk does meanwhile: warn · stop


@dataclass(frozen=True, slots=True)
class Outage:
    """When nothing works at all, and the hall goes on with paper; seconds of the day are virtual."""

    begins_s: float
    ends_s: float


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An agency that gives up for the day; seconds of the day are virtual."""

    begins_s: float
    agency: str


_CONDUCTS = (
    *(("comes", 0.83), ("late", 0.03), ("never", 0.04), ("gives_up", 0.03), ("waits_aside", 0.03)),
    ("lacks_a_paper", 0.04),
)


def visitors(site: Mapping[str, Any], count: int, seed: int) -> list[Visitor]:
    """``count`` visitors of a site (its document from the API), in the order of arrival.

    Arrivals peak in the first third of the day; services are chosen by the counters that serve them; service times are
    log-normal around the promised time, as measured desks are.
    """
    chance = random.Random(seed)
    weights = _popularity(site)
    services = {s["id"]: s for s in site["services"]}
    plan = []
    for _ in range(count):
        service = services[chance.choices(list(weights), list(weights.values()))[0]]
        plan.append(_visitor(chance, service))
    return sorted(plan, key=lambda v: v.arrives_s)


def interruption(site: Mapping[str, Any], seed: int) -> Interruption:
    """One agency's, in the middle of the half-day: the queue is long by then, and must be served all the same."""
    chance = random.Random(f"{seed}-interruption")
    return Interruption(
        begins_s=OPEN_S * chance.uniform(0.3, 0.6),
        lasts_s=chance.uniform(*_INTERRUPTION_S),
        agency=chance.choice([agency["id"] for agency in site["agencies"]]),
        reason=chance.choice(("power", "network", "central_system")),
        issuing=chance.choice(("warn", "stop")),
    )


def outage(seed: int) -> Outage:
    """Early in the half-day: the hall fills meanwhile."""
    chance = random.Random(f"{seed}-outage")
    begins = OPEN_S * chance.uniform(0.15, 0.2)
    return Outage(begins, begins + chance.uniform(*_ON_PAPER_S))


def given_up(site: Mapping[str, Any], plan: Sequence[Visitor], stopped: Interruption) -> GivenUp | None:
    """The agency to which most people would come from then on; not the one that was interrupted for a while.

    None where the hall has no other.
    """
    agency_of = {s["id"]: s["agency"] for s in site["services"]}
    begins = OPEN_S * _GIVES_UP_AT
    coming = Tally(agency_of[v.service] for v in plan if v.arrives_s > begins)
    others = [one for one in coming if one != stopped.agency]
    return GivenUp(begins, max(others, key=lambda one: (coming[one], one))) if others else None


def _popularity(site: Mapping[str, Any]) -> dict[str, float]:
    """service -> counters' worth of officers that it has; only services a kiosk gives."""
    out: dict[str, float] = {}
    for counter in site["counters"]:
        for id in counter["services"]:
            out[id] = out.get(id, 0.0) + 1 / len(counter["services"])
    at_kiosk = {s["id"] for s in site["services"] if s["kiosk"]}
    return {id: weight for id, weight in out.items() if id in at_kiosk}


def _visitor(chance: random.Random, service: Mapping[str, Any]) -> Visitor:
    target_s = (service["target_minutes"] or 10) * 60
    priority = "priority" in service["classes"] and chance.random() < _PRIORITY
    return Visitor(
        arrives_s=chance.triangular(0, OPEN_S, OPEN_S / 3),
        service=service["id"],
        class_="priority" if priority else "regular",
        walk_s=chance.uniform(*_WALK_S),
        service_s=target_s * chance.lognormvariate(-0.15, 0.5),
        conduct=_chosen(chance, _CONDUCTS),
        people=chance.choice(_GROUP) if chance.random() < _GROUPS else 1,
    )


def _chosen(chance: random.Random, options: Sequence[tuple[str, float]]) -> str:
    return chance.choices([o for o, _ in options], [w for _, w in options])[0]


def goes_on(chance: random.Random) -> bool:
    """Whether a visitor whose service names a next one is passed on."""
    return chance.random() < _TRANSFERS
