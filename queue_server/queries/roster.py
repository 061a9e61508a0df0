"""A day's roster for those who see to it, and where an account sits today."""

from collections.abc import Iterable
from datetime import date, datetime

from ..documents.roster import Roster, Sitting
from ..domain.day import local_date
from ..domain.roles import Actor
from ..domain.roster import Shift, version_of
from ..domain.site import Site
from ..store import accounts, rosters
from .snapshot import Reader, Snapshot


def shifts(view: Snapshot, day: date, agencies: frozenset[str] = frozenset()) -> list[Shift]:
    """A day's shifts, counter by counter; ``agencies`` limits them to theirs, empty means all.

    A shift at a counter that the hall has no more is everybody's.
    """
    counters = view.site.counters
    order = {id: n for n, id in enumerate(counters)}
    found = [
        one
        for one in rosters.of_day(view.conn, view.site.id, day)
        if not agencies or one.counter not in counters or counters[one.counter].agency in agencies
    ]
    return sorted(found, key=lambda one: (order.get(one.counter, len(order)), one.begins))


def roster(view: Snapshot, day: date, agencies: frozenset[str] = frozenset()) -> tuple[Roster, str]:
    """The document, and the version that a change is based on."""
    found, names = shifts(view, day, agencies), accounts.names(view.conn)
    document: Roster = [
        {
            "counter": one.counter,
            "account": one.account,
            "name": names.get(one.account),
            "from": one.begins,
            "to": one.ends,
        }
        for one in found
    ]
    return document, version_of(found)


def sittings(reader: Reader, account: str, sites: Iterable[Site], now: datetime) -> list[Sitting]:
    """Where an account sits today, at whichever site."""
    with reader.connect() as conn, conn.begin():
        found = [
            (site, one) for site in sites for one in rosters.of_account(conn, site.id, local_date(site, now), account)
        ]
    return [{"site": site.id, "counter": one.counter, "from": one.begins, "to": one.ends} for site, one in found]


def people(view: Snapshot, *, lent: bool) -> dict[str, Actor]:
    """account -> who may sign in; ``lent``: with those that help out at other agencies until the day closes."""
    return rosters.people(view.conn, view.site.id, lent=lent)
