"""PostgreSQL's copies are made by its own tools; the new history and the gap in the numbers are ours."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.operations import backup, restore
from queue_server.store.engine import StoreUnusable
from tests.commands.hall import Hall
from tests.postgres import Postgres


@pytest.fixture
def on_postgresql(postgres: Postgres, hall: Hall):
    """A hall whose database is PostgreSQL's."""
    url = postgres.url(postgres.create())
    made = Hall(hall.folder, replace(hall.settings, server=replace(hall.settings.server, database_url=url)))
    yield made
    made.stop()


def tools(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs are installed on this machine."""
    monkeypatch.setenv("PATH", f"{postgres.bin}{os.pathsep}{os.environ['PATH']}")


def test_dumped_put_back_and_adopted_no_number_comes_again(on_postgresql, postgres, tmp_path, monkeypatch):
    tools(postgres, monkeypatch)
    hall, url = on_postgresql, on_postgresql.settings.server.database_url
    assert hall.issue("kk-akta").seq == 1
    made = backup.make(url, hall.folder, tmp_path / "b", hall.now)
    assert sorted(f.name for f in made.folder.iterdir()) == ["backup.json", "queue.dump", "secret"]
    lost, epoch = hall.issue("kk-akta"), hall.row().epoch
    hall.stop()
    program: Path = postgres.bin / "pg_restore"
    put_back = [program, "--clean", "--if-exists", "--single-transaction", "-d", url, made.folder / "queue.dump"]
    subprocess.run(put_back, check=True, capture_output=True)
    restore.adopt(hall.settings, hall.folder, lambda: hall.now)
    hall.start()
    assert hall.ticket(lost) is None and hall.row().epoch != epoch
    assert hall.issue("kk-akta").seq == 1001
    hall.check_replay()


def test_without_the_tool_it_says_what_to_do_and_leaves_nothing_that_looks_like_a_backup(
    on_postgresql, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(backup.CannotBackUp, match="pg_dump"):
        backup.make(on_postgresql.settings.server.database_url, on_postgresql.folder, tmp_path / "b", on_postgresql.now)
    assert not list((tmp_path / "b").iterdir())


def test_a_password_stands_on_no_command_line(on_postgresql, postgres, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(backup.shutil, "which", lambda name: name)
    done = subprocess.CompletedProcess([], 1, "", "refused")
    monkeypatch.setattr(backup.subprocess, "run", lambda command, **kw: seen.append((command, kw)) or done)
    url = on_postgresql.settings.server.database_url.replace("antrean@", "antrean:geheim@")
    with pytest.raises(backup.CannotBackUp, match="refused"):
        backup.make(url, on_postgresql.folder, tmp_path / "b", on_postgresql.now)
    ((command, options),) = seen
    assert "geheim" not in " ".join(command) and options["env"]["PGPASSWORD"] == "geheim"


def test_restore_names_postgresqls_own_way(on_postgresql, tmp_path):
    with pytest.raises(restore.CannotRestore, match="pg_restore"):
        restore.restore(on_postgresql.settings, on_postgresql.folder, tmp_path, lambda: on_postgresql.now)


def test_adopting_is_refused_beside_a_running_server(on_postgresql):
    from queue_server.operations import presence

    here = presence.enter(on_postgresql.folder)
    try:
        with pytest.raises(StoreUnusable, match="running"):
            restore.adopt(on_postgresql.settings, on_postgresql.folder, lambda: on_postgresql.now)
    finally:
        here.leave()
