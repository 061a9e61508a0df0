"""The follower that keeps the table of stays: all of a ticket's are written anew whenever an event touches it."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import Connection

from ..domain.fold import Event
from ..store import stays
from .follower import Part, Writes


def parts(revision: list[Event]) -> Iterator[Part]:
    """One part for each ticket: the end of a day touches hundreds."""
    for ticket in dict.fromkeys(event.ticket for event in revision if event.ticket):
        yield partial(stays.rewrite, id=ticket)


def whole(conn: Connection, site: str) -> Iterator[Part]:
    """Whatever belongs to no ticket goes; every ticket's are written anew."""
    for day, id in stays.orphans(conn, site):
        yield partial(stays.forget, site=site, day=day, id=id)
    for id in stays.tickets(conn, site):
        yield partial(stays.rewrite, id=id)


FOLLOWER = Writes(stays.NAME, parts, whole)
