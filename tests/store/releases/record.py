"""Record a database of the release in whose checkout this runs: `python record.py FILE.db.xz`, once a release.

Both malls, three service days and the fourth in full swing, every kind of event, every table. Later releases
only read the recording (`test_upgrades.py`), they never make it again: that is its point.
"""

import lzma
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from queue_server import data_folder, settings
from queue_server.commands import admin, day, officer, restored, visitor
from queue_server.domain.errors import QueueError
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.perform import Answer, Key, Performer
from queue_server.store import backup
from queue_server.store.accounts import Account
from queue_server.store.engine import FILE
from queue_server.store.transaction import ALL_SITES
from tests.world.declared import redeclared

MORNINGS = [datetime(2026, 11, day, 1, 30, tzinfo=UTC) for day in (19, 20, 23, 24)]  # half past eight, Thursday on
STEPS = 500  # of a day at each mall
VERBS = (
    *(officer.recall, officer.no_show, officer.hold, officer.return_ticket),
    *(officer.serve,) * 6,
    *(officer.finish,) * 6,
)


class Recorder:
    """People who do what people do, by chance that is always the same."""

    def __init__(self, folder: Path) -> None:
        self.chance = random.Random(20261129)
        self.now = MORNINGS[0]
        self.told = settings.load(None, environ={})
        self.folder = folder
        self.writer, self.reader = data_folder.open_store(self.told, folder)
        self.perform = self._performer()
        data_folder.apply_structure(self.perform, self.told)
        self.people: dict[str, list[Actor]] = {}

    def _performer(self) -> Performer:
        return data_folder.make_performer(self.told, self.folder, self.writer, clock=lambda: self.now)

    def try_(
        self, where: str, command: Callable[..., Any], *args: Any, by: Actor = SYSTEM, key: Key | None = None
    ) -> Any:
        """Somebody tries something; a refusal is as good as anything else."""
        reply = (lambda tx, result: Answer(200, {"done": True})) if key else (lambda tx, result: Answer(200, result))
        try:
            return self.perform(where, lambda tx: command(tx, *args), actor=by, key=key, reply=reply).body
        except QueueError:
            return None

    def staff(self) -> None:
        """Accounts, devices and sessions, some of which end."""
        for site, hall in self.told.sites.items():
            people = []
            for n, counter in enumerate(hall.counters.values()):
                people.append(self._account(f"{site}-{n}", Role.OFFICER, (site,), (counter.agency,)))
            people.append(self._account(f"{site}-boss", Role.SUPERVISOR, (site,), ()))
            self.people[site] = people
            for kind in (Role.KIOSK, Role.DISPLAY):
                self.try_(
                    ALL_SITES, admin.add_device, f"{site} {kind.value}", kind, site, f"token of {site} {kind.value}"
                )
            self.try_(ALL_SITES, admin.add_device, f"{site} stolen", Role.KIOSK, site, f"token stolen {site}")
            self.try_(ALL_SITES, admin.revoke_device, site, f"{site} stolen")
        gone = self._account("gone", Role.OFFICER, ("lebak",), ())
        self._account("everywhere", Role.ADMIN, tuple(self.told.sites), ())
        self._account("auditor", Role.AUDITOR, tuple(self.told.sites), ())
        self.try_(ALL_SITES, admin.set_password, "auditor", "another hash")
        self.try_(ALL_SITES, admin.disable_account, gone.id)
        self.try_(ALL_SITES, admin.disable_account, "gone")

    def _account(self, name: str, role: Role, sites: tuple[str, ...], agencies: tuple[str, ...]) -> Actor:
        account = Account(f"id-{name}", name, name.title(), role.only, "no hash", sites, agencies)
        self.try_(ALL_SITES, admin.add_account, account)
        self.try_(ALL_SITES, admin.sign_in, account, f"session of {name}")
        if name.endswith("-1"):
            self.try_(ALL_SITES, admin.sign_out, f"session of {name}", by=account.actor)
        return account.actor

    def day(self, morning: datetime, steps: int) -> None:
        """A day at both malls, minute by minute; the first opening closes the day before."""
        self.now = morning
        for site, hall in self.told.sites.items():
            kiosk = Actor("kiosk", Role.KIOSK.only, frozenset({site}))
            *officers, boss = self.people[site]
            tickets: list[Any] = []
            for counter, who in zip(hall.counters, officers, strict=True):
                self.try_(site, officer.open_counter, counter, by=who)
            for _ in range(steps):
                self.now += timedelta(seconds=self.chance.randint(5, 50))
                self._step(site, kiosk, officers, boss, tickets)
            self.now = morning

    def _step(self, site: str, kiosk: Actor, officers: list[Actor], boss: Actor, tickets: list[Any]) -> None:
        hall, chance = self.told.sites[site], self.chance
        counter = chance.choice(list(hall.counters))
        who = officers[list(hall.counters).index(counter)]
        dice = chance.random()
        if dice < 0.25:
            service = chance.choice(list(hall.services.values()))
            key = Key("kiosk", f"key {chance.random()}", "hash") if chance.random() < 0.3 else None
            made = self.try_(site, visitor.issue, service.id, chance.choice(service.classes), by=kiosk, key=key)
            if made is not None and not isinstance(made, dict):
                tickets.append(made)
        elif dice < 0.5:
            self.try_(site, officer.call_next, counter, by=who)
            if chance.random() < 0.1:
                self.now += timedelta(seconds=5)
                self.try_(site, officer.undo, counter, by=who)
        elif dice < 0.9:
            self.try_(site, chance.choice(VERBS), counter, by=who)
        elif tickets:
            self._rare(site, counter, who, boss, chance.choice(tickets))

    def _rare(self, site: str, counter: str, who: Actor, boss: Actor, ticket: Any) -> None:
        chance, services = self.chance, list(self.told.sites[site].services)
        acts: list[Callable[[], Any]] = [
            lambda: self.try_(site, officer.call, counter, ticket.number, "asked", by=who),
            lambda: self.try_(site, officer.transfer, counter, chance.choice(services), None, "a note", by=who),
            lambda: self.try_(site, officer.return_ticket, counter, ticket.number, by=who),
            lambda: self.try_(site, officer.cancel, counter, "left", ticket.number, by=who),
            lambda: self.try_(site, visitor.cancel_own, ticket.id),
            lambda: self.try_(site, officer.hold, counter, "papers", by=boss),
            lambda: self.try_(site, officer.no_show, counter, "not there", by=boss),
            lambda: self.try_(site, officer.close_counter, counter, "lunch", by=boss),
            lambda: self.try_(site, officer.close_counter, counter, by=who),
            lambda: self.try_(site, officer.open_counter, counter, by=who),
        ]
        chance.choice(acts)()

    def rare_days(self) -> None:
        """What happens once a year: a day closed and opened again, a structure changed, a restore, a wrong clock."""
        for site in self.told.sites:
            boss = self.people[site][-1]
            self.try_(site, day.close_day, by=boss)
            self.try_(site, day.reopen_day, by=boss)
            self.try_(site, partial(restored.go_on, made_at=self.now, given={}))
        lebak = self.told.sites["lebak"]
        counters = {id: each for id, each in lebak.counters.items() if id != "12"}
        told, sites = self.told, {**self.told.sites, "lebak": replace(lebak, counters=counters)}
        for each in (redeclared(told, sites), redeclared(told, {**told.sites, "lebak": replace(lebak)})):
            self.told = each
            self.perform = self._performer()
            data_folder.apply_structure(self.perform, each)
        self.now -= timedelta(hours=1)  # the clock goes wrong by an hour, numbers are given all the same
        for site in self.told.sites:
            kiosk = Actor("kiosk", Role.KIOSK.only, frozenset({site}))
            self.try_(site, visitor.issue, "ktp-cetak", "regular", by=kiosk)
            self.try_(site, day.confirm_day, MORNINGS[2].date(), by=self.people[site][-1])

    def mid_service(self, at: datetime) -> None:
        """As the hall stands when the recording ends: at every counter somebody is called or served."""
        self.now = at
        for site, hall in self.told.sites.items():
            for n, (counter, who) in enumerate(zip(hall.counters, self.people[site], strict=False)):
                self.try_(site, officer.open_counter, counter, by=who)
                for service in hall.counters[counter].services[:1]:
                    self.try_(site, visitor.issue, service, hall.services[service].classes[0])
                self.try_(site, officer.call_next, counter, by=who)
                if n % 2:
                    self.try_(site, officer.serve, counter, by=who)


def main(out: Path) -> None:
    """Record, and write what was recorded."""
    folder = Path(tempfile.mkdtemp())
    made = Recorder(folder)
    made.staff()
    for morning in MORNINGS[:3]:
        made.day(morning, STEPS)
    made.rare_days()
    made.day(MORNINGS[3], STEPS)
    made.mid_service(MORNINGS[3] + timedelta(hours=5))
    copy = folder / "copy.db"
    backup.copy(folder / FILE, copy)
    with sqlite3.connect(copy) as whole:
        kinds = dict(whole.execute("SELECT kind, count(*) FROM event GROUP BY kind ORDER BY kind").fetchall())
        whole.execute("PRAGMA journal_mode=DELETE")
        whole.execute("VACUUM")
    print(len(kinds), "kinds:", kinds)
    out.write_bytes(lzma.compress(copy.read_bytes(), preset=9))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
