"""I-4, I-13 across processes: started at once, asked the same at once, turning the day at once, it is done once."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.trust.processes.balancer import Balancer
from tests.trust.processes.hall import Processes, within
from tests.world.ledger import check_replay, history
from tests.world.people import PASSWORD, SITE, WORKDAY, run_from, write_hall
from tests.world.pulse import Pulse
from tests.world.server import Client, Server, taken

COUNTERS = {"1": ["talk"]}
REVOKED_WITHIN_S = 2.0


@pytest.fixture(scope="module")
def two(open_processes) -> Processes:
    """A hall with two processes."""
    return open_processes(COUNTERS, officers=1, kiosks=2).start()


def kinds(server: Server, kind: str) -> list:
    """The events of one kind."""
    return [e for e in history(server, SITE) if e.kind == kind]


def test_four_that_start_at_once_on_nothing_make_one_schema_one_secret_one_day(tmp_path, cluster):
    environ = {"QUEUE_DATABASE_URL": cluster.url(cluster.create())}
    config = write_hall(tmp_path / "config", COUNTERS)
    servers = [Server(tmp_path / "data", config=config, environ=environ, name=f"process-{n}") for n in range(4)]
    run_from(servers[0], WORKDAY)
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda server: server.start(), servers))
        assert len(kinds(servers[0], "day_opened")) == len(kinds(servers[0], "configured")) == 1
        assert sorted(p.name for p in (tmp_path / "data").glob("secret*")) == ["secret"]
        ticket = servers[0].kiosk(SITE).issue(SITE, "talk").json()
        told = [Client(server).get(f"/tickets/{ticket['token']}") for server in servers]
        assert {answer.json()["number"] for answer in told} == {"A001"}
        assert {answer.json()["token"] for answer in told} == {ticket["token"]}  # the very same secret
    finally:
        for server in servers:
            if server.process is not None:
                server.kill()


def test_one_key_sent_to_two_processes_at_once_is_one_number(two):
    keys = [uuid.uuid4().hex for _ in range(60)]
    kiosks = [two.at(n).kiosks()[0] for n in (0, 1)]
    with ThreadPoolExecutor(8) as pool:
        wishes = [lambda k=kiosk, key=key: k.issue(SITE, "talk", key=key) for key in keys for kiosk in kiosks]
        asked = [pool.submit(taken, wish) for wish in wishes]
        told = [each.result() for each in asked]
    assert {answer.status_code for answer in told} <= {200, 201}
    numbers = [{a.json()["number"] for a in told[n : n + 2]} for n in range(0, len(told), 2)]
    assert all(len(pair) == 1 for pair in numbers)
    assert len(set.union(*numbers)) == len(keys) == len(kinds(two.servers[0], "issued"))
    assert sum(answer.status_code == 201 for answer in told) == len(keys)


def test_a_session_ended_at_one_process_loses_its_socket_at_the_other(two):
    officer = two.officers[0]
    desk = two.screen(1, {"screen": "desk", "counter": "1"}, officer)
    desk.hear("desk")
    other, path = two.elsewhere(1)[0], f"/sites/{SITE}/counters/1/desk"
    assert other.get(path).status_code == 200
    with Pulse(*two.servers) as pulse:
        assert officer.post("/logout").status_code == 204
        began = pulse.now()
        desk.wait(desk.is_cut)
        assert pulse.now() - began < REVOKED_WITHIN_S + 0.5
    assert other.get(path).status_code == 401


class Anywhere(Server):
    """All processes behind one address."""

    @property
    def url(self) -> str:
        """The balancer's."""
        return self.environ["address"]


def test_nobody_needs_to_be_led_back_to_the_process_where_they_were(two):
    balancer = Balancer([server.port for server in two.servers])
    door = Anywhere(two.servers[0].data, environ={"address": balancer.url})
    kiosk = Client(door, two.cast.kiosk_tokens[0])
    officer = Client(door).sign_in(two.cast.usernames[0], PASSWORD)
    for client in (kiosk, officer):
        client.http.headers["Connection"] = "close"  # each request is another connection: at another process
    screens = [two.screen_at(door, {"screen": "wall"}) for _ in range(4)]
    screens += [two.screen_at(door, {"screen": "desk", "counter": "1"}, officer) for _ in range(4)]
    assert officer.verb(SITE, "1", "open").ok
    for _ in range(3):
        assert kiosk.issue(SITE, "talk").ok
        called = officer.verb(SITE, "1", "call-next").json()
        for screen in screens[:4]:
            screen.hear("call", lambda c, r=called["revision"]: c["revision"] == r)
        for screen in screens[4:]:
            screen.hear("desk", lambda d, r=called["revision"]: d["revision"] >= r)
        assert [officer.verb(SITE, "1", verb).status_code for verb in ("serve", "finish")] == [200, 200]
    balancer.remove()


def test_midnight_comes_once_although_every_process_watches_for_it(two):
    before = len(kinds(two.servers[0], "day_opened"))
    for server in two.servers:
        run_from(server, "2026-11-24T00:00:01+07:00")
    within(60, lambda: len(kinds(two.servers[0], "day_opened")) > before, "the new day")
    time.sleep(1)
    assert [str(e.day) for e in kinds(two.servers[0], "day_opened")][before:] == ["2026-11-24"]
    assert {two.at(n).kiosks()[n].issue(SITE, "talk").json()["number"] for n in (0, 1)} == {"A001", "A002"}
    check_replay(two.servers[0], SITE)
