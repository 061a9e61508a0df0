"""``queue-server restore SRC``: a backup becomes the hall's data, and nobody is given a number that was given before.

All is prepared on a copy beside the data; the last steps put it in the place of what was there, which is kept.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError

from .. import data_folder
from ..commands import restored
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..settings import Settings, has_hall
from ..store import accounts, backup, first_sealing, key_file, migrate, schema
from ..store import engine as store
from ..store.closed import close_to_others
from ..store.database_errors import code_of
from ..store.ids import next_epoch
from . import purging
from .backup import DATABASE, DUMP, HALL, LABEL, SECRET, WORDS, keys_of, write
from .dump import put_back
from .presence import Restoring

_FRESH = f"{SECRET}.new"
_RAISED = "restores.json"  # where each restore let the series go on: known even if the database it made is lost


class CannotRestore(RuntimeError):
    """Nothing was changed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: as of when, what it replaced, and the state of each site."""

    made_at: datetime | None
    replaced: Path | None
    sites: dict[str, dict[str, Any]]


def restore(settings: Settings, data: Path, source: Path, clock: Callable[[], datetime]) -> Restored:
    """Put a backup back. The server must be stopped. Raises StoreUnusable, CannotRestore, Damaged."""
    url = settings.server.database_url or store.database_url(data)
    if not store.is_sqlite(url):
        raise CannotRestore(
            "this database is PostgreSQL's: stop the server, put the backup back with\n"
            f"  {put_back(url, source / DUMP if source.is_dir() else source)}\n"
            "then run: queue-server restore --adopt"
        )
    file = source / DATABASE if source.is_dir() else source
    if not file.is_file():
        raise CannotRestore(f"there is no backup at {source}")
    database = store.database_file(url)
    with Restoring(data, database) as hold:
        prepared = database.with_name(f"{database.name}.restoring")  # one file system: the last step is a rename
        backup.forget(prepared)
        try:
            made_at = _made_at(source)
            _take_in_keys(settings, data, source)
            sites = _prepare(settings, data, file, prepared, database, clock, made_at)
            secret = _fresh_secret(data, source)
            _keep_hall(settings, data, source)
            _keep_words(data, source)
            replaced = _set_aside(data, database, clock())
        except BaseException:
            backup.forget(prepared)
            (data / _FRESH).unlink(missing_ok=True)
            raise
        hold.begin()  # so far all that was there is as it was; from here on nothing takes room
        _put_in_place(data, prepared, database, secret)
        hold.done()
    return Restored(made_at, replaced, sites)


def _prepare(
    settings: Settings,
    data: Path,
    file: Path,
    prepared: Path,
    database: Path,
    clock: Callable[[], datetime],
    made_at: datetime | None,
) -> dict[str, dict[str, Any]]:
    """A copy of the backup that the hall can go on from; where each site stands in it."""
    backup.copy(file, prepared)
    if found := backup.faults(prepared):
        raise backup.Damaged(f"{file}: {'; '.join(found[:3])}")
    _adopt(settings, data, f"sqlite:///{prepared}", clock, made_at, database)
    backup.settle(prepared)
    return backup.verified(prepared)


def _take_in_keys(settings: Settings, data: Path, source: Path) -> None:
    """The keys that lie beside the backups too, but for those that were destroyed here since."""
    if (file := keys_of(source)) is None:
        return
    try:
        data_folder.keys_of(settings, data).take_in(key_file.read_keys(file))
    except ValueError as error:
        raise CannotRestore(f"{error}: move it away to go on without the texts that it opens") from None


def adopt(settings: Settings, data: Path, clock: Callable[[], datetime]) -> None:
    """Go on from a database that its own tools put back (PostgreSQL): a new epoch, and the gap in every series."""
    url = settings.server.database_url
    if not url or store.is_sqlite(url):
        raise CannotRestore("--adopt is for PostgreSQL; here name the backup to restore")
    with Restoring(data):
        _adopt(settings, data, url, clock)


def _adopt(
    settings: Settings,
    data: Path,
    url: str,
    clock: Callable[[], datetime],
    made_at: datetime | None = None,
    replaced: Path | None = None,
) -> None:
    """Make a database that is older than the screens' last news the one that everybody goes on from."""
    writer = store.open_writer(url)
    ring = data_folder.keys_of(settings, data, url)
    try:
        migrate.migrate(writer)
        first_sealing.seal_plain(writer, ring)
        _check_sites(writer, settings)
        _begin_epoch(writer)
        perform = data_folder.make_performer(settings, data, writer, clock)
        data_folder.ensure_rows(writer, settings.sites)
        given = _given(data, replaced)
        for site in settings.sites.values():
            own = {(service, day): n for (at, service, day), n in given.items() if at == site.id}
            perform(site.id, partial(restored.go_on, made_at=made_at, given=own))
        purging.after_restore(settings, perform, ring, clock())
        _remember(data, writer)
    except QueueError as error:
        raise CannotRestore(f"the database in {data} refused: {error.code.value}") from None
    except DBAPIError as error:
        raise CannotRestore(f"the database in {data} refused: {error.orig}") from None
    finally:
        writer.dispose()


