"""I-1, I-8 after a power cut: of what was acknowledged nothing is lost, and the rest happened whole or not at all."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from queue_server.commands import officer
from queue_server.store import backup, engine, events, state
from tests.trust import power
from tests.world.hall import SARI, SITE, Hall
from tests.world.halls import prepare
from tests.world.lacking import needs

REQUESTS, IMAGES = 60, 250  # of one morning; images of each
WHAT = "disk images, each a power cut at a recorded write, in-process, SQLite FULL"

pytestmark = needs(power.library(), "this Python's SQLite cannot be reached")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """A hall's data folder, made once."""
    return prepare(tmp_path_factory)


def morning(folder: Path, settings, seed: int, level: str = "FULL") -> power.Record:
    """Visitors take numbers and are called and served, on a hall whose every write is recorded from its first file on.

    A revision is acknowledged when a reply carried it.
    """
    # Not the journal of the switch to a log: it is gone again before anything is acknowledged.
    with power.recording((".db", ".db-wal")) as record:
        hall, chance = Hall(folder, settings), random.Random(seed)

        def set_level(connection, *_) -> None:
            connection.execute(f"PRAGMA synchronous={level}")
            connection.execute("PRAGMA wal_autocheckpoint=40")  # so that checkpoints are cut through as well

        event.listen(hall.writer, "connect", set_level)
        hall.writer.dispose()
        hall.perform.publish = lambda done: record.acknowledge(done.revision)
        hall.do(SARI, officer.open_counter, "5")
        for _ in range(REQUESTS):
            something(hall, chance)
        assert (folder / "queue.db-shm").exists(), "the recorder has mixed up SQLite's names"
        steps = list(record.steps)
        hall.stop()
    record.steps = steps  # the orderly end is not part of it: the power goes before
    return record


def something(hall: Hall, chance: random.Random) -> None:
    """What is done next in any hall: somebody comes, or the one at the counter is called, served, seen off."""
    here = hall.counter("5").ticket
    if chance.random() < 0.5:
        hall.issue(chance.choice(("ktp-cetak", "ktp-perekaman", "kk-akta")))
        return
    if here is None:
        hall.do(SARI, officer.call_next, "5")
        return
    called = next(t for t in hall.tickets() if t.id == here).state.value == "called"
    verbs = (officer.serve, officer.recall, officer.hold, officer.no_show) if called else (officer.finish, officer.hold)
    hall.do(SARI, chance.choice(verbs), "5")


def lost(record: power.Record, place: Path, images: int, seed: int) -> int:
    """Cut the power at that many moments; in how many images something acknowledged is gone.

    An image that is not whole, or whose rows are not what its events say, fails at once.
    """
    chance, gone = random.Random(seed), 0
    for n in range(images):
        upto = chance.randrange(record.acknowledged[0][0], len(record.steps) + 1)
        folder = place / f"image{n}"
        record.image(upto, chance, folder)
        promised = {what for at, what in record.acknowledged if at <= upto}
        file = next(folder.glob("*.db"))
        with sqlite3.connect(file) as conn:  # the start after the cut: the log is read
            assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        conn.close()
        with backup.reading(file) as conn:
            assert not state.differences(conn, SITE)
            kept = {event.revision for event in events.of_site(conn, SITE)}
        assert kept == set(range(1, len(kept) + 1)), "a command in the middle is gone"
        gone += bool(promised - kept)
        shutil.rmtree(folder)
    return gone


@pytest.fixture
def standard(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SQLite that the recorder stands under."""
    monkeypatch.setattr(engine, "sqlite_module", lambda: sqlite3)
    monkeypatch.setattr(backup, "sqlite_module", lambda: sqlite3)


def fresh(prepared: tuple, folder: Path) -> Path:
    """An empty folder with the secret only: the database is written anew, so that all of it is on record."""
    folder.mkdir()
    (folder / "secret").write_bytes((prepared[0] / "secret").read_bytes())
    return folder


def test_a_power_cut_at_any_write_loses_nothing_acknowledged(prepared, standard, tmp_path, figure):
    row = figure("F4", WHAT)
    images = row.size(ci=IMAGES, night=10_000)
    with row.bar(images) as step:
        for n in range(0, images, IMAGES):
            record = morning(fresh(prepared, tmp_path / f"data{n}"), prepared[1], seed=row.seed + n)
            check_that_all_was_recorded(record)
            now = min(IMAGES, images - n)
            row.count(now, lost=lost(record, tmp_path, now, seed=row.seed + n))
            step(now)
    row.note(f"{-(-images // IMAGES)} morning(s) of {REQUESTS} issues, calls and services, each another")
    assert row.lost == 0


def check_that_all_was_recorded(record: power.Record) -> None:
    """Both files, every sync, and a checkpoint after the first acknowledgement: else nothing much was cut through."""
    assert len({step.file for step in record.steps}) == 2, "database and log were both written"
    assert len(record.acknowledged) > REQUESTS * 0.7
    assert sum(step.data is None and step.length is None for step in record.steps) >= len(record.acknowledged)
    first = record.acknowledged[0][0]
    assert any(step.file.endswith(".db") for step in record.steps[first:]), "no checkpoint was cut through"


@pytest.mark.night
def test_control_synchronous_normal_loses_what_it_acknowledged(prepared, standard, tmp_path, figure):
    record = morning(fresh(prepared, tmp_path / "data"), prepared[1], seed=7, level="NORMAL")
    found = lost(record, tmp_path, 40, seed=7)
    assert found > 0
    figure("F4", WHAT).caught("`synchronous=NORMAL`", f"{found} of 40 images had lost something acknowledged")
