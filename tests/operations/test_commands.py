"""``backup`` and ``restore`` as a technician types them, beside a real server."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from queue_server.store import migrate
from tests.world.server import Server
from tests.world.tree import ROOT


def test_back_up_a_running_server_restore_it_stopped_and_screens_meet_a_new_epoch(start_server, tmp_path):
    server: Server = start_server(command="demo")
    tokens = re.findall(r"enrol=(\S+)", server.printed)
    assert tokens
    kiosk = server.kiosk("lebak")
    first = kiosk.issue("lebak", "ktp-cetak").json()
    board = kiosk.get("/sites/lebak/board").json()
    said = server.cli("backup", str(tmp_path / "b"))
    assert re.search(r"lebak: revision \d+, state [0-9a-f]{64}", said)
    after = kiosk.issue("lebak", "ktp-cetak").json()
    with pytest.raises(subprocess.CalledProcessError) as refused:
        server.cli("restore", str(tmp_path / "b"))
    assert "running" in refused.value.stderr
    assert kiosk.issue("lebak", "ktp-cetak").status_code == 201  # and it goes on as if nothing had been asked
    assert server.stop() == 0
    assert not (server.data / "queue.db-wal").exists(), "an orderly stop leaves one whole file"
    server.cli("restore", str(tmp_path / "b"))
    server.command = "run"
    server.start()
    new = kiosk.get("/sites/lebak/board").json()
    assert new["epoch"] != board["epoch"]
    assert kiosk.get(f"/tickets/{first['token']}").json()["number"] == first["number"]  # the secret came along
    assert kiosk.get(f"/tickets/{after['token']}").status_code == 404


def test_a_database_of_a_newer_version_is_left_alone_and_that_is_said_in_a_line(tmp_path):
    """Somebody went back to last year's version: it must not touch what it does not understand."""
    made = Server(tmp_path / "data").start()
    assert made.stop() == 0
    file = tmp_path / "data" / "queue.db"
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
        conn.commit()
    before = file.read_bytes()
    command = [sys.executable, "-m", "queue_server", "run", "--port", "0", "--data", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=made._env(), timeout=300)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: the database is at schema 9999, this version knows up to {migrate.HEAD}\n"
    assert file.read_bytes() == before
