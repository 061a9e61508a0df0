"""The command line as a person meets it: what it prints, how it ends."""

import csv
import io
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest
import requests

from tests.world.command_line import as_process, queue_server
from tests.world.folders import MINIMAL, folder
from tests.world.server import STOPS_WITHIN_S, Client, Server


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> Path:
    """A --config folder with one small site."""
    return folder(tmp_path_factory.mktemp("config"), MINIMAL)


# -- check


def test_check_says_ok_and_which_sites(config):
    done = queue_server("check", "--config", config)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "ok: kecil")


def test_check_lists_the_dated_exceptions_that_it_read(tmp_path):
    """A technician who wrote tomorrow's *cuti bersama* into the wrong folder sees that it is not there."""
    own = """
[[day]]
date = 2026-12-28
name = "Inventaris"
closed = false
hours = "08:00-11:00"
sites = ["kecil"]
[[day]]
date = 2026-12-24
name = "Cuti bersama Natal"
"""
    done = queue_server("check", "--config", folder(tmp_path, MINIMAL, holidays=own))
    said = [line for line in done.stdout.splitlines() if not line.startswith("warning:")]  # a hall publishes more
    packaged, mine, *days, ok = said
    assert re.fullmatch(r"holidays: .*ID-2026.toml: 25 dates, 2026-01-01 … 2026-12-25", packaged)
    assert mine == f"holidays: {tmp_path}/holidays/own.toml: 2 dates, 2026-12-24 … 2026-12-28"
    assert days == ["  2026-12-24 closed: Cuti bersama Natal", "  2026-12-28 open 08:00-11:00: Inventaris (kecil only)"]
    assert (done.returncode, ok) == (0, "ok: kecil")


def test_check_takes_what_ships_with_the_package():
    done = as_process("check")
    assert done.returncode == 0
    assert done.stdout.strip().endswith("ok: lebak, pandeglang")


@pytest.mark.parametrize(
    ("site", "said"),
    [
        pytest.param(MINIMAL + "colour = 'red'\n", ["0.toml", "counters[0].colour"], id="a key that is not known"),
        pytest.param(MINIMAL.replace("Asia/Makassar", "Asia/Atlantis"), ["0.toml", "timezone"], id="no such zone"),
        pytest.param(
            MINIMAL.replace('services = ["surat"]', 'services = ["sulap"]'), ["services", "sulap"], id="service"
        ),
        pytest.param(MINIMAL.replace('name = "Surat"', ""), ["services[0].name"], id="a name is missing"),
        pytest.param("this is no TOML", ["0.toml"], id="not TOML"),
    ],
)
def test_check_names_file_key_and_reason_of_what_is_wrong(tmp_path, site, said):
    done = queue_server("check", "--config", folder(tmp_path, site))
    assert done.returncode == 1
    for word in said:
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there_is_said(tmp_path):
    done = queue_server("check", "--config", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


# -- user, device


def test_an_account_is_made_with_a_password_that_signs_in(config, tmp_path, start_server):
    done = queue_server("user", "add", "sari", "--role", "officer", "--site", "kecil", "--agency", "desa",
                        "--config", config, "--data", tmp_path / "data")  # fmt: skip
    password = re.fullmatch(r"password: (\S{12,})\n", done.stdout)[1]
    server = start_server(config=config)
    Client(server).sign_in("sari", password)


def test_a_password_comes_from_standard_input_and_nothing_is_printed(config, tmp_path):
    args = ("user", "add", "dedi", "--role", "supervisor", "--password-stdin", "--config", config, "--data", tmp_path)
    done = queue_server(*args, stdin="kelapa pantai\n")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("args", "stdin", "said"),
    [
        pytest.param(["x", "--role", "officer", "--password-stdin"], "elevenchars\n", "12", id="a short password"),
        pytest.param(["x", "--role", "officer", "--password-stdin"], "", "12", id="no password"),
        pytest.param(["x", "--role", "officer", "--password-stdin"], "p" * 257, "256", id="a password without end"),
        pytest.param(["x", "--role", "king"], "", "king", id="no such role"),
        pytest.param(["x", "--role", "officer", "--site", "nowhere"], "", "nowhere", id="no such site"),
        pytest.param(["x", "--role", "officer", "--agency", "cia"], "", "cia", id="no such agency"),
        pytest.param(["", "--role", "officer"], "", "username", id="no name"),
        pytest.param(["x" * 65, "--role", "officer"], "", "username", id="a name without end"),
        pytest.param(["ÉVA", "--role", "officer"], "", "username", id="a name that stores fold differently"),
        pytest.param(["a\nadmin", "--role", "officer"], "", "username", id="a name of two lines"),
        pytest.param(["x", "--role", "officer", "--name", " "], "", "letters", id="a blank name to show"),
    ],
)
def test_an_account_that_cannot_be(config, tmp_path, args, stdin, said):
    done = queue_server("user", "add", *args, "--config", config, "--data", tmp_path, stdin=stdin)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_is_given_once(config, tmp_path):
    args = ("user", "add", "sari", "--role", "officer", "--config", config, "--data", tmp_path)
    assert queue_server(*args).returncode == 0
    again = queue_server(*args)
    assert again.returncode == 1
    assert "taken" in again.stderr
    assert again.stdout == ""


