"""``doctor``'s questions about the database and the machine; each answers with one plain line."""

import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from ..domain.day import BELIEVED_AHEAD
from ..domain.rights import Act, may
from ..settings import Settings
from ..store import accounts, backup, key_file, libpq, migrate, schema, site_leases, state
from ..store import engine as store
from ..store.closed import OTHERS
from ..store.structures import Structures
from ..store.transaction import ALL_SITES
from .backup import LAST, last_good
from .findings import Finding, bad, ok, warn


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at."""

    settings: Settings
    data: Path
    url: str
    reader: Engine
    clock: Callable[[], datetime]
    full: bool  # integrity_check in place of quick_check

    @property
    def structures(self) -> Structures:
        """The sites as the record knows them."""
        return Structures(self.settings.sites, self.settings.site_of)

    @property
    def keys(self) -> Path:
        """The file of the keys that what is personal is sealed with."""
        return self.settings.server.private_keys or self.data / key_file.FILE

    @property
    def file(self) -> Path | None:
        """The database's file; None on PostgreSQL."""
        return store.database_file(self.url) if store.is_sqlite(self.url) else None


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether an SQLite release may corrupt a WAL database that two connections use.

    3.7.0 … 3.51.2 do, but for the corrected 3.50.7 and 3.44.6 and what follows them in their branches.
    """
    if version < (3, 7, 0) or version >= (3, 51, 3):
        return False
    corrected = {(3, 50): 7, (3, 44): 6}
    return not (version[:2] in corrected and version[2] >= corrected[version[:2]])


def sqlite_version(patient: Patient) -> Iterator[Finding]:
    """Which SQLite serves, and whether it has the WAL-reset bug."""
    if patient.file is None:
        return
    module = store.sqlite_module()
    version = tuple(int(part) for part in module.sqlite_version.split("."))
    named = f"SQLite {module.sqlite_version} by {module.__name__.partition('.')[0]}"
    if has_wal_reset_bug(version):
        yield warn("sqlite_bug", named=named)
    else:
        yield ok(f"{named}: without the WAL-reset bug")


def unanswered(patient: Patient) -> Finding | None:
    """That PostgreSQL cannot be reached, and where it was looked for; None if it answers."""
    if patient.file is not None:
        return None
    try:
        patient.reader.connect().close()
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return bad("postgresql_silent", places=", ".join(libpq.places(patient.url)), why=said)
    return None


def durability(patient: Patient) -> Iterator[Finding]:
    """Whether what was answered survives a power cut, as far as settings decide it."""
    if patient.file is not None:
        yield _sqlite_durability(patient)
        return
    with patient.reader.connect() as conn, conn.begin():
        off = [name for name in ("fsync", "synchronous_commit", "full_page_writes") if _shown(conn, name) == "off"]
        version = _shown(conn, "server_version")
    if off:
        yield bad("postgresql_unsafe", version=version, off=", ".join(off))
    else:
        yield ok(f"PostgreSQL {version} syncs every commit to the disk")


def _sqlite_durability(patient: Patient) -> Finding:
    with patient.reader.connect() as conn, conn.begin():
        mode = conn.exec_driver_sql("PRAGMA journal_mode").scalar()
        level = conn.exec_driver_sql("PRAGMA synchronous").scalar()
    if (mode, level) != ("wal", 2):
        return bad("sqlite_unsafe", mode=mode, level=level)
    return ok("every commit is synced to the disk (WAL, synchronous FULL)")


def _shown(conn: Connection, name: str) -> str:
    return conn.execute(text(f"SHOW {name}")).scalar_one()


_LYING_MS, _SLOW_MS = 0.05, 100.0


def flush(patient: Patient) -> Iterator[Finding]:
    """How long the disk takes to say that something is safe: too quick to be true, or too slow to work with."""
    folder = patient.file.parent if patient.file else patient.data
    took = []
    with tempfile.TemporaryFile(dir=folder) as probe:
        for _ in range(20):
            probe.write(os.urandom(4096))
            probe.flush()
            began = time.perf_counter()
            os.fsync(probe.fileno())
            took.append((time.perf_counter() - began) * 1000)
    yield flush_verdict(statistics.median(took))


def flush_verdict(ms: float) -> Finding:
    """What a median flush of that many milliseconds means."""
    if ms < _LYING_MS:
        return warn("flush_lies", ms=f"{ms:.3f}")
    if ms > _SLOW_MS:
        return warn("flush_slow", ms=f"{ms:.0f}")
    return ok(f"the disk flushes in {ms:.2f} ms")


def pages(patient: Patient) -> Iterator[Finding]:
    """Whether every page of the file is whole."""
    if patient.file is None:
        return
    try:
        found = backup.faults(patient.file, not patient.full)
    except OSError as error:
        yield bad("pages_unknown", file=error.filename, why=error.strerror)
        return
    if found:
        yield _damaged(found[0], patient)
    else:
        yield ok(f"{'integrity_check' if patient.full else 'quick_check'}: whole")


def _damaged(found: str, patient: Patient) -> Finding:
    """Damage, and what is known of the last good backup."""
    text, about, command = last_good(patient.settings, patient.data)
    return bad(f"damaged_{text}", found=found, command=command, **about)


def rows(patient: Patient) -> Iterator[Finding]:
    """I-8: whether the rows are what the events say."""
    with patient.reader.connect() as conn, conn.begin():
        if (version := migrate.version(conn)) != migrate.HEAD:
            yield bad("rows_schema", version=version, head=migrate.HEAD)
            return
        for site in conn.execute(select(schema.site.c.id)).scalars().all():
            wrong = state.differences(conn, site)
            named = "accounts and devices" if site == ALL_SITES else site
            if wrong and site == ALL_SITES:
                yield bad("rows_differ_server", wrong=", ".join(wrong))
            elif wrong:
                yield bad("rows_differ", site=site, wrong=", ".join(wrong))
            else:
                yield ok(f"{named}: rows are what the events say", site=None if site == ALL_SITES else site)


_WAITING_ELSEWHERE = (
    select(schema.ticket.c.site, func.count())
    .where(schema.WAITING, schema.ticket.c.site.not_in(bindparam("served", expanding=True)))
    .group_by(schema.ticket.c.site)
)


def stranded(patient: Patient) -> Iterator[Finding]:
    """Whether anybody waits for a service that the site file no longer names: no counter's queue has them."""
    t = schema.ticket.c
    open_states = select(t.number, t.service).where(schema.WAITING | (t.state == "held"))
    with patient.reader.connect() as conn, conn.begin():
        for site in patient.settings.sites.values():
            rows = conn.execute(open_states.where(t.site == site.id).order_by(t.arrival)).all()
            left = [row.number for row in rows if row.service not in site.services]
            if left:
                yield bad("stranded", site=site.id, numbers=", ".join(left))
        served = [*patient.settings.sites, *site_leases.held(conn)]
        for id, count in conn.execute(_WAITING_ELSEWHERE, {"served": served}):
            yield warn("stranded_elsewhere", site=id, count=count)


