"""Events of kinds that happen seldom, over all days at once; however long the past, no more is read than there are."""

from typing import Any

from sqlalchemy import Select, bindparam, select

from ..domain.events import SELDOM
from .few import FEW, SAME, few
from .rows import EVENT_COLUMNS
from .schema import SELDOM_KINDS, in_words


def of_kinds(*kinds: str) -> Select[Any]:
    """Every event of ``:site`` of some of the kinds in ``SELDOM``, oldest first. Raises LookupError for any other.

    Found in the index of those kinds (``few.py``), and by no order that the primary key has too.
    """
    if others := {*kinds} - {*SELDOM}:
        raise LookupError(f"the index of what happens seldom holds no {', '.join(sorted(others))}")
    found = select(*EVENT_COLUMNS).join(FEW, SAME).where(few.site == bindparam("site"))
    found = found.where(few.kind.in_(SELDOM_KINDS), few.kind.in_([in_words(kind) for kind in kinds]))
    return found.order_by(few.epoch + 0, few.revision, few.n)


def of_kinds_on(*kinds: str) -> Select[Any]:
    """The same of the days ``:first`` … ``:last``."""
    return of_kinds(*kinds).where(few.day >= bindparam("first"), few.day <= bindparam("last"))
