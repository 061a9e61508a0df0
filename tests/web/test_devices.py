"""The registry: how each enrolled screen is, what its keepers may ask of it, and when it is an alarm."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from queue_server.commands import admin
from queue_server.domain.absence import Place
from queue_server.domain.devices import DeviceTest, Said
from queue_server.domain.roles import Role
from queue_server.store import schema
from queue_server.store.transaction import ALL_SITES
from tests.world.counting import statements
from tests.world.in_process import NINE, InProcess

DEVICES = "/sites/lebak/devices"


class Keeper(InProcess):
    """MPP Lebak, with who keeps its screens before it, and a clock that tests turn."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.add("wati", Role.SUPERVISOR)
        self.add("lina", Role.SUPERVISOR, agencies=("dukcapil",))
        screens = (("Kios 1", Role.KIOSK), ("TV A", Role.DISPLAY), ("TV B", Role.DISPLAY))
        self.devices = {name: self.enrol(name, kind) for name, kind in screens}

    def start(self) -> None:
        """A server begins on the folder, and looks."""
        super().start()
        self.whole.keeper.look()

    def sign_in_anew(self) -> None:
        """Everybody, on this day."""
        for name in ("wati", "lina"):
            self.on_server(admin.sign_out, self.cookies[name].partition("=")[2])
            self.begin_session(name)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)
        self.whole.keeper.look()

    def speak(self, name: str, shows="wall", counter=None, tested=None, **said) -> None:
        """A screen says something of itself, and that is kept."""
        place = Place(self.devices[name], "lebak", shows, counter)
        said = Said(**{"build": self.house.build} | said)
        self.house.seen.hear(place, said=said, tested=tested)
        self.whole.keeper.look()

    def registry(self) -> dict[str, dict]:
        answer = self.api("GET", DEVICES, who="wati")
        assert answer.status_code == 200, answer.data
        return {one["name"]: one for one in answer.json}

    def states(self) -> dict[str, str]:
        return {name: one["state"] for name, one in self.registry().items()}

    def alarms(self, who="wati") -> dict[str, tuple[str, str]]:
        found = self.api("GET", "/sites/lebak/alarms", who=who).json
        return {one["name"]: (one["fault"], one["since"]) for one in found if one["kind"] == "device"}


@pytest.fixture
def keeper(tmp_path) -> Iterator[Keeper]:
    made = Keeper(tmp_path)
    yield made
    made.close()


def moment(**span: float) -> str:
    return (NINE + timedelta(**span)).isoformat()


def same_time(one: str, other: str) -> bool:
    return datetime.fromisoformat(one) == datetime.fromisoformat(other)


def test_a_screen_is_told_in_one_word_and_an_alarm_within_a_minute(keeper):
    assert keeper.states() == {"Kios 1": "unknown", "TV A": "unknown", "TV B": "unknown"}
    keeper.speak("TV A", sound=True, screen="1920x1080", clock_s=3)
    keeper.speak("TV B", shows="counter", counter="5")
    one = keeper.registry()["TV A"]
    assert (one["state"], one["screen"], one["sound"], one["clock_s"]) == ("well", "1920x1080", True, 3)
    assert same_time(one["since"], moment()) and same_time(one["seen"], moment())
    assert keeper.registry()["TV B"]["counter"] == "5"
    keeper.later(seconds=30)
    keeper.speak("TV A", sound=True)
    assert keeper.states() == {"Kios 1": "unknown", "TV A": "well", "TV B": "late"}
    assert keeper.alarms() == {}
    keeper.later(seconds=30)
    assert keeper.states()["TV B"] == "dead"
    assert keeper.alarms().keys() == keeper.alarms("lina").keys() == {"TV B"}, "lina sees to counter 5"
    keeper.speak("TV B", shows="counter", counter="5")
    assert keeper.alarms() == {} and keeper.states()["TV B"] == "well"
    assert same_time(keeper.registry()["TV B"]["since"], moment(seconds=60)), "it has come back just now"


def test_a_wall_that_should_speak_and_cannot_is_an_alarm_in_opening_hours_only(keeper):
    keeper.speak("TV A", sound=False)
    assert keeper.states()["TV A"] == "mute" and keeper.alarms() == {}
    keeper.later(seconds=40)
    keeper.speak("TV A", sound=False)
    fault, since = keeper.alarms()["TV A"]
    assert fault == "mute" and same_time(since, moment())
    assert keeper.alarms("lina") == {}, "the hall's walls are not one agency's to see to"
    keeper.later(hours=8)
    keeper.speak("TV A", sound=False)
    keeper.later(seconds=40)
    keeper.speak("TV A", sound=False)
    assert keeper.states()["TV A"] == "mute" and keeper.alarms() == {}, "at five nobody waits"
    keeper.later(hours=-7)
    keeper.speak("TV A", sound=True)
    assert keeper.states()["TV A"] == "well" and keeper.alarms() == {}


def test_a_mute_wall_that_goes_is_missed_once(keeper):
    keeper.speak("TV A", sound=False)
    keeper.later(seconds=90)
    assert [fault for fault, _ in keeper.alarms().values()] == ["dead"]


def test_a_page_of_another_build_is_old(keeper):
    keeper.speak("TV A", build="of before")
    assert keeper.states()["TV A"] == "old"