def test_a_device_gets_one_token_beside_a_running_server(config, start_server):
    server = start_server(config=config)
    printed = server.cli("device", "add", "Kios pintu", "--kind", "kiosk", "--site", "kecil")
    token = re.fullmatch(r"token: (\S{43})\n", printed)[1]
    answer = Client(server, token).issue("kecil", "surat")
    assert answer.status_code in (201, 409), "known at once; the hall may be closed today"


def test_a_device_s_link_is_told_beside_the_token_as_its_server_was_started(config, tmp_path, start_server):
    args = ("Layar", "--kind", "display", "--site", "kecil", "--config", config)
    done = queue_server("device", "add", *args, "--data", start_server(config=config).data)
    token = re.fullmatch(r"token: (\S{43})\n", done.stdout)[1]
    link = re.search(r"http://127\.0\.0\.1:\d+/kecil/wall\?voice=1#enrol=(\S+)", done.stderr)
    assert link[1] == token
    assert requests.get(link[0].partition("#")[0], timeout=60).status_code == 200
    assert "this machine's alone" in done.stderr
    own = folder(tmp_path, MINIMAL)
    (own / "server.toml").write_text('[server]\npublic_url = "https://antrean.example"\n')
    args = ("Kios", "--kind", "kiosk", "--site", "kecil", "--config", own)
    done = queue_server("device", "add", *args, "--data", tmp_path / "data")
    token = re.fullmatch(r"token: (\S{43})\n", done.stdout)[1]
    assert f"https://antrean.example/kecil/kiosk#enrol={token}\n" in done.stderr
    assert "alone" not in done.stderr


def test_a_started_server_says_where_its_screens_are(config, start_server):
    server = start_server(config=config)
    for screen in ("kiosk", "wall?voice=1", "counters/1/display", "counters/1", "report"):
        assert f"{server.url}/kecil/{screen}" in server.printed
    assert "enrol=" not in server.printed, "no secret is printed where logs are kept"


@pytest.mark.parametrize("args", [["--kind", "toaster", "--site", "kecil"], ["--kind", "kiosk", "--site", "nowhere"]])
def test_a_device_that_cannot_be(config, tmp_path, args):
    done = queue_server("device", "add", "Kios", *args, "--config", config, "--data", tmp_path)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_name_is_given_once_and_a_new_password_opens_what_was_disabled(config, tmp_path, start_server):
    own = ("--config", config, "--data", tmp_path / "data")
    add = ("user", "add", "sari", "--role", "officer", "--site", "kecil", *own)
    queue_server(*add)
    queue_server("user", "disable", "sari", *own)
    for again in (add, ("user", "add", "SARI", *add[3:])):
        done = queue_server(*again)
        assert (done.returncode, done.stdout) == (1, "")
        assert "is taken" in done.stderr and "argon2" not in done.stderr
    password = re.fullmatch(r"password: (\S{12,})\n", queue_server("user", "password", "sari", *own).stdout)[1]
    Client(start_server(config=config)).sign_in("sari", password)
    gone = queue_server("user", "password", "dedi", *own)
    assert (gone.returncode, gone.stderr) == (1, "Error: there is no account 'dedi'\n")


def test_two_devices_of_one_name_are_refused_until_the_first_is_revoked(config, tmp_path):
    own = ("--site", "kecil", "--config", config, "--data", tmp_path)
    add = ("device", "add", "Kios", "--kind", "kiosk", *own)
    assert queue_server(*add).returncode == 0
    again = queue_server(*add)
    assert (again.returncode, again.stdout) == (1, "") and "already" in again.stderr
    queue_server("device", "revoke", "Kios", *own)
    assert queue_server(*add).returncode == 0


