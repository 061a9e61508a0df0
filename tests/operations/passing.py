"""What passes, made real: a process without a free file descriptor, a database that another process holds."""

import contextlib
import os
import resource
from collections.abc import Iterator
from pathlib import Path

from queue_server.store.engine import sqlite_module
from tests.world.hall import Hall


@contextlib.contextmanager
def out_of_files() -> Iterator[None]:
    """This process can open nothing more; what is open stays."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken: list[int] = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir("/proc/self/fd"))) + 1, hard))
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for handle in taken:
            os.close(handle)


@contextlib.contextmanager
def held_by_another(hall: Hall) -> Iterator[None]:
    """Somebody has the database to himself, as a tool that copies or repairs it."""
    hall.stop()
    with held(hall.folder / "queue.db"):
        yield


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """A database file that nobody else may even read."""
    with contextlib.closing(sqlite_module().connect(file, isolation_level=None)) as own:
        own.execute("PRAGMA locking_mode=EXCLUSIVE")
        own.execute("BEGIN EXCLUSIVE")
        yield
        own.execute("ROLLBACK")