def test_a_hall_in_which_nothing_changes_writes_nothing(keeper):
    keeper.speak("TV A", sound=True, clock_s=0)
    with statements() as asked:
        for second in range(10, 200, 10):
            keeper.now = NINE + timedelta(seconds=second)
            keeper.speak("TV A", sound=True, clock_s=second % 3)
    assert [line for line in asked if not line.startswith("SELECT")] == []
    with statements() as asked:
        keeper.speak("TV A", sound=False)
    assert any("presence" in line for line in asked if line.startswith("INSERT")), "the control"


def test_what_is_known_outlives_the_server_and_a_screen_that_does_not_come_back_is_missed(keeper):
    keeper.speak("TV A", sound=True)
    keeper.speak("TV B")
    keeper.later(minutes=5)
    keeper.speak("TV A", sound=True)
    assert keeper.states() == {"Kios 1": "unknown", "TV A": "well", "TV B": "dead"}
    keeper.close()
    keeper.start()
    gone = keeper.registry()["TV B"]
    assert gone["state"] == "dead" and same_time(gone["since"], moment())
    keeper.later(seconds=30)
    assert keeper.alarms() == {}
    keeper.later(seconds=40)
    assert keeper.alarms().keys() == {"TV A"}, "it was there until the server stopped, and has not come"
    assert keeper.states()["TV A"] == "dead"


def test_a_screen_of_yesterday_is_off_on_purpose(keeper):
    keeper.speak("TV A")
    keeper.close()
    keeper.now += timedelta(days=1)
    keeper.start()
    keeper.later(minutes=5)
    keeper.sign_in_anew()
    one = keeper.registry()["TV A"]
    assert one["state"] == "dead" and same_time(one["since"], moment()) and keeper.alarms() == {}


@pytest.mark.parametrize(
    ("result", "ok", "value"), [(DeviceTest(0, True, 12), True, 12), (DeviceTest(0, False), False, None)]
)
def test_a_test_is_asked_for_and_its_answer_stands_in_the_registry(keeper, result, ok, value):
    keeper.speak("TV A")
    asked = keeper.api("POST", f"{DEVICES}/{keeper.devices['TV A']}/test", {"kind": "network"}, who="wati")
    assert asked.status_code == 202
    assert asked.json["last_test"] == {
        "at": asked.json["last_test"]["at"],
        "kind": "network",
        "ok": None,
        "value": None,
    }
    id = _last_event(keeper)["revision"]
    keeper.speak("TV A", tested=DeviceTest(id - 1, True, 1))
    assert keeper.registry()["TV A"]["last_test"]["ok"] is None, "an answer to another question"
    keeper.speak("TV A", tested=DeviceTest(id, ok, value))
    last = keeper.registry()["TV A"]["last_test"]
    assert (last["kind"], last["ok"], last["value"]) == ("network", ok, value)


@pytest.mark.parametrize("act", ["reload", "identify", "revoke"])
def test_whatever_is_wanted_of_a_screen_is_in_the_record_with_who_wanted_it(keeper, act):
    answer = keeper.api("POST", f"{DEVICES}/{keeper.devices['TV A']}/{act}", {}, who="wati")
    assert answer.status_code == (200 if act == "revoke" else 202)
    last = _last_event(keeper)
    assert (last["kind"], last["by"]) == ("device_revoked" if act == "revoke" else "device_asked", "wati")
    assert ("TV A" in keeper.registry()) is (act != "revoke")


def test_a_revoked_device_may_do_nothing_and_asks_in_vain(keeper):
    path = f"{DEVICES}/{keeper.devices['Kios 1']}"
    assert keeper.api("POST", f"{path}/revoke", {}, who="wati").status_code == 200
    said = keeper.api("GET", "/device", Authorization=f"Bearer {keeper.tokens['Kios 1']}")
    assert said.json == {"kind": None, "site": None}
    for act in ("revoke", "identify"):
        assert keeper.api("POST", f"{path}/{act}", {}, who="wati").status_code == 404


@pytest.mark.parametrize("path", ["x", "x/../y", "%00", "9" * 300])
def test_a_device_that_there_is_not_is_not_found(keeper, path):
    assert keeper.api("POST", f"{DEVICES}/{path}/identify", {}, who="wati").status_code == 404


def test_another_hall_s_device_is_not_found(keeper):
    path = DEVICES.replace("lebak", "pandeglang")
    assert keeper.api("POST", f"{path}/{keeper.devices['TV A']}/revoke", {}, who="wati").status_code == 403
    assert keeper.api("GET", DEVICES, who="lina").status_code == 403, "the whole hall's, not one agency's"


@pytest.mark.parametrize("kind", ["smell", "", None, 7])
def test_there_are_four_tests(keeper, kind):
    path = f"{DEVICES}/{keeper.devices['TV A']}/test"
    assert keeper.api("POST", path, {"kind": kind}, who="wati").status_code == 422


def _last_event(keeper):
    e = schema.event
    with keeper.house.reader.connect() as conn, conn.begin():
        found = select(e).where(e.c.site == ALL_SITES).order_by(e.c.epoch.desc(), e.c.revision.desc()).limit(1)
        return conn.execute(found).mappings().one()
