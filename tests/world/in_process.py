"""The whole product within the test's own process: both malls, people who are signed in, and their browsers' requests.

Nothing listens: for sockets and screens there are the servers of ``mall.py`` and ``people.py``.
"""

import tempfile
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from werkzeug.test import TestResponse

from queue_server import app, settings
from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.house import House
from queue_server.reach import Reach
from queue_server.store import engine, migrate
from queue_server.store.accounts import Account
from queue_server.store.ids import new_token
from queue_server.store.transaction import ALL_SITES
from queue_server.web.http import assets
from tests.world.routes import remember_builders

HOST = "http://antrean.test"
NINE = datetime.fromisoformat("2026-11-23T09:00:00+07:00")  # a Monday on which both malls are open

remember_builders()


def lay_database(folder: Path) -> None:
    """Give a new data folder an empty database: a copy of what the migrations made once for this process of the tests.

    Migrations have tests of their own, and a server that a test starts on an empty folder applies them all.
    """
    _lay(folder, _migrated)


def _lay(folder: Path, made: Callable[[], bytes]) -> None:
    file = engine.database_file(engine.database_url(folder))
    if not file.exists():
        engine.make_folder(folder)
        file.write_bytes(made())


@cache
def _shipped() -> settings.Settings:
    return settings.load(None, environ={"QUEUE_ASYNC_MODE": "threading"})


_build = cache(assets.build_id)


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        url = engine.database_url(Path(name))
        writer = engine.open_writer(url)
        migrate.migrate(writer)
        writer.dispose()
        return engine.database_file(url).read_bytes()


@cache
def _with_both_malls() -> bytes:
    """What the first start at nine makes of it: the malls that ship are in force, and nothing else happened."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_database(folder)
        app.create(_shipped(), folder, reach=Reach(public_url=HOST), clock=lambda: NINE).close()
        return engine.database_file(engine.database_url(folder)).read_bytes()


class InProcess:
    """A process of the product on a data folder. ``now`` stands still until a test moves it."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        self.folder, self.now, self._clock = folder, NINE, clock or (lambda: self.now)
        self.accounts: dict[str, Account] = {}
        self.cookies: dict[str, str] = {}  # who -> the cookie that their browser sends
        self.tokens: dict[str, str] = {}  # a device's name -> its token
        self.start()

    def start(self) -> None:
        """A process begins on the folder."""
        told = _shipped()
        if self._clock() == NINE:
            _lay(self.folder, _with_both_malls)
        lay_database(self.folder)
        with mock.patch.object(assets, "build_id", _build):
            self.whole = app.create(told, self.folder, reach=Reach(public_url=HOST), clock=self._clock)

    def close(self) -> None:
        """The process ends."""
        self.whole.close()

    @property
    def house(self) -> House:
        """What is given to all who answer."""
        return self.whole.house

    def on_server(self, command: Callable[..., Any], *said: Any) -> Any:
        """A command that concerns no site (accounts, devices), by the shell."""
        return self.house.perform(ALL_SITES, lambda tx: command(tx, *said)).body

    def add(
        self,
        name: str,
        roles: Role | Collection[Role],
        sites: Collection[str] = ("lebak",),
        agencies: Collection[str] = (),
        password_hash: str = "-",
    ) -> Account:
        """Somebody has an account, and is signed in."""
        held = roles.only if isinstance(roles, Role) else frozenset(roles)
        account = Account(name, name, name.title(), held, password_hash, tuple(sites), tuple(agencies))
        self.accounts[name] = account
        self.on_server(admin.add_account, account)
        self.begin_session(name)
        return account

    def begin_session(self, name: str) -> None:
        """Somebody of the cast has a session of now."""
        token = new_token()
        self.on_server(admin.sign_in, self.accounts[name], token)
        self.cookies[name] = f"session={token}"

    def enrol(self, name: str, kind: Role, site: str = "lebak") -> str:
        """A kiosk or display has a token, which its browser keeps; its id."""
        self.tokens[name] = token = new_token()
        self.cookies[name] = f"device={token}"
        return self.on_server(admin.add_device, name, kind, site, token)

    def open(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str | None = None,
        address: str | None = None,
        raw: tuple[str, bytes] | None = None,
        **headers: str,
    ) -> TestResponse:
        """A request from our own page, by somebody of the cast or by nobody in particular.

        ``raw``: a media type and bytes, instead of a JSON body.
        """
        said = {"Origin": HOST, **headers} | ({"Cookie": self.cookies[who]} if who else {})
        sent = {} if method in ("GET", "HEAD") else {"json": {} if body is None else body}
        sent = {"content_type": raw[0], "data": raw[1]} if raw else sent
        client = self.whole.app.test_client(use_cookies=False)
        environ = {"REMOTE_ADDR": address} if address else {}
        return client.open(path, method=method, base_url=HOST, headers=said, environ_base=environ, **sent)

    def api(self, method: str, path: str, body: Any = None, **how: Any) -> TestResponse:
        """A request to the API."""
        return self.open(method, f"/api/v1{path}", body, **how)
