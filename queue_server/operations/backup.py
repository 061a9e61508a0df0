"""``queue-server backup DEST``: one folder that holds all it takes to go on elsewhere, proven to be whole."""

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..settings import Settings, has_hall
from ..store import backup, key_file, migrate
from ..store import engine as store
from ..store.closed import OTHERS, close_to_others
from ..store.engine import FILE
from ..store.keyring import Keyring
from .dump import CannotDump, dump
from .findings import bad

DATABASE, DUMP, SECRET, LABEL, KEYS = FILE, "queue.dump", "secret", "backup.json", key_file.FILE
HALL = "sites"  # the folder of the hall that the first run made, as in the data folder
WORDS = "words"  # of the texts that were checked here, as in the data folder
CONTENT = {HALL, WORDS} | {
    f"{name}{end}" for name in (DATABASE, DUMP, SECRET, LABEL, KEYS) for end in ("", "-journal", "-wal", "-shm", ".new")
}
LAST = "last-backup.json"  # in the data folder, for doctor


class CannotBackUp(RuntimeError):
    """Nothing was backed up; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written: where, how much, and where each site stands in it."""

    folder: Path
    size: int  # bytes
    sites: Mapping[str, Mapping[str, Any]]
    closed: bool  # to everybody but its owner; a disk without modes leaves it open
    keys: Path | None  # the one file of keys, beside the backups of that place; in this one where nothing lies beside
    noted: bool  # in the data folder, for doctor; a full disk of the data is no reason to go without a backup


def make(url: str, data: Path, folder: Path, now: datetime, keys: Path | None = None) -> Backup:
    """Back up database, secret and the first run's hall while the server runs. A failure leaves nothing behind.

    ``keys``: the file of keys, if it is not in the data folder. It is copied once for all backups of the place, beside
    their folders: one that stayed in each would bring back what was purged.

    Raises CannotBackUp, Damaged, and OSError with the file that was in the way.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotBackUp(f"{folder} holds something already: name a new folder for each backup")
    stay_outside(folder)
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _fill(url, data, folder, now, keys or data / KEYS)
    except BaseException:
        with contextlib.suppress(OSError):
            take_back(folder, whole=made)
        raise


def stay_outside(folder: Path) -> None:
    """Raises CannotBackUp for a folder in a backup: that one could never be removed again to make room."""
    place = folder.resolve()
    for outer in (place, *place.parents):
        if (outer / LABEL).is_file():
            raise CannotBackUp(f"{outer} is a backup itself: name a folder outside of it")


def _fill(url: str, data: Path, folder: Path, now: datetime, keys: Path) -> Backup:
    close_to_others(folder)  # the secret and everybody's password hashes lie in it
    if store.is_sqlite(url):
        sites = _sqlite(store.database_file(url), folder / DATABASE)
    else:
        try:
            sites = dump(url, folder / DUMP)
        except CannotDump as error:
            raise CannotBackUp(str(error)) from None
    if (data / SECRET).exists():
        shutil.copyfile(data / SECRET, folder / SECRET)
        close_to_others(folder / SECRET)
        backup.sync(folder / SECRET)
    if has_hall(data):
        shutil.copytree(data / HALL, folder / HALL)
        for file in (folder / HALL).iterdir():
            backup.sync(file)
        backup.sync(folder / HALL)
    if (data / WORDS).is_dir():
        shutil.copytree(data / WORDS, folder / WORDS)
        for file in (*(folder / WORDS).iterdir(), folder / WORDS):
            backup.sync(file)
    kept = Keyring(keys).copy_to(_beside(folder)) if keys.exists() else None  # after the database: all of its are there
    made = {"made_at": now.isoformat(), "antrean": __version__, "schema": migrate.HEAD, "sites": sites}
    write(folder / LABEL, made)
    noted = _note(data, {"made_at": now.isoformat(), "folder": str(folder.resolve())})
    modes = [f.stat().st_mode for f in folder.iterdir()]
    closed = not folder.stat().st_mode & OTHERS or not any(mode & OTHERS for mode in modes)
    return Backup(folder, sum(f.stat().st_size for f in folder.iterdir()), sites, closed, kept, noted)


def _beside(folder: Path) -> Path:
    """Where the keys of all backups of a place lie: the folder itself if around it is another disk, or no writing."""
    place = folder.resolve().parent
    same = place.stat().st_dev == folder.stat().st_dev
    return place if same and os.access(place, os.W_OK) else folder


def keys_of(source: Path) -> Path | None:
    """The file of keys that belongs to a backup, if it can be found."""
    folder = source if source.is_dir() else source.parent
    there = (folder.resolve().parent / KEYS, folder / KEYS)
    return next((file for file in there if file.is_file()), None)


def _note(data: Path, last: Mapping[str, str]) -> bool:
    try:
        write(data / LAST, last)
    except OSError:
        return False
    return True


def take_back(folder: Path, *, whole: bool) -> None:
    """Remove what a backup writes; with ``whole`` the folder too. Anything else in it stays, and the folder with it."""
    for file in folder.iterdir():
        if file.name in (HALL, WORDS):
            shutil.rmtree(file)
        elif file.name in CONTENT:
            file.unlink()
    if whole:
        folder.rmdir()


def _sqlite(database: Path, target: Path) -> Mapping[str, Mapping[str, Any]]:
    if not database.exists():
        raise CannotBackUp(f"there is no database at {database}")
    backup.copy(database, target)
    return backup.verified(target)


def last_good(settings: Settings, data: Path) -> tuple[str, Mapping[str, str], str | None]:
    """What is known of the last good backup: in a word, its values, and the one command that puts it back."""
    try:
        last = json.loads((data / LAST).read_text())
        made = datetime.fromisoformat(last["made_at"])
    except (FileNotFoundError, ValueError, KeyError):
        return "no_backup", {"data": str(data)}, None
    except OSError as error:
        return "unread", {"file": str(data / LAST), "why": str(error.strerror)}, None
    config = Path(next(iter(settings.files.values()))).resolve().parents[1]
    put_back = f"queue-server restore {last['folder']} --data {data.resolve()} --config {config}"
    return "backed_up", {"made": f"{made.astimezone():%Y-%m-%d %H:%M %Z}"}, put_back


def advice(settings: Settings, data: Path) -> str:
    """What to do when the data are damaged, in a line for the log."""
    text, about, command = last_good(settings, data)
    return bad(f"damaged_{text}", found="", command=command, **about).said.partition("; ")[2]


def write(path: Path, content: Any) -> None:
    """Write a small JSON file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(content, indent=2) + "\n")
    backup.sync(fresh)
    fresh.replace(path)
    backup.sync(path.parent)
