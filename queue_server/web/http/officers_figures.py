"""Figures by officer as somebody asks for them: whose they may read is decided here, for API, files and page."""

from dataclasses import replace
from functools import partial
from typing import Any

from ...documents.reports import OfficersReport
from ...domain.errors import Code, QueueError
from ...domain.rights import Act, may
from ...domain.roles import Actor
from ...house import House
from ...reports import officers
from ...reports.by import OFFICER
from ...reports.calendar import Period
from ...reports.filed import Filed, Write
from ...reports.officers import Reader
from ...store import accounts
from . import period_query
from .period_figures import ask


def of_officers(house: House, actor: Actor, site: str) -> tuple[OfficersReport, dict[str, str]]:
    """What the address asks of them, and whom the reader may choose: account id -> name.

    Raises ``invalid``; ``forbidden`` for another's figures, unless one answers for their agency.
    """
    both, make = _made(house, actor, site)
    answer: tuple[OfficersReport, dict[str, str]] = ask(house, site, both, make)
    return answer


def file_of_officers(house: House, actor: Actor, site: str, write: Write) -> Filed:
    """The same as a file. Raises the same."""
    both, make = _made(house, actor, site)
    found: Filed = ask(house, site, both, partial(officers.in_file, make, write))
    return found


def _made(house: House, actor: Actor, site: str) -> tuple[list[Period], Any]:
    now = house.clock().astimezone(house.site(site).timezone)
    others = may(actor, Act.SEE_OFFICERS, site)
    wanted, period = period_query.wanted(actor.agencies, officers=True), period_query.period(now.date())
    if wanted.officer not in (None, actor.id) and not others:
        raise QueueError(Code.FORBIDDEN)
    by = period_query.by(OFFICER) or OFFICER
    if by != OFFICER and wanted.officer is None and others:
        raise QueueError(Code.INVALID, field="officer")
    reader = Reader(actor.id, others, house.read(site, lambda view: accounts.names(view.conn)))
    both = [period, period.before()]
    own = not others or wanted.officer == actor.id  # their own work, wherever they did it and whose service it is now
    asked = replace(wanted, agencies=frozenset()) if own else wanted
    return both, partial(officers.with_choices, site, by, asked, wanted, both, now, reader)
