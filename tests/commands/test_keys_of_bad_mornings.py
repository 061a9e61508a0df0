"""The keys of what is personal, on mornings when a disk, a clock, a restore or root's hand was at them."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from queue_server.commands import officer, refused_sign_ins
from queue_server.domain.privacy import DAYS, Lifetime
from queue_server.operations import purging
from queue_server.store import key_file
from queue_server.store import purging as store
from queue_server.store.key_file import Content, Key, read_keys
from queue_server.store.keyring import Keyring
from tests.commands.test_sealed import noted, rows
from tests.world.hall import SARI
from tests.world.sealed import go_on_until, notes, purge, ring_of

DAY = date(2026, 11, 23)
YEARS = 73 * 365
THERE = ["private.keys", "private.keys.lock"]


def sealed(ring: Keyring, site: str = "lebak") -> None:
    ring.seal(site, DAY, Lifetime.TEXTS, "teks", "a")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def ring(tmp_path) -> Keyring:
    made = Keyring(tmp_path / "private.keys")
    sealed(made)
    return made


def unreadable(hall) -> int:
    with hall.reader.connect() as conn:
        return store.unreadable(conn, ring_of(hall))


def test_what_was_destroyed_stays_so_when_no_key_is_left_and_after_a_clock_that_was_ahead(ring):
    of_before = read_keys(ring.file)
    ahead = Key("ahead", "*", DAY + timedelta(days=YEARS), Lifetime.ADDRESSES, b"x" * 32)
    ring.take_in(Content([ahead]))
    ring.destroy(lambda key: True, DAY + timedelta(days=91))
    Keyring(ring.file).take_in(of_before)
    assert not Keyring(ring.file).keys


def test_a_link_to_a_file_that_several_share_stays_one(ring, tmp_path):
    link = tmp_path / "of-this-machine.keys"
    link.symlink_to(ring.file)
    sealed(Keyring(link), "pandeglang")
    assert link.is_symlink() and len(ring.keys) == 2


def test_a_full_disk_leaves_no_half_written_keys(ring, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        sealed(ring, "pandeglang")
    assert names(tmp_path) == THERE and len(ring.keys) == 1


def test_a_file_whose_last_key_was_destroyed_is_no_damaged_one(ring, tmp_path):
    ring.destroy(lambda key: True)
    sealed(ring)
    assert names(tmp_path) == THERE


def test_root_who_purges_leaves_the_file_to_the_server_s_user(ring, monkeypatch):
    if os.geteuid() == 0:
        os.chown(ring.file, 1000, 1000)
    before, given = ring.file.stat(), []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda _, *owner: given.append(owner))
    ring.destroy(lambda key: True)
    assert given == [(before.st_uid, before.st_gid)] * 2, "the keys, and their lock"


def test_a_wrong_clock_at_a_mistyped_password_holds_up_no_purge(open_hall):
    hall = open_hall
    noted(hall)
    hall.later(days=YEARS)
    refused_sign_ins.count(hall.perform.aside, None, "36.68.77.99", hall.now)
    hall.later(days=-YEARS)
    go_on_until(hall, 91)
    assert {key.lifetime for key in purge(hall).keys} >= {Lifetime.TEXTS, Lifetime.ADDRESSES}
    assert not [key for key in ring_of(hall).keys.values() if key.day > hall.now.date() + timedelta(days=31)]


def test_a_purge_that_was_cut_short_after_the_keys_is_finished_by_the_next(open_hall):
    hall = open_hall
    noted(hall)
    go_on_until(hall, 91)
    with hall.reader.connect() as conn:
        kept = purging.kept_now(conn, hall.perform.sites, hall.now)
    ring_of(hall).destroy(kept.is_over)
    assert unreadable(hall) == 0, "destroyed on purpose is not lost"
    purge(hall)
    assert not [row for row in rows(hall) if row.name == "note"]


@pytest.mark.parametrize("clock_off", [0, YEARS])
def test_an_old_copy_with_texts_that_were_purged_since_holds_them_no_more_and_a_wrong_clock_takes_no_others(
    open_hall, clock_off
):
    """As a restore leaves it: the rows are those of before, the file of keys is today's."""
    hall = open_hall
    noted(hall, "lama")
    (old,) = ring_of(hall).keys.values()
    go_on_until(hall, 60)
    hall.do(SARI, officer.open_counter, "5")
    ticket = noted(hall, "baru")
    ring_of(hall).destroy(lambda key: key.id == old.id)
    hall.later(days=clock_off)
    purging.after_restore(hall.settings, hall.perform, ring_of(hall), hall.now)
    assert notes(hall, ticket) == ["baru"]
    assert [row.key for row in rows(hall) if row.name == "note" and row.key == old.id] == [] and unreadable(hall) == 0


def test_a_file_that_cannot_be_read_is_as_a_lost_one_and_is_left_as_it_is(open_hall):
    hall = open_hall
    ticket, file = noted(hall), ring_of(hall).file
    away = file.rename(file.with_suffix(".away"))
    file.mkdir()  # who runs tests as root may read whatever modes forbid
    assert notes(hall, ticket) == []
    file.rmdir()
    away.rename(file)
    assert notes(hall, ticket) == ["kartu keluarga menyusul besok"]


def test_a_damaged_file_is_kept_for_whoever_can_mend_it_until_its_keys_would_be_gone(open_hall):
    hall = open_hall
    noted(hall)
    ring = ring_of(hall)
    ring.file.write_bytes(ring.file.read_bytes()[:-40])
    noted(hall)
    assert ring.damaged.is_file()
    purge(hall)
    assert ring.damaged.is_file()
    go_on_until(hall, 1)
    long_ago = (hall.now - timedelta(days=max(DAYS.values()) + 1)).timestamp()
    os.utime(ring.damaged, (long_ago, long_ago))
    purge(hall)
    assert not ring.damaged.exists() and key_file.read_keys(ring.file)
