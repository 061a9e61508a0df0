"""A hall of three processes is changed at one of them: none decides on yesterday's hall, every screen hears of it."""

import copy

import pytest

from tests.trust.processes.hall import ELSEWHERE_S, Processes, within
from tests.world.people import SITE
from tests.world.server import Client

PATH = f"/sites/{SITE}/structure"


@pytest.fixture(scope="module")
def three(open_processes) -> Processes:
    """A hall with three processes."""
    return open_processes({"1": ["talk"], "2": ["talk", "form"]}, officers=1, processes=3).start()


@pytest.fixture(scope="module")
def admins(three) -> list[Client]:
    """One admin, at each of the processes."""
    first = three.servers[0].officer("boss", site=SITE, role="admin")
    found = []
    for server in three.servers:
        other = Client(server)
        other.http.cookies.update(first.http.cookies)
        other.http.headers["Origin"] = server.url
        found.append(other)
    return found


def changed(admin: Client, service: str, **values: object) -> tuple[dict, int]:
    """The structure in force with some values of a service replaced, and its version."""
    seen = admin.get(PATH).json()
    new = copy.deepcopy(seen["structure"])
    next(one for one in new["services"] if one["id"] == service).update(values)
    return new, seen["version"]


def save(admin: Client, new: dict, based_on: int):
    """Somebody saves a structure."""
    return admin.put(PATH, {"structure": new, "based_on": based_on})


def test_the_next_number_at_any_process_goes_by_the_new_hall(three, admins):
    for n, admin in enumerate(admins):
        for kiosk in (False, True):
            answer = save(admin, *changed(admin, "form", kiosk=kiosk))
            assert answer.status_code == 200, answer.text
            for other in range(3):  # at once: the statement that locks the site says which hall it is
                given = three.at(n + other).kiosks()[0].issue(SITE, "form")
                assert given.status_code == (201 if kiosk else 409), (n, other, given.text)


def test_screens_of_every_process_hear_the_new_version(three, admins):
    walls = [three.screen(n, {"screen": "wall"}) for n in range(3)]
    assert save(admins[1], *changed(admins[1], "talk", name="Bicara")).status_code == 200
    version = admins[1].get(PATH).json()["version"]
    for wall in walls:
        within(ELSEWHERE_S, lambda w=wall: any(b["structure"] == version for b in w.documents("board")), "told")


def test_of_two_admins_at_two_processes_one_is_told_and_nothing_is_lost(three, admins):
    seen = changed(admins[0], "talk", target_minutes=7)
    assert save(admins[0], *seen).status_code == 200
    late = save(admins[2], *(changed(admins[2], "talk", target_minutes=9)[0], seen[1]))
    assert (late.status_code, late.json()["error"]["details"]["paths"]) == (409, ["services.talk.target_minutes"])
    for admin in admins:
        made = admin.get(PATH).json()["structure"]["services"]
        assert {s["id"]: s.get("target_minutes") for s in made}["talk"] == 7