def overseers(patient: Patient) -> Iterator[Finding]:
    """Whether each site has somebody who may close or open its day: a supervisor without agency limit."""
    with patient.reader.connect() as conn, conn.begin():
        actors = [account.actor for account in accounts.enabled(conn)]
    for site in patient.settings.sites:
        if not any(may(one, Act.RUN_DAY, site) for one in actors):
            how = f"queue-server user add NAME --role supervisor --site {site}"
            yield warn("overseers", site=site, command=how)


def clock(patient: Patient) -> Iterator[Finding]:
    """Whether the machine's clock can be believed after the newest event."""
    with patient.reader.connect() as conn, conn.begin():
        newest = conn.execute(select(func.max(schema.site.c.last_at, type_=schema.site.c.last_at.type))).scalar()
    now = patient.clock()
    if newest is not None and now < newest:
        yield bad("clock_behind", now=f"{now:%Y-%m-%d %H:%M}", newest=f"{newest:%Y-%m-%d %H:%M}")
    elif newest is not None and now > newest + BELIEVED_AHEAD:
        yield warn("clock_ahead", days=(now - newest).days)
    else:
        yield ok(f"the clock stands at {now:%Y-%m-%d %H:%M} UTC")


def disk(patient: Patient) -> Iterator[Finding]:
    """Room on the disk that the data lie on."""
    usage = shutil.disk_usage(patient.data)
    share, free = usage.free / usage.total, f"{usage.free / 1e9:.1f} GB"
    if usage.free < 200e6:
        yield bad("disk_full", free=free)
    elif share < 0.1:
        yield warn("disk_filling", share=f"{1 - share:.0%}", free=free)
    else:
        yield ok(f"{free} free")


def secrecy(patient: Patient) -> Iterator[Finding]:
    """Whether other users of this machine can read password hashes and the server's secret."""
    opened = [
        f.name for f in (patient.file, patient.data / "secret", patient.keys) if f and f.exists() and _others_read(f)
    ]
    if opened:
        if _keeps_modes(patient.data):
            yield warn("secrecy", files=", ".join(opened), command=f"chmod 700 {patient.data}")
        else:
            yield warn("secrecy_mount", files=", ".join(opened))
    else:
        yield ok("only the server's user can read the data")


def _keeps_modes(folder: Path) -> bool:
    """FAT and exFAT give every file the modes they were mounted with."""
    with tempfile.NamedTemporaryFile(dir=folder) as probe:  # made for its owner alone, if the disk can
        return not os.fstat(probe.fileno()).st_mode & OTHERS


def _others_read(file: Path) -> bool:
    """By the file's own mode and that of every folder above it."""
    return bool(file.stat().st_mode & 0o004) and all(p.stat().st_mode & 0o001 for p in file.resolve().parents)


def backup_age(patient: Patient) -> Iterator[Finding]:
    """When the last backup was made, by this machine's own note."""
    try:
        last = json.loads((patient.data / LAST).read_text())
        age = patient.clock() - datetime.fromisoformat(last["made_at"])
    except (FileNotFoundError, ValueError, KeyError):
        yield warn("backup_never", command="queue-server backup DEST")
        return
    folder = Path(last["folder"])
    about = {"days": age.days, "hours": age.seconds // 3600, "folder": last["folder"]}
    if age > timedelta(hours=36):
        yield warn("backup_old", **about)
    elif not folder.exists():
        yield warn("backup_gone", **about)
    else:
        yield ok("the last backup is {days} days and {hours} hours old, in {folder}".format(**about))
        if folder.stat().st_dev == patient.data.stat().st_dev:
            yield warn("backup_same_disk", folder=folder)
