"""What `check` accepts, `run` serves: generated halls of every shape the schema allows, on every page."""

import itertools
import json
import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from queue_server import app
from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.operations import screens
from queue_server.reach import Reach
from queue_server.settings import Settings
from queue_server.settings.toml_file import SettingsError
from queue_server.store.ids import new_token
from queue_server.store.transaction import ALL_SITES
from tests.settings.halls import halls
from tests.world.folders import load

HOST = "http://antrean.test"
MANY = 12
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def _inline(value: object) -> str:
    """A value as TOML, tables within a line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return (
        json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        if isinstance(value, str)
        else json.dumps(value)
    )


def _write(site: dict) -> str:
    return "\n".join(f"{key} = {_inline(value)}" for key, value in site.items())


def _pages(site: dict) -> list[str]:
    own = "/kecil"
    counters = [f"{own}/counters/{c['id']}/display" for c in site["counters"][:2]]
    public = ["", "/board", "/calls"]
    api = [f"/api/v1/sites/kecil{path}" for path in public]
    return ["/", f"{own}/kiosk", f"{own}/wall", f"{own}/wall?voice=1", f"{own}/performance", own, *counters, *api]


def _visit(whole: app.Antrean, site: dict) -> None:
    """Somebody looks at every page and wants a number of every service."""
    client, token = whole.app.test_client(), new_token()
    whole.house.perform(ALL_SITES, lambda tx: admin.add_device(tx, "Kiosk", Role.KIOSK, "kecil", token))

    def ask(path: str, **more: object) -> TestResponse:
        whole.app.extensions["door"]._window.reset()  # here nobody is ever too many
        return client.open(path, base_url=HOST, **more)

    printed = screens.addresses(whole.house.settings.sites["kecil"], HOST)  # as `run` does at its start
    assert any("/kecil/kiosk" in line for line in printed)
    for path in _pages(site):
        assert ask(path).status_code == 200, path
    for service in site["services"]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": new_token()}
        body = {"service": service["id"]}
        given = ask("/api/v1/sites/kecil/tickets", method="POST", json=body, headers=headers)
        assert given.status_code in (201, 409, 422), given.text
        if given.status_code == 201:
            phone = f"/t/{given.json['token']}"
            for path in (phone, f"{phone}/slip", f"/api/v1/tickets/{given.json['token']}"):
                assert ask(path).status_code == 200, path


def _loaded(site: dict, folder: Path, always_open: bool) -> Settings | None:
    """What `check` makes of it; None: it refuses the file, and says why."""
    (folder / "sites").mkdir()
    (folder / "sites" / "kecil.toml").write_text(_write(site), encoding="utf-8")
    try:
        return load(folder, always_open=always_open)
    except SettingsError as refused:
        assert refused.problems and all(str(problem) for problem in refused.problems)
        return None


def _is_served(told: Settings, site: dict, data: Path) -> None:
    whole = app.create(told, data, reach=Reach(public_url=HOST), clock=lambda: MONDAY)
    try:
        _visit(whole, site)
    finally:
        whole.close()


@pytest.mark.slow
def test_what_is_accepted_is_served():
    """A dozen of those that are; to look at a file takes a moment, to serve it most of a second."""
    served = 0

    @settings(max_examples=80)
    @given(site=halls(), always_open=st.booleans())
    def is_served(site: dict, always_open: bool) -> None:
        nonlocal served
        if served == MANY:
            return
        folder = Path(tempfile.mkdtemp(prefix="antrean-accepted-"))
        try:
            if told := _loaded(site, folder, always_open):
                _is_served(told, site, folder / "data")
                served += 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    is_served()
    assert served == MANY, "else little is proven"


def test_the_generated_files_are_neither_all_right_nor_all_wrong(tmp_path: Path):
    """Else the test above would prove nothing. The same files at each run."""
    taken, number = Counter(), itertools.count()

    @settings(max_examples=100, derandomize=True, database=None)
    @given(site=halls())
    def look(site: dict) -> None:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        taken[_loaded(site, folder, False) is not None] += 1

    look()
    assert min(taken[True], taken[False]) >= 10, taken


def test_every_generated_value_can_be_written():
    assert _write({"name": 'a "b" \\ ü', "quota": {"regular": 5}, "list": ["x", True, 1.5]}).splitlines() == [
        'name = "a \\"b\\" \\\\ ü"',
        'quota = { "regular" = 5 }',
        'list = ["x", true, 1.5]',
    ]
    assert list(itertools.chain(_pages({"counters": []})))
