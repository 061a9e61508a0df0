"""A service day's sheet from its events. Where time is spent is defined in ``domain/times.py``; nothing is new here."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..domain import times
from ..domain.audit import reason_code
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.overtakes import Ledger
from ..domain.papers import ended_as
from ..domain.site import CLASSES, Site
from ..domain.steps import steps
from ..domain.ticket import ENDED
from ..domain.times import Interval, visits
from ..queries.overtaking import serves
from . import sheet
from .excuses import Excuses
from .measures import joined
from .sheet import (
    AS_TOLD,
    BEGUN,
    CALLED,
    FORETOLD,
    HOLD,
    KEPT,
    KEPT_WITHOUT,
    NONE,
    PART,
    PROMISED,
    SERVICE,
    VISIT,
    WAIT,
    WALK,
    Dims,
    Sheet,
)
from .tickets import Story, stories_of

_KINDS = {times.WAIT: WAIT, times.WALK: WALK, times.SERVICE: SERVICE, times.HOLD: HOLD}
_CAUSE_OF = {"quota_full": "quota", "service_interrupted": "interruption"}  # code of a refusal; any other: closed
#: what corrects a day, by the word that reports have for it
_CORRECTS = {
    Kind.OUTAGE_ENTERED: "paper",
    Kind.DAY_CONFIRMED: "date",
    Kind.DAY_REOPENED: "reopening",
    Kind.RESTORED: "restore",
    Kind.INTERRUPTION_CONFIRMED: "interruption",
}
#: what begins or ends an officer's time at a counter, or a break
_STAFFED = {Kind.COUNTER_OPENED, Kind.COUNTER_CLOSED, Kind.TAKEN_OVER, Kind.BREAK_BEGUN, Kind.BREAK_ENDED}
Known = Callable[[str, str], Mapping[str, Any] | None]  # ("services", id) -> what some structure says of it
Row = tuple[Any, ...]


class _Places(dict[str | None, int]):
    """Ids as places in a list, which grows by whatever nobody declared."""

    def __init__(self, listed: list[Any], ids: Iterable[str], new: Callable[[str], Any] = lambda id: id) -> None:
        super().__init__({id: n for n, id in enumerate(ids)})
        self[None] = NONE
        self._listed, self._new = listed, new

    def __missing__(self, id: str | None) -> int:
        self[id] = len(self._listed)
        self._listed.append(self._new(id or ""))
        return self[id]


class _Day:
    """The lists of a day, the places in them, and the hour of an instant."""

    def __init__(self, site: Site, known: Known) -> None:
        self.site, self.dims = site, Dims(classes=[*CLASSES])
        d = self.dims
        d.services = [_service(s.id, s.agency, s.name, s.segment) for s in site.services.values()]
        d.counters = [{"id": c.id, "agency": c.agency, "name": c.name} for c in site.counters.values()]
        d.agencies = [{"id": a.id, "name": a.short_name} for a in site.agencies.values()]
        self.service = _Places(d.services, site.services, lambda id: unlisted(id, known("services", id)))
        self.counter = _Places(d.counters, site.counters, lambda id: unlisted(id, known("counters", id)))
        self.class_ = _Places(d.classes, CLASSES)
        self.outcome = _Places(d.outcomes, [*d.outcomes])
        self.cause = _Places(d.causes, [*d.causes])
        self.officer = _Places(d.officers, ())
        self.paper: dict[tuple[str, str], int] = {}
        self._zone: ZoneInfo = site.timezone
        self._known = known

    def hour(self, at: datetime) -> int:
        """The hour of the site's day."""
        return at.astimezone(self._zone).hour

    def paper_at(self, service: str, paper: str) -> int:
        """The place of a service's paper."""
        key = (service, paper)
        if key not in self.paper:
            self.paper[key] = len(self.dims.papers)
            declared = self.site.services.get(service)
            name = declared.papers.get(paper) if declared else None
            self.dims.papers.append({"id": paper, "service": service, "name": dict(name or {"id": paper})})
        return self.paper[key]

    def promised(self, service: str | None, kind: int) -> int | None:
        """What a service promises of a wait or a visit, in seconds; None: nothing."""
        name = "wait_target_minutes" if kind == WAIT else "target_minutes"
        declared = self.site.services.get(service or "")
        minutes = getattr(declared, name) if declared else (self._known("services", service or "") or {}).get(name)
        return minutes * 60 if minutes else None


