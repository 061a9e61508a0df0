"""Each follower is run by one process of several; when that one is killed another goes on, and nothing is missed."""

import re
import subprocess
from datetime import UTC, datetime

import pytest
import requests
from sqlalchemy import update

from queue_server.followers.stays import FOLLOWER
from queue_server.store import cursors, schema
from queue_server.store import stays as rows
from queue_server.store.engine import open_writer
from tests.trust.processes.hall import Processes, within
from tests.trust.processes.looks import LOOKS
from tests.world.ledger import check_replay, reading
from tests.world.people import SITE, Cast, cast, run_from, write_hall
from tests.world.people import WORKDAY as MORNING
from tests.world.server import Server

TAKEN_OVER_WITHIN_S = 60.0  # a lease of 15 s, and a busy machine
NOON = "2026-11-23T12:00:00+07:00"
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def three(open_processes) -> Processes:
    """A hall with three processes."""
    return open_processes({"1": ["talk"], "2": ["talk"]}, officers=1, processes=3).start()


def gauge(server: Server, name: str) -> float:
    """What a process says of the stays of the hall."""
    text = requests.get(f"{server.url}/metrics", timeout=60).text
    found = re.search(rf'^antrean_follower_{name}{{follower="stays",site="{SITE}"}} (\S+)$', text, re.MULTILINE)
    return float(found[1])


def standing(server: Server) -> cursors.Standing:
    """Where it stands, by the database."""
    with reading(server) as conn:
        return cursors.standing(conn, FOLLOWER.name, SITE)


def is_level(server: Server) -> bool:
    """Whether nothing is left to do."""
    return standing(server).behind == 0


def wrong(server: Server) -> int:
    """How many tickets' stays are not what their events say."""
    with reading(server) as conn:
        return sum(rows.differences(conn, SITE, day, (2**62, 0)) for day in rows.days(conn, SITE))


def issue(people: Cast, count: int) -> None:
    """So many numbers."""
    for _ in range(count):
        assert people.kiosks()[0].issue(SITE, "talk").status_code == 201


def test_of_three_processes_one_runs_it_and_when_that_is_killed_another_goes_on(three):
    for n in range(3):
        issue(three.at(n), 5)
    within(TAKEN_OVER_WITHIN_S, lambda: is_level(three.servers[0]), "followed")
    within(TAKEN_OVER_WITHIN_S, lambda: [gauge(s, "runs_here") for s in three.servers].count(1) == 1, "one says so")
    (first,) = (s for s in three.servers if gauge(s, "runs_here"))
    assert wrong(first) == 0
    within(TAKEN_OVER_WITHIN_S, lambda: not any(gauge(s, "lag_revisions") for s in three.servers), "all have seen it")
    first.kill()
    others = [n for n in range(3) if three.servers[n] is not first]
    issue(three.at(others[0]), 5)
    lags = within(TAKEN_OVER_WITHIN_S, lambda: gauge(three.servers[others[1]], "lag_revisions"), "the lag is seen")
    assert 1 <= lags <= 5
    assert "behind, the next of" in three.servers[others[0]].cli("followers")
    within(TAKEN_OVER_WITHIN_S, lambda: is_level(three.servers[others[0]]), "taken over")
    seen, alive = standing(three.servers[others[0]]), [three.servers[n] for n in others]
    within(TAKEN_OVER_WITHIN_S, lambda: [gauge(s, "runs_here") for s in alive].count(1) == 1, "another says so")
    within(TAKEN_OVER_WITHIN_S, lambda: not any(gauge(s, "lag_revisions") for s in alive), "and both say it")
    assert wrong(alive[0]) == 0
    assert seen.runner is not None and f":{first.process.pid}:" not in seen.runner
    log = "".join(s.data.parent.joinpath(f"{s.data.name}.log").read_text() for s in alive)
    assert "follower_taken_over" in log
    check_replay(alive[0], SITE)


# -- the keeping of sites


def two_halls(tmp_path, cluster, sabotage: str) -> tuple[Server, Server, Cast]:
    """Two servers with unlike site files on one PostgreSQL; the second's people."""
    environ = {"QUEUE_DATABASE_URL": cluster.url(cluster.create())}
    ours = write_hall(tmp_path / "config", {"1": ["talk"]})
    theirs = write_hall(tmp_path / "other", {"1": ["talk"]})
    file = ours / "sites" / f"{SITE}.toml"
    file.write_text(file.read_text().replace(f'id = "{SITE}"', 'id = "another"', 1))
    made = [
        Server(tmp_path / "ours", config=ours, environ=environ | {"TEST_SABOTAGE": sabotage}),
        Server(tmp_path / "theirs", config=theirs, environ=environ),
    ]
    for server in made:
        run_from(server, MORNING)
    people = cast(made[1], SITE, officers=1, kiosks=1)
    return made[0].start(), made[1].start(), people


def looked(server: Server, times: int = 3) -> None:
    """Wait until the server has looked so often more for sites that were left."""
    file = server.data / LOOKS
    count = lambda: int(file.read_text() or 0) if file.exists() else 0  # noqa: E731
    before = count()
    within(TAKEN_OVER_WITHIN_S, lambda: count() >= before + times, "looked")


def is_open(server: Server) -> bool:
    """Whether somebody sits at the second hall's counter."""
    with reading(server) as conn:
        return conn.execute(schema.counter.select().where(schema.counter.c.site == SITE)).one().officer is not None


@pytest.fixture
def end():
    """Whatever a test started goes with it."""
    started: list[Server] = []
    yield started.append
    for server in started:
        if server.process.poll() is None:
            server.kill()


def test_a_site_that_another_server_serves_keeps_its_counters_however_quiet_it_is(tmp_path, cluster, end):
    ours, theirs, people = two_halls(tmp_path, cluster, "trust.processes.looks.quick_looks")
    end(ours), end(theirs)
    officer = people.officers()[0]
    issue(people, 1)
    assert officer.verb(SITE, "1", "open").status_code == 200
    assert officer.verb(SITE, "1", "call-next").status_code == 200
    run_from(ours, NOON)  # three hours in which nothing happens there
    looked(ours)
    assert is_open(theirs)
    said = ours.cli("followers") + _doctor(ours)
    assert f"{SITE}: not in this configuration, but served by" in said
    theirs.kill()
    writer = open_writer(theirs.environ["QUEUE_DATABASE_URL"])
    with writer.begin() as conn:  # five minutes without a sign of life
        conn.execute(update(schema.site_lease).where(schema.site_lease.c.site == SITE).values(until=LONG_AGO))
    writer.dispose()
    within(TAKEN_OVER_WITHIN_S, lambda: not is_open(ours), "a site that nobody serves is left")


def _doctor(server: Server) -> str:
    """What ``queue-server doctor`` says; a hall of a test has this and that to be told."""
    try:
        return server.cli("doctor")
    except subprocess.CalledProcessError as error:
        return error.stdout


@pytest.mark.night
def test_control_without_the_lease_the_other_server_closes_the_counter(tmp_path, cluster, end):
    ours, theirs, people = two_halls(tmp_path, cluster, "trust.processes.looks.quick_looks_without_leases")
    end(ours), end(theirs)
    assert people.officers()[0].verb(SITE, "1", "open").status_code == 200
    run_from(ours, NOON)
    looked(ours)
    within(TAKEN_OVER_WITHIN_S, lambda: not is_open(theirs), "closed by a server that does not know the site")
