"""Closed days are sealed, and seals are proven: beside the hall's work, a few events at a time.

Whichever process comes first keeps a day's seal; the others find it kept. The server's own record (accounts, sign-ins,
devices) is sealed like a hall's, by the days of UTC.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlalchemy import Connection

from ..domain.seal import BEGINNING, Sealing
from ..perform import Performer
from ..queries.snapshot import Reader
from ..store import seals
from ..store.seals import FIRST, Place, Seal
from ..store.transaction import ALL_SITES

EVERY_S = 60.0
_AT_ONCE = 200  # events: a millisecond or two
_REST_S = 0.01

log = structlog.get_logger()


def run(perform: Performer, reader: Reader, sleep: Callable[[float], None] = time.sleep) -> None:
    """Seal for ever whatever day is over; what cannot be done now is tried again in a minute."""
    while True:
        try:
            for site in (ALL_SITES, *perform.sites):
                while seal_next(perform, reader, site, sleep):
                    pass
        except Exception:
            log.exception("sealing_failed")
        sleep(EVERY_S)


def seal_next(perform: Performer, reader: Reader, site: str, sleep: Callable[[float], None]) -> bool:
    """Seal the first day that is over and has no seal; whether there was one. Raises as a command."""
    with reader.connect() as conn, conn.begin():
        found = next_seal(conn, site, perform.clock(), lambda: sleep(_REST_S))
    if found is None:
        return False
    with perform.aside() as conn:
        seals.add(conn, found)
    return True


def next_seal(conn: Connection, site: str, now: datetime, pause: Callable[[], None] = lambda: None) -> Seal | None:
    """The next seal of a site; None while its day is not over. ``pause``: between a few events and the next."""
    before = seals.last(conn, site)
    previous, place = (before.digest, before.until) if before else (BEGINNING, FIRST)
    some = seals.events_from(conn, site, place, 1)
    if not some or some[0].day == seals.newest_day(conn, site):
        return None
    day, sealing = some[0].day, Sealing(previous)
    while some := seals.events_from(conn, site, place, _AT_ONCE):
        for event in some:
            place = (event.epoch, event.revision, event.n)
            if event.day != day:
                number = before.number + 1 if before else 1
                return Seal(site, number, day, place, sealing.count, previous, sealing.digest, now)
            sealing.add(event)
        place = (place[0], place[1], place[2] + 1)
        pause()
    return None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of one sealed day. ``why``: None if all is as it was sealed."""

    seal: Seal
    counted: int  # events that are there now
    why: str | None


def verify(conn: Connection, site: str, first: date | None = None, last: date | None = None) -> Iterator[Verdict]:
    """Work out the digest of each sealed day anew, from ``first`` to ``last``; the first one first."""
    number, digest, place = 0, BEGINNING, FIRST
    for seal in seals.of_site(conn, site):
        if (first is None or seal.day >= first) and (last is None or seal.day <= last):
            yield _judged(conn, seal, number, digest, place)
        number, digest, place = seal.number, seal.digest, seal.until


def _judged(conn: Connection, seal: Seal, number: int, digest: str, place: Place) -> Verdict:
    sealing = Sealing(seal.previous)
    for event in seals.events_between(conn, seal.site, place, seal.until):
        sealing.add(event)
    why = None
    if sealing.count != seal.events:
        why = f"{seal.events} events were sealed, {sealing.count} are there"
    elif sealing.digest != seal.digest:
        why = "its events are not those that were sealed"
    elif seal.number != number + 1 or seal.previous != digest:
        why = "its seal does not follow from the one before"
    return Verdict(seal, sealing.count, why)


def unsealed(conn: Connection, sites: Iterable[str]) -> dict[str, date]:
    """site -> the first day that has no seal yet."""
    found = {}
    for site in sites:
        before = seals.last(conn, site)
        some = seals.events_from(conn, site, before.until if before else FIRST, 1)
        if some:
            found[site] = some[0].day
    return found