def made(site: Site, day: date, events: Iterable[Event], known: Known = lambda what, id: None) -> Sheet:
    """The sheet of a day. ``site``: its structure as it was; ``known``: what others say of an id that it lacks."""
    happened = list(events)
    folded = [*steps(happened)]
    at, histories = _Day(site, known), stories_of(folded)
    excused = Excuses(site, happened)
    rows: dict[str, list[Row]] = {name: [] for name in sheet.TABLES}
    row_of: dict[str, int] = {}
    for of, story in enumerate(histories):
        row_of[story.ticket.id] = of
        rows["number"].append(_number(at, story))
        for spell, left_out in _spells(at, of, story, excused):
            rows["spell"].append(spell)
            if left_out:
                _, service, class_, hour, kind, _, counter, officer, *_ = spell
                rows["excused"].append((0, service, class_, hour, kind, of, counter, officer, left_out))
        for service, paper in sorted(story.missing):
            whose = _whose(at, service, story.ticket.class_, story.ticket.issued_at)
            rows["missing"].append((*whose, of, at.paper_at(service, paper)))
    rows["refusal"] = [_refusal(at, event) for event in happened if event.kind == Kind.REFUSED]
    ledger = Ledger(serves(site)).after_steps(folded)
    rows["passing"] = list(_passings(at, ledger, histories, row_of))
    rows["counter"] = list(_counters(at, happened, histories))
    at.dims.corrected = list(_corrected(day, happened))
    at.dims.turns = list(_turns(day, ledger, happened))
    tables = {name: sheet.table(name, found) for name, found in rows.items()}
    return Sheet([day], at.dims, tables, [story.ticket.number for story in histories])


def _corrected(day: date, happened: list[Event]) -> Iterator[dict[str, Any]]:
    """What was put right of a day afterwards: its date confirmed, paper entered, a day opened again."""
    found: dict[tuple[str, str | None], list[Event]] = {}
    for event in happened:
        if event.kind in _CORRECTS and (event.kind != Kind.INTERRUPTION_CONFIRMED or event.day != day):
            found.setdefault((_CORRECTS[event.kind], event.service), []).append(event)
    for (why, service), own in found.items():
        last = own[-1].at.isoformat()
        yield {"day": day.isoformat(), "at": last, "why": why, "service": service, "n": len(own)}


def _turns(day: date, ledger: Ledger, happened: list[Event]) -> Iterator[dict[str, Any]]:
    """The turns that the wheels did not give, each with the reason that was chosen for it from a list, if one was."""
    codes = {(event.epoch, event.revision): code for event in happened if (code := reason_code(event))}
    for place, turn in ledger.passings.items():
        if turn.how != "next":
            where = {"service": turn.ticket.service, "counter": turn.counter, "how": turn.how}
            counted = {"passed": len(turn.passed), "reason_code": codes.get(place)}
            yield {"day": day.isoformat(), "at": turn.at.isoformat(), **where, **counted}


def _service(id: str, agency: str, name: Mapping[str, str], segment: str | None) -> dict[str, Any]:
    return {"id": id, "agency": agency, "name": dict(name), "segment": segment}


def unlisted(id: str, found: Mapping[str, Any] | None) -> dict[str, Any]:
    """Something that the day's last structure has no more; of what no structure ever had, its id alone."""
    return (
        {"id": id, "agency": found["agency"], "name": found["name"], "segment": found.get("segment")}
        if found
        else {"id": id, "agency": "", "name": {"id": id}, "segment": None}
    )


def _whose(at: _Day, service: str | None, class_: str, moment: datetime) -> Row:
    return 0, at.service[service], at.class_[class_], at.hour(moment)


def _number(at: _Day, story: Story) -> Row:
    one = story.ticket
    ended = ended_as(one.state, one.outcome) if one.state in ENDED else "open"
    whose = _whose(at, one.service, one.class_, one.issued_at)
    kinds = {stay.kind for stay in story.stays}
    flags = CALLED * (times.WALK in kinds) | BEGUN * (times.SERVICE in kinds)
    if one.foretold is not None and one.called_at is not None:
        waited = (one.called_at - one.issued_at).total_seconds()
        flags |= FORETOLD | AS_TOLD * one.foretold.inside(waited)
    return (
        *whose,
        at.service[one.series],
        at.outcome[ended],
        at.counter[story.counter or one.counter],
        at.officer[story.officer],
        one.people,
        flags,
    )


def _spells(at: _Day, of: int, story: Story, excused: Excuses) -> Iterator[tuple[Row, float]]:
    """The stretches of a number's time that are over, each with how much of it an interruption excuses."""
    class_ = story.ticket.class_
    for stay, parts in zip(joined(story.stays), _parts(story.stays), strict=True):
        shared = parts if len(parts) > 1 else ()
        for one in shared:
            if one.end is None:
                continue  # it goes on: what the officers before had of it is over
            theirs = _whose(at, one.service, class_, one.start), at.counter[one.counter], at.officer[one.officer]
            yield (*theirs[0], PART, of, *theirs[1:], 0, one.seconds()), 0.0
        kind = _KINDS.get(stay.kind)
        if kind is None or stay.end is None or (kind == WAIT and stay.called_to is None):
            continue
        counter = stay.called_to if kind == WAIT else stay.counter
        where = at.counter[counter], NONE if shared else at.officer[stay.officer]
        left_out = excused(stay) if kind == WAIT else 0.0
        flags = _flags(at.promised(stay.service, kind), stay.seconds(), left_out) if kind == WAIT else 0
        whose = _whose(at, stay.service, class_, stay.start)
        yield (*whose, kind, of, *where, flags, stay.seconds()), left_out
    for visit in visits(story.stays, excused):
        last = _last_service(story.stays, visit.service)
        flags = _flags(at.promised(visit.service, VISIT), visit.seconds, visit.excused)
        whose = _whose(at, visit.service, class_, last.start)
        where = at.counter[visit.counter], at.officer[last.officer]
        yield (*whose, VISIT, of, *where, flags, visit.seconds), visit.excused


