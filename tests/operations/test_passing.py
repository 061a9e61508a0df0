"""Only damage is damage: what passes (no free file descriptor, a lock, a disk that cannot be read) is tried again."""

import contextlib
import json
import os
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from queue_server.domain.errors import Code
from queue_server.operations import backup, damage, doctor, restore
from queue_server.store import backup as copies
from queue_server.store import engine, reached
from queue_server.store.database_errors import code_of, is_passing
from tests.operations.passing import held, held_by_another, out_of_files
from tests.operations.test_damage import mix_up_an_index, watch
from tests.operations.test_restore import back_up


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody here waits five seconds for what will not come."""
    monkeypatch.setattr(copies, "_WAIT_S", 0.05)


@contextlib.contextmanager
def nobody_else(hall):
    """What passes without anybody's doing: a process that has opened all it may."""
    with out_of_files():
        yield


PASSING = pytest.mark.parametrize("passing", [nobody_else, held_by_another], ids=["no free file", "held by another"])


@PASSING
def test_a_nightly_look_that_cannot_look_stops_nobody_and_looks_again(hall, working, passing):
    working(3)
    own = watch(hall)
    with passing(hall), capture_logs() as logged:
        assert not own._carefully(own.step)
    assert [line["event"] for line in logged] == ["look_put_off"]
    assert hall.perform.halted is None and not (hall.folder / damage.LAST_LOOK).exists()
    assert hall.issue("ktp-cetak")
    own.step()
    assert json.loads((hall.folder / damage.LAST_LOOK).read_text())["faults"] == []


@PASSING
def test_a_look_at_the_start_that_cannot_look_is_made_up_for(hall, passing, monkeypatch):
    """Also after a restart with what an older version took for damage: nobody has to restart once more."""
    (hall.folder / damage.LAST_LOOK).write_text('{"at": "2026-11-23T01:00:00+07:00", "faults": ["database is locked"]}')
    own, rounds = watch(hall, unclean=True), []
    assert hall.perform.halted is Code.STORAGE_CORRUPT
    with contextlib.ExitStack() as while_it_lasts:

        def sleep(_: float) -> None:
            rounds.append(hall.perform.halted)
            if len(rounds) == 2:
                while_it_lasts.close()
            if len(rounds) == 3:
                raise KeyboardInterrupt

        own.sleep = sleep
        while_it_lasts.enter_context(passing(hall))
        with pytest.raises(KeyboardInterrupt):
            own.run()
    assert rounds == [Code.STORAGE_CORRUPT, Code.STORAGE_CORRUPT, None]


def test_a_server_that_cannot_read_its_notes_does_not_begin_as_if_there_were_none(hall):
    (hall.folder / damage.LAST_LOOK).write_text('{"at": "2026-11-23T01:00:00+07:00", "faults": ["page 7"]}')
    (hall.folder / reached.FILE).write_text('{"lebak": [1, 500]}')
    with out_of_files():
        for read in (damage.read_note, reached.read):
            with pytest.raises(OSError, match="Too many open files"):
                read(hall.folder)
    assert reached.read(hall.folder / "none") == {} and damage.read_note(hall.folder / "none") is None


