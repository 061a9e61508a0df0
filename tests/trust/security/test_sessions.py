"""What is taken from somebody is gone within two seconds: pages, verbs and open sockets."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from queue_server import data_folder, settings
from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.live.revocation import Leases, Watch
from queue_server.perform import Performer
from queue_server.store.accounts import Account
from queue_server.store.ids import new_id, new_token
from queue_server.store.passwords import HASHER
from queue_server.store.transaction import ALL_SITES
from tests.world.mall import MONDAY, PASSWORD, Caller, Mall, open_mall
from tests.world.pulse import Pulse
from tests.world.serve import FileClock
from tests.world.socket import Refused, Screen

WITHIN_S = 2.0
ENDED = "sessions ended, their sockets closed within 2 s"
DESK = "/sites/lebak/counters/5/desk"


class Outside:
    """Another process beside the server, as the command line is: it only shares the database."""

    def __init__(self, mall: Mall) -> None:
        self.mall, self.writer, self.reader = mall, *_opened(mall)
        self.pulse = Pulse(mall.server).__enter__()
        told = settings.load(None, environ={})
        self.perform: Performer = data_folder.make_performer(
            told, mall.server.data, self.writer, FileClock(mall.server.clock_file)
        )

    def leave(self) -> None:
        """It ends."""
        self.pulse.__exit__()
        self.writer.dispose()
        self.reader.dispose()

    def officer(self, name: str) -> Caller:
        """A new officer, signed in over HTTP."""
        new = Account(new_id(), name, name, Role.OFFICER.only, HASHER.hash(PASSWORD), ("lebak",), ("dukcapil",))
        self.perform(ALL_SITES, lambda tx: admin.add_account(tx, new))
        return self.mall.caller().sign_in(name, PASSWORD)

    def device(self, name: str, kind: Role) -> str:
        """A new device's token."""
        token = new_token()
        self.perform(ALL_SITES, lambda tx: admin.add_device(tx, name, kind, "lebak", token))
        return token


def _opened(mall: Mall) -> tuple[Engine, Engine]:
    return data_folder.open_store(settings.load(None, environ={}), mall.server.data)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """A server of these tests' own, and the process beside it."""
    mall = open_mall(tmp_path_factory.mktemp("sessions"))
    made = Outside(mall)
    yield made
    made.leave()
    mall.server.kill()


def desk_of(mall: Mall, who: Caller) -> Screen:
    """An officer's page: its socket, which was told the desk."""
    screen = Screen(mall, {"site": "lebak", "screen": "desk", "counter": "5"}, who)
    screen.hear("desk")
    return screen


def cut_after(outside: Outside, screen: Screen, seconds: float = 6) -> float:
    """How long until the server hung up, by its own pulse."""
    began = outside.pulse.now()
    while not screen.is_cut():
        assert outside.pulse.now() - began < seconds, "the socket is still there"
        time.sleep(0.02)
    return outside.pulse.now() - began


def log_out(outside: Outside, name: str, who: Caller) -> None:
    assert who.post("/logout", Origin=outside.mall.server.url).status_code == 204


def disable(outside: Outside, name: str, who: Caller) -> None:
    outside.perform(ALL_SITES, lambda tx: admin.disable_account(tx, name))


@pytest.mark.parametrize("end", [log_out, disable])
def test_an_ended_session_takes_its_sockets_with_it(outside, end, figure):
    """All at once would be one look of the server: each round begins at another moment of its second."""
    row = figure("F14", ENDED)
    rounds = row.size(ci=20, night=660)  # of either way to end: with both, 1,300
    names = [f"{end.__name__}-{n}" for n in range(rounds)]
    people = {name: outside.officer(name) for name in names}
    cookies = {name: f"session={who.http.cookies['session']}" for name, who in people.items()}
    screens = {name: desk_of(outside.mall, who) for name, who in people.items()}
    took: list[float] = []

    def one_round(name: str) -> None:
        end(outside, name, people[name])
        took.append(cut_after(outside, screens[name]))

    threads = [threading.Thread(target=one_round, args=[name]) for name in names]
    for thread in threads:
        thread.start()
        time.sleep(0.09)
    for thread in threads:
        thread.join()
    row.count(rounds, lost=rounds - sum(s <= WITHIN_S for s in took))
    row.note(f"slowest {max(took):.2f} s by {'signing out' if end is log_out else 'disabling the account'}")
    assert len(took) == rounds and max(took) <= WITHIN_S, took
    for cookie in cookies.values():
        thief = outside.mall.caller()
        thief.http.headers["Cookie"] = cookie
        assert thief.get(DESK).status_code == 401
    with pytest.raises(Refused, match="unauthorized"):
        Screen(outside.mall, {"site": "lebak", "screen": "desk", "counter": "5"}, None, Cookie=cookies[names[0]])


