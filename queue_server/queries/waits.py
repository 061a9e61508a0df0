"""The line: who waits, in which order they would be called, how long that takes. All documents take it from here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from ..documents.board import Queue
from ..documents.shared import Estimate
from ..domain import turns
from ..domain.booked_ahead import BOOKED, Due, expected_with, turns_left
from ..domain.boxes import boxes
from ..domain.calibration import WaitRange
from ..domain.estimate import cycle_time, expected, free_in, line_turn
from ..domain.events import TEAM_CHANGES
from ..domain.fold import CounterState, Ticket
from ..domain.play import Play
from ..domain.rounding import outwards
from ..domain.site import CLASSES, Class
from ..domain.turns import Caller, Waiting
from .calls import last_called
from .due import due
from .interruptions import of_service
from .kept import Moved, Things, gone, kept, rule
from .notices import on_phone
from .scores import scores
from .snapshot import Snapshot
from .standing import counters_now, groups, lines, people, recent_durations, waiting_counts

# Behind more people than this a newcomer's place is told from counts, as if all called from one line. To play two
# thousand calls out takes a millisecond; a hall of a thousand is a rush, and told twice its wait it goes home.
FAR = 2000
_UNASKED = 20  # newcomers that nobody has asked about since: then the next who asks has all of it played again


def _callers_after(things: Things, moved: Moved) -> Things:
    if not moved.counters:
        return things
    return {of: _as_they_stand(callers, moved.counters) for of, callers in things.items()}


def _as_they_stand(callers: Mapping[str, Caller], counters: Mapping[str, CounterState]) -> Mapping[str, Caller]:
    return {**callers, **{id: callers[id].now(state) for id, state in counters.items() if id in callers}}


@kept(_callers_after)
def _callers(view: Snapshot) -> Mapping[str, Caller]:
    states, nobody, site = counters_now(view), CounterState(""), view.site
    idle = {p.id: Caller(frozenset(p.services), 0, False, False, turns.turn_s(site, p)) for p in site.counters.values()}
    return {id: caller.now(states.get(id, nobody)) for id, caller in idle.items()}


def _while_seated(things: Things, moved: Moved) -> Things:
    """It stays as long as nobody sits down, leaves, takes a break or comes back."""
    return things if moved.kinds.isdisjoint(TEAM_CHANGES) else {}


@kept(_while_seated)
def _team(view: Snapshot, service: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The counters that decide when one of the service is called, and all services that they call from."""
    callers = _callers(view)
    mine = set(map(id, turns.team(service, callers.values())))
    team = tuple(counter for counter, caller in callers.items() if id(caller) in mine)
    return team, frozenset({service}).union(*(callers[counter].services for counter in team))


# The play, who is still to join it, and what it was before the last who joined, by their arrival.
_Now = tuple[Play, tuple[Waiting, ...], dict[int, Play]]


class _Foretold:
    """The calls to all in lines that hang together, played out; who has come since joins when that is asked for."""

    def __init__(self, team: Sequence[Caller], play: Play, joined: tuple[Waiting, ...] = ()) -> None:
        self.team = team
        self._now: _Now = (play, joined, {})  # replaced as one: threads may ask at the same time

    def everybody(self) -> Play:
        """With all of them."""
        now = self._now
        return self._with(now, len(now[1]))

    def _with(self, now: _Now, count: int) -> Play:
        play, joined, before = now
        for one in joined[:count]:
            before, play = {one.arrival: play}, play.followed_by(one)
        self._now = (play, joined[count:], before)
        return play

    def before(self, arrival: int) -> Play:
        """As it was before the one of this arrival came, the last of all."""
        now = self._now
        return now[2][arrival] if arrival in now[2] else self._with(now, len(now[1]) - 1)

    def after(self, moved: Moved, reached: frozenset[str]) -> "_Foretold | None":
        """It goes on if nothing but newcomers changes the lines."""
        play, joined, _ = self._now
        for old, new in moved.tickets:
            if old is None and new.in_line and new.service in reached and len(joined) < _UNASKED:
                joined = (*joined, Waiting(new.arrival, new.service, new.class_))
            elif any(t and t.in_line and t.service in reached for t in (old, new)):
                return None
        return _Foretold(self.team, play, joined)


def _foretold_after(things: Things, moved: Moved) -> Things:
    if not moved.waiting:
        return things
    now = {reached: known.after(moved, reached) for reached, known in things.items()}
    return {reached: known for reached, known in now.items() if known}


rule("foretold", _foretold_after)


def _foretold(view: Snapshot, service: str) -> _Foretold:
    """All calls in the lines that are connected with the service's, by the counters as they stand now."""
    (counters, reached), callers = _team(view, service), _callers(view)
    team, things = [callers[counter] for counter in counters], view.kept.setdefault("foretold", {})
    known = things.get(reached)
    if known is None or known.team != team:
        known = things[reached] = _played(view, reached, team)
    return known


