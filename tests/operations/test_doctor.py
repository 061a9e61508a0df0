"""The doctor finds each illness that it is given, and nothing in a healthy hall."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from queue_server import interfaces
from queue_server.cli import cli
from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.interfaces import Address
from queue_server.operations import backup, checks, doctor, network, presence, screens
from queue_server.operations.findings import Level
from queue_server.reach import Reach
from queue_server.serving.process import Runtime
from queue_server.store import engine, key_file
from queue_server.store.accounts import Account
from tests.world.hall import Hall
from tests.world.sealed import ring_of


def examined(hall: Hall, **options) -> dict[str, list[str]]:
    """level -> what the doctor says."""
    found: dict[str, list[str]] = {"ok": [], "warn": [], "bad": []}
    for finding in doctor.examine(hall.settings, hall.folder, lambda: hall.now, **options):
        found[finding.level].append(finding.said)
    return found


def said(found: list[str], part: str) -> bool:
    """Whether one of the lines has it."""
    return any(part in line for line in found)


@pytest.mark.parametrize(
    ("version", "has_it"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 9), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
        ((4, 0, 0), False),
    ],
)
def test_the_wal_reset_bug_by_release(version, has_it):
    assert checks.has_wal_reset_bug(version) is has_it


def test_a_healthy_hall_has_nothing_bad(hall, working, tmp_path):
    working(6)
    backup.make(engine.database_url(hall.folder), hall.folder, tmp_path / "b", hall.now)
    found = examined(hall, full=True)
    assert not found["bad"]
    for line in ("synced to the disk", "integrity_check: whole", "lebak: rows are what", "last backup is 0 days"):
        assert said(found["ok"], line), line


def test_every_line_names_what_it_is_about_in_words(hall, working):
    lines = [line for level in examined(hall).values() for line in level]
    assert "accounts and devices: rows are what the events say" in lines
    assert not [line for line in lines if line.startswith("*")]


def test_rows_that_are_not_what_the_events_say(hall, working):
    working(3)
    with hall.writer.begin() as conn:
        conn.exec_driver_sql("UPDATE ticket SET recalls = recalls + 1 WHERE number = 'J001'")
    assert said(examined(hall)["bad"], "lebak: 1 tickets are not what the events say")
    with hall.writer.begin() as conn:
        conn.exec_driver_sql("UPDATE ticket SET recalls = recalls - 1 WHERE number = 'J001'")


def test_a_damaged_page_is_named_and_the_other_questions_are_still_asked(hall, working, tmp_path):
    working(40)
    hall.stop()
    file = hall.folder / "queue.db"
    whole = file.read_bytes()
    for page in range(4, len(whole) // 4096 - 1, 3):
        with file.open("r+b") as opened:
            opened.seek(page * 4096)
            opened.write(b"\xff" * 4096)
    found = examined(hall)
    assert said(found["bad"], "the database is damaged")
    assert said(found["ok"], "GB free")
    file.write_bytes(whole)
    hall.start()


def test_a_clock_that_cannot_be_right(hall, working):
    working(1)
    hall.now -= timedelta(days=2)
    assert said(examined(hall)["bad"], "before the last event")
    hall.now += timedelta(days=60)
    assert said(examined(hall)["warn"], "days after the last event")
    hall.now -= timedelta(days=58)


def test_an_old_backup_and_none(hall, working, tmp_path):
    assert said(examined(hall)["warn"], "no backup was ever made")
    backup.make(engine.database_url(hall.folder), hall.folder, tmp_path / "b", hall.now)
    hall.later(hours=40)
    assert said(examined(hall)["warn"], "1 days and 16 hours old")
    (tmp_path / "b").rename(tmp_path / "taken away")
    note = hall.folder / backup.LAST
    note.write_text(json.dumps(json.loads(note.read_text()) | {"made_at": hall.now.isoformat()}))
    assert said(examined(hall)["warn"], "which is not there now")


def test_a_disk_that_answers_too_quickly_or_too_slowly():
    assert checks.flush_verdict(0.01).level is Level.WARN
    assert checks.flush_verdict(2.0).level is Level.OK
    assert checks.flush_verdict(300).level is Level.WARN


def test_a_full_disk(hall, monkeypatch):
    usage = checks.shutil.disk_usage(hall.folder)
    for free, level in ((1e6, "bad"), (usage.total * 0.05, "warn")):
        monkeypatch.setattr(checks.shutil, "disk_usage", lambda _, free=free: usage._replace(free=max(free, 1)))
        assert said(examined(hall)[level], "the disk is")


def test_where_the_server_is_reached(hall):
    assert said(examined(hall)["warn"], "QUEUE_PUBLIC_URL is not set")
    hall.settings = replace(hall.settings, server=replace(hall.settings.server, public_url="http://antrean.example"))
    assert said(examined(hall)["warn"], "plain HTTP")
    assert said(examined(hall)["ok"], "lead to http://antrean.example")


LAN, WIFI, DOCKER = Address("192.168.1.20", "eth0"), Address("10.7.0.5", "wlan0"), Address("172.17.0.1", "docker0")


def answered(hall: Hall, own: list[Address], monkeypatch, **server) -> dict[str, list[str]]:
    """What is said of the addresses, on a machine that has these."""
    monkeypatch.setattr(interfaces, "own_addresses", lambda: own)
    told = replace(hall.settings, server=replace(hall.settings.server, **server))
    patient = checks.Patient(told, hall.folder, "", None, lambda: hall.now, False)
    found: dict[str, list[str]] = {"ok": [], "warn": [], "bad": []}
    for finding in network.address(patient):
        found[finding.level].append(finding.said)
    return found


@pytest.mark.parametrize(
    ("host", "own", "level", "line"),
    [
        ("127.0.0.1", [LAN], "warn", "a server started plainly listens on 127.0.0.1: without another --host nobody"),
        ("127.0.0.1", [LAN], "warn", "slips lead to http://127.0.0.1:8000, which no phone can open"),
        ("0.0.0.0", [LAN], "ok", "slips and QR codes lead to http://192.168.1.20:8000"),
        ("0.0.0.0", [], "warn", "no address in a network: slips lead to http://127.0.0.1:8000"),
        ("0.0.0.0", [LAN, WIFI], "warn", "several networks (192.168.1.20 on eth0, 10.7.0.5 on wlan0)"),
        ("0.0.0.0", [replace(LAN, live=False)], "warn", "no cable or Wi-Fi is connected"),
        ("192.168.1.20", [LAN, WIFI], "ok", "lead to http://192.168.1.20:8000"),
        (
            "192.168.1.99",
            [LAN],
            "bad",
            "listens on 192.168.1.99, which is not this machine's now (192.168.1.20 on eth0)",
        ),
    ],
)
def test_each_case_of_the_network_is_said_plainly(hall, monkeypatch, host, own, level, line):
    assert said(answered(hall, own, monkeypatch, host=host)[level], line)


def test_containers_are_no_second_network_and_a_public_name_settles_all(hall, monkeypatch):
    assert not said(answered(hall, [LAN, DOCKER], monkeypatch, host="0.0.0.0")["warn"], "several networks")
    public = answered(hall, [LAN, WIFI], monkeypatch, host="0.0.0.0", public_url="https://antrean.example")
    assert public == {"ok": ["slips and QR codes lead to https://antrean.example"], "warn": [], "bad": []}


@pytest.mark.parametrize(
    ("then", "line"),
    [
        ("http://192.168.1.77:8123", "address was 192.168.1.77 when the server started and is 192.168.1.20 now"),
        ("http://127.0.0.1:8123", "the server started before this machine had an address; it is 192.168.1.20 now"),
        ("http://192.168.1.20:8123", None),
    ],
)
def test_an_address_that_changed_since_the_start_is_told(hall, monkeypatch, then, line):
    here = presence.enter(hall.folder, presence.Listening("0.0.0.0", 8123, then))
    found = answered(hall, [LAN], monkeypatch)
    here.leave()
    assert said(found["ok"], "lead to http://192.168.1.20:8123")  # the file says another port: the server's counts
    assert said(found["warn"], line) if line else not said(found["warn"], "the server started")


def test_a_running_server_tells_where_it_listens_whatever_the_file_says(hall, monkeypatch):
    here = presence.enter(hall.folder, presence.Listening("0.0.0.0", 8123, "http://192.168.1.20:8123"))
    assert said(examined(hall)["ok"], "listening on 0.0.0.0 port 8123")
    here.leave()
    here = presence.enter(hall.folder, presence.Listening("127.0.0.1", 8123, "http://127.0.0.1:8123"))
    assert said(answered(hall, [LAN], monkeypatch)["warn"], "the running server listens on 127.0.0.1")
    here.leave()
    assert presence.listens_on(hall.folder) is None


def test_a_running_server_tells_its_public_address_to_a_shell_that_does_not_know_it(hall, monkeypatch):
    public = "https://antrean.example"
    here = presence.enter(hall.folder, presence.Listening("127.0.0.1", 8123, public, public))
    found = answered(hall, [LAN], monkeypatch)
    assert said(found["ok"], f"lead to {public}")
    assert not said(found["warn"], "QUEUE_PUBLIC_URL is not set") and not said(found["warn"], "nobody else reaches it")
    assert screens.reach_of(hall.settings.server, hall.folder).base() == public
    monkeypatch.setattr(presence.os, "getpid", lambda: 2**22 + 1)  # no process has that number
    other = presence.enter(hall.folder, presence.Listening("127.0.0.1", 8124, "http://127.0.0.1:8124"))
    assert presence.listens_on(hall.folder) is None  # it was one of several, and is gone
    other.leave()
    here.leave()


@pytest.mark.parametrize(
    ("host", "own", "remark"),
    [
        ("0.0.0.0", [LAN], None),
        ("0.0.0.0", [LAN, WIFI], "This machine has other addresses too: http://10.7.0.5:8000"),
        ("0.0.0.0", [], "has no address in a network now; links and slips lead to one as soon as it has"),
        ("127.0.0.1", [LAN], "this machine's alone; for others start the server with --host or QUEUE_PUBLIC_URL"),
    ],
)
def test_a_technician_is_told_what_the_printed_addresses_are_worth(host, own, remark):
    told = screens.remarks(Reach(host, 8000, None, lambda: own))
    assert said(told, remark) if remark else not told


def test_a_certificate_by_its_end():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    ends = {-1: Level.BAD, 20: Level.WARN, 60: Level.OK}
    assert {days: network.expiry(now + timedelta(days=days), now).level for days in ends} == ends


def test_a_running_server_and_a_taken_port(hall):
    here = presence.enter(hall.folder)
    assert said(examined(hall)["ok"], "the server is running")
    here.leave()
    with network.socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server = replace(hall.settings.server, host="127.0.0.1", port=other.getsockname()[1])
        hall.settings = replace(hall.settings, server=server)
        assert said(examined(hall)["bad"], "does not run, and could not")


def test_the_exit_code_says_whether_anything_is_bad(hall, tmp_path):
    asked = Runtime(serve=lambda *a: None, clock=lambda: hall.now)
    well = CliRunner().invoke(cli, ["doctor", "--data", str(hall.folder)], obj=asked)
    ill = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path / "nothing")], obj=asked)
    assert (well.exit_code, ill.exit_code) == (0, 1), well.output
    assert all(line.split()[0] in ("ok", "warn", "bad") for line in (well.output + ill.output).splitlines())


def test_postgresql_that_may_forget_is_bad(postgres, hall, make_hall):
    """The tests' own cluster runs without syncing: exactly what a hall must not."""
    url = postgres.url(postgres.create())
    settings = replace(hall.settings, server=replace(hall.settings.server, database_url=url))
    other = Hall(hall.folder, settings)
    found = examined(other)
    assert said(found["bad"], "fsync") and said(found["ok"], "lebak: rows are what")
    other.stop()


