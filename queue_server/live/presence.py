"""Keeps what enrolled screens say of themselves where every process, and the next start, can read it: on change only.

A screen speaks every few seconds. It is written when it comes, when it says something new of itself, when it is there
on another day, and when it goes; so a hall in which nothing changes writes nothing.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from ..domain.absence import Place
from ..domain.day import local_date
from ..domain.devices import is_gone
from ..house import House
from ..seen import Heard
from ..store import presence, site_leases
from ..store.presence import Known

LOOK_EVERY_S = 2.0
_ORPHANS_EVERY = 30  # looks: as often it is asked whose process has ended

log = structlog.get_logger()


class Keeper:
    """Writes for one process what it hears; ``process``: its name."""

    def __init__(self, house: House, process: str) -> None:
        self._house, self.process = house, process
        self._known: dict[str, Known] = {}  # device -> as it was last written as there
        self._looks = 0

    def run(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """Keep for ever; what cannot be written now is written a little later."""
        while True:
            try:
                self.look()
            except Exception:
                log.exception("presence_not_kept")
            sleep(LOOK_EVERY_S)

    def look(self) -> None:
        """Write what has changed since the last look."""
        house, now = self._house, self._house.clock()
        if self._looks % _ORPHANS_EVERY == 0:
            self._adopt(now)
        self._looks += 1
        came = {one.place.device: known for one in house.seen.here() if (known := self._news(one, now)) is not None}
        went = [(id, heard) for id in self._known if (heard := self._silent_since(id, now)) is not None]
        tested = house.seen.take_tested()
        if not (came or went or tested):
            return
        with house.perform.aside() as conn:
            presence.write(conn, self.process, came.values())
            presence.gone(conn, self.process, went)
            for id, result in tested:
                presence.answered(conn, id, result)
        self._known |= came
        for id, _ in went:
            del self._known[id]

    def leave(self) -> None:
        """The server stops: keep until when each screen was heard."""
        heard = {id: self._house.seen.last_heard(id) for id in self._known}
        known = [replace(one, heard_at=heard[id] or one.heard_at) for id, one in self._known.items()]
        if not known:
            return
        try:
            with self._house.perform.aside() as conn:
                presence.write(conn, self.process, known)
        except Exception as error:  # a database that is away keeps no server from ending
            log.warning("presence_not_left", why=type(error).__name__)

    def _news(self, one: Heard, now: datetime) -> Known | None:
        """The screen as it is to be written, if that is another than what was."""
        if is_gone(one.at, now):
            return None
        known = self._known.get(one.place.device)
        if known is None:
            return Known(one.place, one.said, one.at, one.at).heard(one.place, one.said, one.at)
        site = self._house.perform.sites.get(one.place.site)
        another_day = site is not None and local_date(site, known.heard_at) != local_date(site, one.at)
        if known.place == one.place and known.said.is_as(one.said) and not another_day:
            return None
        return known.heard(one.place, one.said, one.at)

    def _silent_since(self, device: str, now: datetime) -> datetime | None:
        """When a screen that was written as there was last heard, if it is gone; by whichever process."""
        heard = self._house.seen.last_heard(device) or self._known[device].heard_at
        return heard if is_gone(heard, now) else None

    def _adopt(self, now: datetime) -> None:
        """Expect the screens that were there for a process that has ended: if they do not come, they are missed."""
        house = self._house
        with house.reader.connect() as conn, conn.begin():
            rows, held = presence.left_there(conn), site_leases.held(conn)
        found: list[Known] = []
        for row in rows:
            site = house.perform.sites.get(row.site)
            if site is None or row.process in (self.process, *held.get(row.site, ())):
                continue
            if house.seen.last_heard(row.device) is None and local_date(site, row.heard_at) == local_date(site, now):
                place = Place(row.device, row.site, row.screen, row.counter)
                house.seen.expect(place, now)
                found.append(Known(place, presence.said_of(row), row.since, now, row.mute_since))
        if found:
            with house.perform.aside() as conn:
                presence.write(conn, self.process, found)
            self._known |= {one.place.device: one for one in found}
