"""The owner of a credential: accounts, devices and tickets by the hash of what their holder knows."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta

from ..domain.accounts import manages
from ..domain.bookings import Booking
from ..domain.errors import Code, QueueError
from ..domain.fold import Ticket
from ..domain.privacy import LINK_LIVES, is_link_dead
from ..domain.rights import Act, may, require
from ..domain.roles import Actor
from ..store import accounts, bookings, carried, events, tickets
from ..store.accounts import Account
from ..store.ids import token_hash
from ..store.structure import site_row
from ..store.transaction import ALL_SITES
from .snapshot import Reader

_YOUNG = LINK_LIVES - timedelta(hours=14)  # no day that began so lately anywhere can be over for so long


def account_named(reader: Reader, username: str) -> Account | None:
    """The account that signs in under this name."""
    with reader.connect() as conn, conn.begin():
        return accounts.by_username(conn, username)


def account_of_session(reader: Reader, token: str, created_after: datetime) -> Account | None:
    """The account of a session that is young enough and not ended."""
    return accounts.by_session(reader, token_hash(token), created_after)


def refuse_unmanaged(reader: Reader, manager: Actor, id: str) -> None:
    """Raises ``not_found`` for an account that there is not, ``forbidden`` for one that is not the caller's to see."""
    require(manager, Act.MANAGE_ACCOUNTS)
    with reader.connect() as conn, conn.begin():
        found = accounts.by_id(conn, id)
    if found is None:
        raise QueueError(Code.NOT_FOUND)
    if not manages(manager, found.actor):
        raise QueueError(Code.FORBIDDEN)


def sites_left(reader: Reader, sites: Iterable[str]) -> set[str]:
    """The sites, of these, where whoever has a counter open may not work there any more."""
    with reader.connect() as conn, conn.begin():
        holders = list(accounts.holders(conn))
    return {site for site, _, agency, who in holders if not may(who, Act.WORK, site, agency)} & set(sites)


def device_of(reader: Reader, token: str) -> Actor | None:
    """The device that knows this token, if it is not revoked."""
    return accounts.by_device_token(reader, token_hash(token))


def accounts_revision(reader: Reader) -> tuple[int, int]:
    """Epoch and revision of accounts, sessions and devices: unmoved means that nobody signed out or was revoked."""
    with reader.connect() as conn, conn.begin():
        row = site_row(conn, ALL_SITES)
        return (row.epoch, row.revision) if row else (0, 0)


def still_valid(
    reader: Reader, hashes: Iterable[str], created_after: datetime
) -> tuple[Mapping[str, datetime], AbstractSet[str]]:
    """Those of the hashes that count: sessions with when they began, and devices that are not revoked."""
    asked = list(hashes)
    with reader.connect() as conn, conn.begin():
        return accounts.live_sessions(conn, asked, created_after), accounts.live_devices(conn, asked)


def ticket_of(reader: Reader, token: str, now: datetime) -> Ticket | None:
    """The ticket whose holder knows this token; of one who was let in on another day, the one they have there.

    None once its link is dead: a day is over for two days (``domain/privacy.py``).
    """
    found = tickets.by_token_hash(reader, token_hash(token))
    while found is not None and found.carried_to is not None:
        after = carried.let_in_as(reader, found.id)
        if after is None:
            break
        found = after
    if found is not None and now - _begins(found.day) > _YOUNG and found.carried_to is None:
        with reader.connect() as conn, conn.begin():
            return None if is_link_dead(events.day_closed_at(conn, found.site, found.day), now) else found
    return found


def booking_of(reader: Reader, token_hash: str) -> Booking | None:
    """The booked place whose holder knows the link of this hash."""
    with reader.connect() as conn, conn.begin():
        return bookings.by_token(conn, token_hash)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
