"""The Nth-failure loop of the disk: whichever write or sync fails, nothing is half done (I-1, I-4, I-8)."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from queue_server.commands import officer, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.perform import Answer, Key
from queue_server.store import backup, engine, state
from tests.trust import power
from tests.trust.disks import FULL, SYNC_FAILS, WRITE_FAILS
from tests.world.figures import Tally
from tests.world.hall import KIOSK, SARI, SITE, Hall
from tests.world.halls import prepare
from tests.world.lacking import needs

pytestmark = needs(power.library(), "this Python's SQLite cannot be reached")

HOW = {  # what the disk answers, and to what
    "a write fails": (WRITE_FAILS, ("write", "truncate")),
    "a sync fails": (SYNC_FAILS, ("sync",)),
    "the disk is full": (FULL, ("write",)),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """The files are SQLite's."""
    return prepare(tmp_path_factory)


class Disk:
    """What lies under the hall: fails at the nth act of a kind, once or from then on."""

    def __init__(self, record: power.Record) -> None:
        record.refuse = self.refuse
        self.nth = self.code = self.seen = self.failed = 0
        self.acts: tuple[str, ...] = ()
        self.for_good = False

    def fail(self, nth: int, code: int, acts: tuple[str, ...], for_good: bool) -> None:
        """From here on."""
        self.nth, self.code, self.acts, self.for_good, self.seen, self.failed = nth, code, acts, for_good, 0, 0

    def mend(self) -> None:
        """It works again."""
        self.nth = 0

    def refuse(self, act: str) -> int:
        """What SQLite is told."""
        if not self.nth or act not in self.acts:
            return 0
        self.seen += 1
        if self.seen == self.nth or (self.for_good and self.seen > self.nth):
            self.failed += 1
            return self.code
        return 0


@pytest.fixture
def on_a_disk(make_hall, monkeypatch):
    """A hall whose every write and sync a test can refuse."""
    monkeypatch.setattr(engine, "sqlite_module", lambda: sqlite3)
    monkeypatch.setattr(backup, "sqlite_module", lambda: sqlite3)
    with power.recording((".db", ".db-wal")) as record:
        hall = make_hall()
        yield hall, Disk(record)
        record.refuse = lambda act: 0


def issue(hall: Hall, key: str) -> int:
    """A visitor takes a number by a key; 201 the first time, 200 again."""
    return hall.perform(
        SITE,
        lambda tx: visitor.issue(tx, "ktp-cetak"),
        actor=KIOSK,
        key=Key("kiosk", key, "body"),
        reply=lambda tx, ticket: Answer(201, {"number": ticket.number}, ticket.id),
    ).status


def call(hall: Hall, key: str) -> int:
    """The officer presses Space; who was at hand is gone."""
    hall.do(SARI, officer.call_next, "5", key=Key("sari", key, "body"))
    return 201


def look(hall: Hall) -> tuple:
    """Revision, number of events, the whole state."""
    with hall.reader.connect() as conn, conn.begin():
        return hall.marks(), state.fingerprint(state.rows(conn, SITE))


def as_it_lies(hall: Hall, place: Path) -> tuple[int, list[str]]:
    """What a kill -9 at this moment leaves: revision, and what is wrong with it."""
    place.mkdir()
    for file in hall.folder.glob("queue.db*"):
        if not file.name.endswith("-shm"):
            shutil.copyfile(file, place / file.name)
    with sqlite3.connect(place / "queue.db") as conn:
        revision = conn.execute("SELECT revision FROM site WHERE id = ?", (SITE,)).fetchone()[0]
    conn.close()
    with backup.reading(place / "queue.db") as conn:
        return revision, backup.faults(place / "queue.db") + state.differences(conn, SITE)


def _send_away(hall: Hall, verb: Callable) -> None:
    if verb is call:
        hall.do(SARI, officer.no_show, "5")