def _played(view: Snapshot, reached: frozenset[str], team: Sequence[Caller]) -> _Foretold:
    """The one who was issued at this very revision joins last: their place is what a newcomer's was before."""
    just_now, before = view.revision, {}
    joined: tuple[Waiting, ...] = ()
    for service, line in lines(view, sorted(reached)).items():
        before[service] = tuple(tuple(a for a in own if a != just_now) for own in line)
        last = [class_ for class_, own in zip(CLASSES, line, strict=True) if just_now in own[-1:]]
        joined = joined or tuple(Waiting(just_now, service, class_) for class_ in last)
    return _Foretold(team, Play(view.site.order, team, before), joined)


class Waits:
    """A site's waiting figures at one revision, each read and worked out at most once for all who ask."""

    def __init__(self, view: Snapshot) -> None:
        self.view = view
        self._coming: dict[str, tuple[list[Due], int]] = {}

    @property
    def open(self) -> frozenset[str]:
        """The counters that an officer has open."""
        return frozenset(id for id, state in counters_now(self.view).items() if state.officer is not None)

    def _cycle(self, service: str) -> float | None:
        """Seconds from one call to the next at a counter, as of late or as promised; None if neither is known."""
        declared = self.view.site.services.get(service)
        target_s = declared.target_minutes * 60 if declared and declared.target_minutes else None
        return cycle_time(recent_durations(self.view, service), target_s)

    def count(self, service: str) -> int:
        """How many wait for a service."""
        return sum(waiting_counts(self.view).get(service, {}).values())

    def waited_for(self) -> Collection[str]:
        """The services that anybody waits for."""
        return waiting_counts(self.view).keys()

    def stands_with(self, service: str, moved: Collection[str]) -> bool:
        """Whether the places of those who wait for the service may change when somebody of the others comes or goes."""
        return not _team(self.view, service)[1].isdisjoint(moved)

    def ahead(self, found: Ticket) -> int:
        """How many would be called before this waiting ticket, by the counters that serve it, if nobody else came."""
        if found.arrival == self.view.revision:  # issued just now, and the last in every line
            return self._behind(found.service, found.class_, just_come=True)
        return self.places(found.service)[found.arrival]

    def places(self, service: str) -> Mapping[int, int]:
        """arrival -> how many would be called before, for all who wait for the service."""
        return _foretold(self.view, service).everybody().places

    def newcomer(self, service: str) -> int:
        """How many would be called before an ordinary visitor who came now."""
        return _newcomer(self.view, service)

    def people_waiting(self, service: str) -> int:
        """As ``count``, but of people: a group's number is one, its people are several."""
        return self.count(service) + sum(g.people - 1 for g in groups(self.view).values() if g.service == service)

    def people_ahead(self, found: Ticket) -> int:
        """As ``ahead``, but of people."""
        if found.arrival == self.view.revision:
            return self.ahead(found) + self._others_behind(found.service, found.class_, just_come=True)
        return self.people_places(found.service)[found.arrival]

    def people_places(self, service: str) -> Mapping[int, int]:
        """As ``places``, but of people."""
        places, others = self.places(service), self._others(service)
        if not others:
            return places
        more = _foretold(self.view, service).everybody().weights_before(others)
        return {arrival: place + more[arrival] for arrival, place in places.items()}

    def _others(self, service: str) -> Mapping[int, int]:
        """arrival -> how many more came with a number, in the lines that are connected with the service's."""
        known = groups(self.view)
        reached = _team(self.view, service)[1] if known else ()
        return {arrival: group.people - 1 for arrival, group in known.items() if group.service in reached}

    def _others_behind(self, service: str, class_: Class, *, just_come: bool = False) -> int:
        """How many more people than numbers are before the end of the line; behind a crowd: as if all were."""
        itself = self.view.revision if just_come else None
        others = {arrival: n for arrival, n in self._others(service).items() if arrival != itself}
        if not others:
            return 0
        if sum(self.count(s) for s in _team(self.view, service)[1]) > FAR:
            return sum(others.values())
        foretold = _foretold(self.view, service)
        play = foretold.before(self.view.revision) if just_come else foretold.everybody()
        return play.weight_before(service, class_, others)

    def _behind(self, service: str, class_: Class, *, just_come: bool = False) -> int:
        """The place at the end of the line; ``just_come``: one of that class has taken it and is in the counts."""
        (counters, reached), callers, waiting = (
            _team(self.view, service),
            _callers(self.view),
            waiting_counts(self.view),
        )
        team = [callers[counter] for counter in counters]
        together = turns.alike(service, team, waiting)
        if together is None:
            if sum(self.count(s) for s in reached) <= FAR:
                foretold = _foretold(self.view, service)
                play = foretold.before(self.view.revision) if just_come else foretold.everybody()
                return play.newcomer(service, class_)
            together = frozenset().union(*(c.services for c in team if service in c.services))
        counts: dict[Class, int] = {}
        for each in together:
            for kind, n in waiting.get(each, {}).items():
                counts[kind] = counts.get(kind, 0) + n
        counts[class_] = counts.get(class_, 0) - just_come
        mine = [c for c in team if service in c.services]
        return turns.newcomer(self.view.site.order, mine, counts, class_)

    def counters_open(self, service: str) -> int:
        """How many counters that serve it an officer has open, and is on no break at."""
        return _counters_open(self.view, service)

    def back_at(self, service: str) -> datetime | None:
        """When the first of the counters that serve it is back, while all that are open rest; None if not known."""
        if self.counters_open(service):
            return None
        states, serving = counters_now(self.view), self.view.site.counters.values()
        found = [states[c.id].break_until for c in serving if service in c.services and c.id in states]
        return min((at for at in found if at is not None), default=None)

    def estimate(self, service: str, ahead: int, class_: Class = turns.ORDINARY) -> Estimate | None:
        """The wait, as a range in seconds, of one with so many people called before them; None if nobody serves."""
        return document(foretold) if (foretold := self.foretold(service, ahead, class_)) else None

    def foretold(self, service: str, ahead: int, class_: Class) -> WaitRange | None:
        """What one of a class with so many people called before them is told; None where nothing is known."""
        if not self.counters_open(service):
            return None
        turn_s, states = _line_turn(self.view, service), counters_now(self.view)
        own = [states[c.id] for c in self.view.site.counters.values() if service in c.services and c.id in states]
        frees = [free_in(state, turn_s or 0, awaited=ahead > 0) for state in own]
        ends = [at for at in frees if at is not None]
        coming, already = self._due(service)
        most = turns_left(self.view.site.order, class_, ahead, already) if coming else 0.0
        found = expected_with(ahead, coming, most, lambda n: expected(n, turn_s, ends))
        return scores(self.view).factors(service).around(found) if found is not None else None

    def _due(self, service: str) -> tuple[list[Due], int]:
        """Those who have booked and are to come, for whoever waits for it; and how many of their class wait already."""
        if service not in self._coming:
            serving = [caller.services for caller in _callers(self.view).values() if caller.open]
            waiting = waiting_counts(self.view)
            already = sum(waiting.get(id, {}).get(BOOKED, 0) for id in _shared(self.view, service))
            self._coming[service] = due(self.view, service, serving), already
        return self._coming[service]

    def foretold_newcomer(self, service: str, class_: Class) -> WaitRange | None:
        """What one of that class who takes a number now is told."""
        return self.foretold(service, self._behind(service, class_) + self._others_behind(service, class_), class_)

    def estimate_now(self, service: str) -> Estimate | None:
        """The wait of an ordinary visitor who came now; None if nobody serves."""
        if not self.counters_open(service):
            return None
        return self.estimate(service, _people_before_newcomer(self.view, service))


