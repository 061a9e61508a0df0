"""I-1, I-8 after a power cut: of what was acknowledged nothing is lost, and the rest happened whole or not at all."""

import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, select

from queue_server.store import backup, engine, schema, state
from tests.commands.fixtures import prepare
from tests.commands.hall import SITE, Hall
from tests.trust import power

ISSUES, IMAGES = 60, 250

pytestmark = pytest.mark.skipif(power.library() is None, reason="this Python's SQLite cannot be reached")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """A hall's data folder, made once."""
    return prepare(tmp_path_factory)


def morning(folder: Path, settings, level: str = "FULL") -> power.Record:
    """Visitors take numbers on a hall whose every write is recorded from its first file on."""
    # Not the journal of the switch to a log: it is gone again before anything is acknowledged.
    with power.recording((".db", ".db-wal")) as record:
        hall = Hall(folder, settings)

        def set_level(connection, *_) -> None:
            connection.execute(f"PRAGMA synchronous={level}")
            connection.execute("PRAGMA wal_autocheckpoint=40")  # so that checkpoints are cut through as well

        event.listen(hall.writer, "connect", set_level)
        hall.writer.dispose()
        for _ in range(ISSUES):
            record.acknowledge(hall.issue("ktp-cetak").number)
        assert (folder / "queue.db-shm").exists(), "the recorder has mixed up SQLite's names"
        steps = list(record.steps)
        hall.stop()
    record.steps = steps  # the orderly end is not part of it: the power goes before
    return record


def lost(record: power.Record, place: Path, images: int, seed: int) -> int:
    """Cut the power at that many moments; how many acknowledged numbers are gone, over all images.

    An image that is not whole, or whose rows are not what its events say, fails at once.
    """
    chance, missing = random.Random(seed), 0
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
            there = set(conn.execute(select(schema.ticket.c.number)).scalars())
        assert len(there) <= len(record.acknowledged)
        missing += len(promised - there)
    return missing


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


def test_a_power_cut_at_any_write_loses_nothing_acknowledged(prepared, standard, tmp_path):
    record = morning(fresh(prepared, tmp_path / "data"), prepared[1])
    assert len({step.file for step in record.steps}) == 2, "database and log were both written"
    assert sum(step.data is None and step.length is None for step in record.steps) >= ISSUES
    first = record.acknowledged[0][0]
    assert any(step.file.endswith(".db") for step in record.steps[first:]), "no checkpoint was cut through"
    assert lost(record, tmp_path, IMAGES, seed=7) == 0


def test_control_synchronous_normal_loses_what_it_acknowledged(prepared, standard, tmp_path):
    record = morning(fresh(prepared, tmp_path / "data"), prepared[1], level="NORMAL")
    assert lost(record, tmp_path, 40, seed=7) > 0
