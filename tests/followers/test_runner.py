"""A follower neither loses nor repeats beyond what it promises, whatever dies; and it keeps nobody waiting."""

import itertools
import time
from collections import Counter
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from queue_server.clock import utc_now
from queue_server.commands import day, officer
from queue_server.domain.errors import Code
from queue_server.followers import FOLLOWERS
from queue_server.followers.batches import BATCH_S
from queue_server.followers.follower import Promise, Writes
from queue_server.followers.runner import LOOK_EVERY_S
from queue_server.store import schema
from tests.followers.following import (
    Died,
    Fate,
    World,
    counted,
    counting,
    expire,
    follow,
    recorded,
    runner,
    standing,
)
from tests.world.hall import DEDI, SARI, SITE, WATI

AGAIN, ONCE = Promise.AGAIN, Promise.ONCE


def work(hall):
    """Some revisions, one of them with several events."""
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(2):
        hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.no_show, "5")
    hall.do(SARI, officer.call_next, "5")


def test_every_revision_is_sent_whole_and_in_order(hall):
    work(hall)
    hall.do(WATI, day.close_day)
    assert len(hall.events()) > len(recorded(hall)), "a revision of several events"
    world = World()
    follow(runner(hall, world.follower(AGAIN)))
    assert world.sent == recorded(hall)
    assert world.events == hall.events()


def test_a_follower_added_later_begins_where_its_promise_says(hall):
    work(hall)
    again, once = World(), World()
    follow(runner(hall, again.follower(AGAIN)))
    follow(runner(hall, once.follower(ONCE)))
    assert (again.sent, once.sent) == (recorded(hall), [])
    hall.issue("ktp-cetak")
    follow(runner(hall, once.follower(ONCE)))
    assert once.sent == recorded(hall)[-1:]


def test_it_is_told_only_of_the_kinds_that_it_asked_for_and_reads_on_behind_the_others(hall):
    work(hall)
    world = World()
    follower = world.follower(AGAIN, "called", "no_show")
    follow(runner(hall, follower))
    assert [e.kind for e in world.events] == ["called", "no_show", "called"]
    assert standing(hall, follower).behind == 0


@pytest.mark.parametrize("promise", [AGAIN, ONCE])
def test_whichever_step_it_dies_at_it_keeps_its_promise(hall, promise):
    """Every statement, every commit and every sending, once each, is the last thing that a process does."""
    world = World()
    follower = world.follower(promise)
    follow(runner(hall, follower))
    for deaths in itertools.count(1):
        before, known = len(world.sent), set(recorded(hall))
        for _ in range(3):
            hall.issue("ktp-cetak")
        expire(hall)
        world.fate = Fate(deaths)
        try:
            follow(runner(hall, follower, f"dies at {deaths}", world.fate))
        except Died:
            expire(hall)
        else:
            break
        world.fate = Fate()
        follow(runner(hall, follower, f"after {deaths}"))
        fresh = [at for at in recorded(hall) if at not in known]
        told = world.sent[before:]
        if promise is AGAIN:
            assert list(dict.fromkeys(told)) == fresh and len(told) <= len(fresh) + 1
        else:
            assert sorted(set(told)) == told and set(told) <= set(fresh) and len(told) >= len(fresh) - 1
    assert deaths > 9, "steps of three revisions"
    assert set(Counter(world.sent).values()) == ({1, 2} if promise is AGAIN else {1})


def test_control_one_that_notes_before_it_sends_loses_and_is_noticed(hall, monkeypatch):
    """An ``again`` that works as a ``once`` does."""
    world = World()
    follow(runner(hall, world.follower(AGAIN)))
    hall.issue("ktp-cetak")
    monkeypatch.setattr(
        "queue_server.followers.runner.Runner._send_again",
        lambda self, *args: type(self)._send_once(self, *args),
    )
    world.fate = Fate(1)  # of the world's own steps: just before it is told
    with pytest.raises(Died):
        follow(runner(hall, world.follower(AGAIN)))
    expire(hall)
    follow(runner(hall, world.follower(AGAIN), "after"))
    assert recorded(hall)[-1] not in world.sent


