"""What is wanted of an enrolled screen reaches it, and nobody else; a screen that was revoked is told so."""

import contextlib
import re

import pytest

from tests.world.screens import eventually
from tests.world.socket import Screen

DEVICES = "/sites/lebak/devices"
WALL = {"site": "lebak", "screen": "wall"}


@pytest.fixture
def enrolled(mall):
    """(id, cookie header) of a device of that name and kind."""

    def add(name, kind):
        token = re.search(
            r"token: (\S+)", mall.server.cli_here("device", "add", name, "--kind", kind, "--site", "lebak")
        )
        found = {one["name"]: one["id"] for one in mall.person("wati").get(DEVICES).json()}
        return found[name], {"Cookie": f"device={token[1]}"}

    return add


@pytest.fixture
def open_screen(mall):
    with contextlib.ExitStack() as opened:

        def open(auth, **headers):
            screen = Screen(mall, auth, **headers)
            opened.callback(screen.close)
            return screen

        yield open


def state(mall, device):
    """What its keeper reads of a device."""
    found = {one["id"]: one for one in mall.person("wati").get(DEVICES).json()}
    return found.get(device)


def test_a_test_reaches_its_screen_alone_and_its_answer_the_registry(mall, enrolled, open_screen):
    id, cookie = enrolled("TV uji", "display")
    other_id, other = enrolled("TV lain", "display")
    wall, elsewhere, nobody = open_screen(WALL, **cookie), open_screen(WALL, **other), open_screen(WALL)
    assert wall.hear("device") == {"id": id, "name": "TV uji", "kind": "display", "site": "lebak"}
    elsewhere.hear("device", lambda d: d["id"] == other_id)
    wall.say("seen", {"revision": 0, "sound": False, "build": "b1", "screen": "1366x768", "clock_s": 4})
    eventually(lambda: (state(mall, id)["state"], state(mall, id)["screen"]), ("mute", "1366x768"))
    answer = mall.person("wati").post(f"{DEVICES}/{id}/test", {"kind": "clock"})
    assert (answer.status_code, answer.json()["last_test"]["ok"]) == (202, None)
    ask = wall.hear("ask")
    assert (ask["act"], ask["test"]) == ("test", "clock")
    wall.say("seen", {"revision": 0, "sound": True, "test": {"id": ask["id"], "ok": True, "value": 4}})
    eventually(lambda: state(mall, id)["last_test"] | {"at": ""}, {"at": "", "kind": "clock", "ok": True, "value": 4})
    mall.person("wati").post(f"{DEVICES}/{other_id}/identify", {})
    assert elsewhere.hear("ask")["act"] == "identify"
    assert len(wall.documents("ask")) == 1 and nobody.kinds() == {"board"}


def test_a_kiosk_connects_as_a_device_and_is_asked_as_one(mall, enrolled, open_screen):
    id, cookie = enrolled("Kios uji", "kiosk")
    kiosk = open_screen({"site": "lebak", "screen": "device"}, **cookie)
    kiosk.hear("board")
    eventually(lambda: (state(mall, id)["state"], state(mall, id)["shows"]), ("well", "kiosk"))
    mall.person("wati").post(f"{DEVICES}/{id}/reload", {})
    assert kiosk.hear("ask")["act"] == "reload"


def test_a_revoked_screen_is_told_and_told_again_when_it_comes_back(mall, enrolled, open_screen):
    id, cookie = enrolled("TV curian", "display")
    wall = open_screen(WALL, **cookie)
    wall.hear("device")
    assert mall.person("wati").post(f"{DEVICES}/{id}/revoke", {}).status_code == 200
    wall.wait(wall.is_cut)  # told before it is cut off: nothing can come after
    assert wall.documents("ask") == [{"id": 0, "act": "revoked", "test": None}]
    back = open_screen(WALL, **cookie)
    assert back.hear("ask") == {"id": 0, "act": "revoked", "test": None}
    assert "device" not in back.kinds() and state(mall, id) is None


@pytest.mark.parametrize("wrong", [{"site": "pandeglang", "screen": "wall"}, {"site": "lebak", "screen": "device"}])
def test_a_device_is_one_at_its_own_hall_and_of_its_own_kind(mall, enrolled, open_screen, wrong):
    id, cookie = enrolled(f"TV {wrong['site']} {wrong['screen']}", "display")
    screen = open_screen(wrong, **cookie)
    screen.hear("board")
    assert state(mall, id)["state"] == "unknown" and "device" not in screen.kinds()
