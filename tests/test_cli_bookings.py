"""Lists of booked places, read in from the shell."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.world.command_line import queue_server
from tests.world.folders import MINIMAL, folder

HALL = MINIMAL.replace('{ mon = "08:00-12:00" }', '"always"')
HALL = HALL.replace('name = "Surat"', 'name = "Surat"\nclasses = ["regular", "booked"]\nbooking = {}')


def test_a_heading_alone_cancels_the_list_of_the_day_and_service_that_are_said(tmp_path):
    (tmp_path / "config").mkdir()
    own = ("--config", folder(tmp_path / "config", HALL), "--data", tmp_path / "data")
    queue_server("user", "add", "sari", "--role", "officer", *own)
    day = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
    full, heading = _file(tmp_path / "full.csv", f"{day},09:00,11112222"), _file(tmp_path / "heading.csv")
    wanted = ("bookings", "import", "--site", "kecil", "--service", "surat")
    read = queue_server(*wanted, full, *own)
    assert read.stdout.splitlines()[0] == f"{day} surat: 1 new, 0 changed, 0 cancelled, 0 as before", read.stderr
    assert queue_server(*wanted, heading, *own).returncode == 1, "a heading alone names no day"
    said = queue_server(*wanted, "--date", day, heading, *own)
    assert said.stdout.splitlines()[0] == f"{day} surat: 0 new, 0 changed, 1 cancelled, 0 as before", said.stderr
    assert queue_server(*wanted, "--date", "tomorrow", heading, *own).returncode == 2


def _file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("date,time,code", *lines)) + "\n")
    return path
