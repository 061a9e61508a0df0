"""Full disk, read-only disk, a lock held elsewhere, a damaged page: a plain answer, and nothing half-written."""

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event

from queue_server.commands import officer, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.perform import Answer, Key
from queue_server.store import engine, health, state
from tests.world.hall import KIOSK, SARI, SITE, Hall
from tests.world.halls import prepare


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """These faults are an SQLite file's."""
    return prepare(tmp_path_factory)


def look(hall: Hall) -> tuple:
    """Revision, number of events, the whole state."""
    with hall.reader.connect() as conn, conn.begin():
        return hall.marks(), state.fingerprint(state.rows(conn, SITE))


def issue(hall: Hall) -> str:
    """A visitor takes a number, with a key; the number."""
    return hall.perform(
        SITE,
        lambda tx: visitor.issue(tx, "ktp-cetak"),
        actor=KIOSK,
        key=Key("kiosk", f"key {hall.marks()}", "body"),
        reply=lambda tx, ticket: Answer(201, {"number": ticket.number}, ticket.id),
    ).body["number"]


def call(hall: Hall) -> None:
    """The officer presses Space."""
    hall.do(SARI, officer.call_next, "5")


@contextlib.contextmanager
def at_statement(hall: Hall, nth: int, act: Callable) -> Iterator[list[int]]:
    """Do something with the connection just before the nth statement of whatever happens inside."""
    seen: list[int] = []

    def before(conn, cursor, statement, *rest) -> None:
        seen.append(len(seen) + 1)
        if len(seen) == nth:
            act(cursor)

    event.listen(hall.writer, "before_cursor_execute", before)
    try:
        yield seen
    finally:
        event.remove(hall.writer, "before_cursor_execute", before)


def fill_up(cursor) -> None:
    """No page can be added from here on, and none is free."""
    cursor.execute("PRAGMA max_page_count = 1")  # SQLite makes that the present size


def make_room(hall: Hall) -> None:
    """Somebody deleted the old videos."""
    with hall.writer.connect() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1000000")


def crowd(hall: Hall) -> None:
    """Enough rows that a page is about to overflow at every other command."""
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(12):
        hall.issue("ktp-cetak")


@pytest.mark.parametrize("verb", [issue, call])
def test_a_disk_that_is_full_from_any_statement_on(hall, verb):
    """The Nth-failure loop: the disk fills up just before the nth statement, until no statement is left to break."""
    crowd(hall)
    refused = 0
    for nth in range(1, 200):
        before, told = look(hall), len(hall.told)
        try:
            with at_statement(hall, nth, fill_up) as seen:
                verb(hall)
        except QueueError as error:
            refused += 1
            assert error.code is Code.STORAGE_FULL
            assert look(hall) == before and len(hall.told) == told, f"statement {nth} left something behind"
        make_room(hall)
        if verb is call and hall.counter("5").ticket:
            hall.do(SARI, officer.no_show, "5")
        if len(seen) < nth:
            break
    hall.check_replay()
    assert nth > 5, "no statement was ever reached"
    if refused == 0:  # pages had room at each try: fill them until one is needed
        _until_a_page_is_needed(hall, verb)
    before = hall.marks()
    verb(hall)
    assert hall.marks()[1] > before[1]


def _until_a_page_is_needed(hall: Hall, verb: Callable) -> None:
    for _ in range(300):
        before = look(hall)
        try:
            with at_statement(hall, 1, fill_up):
                verb(hall)
        except QueueError as error:
            assert error.code is Code.STORAGE_FULL and look(hall) == before
            make_room(hall)
            return
        make_room(hall)
        if verb is call:
            hall.do(SARI, officer.no_show, "5")
        hall.issue("ktp-cetak")
    raise AssertionError("the disk was never full")


class Broken(Exception):
    """Anything at all goes wrong."""


@pytest.mark.parametrize("verb", [issue, call])
def test_any_statement_may_fail_and_nothing_is_half_written(hall, verb):
    crowd(hall)

    def break_it(cursor) -> None:
        raise Broken

    for nth in range(1, 200):
        before, told = look(hall), len(hall.told)
        with at_statement(hall, nth, break_it) as seen, contextlib.suppress(Broken):
            verb(hall)
        if len(seen) < nth:
            break
        assert look(hall) == before and len(hall.told) == told, f"statement {nth} left something behind"
    assert nth > 7, "no statement was ever reached"
    assert look(hall)[0][0] == before[0][0] + 1  # the one try that nothing broke


