"""A data folder that cannot be used: each command says so in a line."""

import pytest

from tests.world.command_line import as_process

EVERY_COMMAND_WITH_DATA = [
    "user list",
    "user add x --role admin",
    "device list",
    "export tickets --site lebak --from 2026-11-01 --to 2026-11-02",
    "run --port 0",
    "demo --port 0",
    "simulate --site lebak",
    "backup copy",
    "restore .",
]


@pytest.mark.parametrize("command", EVERY_COMMAND_WITH_DATA)
def test_a_folder_that_cannot_be_used_is_said_in_a_line(tmp_path, command):
    """As where it is another user's: here a file stands in its place, which stops root too."""
    (tmp_path / "a file").touch()
    done = as_process(*command.split(), "--data", tmp_path / "a file" / "data")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


def test_doctor_finds_nothing_in_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "a file").touch()
    done = as_process("doctor", "--data", tmp_path / "a file" / "data")
    assert done.returncode == 1
    assert "bad  there is no database" in done.stdout
    assert done.stderr == ""
