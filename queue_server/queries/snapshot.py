"""One consistent view of a site: what a document is built from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from ..documents.shared import Stamped
from ..domain.day import clock_lost, numbers_opened
from ..domain.errors import Code, QueueError
from ..domain.site import Site
from ..store.structure import site_row
from ..store.transaction import Transaction

Reader = Engine  # what queries read from; whoever hands it on need not know what it is


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A site at one revision: whoever reads it sees every event up to that revision and none after (I-11)."""

    conn: Connection
    site: Site
    epoch: int
    revision: int
    last_call: int
    day: date | None
    day_closed: bool
    now: datetime
    clock_lost: bool  # whether hours cannot be read from ``now``
    open_until: datetime | None  # numbers are given until then, whatever hours and calendar say
    kept: dict[Any, Any] = field(default_factory=dict)  # what was worked out of this very revision

    @property
    def opened(self) -> bool:
        """Whether a supervisor lets numbers be given now."""
        return numbers_opened(self.open_until, self.now)

    def stamp(self) -> Stamped:
        """What every document carries so that a newer one replaces an older."""
        return {"epoch": self.epoch, "revision": self.revision}


def inside(tx: Transaction) -> Snapshot:
    """The view from within a command, for the caller's reply."""
    day = (tx.day, tx.day_closed, tx.now, tx.clock_lost, tx.open_until)
    return Snapshot(tx.conn, tx.config, tx.epoch, tx.revision, tx.last_call, *day)


# What is worked out of a committed revision holds for everybody who reads that revision: hundreds of phones that come
# back at once share it. Only the newest of each site is kept; a command's own view, not yet committed, never is.
_KEPT: WeakKeyDictionary[Reader, dict[str, tuple[Any, dict[Any, Any]]]] = WeakKeyDictionary()


def _kept(reader: Reader, site: Site, epoch: int, revision: int) -> dict[Any, Any]:
    sites = _KEPT.setdefault(reader, {})
    (known_epoch, known_revision, known_site), kept = sites.get(site.id, ((0, 0, None), {}))
    if (known_epoch, known_revision) == (epoch, revision) and known_site is site:
        return kept
    fresh: dict[Any, Any] = {}
    if known_epoch != epoch or known_revision <= revision:  # else somebody is still reading an older one
        sites[site.id] = ((epoch, revision, site), fresh)
    return fresh


@contextmanager
def reading(reader: Reader, site: Site, now: datetime) -> Iterator[Snapshot]:
    """A read-only snapshot. Raises ``QueueError(not_found)`` for a site that has no row."""
    with reader.connect() as conn, conn.begin():
        row = site_row(conn, site.id)
        if row is None:
            raise QueueError(Code.NOT_FOUND)
        doubt = clock_lost(row.last_at, now)
        kept = _kept(reader, site, row.epoch, row.revision)
        day = (row.day, row.day_closed, now, doubt, row.open_until)
        yield Snapshot(conn, site, row.epoch, row.revision, row.last_call, *day, kept)
