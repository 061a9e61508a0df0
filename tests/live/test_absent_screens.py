"""An enrolled screen that was there today and is gone is seen: by the supervisors, and by doctor."""

import re
import socket
from datetime import datetime, timedelta

import pytest

from queue_server import settings
from queue_server.operations import doctor
from tests.world.mall import MONDAY, open_mall
from tests.world.screens import eventually
from tests.world.socket import Screen

NINE = datetime.fromisoformat(MONDAY)


@pytest.fixture(scope="module")
def mall_server(tmp_path_factory):
    """A server of its own: a screen that another test has shown, and closed, would be missed here."""
    mall = open_mall(tmp_path_factory.mktemp("mall"))
    yield mall
    mall.server.kill()


@pytest.fixture
def enrol(mall):
    """Add devices: their tokens. In the end the clock is put right."""

    def add(name, kind):
        printed = mall.server.cli_here("device", "add", name, "--kind", kind, "--site", "lebak")
        return re.search(r"token: (\S+)", printed)[1]

    yield add
    mall.server.set_clock(MONDAY)


def later(mall, **span):
    """Turn the clock on from nine; the new time."""
    now = NINE + timedelta(**span)
    mall.server.set_clock(now.isoformat())
    return now


def missed(mall, now, who="wati"):
    """name -> (what it showed, seconds of silence) of the screens that are an alarm by now."""
    alarms = mall.person(who).get("/sites/lebak/hall").json()["alarms"]
    due = [one for one in alarms if one["kind"] == "device" and datetime.fromisoformat(one["at"]) <= now]
    return {one["name"]: (one["screen"], one["counter"], one["value"]) for one in due}


def doctor_says(mall, now):
    """Its lines about screens."""
    told = settings.load(None, environ={})
    lines = [f"{one.level} {one.said}" for one in doctor.examine(told, mall.server.data, lambda: now)]
    return [line for line in lines if "screen" in line and "heard" in line]


def spoke(mall, screen, now):
    """Let a display say what it shows, and wait until that has arrived."""
    screen.say("seen", {"revision": 0, "sound": None})
    eventually(lambda: missed(mall, now), {})


def test_a_display_that_is_cut_off_is_an_alarm_after_a_minute_until_it_comes_back(mall, enrol):
    cookie = {"Cookie": f"device={enrol('Dinding lobi', 'display')}"}
    wall = Screen(mall, {"site": "lebak", "screen": "wall"}, **cookie)
    wall.hear("board")
    now = later(mall, seconds=90)
    assert missed(mall, now) == {"Dinding lobi": ("wall", None, 90)}, "connected, and its page stands still"
    spoke(mall, wall, now)
    wall.client.eio.ws.sock.shutdown(socket.SHUT_RDWR)  # a pulled plug: it says no farewell
    assert missed(mall, later(mall, seconds=140)) == {}
    now = later(mall, seconds=151)
    assert missed(mall, now) == {"Dinding lobi": ("wall", None, 61)}
    assert missed(mall, now, "lina") == {}, "the hall's walls are not one agency's to see to"
    assert doctor_says(mall, now) == ["warn lebak: the screen 'Dinding lobi' was last heard at 09:01: is it on?"]
    back = Screen(mall, {"site": "lebak", "screen": "counter", "counter": "5"}, **cookie)
    eventually(lambda: missed(mall, now), {})
    assert any("every enrolled screen" in line for line in doctor_says(mall, now))
    back.close()
    now = later(mall, minutes=30)
    assert missed(mall, now, "lina").keys() == {"Dinding lobi"}, "it is the display of her agency's counter by now"
    assert missed(mall, later(mall, hours=8)) == {}, "nobody misses it when the hall is closed"


def test_a_kiosk_that_asks_no_more_is_an_alarm_until_it_is_revoked(mall, enrol):
    token = enrol("Kios pintu", "kiosk")
    kiosk = mall.caller()
    kiosk.http.cookies["device"] = token
    assert kiosk.get("/device").json() == {"kind": "kiosk", "site": "lebak"}
    now = later(mall, minutes=3)
    assert missed(mall, now) == {"Kios pintu": ("kiosk", None, 180)}
    mall.server.cli_here("device", "revoke", "Kios pintu", "--site", "lebak")
    assert missed(mall, now) == {}
    assert not [line for line in doctor_says(mall, now) if "Kios pintu" in line]