def _parts(stays: Iterable[Interval]) -> Iterator[list[Interval]]:
    """What each stay that is told as one is made of: a stretch of service of what each officer had of it."""
    found: list[Interval] = []
    for stay in stays:
        if found and not (found[-1].kind == stay.kind == times.SERVICE and found[-1].counter == stay.counter):
            yield found
            found = []
        found.append(stay)
    if found:
        yield found


def _last_service(stays: Iterable[Interval], service: str | None) -> Interval:
    """The last stretch of service there: a visit is told by its hour and its officer."""
    return [one for one in stays if one.kind == times.SERVICE and one.service == service and one.end is not None][-1]


def _flags(promised: int | None, seconds: float, left_out: float) -> int:
    if promised is None:
        return 0
    kept = KEPT * (seconds <= promised)
    return PROMISED | kept | KEPT_WITHOUT * (seconds - left_out <= promised)


def _refusal(at: _Day, event: Event) -> Row:
    cause = _CAUSE_OF.get(event.detail.get("code", ""), "closed")
    whose = _whose(at, event.service, event.detail.get("class", "regular"), event.at)
    return *whose, at.cause[cause], event.detail.get("people", 1)


def _passings(at: _Day, ledger: Ledger, histories: list[Story], row_of: Mapping[str, int]) -> Iterator[Row]:
    """How often each number was overtaken and overtook, where it stood then."""
    suffered, made = Tally[tuple[int, str]](), Tally[tuple[int, str]]()
    for one in ledger.overtakings:
        suffered[row_of[one.whom.id], one.whom.service] += 1
        made[row_of[one.who.id], one.who.service] += 1
    for of, service in sorted(suffered.keys() | made.keys()):
        ticket = histories[of].ticket
        whose = _whose(at, service, ticket.class_, ticket.issued_at)
        yield (*whose, of, suffered[of, service], made[of, service])


def _counters(at: _Day, happened: list[Event], histories: list[Story]) -> Iterator[Row]:
    """Every counter's hours: how long it was open, its officer rested, or was with somebody (called or served)."""
    if not happened:
        return
    spent: dict[tuple[int, int, int], list[float]] = {}
    staffed = [event for event in happened if event.kind in _STAFFED]
    last = max(event.at for event in happened)
    for n, periods in enumerate((_open(staffed, last), _rests(staffed, last), _busy(histories))):
        for counter, officer, since, until in periods:
            for hour, seconds in _by_hour(at, since, until):
                spent.setdefault((at.counter[counter], at.officer[officer], hour), [0.0, 0.0, 0.0])[n] += seconds
    yield from ((0, hour, counter, officer, *parts) for (counter, officer, hour), parts in sorted(spent.items()))


Period = tuple[str | None, str | None, datetime, datetime]  # counter, officer, from when to when


def _open(staffed: list[Event], last: datetime) -> Iterator[Period]:
    """From the opening of a counter to its closing; of one that is open still, to the last thing that happened.

    A hand-over ends one officer's time there and begins the other's.
    """
    since: dict[str | None, tuple[str | None, datetime]] = {}
    for event in staffed:
        there = since.get(event.counter)
        if event.kind == Kind.COUNTER_OPENED:
            since[event.counter] = event.officer, event.at
        elif event.kind in (Kind.COUNTER_CLOSED, Kind.TAKEN_OVER) and there is not None:
            yield event.counter, *there, event.at
            del since[event.counter]
            if event.kind == Kind.TAKEN_OVER:
                since[event.counter] = event.officer, event.at
    yield from ((counter, *there, last) for counter, there in since.items())


def _rests(staffed: list[Event], last: datetime) -> Iterator[Period]:
    """From the beginning of a break to its end, or to a closing or a hand-over."""
    since: dict[str | None, tuple[str | None, datetime]] = {}
    for event in staffed:
        if event.kind == Kind.BREAK_BEGUN:
            since.setdefault(event.counter, (event.officer, event.at))
        elif event.kind in (Kind.BREAK_ENDED, Kind.COUNTER_CLOSED, Kind.TAKEN_OVER) and event.counter in since:
            yield event.counter, *since.pop(event.counter), event.at
    yield from ((counter, *there, last) for counter, there in since.items())


def _busy(histories: list[Story]) -> Iterator[Period]:
    """Each time a counter had somebody called or served; what an outage's paper tells of had no officer."""
    for story in histories:
        for stay in story.stays:
            if stay.kind in (times.WALK, times.SERVICE) and stay.end is not None and stay.officer:
                yield stay.counter, stay.officer, stay.start, stay.end


def _by_hour(at: _Day, since: datetime, until: datetime) -> Iterator[tuple[int, float]]:
    """A period, cut at the full hours of the site's day; of a clock that went backwards nothing."""
    while since < until:
        local = since.astimezone(at.site.timezone)
        begun = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        ends = min(until, since + timedelta(hours=1) - begun)
        yield local.hour, (ends - since).total_seconds()
        since = ends
