"""PostgreSQL's own copy of a served database: made by ``pg_dump``, and shown to be of the very cluster that serves."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from ..store import backup, libpq, schema
from ..store import engine as store
from ..store.closed import close_to_others

_Standing = dict[str, tuple[int, int]]  # site -> epoch and revision


class CannotDump(RuntimeError):
    """There is no copy; the message says why and what to do."""


def dump(url: str, target: Path) -> Mapping[str, Mapping[str, Any]]:
    """Copy the database at one moment, while everybody works; site -> epoch and revision in the copy.

    Raises CannotDump, also if the copy is not of the database that the server uses; OSError if the disk is full.
    """
    before = _served(url)
    try:
        where, secrets = libpq.for_programs(url)
    except ValueError as error:
        raise CannotDump(str(error)) from None
    _run(["pg_dump", "--format=custom", f"--file={target}", f"--dbname={where}"], secrets, target)
    close_to_others(target)
    backup.sync(target)
    copied = _copied(target)
    after = _served(url)
    if not any(_between(before, each, after) for each in copied):
        raise CannotDump(
            f"pg_dump copied another database than the one that is served: it holds {copied[:1]}, served is {after};"
            " is the URL's first host another cluster, or a standby that lags?"
        )
    standing = next(each for each in copied if _between(before, each, after))
    return {site: {"epoch": epoch, "revision": revision} for site, (epoch, revision) in standing.items()}


def put_back(url: str, source: Path) -> str:
    """The command that puts a copy back, as a person types it; a password is left to ``PGPASSWORD``."""
    where, _ = libpq.for_programs(url)
    quoted = where.replace("'", "'\\''")
    return f"pg_restore --clean --if-exists --single-transaction -d '{quoted}' {source}"


def _between(before: _Standing, copied: _Standing, after: _Standing) -> bool:
    """Whether a copy stands where the server's database stood between two looks at it."""
    return before.keys() <= copied.keys() and all(
        site in after and before[site] <= copied[site] <= after[site] for site in before
    )


def _served(url: str) -> _Standing:
    reader = store.open_reader(url)
    s = schema.site.c
    try:
        with reader.connect() as conn, conn.begin():
            return {row.id: (row.epoch, row.revision) for row in conn.execute(select(s.id, s.epoch, s.revision))}
    except SQLAlchemyError as error:
        raise CannotDump(f"the database cannot be read: {str(getattr(error, 'orig', error)).strip()}") from None
    finally:
        reader.dispose()


def _copied(target: Path) -> list[_Standing]:
    """The rows of ``site`` as they lie in the copy; of each schema that has such a table."""
    said = _run(["pg_restore", "--data-only", f"--table={schema.site.name}", "--file=-", str(target)], {}, target)
    return list(_tables(iter(said.splitlines())))


def _tables(lines: Iterator[str]) -> Iterator[_Standing]:
    for line in lines:
        if not line.startswith("COPY "):
            continue
        names = [name.strip().strip('"') for name in line[line.index("(") + 1 : line.index(")")].split(",")]
        rows = []
        for row in lines:
            if row == "\\.":
                break
            rows.append(dict(zip(names, row.split("\t"), strict=True)))
        yield {row["id"]: (int(row["epoch"]), int(row["revision"])) for row in rows}


def _run(command: list[str], environment: Mapping[str, str], target: Path) -> str:
    program = shutil.which(command[0])
    if program is None:
        raise CannotDump(f"this database is PostgreSQL's: install its {command[0]} here, or run that on its own server")
    done = subprocess.run(
        [program, *command[1:]], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode and os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
    if done.returncode:
        raise CannotDump(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout
