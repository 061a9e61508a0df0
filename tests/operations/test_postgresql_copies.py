"""PostgreSQL's copies are made by its own tools; the new history and the gap in the numbers are ours."""

import contextlib
import os
import socket
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from queue_server.operations import backup, dump, restore
from queue_server.store import engine as store
from queue_server.store import libpq
from queue_server.store.engine import StoreUnusable
from tests.world.cable import Cable
from tests.world.hall import SITE, Hall
from tests.world.postgres import Postgres


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
    assert not (tmp_path / "b").exists()


def test_a_password_stands_on_no_command_line(on_postgresql, postgres, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(dump.shutil, "which", lambda name: name)
    done = subprocess.CompletedProcess([], 1, "", "refused")
    monkeypatch.setattr(dump.subprocess, "run", lambda command, **kw: seen.append((command, kw)) or done)
    url = on_postgresql.settings.server.database_url.replace("antrean@", "antrean:geheim@")
    with pytest.raises(backup.CannotBackUp, match="refused"):
        backup.make(url, on_postgresql.folder, tmp_path / "b", on_postgresql.now)
    ((command, options),) = seen
    assert "geheim" not in dump.put_back(url, tmp_path)
    assert "geheim" not in " ".join(command) and options["env"]["PGPASSWORD"] == "geheim"


def nobody_listens() -> int:
    """A port that refuses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize("form", ["host={a}&host={b}", "host=127.0.0.1,127.0.0.1&port={ports}"])
def test_a_url_with_two_hosts_is_dumped_from_the_one_that_serves(on_postgresql, postgres, tmp_path, monkeypatch, form):
    tools(postgres, monkeypatch)
    hall, dead = on_postgresql, nobody_listens()
    hall.issue("kk-akta")
    database = hall.settings.server.database_url.rpartition("/")[2]
    told = form.format(a=f"127.0.0.1:{dead}", b=f"127.0.0.1:{postgres.port}", ports=f"{dead},{postgres.port}")
    url = f"postgresql://antrean@/{database}?{told}&target_session_attrs=read-write"
    made = backup.make(url, hall.folder, tmp_path / "b", hall.now)
    row = hall.row()
    assert made.sites[SITE] == {"epoch": row.epoch, "revision": row.revision}


def test_a_copy_of_another_database_is_no_backup(on_postgresql, postgres, tmp_path, monkeypatch):
    """Another hall's, or a standby's that lags: pg_dump is content, and so was the backup."""
    tools(postgres, monkeypatch)
    hall = on_postgresql
    served = hall.settings.server.database_url
    with hall.writer.connect() as conn:
        conn.invalidate()
    hall.stop()
    lagging = postgres.url(postgres.create(served.rpartition("/")[2]))
    hall.start()
    hall.issue("kk-akta")
    really = libpq.for_programs
    monkeypatch.setattr(libpq, "for_programs", lambda url: really(lagging))
    with pytest.raises(backup.CannotBackUp, match="another database"):
        backup.make(served, hall.folder, tmp_path / "b", hall.now)
    assert not (tmp_path / "b").exists()


def test_what_the_url_asks_of_a_connection_is_asked_beside_what_we_ask(on_postgresql):
    own = "options=-csearch_path%3Dhall&connect_timeout=2"
    reader = store.open_reader(f"{on_postgresql.settings.server.database_url}?{own}")
    with reader.connect() as conn, conn.begin():
        shown = [conn.exec_driver_sql(f"SHOW {name}").scalar() for name in ("search_path", "lock_timeout", "TimeZone")]
    reader.dispose()
    assert shown == ["hall", "5s", "UTC"]


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


def test_a_copy_ends_when_the_host_vanishes_under_it(on_postgresql, postgres, tmp_path, monkeypatch):
    """A nightly backup that waited for ever would be the last one."""
    tools(postgres, monkeypatch)
    database = on_postgresql.settings.server.database_url.rpartition("/")[2]
    cable, failed = Cable(postgres.port), []

    def copy() -> None:
        try:
            dump.dump(f"postgresql://antrean@127.0.0.1:{cable.port}/{database}", tmp_path / "queue.dump")
        except dump.CannotDump as error:
            failed.append(str(error))

    with contextlib.closing(psycopg2.connect(postgres.url(database))) as held, held.cursor() as cursor:
        cursor.execute("LOCK TABLE ticket")  # in the middle of its work: it waits for us
        copying = threading.Thread(target=copy, daemon=True)
        copying.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ticket'::regclass"
        until = time.monotonic() + 60
        while not _first(postgres.url(database), waiting):
            assert time.monotonic() < until and copying.is_alive(), failed
            time.sleep(0.05)
        cable.vanish()
        copying.join(60)
        assert not copying.is_alive()
    assert failed and failed[0].startswith("pg_dump:")
    cable.come_back()
    cable.remove()


def _first(url: str, sql: str) -> int:
    with contextlib.closing(psycopg2.connect(url)) as conn, conn.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