def test_who_waits_for_a_service_that_the_site_file_dropped_is_named(hall):
    left = hall.issue("kk-akta").number
    assert not said(examined(hall)["bad"], left)
    services = {id: service for id, service in hall.site.services.items() if id != "kk-akta"}
    counters = {
        id: replace(c, services=tuple(s for s in c.services if s != "kk-akta")) for id, c in hall.site.counters.items()
    }
    hall.start(services=services, counters=counters)
    assert said(examined(hall)["bad"], f"{left} wait for services")


def test_a_site_whose_supervisors_are_all_of_some_agency_is_named(hall):
    assert not said(examined(hall)["warn"], "no supervisor of the whole site")
    hall.on_server(admin.disable_account, "wati")
    limited = Account("lina", "lina", "Lina", Role.SUPERVISOR.only, "-", ("lebak",), ("dukcapil",))
    hall.on_server(admin.add_account, limited)
    assert said(examined(hall)["warn"], "lebak: no supervisor of the whole site")


def test_a_file_of_keys_that_the_server_may_not_write_is_named(hall, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4711)  # somebody else asks: by the files' modes, not by what they may
    lock = key_file.lock_of(ring_of(hall).file)
    lock.touch(mode=0o600)
    assert not said(examined(hall)["bad"], "may not write")
    lock.chmod(0o400)
    assert said(examined(hall)["bad"], f"may not write {lock}, so notes, reasons and booking codes cannot be saved")


