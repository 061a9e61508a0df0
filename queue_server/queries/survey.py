"""The index of satisfaction from the answers: of whole months that are over, and nothing of fewer than ten."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from ..documents.survey import ElementIndex, Ikm, Scored, SurveyTicket, Unit
from ..domain import survey as skm
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Event, Ticket
from ..domain.numbering import normalise
from ..domain.site import Site
from ..domain.survey import ELEMENTS, Answered, Counted, hundredths
from ..domain.survey_mix import leave_at_end
from ..domain.survey_period import Months
from ..domain.survey_told import held_back, is_told
from ..store import survey, tickets, urn
from ..store.survey import Cell
from ..store.urn import Urn as Urn
from ..store.urn_keys import UrnKeys
from .snapshot import Snapshot

ELSEWHERE = ""  # the unit of answers whose agency or service is struck out


def survey_day(view: Snapshot) -> date:
    """The date by which a month is over: the service day's while the clock is lost."""
    return view.day if view.clock_lost and view.day is not None else local_date(view.site, view.now)


@dataclass(frozen=True, slots=True)
class Cells:
    """All that was answered at a site in months that are over, summed up by month, agency and service."""

    site: Site
    today: date
    sums: Mapping[Cell, Counted]

    @property
    def months(self) -> set[str]:
        """Of which there are answers."""
        return {month for month, _, _ in self.sums}

    def of(self, months: Iterable[str], agency: str | None = None, service: str | None = None) -> Counted:
        """The sums of a unit in some months."""
        wanted = set(months)
        return sum((one for cell, one in self._of_unit(agency, service) if cell[0] in wanted), Counted())

    def by_month(self, agency: str | None = None, service: str | None = None) -> dict[str, int]:
        """month -> respondents of a unit."""
        found: Counter[str] = Counter()
        for cell, one in self._of_unit(agency, service):
            found[cell[0]] += one.n
        return dict(found)

    def _of_unit(self, agency: str | None, service: str | None) -> list[tuple[Cell, Counted]]:
        """``ELSEWHERE``: the answers that name none."""
        return [
            (cell, one)
            for cell, one in self.sums.items()
            if (agency is None or (cell[1] or ELSEWHERE) == agency)
            and (service is None or (cell[2] or ELSEWHERE) == service)
        ]


def cells(view: Snapshot, keys: UrnKeys) -> Cells:
    """Read them, with those that still lie in the urns of months that are over as they will leave them."""
    today = survey_day(view)
    found = {cell: one for cell, one in survey.sums(view.conn, view.site.id).items() if _over(cell[0], today)}
    for said in leaving(view.conn, keys, view.site.id, today):
        cell = (said.month, said.agency, said.service)
        found[cell] = found.get(cell, Counted()) + skm.count([said])
    return Cells(view.site, today, found)


def respondents(view: Snapshot, keys: UrnKeys, months: Months) -> list[Answered]:
    """The answers themselves, in the order of chance, for staff's own tables; of months that are over."""
    today = survey_day(view)
    if not months.is_over(today):
        raise QueueError(Code.INVALID, field="to", reason="not_over")
    left = [said for said in leaving(view.conn, keys, view.site.id, today) if months.first <= said.month <= months.last]
    return [*survey.answers(view.conn, view.site.id, months.first, months.last), *left]


def _over(month: str, today: date) -> bool:
    return Months(month, month).is_over(today)


def leaving(conn: Connection, keys: UrnKeys, site: str, today: date, kind: str = "survey") -> list[Answered]:
    """What still lies in the urns of months that are over, as it will leave them."""
    found = []
    for month in urn.months_waiting(conn, site):
        if _over(month, today):
            waiting = urn.waiting(conn, keys, site, month)
            out = leave_at_end(waiting, urn.left_before(conn, site, month))
            found += sorted((one for one in out if one.kind == kind), key=lambda one: one.id)
    return [one.said for one in found]


def ikm(of: Cells, months: Months, agency: str | None = None, service: str | None = None, version: int = 0) -> Ikm:
    """The index of a unit. Raises ``invalid`` for an agency or service that there is not."""
    site, asked = of.site, months.all
    named = site.named(service) if service else None
    if service is not None and named is None:
        raise QueueError(Code.INVALID, field="service")
    if agency is not None and agency not in site.agencies:
        raise QueueError(Code.INVALID, field="agency")
    if named is not None:
        if agency not in (None, named.agency):
            raise QueueError(Code.INVALID, field="service")
        agency = named.agency
    counted = of.of(asked, agency, service)
    shown = _tells(of, asked, agency, service)
    units = [] if service else _units(of, asked, agency, shown)
    indexes = [skm.index(of.of(asked, *_at(agency, one["id"]))) for one in units if one["ikm"] is not None]
    mean = skm.mean_of([one for one in indexes if one is not None])
    scored = _scored(counted, shown)
    return {
        "site": site.id,
        "agency": agency,
        "service": service,
        "period": {"from": months.begins.isoformat(), "to": months.ends.isoformat()},
        "version": version,
        **scored,
        "pooled": scored["ikm"],
        "mean_of_units": _figure(mean),
        "units": units,
        "elements": [_element(counted, n, shown) for n in range(len(ELEMENTS))],
        "weight": "1/9",
        "cost_scale": _cost_scale(site, agency, service),
    }


