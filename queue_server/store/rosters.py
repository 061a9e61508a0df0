"""The rosters of days: all of a day's shifts are written anew at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, delete, select

from ..domain.roles import Actor
from ..domain.roster import Shift
from . import accounts, lendings
from .schema import roster

_r = roster.c
_SHIFTS = select(_r.counter, _r.account, _r.begins, _r.ends)


def of_day(conn: Connection, site: str, day: date) -> list[Shift]:
    """The shifts of a site's day, as they were written down."""
    rows = conn.execute(_SHIFTS.where(_r.site == site, _r.day == day).order_by(_r.n))
    return [Shift(*row) for row in rows]


def of_account(conn: Connection, site: str, day: date, account: str) -> list[Shift]:
    """Where one account sits on a day, in the order of time."""
    own = _SHIFTS.where(_r.site == site, _r.day == day, _r.account == account)
    return [Shift(*row) for row in conn.execute(own.order_by(_r.begins))]


def write(conn: Connection, site: str, day: date, shifts: Sequence[Shift]) -> None:
    """These are the day's shifts from now on."""
    conn.execute(delete(roster).where(_r.site == site, _r.day == day))
    for n, shift in enumerate(shifts):
        values = {"counter": shift.counter, "account": shift.account, "begins": shift.begins, "ends": shift.ends}
        conn.execute(roster.insert().values(site=site, day=day, n=n, **values))


def people(conn: Connection, site: str, *, lent: bool) -> dict[str, Actor]:
    """account -> who may sign in; ``lent``: with those that help out at the site's other agencies until its day closes.

    Of a day to come nobody can say who will.
    """
    helping: dict[str, set[tuple[str, str]]] = {}
    for one in lendings.of_site(conn, site) if lent else ():
        helping.setdefault(one.account, set()).add((site, one.agency))
    return {one.id: replace(one.actor, lent=frozenset(helping.get(one.id, ()))) for one in accounts.enabled(conn)}
