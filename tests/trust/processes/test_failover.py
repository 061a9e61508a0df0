"""Fault 23: a standby that lagged takes over. All it never heard is lost; that is noticed, said and lived with."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.trust.processes.hall import Processes, within
from tests.world.ledger import check_replay, history
from tests.world.people import SITE
from tests.world.postgres import Postgres
from tests.world.pulse import Pulse
from tests.world.server import PATIENCE_S, Server

COUNTERS = {"1": ["talk"]}
KEPT, LOST = 3, 4  # visitors before and after the standby was cut off
NOTICED_S = 15.0


@dataclass
class Pair:
    """A PostgreSQL and the standby that follows it."""

    first: Postgres
    standby: Postgres

    def url(self, database: str) -> str:
        """Both, as libpq takes them: whichever can be written to."""
        hosts = "&".join(f"host=127.0.0.1:{each.port}" for each in (self.first, self.standby))
        return f"postgresql://antrean@/{database}?{hosts}&target_session_attrs=read-write"

    def fail_over(self) -> None:
        """The first is gone for ever; the standby goes on with what it has."""
        self.first.end()
        self.standby.promote()


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two clusters of which one follows the other."""
    first = Postgres().start()
    standby = Postgres(of=first).start()
    yield Pair(first, standby)
    standby.remove()
    first.remove()


def numbers_before_the_end(hall: Processes, pair: Pair) -> list[str]:
    """Visitors take numbers while the standby follows, and more when it does not any more; all their numbers."""
    kiosks = [hall.at(n).kiosks()[0] for n in range(len(hall.servers))]

    def issue(count: int) -> list[str]:
        told = [kiosks[n % len(kiosks)].issue(SITE, "talk").json() for n in range(count)]
        for wall in hall.screens:
            wall.hear("board", lambda b: b["revision"] >= told[-1]["revision"])
        return [ticket["number"] for ticket in told]

    kept = issue(KEPT)
    within(60, lambda: pair.standby.position() == pair.first.position(), "the standby's following")
    pair.standby.cut_off()
    return kept + issue(LOST)


def failed_over(open_processes: Callable[..., Processes], pair: Pair, **options: str) -> tuple[Processes, list[str]]:
    """A hall of two processes after the failover; the numbers that visitors hold."""
    database = pair.first.create()
    within(60, lambda: pair.standby.position() == pair.first.position(), "the standby's following")
    hall = open_processes(COUNTERS, {"QUEUE_DATABASE_URL": pair.url(database), **options}, officers=1, kiosks=2).start()
    for n in range(len(hall.servers)):
        hall.screen(n, {"screen": "wall"})
    held = numbers_before_the_end(hall, pair)
    pair.fail_over()
    return hall, held


def new_number(hall: Processes) -> str:
    """What the next visitor is given, as soon as the database answers again."""
    kiosk = hall.at(1).kiosks()[1]
    return within(PATIENCE_S, lambda: (a := kiosk.issue(SITE, "talk")).ok and a.json()["number"], "a number")


def test_commits_that_a_standby_never_heard_are_missed_at_once_and_their_numbers_not_given_again(open_processes, pair):
    hall, held = failed_over(open_processes, pair)
    before = hall.screens[0].documents("board")[-1]
    assert before["revision"] > KEPT + LOST
    with Pulse(*hall.servers) as pulse:
        began = pulse.now()
        for wall in hall.screens:  # at every process: a new history, taken although its revisions are lower
            fresh = wall.hear("board", lambda b: b["epoch"] != before["epoch"])
            assert fresh["revision"] < before["revision"]
        assert pulse.now() - began < NOTICED_S
    assert new_number(hall) not in held
    (lost,) = [e.detail["lost"] for e in history(hall.servers[0], SITE) if e.kind == "restored"]
    assert lost["known"] - lost["after"] == LOST and lost["known"] == before["revision"]
    said = "".join((s.data.parent / f"{s.data.name}.log").read_text() for s in hall.servers)
    assert '"event": "data_lost"' in said
    assert f"{LOST} changes" in doctor(hall.servers[0])
    check_replay(hall.servers[0], SITE)


def doctor(server: Server) -> str:
    """What ``queue-server doctor`` says."""
    try:
        return server.cli("doctor")
    except Exception as error:  # it exits 1 when anything is bad; a test's machine has no backups
        return error.stdout


@pytest.mark.night
def test_the_doctor_warns_of_a_standby_that_nobody_waits_for(open_processes, pair):
    hall = open_processes(COUNTERS, {"QUEUE_DATABASE_URL": pair.url(pair.first.create())}, processes=1)
    assert "waits for no standby" in doctor(hall.servers[0])


@pytest.mark.night
def test_control_without_the_watch_a_number_is_given_twice(open_processes, pair):
    hall, held = failed_over(open_processes, pair, TEST_SABOTAGE="blind_to_loss")
    assert new_number(hall) in held


def test_an_old_file_put_back_by_hand_is_noticed_at_the_start_and_gives_no_number_again(open_hall):
    people = open_hall(COUNTERS)
    data, kiosk = people.server.data, people.kiosks()[0]
    assert kiosk.issue(SITE, "talk").ok
    people.server.stop()
    shutil.copy(data / "queue.db", data / "old.db")
    people.server.start()
    held = kiosk.issue(SITE, "talk").json()
    people.server.stop()
    shutil.move(data / "old.db", data / "queue.db")
    people.server.start()
    assert kiosk.issue(SITE, "talk").json()["number"] == "A1001" != held["number"]
    check_replay(people.server, SITE)
