"""Is the database still whole? Looked through after an unclean stop and every night, while the hall works.

Damage stops all writing until a person has looked (``storage_corrupt``), and is remembered beside the data, so that
a mere restart does not write on in a damaged file. Only a look that finds it whole lifts that. A look that could
not be finished (no free file descriptor, a lock, a disk that cannot be read) has found nothing: it is tried again.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import structlog

from ..domain.errors import Code
from ..house import House
from ..store import backup
from ..store import engine as store
from .backup import advice, write

LAST_LOOK = "last-look.json"
_EVERY_S = 60.0
_QUIET_HOURS = range(1, 5)
_DUE, _OVERDUE = timedelta(hours=12), timedelta(hours=36)  # a PC that is off at night is looked through when it wakes

log = structlog.get_logger()


def is_due(last: datetime | None, now: datetime, zone: tzinfo) -> bool:
    """Whether to look through everything now: in the quiet hours of each night, or when a night was missed.

    A last look that lies in the future was noted by a wrong clock: long ago, as far as anyone knows.
    """
    if last is None or not timedelta() <= now - last <= _OVERDUE:
        return True
    return now - last > _DUE and now.astimezone(zone).hour in _QUIET_HOURS


@dataclass
class Watch:
    """The watch over one server's database file. PostgreSQL looks after its own pages."""

    house: House
    data: Path
    unclean: bool  # the server before this one did not leave in order
    sleep: Callable[[float], None] = time.sleep
    last: datetime | None = None  # when all was looked through
    _said: bool = field(default=False, init=False)
    _owed: dict[str, Any] | None = field(default=None, init=False)  # what was found and could not be written down yet

    def __post_init__(self) -> None:
        """Before anybody is served: what the last look found still holds."""
        if (note := read_note(self.data)) is not None:
            self.last, faults = note
            if faults:
                self.house.perform.halted, self._said = Code.STORAGE_CORRUPT, True

    def run(self) -> None:
        """Watch for ever."""
        if not store.is_sqlite(self._url):
            return
        begun = False
        while True:
            begun = begun or self._carefully(self._begin)
            self._carefully(self.step)
            self.sleep(_EVERY_S)

    def step(self) -> None:
        """Say what stopped the writing, if anything did; look through the file if it is time."""
        if self._owed is not None:
            self._write_down()
        if self.house.perform.halted is Code.STORAGE_CORRUPT:
            if not self._said:
                self._damaged(["a statement met a damaged page"])
        elif is_due(self.last, self.house.clock(), self._zone):
            self._look(quick=False)

    def _begin(self) -> None:
        if self.house.perform.halted is Code.STORAGE_CORRUPT:
            if self._look(quick=False):
                self.house.perform.halted = None  # it was restored meanwhile
        elif self.unclean:
            self._look(quick=True)

    def _look(self, *, quick: bool) -> bool:
        """Whether every page is whole; ``quick``: without comparing the indexes."""
        # In C, over the whole file: beside the green threads, or the hall would wait for it.
        found = self.house.off_hub(backup.faults, store.database_file(self._url), quick)
        if found:
            self._damaged(found[:3])
            return False
        log.info("database_whole_after_unclean_stop" if quick else "database_whole")
        if not quick:
            self._note([])
        return True

    def _damaged(self, faults: list[str]) -> None:
        self.house.perform.halted, self._said = Code.STORAGE_CORRUPT, True
        log.error("database_damaged", faults=faults, what_to_do=advice(self.house.settings, self.data))
        self._note(faults)

    def _note(self, faults: list[str]) -> None:
        self.last = self.house.clock()  # also if it cannot be written down: a full disk is no reason to look again
        self._owed = {"at": self.last.isoformat(), "faults": faults}
        self._write_down()

    def _write_down(self) -> None:
        """At the next minute if not now: damage that is not written down would be written into after a restart."""
        try:
            write(self.data / LAST_LOOK, self._owed)
        except OSError as error:
            log.warning("look_not_noted", why=str(error))
        else:
            self._owed = None

    def _carefully(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except OSError as error:
            log.warning("look_put_off", why=str(error))
        except Exception:
            log.exception("look_failed")
        else:
            return True
        return False

    @property
    def _url(self) -> str:
        return self.house.perform.engine.url.render_as_string(hide_password=False)

    @property
    def _zone(self) -> tzinfo:
        return next(iter(self.house.settings.sites.values())).timezone


def read_note(data: Path) -> tuple[datetime, list[str]] | None:
    """When all was last looked through, and what was found; None if that was never noted.

    Raises OSError if the note cannot be read now: a server that took that for "never" would write on in a damaged file.
    """
    try:
        note = json.loads((data / LAST_LOOK).read_text())
        return datetime.fromisoformat(note["at"]), list(note["faults"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
