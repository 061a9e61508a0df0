"""The disks of a hall: full ones, and ones that keep no file modes. A backup fails cleanly, names the disk, goes on."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from queue_server import data_folder
from queue_server.cli import cli
from queue_server.operations import backup, checks, keeping, presence, restore
from queue_server.serving.process import Runtime
from queue_server.store import backup as copies
from queue_server.store import closed, engine
from tests.world.hall import Hall
from tests.world.small_disk import fill, mounted

MB = 1 << 20


def asked(hall: Hall, *command: str) -> tuple[int, str]:
    """The command as a technician types it: exit code and all that it said."""
    runtime = Runtime(serve=lambda *a: None, clock=lambda: hall.now)
    done = CliRunner().invoke(cli, [*command, "--data", str(hall.folder)], obj=runtime)
    assert "Traceback" not in done.output and (done.exception is None or isinstance(done.exception, SystemExit))
    return done.exit_code, done.output


def night(hall: Hall, place: Path, keep: int = 30) -> tuple[int, str]:
    """One night later."""
    hall.later(days=1)
    return asked(hall, "backup", str(place), "--keep", str(keep))


def held(place: Path) -> list[str]:
    """The backups there, oldest first."""
    return sorted(each.name for each in place.iterdir() if each.is_dir())


def test_a_full_backup_disk_is_named_gathers_no_halves_and_is_outlived(hall, tmp_path):
    with mounted(tmp_path / "usb", "2m") as disk:
        videos = fill(disk, leave=100_000)
        for _ in range(3):
            code, said = night(hall, disk)
            assert code == 1 and f"({disk}/" in said and "No space left on device" in said, said
            assert str(hall.folder) not in said, "the wrong disk"
            assert held(disk) == [], "a half was left behind"
        videos.unlink()
        assert night(hall, disk)[0] == 0 and len(held(disk)) == 1


def test_old_backups_make_room_for_the_new_one_and_the_newest_stays(hall, tmp_path):
    with mounted(tmp_path / "usb", "2m") as disk:
        for _ in range(12):
            code, said = night(hall, disk)
            assert code == 0, said
        kept = held(disk)
        assert 2 <= len(kept) < 12
        assert [name[:10] for name in kept] == [
            f"{hall.now - timedelta(days=n):%Y-%m-%d}" for n in reversed(range(len(kept)))
        ], said
        assert all(copies.verified(disk / name / "queue.db") for name in kept)


def test_no_backup_goes_where_that_would_not_be_enough(hall, tmp_path):
    with mounted(tmp_path / "usb", "2m") as disk:
        for _ in range(3):
            assert night(hall, disk)[0] == 0
        before = held(disk)
        with hall.writer.begin() as conn:  # the hall has grown beyond the disk
            conn.exec_driver_sql("CREATE TABLE ballast AS SELECT zeroblob(3000000) AS b")
        assert night(hall, disk)[0] == 1
        assert held(disk) == before


def test_halves_of_a_power_cut_go_first_so_that_the_disk_has_room(hall, tmp_path):
    with mounted(tmp_path / "usb", "2m") as disk:
        for day in ("01", "02", "03"):
            half = disk / f"2026-10-{day}T013000"
            half.mkdir()
            (half / "queue.db").write_bytes(bytes(600_000))
        code, said = night(hall, disk)
        assert code == 0 and said.count("removed") == 3, said


def test_two_backups_at_once_do_not_clear_each_other_away(hall, tmp_path, monkeypatch):
    said, place, url = [], tmp_path / "b", engine.database_url(hall.folder)
    really = copies.copy

    def meanwhile(source: Path, target: Path) -> None:
        really(source, target)
        with pytest.raises(backup.CannotBackUp) as refused:
            keeping.make_dated(url, hall.folder, place, hall.now + timedelta(seconds=5), 1)
        said.append(str(refused.value))

    monkeypatch.setattr(copies, "copy", meanwhile)
    made, gone = keeping.make_dated(url, hall.folder, place, hall.now, 1)
    assert said == [f"another backup to {place} is under way"] and not gone
    assert copies.verified(made.folder / "queue.db")


def test_a_full_disk_of_the_data_keeps_no_backup_from_being_made(hall, tmp_path, monkeypatch):
    real = backup.write

    def full(path: Path, content: object) -> None:
        if path.parent == hall.folder:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(path, content)

    monkeypatch.setattr(backup, "write", full)
    code, said = asked(hall, "backup", str(tmp_path / "b"))
    assert code == 0 and f"warning: {hall.folder} cannot be written" in said
    assert copies.verified(tmp_path / "b" / "queue.db")


def test_a_restore_onto_a_full_disk_changes_nothing_and_the_hall_can_go_on(hall, tmp_path):
    backup.make(engine.database_url(hall.folder), hall.folder, tmp_path / "b", hall.now)
    with mounted(tmp_path / "disk", "3m") as disk:
        data = disk / "data"
        restore.restore(hall.settings, data, tmp_path / "b", lambda: hall.now)
        size = (data / "queue.db").stat().st_size
        for room in (0, size // 2, size + 20_000, 2 * size - 30_000):  # each step of it meets the end once
            before = sorted(f.name for f in data.iterdir())
            videos = fill(disk, leave=room)
            with pytest.raises((OSError, restore.CannotRestore)) as refused:
                restore.restore(hall.settings, data, tmp_path / "b", lambda: hall.now)
            assert str(data) in str(refused.value), "the wrong disk"
            assert sorted(f.name for f in data.iterdir()) == before, "halves pile up"
            videos.unlink()
            presence.enter(data).leave()  # a server may start: nothing was changed
        restore.restore(hall.settings, data, tmp_path / "b", lambda: hall.now)


def test_a_secret_that_found_no_room_leaves_no_heap_and_comes_whole_later(tmp_path):
    with mounted(tmp_path / "disk", "64k") as disk:
        videos = fill(disk)
        for _ in range(3):
            with pytest.raises(OSError):
                data_folder.server_secret(disk)
        assert len(list(disk.glob("secret*"))) <= 1
        videos.unlink()
        assert len(data_folder.server_secret(disk)) == 32
        assert [f.name for f in disk.glob("secret*")] == ["secret"]


def test_copies_before_a_migration_that_fails_at_every_start_do_not_fill_the_disk(hall):
    for n in range(5):
        data_folder._keep(engine.database_url(hall.folder), hall.folder, "0001")
        (newest,) = hall.folder.glob("backups/before-migrating-0001-2*.db")
        newest.rename(newest.with_name(f"before-migrating-0001-1990010{n}T000000.db"))
    kept = sorted(f.name for f in (hall.folder / "backups").iterdir())
    assert [name[-11:-10] for name in kept] == ["2", "3", "4"]


class _SaysSo(copies.sqlite_module().OperationalError):
    """SQLite's own error, with its code."""

    def __init__(self, code: int) -> None:
        super().__init__("as sqlite says it")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "blamed"),
    [(13, "target"), (778, "target"), (1034, "target"), (8, "target"), (14, "target"), (5, "source"), (266, "damage"),
     (11, "damage"), (26, "damage")],
)  # fmt: skip
def test_only_damage_is_called_damage_and_the_full_disk_is_the_one_that_is_written(tmp_path, code, blamed):
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir() if code == 266 else source.touch()  # nobody reads a folder's bytes
    meant = copies._what_it_means(_SaysSo(code), source, target)
    if blamed == "damage":
        assert isinstance(meant, copies.Damaged) and str(source) in str(meant)
    else:
        assert isinstance(meant, OSError) and meant.filename == str(tmp_path / blamed)


