"""The first run on a real server: kill -9 leaves nothing or all of it; the hall goes into a backup and out again."""

import time

import pytest
import requests

from queue_server.domain import first_run
from tests.world.command_line import queue_server
from tests.world.folders import MINIMAL, folder
from tests.world.server import Client, Server

ARMED = "die-once"  # in the data folder: the process ends at the point that its environment names
HALL = {"start_from": "small", "hall": "MPP Kota Serang", "username": "rina", "password": "kuda laut hijau tua"}


@pytest.fixture
def empty(tmp_path):
    """A server on an empty folder."""
    server = Server(tmp_path / "data")
    yield server
    if server.process is not None and server.process.poll() is None:
        server.kill()


def code(server: Server) -> str:
    """What a technician reads in the terminal."""
    told = server.printed
    assert f"{server.url}/setup" in told
    shown = told.partition("code: ")[2].split()[0]
    assert shown.replace("-", "") == first_run.code_of(bytes.fromhex((server.data / "secret").read_text().strip()))
    return shown


def is_open(server: Server) -> bool:
    return requests.get(f"{server.api}/setup", timeout=60).status_code == 200


def halls(server: Server) -> set[str]:
    """The halls it serves; none while it begins anew."""
    try:
        return {site["id"] for site in requests.get(f"{server.api}/sites", timeout=60).json()["sites"]}
    except requests.RequestException:
        return set()


def wait_for(server: Server, hall: str) -> None:
    """Until it has begun anew by itself, however busy the machine."""
    until = time.monotonic() + 120
    while halls(server) != {hall}:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize(("end", "done"), [("trust.exits.before_commit", False), ("trust.exits.after_commit", True)])
def test_a_server_killed_in_the_middle_has_done_nothing_or_all_of_it(empty, end, done):
    empty.environ["TEST_SABOTAGE"] = end
    empty.start()
    shown = code(empty)
    (empty.data / ARMED).touch()
    with pytest.raises(requests.RequestException):
        Client(empty).post("/setup", {"code": shown, **HALL})
    assert empty.process.wait() == 9
    assert not (empty.data / "sites").exists(), "it was made ready beside its place"
    empty.start()
    assert is_open(empty) is not done
    if not done:
        assert code(empty) == shown, "every start shows the same"
        assert Client(empty).post("/setup", {"code": shown, **HALL}).status_code == 201
        wait_for(empty, "serang")
    assert Client(empty).sign_in("rina", HALL["password"]).get("/me").status_code == 200
    assert [p.name for p in empty.data.glob("sites*")] == ["sites"], "nothing is left of what was made ready"


def test_a_configured_server_never_opens_it(empty, tmp_path):
    (tmp_path / "config").mkdir()
    empty.config = folder(tmp_path / "config", MINIMAL)
    empty.start()
    assert "setup" not in empty.printed
    assert not is_open(empty) and requests.get(f"{empty.url}/setup", timeout=60).status_code == 404
    assert requests.get(f"{empty.url}/kecil/wall", timeout=60).status_code == 200


def test_without_a_site_file_the_service_begins_with_it_and_a_slip_in_a_path_does_not(tmp_path):
    config = folder(tmp_path)  # as the installer leaves it
    named = ("--config", config, "--data", tmp_path / "data")
    assert "the page of the first run" in queue_server("check", *named).stdout
    assert queue_server("check", "--config", config).returncode == 1
    assert queue_server("user", "add", "rina", "--role", "admin", *named).returncode == 1, "there is no hall yet"
    hall(tmp_path / "data")
    assert "ok: kecil" in queue_server("check", *named).stdout, "the first run's hall, whose file nobody wrote"


def test_the_hall_goes_into_each_backup_and_out_of_it_on_another_machine(tmp_path):
    data, other, backups = tmp_path / "data", tmp_path / "other", tmp_path / "backups"
    file = hall(data)
    said = [queue_server("user", "add", "rina", "--role", "admin", "--data", data)]
    said += [queue_server("backup", tmp_path / "b", "--data", data)]
    said += [queue_server("restore", tmp_path / "b", "--data", other)]
    assert [one.returncode for one in said] == [0] * 3, said
    assert (other / "sites" / file.name).read_text() == file.read_text()
    assert "rina" in queue_server("user", "list", "--data", other).stdout
    assert "is not what is in force" not in queue_server("doctor", "--data", other).stdout
    assert queue_server("backup", backups, "--keep", 1, "--data", data).returncode == 0
    next(backups.iterdir()).rename(backups / "2026-01-01T013000")
    assert "removed" in queue_server("backup", backups, "--keep", 1, "--data", data).stdout
    assert len(list(backups.iterdir())) == 1


def hall(data):
    """A folder in which the first run has made a hall."""
    (data / "sites").mkdir(parents=True)
    file = data / "sites" / "kecil.toml"
    file.write_text(MINIMAL)
    return file