def _check_sites(writer: Engine, settings: Settings) -> None:
    """A hall that the configuration does not know would get no gap, and give its numbers twice once it does."""
    s = schema.site.c
    with writer.begin() as conn:
        at_work = select(s.id).where(s.day.is_not(None), s.day_closed.is_(False))
        unknown = sorted(set(conn.execute(at_work).scalars()) - settings.sites.keys())
    if unknown:
        raise CannotRestore(
            f"the backup holds {', '.join(unknown)}, which this configuration does not know: name the right --config"
        )


def _begin_epoch(writer: Engine) -> None:
    """Revisions of before mean nothing any more; whoever signed out since the backup stays signed out."""
    with writer.begin() as conn:
        conn.execute(update(schema.site).values(epoch=next_epoch(schema.site.c.epoch)))
        accounts.end_every_session(conn)


def _given(data: Path, replaced: Path | None) -> dict[tuple[str, str, date], int]:
    """(site, service, day) -> a next number that is known although the backup does not know it."""
    known: dict[tuple[str, str, date], int] = {}
    if (data / _RAISED).exists():
        for site, service, day, following in json.loads((data / _RAISED).read_text()):
            known[site, service, date.fromisoformat(day)] = following
    for key, following in (_series_of(replaced) if replaced else {}).items():
        known[key] = max(following, known.get(key, 1))
    return known


def _series_of(database: Path) -> dict[tuple[str, str, date], int]:
    """The series of the database that is replaced; whatever state it is in, it must not stop a restore.

    Raises CannotRestore if it cannot be opened just now: what it knows would be given a second time.
    """
    s = schema.series.c
    if not database.exists():
        return {}
    try:
        with backup.reading(database) as conn:
            return {(r.site, r.service, r.day): r.next for r in conn.execute(select(s.site, s.service, s.day, s.next))}
    except Exception as error:
        if code_of(error) is Code.BUSY:
            raise CannotRestore(f"{database} is held by another process, or cannot be opened now: try again") from None
        return {}  # damaged, not even a database: then the backup and earlier restores are all there is


def _remember(data: Path, writer: Engine) -> None:
    """Keep where the newest day's series stand beside the database, for the next restore of the same backup."""
    s, e = schema.series.c, schema.event.c
    with writer.begin() as conn:
        days = select(e.day).where(e.kind == Kind.RESTORED).distinct()
        raised = conn.execute(select(s.site, s.service, s.day, s.next).where(s.day.in_(days)))
        write(data / _RAISED, [[r.site, r.service, r.day.isoformat(), r.next] for r in raised])


def _made_at(source: Path) -> datetime | None:
    label = source / LABEL if source.is_dir() else source.parent / LABEL
    try:
        return datetime.fromisoformat(json.loads(label.read_text())["made_at"])
    except (OSError, ValueError, KeyError):
        return None


def _set_aside(data: Path, database: Path, now: datetime) -> Path | None:
    """Keep what is replaced, log and all, in a folder of its own; the originals stay until the new ones are there."""
    if not database.exists():
        return None
    # Never a folder that is there already, even where the clock stands still: no try overwrites the one before.
    folder = Path(tempfile.mkdtemp(prefix=f"replaced-{now:%Y%m%dT%H%M%S}-", dir=data))
    try:
        for file in (database, _log(database), data / SECRET):
            if file.exists():
                shutil.copyfile(file, folder / file.name)
                close_to_others(folder / file.name)
                backup.sync(folder / file.name)
        backup.sync(folder)
        backup.sync(data)
    except BaseException:  # a full disk: each try would leave another half
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _log(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def _fresh_secret(data: Path, source: Path) -> Path | None:
    """The backup's secret, ready beside the one that is there; None where the backup has none."""
    kept = source / SECRET
    if not source.is_dir() or not kept.exists():
        return None
    fresh = data / _FRESH
    shutil.copyfile(kept, fresh)
    close_to_others(fresh)
    backup.sync(fresh)
    return fresh


def _keep_hall(settings: Settings, data: Path, source: Path) -> None:
    """The first run's hall, where it was read from the backup: the server finds it in its data folder again."""
    if settings.folder != source or has_hall(data):
        return
    _copied(source / HALL, data / HALL)


def _keep_words(data: Path, source: Path) -> None:
    """The texts that were checked, where the data folder has none: those that it has are newer."""
    if source.is_dir() and (source / WORDS).is_dir() and not (data / WORDS).exists():
        _copied(source / WORDS, data / WORDS)


def _copied(source: Path, target: Path) -> None:
    fresh = target.with_name(f"{target.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(source, fresh)
    for file in (*fresh.iterdir(), fresh):
        backup.sync(file)
    fresh.rename(target)


def _put_in_place(data: Path, prepared: Path, database: Path, secret: Path | None) -> None:
    """The old log goes first: beside another database it would be taken for that one's."""
    for name in (f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)
    os.replace(prepared, database)
    backup.sync(database.parent)
    if secret is not None:
        secret.replace(data / SECRET)
    backup.sync(data)
