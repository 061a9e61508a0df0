"""``queue-server backup DEST``: one folder that holds all it takes to go on elsewhere, proven to be whole."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from .. import __version__
from ..settings import Settings
from ..store import backup, migrate
from ..store import engine as store
from ..store.engine import FILE

DATABASE, DUMP, SECRET, LABEL = FILE, "queue.dump", "secret", "backup.json"
_DATED = "%Y-%m-%dT%H%M%S"
_CONTENT = {f"{name}{end}" for name in (DATABASE, DUMP, SECRET, LABEL) for end in ("", "-journal", ".new")}
LAST = "last-backup.json"  # in the data folder, for doctor


class CannotBackUp(RuntimeError):
    """Nothing was backed up; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written: where, how much, and the state of each site in it (none where it could not be looked into)."""

    folder: Path
    size: int  # bytes
    sites: Mapping[str, Mapping[str, Any]]


def make(url: str, data: Path, folder: Path, now: datetime) -> Backup:
    """Back up the database and the secret while the server runs. Raises CannotBackUp, Damaged."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotBackUp(f"{folder} holds something already: name a new folder for each backup")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # the secret and everybody's password hashes lie in it
    if store.is_sqlite(url):
        sites = _sqlite(store.database_file(url), folder / DATABASE)
    else:
        _postgresql(url, folder / DUMP)
        sites = {}
    if (data / SECRET).exists():
        shutil.copyfile(data / SECRET, folder / SECRET)
        (folder / SECRET).chmod(0o600)
        backup.sync(folder / SECRET)
    made = {"made_at": now.isoformat(), "antrean": __version__, "schema": migrate.HEAD, "sites": sites}
    write(folder / LABEL, made)
    write(data / LAST, {"made_at": now.isoformat(), "folder": str(folder.resolve())})
    return Backup(folder, sum(f.stat().st_size for f in folder.iterdir()), sites)


def make_dated(url: str, data: Path, place: Path, now: datetime, keep: int) -> tuple[Backup, list[Path]]:
    """Add a backup named by its moment (in the zone of ``now``) to those in a place, and remove our oldest ones.

    ``keep``: how many there are afterwards. What was removed is returned; nothing is, before the new one is proven.
    Raises as ``make``.
    """
    made = make(url, data, place / f"{now:{_DATED}}", now)
    old = sorted(f for f in place.iterdir() if _is_ours(f) and f != made.folder)
    broken = [f for f in old if not (f / LABEL).exists()]  # begun and never finished: no backup at all
    whole = [f for f in old if f not in broken]
    gone = [*broken, *whole[: max(len(whole) - keep + 1, 0)]]
    for folder in gone:
        shutil.rmtree(folder)
    return made, gone


def _is_ours(folder: Path) -> bool:
    """By its name and by all that lies in it: nothing else is ever removed."""
    try:
        datetime.strptime(folder.name, _DATED).replace(tzinfo=UTC)
    except ValueError:
        return False
    return folder.is_dir() and not folder.is_symlink() and all(f.name in _CONTENT for f in folder.iterdir())


def _sqlite(database: Path, target: Path) -> Mapping[str, Mapping[str, Any]]:
    if not database.exists():
        raise CannotBackUp(f"there is no database at {database}")
    backup.copy(database, target)
    return backup.verified(target)


def _postgresql(url: str, target: Path) -> None:
    """PostgreSQL's own tool makes the copy, at one moment, while everybody works."""
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotBackUp("this database is PostgreSQL's: install its pg_dump here, or run that on its own server")
    at = make_url(url)  # by the environment: a command line is everybody's to read
    told = {"HOST": at.host, "PORT": at.port, "USER": at.username, "PASSWORD": at.password, "DATABASE": at.database}
    told |= {"SSLMODE": at.query.get("sslmode")}
    environment = os.environ | {f"PG{name}": str(value) for name, value in told.items() if value}
    command = [program, "--format=custom", f"--file={target}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBackUp(f"pg_dump: {done.stderr.strip()}")
    target.chmod(0o600)
    backup.sync(target)


def advice(told: Settings, data: Path) -> str:
    """What to do when the data are damaged: the last good backup, and the one command that puts it back."""
    try:
        last = json.loads((data / LAST).read_text())
        made = datetime.fromisoformat(last["made_at"])
    except (FileNotFoundError, ValueError, KeyError):
        return f"no backup is known here: stop the server, keep a copy of {data}, and look for a backup elsewhere"
    except OSError as error:
        return f"which backup is the last is not known, {data / LAST} cannot be read now: {error.strerror}"
    config = Path(next(iter(told.files.values()))).resolve().parents[1]
    put_back = f"queue-server restore {last['folder']} --data {data.resolve()} --config {config}"
    return f"the last good backup is of {made.astimezone():%Y-%m-%d %H:%M %Z}: stop the server, then: {put_back}"


def write(path: Path, content: Any) -> None:
    """Write a small JSON file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(content, indent=2) + "\n")
    backup.sync(fresh)
    fresh.replace(path)
    backup.sync(path.parent)