@pytest.fixture(params=["refuses", "agrees and does nothing"])
def without_modes(request, monkeypatch) -> None:
    """A disk like exFAT: the kernel's driver refuses to change a mode, the one in user space says yes; no links."""

    def chmod(path: object, *_: object, **__: object) -> None:
        if request.param == "refuses":
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    def link(path: object, *_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    monkeypatch.setattr(os, "chmod", chmod)
    monkeypatch.setattr(os, "link", link)


def test_a_disk_without_modes_gets_its_backup_and_it_is_said_that_others_may_read_it(hall, tmp_path, without_modes):
    code, said = asked(hall, "backup", str(tmp_path / "b"))
    assert code == 0 and "keeps no file modes" in said and "umask=0077" in said
    assert copies.verified(tmp_path / "b" / "queue.db")
    code, said = night(hall, tmp_path / "dated")
    assert code == 0 and "keeps no file modes" in said


def test_a_backup_on_a_disk_with_modes_says_nothing_of_them(hall, tmp_path):
    assert "modes" not in asked(hall, "backup", str(tmp_path / "b"))[1]


def test_what_lies_on_a_disk_without_modes_is_put_back_and_data_may_lie_there(hall, tmp_path, without_modes):
    hall.issue("kk-akta")
    backup.make(engine.database_url(hall.folder), hall.folder, tmp_path / "b", hall.now)
    for _ in range(2):  # into an empty folder, and over what is there
        done = restore.restore(hall.settings, tmp_path / "data", tmp_path / "b", lambda: hall.now)
    assert done.replaced is not None and (done.replaced / "queue.db").exists()
    assert data_folder.server_secret(tmp_path / "data") == data_folder.server_secret(hall.folder)
    assert len(data_folder.server_secret(tmp_path / "new")) == 32, "no link is needed"


def test_doctor_advises_what_helps_on_that_disk(hall, monkeypatch):
    patient = checks.Patient(
        hall.settings, hall.folder, engine.database_url(hall.folder), hall.reader, lambda: hall.now, False
    )
    monkeypatch.setattr(checks, "_others_read", lambda file: True)
    assert "chmod 700" in next(checks.secrecy(patient)).said
    monkeypatch.setattr(checks, "OTHERS", 0o700)  # as if every new file came with what the disk was mounted with
    assert "umask=0077" in next(checks.secrecy(patient)).said


def test_closing_says_whether_it_held(tmp_path):
    (tmp_path / "f").touch(mode=0o666)
    assert closed.close_to_others(tmp_path / "f") and closed.close_to_others(tmp_path)
    assert [oct(p.stat().st_mode & 0o777) for p in (tmp_path / "f", tmp_path)] == ["0o600", "0o700"]
