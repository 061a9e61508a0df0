"""The data folder as the server makes it: nobody else's business from its first moment."""

import io
import sys
from pathlib import Path

import pytest
import structlog

from queue_server.serving import logs
from queue_server.store.engine import make_folder


def test_a_new_data_folder_is_its_users_alone(tmp_path):
    make_folder(tmp_path / "var" / "antrean")
    assert (tmp_path / "var" / "antrean").stat().st_mode & 0o777 == 0o700
    make_folder(tmp_path / "var" / "antrean")  # there already: that is all that was wanted


def test_every_way_to_a_data_folder_makes_it_closed(tmp_path, hall):
    from queue_server import data_folder, demo
    from queue_server.operations import presence

    made = [tmp_path / name for name in ("served", "opened", "secret", "demo")]
    presence.enter(made[0]).leave()
    for engine in data_folder.open_store(hall.settings, made[1]):
        engine.dispose()
    data_folder.server_secret(made[2])
    demo.prepare_folder(made[3])
    assert [oct(folder.stat().st_mode & 0o777) for folder in made] == ["0o700"] * 4


class Full(io.TextIOBase):
    """A file on a disk without room."""

    def write(self, text: str) -> int:
        """What the system says then."""
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_stops_nobody(monkeypatch):
    before = structlog.get_config()
    monkeypatch.setattr(sys, "stderr", Full())
    try:
        logs.configure()
        structlog.get_logger().error("something", that="matters")
    finally:
        structlog.configure(**before)


def test_control_a_plain_logger_on_a_full_disk_would_stop_the_request():
    with pytest.raises(OSError):
        structlog.PrintLogger(Full()).error("something")


def test_a_log_that_can_be_written_is(monkeypatch, tmp_path: Path):
    before = structlog.get_config()
    with (tmp_path / "log").open("w") as file:
        monkeypatch.setattr(sys, "stderr", file)
        try:
            logs.configure()
            structlog.get_logger().error("something", that="matters")
        finally:
            structlog.configure(**before)
        assert '"that": "matters"' in (tmp_path / "log").read_text()
