"""``queue-server purge``: what has outlived its time goes, by the one table of ``domain/privacy.py``."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from ..commands import forgetting
from ..domain.day import local_date
from ..domain.privacy import DAYS, NAMED_FOR, months_before, shortest
from ..perform import Performer
from ..settings import Settings
from ..store import accounts, erasing, first_sealing, key_file, purging, schema
from ..store.accounts import SESSION_LASTS
from ..store.backup import forget as forget_copy
from ..store.key_file import Key
from ..store.keyring import Keyring
from ..store.purging import Kept
from ..store.structures import Structures
from ..store.transaction import ALL_SITES
from .backup import write

LAST = "last-purge.json"  # in the data folder, for doctor
PLAIN_COPIES = timedelta(days=7)  # so long a copy that was made before sealing is there to go back to
SEALED_SINCE = "0031"  # the schema in which texts are sealed


class CannotPurge(RuntimeError):
    """Nothing was purged; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What went, or is to go: keys, accounts that become pseudonyms, copies from before texts were sealed."""

    keys: tuple[Key, ...]
    accounts: int
    copies: tuple[Path, ...]


def kept_now(conn: Connection, structures: Structures, now: datetime) -> Kept:
    """What each site in force keeps for how long, and which day it is there."""
    s = schema.site.c
    sites = {}
    for row in conn.execute(select(s.id, s.epoch, s.structure).where(s.id != ALL_SITES)):
        if row.id in structures:
            site = structures.at(conn, row.id, row.epoch, row.structure)
            if site is not None:
                sites[row.id] = site
    lifetimes = {id: site.lifetimes for id, site in sites.items()}

    def today(of: str) -> date:
        return local_date(sites[of], now) if of in sites else now.astimezone(UTC).date()

    return Kept({**lifetimes, ALL_SITES: shortest(lifetimes)}, today)


def due(conn: Connection, ring: Keyring, kept: Kept, data: Path, now: datetime) -> Purged:
    """What is to go now. Raises CannotPurge while the clock is not believed."""
    if not purging.is_clock_believed(conn, ring, now):
        raise CannotPurge(
            f"the clock says {now:%Y-%m-%d %H:%M}, which is not believed after what was recorded last: set it right,"
            " or confirm the date on the supervisor's page"
        )
    ended = accounts.to_forget(conn, months_before(now, NAMED_FOR), ())
    return Purged(tuple(key for key in ring.keys.values() if kept.is_over(key)), len(ended), _copies(data, now))


def purge(perform: Performer, ring: Keyring, data: Path, now: datetime) -> Purged:
    """Destroy and take out what is due. Keys first: what is left behind if this is cut short can be read by nobody."""
    with perform.engine.connect() as conn:
        kept = kept_now(conn, perform.sites, now)
        gone = due(conn, ring, kept, data, now)
    ring.destroy(kept.is_over, kept.today(ALL_SITES))
    with perform.aside() as conn:
        purging.take_out(conn, ring.destroyed)
        purging.take_out_old(conn, kept)
        accounts.drop_sessions_before(conn, now - SESSION_LASTS)
    forgotten = perform(ALL_SITES, partial(forgetting.forget_officers, ended_before=months_before(now, NAMED_FOR)))
    ring.forget(forgotten.body)
    for copy in gone.copies:
        forget_copy(copy)
    _wipe_damaged(ring, now)
    first_sealing.leave_nothing_behind(perform.engine)
    write(data / LAST, {"at": now.isoformat()})
    return gone


def after_restore(settings: Settings, perform: Performer, ring: Keyring, now: datetime) -> None:
    """An old copy was put back: what was destroyed, forgotten or has ended since is so there, too."""
    with perform.engine.begin() as conn:
        kept = kept_now(conn, perform.sites, now)
        if purging.is_clock_believed(conn, ring, now):
            ring.destroy(kept.is_over, kept.today(ALL_SITES))
            purging.take_out_old(conn, kept)
        purging.take_out(conn, ring.destroyed)
    forget = partial(forgetting.forget_officers, ended_before=months_before(now, NAMED_FOR), also=ring.forgotten)
    ring.forget(perform(ALL_SITES, forget).body)
    with perform.aside() as conn:  # no command: that it was erased is on record since, and nothing more happens now
        for id in settings.sites:
            for ticket in ring.forgotten:
                erasing.erase(conn, id, ticket)


def _copies(data: Path, now: datetime) -> tuple[Path, ...]:
    """Copies made before a migration from a schema whose texts were plain, once nobody goes back to them."""
    found = sorted((data / "backups").glob("before-migrating-*.db"))
    plain = (file for file in found if file.stem.split("-")[2] < SEALED_SINCE)
    return tuple(file for file in plain if _made(file, now) + PLAIN_COPIES < now)


def _wipe_damaged(ring: Keyring, now: datetime) -> None:
    """A file that was none of keys any more was kept for whoever can mend it, until what it may hold has to go."""
    if ring.damaged.is_file() and ring.damaged.stat().st_mtime < (now - timedelta(days=max(DAYS.values()))).timestamp():
        key_file.wipe(ring.damaged)


def _made(file: Path, now: datetime) -> datetime:
    try:
        return datetime.strptime(file.stem.split("-")[3], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except (IndexError, ValueError):
        return now


def last_purge(data: Path) -> datetime | None:
    """When it was last done, by this machine's own note."""
    try:
        return datetime.fromisoformat(json.loads((data / LAST).read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None
