"""``backup`` and ``restore`` as a technician types them, beside a real server."""

import re
import subprocess

import pytest

from tests.server import Server


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
