"""How a hall performs, for everybody to read: a day's facts from its events, and a period's figures from its days.

No counter, no officer, no number of a ticket: only sums and spreads over services, days and hours.
``domain/times.py`` defines wait, walk and service time, ``measures.py`` measures them; nothing of it is new here.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ..domain.day_hours import site_hours_on, week_on, weekday
from ..domain.events import Kind
from ..domain.fold import Event, Ticket
from ..domain.papers import ended_as
from ..domain.site import Site
from ..domain.ticket import ENDED, State
from ..domain.times import WAIT, Journey, Visit, visits
from .excuses import Excuses
from .measures import promises, spread, waits, without_excused
from .tickets import stories

PERIODS = {"week": 30, "month": 30, "quarter": 90}  # how many dates, today's the last, a period is looked for in
WEEK_DAYS = 7  # a week is the last seven of those on which there was service
FEW_TOLD = 20  # of fewer it is not said how many in a hundred came as told
TOO_FEW = 3  # waits; fewer say nothing of an hour, and might say something of a person
OTHERS = "*"  # stands for the services that too few came for
FORMER = ""  # stands for every service that the site file no longer has

Hour = tuple[str, int]  # a service, an hour of the site's day


@dataclass(frozen=True, slots=True)
class Day:
    """What a service day comes to, by service. Times in seconds; ``promises``: how many were kept, of how many.

    ``kept_without``: how many were kept if what interruptions excuse is left out, ``left_out`` seconds in all.
    """

    day: date
    issued: Mapping[str, int] = field(default_factory=dict)
    served: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)  # that came with the served
    refused: Mapping[str, int] = field(default_factory=dict)
    waits: Mapping[Hour, tuple[float, ...]] = field(default_factory=dict)  # by the hour in which they began
    promises: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    kept_without: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, float] = field(default_factory=dict)
    foretold: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # waits as told, of how many
    waiting: Mapping[int, int] = field(default_factory=dict)  # who still waits, by the hour since when


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of figures; times in whole seconds, None where there is none."""

    issued: int
    served: int
    people: int
    refused: int | None  # None: of one service, and so few that it is not told (``without_few_refused``)
    waits: int
    median_s: int | None
    p90_s: int | None
    kept: int
    promised: int
    kept_without: int  # with what interruptions excuse left out
    left_out_s: int  # of service, in all
    as_told: int  # first calls within the range that was told at the issue
    foretold: int  # … of how many of those who had been told one

    @property
    def share_told(self) -> float | None:
        """The part of the waits that were as told; None for a few, of which a part says nothing."""
        return self.as_told / self.foretold if self.foretold >= FEW_TOLD else None

    @property
    def share_without(self) -> float | None:
        """The same part, with what interruptions excuse left out."""
        return self.kept_without / self.promised if self.promised else None

    @property
    def share(self) -> float | None:
        """The part of the service times that kept their promise."""
        return self.kept / self.promised if self.promised else None


