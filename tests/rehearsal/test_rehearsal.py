"""A small day in fast motion against the real server, and a report that would notice a lost ticket."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from queue_server.rehearsal import booked
from queue_server.rehearsal.hall import Hall
from queue_server.rehearsal.report import reconcile
from tests.world.people import WORKDAY, run_from
from tests.world.screens import eventually
from tests.world.server import Client, Server


def test_a_rehearsed_day_with_a_power_cut_reconciles_to_the_last_ticket(start_server, tmp_path):
    run_from(Server(tmp_path / "data"), WORKDAY)  # the hall is open, and no midnight sends everybody home meanwhile
    server = start_server()
    day = ("--site", "lebak", "--visitors", "25", "--speed", "1800", "--seed", "11", "--into-real-figures")
    with ThreadPoolExecutor() as beside:
        rehearsed = beside.submit(server.cli, "simulate", *day, "--url", server.url)
        asks = Client(server)
        eventually(lambda: "dukcapil" in stopped(asks, "lebak"), True, 60)  # it gives up for the day, and more come
        server.kill()
        server.start()
        said = rehearsed.result()
    assert int(re.search(r"(\d+) numbers issued", said)[1]) > 8  # some services are closed at that hour
    assert " 0 requests repeated" not in said
    for verb in ("interrupt", "take-over", "walk-in", "carry-over", "paper", "check-in", "list"):
        assert f"{verb} " in said
    assert "Every ticket and person is accounted for." in said
    assert asks.get("/sites/lebak").json()["carried"] == []  # nobody of a rehearsal comes tomorrow


def stopped(asks: Client, site: str) -> list[str]:
    """The agencies that cannot work now."""
    return [one["scope"].get("agency") for one in asks.get(f"/sites/{site}").json()["interruptions"]]


@pytest.mark.deep
def test_pandeglang_s_day_of_23_counters_and_300_visitors_reconciles_to_the_last_ticket_and_person(
    start_server, tmp_path
):
    run_from(Server(tmp_path / "data"), WORKDAY)
    server = start_server()
    day = ("--site", "pandeglang", "--visitors", "300", "--speed", "600", "--seed", "1", "--into-real-figures")
    with ThreadPoolExecutor() as beside:
        rehearsed = beside.submit(server.cli, "simulate", *day, "--url", server.url)
        asks = Client(server)
        eventually(
            lambda: len(asks.get("/sites/pandeglang/calls").json()["calls"]) > 100, True, 600
        )  # a busy machine is slow
        server.kill()
        server.start()
        said = rehearsed.result()
    issued, paper, walked, people = map(int, re.search(_ISSUED, said).groups())
    refused = sum(map(int, re.findall(r" (\d+)", re.search(r"refused: (.*)", said)[1])))
    assert issued + paper + refused >= 300 and min(paper, walked) > 0 and people > issued + paper + walked
    verbs = "break finish hold interrupt resume return take-over transfer walk-in carry-over close open"
    for verb in verbs.split():
        assert f" {verb} " in said, verb
    assert " 0 requests repeated" not in said
    assert "Every ticket and person is accounted for." in said


def test_a_server_with_real_figures_is_left_alone(start_server):
    server = start_server()
    with pytest.raises(subprocess.CalledProcessError) as refused:
        server.cli("simulate", "--site", "lebak", "--visitors", "1", "--url", server.url)
    assert "not a demo" in refused.value.stderr


def test_another_hall_s_data_folder_is_left_alone(start_server):
    demo, hall = start_server(command="demo"), start_server("hall")
    before = hall.cli_here("user", "list")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        hall.cli("simulate", "--site", "lebak", "--visitors", "1", "--url", demo.url)
    assert "works on another data folder" in refused.value.stderr
    assert hall.cli_here("user", "list") == before


def test_a_server_that_is_not_there_is_said_with_its_address(tmp_path):
    command = [sys.executable, "-m", "queue_server", "simulate", "--site", "lebak", "--url", "http://127.0.0.1:9"]
    done = subprocess.run([*command, "--data", str(tmp_path)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == "Error: no server answers at http://127.0.0.1:9; --url names the running one"


_ISSUED = r"(\d+) numbers issued, (\d+) on paper, and (\d+) to who walked in: (\d+) people"


class Told:
    """A server that tells what it is given to tell."""

    def __init__(self, tickets, calls, stays=()):
        self.tickets, self.calls, self.stays = tickets, calls, stays

    def get(self, path):
        if "/by-number/" in path:
            return {"ticket": self.tickets["secret"] | {"issued_at": "1"}, "stays": self.stays}
        return {"calls": self.calls} if "/calls" in path else self.tickets[path.rsplit("/", 1)[1]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"state": "waiting"}, "K001 is waiting, but completed was acknowledged", id="a lost finish"),
        pytest.param({"number": "K002"}, "K001 changed its number to K002", id="another number"),
        pytest.param({"people": 3}, "K001 is of 3 people, but 1 came", id="people that nobody saw"),
        pytest.param({"carried": {"day": "x"}}, "K001 did not wait, and has a place", id="a place too many"),
    ],
)
def test_the_report_would_notice(change, fault):
    hall = Hall({"id": "lebak"}, 60, 1)
    hall.tickets["K001"] = {"id": "1", "token": "secret", "number": "K001"}
    hall.acknowledged["K001"] = "completed"
    hall.count("issue")
    sound = {"state": "completed", "number": "K001", "people": 1}
    assert reconcile(hall, Told({"secret": sound}, []), 0).faults == ()
    assert fault in reconcile(hall, Told({"secret": sound | change}, []), 0).faults


def test_the_report_would_notice_a_number_given_twice_and_a_missing_call():
    hall = Hall({"id": "lebak"}, 60, 1)
    hall.tickets["K001"] = {"id": "1", "token": "secret", "number": "K001"}
    hall.acknowledged["K001"] = "completed"
    hall.count("issue")
    hall.count("issue")
    calls = [{"revision": 5, "previous": 0}, {"revision": 9, "previous": 7}]
    sound = {"state": "completed", "number": "K001", "people": 1}
    faults = reconcile(hall, Told({"secret": sound}, calls), 0).faults
    assert faults == ("1 numbers were given twice", "call 9 follows 7, not 5")


class Register:
    """A server that tells of interruptions."""

    def __init__(self, ended_at):
        self.ended_at = ended_at

    def get(self, path):
        told = {"calls": []} if "/calls" in path else {"interruptions": [{"id": "1", "ended_at": self.ended_at}]}
        return told


def test_the_report_would_notice_an_interruption_that_is_not_over():
    hall = Hall({"id": "lebak"}, 60, 1)
    hall.interruptions.append("1")
    assert reconcile(hall, Register("2026-11-23T10:00:00+07:00"), 0).faults == ()
    assert reconcile(hall, Register(None), 0).faults == ("interruption 1 is not over",)


def test_the_report_would_notice_a_place_that_is_lost_and_a_stretch_of_a_life_that_is_missing():
    hall = Hall({"id": "lebak"}, 60, 1)
    hall.tickets["K001"] = {"id": "1", "token": "secret", "number": "K001"}
    hall.acknowledged["K001"] = "expired"
    hall.count("issue")
    hall.gave_up.waited, hall.gave_up.numbers, hall.gave_up.people = {"K001": 2}, 1, 2
    lost = {"state": "expired", "number": "K001", "people": 1, "carried": None}
    stays = [{"kind": "wait", "start": "1", "end": "2"}, {"kind": "walk", "start": "3", "end": "4"}]
    assert reconcile(hall, Told({"secret": lost}, [], stays), 0).faults == (
        "K001 waited, and has no place on another day",
        "K001: wait until 2, walk from 3",
    )


class Counted:
    """A server that tells how the bookings of a day went."""

    def __init__(self, **counts):
        self.counts = {"came": 0, "came_late": 0, "missed": 0, "given_back": 0} | counts

    def get(self, path):
        return {"services": [self.counts]}


@pytest.mark.parametrize(
    ("counts", "faults"),
    [
        pytest.param({"came": 3, "came_late": 1, "missed": 1}, [], id="all of them"),
        pytest.param({"came": 2, "came_late": 1, "missed": 1}, ["3 bookings came, but 2 are on record"], id="one lost"),
        pytest.param(
            {"came": 3, "came_late": 1, "missed": 0}, ["1 bookings missed, but 0 are on record"], id="a place not freed"
        ),
    ],
)
def test_the_report_would_notice_a_booking(counts, faults, monkeypatch):
    hall = Hall({"id": "lebak"}, 60, 1)
    monkeypatch.setattr(hall, "wait", lambda virtual_s: None)
    noon = datetime.fromisoformat("2026-11-23T12:00:00+07:00")
    of = [
        booked.Place("paspor", str(n), noon, how, 0.0) for n, how in enumerate(("in_time", "early", "late", "missed"))
    ]
    assert booked.accounted(hall, Counted(**counts), of, {}) == faults


@pytest.mark.parametrize(("hour", "conducts"), [(12, 5), (0, 3), (23, 3)])
def test_a_booked_time_of_another_day_is_none(hour, conducts):
    service = {"id": "paspor", "booking": {"early_minutes": 30, "late_minutes": 30}}
    site = {"timezone": "Asia/Jakarta", "services": [service], "counters": [{"services": ["paspor"]}]}
    found = booked.places(site, datetime.fromisoformat(f"2026-11-23T{hour:02}:20:00+07:00"), 1)
    assert len({one.conduct for one in found}) == conducts
    assert len({one.code for one in found}) == len(found)
