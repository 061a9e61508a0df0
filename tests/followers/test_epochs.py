"""Across a restore: ``again`` reads on from its cursor, ``once`` jumps, and what is written fits the record exactly."""

import shutil

import pytest

from queue_server.commands import officer
from queue_server.followers.follower import Promise
from queue_server.operations import restore
from queue_server.store.engine import database_file
from tests.followers.following import World, counted, counting, expire, follow, recorded, runner, standing
from tests.world.hall import DEDI, SARI, Hall
from tests.world.halls import copied, leave, prepare


@pytest.fixture
def hall(tmp_path, tmp_path_factory):
    """On SQLite, whose backups are ours to put back."""
    prepared = prepare(tmp_path_factory)
    made = Hall(tmp_path / "data", copied(prepared, tmp_path / "data"))
    yield made
    leave(made, None)


def back_up(hall):
    """A copy of the database, taken in order."""
    hall.stop()
    copy = hall.folder.parent / "backup.db"
    shutil.copy(database_file(f"sqlite:///{hall.folder / 'queue.db'}"), copy)
    hall.start()
    return copy


def put_back(hall, copy):
    """Restore it, and start."""
    hall.stop()
    restore.restore(hall.settings, hall.folder, copy, lambda: hall.now)
    hall.start()


def test_what_is_sent_again_after_a_restore_and_what_is_not(hall):
    again, once = World(), World()
    for world, promise in ((again, Promise.AGAIN), (once, Promise.ONCE)):
        follow(runner(hall, world.follower(promise)))
    hall.issue("ktp-cetak")
    follow(runner(hall, again.follower(Promise.AGAIN)))
    hall.do(SARI, officer.open_counter, "5")  # in the backup, and not followed in it
    copy = back_up(hall)
    hall.do(SARI, officer.call_next, "5")  # lost by the restore
    for world, promise in ((again, Promise.AGAIN), (once, Promise.ONCE)):
        follow(runner(hall, world.follower(promise)))
    before = (list(again.sent), list(once.sent))
    lost = recorded(hall)[-1]
    assert lost in again.sent and lost in once.sent
    put_back(hall, copy)
    expire(hall)
    hall.do(DEDI, officer.open_counter, "6")
    for world, promise in ((again, Promise.AGAIN), (once, Promise.ONCE)):
        follow(runner(hall, world.follower(promise), "after the restore"))
    new = [at for at in recorded(hall) if at > lost]
    assert len(new) >= 2 and lost not in recorded(hall)
    assert set(again.sent) >= set(recorded(hall)), "again loses nothing"
    assert again.sent[len(before[0]) :] == [before[0][-2], *new], (
        "and repeats what its cursor in the backup did not say"
    )
    assert once.sent == [*before[1], *new], "once repeats nothing, and drops what came before"
    assert standing(hall, again.follower(Promise.AGAIN)).cursor == recorded(hall)[-1]


def test_once_drops_what_the_new_history_held_for_longer_than_a_minute(hall):
    world = World()
    follow(runner(hall, world.follower(Promise.ONCE)))
    copy = back_up(hall)
    put_back(hall, copy)
    hall.later(minutes=5)
    hall.issue("ktp-cetak")
    expire(hall)
    follow(runner(hall, world.follower(Promise.ONCE)))
    assert world.sent == recorded(hall)[-1:]


def test_what_is_written_is_what_the_restored_record_says(hall):
    follower = counting(hall)
    hall.issue("ktp-cetak")
    follow(runner(hall, follower))
    hall.issue("ktp-cetak")
    copy = back_up(hall)
    hall.issue("ktp-cetak")
    follow(runner(hall, follower))
    put_back(hall, copy)
    hall.issue("ktp-cetak")
    expire(hall)
    follow(runner(hall, follower, "after the restore"))
    assert counted(hall) == {(e.epoch, e.revision, e.n): 1 for e in hall.events()}
