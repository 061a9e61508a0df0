"""The closed months of the public page: figures that anybody can make again of the open data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from flask import request

from ...documents.reports import Why
from ...documents.survey import Ikm
from ...domain.errors import Code, QueueError
from ...domain.open_beside import BesideFigures
from ...domain.open_rows import POOLED, Figures
from ...domain.site import Site
from ...domain.survey_period import Months
from ...house import House
from ...queries import survey
from ...queries.snapshot import Snapshot
from ...reports.performance_cache import Standing
from ..http.open_months import closed_months, together
from .visit import Visit

_YEAR = 4  # letters of "2026"


@dataclass(frozen=True, slots=True)
class Published:
    """What stands on the page of one closed month, or of a year's closed months together."""

    of: str  # "2026-11" or "2026"
    months: tuple[str, ...]  # "2026-11", the earliest first
    choices: tuple[str, ...]  # every month and year that may be chosen
    total: Figures
    services: tuple[tuple[str, Figures], ...]
    names: Mapping[str, Mapping[str, str]]
    beside: BesideFigures
    ikm: Ikm  # of the same months, as the API has it
    corrections: tuple[tuple[Why, int], ...]  # why, and of how many numbers, interruptions or days

    @property
    def pooled(self) -> str:
        """What stands for the services that too few came for."""
        return POOLED


def published(visit: Visit, site: Site, now: Standing) -> Published | None:
    """``?of=2026-11`` or ``?of=2026``; without it the last closed month. None while no month is closed.

    Raises ``invalid`` for any other.
    """
    house = visit.house
    known = {f"{one.first:%Y-%m}": one for one in closed_months(house, site.id, now)}
    listed = [*known]
    choices = (*listed, *sorted({name[:_YEAR] for name in listed}, reverse=True))
    of = request.args.get("of") or (listed[0] if listed else "")
    if not of:
        return None
    if of not in choices:
        raise QueueError(Code.INVALID, field="of")
    names = tuple(name for name in reversed(listed) if name.startswith(of))
    found = together(house, site.id, [known[name] for name in names], now)
    return Published(
        of=of,
        months=names,
        choices=choices,
        total=found.total,
        services=found.services,
        names=found.names,
        beside=found.beside,
        corrections=tuple(_corrections(found.beside)),
        ikm=house.read(site.id, lambda view: _ikm(house, view, Months(names[0], names[-1]))),
    )


def _corrections(rest: BesideFigures) -> Iterator[tuple[Why, int]]:
    """What was put right afterwards, of how many numbers, interruptions or days."""
    for why in get_args(Why):
        if n := getattr(rest, f"corrected_{why}"):
            yield why, n


def _ikm(house: House, view: Snapshot, months: Months) -> Ikm:
    return survey.frozen_or_now(view, survey.cells(view, house.urn_keys), months, None, None)