def of_halls(halls: Mapping[str, tuple[Cells, Months]], agency: str | None = None) -> Ikm:
    """Of several halls together: all respondents, and the mean of the halls that are told."""
    units: list[Unit] = []
    whole, indexes, hidden = Counted(), list[Fraction](), 0
    months = next(iter(halls.values()))[1]
    for id, (of, own) in halls.items():
        there = agency is None or agency in of.site.agencies
        counted = of.of(own.all, agency) if there else Counted()
        shown = _tells(of, own.all, agency, None) if there else False
        units.append({"id": id, "name": of.site.name, **_scored(counted, shown)})
        index = skm.index(counted) if shown else None
        whole, hidden = whole + counted, hidden + (bool(counted.n) and not shown)
        indexes += [index] if index is not None else []
    shown = not hidden and whole.n > 0  # of two halls, the whole less the one would be the other
    scored = _scored(whole, shown)
    return {
        "site": None,
        "agency": agency,
        "service": None,
        "period": {"from": months.begins.isoformat(), "to": months.ends.isoformat()},
        "version": 0,
        **scored,
        "pooled": scored["ikm"],
        "mean_of_units": _figure(skm.mean_of(indexes)),
        "units": units,
        "elements": [_element(whole, n, shown) for n in range(len(ELEMENTS))],
        "weight": "1/9",
        "cost_scale": None,
    }


def _at(agency: str | None, unit: str) -> tuple[str | None, str | None]:
    return (unit, None) if agency is None else (agency, unit)


def _tells(of: Cells, asked: list[str], agency: str | None, service: str | None) -> bool:
    """Whether the unit's figure is shown: by its own months, and by what stands beside it."""
    if agency is None:
        return is_told(of.by_month(), asked)
    if agency in _held(of, asked, None):
        return False
    return service is None or service not in _held(of, asked, agency)


def _held(of: Cells, asked: list[str], agency: str | None) -> set[str]:
    """The units of a whole that are held back: a hall's agencies, or an agency's services."""
    wanted, place = set(asked), 1 if agency is None else 2
    units: Counter[str] = Counter()
    for cell, one in of.sums.items():
        if cell[0] in wanted and (agency is None or cell[1] == agency):
            units[cell[place] or ELSEWHERE] += one.n
    untold = [unit for unit in units if unit == ELSEWHERE or not is_told(of.by_month(*_at(agency, unit)), asked)]
    return held_back(units, untold)


def _units(of: Cells, asked: list[str], agency: str | None, shown: bool) -> list[Unit]:
    site, held = of.site, _held(of, asked, agency)
    if agency is None:
        names = {one.id: one.name for one in site.agencies.values()}
    else:
        names = {one.id: one.name["id"] for one in site.services.values() if one.agency == agency}
        names |= {id: one.name["id"] for id, one in site.former.items() if one.agency == agency}
    all_shown = shown or agency is None
    return [
        {"id": id, "name": name, **_scored(of.of(asked, *_at(agency, id)), all_shown and id not in held)}
        for id, name in names.items()
    ]


def _scored(counted: Counted, shown: bool) -> Scored:
    index = skm.index(counted) if shown else None
    rounded = None if index is None else hundredths(index)
    return {
        "ikm": None if rounded is None else rounded / 100,
        "letter": None if rounded is None else skm.letter(rounded),
        "n": counted.n,
        "n_incomplete": counted.n_incomplete,
        "withheld": bool(counted.n) and not shown,
    }


def _element(counted: Counted, n: int, shown: bool) -> ElementIndex:
    mean = skm.mean(counted, n) if shown else None
    index = None if mean is None else hundredths(mean * skm.TO_INDEX)
    return {
        "key": ELEMENTS[n],
        "n": counted.n,
        "nrr": _figure(mean),
        "index": None if index is None else index / 100,
        "letter": None if index is None else skm.letter(index),
        "skipped": counted.skipped[n],
    }


def _figure(exact: Fraction | None) -> float | None:
    return None if exact is None else hundredths(exact) / 100


def _cost_scale(site: Site, agency: str | None, service: str | None) -> Any:
    """In which words the cost was asked about: of today's services, since no answer is of fewer than a month ago."""
    of = [one for one in site.services.values() if service in (None, one.id) and agency in (None, one.agency)]
    scales = {one.cost_scale for one in of}
    return "both" if len(scales) > 1 else next(iter(scales), None)


def of_number(view: Snapshot, typed: str) -> Ticket | None:
    """The ticket of the open day that somebody names at a tablet."""
    number = normalise(typed)
    return tickets.by_number(view.conn, view.site.id, view.day, number) if view.day and number else None


def asked_of(site: Site, service: str) -> SurveyTicket:
    """What a survey of a service depends on."""
    known = site.services.get(service)
    return {
        "service": service,
        "cost_scale": known.cost_scale if known else "free",
        "fee": dict(known.published.cost) if known and known.published.cost else None,
    }


def closed(conn: Connection, site: str) -> dict[str, Event]:
    """quarter -> the event that froze it last."""
    return {event.detail["quarter"]: event for event in survey.register(conn, site, (Kind.SURVEY_CLOSED,))}


def frozen_or_now(view: Snapshot, of: Cells, months: Months, agency: str | None, service: str | None) -> Ikm:
    """As it was frozen, if the period is a quarter that is closed; else worked out now."""
    name = months.quarter
    event = closed(view.conn, view.site.id).get(name) if name else None
    if event is None:
        return ikm(of, months, agency, service)
    if agency is None and service is None:
        found: Ikm = event.detail["result"]
        return found
    return ikm(of, months, agency, service, event.detail["version"])
