"""Reading answers and registers: sums by month, agency and service; the rows themselves for staff's own tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from ..domain.fold import Event
from ..domain.survey import ELEMENTS, PROFILE, Answered, Counted
from . import comments
from .rows import to_event
from .schema import COMPLETED, service, ticket
from .seldom import of_kinds
from .survey_schema import rating, survey_answer

Cell = tuple[str, str | None, str | None]  # month, agency, service
_a, _r, _s, _t = survey_answer.c, rating.c, service.c, ticket.c
_ON = [_a[f"on_{element}"] for element in ELEMENTS]
_VALID = case((and_(*(column.is_not(None) for column in _ON)), 1), else_=0)


def sums(conn: Connection, site: str) -> dict[Cell, Counted]:
    """All that have left the urn, summed up."""
    of = (_a.month, _a.agency, _a.service)
    scores = [func.sum(case((_VALID == 1, column), else_=0)) for column in _ON]
    skips = [func.sum(case((column.is_(None), 1), else_=0)) for column in _ON]
    rows = conn.execute(
        select(*of, func.count(), func.sum(_VALID), *scores, *skips).where(_a.site == site).group_by(*of)
    )
    found: dict[Cell, Counted] = {}
    nine = len(ELEMENTS)
    for month, agency, of_service, all_, valid, *rest in rows:
        whole = [int(one) for one in rest]
        found[month, agency, of_service] = Counted(
            int(valid), tuple(whole[:nine]), int(all_) - int(valid), tuple(whole[nine:])
        )
    return found


def answers(conn: Connection, site: str, first: str, last: str) -> Iterator[Answered]:
    """The rows from a month to a month, in the order of their ids, which is that of chance."""
    wanted = select(survey_answer).where(_a.site == site, _a.month >= first, _a.month <= last).order_by(_a.id)
    for row in conn.execute(wanted):
        yield _answered(row, comments.opened(conn, site, row.id, row.comment))


def _answered(row: Any, comment: str | None) -> Answered:
    values = tuple(getattr(row, f"on_{element}") for element in ELEMENTS)
    profile = tuple(getattr(row, name) for name in PROFILE)
    of = (row.month, row.service, row.agency, row.channel, row.cost_scale, row.wording)
    return Answered(*of, values, profile, comment)


def how_many(conn: Connection, site: str) -> dict[str, int]:
    """month -> answers that have left the urn, whole or not."""
    rows = conn.execute(select(_a.month, func.count()).where(_a.site == site).group_by(_a.month))
    return {row[0]: row[1] for row in rows}


def served(conn: Connection, site: str, first: date, last: date) -> dict[str, int]:
    """service -> visits that were finished on these days."""
    own = (COMPLETED, _t.site == _s.site, _t.service == _s.id, _t.day >= first, _t.day <= last)
    # A service at a time, in the index of what it completed: together, each ticket of a year would be looked up.
    each = select(func.count()).select_from(ticket).where(*own).correlate(service).scalar_subquery()
    rows = conn.execute(select(_s.id, each).where(_s.site == site))
    return {row[0]: row[1] for row in rows if row[1]}


def ratings(conn: Connection, site: str) -> list[tuple[str, str | None, int, int]]:
    """(month, agency, score, how many) of the quick ratings that have left the urn."""
    of = (_r.month, _r.agency, _r.score)
    return [tuple(row) for row in conn.execute(select(*of, func.count()).where(_r.site == site).group_by(*of))]


def register(conn: Connection, site: str, kinds: Sequence[str]) -> list[Event]:
    """The events of the registers, in their order."""
    return [*map(to_event, conn.execute(of_kinds(*kinds), {"site": site}))]