def as_json(hall: Hall) -> dict[str, dict]:
    """id -> the last entry of ``doctor --json`` in a hall."""
    asked = CliRunner().invoke(
        cli, ["doctor", "--json", "--data", str(hall.folder)], obj=Runtime(lambda *_: None, clock=lambda: hall.now)
    )
    return {one["id"]: one for one in json.loads(asked.stdout)}


def test_the_same_findings_are_things_to_do_for_a_program(hall):
    found = as_json(hall)
    backup_age = found["backup_age"]
    assert (backup_age["level"], backup_age["command"]) == ("warn", "queue-server backup DEST")
    assert backup_age["what"] == "no backup was ever made from here" and backup_age["todo"].endswith(".")
    assert found["overseers"]["command"] == "queue-server user add NAME --role supervisor --site pandeglang"
    assert found["secrecy"]["todo"] == "" if found["secrecy"]["level"] == "ok" else found["secrecy"]["todo"]
    order = [one["level"] for one in found.values()]
    assert order == sorted(order, key=["bad", "warn", "ok"].index), "the gravest first"


def test_a_question_that_cannot_be_asked_is_a_thing_to_do_too(hall, monkeypatch):
    def rows(patient):
        raise OSError("no such device")
        yield

    monkeypatch.setattr(doctor, "_OF_THE_DATABASE", (rows,))
    assert as_json(hall)["rows"] | {"todo": ""} == {
        "id": "rows",
        "level": "bad",
        "what": "rows: OSError: no such device",
        "since": None,
        "todo": "",
        "command": None,
        "text": "asked_failed",
        "about": {"question": "rows", "said": "OSError: no such device"},
    }
