"""The product in this process with both malls and a cast of admins and others, as tests of accounts ask it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from queue_server.domain.roles import Role
from queue_server.store import events
from queue_server.store.accounts import Account
from queue_server.store.passwords import HASHER
from queue_server.store.transaction import ALL_SITES
from tests.world.in_process import InProcess

PASSWORD = "kelapa-pantai-sawah"
HASHED = HASHER.hash(PASSWORD)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
PEOPLE = {  # username -> roles, sites, agencies
    "lilis": ({Role.ADMIN}, (), ()),
    "rini": ({Role.ADMIN}, ("lebak",), ()),
    "sari": ({Role.OFFICER}, ("lebak",), ("dukcapil",)),
    "yudi": ({Role.OFFICER}, ("pandeglang",), ()),
    "ida": ({Role.SUPERVISOR}, (), ()),
}


class Office(InProcess):
    """Both malls, and everybody's cookie."""

    def ask(self, who: str | None, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """A request of somebody to the API, from our own page."""
        return self.api(method, path, body, who=who, **headers)

    def sign_in(self, username: str, password: str, as_: str | None = None, agent: str = CHROME) -> TestResponse:
        """Sign in with a password; the cookie is kept as ``as_``."""
        said = {"username": username, "password": password}
        answer = self.ask(None, "POST", "/login", said, **{"User-Agent": agent})
        if as_ and answer.status_code == 204:
            self.cookies[as_] = answer.headers.getlist("Set-Cookie")[0].partition(";")[0]
        return answer

    def add(
        self, name: str, roles: Collection[Role], sites: Collection[str] = (), agencies: Collection[str] = ()
    ) -> Account:
        """One more account, whose id is its name, signed in."""
        return super().add(name, roles, sites, agencies, HASHED)

    def of(self, username: str, who: str = "lilis") -> dict[str, Any]:
        """An account as somebody's list has it."""
        listed = self.ask(who, "GET", "/accounts").json["accounts"]
        return next(one for one in listed if one["username"] == username)

    def events(self, site: str = ALL_SITES) -> list[tuple[str, Any, str | None]]:
        """(kind, detail, by) of what was recorded of accounts, or at a site; but for signing in."""
        with self.house.reader.connect() as conn, conn.begin():
            return [(e.kind, e.detail, e.by) for e in events.of_site(conn, site) if e.kind != "signed_in"]


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    """Everybody of ``PEOPLE``, signed in."""
    made = Office(folder / "data")
    for name, (roles, sites, agencies) in PEOPLE.items():
        made.add(name, roles, sites, agencies)
    yield made
    made.close()


def code(answer: TestResponse) -> tuple[int, str, Any]:
    """Status, code and field of an error."""
    error = answer.json["error"]
    return answer.status_code, error["code"], error.get("details", {}).get("field")
