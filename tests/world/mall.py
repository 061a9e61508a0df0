"""A real server on a Monday at nine with a cast of people and devices; every answer is held to the OpenAPI document."""

import importlib
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import requests
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from queue_server import data_folder, settings
from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.store.accounts import Account
from queue_server.store.ids import new_token
from queue_server.store.passwords import HASHER
from queue_server.store.transaction import ALL_SITES
from queue_server.web.http import asyncapi, openapi
from tests.world.in_process import lay_database
from tests.world.server import Client, Server

MONDAY = "2026-11-23T09:00:00+07:00"
PASSWORD = "kelapa-pantai-sawah"

PEOPLE = {  # username -> role, site, agency
    "sari": (Role.OFFICER, "lebak", "dukcapil"),  # counters 5, 6, 7
    "dedi": (Role.OFFICER, "lebak", "dukcapil"),
    "ratna": (Role.OFFICER, "lebak", "imigrasi"),  # counters 1, 2
    "wati": (Role.SUPERVISOR, "lebak", None),
    "lina": (Role.SUPERVISOR, "lebak", "dukcapil"),  # of one agency
    "yudi": (Role.OFFICER, "pandeglang", None),
    "hendra": (Role.SUPERVISOR, "pandeglang", None),
    "lilis": (Role.ADMIN, "lebak", None),
    "ina": (Role.LEADER, "lebak", None),
    "fitri": (Role.AUDITOR, "lebak", None),
}
DEVICES = {
    "kiosk": (Role.KIOSK, "lebak"),
    "kiosk at pandeglang": (Role.KIOSK, "pandeglang"),
    "display": (Role.DISPLAY, "lebak"),
}


class Contract:
    """The served OpenAPI document, asked of every answer; or the AsyncAPI document, asked of every message."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        resource = Resource.from_contents(document | {"$schema": "https://json-schema.org/draft/2020-12/schema"})
        self._registry = Registry().with_resource("urn:antrean", resource)
        self._paths = [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in document.get("paths", ())]

    def check(self, method: str, path: str, answer: requests.Response) -> None:
        """The status is one that the operation names, and the body is exactly of the shape it names for it."""
        found = [name for pattern, name in self._paths if pattern.fullmatch(path)]
        found.sort(key=lambda name: name.count("{"))
        if not found or method.lower() not in self.document["paths"][found[0]]:
            return
        operation = self.document["paths"][found[0]][method.lower()]
        documented = operation["responses"].get(str(answer.status_code))
        assert documented is not None, f"{method} {found[0]} answered {answer.status_code}: {answer.text}"
        content = documented.get("content")
        if content is None or method == "HEAD":
            assert not answer.content
            return
        said = answer.headers["content-type"]
        kind = (said if isinstance(said, str) else said[0]).partition(";")[0]  # Schemathesis has a list of each
        assert kind in content, f"{method} {found[0]} answered {kind}, not {', '.join(content)}"
        if kind == "application/json":
            self.check_shape(content[kind]["schema"], answer.json())

    def check_shape(self, schema: dict[str, Any], body: Any) -> None:
        """A JSON value against a schema of the document."""
        absolute = {"$ref": "urn:antrean" + schema["$ref"]} if "$ref" in schema else schema
        Draft202012Validator(absolute, registry=self._registry).validate(body)

    def check_document(self, name: str, body: Any) -> None:
        """A document against the component of that name (``Board``, ``Queue`` …)."""
        self.check_shape({"$ref": f"#/components/schemas/{name}"}, body)

    def check_message(self, name: str, body: Any) -> None:
        """What was said over a socket, under the name that it was said by."""
        assert name in self.document["components"]["messages"], f"no message is called {name}"
        self.check_shape(self.document["components"]["messages"][name]["payload"], body)


@cache
def _of_requests() -> Contract:
    importlib.import_module("queue_server.app")  # declares every route
    return Contract(openapi.document())


@cache
def _of_sockets() -> Contract:
    return Contract(asyncapi.document())


class Caller(Client):
    """A client whose every answer is checked."""

    contract: Contract

    def get(self, path: str, **headers: str) -> requests.Response:
        """GET below ``/api/v1``."""
        return self._checked("GET", path, super().get(path, **headers))

    def post(self, path: str, body: Any = None, key: str | None = None, **headers: str) -> requests.Response:
        """POST JSON below ``/api/v1``."""
        return self._checked("POST", path, super().post(path, body, key, **headers))

    def raw(self, method: str, path: str, data: Any = None, **headers: str) -> requests.Response:
        """Send anything to the API."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.http.request(method, self.server.api + path, data=data, headers=headers, timeout=60)
        return self._checked(method, path, answer)

    def _checked(self, method: str, path: str, answer: requests.Response) -> requests.Response:
        assert answer.status_code != 500, answer.text
        self.contract.check(method, "/api/v1" + path.partition("?")[0], answer)
        return answer


@dataclass
class Mall:
    """The server, and everybody who talks to it."""

    server: Server
    devices: dict[str, str] = field(default_factory=dict)  # name -> token
    _signed_in: dict[str, Caller] = field(default_factory=dict)

    @cached_property
    def contract(self) -> Contract:
        """What is promised; ``tests/web/test_openapi.py`` holds the served document to it."""
        return _of_requests()

    @cached_property
    def sockets(self) -> Contract:
        """What is promised of sockets; ``tests/web/test_asyncapi.py`` holds the served document to it."""
        return _of_sockets()

    def caller(self, token: str | None = None) -> Caller:
        """Somebody new: nobody in particular, or a device by its token."""
        made = Caller(self.server, token)
        made.contract = self.contract
        return made

    def person(self, username: str) -> Caller:
        """Somebody of the cast, signed in."""
        if username not in self._signed_in:
            self._signed_in[username] = self.caller().sign_in(username, PASSWORD)
        return self._signed_in[username]

    def device(self, name: str = "kiosk") -> Caller:
        """A device of the cast."""
        return self.caller(self.devices[name])

    def __getattr__(self, name: str) -> Caller:
        if name in PEOPLE:
            return self.person(name)
        raise AttributeError(name)

    @property
    def kiosk(self) -> Caller:
        """The kiosk of MPP Lebak."""
        return self.device()

    def begin_anew(self) -> None:
        """End all that is open at MPP Lebak: close the day and open it again."""
        for verb in ("close-day", "reopen-day"):
            answer = self.wati.post(f"/sites/lebak/{verb}")
            assert answer.status_code == 200, answer.text

    def revision(self, site: str = "lebak") -> int:
        """The site's revision."""
        return self.caller().get(f"/sites/{site}/board").json()["revision"]


def open_mall(folder: Path, **options: Any) -> Mall:
    """Make accounts and devices, and start the server on a Monday at nine."""
    server = Server(folder / "data", **options)
    told = settings.load(options.get("config"), environ={})
    lay_database(server.data)
    writer, reader = data_folder.open_store(told, server.data)
    perform = data_folder.make_performer(told, server.data, writer)
    data_folder.ensure_rows(writer, told.sites)
    mall, hashed = Mall(server), HASHER.hash(PASSWORD)
    for name, (role, site, agency) in PEOPLE.items():
        account = Account(name, name, name.title(), role.only, hashed, (site,), (agency,) if agency else ())
        perform(ALL_SITES, lambda tx, account=account: admin.add_account(tx, account))
    for name, (kind, site) in DEVICES.items():
        token = mall.devices[name] = new_token()
        perform(ALL_SITES, lambda tx, a=(name, kind, site, token): admin.add_device(tx, *a))
    writer.dispose()
    reader.dispose()
    server.set_clock(MONDAY)
    server.start()
    return mall
