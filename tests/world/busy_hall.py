"""A hall that is busy around the clock: its site file, people put in before the start, and who asks on their behalf."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from queue_server import data_folder, settings
from queue_server.clock import utc_now
from queue_server.commands import admin, officer, visitor
from queue_server.domain.roles import Actor, Role
from queue_server.perform import Performer
from queue_server.store.accounts import Account
from queue_server.store.ids import new_id, new_token
from queue_server.store.transaction import ALL_SITES
from tests.world.wire import Http

SITE = "hall"
COUNTERS = 32
SERVICES = [f"s{n:02}" for n in range(16)]
OFFERED = (0, 1, 5)  # what the first counter serves; the others as many places further on
PREFIXES = "ABCDEFGHJKLMNPQR"  # without I and O, which look like 1 and 0


def write_config(folder: Path, services: Sequence[str] = SERVICES, offered: Sequence[int] = OFFERED) -> Path:
    """One hall, open around the clock, without quotas: 32 counters, 16 services, three services at each counter."""
    lines = [f'id = "{SITE}"', 'name = "The hall of the benchmark"', 'timezone = "Asia/Jakarta"', 'hours = "always"']
    lines += ["[[agencies]]", 'id = "a"', 'name = "The agency"']
    for place, service in enumerate(services):
        lines += ["[[services]]", f'id = "{service}"', 'agency = "a"', f'prefix = "{PREFIXES[place]}"']
        lines += [f'name = {{ id = "Layanan {place + 1}" }}', "target_minutes = 10"]
    for counter in range(COUNTERS):
        own = ", ".join(f'"{services[(counter + step) % len(services)]}"' for step in offered)
        lines += ["[[counters]]", f'id = "{counter + 1}"', f'name = "Loket {counter + 1}"', 'agency = "a"']
        lines += [f"services = [{own}]"]
    (folder / "sites").mkdir(parents=True, exist_ok=True)
    (folder / "sites" / f"{SITE}.toml").write_text("\n".join(lines) + "\n")
    return folder


@dataclass
class People:
    """Credentials: a kiosk's token, one session per counter (the officer sits there), a supervisor's session."""

    kiosk: str
    sessions: list[str]
    supervisor: str


def prepare(config: Path, data: Path, waiting: int = 0) -> People:
    """Put people and waiting tickets into a data folder, by the product's own commands, unsynced."""
    told = settings.load(config, environ={})
    writer, reader = data_folder.open_store(told, data)
    event.listen(writer, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
    writer.dispose()
    perform = data_folder.make_performer(told, data, writer, utc_now)
    data_folder.apply_structure(perform, told)
    sessions = [_seated(perform, str(n + 1)) for n in range(COUNTERS)]
    supervisor = _session(perform, _account(perform, "supervisor", Role.SUPERVISOR))
    token = new_token()
    perform(ALL_SITES, lambda tx: admin.add_device(tx, "kiosk", Role.KIOSK, SITE, token))
    kiosk = Actor("kiosk", Role.KIOSK.only, frozenset({SITE}))
    for n in range(waiting):
        perform(SITE, lambda tx, n=n: visitor.issue(tx, SERVICES[n % len(SERVICES)]), actor=kiosk)
    writer.dispose()
    reader.dispose()
    return People(token, sessions, supervisor)


def _account(perform: Performer, name: str, role: Role) -> Account:
    account = Account(new_id(), name, name, role.only, "no password opens this", (SITE,), ())
    perform(ALL_SITES, lambda tx: admin.add_account(tx, account))
    return account


def _session(perform: Performer, account: Account) -> str:
    token = new_token()
    perform(ALL_SITES, lambda tx: admin.sign_in(tx, account, token))
    return token


def _seated(perform: Performer, counter: str) -> str:
    account = _account(perform, f"officer-{counter}", Role.OFFICER)
    perform(SITE, lambda tx: officer.open_counter(tx, counter), actor=account.actor)
    return _session(perform, account)


class NobodyWaits(RuntimeError):
    """A call was to be made and there was nobody to call: then no screen hears one either."""


class Caller:
    """Connections of kiosk and officers to one server."""

    def __init__(self, port: int, people: People) -> None:
        self.port, self.people = port, people
        self.site = f"/api/v1/sites/{SITE}"

    async def kiosk(self) -> Http:
        """A kiosk's connection."""
        return await Http.to(self.port, {"Authorization": f"Bearer {self.people.kiosk}"})

    async def officer(self, counter: int) -> Http:
        """The connection of a counter's officer (counters count from 0 here)."""
        return await self._staff(self.people.sessions[counter])

    async def supervisor(self) -> Http:
        """The supervisor's connection."""
        return await self._staff(self.people.supervisor)

    async def _staff(self, session: str) -> Http:
        return await Http.to(self.port, {"Cookie": f"session={session}", "Origin": f"http://127.0.0.1:{self.port}"})

    async def issue(self, http: Http, n: int) -> tuple[dict, float]:
        """One ticket."""
        body = {"service": SERVICES[n % len(SERVICES)]}
        return await http.must("POST", f"{self.site}/tickets", body, Idempotency_Key=new_token())

    async def verb(self, http: Http, counter: int, verb: str) -> tuple[dict, float]:
        """One verb at a counter. A call-next that finds nobody is a bench that ran dry, not a figure."""
        why = {"reason": "rapat dinas"} if verb == "close" else None  # people wait
        desk, took = await http.must("POST", f"{self.site}/counters/{counter + 1}/{verb}", why)
        if verb == "call-next" and desk["ticket"] is None:
            raise NobodyWaits(f"nobody waits for counter {counter + 1} any more")
        return desk, took

    async def empty(self) -> None:
        """Everybody goes home and the officers sit down again: nobody waits after this."""
        boss = await self.supervisor()
        await boss.must("POST", f"{self.site}/close-day")
        await boss.must("POST", f"{self.site}/reopen-day")
        boss.close()
        for counter in range(COUNTERS):
            http = await self.officer(counter)
            await self.verb(http, counter, "open")
            http.close()
