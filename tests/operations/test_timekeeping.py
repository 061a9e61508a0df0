"""A clock that nobody has set looks right: only the system knows, and doctor and log must tell."""

import json

import pytest
from structlog.testing import capture_logs

from queue_server.operations import presence, timekeeping
from queue_server.operations.presence import Listening
from tests.operations.test_doctor import examined, said

HERE = Listening("127.0.0.1", 8123, "http://127.0.0.1:8123")


def set_by_somebody(monkeypatch, told: bool | None) -> None:
    """What the system says of its clock."""
    monkeypatch.setattr(timekeeping, "is_set", lambda: told)


def test_the_system_is_asked_and_changed_in_nothing():
    assert timekeeping.is_set() in (True, False, None)


@pytest.mark.parametrize("keeps", [True, False], ids=["a battery's clock", "no clock of its own"])
def test_a_clock_that_nobody_has_set_is_shown_to_be_compared(hall, monkeypatch, tmp_path, keeps):
    """A PC that wakes on Tuesday and believes it is still Monday: nothing in its data contradicts it."""
    set_by_somebody(monkeypatch, False)
    monkeypatch.setattr(timekeeping, "_HARDWARE", tmp_path / "rtc")
    (tmp_path / "rtc" / "rtc0").mkdir(parents=True) if keeps else None
    (line,) = [line for line in examined(hall)["warn"] if "set the clock" in line]
    assert "compare it with a watch: 2026-11-23 09:00 WIB" in line
    assert ("runs while it is off" in line) is not keeps


def test_a_clock_that_was_set_is_well_and_one_of_which_nothing_is_known_is_no_finding(hall, monkeypatch):
    set_by_somebody(monkeypatch, True)
    assert said(examined(hall)["ok"], "a time server has set the clock")
    set_by_somebody(monkeypatch, None)
    assert not [line for lines in examined(hall).values() for line in lines if "set the clock" in line]


def test_a_start_before_the_clock_was_set_is_told_as_long_as_that_server_runs(hall, monkeypatch):
    set_by_somebody(monkeypatch, False)
    here = presence.enter(hall.folder, HERE)
    with capture_logs() as logged:
        timekeeping.note_start(hall.folder, hall.now)
    assert [line["event"] for line in logged] == ["clock_not_set"]
    set_by_somebody(monkeypatch, True)
    assert said(examined(hall)["warn"], "started at 2026-11-23 02:00 UTC by a clock that was set only since")
    timekeeping.note_start(hall.folder, hall.now)  # it was started once more
    assert not said(examined(hall)["warn"], "set only since")
    here.leave()


def test_a_disk_that_is_full_keeps_no_server_from_starting(hall, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(timekeeping, "write", full)
    timekeeping.note_start(hall.folder, hall.now)


def test_a_running_server_has_noted_by_which_clock_it_started(start_server):
    server = start_server()
    assert json.loads((server.data / timekeeping.STARTED).read_text())["clock_set"] == timekeeping.is_set()
