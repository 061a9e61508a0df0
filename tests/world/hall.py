"""MPP Lebak without a server: the real commands on a real SQLite file, a named cast, and a clock that tests turn."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from queue_server import data_folder
from queue_server.commands import admin, visitor
from queue_server.domain.carry import by_key
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.fold import CounterState, Event, Ticket
from queue_server.domain.replay import Replayed, replay
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.domain.site import Site
from queue_server.perform import Answer, Key
from queue_server.queries.snapshot import Snapshot, committed, inside, reading, same_store
from queue_server.queries.ticket import ticket
from queue_server.settings import Settings
from queue_server.store import bookings, counters, events, media, notices, schema, structure, tickets
from queue_server.store.accounts import Account
from queue_server.store.rows import TICKET_FIELDS, to_ticket
from queue_server.store.transaction import ALL_SITES, Transaction
from tests.world.declared import redeclared
from tests.world.details import detail_faults
from tests.world.values import at

SITE = "lebak"
MONDAY = at("2026-11-23 09:00")  # an ordinary Monday, numbers are given


def officer(id: str, agency: str | None, role: Role = Role.OFFICER) -> Actor:
    """A member of staff of MPP Lebak."""
    return Actor(id, role.only, frozenset({SITE}), frozenset({agency} if agency else ()), id.title())


SARI = officer("sari", "dukcapil")  # counter 5: ktp-perekaman, ktp-cetak
DEDI = officer("dedi", "dukcapil")  # counter 6: ktp-cetak, kk-akta
RATNA = officer("ratna", "imigrasi")  # counter 2: paspor-wawancara, paspor-pengambilan
ASEP = officer("asep", "polres")  # counter 10: skck-baru, skck-perpanjangan
WATI = officer("wati", None, Role.SUPERVISOR)
TUTI = officer("tuti", None, Role.FRONT_DESK)
KIOSK = Actor("kiosk", Role.KIOSK.only, frozenset({SITE}))
CAST = (SARI, DEDI, RATNA, ASEP, WATI)


class Hall:
    """The verbs of a hall, said by its people. ``now`` stands still until a test moves it."""

    def __init__(self, folder: Path, settings: Settings, now: datetime = MONDAY, id: str = SITE) -> None:
        self.folder, self.settings, self.now, self.id = folder, settings, now, id
        self.told: list[Transaction] = []  # what was published
        self.start()

    def start(self, **changes: Any) -> None:
        """Start (again) on the folder, with the site file changed as told: configuration is applied anew."""
        if changes:
            changed = {**self.settings.sites, self.id: replace(self.site, **changes)}
            self.settings = redeclared(self.settings, changed)
        self.writer, self.reader = data_folder.open_store(self.settings, self.folder)
        self.opened()
        self.perform = data_folder.make_performer(
            self.settings, self.folder, self.writer, clock=lambda: self.now.astimezone(UTC)
        )
        same_store(self.writer, self.reader)
        self.perform.publish = self._publish
        data_folder.apply_structure(self.perform, self.settings)
        self.settings = replace(self.settings, sites=self.perform.sites)

    def _clock(self) -> datetime:
        return self.now.astimezone(UTC)  # as the product's own

    def _publish(self, done: Transaction) -> None:
        committed(done)
        self.told.append(done)

    def opened(self) -> None:
        """The database was opened: where other halls change how."""

    def stop(self) -> None:
        """Close the database."""
        self.writer.dispose()
        self.reader.dispose()

    @property
    def site(self) -> Site:
        """The hall's structure."""
        return self.settings.sites[self.id]

    # -- verbs

    def later(self, **span: float) -> datetime:
        """Let time pass: ``hall.later(minutes=5)``."""
        self.now += timedelta(**span)
        return self.now

    def do(self, who: Actor, command: Callable, *args: Any, key: Key | None = None, **options: Any) -> Any:
        """Somebody does something; what the command returns."""
        said = self.perform(
            self.id,
            lambda tx: command(tx, *args, **options),
            actor=who,
            key=key,
            reply=lambda tx, result: Answer(200, result),
        )
        return said.body

    def issue(self, service: str, class_: str = "regular", by: Actor = KIOSK, **extra: Any) -> Ticket:
        """A visitor takes a number."""
        return self.do(by, visitor.issue, service, class_, **extra)

    def told_at_issue(self, service: str, class_: str = "regular", by: Actor = KIOSK, **extra: Any) -> dict[str, Any]:
        """The ticket document that the kiosk is answered with, made inside the command."""
        return self.perform(
            self.id,
            lambda tx: visitor.issue(tx, service, class_, **extra),
            actor=by,
            reply=lambda tx, issued: (
                Answer(201, ticket(inside(tx), issued), issued.id) if issued else Answer(409, None)
            ),
        ).body

    def on_server(self, command: Callable, *args: Any) -> Any:
        """A server-wide command (accounts, devices)."""
        return self.perform(ALL_SITES, lambda tx: command(tx, *args)).body

    @contextmanager
    def refuses(self, code: Code, **details: Any) -> Iterator[None]:
        """What happens inside is refused with this code and leaves nothing: no event, no revision, nothing told."""
        before, told = self.marks(), len(self.told)
        with pytest.raises(QueueError) as caught:
            yield
        assert caught.value.code is code
        assert caught.value.details | details == caught.value.details
        assert self.marks() == before
        assert len(self.told) == told

    @contextmanager
    def changes_nothing(self) -> Iterator[None]:
        """What happens inside succeeds and leaves nothing."""
        before, told = self.marks(), len(self.told)
        yield
        assert self.marks() == before
        assert len(self.told) == told

    # -- looking

    def marks(self) -> tuple[int, int]:
        """The site's revision, and how many events there are."""
        with self.reader.connect() as conn, conn.begin():
            return structure.site_row(conn, self.id).revision, len(list(events.of_site(conn, self.id)))

    @property
    def revision(self) -> int:
        """The site's revision."""
        return self.marks()[0]

    def row(self) -> Any:
        """The site's own row."""
        with self.reader.connect() as conn, conn.begin():
            return structure.site_row(conn, self.id)

    def events(self, *kinds: str) -> list[Event]:
        """What happened, oldest first; of these kinds, or everything."""
        with self.reader.connect() as conn, conn.begin():
            return [e for e in events.of_site(conn, self.id) if not kinds or e.kind in kinds]

    def last(self, count: int = 1) -> list[str]:
        """The kinds of the newest events."""
        return [e.kind for e in self.events()[-count:]]

    def ticket(self, ticket: Ticket) -> Ticket:
        """The ticket as it is now."""
        with self.reader.connect() as conn, conn.begin():
            return tickets.by_id(conn, ticket.id)

    def tickets(self) -> list[Ticket]:
        """Every ticket there ever was."""
        t = schema.ticket.c
        columns = [t[name] for name in TICKET_FIELDS]
        with self.reader.connect() as conn, conn.begin():
            return [to_ticket(r) for r in conn.execute(select(*columns).where(t.site == self.id).order_by(t.arrival))]

    def counter(self, id: str) -> CounterState:
        """A counter as it is now."""
        with self.reader.connect() as conn, conn.begin():
            return counters.get(conn, self.id, id)

    def counters(self) -> Mapping[str, CounterState]:
        """All counters as they are now."""
        with self.reader.connect() as conn, conn.begin():
            return counters.of_site(conn, self.id)

    def at_hand(self, counter: str) -> str | None:
        """The number that is called or served at the counter."""
        with self.reader.connect() as conn, conn.begin():
            id = counters.get(conn, self.id, counter).ticket
            return tickets.by_id(conn, id).number if id else None

    def read(self, query: Callable[[Snapshot], Any]) -> Any:
        """A query on one snapshot."""
        with reading(self.reader, self.perform.sites, self.id, self.now) as view:
            return query(view)

    def rows(self) -> Replayed:
        """The rows as they stand in the tables."""
        with self.reader.connect() as conn, conn.begin():
            series = conn.execute(select(schema.series).where(schema.series.c.site == self.id))
            quotas = conn.execute(select(schema.quota).where(schema.quota.c.site == self.id))
            row = structure.site_row(conn, self.id)
            return Replayed(
                tickets={t.id: t for t in self.tickets()},
                counters=dict(counters.of_site(conn, self.id)),
                series={(r.service, r.day): r.next for r in series},
                quotas={(r.service, r.day, r.class_): r.used for r in quotas},
                interruptions={one["interruption"]: one for one in row.interruptions},
                bookings={one.id: one for one in bookings.of_site(conn, self.id)},
                levers=row.levers,
                notices={one.id: one for one in notices.of_site(conn, self.id)},
                pictures=media.pictures(conn, self.id),
                playlist=media.playlist_of(conn, self.id),
                carried=by_key(row.carried),
            )

    def check_replay(self) -> None:
        """I-8: folding the events gives exactly the rows; and each event is as its kind declares, and says by whom."""
        told = self.events()
        assert replay(told) == self.rows()
        assert detail_faults(told) == []
        assert [event.kind for event in told if event.by is None] == []


def people(hall: Hall) -> None:
    """Accounts for the cast."""
    for who in CAST:
        account = Account(who.id, who.id, who.name, who.roles, "-", (hall.id,), tuple(who.agencies))
        hall.perform(ALL_SITES, lambda tx, account=account: admin.add_account(tx, account), actor=SYSTEM)


def without(site: Site, service: str) -> dict[str, Any]:
    """The services and counters of a site that has one service less: ``hall.start(**without(hall.site, "sim"))``."""
    rest = {id: one for id, one in site.services.items() if id != service}
    left = {id: replace(c, services=tuple(s for s in c.services if s != service)) for id, c in site.counters.items()}
    return {"services": rest, "counters": {id: counter for id, counter in left.items() if counter.services}}
