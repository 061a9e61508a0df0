"""A database host that vanishes: its packets are dropped, nothing is refused or closed. Nobody waits long for it."""

import threading
import time
from dataclasses import replace

import psycopg2
import pytest
from sqlalchemy.exc import DBAPIError

from queue_server.domain.errors import Code, QueueError
from queue_server.operations import doctor
from queue_server.store import engine, limits, postgresql
from queue_server.store.database_errors import code_of
from queue_server.store.health import why_not_ready
from tests.world.cable import Cable
from tests.world.hall import SITE, Hall
from tests.world.halls import copied, prepare

# What a command may take at the most: to wait for its turn, to be connected, to have one answer. And a busy machine.
BEYOND_DOUBT_S = limits.LOCK_WAIT_S + limits.ANSWER_S + 10

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, postgres):
    """MPP Lebak on PostgreSQL."""
    return prepare(tmp_path_factory, postgres)


@pytest.fixture
def cable(postgres):
    """The line to the first host."""
    made = Cable(postgres.port)
    yield made
    made.come_back()
    made.remove()


def hall_over(cable, prepared, folder, second: bool) -> Hall:
    """A hall whose database is reached by the cable, and, if that host is gone, by a second one."""
    told = copied(prepared, folder)
    url = told.server.database_url
    name, port = url.rpartition("/")[2], url.rpartition(":")[2].partition("/")[0]
    hosts = [cable.port, port] if second else [cable.port]
    url = f"postgresql://antrean@/{name}?" + "&".join(f"host=127.0.0.1:{each}" for each in hosts)
    return Hall(folder, replace(told, server=replace(told.server, database_url=url)))


@pytest.fixture
def alone(cable, prepared, tmp_path):
    """A hall with one database host."""
    made = hall_over(cable, prepared, tmp_path / "data", second=False)
    yield made
    made.stop()


@pytest.fixture
def pair(cable, prepared, tmp_path):
    """A hall with two."""
    made = hall_over(cable, prepared, tmp_path / "data", second=True)
    yield made
    made.stop()


def took(act) -> float:
    """How long it takes."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


def refused_as_busy(hall: Hall) -> None:
    """A visitor at the kiosk is asked to wait a moment."""
    with pytest.raises(QueueError) as refused:
        hall.issue("ktp-cetak")
    assert refused.value.code is Code.BUSY


def test_commands_of_a_vanished_host_are_refused_in_time_and_go_on_when_it_is_back(alone, cable):
    alone.issue("ktp-cetak")
    cable.vanish()
    assert took(lambda: refused_as_busy(alone)) < BEYOND_DOUBT_S
    assert took(lambda: refused_as_busy(alone)) < BEYOND_DOUBT_S, "the second time"
    assert why_not_ready(alone.writer) == "busy"
    cable.come_back()
    assert alone.issue("ktp-cetak")
    alone.check_replay()


def test_the_second_host_is_asked_when_the_first_has_vanished(pair, cable):
    """Stopped all commands for 946 s, because the first was waited for until TCP itself had given up."""
    pair.issue("ktp-cetak")
    cable.vanish()
    began = time.monotonic()
    while True:
        try:
            pair.issue("ktp-cetak")
            break
        except QueueError as error:
            assert error.code is Code.BUSY and time.monotonic() < began + 2 * BEYOND_DOUBT_S
    assert time.monotonic() - began < BEYOND_DOUBT_S
    pair.writer.dispose()
    assert took(lambda: pair.issue("ktp-cetak")) < postgresql._EACH_HOST_S, "the silent one is no longer tried first"
    assert pair.read(lambda view: view.revision) == pair.revision


def test_a_host_that_vanishes_between_two_answers_lets_go_of_the_lock(alone, cable, monkeypatch):
    """In the middle of a command, with its row locked and the others waiting behind it."""
    monkeypatch.setattr(limits, "ANSWER_S", 1.5)
    monkeypatch.setattr(engine, "LOCK_WAIT_S", 1.0)
    first, held = [], threading.Event()

    def vanishing(tx):
        cable.vanish()
        held.set()
        tx.conn.exec_driver_sql("SELECT 1")

    def ask() -> None:
        try:
            alone.perform(SITE, vanishing)
        except QueueError as error:
            first.append((error.code, time.monotonic()))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    assert held.wait(60)
    began = time.monotonic()
    refused_as_busy(alone)  # waits for its turn, and not for ever
    asking.join(60)
    assert [code for code, _ in first] == [Code.BUSY]
    assert first[0][1] - began < 1.5 + 10


def test_a_query_under_way_ends_too(alone, cable):
    """Nothing but the kernel's own limits ends it: a report may take its time where there is a database."""

    def query() -> None:
        with alone.reader.connect() as conn, conn.begin():
            conn.exec_driver_sql("SELECT 1")
            cable.vanish()
            conn.exec_driver_sql("SELECT 1")

    began = time.monotonic()
    with pytest.raises(DBAPIError) as broken:
        query()
    assert time.monotonic() - began < 30
    assert code_of(broken.value) is Code.BUSY
    began = time.monotonic()
    with pytest.raises(DBAPIError):
        alone.reader.connect()
    assert time.monotonic() - began < BEYOND_DOUBT_S, "the next one stood in line for it"


