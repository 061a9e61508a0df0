"""How the database is opened: durable, one writer, readers that cannot write and see one moment."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from queue_server.store import engine, migrate


@pytest.fixture
def url(tmp_path) -> str:
    """A migrated database."""
    made = f"sqlite:///{tmp_path / 'queue.db'}"
    writer = engine.open_writer(made)
    migrate.migrate(writer)
    writer.dispose()
    return made


@pytest.fixture
def both(url):
    """A writer and a reader of it."""
    writer, reader = engine.open_writer(url), engine.open_reader(url)
    yield writer, reader
    writer.dispose()
    reader.dispose()


def pragma(of, name):
    """A pragma's value on a connection of the engine."""
    with of.connect() as conn:
        return conn.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_commit_survives_the_power_cut_that_follows_it(both):
    assert [pragma(e, "journal_mode") for e in both] == ["wal", "wal"]
    assert pragma(both[0], "synchronous") == 2, "FULL: NORMAL may lose acknowledged tickets"


def test_a_reader_cannot_write(both):
    with pytest.raises(DBAPIError), both[1].connect() as conn, conn.begin():
        conn.execute(text("UPDATE site SET revision = 0"))


def test_a_reader_sees_one_moment_however_long_it_looks(both):
    """I-11: what is committed meanwhile is not seen, and nobody waits for anybody."""
    writer, reader = both
    insert = (
        "INSERT INTO site (id, revision, epoch, last_call, day_closed, weights, name)"
        " VALUES ('a', 1, 1, 0, 0, '{}', 'A')"
    )
    with writer.connect() as conn, conn.begin():
        conn.execute(text(insert))
        conn.commit()
    with reader.connect() as seeing, seeing.begin():
        assert seeing.execute(text("SELECT revision FROM site")).scalar() == 1
        with writer.connect() as conn, conn.begin():
            conn.execute(text("UPDATE site SET revision = 2"))
            conn.commit()
        assert seeing.execute(text("SELECT revision FROM site")).scalar() == 1
    with reader.connect() as seeing, seeing.begin():
        assert seeing.execute(text("SELECT revision FROM site")).scalar() == 2


def test_two_writers_of_different_processes_take_turns(url, both):
    """Another process's lock is waited for by sleeping, so that green threads go on meanwhile."""
    writer, _ = both
    other = engine.open_writer(url)
    holding, slept = other.connect(), []
    holding.begin()
    holding.execute(text("UPDATE site SET revision = 0"))

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            holding.close()

    connection = engine.begin(writer, sleep)
    connection.close()
    assert len(slept) == 3
    other.dispose()


def test_after_a_while_a_held_database_is_given_up_on(url, both):
    other = engine.open_writer(url)
    with other.connect() as conn, conn.begin():
        conn.execute(text("UPDATE site SET revision = 0"))
        with pytest.raises(DBAPIError, match="locked"):
            engine.begin(both[0], lambda seconds: None, wait_s=0.05)
    other.dispose()
