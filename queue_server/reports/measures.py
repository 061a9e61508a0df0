"""Today's figures per service and counter. Definitions stand in ``domain/times.py``; nothing is computed twice."""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median, quantiles

from ..documents.figures import (
    Counts,
    Issued,
    MissingPaper,
    OutcomeCount,
    PromiseBothWays,
    Report,
    ReportCounter,
    ReportFigures,
    ReportService,
    Spread,
    Times,
)
from ..domain.carry import CARRIED
from ..domain.events import SERVICE, WAIT, WALK, Kind
from ..domain.fold import Event
from ..domain.papers import PAPERS, ended_as
from ..domain.rounding import percent, under
from ..domain.site import CLASSES, Site
from ..domain.ticket import ENDED, State
from ..domain.times import Interval, Visit, visits
from ..queries.bookings import booked_on
from ..queries.interruptions import register
from ..queries.snapshot import Snapshot
from ..store import events
from .excuses import Excuses
from .fairness import fairness
from .tickets import Story, stories


def today(view: Snapshot, agencies: frozenset[str] = frozenset()) -> Report:
    """The open service day's report; ``agencies`` limits it to theirs, empty means all."""
    happened = list(events.of_days(view.conn, view.site.id, view.day, view.day)) if view.day else []
    return {
        "site": view.site.id,
        "day": view.day.isoformat() if view.day else None,
        "now": view.now.isoformat(),
        **view.stamp(),
        **(made := figures(view.site, happened, agencies)),
        "fairness": fairness(view.declared, happened, [one["id"] for one in made["services"]]),
        "bookings": booked_on(view, view.day, agencies) if view.day else [],
        "interruptions": register(view, view.day, view.day, agencies, named=False)["interruptions"] if view.day else [],
    }


def figures(site: Site, happened: list[Event], agencies: frozenset[str] = frozenset()) -> ReportFigures:
    """Per service, per counter and in total, from a list of events."""
    histories = stories(happened)
    declared = [s.id for s in site.services.values() if not agencies or s.agency in agencies]
    every = [*declared, *sorted(_former(site, histories, agencies))]
    mine = set(every)
    refused = Tally(e.service for e in happened if e.kind == Kind.REFUSED)
    every_stay = (stay for story in histories for stay in joined(story.stays))
    stays = [stay for stay in every_stay if stay.service in mine and stay.end is not None]
    excused = Excuses(site, happened)
    served = [visit for story in histories for visit in visits(story.stays, excused) if visit.service in mine]
    services = [_service(site, id, histories, stays, served, refused[id]) for id in every]
    places = [c for c in site.counters.values() if not agencies or c.agency in agencies]
    ours = [s for s in histories if s.ticket.service in mine]
    return {
        "services": services,
        "counters": [_counter(site, c.id, c.name, histories, stays, served) for c in places],
        "totals": {
            **_counts(ours),
            **_issued([s for s in histories if s.ticket.series in mine]),
            "refused": sum(refused[id] for id in mine),
            **_times(stays),
            **_promise(site, served),
        },
    }


def _former(site: Site, histories: list[Story], agencies: frozenset[str]) -> set[str]:
    """The services of the day that the site file no longer has; what nothing is known of is everybody's."""
    seen = {id for s in histories for id in (s.ticket.series, s.ticket.service)} - site.services.keys()
    return seen & {*site.former_of(agencies), *(id for id in seen if id not in site.former)}


def _service(
    site: Site, id: str, histories: list[Story], stays: list[Interval], served: list[Visit], refused: int
) -> ReportService:
    service = site.named(id)
    target = service.target_minutes if service else None
    return {
        "id": id,
        "name": dict(service.name) if service else {"id": id},
        "agency": service.agency if service else "",
        "target_s": target * 60 if target else None,
        **_issued([s for s in histories if s.ticket.series == id]),
        **_counts([s for s in histories if s.ticket.service == id]),
        "refused": refused,
        **_times([stay for stay in stays if stay.service == id]),
        **_promise(site, [visit for visit in served if visit.service == id]),
        "missing": _missing(site, id, histories),
        "outcomes": _outcomes([story for story in histories if story.ticket.service == id]),
    }


def _outcomes(histories: list[Story]) -> list[OutcomeCount]:
    """How the transactions of these numbers ended, the most frequent first."""
    tally: Tally[str | None] = Tally()
    for story in histories:
        tally.update(story.done)
    return [{"outcome": outcome, "count": count} for outcome, count in tally.most_common()]