def test_the_loop_would_notice_a_command_in_two_transactions(hall):
    """The control: a commit in the middle, and the loop finds what it leaves."""
    crowd(hall)

    def halved(tx) -> None:
        visitor.issue(tx, "ktp-cetak")
        tx.conn.commit()
        tx.conn.begin()
        visitor.issue(tx, "ktp-cetak")

    noticed = 0
    for nth in range(1, 40):
        before = hall.marks()

        def break_it(cursor) -> None:
            raise Broken

        try:
            with at_statement(hall, nth, break_it):
                hall.do(KIOSK, halved)
        except Broken:
            noticed += hall.marks() != before
    assert noticed


def test_a_telling_that_fails_undoes_and_delays_nothing(hall):
    """The commit stands and is answered; the next telling is told."""

    def broken(done) -> None:
        raise Broken

    kept, hall.perform.publish = hall.perform.publish, broken
    assert issue(hall) == "J001"
    assert [t.number for t in hall.tickets()] == ["J001"]
    hall.perform.publish = kept
    count = len(hall.told)
    assert issue(hall) == "J002"
    assert len(hall.told) == count + 1


def test_a_disk_that_may_only_be_read(hall):
    """As ext4 is remounted after a power cut: writes say so, reads and the reason remain."""
    issue(hall)

    def read_only(connection, *_) -> None:
        connection.execute("PRAGMA query_only = ON")

    event.listen(hall.writer, "connect", read_only)
    hall.writer.dispose()
    before = look(hall)
    with pytest.raises(QueueError) as refused:
        issue(hall)
    assert refused.value.code is Code.STORAGE_FULL
    assert look(hall) == before
    assert health.why_not_ready(hall.writer) == "storage_full"
    event.remove(hall.writer, "connect", read_only)
    hall.writer.dispose()
    assert issue(hall) == "J002"
    assert health.why_not_ready(hall.writer) is None


@contextlib.contextmanager
def held_elsewhere(hall: Hall) -> Iterator[None]:
    """Somebody else is in the middle of writing; by the same library, or this process would not notice."""
    other = engine.sqlite_module().connect(hall.folder / "queue.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


def test_a_lock_held_elsewhere_is_waited_for_but_not_for_ever(hall, monkeypatch):
    monkeypatch.setattr(engine, "LOCK_WAIT_S", 1.0)
    with held_elsewhere(hall):
        before, began = hall.marks(), time.monotonic()
        with pytest.raises(QueueError) as refused:
            issue(hall)
        assert refused.value.code is Code.BUSY
        assert 0.9 < time.monotonic() - began < 30
        assert hall.marks() == before
    assert issue(hall) == "J001"


def test_waiters_wait_side_by_side_not_one_after_the_other(hall, monkeypatch):
    monkeypatch.setattr(engine, "LOCK_WAIT_S", 3.0)
    answers: list[Code] = []

    def ask() -> None:
        try:
            hall.issue("ktp-cetak")
        except QueueError as error:
            answers.append(error.code)

    with held_elsewhere(hall):
        began = time.monotonic()
        everybody = [threading.Thread(target=ask) for _ in range(8)]
        for one in everybody:
            one.start()
        for one in everybody:
            one.join()
        assert time.monotonic() - began < 8 * 3, "eight waited in series"
    assert answers == [Code.BUSY] * 8


def test_a_damaged_page_stops_all_writing_and_says_why(hall, tmp_path):
    for _ in range(40):
        issue(hall)
    hall.stop()
    file = hall.folder / "queue.db"
    shutil.copyfile(file, tmp_path / "whole.db")
    size = file.stat().st_size // 4096
    with file.open("r+b") as opened:
        for page in range(2, size):
            opened.seek(page * 4096)
            opened.write(b"\xff" * 4096)
    hall.writer, hall.reader = engine.open_writer(f"sqlite:///{file}"), engine.open_reader(f"sqlite:///{file}")
    hall.perform.engine = hall.writer
    codes = []
    for _ in range(2):
        with pytest.raises(QueueError) as refused:
            hall.perform(SITE, lambda tx: visitor.issue(tx, "ktp-cetak"), actor=KIOSK)
        codes.append(refused.value.code)
    assert codes == [Code.STORAGE_CORRUPT] * 2
    assert hall.perform.halted is Code.STORAGE_CORRUPT
    assert health.why_not_ready(hall.writer) == "storage_corrupt"
    hall.stop()
    shutil.copyfile(tmp_path / "whole.db", file)
    hall.start()
