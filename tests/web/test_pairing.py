"""Pairing: a code that a screen shows makes it a device, once, by who keeps devices; nobody guesses, nobody floods."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from queue_server.domain import pairing
from queue_server.domain.roles import Role
from tests.world.in_process import NINE, InProcess

HALL, FAR = "192.168.1.20", "203.0.113.9"
WALL = {"name": "TV pintu timur", "kind": "display"}
NOWHERE = "222222"  # a code that nobody shows


class Halls:
    """Two processes before one database, an administrator of each hall, and a clock that tests turn."""

    def __init__(self, folder) -> None:
        self.now = NINE
        self.processes = [InProcess(folder, clock=lambda: self.now) for _ in range(2)]
        self.cast = self.processes[0]
        self.cast.add("rina", Role.ADMIN)
        self.cast.add("tono", Role.ADMIN, ("pandeglang",))
        self.cast.add("sari", Role.OFFICER)

    def ask(self, method, path, body=None, *, who=None, process=0, address=HALL, secret=None):
        cookie = f"device={secret}" if secret else self.cast.cookies[who] if who else ""
        return self.processes[process].api(method, path, body, address=address, Cookie=cookie)

    def begin(self, kind="display", **how):
        return self.ask("POST", "/pairings", {"kind": kind}, **how)

    def approve(self, code, body=WALL, site="lebak", who="rina", process=1):
        return self.ask("POST", f"/sites/{site}/pairings/{code}/approve", body, who=who, process=process)

    def poll(self, secret, process=0):
        return self.ask("GET", f"/pairings/{secret}", process=process)


@pytest.fixture
def halls(tmp_path) -> Iterator[Halls]:
    made = Halls(tmp_path)
    yield made
    for one in made.processes:
        one.close()


def test_a_new_wall_is_paired_whichever_process_each_side_asks(halls):
    begun = halls.begin(process=0)
    code, secret = begun.json["code"], begun.json["poll"]
    assert begun.status_code == 201 and len(code) == 6 and set(code) <= set(pairing.ALPHABET)
    assert halls.poll(secret, process=1).status_code == 202
    approved = halls.approve(f"{code[:3]}-{code[3:]}".lower(), WALL | {"voice": True}, process=1)
    assert (approved.status_code, approved.json["name"]) == (200, "TV pintu timur")
    became = halls.poll(secret, process=0)
    assert became.status_code == 200
    assert became.json == {
        "id": approved.json["id"],
        "name": "TV pintu timur",
        "kind": "display",
        "site": "lebak",
        "path": "/lebak/wall?voice=1",
    }
    assert halls.ask("POST", "/enrol", {"token": secret}).status_code == 204
    assert halls.ask("GET", "/device", secret=secret).json == {"kind": "display", "site": "lebak"}
    assert [one["name"] for one in halls.ask("GET", "/sites/lebak/devices", who="rina").json] == ["TV pintu timur"]


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ({"kind": "kiosk"}, "/lebak/kiosk"),
        ({"kind": "display"}, "/lebak/wall"),
        ({"kind": "display", "counter": "5"}, "/lebak/counters/5/display"),
        ({"kind": "display", "zone": "A", "voice": True}, "/lebak/wall?zone=A&voice=1"),
    ],
)
def test_it_is_told_which_page_it_is_to_show(halls, wanted, path):
    begun = halls.begin().json
    assert halls.approve(begun["code"], {"name": "Baru"} | wanted).status_code == 200
    assert halls.poll(begun["poll"]).json["path"] == path


def test_a_code_serves_once_and_a_name_too(halls):
    first, second = halls.begin().json, halls.begin().json
    assert halls.approve(first["code"]).status_code == 200
    assert halls.approve(first["code"], WALL | {"name": "Kedua"}).status_code == 404, "it is used up"
    taken = halls.approve(second["code"])
    assert (taken.status_code, taken.json["error"]["details"]["field"]) == (422, "name")
    assert halls.approve(second["code"], WALL | {"name": "Kedua"}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " x"},
        {"name": "x" * 65},
        {"name": 7},
        {"kind": "wall"},
        {"kind": None},
        {"zone": "Z"},
        {"counter": "99"},
        {"counter": "5", "voice": True},
        {"voice": "yes"},
        {"more": 1},
    ],
)
def test_what_the_hall_does_not_have_is_refused_and_the_code_stays_good(halls, wrong):
    code = halls.begin().json["code"]
    assert halls.approve(code, WALL | wrong).status_code == 422
    assert halls.approve(code).status_code == 200


def test_a_code_lives_ten_minutes(halls):
    begun = halls.begin().json
    halls.now += timedelta(minutes=9, seconds=59)
    assert halls.poll(begun["poll"]).status_code == 202
    halls.now += timedelta(seconds=1)
    assert halls.poll(begun["poll"]).status_code == 404
    assert halls.approve(begun["code"]).status_code == 404


def test_guesses_are_five_a_minute_and_then_even_the_right_code_waits(halls):
    code = halls.begin().json["code"]
    assert [halls.approve(NOWHERE).status_code for _ in range(7)] == [404] * 5 + [429] * 2
    late = halls.approve(code)
    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")
    halls.processes[1].whole.app.extensions["door"]._window.reset()  # a minute later
    assert halls.approve(code).status_code == 200


def test_a_right_code_is_no_guess_and_one_account_s_guesses_keep_nobody_else_out(halls):
    halls.cast.add("rini", Role.SUPERVISOR)
    for n in range(8):
        assert (
            halls.approve(halls.begin(address=f"10.0.0.{n}").json["code"], WALL | {"name": f"TV {n}"}).status_code
            == 200
        )
    for _ in range(5):
        halls.approve(NOWHERE)
    assert halls.approve(halls.begin().json["code"], WALL | {"name": "TV lain"}, who="rini").status_code == 200


def test_a_flood_is_stopped_at_five_of_an_address_and_at_two_hundred_in_all(halls):
    from_one = [halls.begin(process=n % 2).status_code for n in range(8)]
    assert from_one == [201] * 5 + [429] * 3, "counted over both processes"
    others = [halls.begin(address=f"10.0.{n // 5}.1").status_code for n in range(200)]
    assert others == [201] * 195 + [429] * 5
    halls.now += timedelta(minutes=10)
    assert halls.begin().status_code == 201, "those of before are over"


def test_nobody_outside_of_the_hall_s_network_shows_a_code(halls):
    assert halls.begin(address=FAR).status_code == 403
    assert halls.begin(address="not an address").status_code == 403


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("sari", 403), ("tono", 403)])
def test_a_stolen_code_is_of_no_use_to_who_keeps_no_devices_there(halls, who, status):
    begun = halls.begin().json
    assert halls.approve(begun["code"], who=who).status_code == status
    assert halls.poll(begun["poll"]).status_code == 202, "nothing has happened"
    assert halls.ask("POST", "/enrol", {"token": begun["code"]}).status_code == 401
    assert halls.ask("POST", "/enrol", {"token": begun["poll"]}).status_code == 401, "nor is the secret, before that"


def test_a_code_is_no_secret_of_anything_and_the_secret_lies_nowhere(halls):
    begun = halls.begin().json
    assert halls.poll(begun["code"]).status_code == 404
    halls.approve(begun["code"])
    for database in ("queue.db", "queue.db-wal"):
        assert begun["poll"].encode() not in (halls.cast.folder / database).read_bytes()


def test_a_device_that_is_revoked_is_no_device_to_its_own_secret(halls):
    begun = halls.begin().json
    id = halls.approve(begun["code"]).json["id"]
    assert halls.ask("POST", f"/sites/lebak/devices/{id}/revoke", {}, who="rina").status_code == 200
    assert halls.poll(begun["poll"]).status_code == 404


def test_a_stolen_secret_is_the_screen_s_own_until_it_is_revoked_and_then_nobody_s(halls):
    """A copy of it is taken for the screen, as one of any device's token is; one key ends both."""
    begun, thief = halls.begin().json, "192.168.1.66"
    wish = {"token": begun["poll"]}
    assert halls.ask("POST", "/enrol", wish, address=thief).status_code == 401, "nobody has approved anything"
    id = halls.approve(begun["code"]).json["id"]
    assert halls.ask("POST", "/enrol", wish, address=thief).status_code == 204
    assert halls.ask("GET", "/device", address=thief, secret=begun["poll"]).json == {"kind": "display", "site": "lebak"}
    assert halls.ask("GET", "/sites/lebak/hall", address=thief, secret=begun["poll"]).status_code == 403
    assert halls.ask("POST", f"/sites/lebak/devices/{id}/revoke", {}, who="rina").status_code == 200
    assert halls.ask("POST", "/enrol", wish, address=thief).status_code == 401
    assert halls.ask("GET", "/device", address=thief, secret=begun["poll"]).json == {"kind": None, "site": None}
    assert halls.approve(begun["code"], WALL | {"name": "Kedua"}).status_code == 404
    assert halls.poll(begun["poll"]).status_code == 404