def test_a_misspelt_folder_is_not_made_by_what_must_find_something_there(config, tmp_path):
    done = queue_server("user", "disable", "sari", "--config", config, "--data", tmp_path / "typo")
    assert done.returncode == 1 and "no database" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_who_may_speak_is_listed_and_ended_by_name(config, tmp_path):
    own = ("--config", config, "--data", tmp_path)
    queue_server("user", "add", "sari", "--role", "officer", "--site", "kecil", "--agency", "desa", *own)
    queue_server("device", "add", "Kios pintu", "--kind", "kiosk", "--site", "kecil", *own)
    assert queue_server("user", "list", *own).stdout == "sari officer sites: kecil agencies: desa\n"
    assert queue_server("device", "list", *own).stdout == "kiosk kecil Kios pintu\n"
    assert queue_server("user", "disable", "sari", *own).stdout == "disabled: sari\n"
    assert (
        queue_server("device", "revoke", "Kios pintu", "--site", "kecil", *own).stdout
        == "revoked: Kios pintu at kecil\n"
    )
    assert "(disabled 20" in queue_server("user", "list", *own).stdout
    assert "(revoked 20" in queue_server("device", "list", *own).stdout
    gone = queue_server("user", "disable", "sari", *own)
    assert (gone.returncode, gone.stderr) == (1, "Error: there is no active account 'sari'\n")
    gone = queue_server("device", "revoke", "Kios", "--site", "kecil", *own)
    assert (gone.returncode, gone.stderr) == (1, "Error: there is no active device 'Kios' at kecil\n")


# -- export


def test_export_writes_a_row_per_ticket_of_a_running_server(start_server, tmp_path):
    server = Server(tmp_path / "data")
    server.set_clock("2026-11-23T09:00:00+07:00")
    server = start_server()
    number = server.kiosk("lebak").issue("lebak", "ktp-cetak").json()["number"]
    server.set_clock("2026-11-23T09:07:30+07:00")
    sari = server.officer("sari", site="lebak", agency="dukcapil")
    for verb in ("open", "call-next", "serve", "finish"):
        assert sari.verb("lebak", "5", verb).status_code == 200
    asked = ("export", "tickets", "--site", "lebak", "--from", "2026-11-23", "--to", "2026-11-23")
    (row,) = csv.DictReader(io.StringIO(server.cli(*asked)))
    assert (row["number"], row["state"], row["wait_s"], row["officer"]) == (number, "completed", "450", "sari")
    out = tmp_path / "tickets.csv"
    assert server.cli(*asked, "--out", str(out)) == ""
    assert number in out.read_text()
    assert server.cli(*asked, "--out", str(out), "--excel", "id") == ""
    assert out.read_bytes().startswith(b"\xef\xbb\xbfnumber;service;class;")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        server.cli(*asked, "--out", str(tmp_path / "no-such-folder" / "tickets.csv"))
    assert "no-such-folder" in refused.value.stderr and "Traceback" not in refused.value.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--site", "nowhere", "--from", "2026-11-23", "--to", "2026-11-23"], "nowhere"),
        (["--site", "kecil", "--from", "2026-11-24", "--to", "2026-11-23"], "--from"),
        (["--site", "kecil", "--from", "besok", "--to", "2026-11-23"], "besok"),
    ],
)
def test_an_export_that_cannot_be(config, tmp_path, args, said):
    done = queue_server("export", "tickets", *args, "--config", config, "--data", tmp_path)
    assert done.returncode != 0
    assert said in done.stderr


# -- run


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_running_server_stops_in_order_and_soon(config, start_server, how, mode):
    server = start_server(config=config, environ={"QUEUE_ASYNC_MODE": mode})
    server.process.send_signal(how)
    assert server.process.wait(timeout=STOPS_WITHIN_S) == 0


def test_a_port_in_use_is_said_plainly(config, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = as_process("run", "--port", port, "--config", config, "--data", tmp_path)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_configuration_starts_nothing(tmp_path):
    config = folder(tmp_path, MINIMAL + "colour = 'red'\n")
    done = as_process("run", "--port", 0, "--config", config, "--data", tmp_path / "data")
    assert done.returncode == 1
    assert "colour" in done.stderr
    assert not (tmp_path / "data").exists()


def test_every_subcommand_takes_data_and_config_and_says_what_it_is_for():
    commands = (["run"], ["demo"], ["check"], ["user", "add"], ["device", "add"], ["export", "tickets"], ["doctor"],
                ["backup"], ["restore"], ["simulate"])  # fmt: skip
    for command in commands:
        said = queue_server(*command, "--help")
        assert said.returncode == 0, command
        assert "--data" in said.stdout, command
        assert "--config" in said.stdout, command