def test_a_revoked_device_is_put_out(outside):
    tokens = {kind: outside.device(f"a {kind.value}", kind) for kind in (Role.KIOSK, Role.DISPLAY)}
    wall = {"site": "lebak", "screen": "wall"}
    screens = [Screen(outside.mall, wall, None, Cookie=f"device={token}") for token in tokens.values()]
    bystander = Screen(outside.mall, wall)
    for screen in (*screens, bystander):
        screen.hear("board")
    kiosk = outside.mall.caller(tokens[Role.KIOSK])
    assert kiosk.issue("lebak", "ktp-cetak").status_code == 201
    for kind in tokens:
        outside.perform(ALL_SITES, lambda tx, kind=kind: admin.revoke_device(tx, "lebak", f"a {kind.value}"))
    assert max(cut_after(outside, screen) for screen in screens) <= WITHIN_S
    assert kiosk.issue("lebak", "ktp-cetak").status_code == 401
    assert not bystander.is_cut()
    bystander.close()


def test_the_command_line_beside_the_server_does_it_too(outside):
    who = outside.officer("nanang")
    screen, bystander = desk_of(outside.mall, who), desk_of(outside.mall, outside.mall.sari)
    outside.mall.server.cli("user", "disable", "nanang")
    assert cut_after(outside, screen) <= WITHIN_S
    assert who.get(DESK).status_code == 401
    assert not bystander.is_cut() and outside.mall.sari.get(DESK).status_code == 200
    bystander.close()


def test_after_twelve_hours_a_session_is_over_without_anybody_s_doing(outside):
    who = outside.officer("asep")
    screen = desk_of(outside.mall, who)
    outside.mall.server.set_clock(MONDAY.replace("T09:00:00", "T20:59:00"))
    time.sleep(1.5)
    assert not screen.is_cut() and who.get(DESK).status_code == 200
    outside.mall.server.set_clock(MONDAY.replace("T09:00:00", "T21:00:00"))
    assert cut_after(outside, screen) <= WITHIN_S
    assert who.get(DESK).status_code == 401
    outside.mall.server.set_clock(MONDAY)


@pytest.mark.night
def test_control_a_server_that_looks_at_nothing_is_noticed(tmp_path: Path, figure):
    mall = open_mall(tmp_path, environ={"TEST_SABOTAGE": "sessions_that_stay"})
    outside = Outside(mall)
    try:
        screen = desk_of(mall, outside.officer("dadang"))
        disable(outside, "dadang", None)
        with pytest.raises(AssertionError, match="still there"):
            cut_after(outside, screen, WITHIN_S)
        figure("F14", ENDED).caught("a server that never looks again", "the socket stayed")
    finally:
        outside.leave()
        mall.server.kill()


class _Counting:
    """A reader that counts how often it was asked."""

    def __init__(self, reader: Engine) -> None:
        self.reader, self.asked = reader, 0

    def connect(self):
        self.asked += 1
        return self.reader.connect()


def test_a_quiet_second_costs_one_small_read(outside):
    reader, leases, ended = _Counting(outside.reader), Leases(), []
    house = SimpleNamespace(reader=reader, clock=outside.perform.clock)
    watch = Watch(house, leases, ended.append)
    watch.look()
    assert reader.asked == 0, "nobody is there"
    leases.take("one", outside.mall.wati.http.cookies["session"])
    leases.take("two", "made-up")
    watch.look()
    assert (reader.asked, ended) == (2, ["two"])
    for _ in range(10):
        watch.look()
    assert reader.asked == 12 and ended == ["two"]