def acts_fail(
    hall: Hall, disk: Disk, verb: Callable, how: str, for_good: bool, row: Tally, place: Path, stride: int = 1
) -> int:
    """N = 1, 2, 3 … (or with a stride) until the command meets no failure; how many it met.

    ``place``: where to lay what a kill would leave.
    """
    for met, nth in enumerate(range(1, 60, stride)):
        (before, told), key = (look(hall), len(hall.told)), f"{how} {for_good} {nth}"
        code, acts = HOW[how]
        disk.fail(nth, code, acts, for_good)
        try:
            verb(hall, key)
            refused = None
        except QueueError as error:
            refused = error.code
        disk.mend()
        if not disk.failed:
            assert refused is None, "nothing failed, and it was refused"
            _send_away(hall, verb)
            return met
        revision, wrong = as_it_lies(hall, place / f"{verb.__name__}-{how}-{for_good}-{nth}".replace(" ", "-"))
        if refused is None:  # it failed where SQLite could do without: the log was copied back later
            good = look(hall)[0][0] == before[0][0] + 1 and revision == look(hall)[0][0]
        else:
            good = refused is Code.STORAGE_FULL and look(hall) == before and len(hall.told) == told
            good = good and revision in (before[0][0], before[0][0] + 1)  # in doubt it may have happened: once
        row.count(1, lost=not good or bool(wrong))
        assert good and not wrong, (nth, how, refused, wrong, before[0], look(hall)[0], revision)
        verb(hall, key)  # the caller asks again, with its key
        assert look(hall)[0][0] == before[0][0] + 1
        hall.check_replay()
        _send_away(hall, verb)
    raise AssertionError("the disk never stopped failing")


@pytest.mark.parametrize("how", HOW)
def test_whichever_write_or_sync_fails_the_command_is_refused_whole_and_the_key_tells(on_a_disk, how, tmp_path, figure):
    hall, disk = on_a_disk
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(40):
        hall.issue("ktp-cetak")
    row, met = figure("F24", "writes and syncs that fail, in-process"), 0
    stride = 1 if row.effort or how == "a sync fails" else 4  # a write is a head of 24 bytes, then a page
    for verb in (issue, call):
        for for_good in (False, True):
            met += acts_fail(hall, disk, verb, how, for_good, row, tmp_path, stride)
    assert met >= (4 if how == "a sync fails" else 12), "hardly anything was ever written"


def test_a_checkpoint_that_fails_loses_nothing_and_is_made_up_for(on_a_disk, figure):
    """The log is copied back into the database now and then; a disk that fails then must cost nothing."""
    hall, disk = on_a_disk
    with hall.writer.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_autocheckpoint = 5")
    row = figure("F24", "writes and syncs that fail, in-process")
    for nth in range(1, row.size(ci=20, night=400)):
        before = look(hall)
        disk.fail(nth, SYNC_FAILS if nth % 2 else WRITE_FAILS, ("write", "sync"), for_good=False)
        try:
            issue(hall, f"{nth}")
        except QueueError as error:
            assert error.code is Code.STORAGE_FULL and look(hall) == before
        disk.mend()
        row.count(disk.failed)
        assert issue(hall, f"{nth}") in (200, 201)
        assert look(hall)[0][0] == before[0][0] + 1
    hall.check_replay()
    assert not backup.faults(hall.folder / "queue.db")


def test_control_an_answer_before_the_sync_is_noticed(on_a_disk, tmp_path, figure, monkeypatch):
    """``synchronous=OFF``: the command is acknowledged although the disk has refused to keep it."""
    hall, disk = on_a_disk
    hall.do(SARI, officer.open_counter, "5")
    hall.writer.dispose()
    event.listen(hall.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    met = acts_fail(hall, disk, issue, "a sync fails", True, Tally("", ""), tmp_path)
    assert met == 0, "there was a sync to refuse"
    figure("F24", "writes and syncs that fail, in-process").caught("no sync", "nothing to refuse before the answer")


@pytest.mark.night
def test_control_a_command_in_two_transactions_is_noticed(on_a_disk, tmp_path, figure, monkeypatch):
    """The number in one, the rest in another: a disk that fails between them leaves half of it."""
    hall, disk = on_a_disk
    whole = visitor.issue

    def halved(tx, *what) -> object:
        ticket = whole(tx, *what)
        tx.conn.commit()
        tx.conn.begin()
        return ticket

    monkeypatch.setattr(visitor, "issue", halved)
    with pytest.raises(AssertionError, match="storage_full"):
        acts_fail(hall, disk, issue, "a write fails", True, Tally("", ""), tmp_path)
    figure("F24", "writes and syncs that fail, in-process").caught("two transactions", "half a command was left")
