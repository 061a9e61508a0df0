"""Every command of the shell waits its turn beside a server, and says in a line when it has waited long enough."""

import contextlib
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from queue_server.store import engine, health
from queue_server.store.engine import sqlite_module
from tests.operations.passing import held
from tests.world.command_line import Said, queue_server
from tests.world.folders import MINIMAL, folder
from tests.world.tree import ROOT

HELD_S = 0.4  # longer than SQLite itself waits beside a server


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> Path:
    """A --config folder with one small site."""
    return folder(tmp_path_factory.mktemp("config"), MINIMAL)


@pytest.fixture(scope="module")
def data(tmp_path_factory, config) -> Path:
    """A data folder with an account and a device."""
    data = tmp_path_factory.mktemp("data") / "data"
    for args in ("user add siti --role officer", "device add kiosk --kind kiosk --site kecil"):
        assert queue_server(*args.split(), "--data", data, "--config", config).returncode == 0
    return data


@contextlib.contextmanager
def writing(file: Path):
    """Somebody is in the middle of a command."""
    with contextlib.closing(sqlite_module().connect(file, isolation_level=None)) as own:
        own.execute("BEGIN IMMEDIATE")
        yield
        own.execute("ROLLBACK")


@pytest.fixture
def held_while_it_comes(data, monkeypatch):
    """Somebody has the database when a command comes to it, and for a while from then on, however slowly it began."""
    came, holding, here = threading.Event(), [], threading.current_thread()
    really = sqlite_module().connect

    def connect(*told, **more):
        if threading.current_thread() is here:
            came.set()
        return really(*told, **more)

    def begin(how) -> None:
        has_it = threading.Event()

        def hold() -> None:
            with how(data / "queue.db"):
                has_it.set()
                assert came.wait(60), "no command came"
                time.sleep(HELD_S)

        holding.append(threading.Thread(target=hold, daemon=True))
        holding[0].start()
        assert has_it.wait(10), "this process holds the database itself"

    monkeypatch.setattr(sqlite_module(), "connect", connect)
    yield begin
    holding[0].join()


WRITES = ["user add budi --role officer", "user password siti", "user disable siti", "user password siti"]
WRITES += ["device add layar --kind display --site kecil", "device revoke kiosk --site kecil"]
READS = ["user list", "device list", "export tickets --site kecil --from 2026-11-01 --to 2026-11-30", "doctor"]


@pytest.mark.parametrize("command", WRITES)
def test_a_command_waits_until_another_s_is_done(config, data, command, held_while_it_comes):
    held_while_it_comes(writing)
    said = queue_server(*command.split(), "--data", data, "--config", config)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("command", [*WRITES[:1], *READS])
def test_a_command_waits_for_who_has_the_database_to_himself(config, data, command, held_while_it_comes):
    """As a server that recovers after a power cut, or the last one that closes it."""
    held_while_it_comes(held)
    said = queue_server(*command.replace("budi", "tuti").split(), "--data", data, "--config", config)
    assert "locked" not in said.stdout + said.stderr and (said.returncode == 0 or command == "doctor"), said.stderr


@pytest.mark.parametrize("command", ["user add rina --role officer", "user list"])
def test_a_command_that_has_waited_long_enough_says_so_in_a_line(config, data, command, monkeypatch):
    for place in ("queue_server.store.engine", "queue_server.store.limits", "queue_server.cli.common"):
        monkeypatch.setattr(f"{place}.LOCK_WAIT_S", 0.2)
    with held(data / "queue.db"):
        said = queue_server(*command.split(), "--data", data, "--config", config)
    assert said.returncode == 1
    (line,) = said.stderr.strip().splitlines()
    assert "somebody else held the database" in line and "try again" in line


def test_the_server_is_ready_although_somebody_writes_just_now(data, held_while_it_comes):
    """A watcher that restarted it for "busy" would cut every screen."""
    writer = engine.open_writer(engine.database_url(data))
    held_while_it_comes(writing)
    assert health.why_not_ready(writer) is None
    writer.dispose()


def test_three_that_begin_at_once_on_nothing_all_come_to_their_turn(config, tmp_path):
    """One schema, one secret, three devices; each a process of its own."""

    def begin(n: int) -> subprocess.Popen:
        args = ["device", "add", f"layar-{n}", "--kind", "display", "--site", "kecil"]
        command = [sys.executable, "-m", "queue_server", *args, "--data", tmp_path / "data", "--config", config]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    ended = [(each, *each.communicate(timeout=300)) for each in [begin(n) for n in range(3)]]
    said = [Said(each.returncode, out, err) for each, out, err in ended]
    assert [s.stderr for s in said if s.returncode] == []
    assert len({s.stdout for s in said}) == 3
    listed = queue_server("device", "list", "--data", tmp_path / "data", "--config", config).stdout
    assert listed.count("layar-") == 3
