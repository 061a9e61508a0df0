"""Closed days are sealed, and seals are proven: beside the hall's work, a few events at a time.

Whichever process comes first keeps a day's seal; the others find it kept. The server's own record (accounts, sign-ins,
devices) is sealed like a hall's, by the days of UTC.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import Connection

from ..domain.seal import BEGINNING, Sealing
from ..perform import Performer
from ..queries.snapshot import Reader
from ..store import seals
from ..store.seals import FIRST, Place, Seal
from ..store.transaction import ALL_SITES

EVERY_S = 60.0
BY_ITSELF = timedelta(hours=1)  # so long after a day is over its seal is there, while the server runs
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
        begins = seals.events_from(conn, site, place, 1)
        named = {seal.day, *(event.day for event in begins)}  # a seal that was given another day is found by both
        if any((first is None or day >= first) and (last is None or day <= last) for day in named):
            yield _judged(conn, seal, number, digest, place)
        number, digest, place = seal.number, seal.digest, seal.until


def verify_last(conn: Connection, site: str, days: int) -> list[Verdict]:
    """Work out the digests of the last sealed days anew, and whether each follows from the one before."""
    all = list(seals.of_site(conn, site))
    some = all[-days - 1 :]
    number, digest, place = 0, BEGINNING, FIRST
    if len(all) > days:
        first = some.pop(0)
        number, digest, place = first.number, first.digest, first.until
    found = []
    for seal in some:
        found.append(_judged(conn, seal, number, digest, place))
        number, digest, place = seal.number, seal.digest, seal.until
    return found


def _judged(conn: Connection, seal: Seal, number: int, digest: str, place: Place) -> Verdict:
    sealing, days = Sealing(seal.previous), {seal.day}
    for event in seals.events_between(conn, seal.site, place, seal.until):
        sealing.add(event)
        days.add(event.day)
    why = None
    if sealing.count != seal.events:
        why = f"{seal.events} events were sealed, {sealing.count} are there"
    elif sealing.digest != seal.digest:
        why = "its events are not those that were sealed"
    elif days != {seal.day}:
        why = f"its events are of {', '.join(str(day) for day in sorted(days - {seal.day}))}"
    elif seal.number != number + 1 or seal.previous != digest:
        why = "its seal does not follow from the one before"
    return Verdict(seal, sealing.count, why)


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A day without a seal. ``over``: another one has begun. ``missing``: the server has long had the time for it."""

    day: date
    over: bool
    missing: bool


def unsealed(conn: Connection, site: str) -> list[Unsealed]:
    """The days that have no seal, the first one first.

    By the record's own time, not by that of whoever asks. A server whose newest seal is as new as what was recorded
    last still seals older days, one after another: it was made new, and nothing is missing.
    """
    before = seals.last(conn, site)
    begun = seals.days_from(conn, site, before.until if before else FIRST)
    newest, made = seals.newest_at(conn), seals.last_made(conn)
    at_work = made is not None and newest is not None and made >= newest - BY_ITSELF
    found = []
    for n, (day, _) in enumerate(begun):
        over_at = begun[n + 1][1] if n + 1 < len(begun) else None
        late = over_at is not None and newest is not None and newest - over_at > BY_ITSELF
        found.append(Unsealed(day, over_at is not None, late and not at_work))
    return found
