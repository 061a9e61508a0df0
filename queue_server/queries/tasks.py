"""What a hall still asks of those who run it: each goes by itself once it is put right."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..domain.day import local_date
from ..domain.rights import Act, may
from ..domain.roles import Actor
from ..domain.site import Counter, Site
from ..store import accounts, devices, numbers, pairings
from .alarms import Heard, alarms_now
from .snapshot import Snapshot

Kind = Literal["devices", "waiting", "kiosk", "wall", "number", "officers", "overseer", "published", "calendar"]
Level = Literal["bad", "warn", "info"]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; ``n``: how many of it, ``path``: the page where it is done."""

    kind: Kind
    level: Level
    path: str
    n: int = 1


def tasks(view: Snapshot, actor: Actor, heard: Heard, estimated: Callable[[Site], Iterable[int]]) -> list[Task]:
    """Those that the account can do something about, the gravest first.

    ``estimated``: the years of which nobody has written down the days of rest.
    """
    found = [*_screens(view, actor, heard), *_people(view, actor), *_facts(view, actor, estimated)]
    order = ("bad", "warn", "info")
    return sorted(found, key=lambda one: order.index(one.level))


def _screens(view: Snapshot, actor: Actor, heard: Heard) -> Iterator[Task]:
    site = view.site.id
    if not may(actor, Act.KEEP_DEVICES, site):
        return
    page, kinds = f"/{site}/devices", devices.kinds(view.conn, site)
    if missed := sum(one["kind"] == "device" for one in alarms_now(view, frozenset(), heard)):
        yield Task("devices", "bad", page, missed)
    if waiting := pairings.alive(view.conn, view.now):
        yield Task("waiting", "warn", page, waiting)
    if "kiosk" not in kinds:
        yield Task("kiosk", "warn", page)
    if "display" not in kinds:
        yield Task("wall", "warn", page)
    if "kiosk" in kinds and not numbers.were_given(view.conn, site):
        yield Task("number", "info", f"/{site}/kiosk")


def _people(view: Snapshot, actor: Actor) -> Iterator[Task]:
    site = view.site
    if not (may(actor, Act.MANAGE_ACCOUNTS) and actor.at(site.id)):
        return
    actors = [account.actor for account in accounts.enabled(view.conn)]
    own = [one for one in site.counters.values() if actor.for_agency(one.agency)]  # nobody gives more than they have
    if empty := [one for one in own if not _has_somebody(actors, site, one)]:
        yield Task("officers", "warn", "/accounts/new", len(empty))
    if not actor.agencies and not any(may(one, Act.RUN_DAY, site.id) for one in actors):
        yield Task("overseer", "warn", "/accounts/new")


def _has_somebody(actors: Iterable[Actor], site: Site, counter: Counter) -> bool:
    """Whether anybody may have it open."""
    return any(may(one, Act.WORK, site.id, counter.agency) for one in actors)


def _facts(view: Snapshot, actor: Actor, estimated: Callable[[Site], Iterable[int]]) -> Iterator[Task]:
    site = view.site
    if not may(actor, Act.CHANGE_STRUCTURE, site.id):
        return
    page, today = f"/{site.id}/structure", local_date(site, view.now)
    if owing := {one.service for one in site.owed(today) if one.fact != "checked"}:
        yield Task("published", "info", f"{page}?part=services", len(owing))
    for year in estimated(site):
        yield Task("calendar", "info", f"{page}?part=dates", year)
