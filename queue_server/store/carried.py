"""Tickets of those who were carried over: by the place that is kept for them, and by the number that they had."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, bindparam, exists, select

from ..domain.fold import Ticket
from ..domain.numbering import seq_of
from .prepared import Asked, Prepared
from .rows import TICKET_COLUMNS, to_ticket
from .schema import IS_KEPT, ticket

_t, _LET_IN, _BEFORE = ticket.c, ticket.alias("let_in"), ticket.alias("before")
_TICKETS = select(*TICKET_COLUMNS)
_KEPT_ON = (_t.site == bindparam("site"), IS_KEPT, _t.carried_to == bindparam("day"))
_NUMBERS = select(_t.carried_as).where(*_KEPT_ON)
_HOLDERS = _TICKETS.where(*_KEPT_ON, _t.service == bindparam("service"))
_HOLDERS = _HOLDERS.where(~exists().where(_LET_IN.c.carried_from == _t.id)).order_by(_t.day, _t.arrival)
_INTO = Prepared(_TICKETS.where(_t.carried_from == bindparam("id")))


def holders(conn: Connection, site: str, service: str, day: date) -> list[Ticket]:
    """The tickets whose holders have a place at the service on that day and were not let in, in their order."""
    rows = conn.execute(_HOLDERS, {"site": site, "service": service, "day": day})
    return [to_ticket(row) for row in rows]


def let_in_as(asked: Asked, id: str) -> Ticket | None:
    """The ticket that the holder of one of an earlier day was let in with, once they were."""
    row = _INTO.first(asked, {"id": id})
    return to_ticket(row) if row else None


def with_number(conn: Connection, site: str, day: date, number: str) -> list[Ticket]:
    """The day's tickets whose holders had that number when a hall gave up."""
    query = _TICKETS.join(_BEFORE, _BEFORE.c.id == _t.carried_from)
    query = query.where(_t.site == site, _t.day == day, _BEFORE.c.number == number)
    return [to_ticket(row) for row in conn.execute(query.order_by(_t.arrival))]


def came_with(part: str) -> ColumnElement[bool]:
    """The ticket's holder had a number with that part when a hall gave up."""
    before = select(_BEFORE.c.id).where(_BEFORE.c.site == _t.site, _BEFORE.c.carried_to.is_not(None))
    return _t.carried_from.in_(before.where(_BEFORE.c.number.contains(part, autoescape=True)))


def kept_numbers(conn: Connection, site: str, day: date) -> list[tuple[str, int]]:
    """(number, its place in its series) of all that are kept on that day."""
    return [(number, seq_of(number)) for number in conn.execute(_NUMBERS, {"site": site, "day": day}).scalars()]
