"""Events of kinds that happen seldom, over all days at once; however long the past, no more is read than there are."""

from typing import Any

from sqlalchemy import Select, bindparam, select

from .rows import EVENT_COLUMNS
from .schema import SELDOM_KINDS, event, in_words

_e = event.c
_FEW = event.alias("few")
_few = _FEW.c
_SAME = (_few.site == _e.site) & (_few.epoch == _e.epoch) & (_few.revision == _e.revision) & (_few.n == _e.n)


def of_kinds(*kinds: str) -> Select[Any]:
    """Every event of ``:site`` of some of the kinds in ``SELDOM``, oldest first.

    Found in the index of those kinds alone, then looked up, and by no order that the primary key has too: else SQLite
    would walk that key through every event of the site.
    """
    found = select(*EVENT_COLUMNS).join(_FEW, _SAME).where(_few.site == bindparam("site"))
    found = found.where(_few.kind.in_(SELDOM_KINDS), _few.kind.in_([in_words(kind) for kind in kinds]))
    return found.order_by(_few.epoch + 0, _few.revision, _few.n)


def of_kinds_on(*kinds: str) -> Select[Any]:
    """The same of the days ``:first`` … ``:last``."""
    return of_kinds(*kinds).where(_few.day >= bindparam("first"), _few.day <= bindparam("last"))