def test_damage_that_could_not_be_written_down_is_written_down_later(hall, working, monkeypatch):
    """A restart would else write on in a damaged file."""
    working(6)
    mix_up_an_index(hall)
    own = watch(hall)
    with monkeypatch.context() as full:
        full.setattr(damage, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        own.step()
        own.step()
    assert hall.perform.halted is Code.STORAGE_CORRUPT and damage.read_note(hall.folder) is None
    own.step()
    assert damage.read_note(hall.folder)[1]
    with hall.writer.begin() as conn:
        conn.exec_driver_sql("REINDEX event_by_ticket")


def test_a_disk_that_cannot_be_read_is_no_damage_of_the_data(hall, monkeypatch):
    """SQLite lists a page that the disk does not give among the damaged ones ("unable to get the page")."""
    with pytest.raises(OSError, match="Input/output error"):
        copies._read_through(Path("/proc/self/mem"))  # the one file everywhere whose disk cannot be read
    looks = iter([["Tree 7 page 9: unable to get the page. error code=266"], []])
    monkeypatch.setattr(copies, "_looked", lambda *_: next(looks))
    assert copies.faults(hall.folder / "queue.db") == [], "it had passed by the second look"


@pytest.mark.parametrize("part", ["pages", "rows"])
def test_a_backup_that_cannot_be_proven_now_is_not_called_damaged(hall, working, tmp_path, monkeypatch, part):
    working(3)
    back_up(hall, tmp_path / "b")
    file = tmp_path / "b" / "queue.db"
    if part == "rows":  # found whole, and then no more files
        monkeypatch.setattr(copies, "faults", lambda _: [])
    with out_of_files(), pytest.raises(OSError, match="try again"):
        copies.verified(file)
    with held(file), pytest.raises(OSError, match="locked"):
        copies.verified(file)


def test_a_restore_does_not_forget_the_numbers_of_a_database_that_it_cannot_read_now(hall, working, tmp_path):
    """Given up for lost, its numbers would be given a second time."""
    working(3)
    back_up(hall, tmp_path / "b")
    working(3)
    with held_by_another(hall), pytest.raises(restore.CannotRestore, match="try again"):
        restore._series_of(hall.folder / "queue.db")
    known = restore._series_of(hall.folder / "queue.db")
    assert known and set(known.values()) != {1}


def test_the_doctor_says_that_he_could_not_look_and_not_that_it_is_damaged(hall):
    with held_by_another(hall):
        found = [each.said for each in doctor.examine(hall.settings, hall.folder, lambda: hall.now)]
    assert not [line for line in found if "damaged" in line or ("never" in line and "backup" not in line)]
    assert [line for line in found if "could not be looked through" in line]
    assert [line for line in found if line.startswith("rows: not known")]


def test_the_doctor_does_not_say_that_no_backup_was_ever_made_when_he_cannot_read_the_note(hall, tmp_path):
    back_up(hall, tmp_path / "b")
    (hall.folder / backup.LAST).unlink()
    (hall.folder / backup.LAST).mkdir()
    found = [each.said for each in doctor.examine(hall.settings, hall.folder, lambda: hall.now)]
    assert [line for line in found if line.startswith("backup_age: IsADirectoryError")]
    assert "cannot be read now" in backup.advice(hall.settings, hall.folder)


def sqlite_error(code: int) -> Exception:
    """What SQLite says with a code."""
    error = engine.sqlite_module().OperationalError("said")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        *[pytest.param(sqlite_error(code), True, id=f"SQLite {code}") for code in (5, 6, 7, 9, 10, 266, 13, 14, 15)],
        *[pytest.param(sqlite_error(code), False, id=f"SQLite {code}") for code in (1, 11, 267, 523, 779, 26)],
        pytest.param(OSError(24, "Too many open files"), True, id="no free file"),
        pytest.param(MemoryError(), True, id="no memory"),
        pytest.param(
            DBAPIError("SELECT", {}, engine.sqlite_module().OperationalError("Could not decode to UTF-8")),
            False,
            id="a text that cannot be decoded",
        ),
        pytest.param(ValueError("half a JSON"), False, id="a row that cannot be read"),
    ],
)
def test_what_passes_and_what_stays(error, passes):
    assert is_passing(error) is passes


def test_a_process_without_a_free_file_is_busy_and_its_disk_is_not_full(hall):
    hall.stop()
    with out_of_files():
        with pytest.raises(Exception) as refused:
            hall.reader.connect()
        assert code_of(refused.value) is Code.BUSY
        assert code_of(OSError(24, os.strerror(24))) is Code.BUSY
