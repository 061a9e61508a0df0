"""Statements that go straight to SQLite's driver say and find the same as through SQLAlchemy."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, create_engine, event, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import StaticPool

from queue_server.domain.errors import Code
from queue_server.store import schema
from queue_server.store.database_errors import code_of
from queue_server.store.engine import sqlite_module
from queue_server.store.prepared import Prepared
from tests.world.counting import statements

_e = schema.event.c
KEY = {"site": "mall", "epoch": 1, "revision": 2, "n": 0}
_BY_KEY = [column == bindparam(column.name) for column in (_e.site, _e.epoch, _e.revision, _e.n)]
ALL = Prepared(select(schema.event).where(*_BY_KEY))
NEW = Prepared(insert(schema.event))


@pytest.fixture(scope="module")
def engine():
    """An empty database of our tables."""
    made = create_engine(
        "sqlite://",
        module=sqlite_module(),
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    made.dialect.do_begin = lambda connection: connection.cursor().execute("BEGIN IMMEDIATE")
    schema.metadata.create_all(made)
    yield made
    made.dispose()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS, lambda v: st.lists(v) | st.dictionaries(TEXTS, v)
)
EVENTS = st.fixed_dictionaries(
    {
        "at": MOMENTS,
        "day": st.dates(date(1970, 1, 1)),
        "kind": TEXTS,
        "ticket": st.none() | TEXTS,
        "counter": st.none() | TEXTS,
        "detail": st.dictionaries(TEXTS, JSON),
        "clock_suspect": st.booleans(),
    }
).map(lambda values: KEY | values)


@given(EVENTS)
def test_what_is_written_and_read_is_the_same_as_through_sqlalchemy(engine, values):
    with engine.connect() as conn:
        assert NEW.run(conn, values) == 1
        ours = ALL.first(conn, KEY)
        (theirs,) = conn.execute(ALL.statement, KEY).all()
        assert tuple(ours) == tuple(theirs) and {name: getattr(theirs, name) for name in values} == values
        conn.rollback()
        conn.execute(NEW.statement, values)
        assert ALL.first(conn, KEY) == ours
        conn.rollback()


def example(**values) -> dict:
    """An event like any other."""
    now = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
    facts = {"at": now, "day": now.date(), "kind": "issued", "detail": {}, "clock_suspect": False}
    return KEY | facts | values


def test_a_write_is_in_the_transaction_at_hand_and_one_begins_where_there_is_none(engine):
    with engine.connect() as conn:
        NEW.run(conn, example())
        assert conn.in_transaction() and ALL.first(conn, KEY)
        conn.rollback()
        assert ALL.rows(conn, KEY) == []
    with engine.connect() as conn:
        conn.execute(NEW.statement, example())
        changed = Prepared(
            update(schema.event).where(_e.site == bindparam("of")).values(n=_e.n + 7).returning(_e.n, _e.day)
        )
        assert changed.first(conn, {"of": "mall"}) == [7, example()["day"]]
        assert changed.run(conn, {"of": "another"}) == 0
        conn.rollback()


def test_a_single_look_is_a_snapshot_by_itself_and_leaves_no_transaction_behind(engine):
    with engine.begin() as conn:
        NEW.run(conn, example(ticket="t"))
    assert ALL.first(engine, KEY | {"n": 1}) is None
    found = ALL.first(engine, KEY)
    with engine.connect() as conn:
        assert not conn.connection.dbapi_connection.in_transaction
        assert ALL.first(conn, KEY) == found and found[7] == "t"
        assert conn.connection.dbapi_connection.in_transaction
    with engine.begin() as conn:
        conn.execute(schema.event.delete())


def test_an_error_of_the_driver_is_told_in_sqlalchemy_s_words(engine):
    with engine.connect() as conn:
        NEW.run(conn, example())
        with pytest.raises(IntegrityError, match="UNIQUE") as told:
            NEW.run(conn, example())
        assert told.value.statement.startswith("INSERT INTO event") and "mall" in told.value.params
        assert code_of(told.value) is None
        conn.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(DBAPIError) as told:
            NEW.run(conn, example(n=1))
        assert code_of(told.value) is Code.STORAGE_FULL
        conn.exec_driver_sql("PRAGMA query_only=OFF")
        conn.rollback()


def test_whoever_listens_to_statements_hears_it_before_it_is_sent(engine):
    with statements() as asked, engine.connect() as conn:
        ALL.rows(conn, KEY)
        ALL.rows(engine, KEY)
        assert len(asked) == 2 and asked[0].startswith("SELECT event.site")

    def refuse(*_):
        raise RuntimeError("the plug is pulled")

    event.listen(engine, "before_cursor_execute", refuse)
    try:
        with engine.connect() as conn, pytest.raises(RuntimeError):
            NEW.run(conn, example())
    finally:
        event.remove(engine, "before_cursor_execute", refuse)
    assert ALL.first(engine, KEY) is None


def test_a_list_of_any_length_is_refused_since_its_text_is_never_the_same(engine):
    with pytest.raises(ValueError, match="any length"):
        Prepared(select(_e.n).where(_e.kind.in_(["issued", "called"]))).rows(engine, {})


def test_a_value_that_is_missing_is_a_mistake(engine):
    with pytest.raises(KeyError):
        ALL.rows(engine, {"site": "mall"})


def test_a_naive_instant_is_a_mistake(engine):
    naive = example()["at"].replace(tzinfo=None)
    with engine.connect() as conn, pytest.raises(TypeError):
        NEW.run(conn, example(at=naive))