def test_what_it_writes_is_written_once_whichever_step_it_dies_at(hall):
    follower = counting(hall)
    for deaths in itertools.count(1):
        hall.issue("ktp-cetak")
        hall.issue("ktp-cetak")
        expire(hall)
        try:
            follow(runner(hall, follower, f"dies at {deaths}", Fate(deaths)))
        except Died:
            expire(hall)
        else:
            break
    assert deaths > 6
    assert counted(hall) == {(e.epoch, e.revision, e.n): 1 for e in hall.events()}


def test_what_cannot_be_sent_is_tried_again_and_holds_up_what_comes_after_it(hall):
    world, failures = World(), iter([True, True, False])
    follower = world.follower(AGAIN)
    follow(runner(hall, follower))
    hall.issue("ktp-cetak")
    follower_that_fails = type(follower)("again", AGAIN, lambda r: fail_while(failures) or world.send(r))
    one = runner(hall, follower_that_fails)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            one.step()
    follow(one)
    assert world.sent == recorded(hall)


def fail_while(failures):
    """Raise while the next says so."""
    if next(failures, False):
        raise ConnectionError


def test_at_most_once_goes_on_past_what_could_not_be_sent(hall):
    world, failures = World(), iter([True])
    follower = type(world.follower(ONCE))("once", ONCE, lambda r: fail_while(failures) or world.send(r))
    follow(runner(hall, follower))
    lost, sent = hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    with capture_logs() as log:
        follow(runner(hall, follower))
    assert [e.ticket for e in world.events] == [sent.id] != [lost.id]
    assert "follower_not_sent" in [line["event"] for line in log]


def test_at_most_once_drops_what_is_older_than_a_minute(hall):
    world = World()
    follower = world.follower(ONCE)
    follow(runner(hall, follower))
    hall.issue("ktp-cetak")
    hall.later(seconds=61)
    fresh = hall.issue("ktp-cetak")
    follow(runner(hall, follower))
    assert [e.ticket for e in world.events] == [fresh.id]
    assert standing(hall, follower).behind == 0


# -- one process at a time


def test_only_one_process_runs_it_until_its_lease_is_over(hall):
    here, there = World(), World()
    first, second = runner(hall, here.follower(AGAIN), "first"), runner(hall, there.follower(AGAIN), "second")
    follow(first)
    hall.issue("ktp-cetak")
    assert second.step() is False and not there.sent
    seen = standing(hall, first.follower)
    assert (seen.runner, seen.held, seen.behind) == ("first", True, 1)
    expire(hall)
    with capture_logs() as log:
        follow(second)
    assert there.sent == recorded(hall)[-1:]
    assert {"event": "follower_taken_over", "before": "first"}.items() <= log[0].items()
    assert standing(hall, first.follower).runner == "second"


def test_one_that_was_overtaken_while_it_slept_moves_nothing(hall):
    follower = counting(hall)
    first, second = runner(hall, follower, "first"), runner(hall, follower, "second")
    follow(first)
    hall.issue("ktp-cetak")
    slept = iter([True])

    def stopped_for_long(_: object = None) -> None:
        if next(slept, False):
            expire(hall)
            follow(second)

    first.tell = lambda *_: stopped_for_long()  # between its look and its act
    with capture_logs() as log:
        assert first.step() is False
    assert "follower_overtaken" in [line["event"] for line in log]
    assert counted(hall) == {(e.epoch, e.revision, e.n): 1 for e in hall.events()}


def test_at_most_once_is_not_sent_by_the_overtaken(hall):
    world = World()
    first, second = (runner(hall, world.follower(ONCE), me) for me in ("first", "second"))
    follow(first)
    hall.issue("ktp-cetak")
    first.tell = lambda *_: expire(hall) or follow(second)
    first.step()
    assert world.sent == recorded(hall)[-1:]


# -- nobody waits for it


def test_while_it_sends_commands_go_on(hall):
    """With the lock held, the command inside would be refused as busy."""
    follower = World().follower(AGAIN)
    follow(runner(hall, follower))
    hall.issue("ktp-cetak")
    inside = []
    sends = type(follower)("again", AGAIN, lambda r: inside or inside.append(hall.issue("ktp-cetak")))
    follow(runner(hall, sends))
    assert inside


