"""A data folder, opened: its database, its secret, and who carries out commands on it, with nobody listening yet.

The server, the command line, the demo and the tests all begin with it.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Engine

from . import texts
from .clock import utc_now
from .commands import day, restored, structuring
from .domain.site import Site
from .domain.structure import digest_of
from .perform import Performer
from .queries import foretelling
from .settings import Settings
from .settings.site_document import faults
from .store import backup, first_sealing, key_file, keyring, migrate, reached, structure
from .store import engine as store
from .store.structures import Structures
from .store.transaction import ALL_SITES
from .words.kept import laid_over

_COPIES = 3  # of one schema version, made before it is migrated

log = structlog.get_logger()


def server_secret(data: Path) -> bytes:
    """The secret that tickets' tokens follow from: made once, readable by the owner only."""
    path = data / "secret"
    if not path.exists():
        store.make_folder(data)
        _make_secret(path)
    return bytes.fromhex(path.read_text().strip())


def _make_secret(path: Path) -> None:
    """Whole or not at all, by one of the servers that start just now; by no link, which FAT and exFAT do not know."""
    fresh = path.with_name("secret.new")
    handle = os.open(fresh, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():
            fresh.unlink(missing_ok=True)
            return
        os.ftruncate(handle, 0)
        os.pwrite(handle, secrets.token_hex(32).encode(), 0)
        os.fsync(handle)
        fresh.rename(path)
    finally:
        os.close(handle)


def open_store(settings: Settings, data: Path, *wait_s: float) -> tuple[Engine, Engine]:
    """Writer and reader of the database, its schema brought up to date; ``wait_s`` as for ``open_writer``."""
    store.make_folder(data)
    url = settings.server.database_url or store.database_url(data)
    writer = store.open_writer(url, *wait_s)
    migrate.migrate(writer, lambda at: _keep(url, data, at))
    first_sealing.seal_plain(writer, keys_of(settings, data, url))
    return writer, store.open_reader(url, *wait_s)


def keys_of(settings: Settings, data: Path, url: str | None = None) -> keyring.Keyring:
    """The keys that what is personal in a database is sealed with: in its data folder, as the secret.

    Processes that share a PostgreSQL database share the folder; on several machines they name a file that all of them
    reach. ``url``: of a copy that is made ready beside the hall's own database.
    """
    url = url or settings.server.database_url or store.database_url(data)
    return keyring.serve(url, settings.server.private_keys or data / key_file.FILE)


def _keep(url: str, data: Path, at: str) -> None:
    """Before a migration: a copy to go back to. PostgreSQL undoes its own migrations, its copies are its operator's."""
    if store.is_sqlite(url):
        folder = data / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        copy = folder / f"before-migrating-{at}-{utc_now():%Y%m%dT%H%M%S}.db"
        backup.copy(store.database_file(url), copy)
        for older in sorted(folder.glob(f"before-migrating-{at}-*.db"))[:-_COPIES]:
            older.unlink()  # a migration that fails is tried at every start, and must not fill the disk
        log.info("backed_up_before_migrating", file=str(copy))


def make_performer(
    settings: Settings,
    data: Path,
    writer: Engine,
    clock: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
) -> Performer:
    """The spine, with nobody listening yet."""
    return Performer(
        engine=writer,
        sites=Structures(settings.sites, settings.site_of, faults),
        clock=clock,
        publish=lambda done: None,
        open_day=day.open_day,
        day_due=day.is_due,
        secret=server_secret(data),
        go_on=restored.go_on_after_loss,
        foretell=foretelling.foretold,
        sleep=sleep,
        reached=reached.read(data),
    )


def ensure_rows(writer: Engine, sites: Mapping[str, Site]) -> None:
    """Make the rows that commands lock, where they are missing."""
    with writer.begin() as conn:
        structure.ensure_row(conn, ALL_SITES, "")
        for site in sites.values():
            structure.ensure_row(conn, site.id, site.name)


def apply_structure(perform: Performer, settings: Settings) -> dict[str, structuring.Applied]:
    """Let the record know what the site files say, where that is new to it, and open the day; what became of each."""
    ensure_rows(perform.engine, settings.sites)
    found = {}
    for id, site in settings.sites.items():
        document = settings.documents[id]
        new = structuring.New(document, digest_of(document), site, "file")
        found[id] = perform(id, partial(structuring.apply_file, new=new)).body
        if found[id] is structuring.Applied.KEPT and not settings.began_here:
            log.warning("site_file_not_in_force", site=id, file=settings.files[id])
    return found


def shown_texts(data: Path) -> texts.Texts:
    """The texts of the screens, with those that were checked here."""
    return laid_over(texts.load(), data)
