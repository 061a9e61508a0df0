"""What somebody asks of a period, as it stands in an address."""

from collections.abc import Mapping
from datetime import date
from typing import get_args

from ...domain.errors import Code, QueueError
from ...domain.site import CLASSES, Segment
from ...reports.by import BY, OFFICER
from ...reports.calendar import MOST_DAYS, Period, month_of
from ...reports.sheet import OUTCOMES
from ...reports.span import Wanted
from .query_values import day_said, text

SEGMENTS = frozenset(get_args(Segment))
#: what limits the figures of a period, beside its days
FILTERS = ("agency", "service", "counter", "class", "weekday", "hour", "segment", "outcome", "officer")


def period(today: date) -> Period:
    """From and to, both within; the present month if neither is said. Raises ``invalid``."""
    usual = month_of(today)
    first, last = _day("from"), _day("to")
    if first is None and last is None:
        return usual
    asked = Period(first or month_of(last or today).first, last or month_of(first or today).last)
    if not 0 < asked.days <= MOST_DAYS:
        raise QueueError(Code.INVALID, field="to")
    return asked


def wanted(agencies: frozenset[str], *, officers: bool = False) -> Wanted:
    """The filters, within the agencies of who asks; ``officers``: an officer may be one. Raises ``invalid``."""
    officer = text("officer")
    if officer is not None and not officers:
        raise QueueError(Code.INVALID, field="officer")
    return Wanted(
        *(agencies, text("agency"), text("service"), text("counter"), one_of("class", frozenset(CLASSES))),
        *(_number("weekday", 6), _number("hour", 23), one_of("segment", SEGMENTS)),
        *(one_of("outcome", frozenset(OUTCOMES)), officer),
    )


def by(usual: str | None) -> str | None:
    """By what the lines are told; where that is officers, they may be. Raises ``invalid``."""
    return one_of("by", frozenset((*BY, *((OFFICER,) if usual == OFFICER else ()))), usual)


def nothing_but(*taken: str) -> None:
    """A paper that has no other filters, and lines by nothing, answers no question about them.

    Raises ``invalid``: figures of more than was asked for would be read as those that were.
    """
    for name in FILTERS:
        if name not in taken and text(name) is not None:
            raise QueueError(Code.INVALID, field=name)
    by_nothing()


def by_nothing() -> None:
    """Figures that have no lines by anything. Raises ``invalid`` where some are asked for."""
    if text("by") is not None:
        raise QueueError(Code.INVALID, field="by")


def page() -> int:
    """Which page, from 1. Raises ``invalid``."""
    return _number("page", 100_000, 1) or 1


def one_of(name: str, known: Mapping[str, object] | frozenset[str], usual: str | None = None) -> str | None:
    """A word that must be known. Raises ``invalid``."""
    said = text(name)
    if said is not None and said not in known:
        raise QueueError(Code.INVALID, field=name)
    return said or usual


def _number(name: str, most: int, least: int = 0) -> int | None:
    said = text(name)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= 6 and least <= int(said) <= most):
        raise QueueError(Code.INVALID, field=name)
    return int(said)


def day_of(name: str, *, last: bool = False) -> date | None:
    """A day, or a whole month (``2026-10``): its first day, or its last. Raises ``invalid``."""
    said = text(name)
    if said is None or len(said) != 7:
        return _day(name)
    first = _read(name, f"{said}-01")
    return month_of(first).last if last else first


def _day(name: str) -> date | None:
    said = text(name)
    return None if said is None else _read(name, said)


def _read(name: str, said: str) -> date:
    found = day_said(said)
    if found is None:
        raise QueueError(Code.INVALID, field=name)
    return found
