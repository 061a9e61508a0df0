"""Accounts that are lent to another agency's counters.

Written within the site's own command, so that it stands in line with its day.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select

from .schema import lending

_l = lending.c


class Lending(NamedTuple):
    """An account helps out at an agency's counters until the day closes; ``by`` whom it was lent."""

    site: str
    account: str
    agency: str
    by: str
    at: datetime


_LENDINGS = select(_l.site, _l.account, _l.agency, _l.by, _l.at).order_by(_l.at, _l.account, _l.agency)


def every(conn: Connection) -> list[Lending]:
    """All that stand, at whichever site."""
    return [Lending(*row) for row in conn.execute(_LENDINGS)]


def of_site(conn: Connection, site: str) -> list[Lending]:
    """Those of a site, the oldest first."""
    return [Lending(*row) for row in conn.execute(_LENDINGS.where(_l.site == site))]


def stands(conn: Connection, site: str, account: str, agency: str) -> bool:
    """Whether the account is lent there."""
    return conn.execute(select(_l.at).where(*_is(site, account, agency))).first() is not None


def begin(conn: Connection, new: Lending) -> None:
    """An account is lent from now on."""
    conn.execute(lending.insert().values(**new._asdict()))


def end(conn: Connection, site: str, account: str, agency: str) -> bool:
    """It is lent no more; whether it was."""
    return conn.execute(delete(lending).where(*_is(site, account, agency))).rowcount == 1


def lent_to(rows: Iterable[tuple[str | None, str | None]]) -> tuple[tuple[str, str], ...]:
    """The (site, agency) pairs of an outer join: an account that is lent to nobody has one row without either."""
    return tuple(sorted((site, agency) for site, agency in rows if site is not None and agency is not None))


def _is(site: str, account: str, agency: str) -> tuple[ColumnElement[bool], ...]:
    return (_l.site == site, _l.account == account, _l.agency == agency)