def public(found: Figures, least: int) -> Figures:
    """Figures for everybody: times in whole minutes, as a closed month's open data has them; of a few, none."""
    if not least:
        return found
    few = found.waits < least
    half, nine = (None if few or one is None else one // 60 * 60 for one in (found.median_s, found.p90_s))
    promised, kept, without = found.promised, found.kept, found.kept_without
    if promised < least:
        promised, kept, without = 0, 0, 0
    return replace(found, median_s=half, p90_s=nine, promised=promised, kept=kept, kept_without=without)


def together(counts: list[tuple[str, int]], least: int) -> frozenset[str]:
    """The services that fewer than ``least`` came for, and so many more that they too are not few; none if all came."""
    came = sorted((n, id) for id, n in counts if n)
    few, sum_ = [id for n, id in came if n < least], sum(n for n, _ in came if n < least)
    for n, id in came[len(few) :]:
        if not few or sum_ >= least:
            break
        few.append(id)
        sum_ += n
    return frozenset(few)


def without_few_refused(rows: list[tuple[str, Figures]], least: int) -> list[tuple[str, Figures]]:
    """Services, of which fewer refusals than ``least`` are not told; nor by the rest of a sum, which would show one."""
    hidden = {id for id, row in rows if (row.refused or 0) < least}
    rest = sorted((row.refused or 0, id) for id, row in rows if id not in hidden)
    if len(hidden) == 1 and rest:
        hidden.add(rest[0][1])
    return [(id, replace(row, refused=None) if id in hidden else row) for id, row in rows]


@dataclass(frozen=True, slots=True)
class Span:
    """A day, or a week of days, of the chart; a day without service says why (``holiday`` None: nobody came)."""

    first: date
    last: date
    figures: Figures | None
    holiday: str | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """A site's figures over a period's service days, oldest first; none if nobody was served."""

    period: str
    days: tuple[date, ...]
    total: Figures
    spans: tuple[Span, ...]
    hours: Mapping[tuple[int, int], Figures]  # (weekday, hour of arrival), where there are enough waits
    services: tuple[tuple[str, Figures], ...]  # the busiest first; FORMER, if there are any, last
    holidays: tuple[tuple[date, str], ...]  # between the first day and the last
    waiting: int  # who still waits, and is in no figure of waits yet


def facts(site: Site, day: date, events: Iterable[Event], then: Site | None = None) -> Day:
    """The facts of a service day from its events; ``then``: as ``facts_of`` says."""
    happened = list(events)
    told_of = stories(happened)
    journeys = [Journey(one.stays, _outcome(one.ticket), one.ticket.people) for one in told_of]
    refused = Tally(e.service for e in happened if e.kind == Kind.REFUSED)
    excused, as_told = Excuses(then or site, happened), _as_told(one.ticket for one in told_of)
    return facts_of(site, day, journeys, refused, excused, as_told, then)


def _as_told(tickets: Iterable[Ticket]) -> Mapping[str, tuple[int, int]]:
    """service -> how many first calls came as had been told, of how many."""
    of: defaultdict[str, list[bool]] = defaultdict(list)
    for one in tickets:
        if one.foretold is not None and one.called_at is not None:
            of[one.series].append(one.foretold.inside((one.called_at - one.issued_at).total_seconds()))
    return {service: (sum(inside), len(inside)) for service, inside in of.items()}


def facts_of(
    site: Site,
    day: date,
    journeys: Iterable[Journey],
    refused: Mapping[str | None, int],
    excused: Excuses,
    foretold: Mapping[str, tuple[int, int]],
    then: Site | None = None,
) -> Day:
    """The facts of a service day from its tickets' stays; ``refused``: how many asked for a service in vain.

    ``then``: the site as that day had it, by whose promises its visits are judged; None: as it is now.
    ``told``: service -> how many first calls came as had been told at the issue, of how many.
    """
    journeys = list(journeys)
    known = lambda id: id if id in site.services else FORMER  # noqa: E731
    stays = [stay for one in journeys for stay in one.stays]
    hour = lambda stay: stay.start.astimezone(site.timezone).hour  # noqa: E731
    waited: defaultdict[Hour, list[float]] = defaultdict(list)
    for stay in waits(stays):
        waited[known(stay.service), hour(stay)].append(stay.seconds())
    served = [visit for one in journeys for visit in visits(one.stays, excused)]
    by_service: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in served:
        by_service[known(visit.service)].append(visit)
    people: Tally[str] = Tally()
    for one in journeys:
        people[known(one.service)] += one.people if one.outcome == State.COMPLETED else 0
    judge = then or site
    promised = {id: promises(judge, there) for id, there in by_service.items()}
    without = {id: promises(judge, without_excused(there)) for id, there in by_service.items()}
    turned_away: Tally[str] = Tally()
    for id, count in refused.items():
        turned_away[known(id)] += count
    as_told: dict[str, tuple[int, int]] = {}
    for id, (inside, many) in foretold.items():
        before = as_told.get(known(id), (0, 0))
        as_told[known(id)] = before[0] + inside, before[1] + many
    return Day(
        day,
        foretold=as_told,
        issued=Tally(known(one.series) for one in journeys),
        served=Tally(known(one.service) for one in journeys if one.outcome == State.COMPLETED),
        people=+people,
        refused=turned_away,
        waits={slot: tuple(sorted(seconds)) for slot, seconds in waited.items()},
        promises={id: counts for id, counts in promised.items() if counts[1]},
        kept_without={id: kept for id, (kept, many) in without.items() if many},
        left_out={id: sum(one.excused for one in there) for id, there in by_service.items()},
        waiting=Tally(hour(stay) for stay in stays if stay.kind == WAIT and stay.end is None),
    )


def _outcome(ticket: Ticket) -> str | None:
    return ended_as(ticket.state, ticket.outcome) if ticket.state in ENDED else None


def looked_at(period: str, today: date) -> list[date]:
    """The dates among which a period's service days are, oldest first."""
    return [today - timedelta(days=back) for back in reversed(range(PERIODS[period]))]


def performance(site: Site, period: str, days: Iterable[Day], least: int = 0) -> Performance:
    """A period's figures from the facts of its dates, oldest first. On a service day numbers were taken.

    ``least``: what fewer tell is withheld, and services that fewer came for stand together (``withheld.py``).
    """
    served = [d for d in days if sum(d.issued.values())]
    if period == "week":
        served = served[-WEEK_DAYS:]
    by_service = [(id, figures(served, id)) for id in (*site.services, FORMER)]
    by_service = [row for row in by_service if row[0] != FORMER or row[1] != figures([])]
    few = together([(id, row.issued) for id, row in by_service], least)
    by_service = [row for row in by_service if row[0] not in few]
    by_service += [(OTHERS, figures(served, few))] if few else []
    by_service.sort(key=lambda row: (row[0] in (FORMER, OTHERS), -row[1].served))
    spans = _weeks(served) if period == "quarter" else _days(site, served)
    return Performance(
        period,
        tuple(d.day for d in served),
        public(figures(served), least),
        tuple(replace(span, figures=span.figures and public(span.figures, least)) for span in spans),
        {slot: public(found, least) for slot, found in _hours(served).items() if found.waits >= least},
        tuple((id, public(row, least)) for id, row in without_few_refused(by_service, least)),
        tuple(_holidays(site, served)),
        sum(sum(d.waiting.values()) for d in served),
    )


def figures(days: Iterable[Day], service: str | frozenset[str] | None = None) -> Figures:
    """The figures of some days; of one service, of several together, or of all."""
    days = list(days)
    of = frozenset({service}) if isinstance(service, str) else service
    mine = lambda id: of is None or id in of  # noqa: E731
    count = lambda tally: sum(n for id, n in tally.items() if mine(id))  # noqa: E731
    waited = [s for d in days for (id, _), seconds in d.waits.items() if mine(id) for s in seconds]
    counts = [counts for d in days for id, counts in d.promises.items() if mine(id)]
    foretold = [counts for d in days for id, counts in d.foretold.items() if mine(id)]
    wait = spread(waited)
    return Figures(
        issued=sum(count(d.issued) for d in days),
        served=sum(count(d.served) for d in days),
        people=sum(count(d.people) for d in days),
        refused=sum(count(d.refused) for d in days),
        waits=wait["n"],
        median_s=wait["median_s"],
        p90_s=wait["p90_s"],
        kept=sum(kept for kept, _ in counts),
        promised=sum(promised for _, promised in counts),
        kept_without=sum(count(d.kept_without) for d in days),
        left_out_s=round(sum(count(d.left_out) for d in days)),
        as_told=sum(inside for inside, _ in foretold),
        foretold=sum(many for _, many in foretold),
    )


def _days(site: Site, served: list[Day]) -> Iterable[Span]:
    """Every day from the first to the last: with its figures, or why there was no service. Days off are left out."""
    by_date = {d.day: d for d in served}
    for day in _dates(served):
        if day in by_date:
            yield Span(day, day, figures([by_date[day]]))
        elif (name := _holiday(site, day)) or site_hours_on(site, day):
            yield Span(day, day, None, name)


def _weeks(served: list[Day]) -> Iterable[Span]:
    """Every week, Monday to Sunday, that had service; from its first such day to its last."""
    weeks: defaultdict[date, list[Day]] = defaultdict(list)
    for each in served:
        weeks[each.day - timedelta(days=each.day.weekday())].append(each)
    return (Span(days[0].day, days[-1].day, figures(days)) for days in weeks.values())


def _hours(served: list[Day]) -> Mapping[tuple[int, int], Figures]:
    """Waits by weekday and hour of arrival."""
    slots: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for each in served:
        for (_, hour), seconds in each.waits.items():
            if hour not in each.waiting:  # or only the short waits of that hour would be known
                slots[each.day.weekday(), hour] += seconds
    merged = {slot: Day(date.min, waits={(FORMER, slot[1]): tuple(slots[slot])}) for slot in sorted(slots)}
    return {slot: figures([day]) for slot, day in merged.items() if len(slots[slot]) >= TOO_FEW}


def _holidays(site: Site, served: list[Day]) -> Iterable[tuple[date, str]]:
    with_service = {d.day for d in served}
    named = ((day, _holiday(site, day)) for day in _dates(served) if day not in with_service)
    return ((day, name) for day, name in named if name)


def _holiday(site: Site, day: date) -> str | None:
    """The name of a holiday that closed the hall on a weekday when it would have been open."""
    special = site.holidays.get(day)
    if site.always_open or site.hours is None or special is None or not special.closed:
        return None
    week = week_on(site, day)
    return special.name if week is not None and weekday(day) in week else None


def _dates(served: list[Day]) -> list[date]:
    """Every date from the first service day to the last."""
    if not served:
        return []
    first = served[0].day
    return [first + timedelta(days=n) for n in range((served[-1].day - first).days + 1)]