def test_the_doctor_and_a_start_say_it_within_half_a_minute(alone, cable):
    cable.vanish()
    began = time.monotonic()
    found = [each.said for each in doctor.examine(alone.settings, alone.folder, lambda: alone.now)]
    assert [line for line in found if f"127.0.0.1:{cable.port} does not answer" in line]
    assert [line for line in found if "free" in line], "the questions about the machine are asked all the same"
    assert time.monotonic() - began < 30
    with pytest.raises(DBAPIError, match="in time"):
        alone.start()


def test_a_server_s_side_lets_go_of_a_client_that_vanished(alone):
    """Its row would else keep all other processes waiting until TCP has given up."""
    with alone.writer.connect() as conn, conn.begin():
        shown = {n: conn.exec_driver_sql(f"SHOW {n}").scalar() for n in ("tcp_user_timeout", "tcp_keepalives_idle")}
        shown |= {n: conn.exec_driver_sql(f"SHOW {n}").scalar() for n in ("statement_timeout", "lock_timeout")}
        left = conn.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
    assert shown == {
        "tcp_user_timeout": "10000",
        "tcp_keepalives_idle": "5",
        "statement_timeout": "6s",
        "lock_timeout": "5s",
    }
    assert left == "10s"


@pytest.mark.parametrize(
    ("parameters", "places"),
    [
        ({}, [{}]),
        ({"host": "a"}, [{}]),
        ({"host": "a,b"}, [{"host": "a"}, {"host": "b"}]),
        ({"host": "a,b", "port": "1"}, [{"host": "a", "port": "1"}, {"host": "b", "port": "1"}]),
        ({"host": "a,b", "port": "1,2"}, [{"host": "a", "port": "1"}, {"host": "b", "port": "2"}]),
        ({"host": "a,b", "port": "1,"}, [{"host": "a", "port": "1"}, {"host": "b", "port": ""}]),
        ({"hostaddr": "127.0.0.1,::1"}, [{"hostaddr": "127.0.0.1"}, {"hostaddr": "::1"}]),
    ],
)
def test_each_host_of_a_url_with_its_port(parameters, places):
    assert postgresql._places(parameters) == places


def test_a_limit_inside_another_cannot_outlast_it():
    assert limits.until() is None
    with limits.within(5):
        outer = limits.until()
        with limits.within(60), limits.each_answer_within(60):
            assert limits.until() == outer
        with limits.within(1):
            assert limits.until() < outer
        assert limits.until() == outer
    assert limits.until() is None


@pytest.mark.night
def test_control_a_driver_that_waits_for_itself_is_noticed(alone, cable):
    """What was before: libpq's ``connect_timeout`` alone, and no word of ours while an answer is due."""
    cable.vanish()
    psycopg2.extensions.set_wait_callback(None)
    try:
        gave_up = threading.Event()
        threading.Thread(target=lambda: (refused_as_busy(alone), gave_up.set()), daemon=True).start()
        assert not gave_up.wait(limits.LOCK_WAIT_S + 2)
    finally:
        psycopg2.extensions.set_wait_callback(postgresql.wait)
        assert gave_up.wait(60)
