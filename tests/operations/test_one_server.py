"""One server on one SQLite database: the second is refused, and no lock outlives its process."""

import errno
import multiprocessing
import multiprocessing.pool
import os
import signal
import time

import pytest

from queue_server.operations import doctor, presence
from queue_server.operations.presence import Listening
from queue_server.store.engine import StoreUnusable
from tests.world.command_line import as_process, queue_server

HERE = Listening("127.0.0.1", 8123, "http://127.0.0.1:8123")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody waits for one that ends just now."""
    monkeypatch.setattr(presence, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(presence._wait, "__defaults__", (0.1,))


def test_a_second_server_on_one_sqlite_folder_is_refused_by_name(tmp_path):
    first = presence.enter(tmp_path, HERE, tmp_path / "queue.db")
    with pytest.raises(StoreUnusable, match=rf"another server \(process {os.getpid()}, port 8123\) runs on .*--data"):
        presence.enter(tmp_path, HERE, tmp_path / "queue.db")
    assert presence.listens_on(tmp_path) == HERE
    first.leave()
    presence.enter(tmp_path, HERE, tmp_path / "queue.db").leave()


def test_on_postgresql_several_serve_from_one_folder(tmp_path):
    both = [presence.enter(tmp_path, HERE), presence.enter(tmp_path, HERE)]
    for each in both:
        each.leave()


def test_two_folders_that_name_one_database_are_one(tmp_path):
    database = tmp_path / "elsewhere.db"
    first = presence.enter(tmp_path / "a", HERE, database)
    for enter in (
        lambda: presence.enter(tmp_path / "b", HERE, database),
        lambda: presence.Restoring(tmp_path, database),
    ):
        with pytest.raises(StoreUnusable, match=r"runs on .*elsewhere\.db"):
            enter()
    first.leave()
    presence.enter(tmp_path / "b", HERE, database).leave()


def _hold(data, held) -> None:
    presence.enter(data, HERE, data / "queue.db")
    held.set()
    time.sleep(600)


@pytest.mark.filterwarnings("ignore:Using fork")  # eventlet is loaded, but the child serves nobody
def test_a_lock_of_a_killed_server_blocks_nobody_and_is_told_from_an_orderly_end(tmp_path):
    own = multiprocessing.get_context("fork")
    held = own.Event()
    server = own.Process(target=_hold, args=(tmp_path, held), daemon=True)
    server.start()
    assert held.wait(60)
    with pytest.raises(StoreUnusable, match=f"process {server.pid}"):
        presence.enter(tmp_path, HERE, tmp_path / "queue.db")
    os.kill(server.pid, signal.SIGKILL)
    server.join()
    again = presence.enter(tmp_path, HERE, tmp_path / "queue.db")
    assert again.unclean
    again.leave()
    assert not presence.enter(tmp_path, HERE, tmp_path / "queue.db").unclean


def test_who_asks_whether_a_server_runs_is_taken_for_none(tmp_path):
    """``doctor`` and ``device add`` look for a moment: neither a start nor a restore nor another of them is misled."""
    presence.enter(tmp_path, HERE).leave()
    looking = os.open(tmp_path / "server.lock", os.O_RDONLY)
    for act in (lambda: presence.is_running(tmp_path), lambda: presence.Restoring(tmp_path).__exit__()):
        presence.fcntl.flock(looking, presence.fcntl.LOCK_EX)
        timer = multiprocessing.pool.ThreadPool(1)
        timer.apply_async(lambda: (time.sleep(0.04), presence.fcntl.flock(looking, presence.fcntl.LOCK_UN)))
        assert not act()
        timer.terminate()
    os.close(looking)


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_disk_that_keeps_no_locks_is_said_and_not_taken_for_a_restore(tmp_path, monkeypatch, number, hall):
    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(presence.fcntl, "flock", flock)
    with pytest.raises(StoreUnusable, match="keeps no locks"):
        presence.enter(tmp_path, HERE, tmp_path / "queue.db")
    (hall.folder / "server.lock").touch()
    found = [each.said for each in doctor.examine(hall.settings, hall.folder, lambda: hall.now)]
    assert [line for line in found if "keeps no locks" in line]


def test_the_command_says_it_in_a_line(start_server, tmp_path):
    first = start_server()
    said = as_process("run", "--data", first.data, "--port", 0)
    assert said.returncode == 1 and said.stdout == ""
    assert said.stderr.strip().splitlines() == [
        f"Error: another server (process {first.process.pid}, port {first.port}) runs on {first.data}:"
        " stop it first, or name another folder with --data"
    ]
    assert first.is_ready()
    restored = queue_server("restore", tmp_path, "--data", first.data)
    assert restored.returncode == 1 and "Traceback" not in restored.stderr
