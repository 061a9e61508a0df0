"""The structure of days to come: what is saved for a later day holds then, and not before."""

from collections.abc import Callable
from datetime import date

from ..domain import carry
from ..domain.day import local_date
from ..domain.site import Site
from ..store import structures
from .snapshot import Snapshot


def site_on(view: Snapshot) -> Callable[[date], Site]:
    """By a day the site as it is known to be then: the levers of the open day are for that one alone."""
    ahead = [carry.Ahead(date.min, view.declared)]
    if view.structures is not None:
        today = local_date(view.site, view.now)
        ahead = structures.ahead(view.conn, view.site.id, view.structures, view.declared, today)
    return lambda day: view.site if day == view.day else carry.in_force(ahead, day)
