"""The nightly backup keeps so many and removes its own oldest: nothing else, and not before the new one is there."""

from datetime import timedelta
from pathlib import Path
from string import Template

import pytest
from click.testing import CliRunner

from queue_server.cli import cli
from queue_server.operations import backup, keeping
from queue_server.serving.process import Runtime
from queue_server.store import engine
from tests.world.hall import Hall
from tests.world.tree import ROOT


def night(hall: Hall, place: Path, keep: int) -> list[str]:
    """One night later: back up and keep so many; the names of what was removed."""
    hall.later(days=1)
    _, gone = keeping.make_dated(engine.database_url(hall.folder), hall.folder, place, hall.now, keep)
    return [folder.name for folder in gone]


def names(place: Path) -> list[str]:
    """What lies there."""
    return sorted(each.name for each in place.iterdir())


def test_ten_nights_keep_the_newest_three(hall, working, tmp_path):
    working(3)
    removed = [night(hall, tmp_path / "b", keep=3) for _ in range(10)]
    assert [len(gone) for gone in removed] == [0, 0, 0] + [1] * 7
    assert names(tmp_path / "b") == [f"{hall.now - timedelta(days=n):%Y-%m-%dT%H%M%S}" for n in (2, 1, 0)]
    assert all(sorted(f.name for f in each.iterdir()) == ["backup.json", "queue.db", "secret"]
               for each in (tmp_path / "b").iterdir())  # fmt: skip


def test_what_is_not_a_backup_of_ours_stays(hall, tmp_path):
    place = tmp_path / "b"
    for name in ("holiday photos", "2020-01-01", "2020-01-01T000000"):
        (place / name).mkdir(parents=True)
        (place / name / "photo.jpg").write_bytes(b"somebody's")
    (place / "2020-01-02T000000").symlink_to(place / "holiday photos")
    (place / "2020-01-03T000000").write_text("a file")
    kept = names(place)
    for _ in range(3):
        night(hall, place, keep=1)
    assert set(kept) < set(names(place)) and len(names(place)) == len(kept) + 1
    assert (place / "holiday photos" / "photo.jpg").exists()


@pytest.mark.parametrize("keep", [None, 2], ids=["one folder", "among those of other nights"])
@pytest.mark.parametrize("inside", [".", "inner", "deep/er", "inner/../other"])
def test_no_backup_is_made_inside_another(hall, tmp_path, inside, keep):
    url, outer = engine.database_url(hall.folder), tmp_path / "b"
    backup.make(url, hall.folder, outer, hall.now)
    before = names(outer)
    for place in (outer / inside, link_to(outer, tmp_path) / inside):
        with pytest.raises(backup.CannotBackUp, match=r"is a backup itself|holds something already"):
            if keep is None:
                backup.make(url, hall.folder, place, hall.now)
            else:
                keeping.make_dated(url, hall.folder, place, hall.now, keep)
    assert names(outer) == before, "nothing was begun there"
    assert backup.make(url, hall.folder, tmp_path / "beside", hall.now).folder.is_dir()


def link_to(folder: Path, place: Path) -> Path:
    """Another name of a folder."""
    (link := place / "link").is_symlink() or link.symlink_to(folder)
    return link


def test_one_that_was_begun_and_never_finished_is_cleared_away_and_does_not_count(hall, tmp_path):
    night(hall, tmp_path / "b", keep=2)
    half = tmp_path / "b" / "2026-11-24T235959"
    half.mkdir()
    (half / "queue.db").write_bytes(b"the power went")
    assert night(hall, tmp_path / "b", keep=2) == ["2026-11-24T235959"]
    assert len(names(tmp_path / "b")) == 2


def test_a_backup_that_fails_removes_nothing(hall, tmp_path, monkeypatch):
    for _ in range(2):
        night(hall, tmp_path / "b", keep=1)
    before = names(tmp_path / "b")

    def damaged(*_: object) -> None:
        raise backup.backup.Damaged("a page")

    monkeypatch.setattr(backup.backup, "verified", damaged)
    with pytest.raises(backup.backup.Damaged):
        night(hall, tmp_path / "b", keep=1)
    assert names(tmp_path / "b") == before, "and leaves nothing"


def test_the_command_says_what_it_made_and_removed_and_why_it_could_not(hall, tmp_path):
    asked = Runtime(serve=lambda *a: None, clock=lambda: hall.now)
    for _ in range(2):
        hall.later(days=1)
        done = CliRunner().invoke(
            cli, ["backup", str(tmp_path / "b"), "--keep", "1", "--data", str(hall.folder)], obj=asked
        )
        assert done.exit_code == 0, done.output
    assert "backed up to" in done.output and "removed" in done.output and len(names(tmp_path / "b")) == 1
    (tmp_path / "a file").write_text("not a folder")
    place = tmp_path / "a file" / "b"
    done = CliRunner().invoke(cli, ["backup", str(place), "--keep", "1", "--data", str(hall.folder)], obj=asked)
    assert done.exit_code == 1 and "cannot back up to" in done.output and "Traceback" not in done.output


def test_the_timer_runs_the_command_as_it_is():
    """The unit's command line is one that the program takes."""
    folder = ROOT / "config" / "deploy"
    unit = (folder / "antrean-backup.service").read_text()
    said = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    chosen = dict(pair.split("=") for pair in said["Environment"].split())
    program, *arguments = Template(said["ExecStart"]).substitute(chosen).split()
    assert program == "/opt/antrean/bin/queue-server"
    assert CliRunner().invoke(cli, [*arguments, "--help"]).exit_code == 0
    assert arguments[arguments.index("--keep") + 1].isdigit() and arguments[1] in said["ReadWritePaths"].split()
    served = (folder / "antrean.service").read_text()
    for option in ("--data", "--config"):
        assert f"{option} {arguments[arguments.index(option) + 1]}" in served, "it backs up another hall's data"
