"""The hosts of PostgreSQL and Redis vanish under a working hall: their packets are dropped, nothing is refused."""

import pytest
import requests

from tests.trust.processes.hall import Processes, within
from tests.world.cable import Cable
from tests.world.ledger import check_replay
from tests.world.people import SITE
from tests.world.pulse import Pulse

TAKEN_OVER_S = 25.0  # by the second host: as promised; in truth some eight seconds
NOTICED_S = 30.0  # that Redis is gone: two questions of five seconds that nobody answers


@pytest.fixture
def cables(cluster, valkey):
    """The lines to PostgreSQL and to Redis."""
    made = [Cable(cluster.port), Cable(valkey.port)]
    yield made
    for cable in made:
        cable.come_back()
        cable.remove()


def hall_over(open_processes, cluster, cables) -> Processes:
    """A hall of one process that reaches its database by a cable, else directly, and Redis by another cable."""
    database, redis = cables
    hosts = f"host=127.0.0.1:{database.port}&host=127.0.0.1:{cluster.port}"
    there = {
        "QUEUE_DATABASE_URL": f"postgresql://antrean@/{cluster.create()}?{hosts}",
        "QUEUE_MESSAGE_QUEUE_URL": f"redis://127.0.0.1:{redis.port}/0",
    }
    return open_processes({"1": ["talk"]}, there, officers=1, processes=1).start()


def nudged(hall: Processes, up: bool) -> bool:
    """Whether the process says that it hears nudges, or does not."""
    return f"antrean_message_queue_up {float(up)}" in requests.get(f"{hall.servers[0].url}/metrics", timeout=60).text


def test_a_hall_goes_on_within_seconds_on_the_host_that_is_left(open_processes, cluster, cables):
    """946 s without a number, called or taken, before; and Redis believed alive for as long."""
    hall = hall_over(open_processes, cluster, cables)
    kiosk, wall = hall.at(0).kiosks()[0], hall.screen(0, {"screen": "wall"})
    assert kiosk.issue(SITE, "talk").status_code == 201
    within(60, lambda: nudged(hall, True), "nudges")
    with Pulse(*hall.servers) as pulse:
        for cable in cables:
            cable.vanish()
        began = pulse.now()
        while (answer := kiosk.issue(SITE, "talk")).status_code != 201:
            assert answer.status_code == 503 and pulse.now() - began < TAKEN_OVER_S
        assert pulse.now() - began < TAKEN_OVER_S
        assert wall.hear("board", lambda b: b["revision"] >= answer.json()["revision"])
        assert pulse.now() - began < TAKEN_OVER_S + 10
        assert kiosk.issue(SITE, "talk").status_code == 201
        within(120, lambda: nudged(hall, False), "that Redis is gone")
        assert pulse.now() - began < NOTICED_S + TAKEN_OVER_S
    cables[1].come_back()
    within(120, lambda: nudged(hall, True), "nudges after Redis came back")
    check_replay(hall.servers[0], SITE)