def test_no_transaction_takes_longer_than_a_batch_and_one_part(hall):
    took, counts = 0.008, []

    def slow(conn):
        time.sleep(took)
        counts[-1] += 1

    follower = Writes("slow", lambda revision: [slow] * 20, lambda conn, site: ())
    one = runner(hall, follower)
    aside = one.aside
    one.aside = lambda: counts.append(0) or aside()
    follow(one)
    assert sum(counts) == len(recorded(hall)) * 20
    assert max(counts) <= BATCH_S / took + 1, "a busy machine does fewer, never more"


def test_while_people_are_at_work_it_does_one_batch_and_rests(hall):
    rests = []
    follower = Writes("slow", lambda revision: [lambda conn: time.sleep(BATCH_S)], lambda conn, site: ())
    one = runner(hall, follower, sleep=rests.append)
    follow(one)
    for _ in range(4):
        hall.issue("ktp-cetak")
    behind = []
    while one.step():
        behind.append(standing(hall, follower).behind)
        if len(behind) < 3:
            hall.issue("ktp-cetak")  # they go on working
    assert behind[:3] == [3, 3, 3] and behind[-1] == 0


def test_a_revision_that_takes_many_batches_is_done_though_people_are_at_work(hall):
    rests, follower = [], Writes("slow", lambda r: [lambda conn: time.sleep(BATCH_S)] * 3, lambda conn, site: ())
    one = runner(hall, follower, sleep=rests.append)
    follow(one)
    hall.issue("ktp-cetak")
    assert one.step() and standing(hall, follower).behind == 0
    assert rests[-2:] == [LOOK_EVERY_S] * 2


def test_while_nothing_may_be_written_it_waits_and_says_so_once(hall):
    one = runner(hall, World().follower(AGAIN), sleep=wake_up_thrice())
    hall.perform.halted = Code.STORAGE_CORRUPT
    with capture_logs() as log, pytest.raises(Died):
        one.run()
    hall.perform.halted = None
    assert [line["event"] for line in log] == ["follower_waits"]


def wake_up_thrice():
    """A sleep that ends the process at its fourth."""
    left = itertools.count(1)

    def sleep(_: float) -> None:
        if next(left) > 3:
            raise Died

    return sleep


def test_a_fault_of_its_own_is_said_with_its_cause_and_hurts_no_command(hall):
    def broken(revision):
        raise ZeroDivisionError

    one = runner(hall, Writes("broken", broken, lambda conn, site: ()), sleep=wake_up_thrice())
    with capture_logs() as log, pytest.raises(Died):
        one.run()
    assert [line["event"] for line in log if line["event"] == "follower_failed"] == ["follower_failed"]
    assert hall.issue("ktp-cetak")
    assert standing(hall, one.follower).behind == len(recorded(hall))


def test_a_database_that_stands_before_what_is_known_is_left_alone_until_it_goes_on(hall):
    world = World()
    follower = world.follower(AGAIN)
    one = runner(hall, follower, known=lambda site: hall.perform.reached.get(site))
    follow(one)
    hall.issue("ktp-cetak")
    epoch, revision = hall.perform.reached[SITE]
    hall.perform.reached[SITE] = (epoch, revision + 3)
    told = len(world.sent)
    assert one.step() is False and len(world.sent) == told
    hall.do(DEDI, officer.open_counter, "6")  # finds it lost, and begins a new epoch
    follow(one)
    assert world.sent == recorded(hall) and world.sent[-1][0] > epoch


def test_the_product_s_followers_have_names_of_their_own_that_fit_the_table():
    names = [follower.name for follower in FOLLOWERS]
    assert len(set(names)) == len(names) and all(len(name) <= 32 for name in names)


def test_a_lease_that_would_last_longer_than_leases_do_is_none(hall):
    """The database's clock was put back: nobody waits for a lease that ends tomorrow."""
    world = World()
    first, second = (runner(hall, world.follower(AGAIN), me) for me in ("first", "second"))
    follow(first)
    with hall.writer.begin() as conn:
        conn.execute(schema.follower.update().values(until=utc_now() + timedelta(days=1)))
    hall.issue("ktp-cetak")
    follow(second)
    assert standing(hall, first.follower).runner == "second"
