"""The follower that keeps the table of stays: all of a ticket's are written anew whenever an event touches it.

A day that was over and to which something happens loses the sheet that was kept of it (``store/sheets.py``).
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from sqlalchemy import Connection

from ..domain.events import Kind
from ..domain.fold import Event
from ..store import sheets, stays
from .follower import Part, Writes


def parts(revision: list[Event]) -> Iterator[Part]:
    """One part for each ticket: the end of a day touches hundreds. One for each day of what concerns no ticket."""
    of_tickets = {event.ticket: event for event in revision if event.ticket}
    of_days = {event.day: event for event in revision if not event.ticket}
    yield from (partial(_of_ticket, event=last) for last in of_tickets.values())
    yield from (partial(_of_day, event=last) for last in of_days.values())
    yield from (partial(_of_earlier, event=one) for one in revision if one.kind == Kind.INTERRUPTION_CONFIRMED)


def _of_ticket(conn: Connection, event: Event) -> None:
    _of_day(conn, event)
    stays.rewrite(conn, id=event.ticket or "")


def _of_day(conn: Connection, event: Event) -> None:
    sheets.forget_before(conn, event.site, event.day, (event.epoch, event.revision))


def _of_earlier(conn: Connection, event: Event) -> None:
    """A supervisor stands for what interrupted a day that is over: what was told of that day is told anew."""
    day = date.fromisoformat(event.detail.get("day", event.day.isoformat()))
    sheets.forget_before(conn, event.site, day, (event.epoch, event.revision))


def whole(conn: Connection, site: str) -> Iterator[Part]:
    """Whatever belongs to no ticket goes; every ticket's are written anew."""
    for day, id in stays.orphans(conn, site):
        yield partial(stays.forget, site=site, day=day, id=id)
    for id in stays.tickets(conn, site):
        yield partial(stays.rewrite, id=id)


FOLLOWER = Writes(stays.NAME, parts, whole, afresh=sheets.forget_all)
