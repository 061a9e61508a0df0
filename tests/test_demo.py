"""The demo: both malls always open, all that is needed to try it printed, and nobody's data wiped."""

import os
import re
from pathlib import Path

import pytest
import requests

from queue_server.domain.rights import Act
from queue_server.store.engine import FILE
from queue_server.web.screens.registry import SCREENS
from tests.world.command_line import as_process
from tests.world.people import run_from
from tests.world.server import Client, Server
from tests.world.tree import ROOT


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo, started once; its folder is named from where the server stands, as `make run` does."""
    folder = Path(os.path.relpath(tmp_path_factory.mktemp("demo") / "data", ROOT))
    server = Server(folder, command="demo")
    run_from(server, "2026-11-22T02:30:00+07:00")  # a Sunday's night; and no midnight comes while we look
    yield server.start()
    server.kill()


def site(demo, id):
    """The site document."""
    return requests.get(f"{demo.api}/sites/{id}", timeout=60).json()


@pytest.mark.parametrize("id", ["lebak", "pandeglang"])
def test_every_service_is_open_and_the_screens_say_that_it_is_a_demo(demo, id):
    told = site(demo, id)
    assert told["demo"]
    closed = [(s["id"], s["reason"]) for s in told["services"] if not s["open"] and s["reason"] != "quota_full"]
    assert closed == []


def test_quotas_stay(demo):
    service = {s["id"]: s for s in site(demo, "lebak")["services"]}["paspor-wawancara"]
    assert service["quota"] == {"regular": 20, "priority": 10, "booked": 20}
    assert None not in service["quota_left"].values()


def test_people_have_been_there_and_some_still_wait(demo):
    board = requests.get(f"{demo.api}/sites/lebak/board", timeout=60).json()
    assert board["recent"]
    assert sum(s["waiting"] for s in board["services"]) > 0


def test_every_address_printed_answers(demo):
    addresses = re.findall(rf"{demo.url}/\S*", demo.printed)
    assert len(addresses) > 8
    for address in addresses:
        assert requests.get(address.partition("#")[0], timeout=60).status_code == 200, address


@pytest.mark.parametrize("id", ["lebak", "pandeglang"])
def test_every_public_page_of_a_hall_opens(demo, id):
    paths = [one.path for one in SCREENS if one.act is Act.PUBLIC and set(re.findall("<(.+?)>", one.path)) == {"site"}]
    assert len(paths) > 8
    for path in paths:
        answer = requests.get(demo.url + path.replace("<site>", id), timeout=60)
        assert answer.status_code == 200, path


_PAGES = {
    "supervisor": "supervisor",
    "front_desk": "front-desk",
    "leader": "live",
    "auditor": "audit",
    "content": "notices",
}


def test_every_account_printed_signs_in_where_it_should(demo):
    accounts = re.findall(r"^    (\S+)\s+([a-z]+-[a-z]+-[a-z]+-\d\d)\s+([a-z_]+)\b ?\s*(\S*)$", demo.printed, re.M)
    assert {role for _, _, role, _ in accounts} == {"officer", *_PAGES, "admin"}
    officers = [a for a in accounts if a[2] == "officer"]
    assert len(officers) == sum(len(site(demo, s)["counters"]) for s in ("lebak", "pandeglang"))
    for username, password, role, _ in accounts[:3] + [a for a in accounts if a[2] != "officer"]:
        client = Client(demo).sign_in(username, password)
        if role in _PAGES:
            page = f"{demo.url}/{username.partition('-')[0]}/{_PAGES[role]}"
            assert client.http.get(page, timeout=60, allow_redirects=False).status_code == 200, username
    username, password, _, counter = officers[0]
    mall = username.partition("-")[0]
    assert Client(demo).sign_in(username, password).get(f"/sites/{mall}/counters/{counter}/desk").status_code == 200


def test_kiosk_and_display_links_carry_tokens_that_enrol(demo):
    tokens = set(re.findall(r"#enrol=(\S+)", demo.printed))
    assert len(tokens) == 4, "a kiosk and a display for each mall"
    for token in tokens:
        answer = requests.post(f"{demo.api}/enrol", json={"token": token}, timeout=60)
        assert answer.status_code == 204
    kiosk = re.search(r"/lebak/kiosk#enrol=(\S+)", demo.printed)[1]
    assert Client(demo, kiosk).issue("lebak", "ktp-cetak").status_code == 201


def test_each_start_begins_anew(start_server):
    first = start_server(command="demo")
    old = re.search(r"/lebak/kiosk#enrol=(\S+)", first.printed)[1]
    first.stop()
    first.start()
    assert old not in first.printed
    assert requests.post(f"{first.api}/enrol", json={"token": old}, timeout=60).status_code == 401


def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path):
    kept = tmp_path / "data" / "queue.db"
    kept.parent.mkdir()
    kept.write_text("ten years of tickets")
    done = as_process("demo", "--data", kept.parent, "--port", 0)
    assert done.returncode == 1
    assert "was not made by the demo" in done.stderr
    assert kept.read_text() == "ten years of tickets"
    assert list(kept.parent.iterdir()) == [kept]


@pytest.mark.parametrize("elsewhere", [False, True], ids=["on the same port", "on another port"])
def test_a_second_demo_leaves_the_first_ones_data_alone(demo, elsewhere):
    database = (demo.data / FILE).stat().st_ino
    done = as_process("demo", "--data", demo.data, "--port", 0 if elsewhere else demo.port)
    assert done.returncode == 1
    assert ("a demo runs on" if elsewhere else "cannot listen on") in done.stderr
    assert (demo.data / FILE).stat().st_ino == database
