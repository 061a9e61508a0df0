"""One consistent view of a site: what a document is built from."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from ..documents.shared import Stamped
from ..domain import carry, levers
from ..domain.day import clock_lost, numbers_opened
from ..domain.errors import Code, QueueError
from ..domain.interruption import Interruption, read
from ..domain.levers import Levers
from ..domain.site import Site
from ..store.engine import open_reader
from ..store.structure import site_row
from ..store.structures import Structures
from ..store.transaction import Transaction
from .kept import Kept, Moved, advanced

T = TypeVar("T")
Reader = Engine  # what queries read from; whoever hands it on need not know what it is


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A site at one revision: whoever reads it sees every event up to that revision and none after (I-11)."""

    conn: Connection
    site: Site  # as it is today
    declared: Site  # as its structure says
    epoch: int
    revision: int
    last_call: int
    day: date | None
    day_closed: bool
    now: datetime
    clock_lost: bool  # whether hours cannot be read from ``now``
    open_until: datetime | None  # numbers are given until then, whatever hours and calendar say
    structure: int  # the version that ``site`` was made of
    interruptions: tuple[Interruption, ...]  # those that last, the earliest first
    levers: Levers  # set for one day: ``site`` has those of the open one
    notices_at: int  # the revision at which a notice last changed; 0: none was ever made
    carried: carry.Kept  # places that are kept on days to come
    kept: Kept = field(default_factory=dict)  # what was worked out of this very revision
    structures: Structures | None = None  # those that are known here; None of a hall as it once was

    @property
    def opened(self) -> bool:
        """Whether a supervisor lets numbers be given now."""
        return numbers_opened(self.open_until, self.now)

    @property
    def levers_at(self) -> int:
        """The revision at which something was last set for today; 0 where nothing is."""
        return levers.revision(self.levers, self.day)

    def stamp(self) -> Stamped:
        """What every document carries so that a newer one replaces an older."""
        return {
            "epoch": self.epoch,
            "revision": self.revision,
            "structure": self.structure,
            "levers": self.levers_at,
        }


class _Memory:
    """What is known of the newest revision of each site of one store.

    Facts worked out of a committed revision hold for everybody who reads that revision: hundreds of phones that come
    back at once share them, and the next command goes on from them.
    """

    def __init__(self) -> None:
        self._of: dict[str, tuple[int, int, Site, Kept]] = {}

    def at(self, site: Site, epoch: int, revision: int) -> Kept | None:
        """What is known of that very revision."""
        known = self._of.get(site.id)
        return known[3] if known and known[:2] == (epoch, revision) and known[2] is site else None

    def keep(self, site: Site, epoch: int, revision: int, known: Kept) -> None:
        """Remember it, unless somebody was still reading an older revision."""
        newest = self._of.get(site.id)
        if newest is None or newest[0] != epoch or newest[1] <= revision:
            self._of[site.id] = (epoch, revision, site, known)


_MEMORIES: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


def _memory(engine: Engine) -> _Memory:
    return _MEMORIES.setdefault(engine, _Memory())


def same_store(writer: Engine, reader: Reader) -> None:
    """Let what commands leave known serve those who read."""
    _MEMORIES[reader] = _memory(writer)


def read_aside(url: str, structures: Structures, id: str, now: datetime, query: Callable[[Snapshot], T]) -> T:
    """A query on a connection of its own: for a thread beside the green hub, which a day's fold would keep waiting."""
    reader = open_reader(url)
    try:
        with reading(reader, structures, id, now) as view:
            return query(view)
    finally:
        reader.dispose()


def inside(tx: Transaction) -> Snapshot:
    """The view from within a command that has recorded all that it will, for the caller's reply."""
    day = (tx.day, tx.day_closed, tx.now, tx.clock_lost, tx.open_until, tx.structure)
    lasting = (tx.interruptions, tx.levers, tx.notices_at, tx.carried)
    of = (tx.conn, tx.config, tx.site or tx.config, tx.epoch, tx.revision, tx.last_call)
    return Snapshot(*of, *day, *lasting, _known(tx), tx.structures)


def before(tx: Transaction) -> Snapshot:
    """The view from within a command before it records anything: the site as the last one left it.

    The documents of this command share what is found there.
    """
    view = inside(tx)
    if tx.events:
        return view
    if tx.known_before is None:
        tx.known_before = _memory(tx.conn.engine).at(tx.config, tx.epoch, tx.revision - 1) or {}
    return replace(view, revision=tx.revision - 1, kept=tx.known_before)


def _known(tx: Transaction) -> Kept:
    """What is known with the command's changes; its own until it is committed."""
    memory = _memory(tx.conn.engine)
    if not tx.events:
        return dict(memory.at(tx.config, tx.epoch, tx.revision) or {})
    if tx.known is None:
        earlier = memory.at(tx.config, tx.epoch, tx.revision - 1) or tx.known_before
        tx.known = advanced(earlier, Moved(tx.moved, tx.counters, tx.events)) if earlier else {}
    return tx.known


def committed(tx: Transaction) -> None:
    """Remember what a command has left known; said once it is committed, before the next begins."""
    if tx.site is not None and tx.events:
        _memory(tx.conn.engine).keep(tx.config, tx.epoch, tx.revision, _known(tx))


@contextmanager
def reading(reader: Reader, structures: Structures, id: str, now: datetime) -> Iterator[Snapshot]:
    """A read-only snapshot of a site. Raises ``QueueError(not_found)`` for one that has no row, or is not served."""
    with reader.connect() as conn, conn.begin():
        row = site_row(conn, id)
        declared = structures.at(conn, id, row.epoch, row.structure) if row is not None else None
        if row is None or declared is None:
            raise QueueError(Code.NOT_FOUND)
        site = structures.on(declared, row.levers, row.day)
        doubt = clock_lost(row.last_at, now)
        kept = _memory(reader).at(site, row.epoch, row.revision)
        if kept is None:
            kept = {}
            _memory(reader).keep(site, row.epoch, row.revision, kept)
        day = (row.day, row.day_closed, now, doubt, row.open_until, row.structure)
        lasting = (read(row.interruptions), row.levers, row.notices, row.carried)
        of = (conn, site, declared, row.epoch, row.revision, row.last_call)
        yield Snapshot(*of, *day, *lasting, kept, structures)
