"""What is kept of a number's holder, for the holder: which kinds, how much, and until when; no text."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.day import local_date
from ..domain.fold import Ticket
from ..domain.privacy import Lifetime, lifetime_of
from ..store import bookings, private
from .snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Own:
    """So much of one field, until the end of a day; ``erasable``: goes at the holder's word."""

    field: str
    count: int
    until: date
    erasable: bool


def own_data(view: Snapshot, ticket: Ticket, erasable: tuple[str, ...]) -> list[Own]:
    """What is kept about a ticket now."""
    kept = view.site.lifetimes
    found = [
        Own(name, n, kept.last_day(lifetime_of(name), local_date(view.site, at)), name in erasable)
        for name, (n, at) in sorted(private.names_of(view.conn, ticket.id).items())
    ]
    if bookings.has_code(view.conn, ticket.id) and not any(one.field == "booking" for one in found):
        until = ticket.day + timedelta(days=kept.days[Lifetime.BOOKINGS])
        found.append(Own("booking", 1, until, True))
    return found