def _missing(site: Site, id: str, histories: list[Story]) -> list[MissingPaper]:
    """The papers that were missing at a service, of how many numbers each; the one missed most first."""
    service = site.services.get(id)
    names = service.papers if service else {}
    tally = Tally(paper for story in histories for where, paper in story.missing if where == id)
    listed = [*names, *sorted(tally.keys() - names.keys())]
    found = sorted((paper for paper in listed if tally[paper]), key=lambda paper: -tally[paper])
    return [{"id": p, "name": dict(names.get(p, {"id": p})), "count": tally[p]} for p in found]


def _counter(
    site: Site, id: str, name: str, histories: list[Story], stays: list[Interval], served: list[Visit]
) -> ReportCounter:
    at = [s for s in histories if s.counter == id]
    here = [stay for stay in stays if stay.counter == id]
    return {
        "id": id,
        "name": name,
        "agency": site.counters[id].agency,
        "served": sum(s.ticket.state is State.COMPLETED for s in at),
        "no_show": sum(s.ticket.state is State.NO_SHOW for s in at),
        "walk": spread(stay.seconds() for stay in here if stay.kind == WALK),
        "service": spread(stay.seconds() for stay in here if stay.kind == SERVICE),
        **_promise(site, [visit for visit in served if visit.counter == id]),
    }


def _issued(histories: list[Story]) -> Issued:
    tally = Tally(s.ticket.class_ for s in histories)
    return {"issued": len(histories), "issued_by_class": {class_: tally[class_] for class_ in CLASSES if tally[class_]}}


def _counts(histories: list[Story]) -> Counts:
    tally = Tally(s.ticket.state for s in histories)
    over = Tally(ended_as(s.ticket.state, s.ticket.outcome) for s in histories if s.ticket.state in ENDED)
    return {
        "people": sum(s.ticket.people for s in histories if s.ticket.state is State.COMPLETED),
        "waiting": tally[State.WAITING],
        "called": tally[State.CALLED],
        "serving": tally[State.SERVING],
        "held": tally[State.HELD],
        "no_show": tally[State.NO_SHOW],
        "completed": tally[State.COMPLETED],
        "cancelled": tally[State.CANCELLED],
        "expired": over[State.EXPIRED],
        "papers": over[PAPERS],
        "carried": over[CARRIED],
    }


def _times(stays: list[Interval]) -> Times:
    return {
        "wait": spread(s.seconds() for s in waits(stays)),
        "walk": spread(s.seconds() for s in stays if s.kind == WALK),
        "service": spread(s.seconds() for s in stays if s.kind == SERVICE),
    }


def _promise(site: Site, served: Iterable[Visit]) -> PromiseBothWays:
    served = list(served)
    share = within_target(site, served)
    return {
        "within_target": share,
        "within_target_percent": percent(share),
        "within_target_without_percent": percent(within_target(site, without_excused(served))),
        "left_out_s": round(sum(one.excused for one in served)),
    }


def without_excused(served: Iterable[Visit]) -> list[Visit]:
    """The same visits, shorter by what an interruption excuses."""
    return [replace(one, seconds=one.seconds - one.excused) for one in served]


def waits(stays: Iterable[Interval]) -> Iterator[Interval]:
    """The waits that a call ended. Of those who gave up, or left and expired at midnight, nobody knows how long."""
    return (s for s in stays if s.kind == WAIT and s.called_to is not None)


def joined(stays: Iterable[Interval]) -> Iterator[Interval]:
    """The stays, and of one that another officer went on with at the same counter, both parts as one."""
    before: Interval | None = None
    for stay in stays:
        if before is not None and before.kind == stay.kind == SERVICE and before.counter == stay.counter:
            before = replace(before, end=stay.end, suspect=before.suspect or stay.suspect)
            continue
        if before is not None:
            yield before
        before = stay
    if before is not None:
        yield before


def spread(seconds: Iterable[float]) -> Spread:
    """How many, their sum, median and 90th percentile, in seconds and as pages write them (null: there is none)."""
    values = sorted(seconds)
    if not values:
        return {"n": 0, "sum_s": 0, "median_s": None, "p90_s": None, "median_min": None, "p90_min": None}
    p90 = quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else values[0]
    half_s, p90_s = round(median(values)), round(p90)
    return {
        "n": len(values),
        "sum_s": round(sum(values)),
        "median_s": half_s,
        "p90_s": p90_s,
        "median_min": under(half_s),
        "p90_min": under(p90_s),
    }


def within_target(site: Site, served: Iterable[Visit]) -> float | None:
    """The share of visits within the service's promise; None where nothing was promised or served."""
    kept, promised = promises(site, served)
    return kept / promised if promised else None


def promises(site: Site, served: Iterable[Visit]) -> tuple[int, int]:
    """How many visits kept their service's promise, of how many that one was made for."""
    kept = promised = 0
    for visit in served:
        service = site.named(visit.service or "")
        if service is not None and service.target_minutes:
            promised += 1
            kept += visit.seconds <= service.target_minutes * 60
    return kept, promised