@kept(gone)
def _newcomer(view: Snapshot, service: str) -> int:
    return Waits(view)._behind(service, turns.ORDINARY)


@kept(gone)
def _people_before_newcomer(view: Snapshot, service: str) -> int:
    waits = Waits(view)
    return waits.newcomer(service) + waits._others_behind(service, turns.ORDINARY)


@kept(gone)
def _line_turn(view: Snapshot, service: str) -> float | None:
    """What one of the service's line takes on average: of the services that its counters call from."""
    waits, shared = Waits(view), _shared(view, service)
    people = {id: waits.people_waiting(id) for id in shared}
    asked = {service, *(id for id, n in people.items() if n)}
    return line_turn({id: waits._cycle(id) for id in asked}, people, service)


@kept(_while_seated)
def _shared(view: Snapshot, service: str) -> frozenset[str]:
    """The service, and the others that its open counters call from."""
    open_ = [c.services for c in _callers(view).values() if c.open]
    return frozenset({service}).union(*(services for services in open_ if service in services))


@kept(_while_seated)
def _counters_open(view: Snapshot, service: str) -> int:
    return sum(c.open and service in c.services for c in _callers(view).values())


def document(foretold: WaitRange) -> Estimate:
    """What visitors are told, as documents say it."""
    low_s, high_s, _ = foretold
    return {"low_s": low_s, "high_s": high_s, "minutes": outwards(low_s, high_s), "boxes": boxes(low_s, high_s)}


def queue(view: Snapshot, service: str, waits: Waits | None = None) -> Queue:
    """The queue document: the waiting numbers in the order of arrival, and each one's place; a phone finds its own."""
    waits = waits or Waits(view)
    order = people(view, (service,))[service].tickets
    of = waits.places(service) if order else {}
    places = [of[one.arrival] for one in order]
    persons = waits.people_places(service) if order else {}
    found = [waits.estimate(service, persons[one.arrival], one.class_) for one in order]
    return {
        "site": view.site.id,
        "service": service,
        **view.stamp(),
        "order": [one.number for one in order],
        "places": places,
        "people_places": [persons[one.arrival] for one in order],
        "counters_open": waits.counters_open(service),
        "back_at": back.isoformat() if (back := waits.back_at(service)) else None,
        "estimates": [(e["low_s"], e["high_s"]) if e else None for e in found],
        "minutes": [e["minutes"] if e else None for e in found],
        "boxes": [e["boxes"] if e else None for e in found],
        "last_called": last_called(view).get(service),
        "interruptions": of_service(view, service),
        "notices": on_phone(view, service),
    }
