"""The schema: migrations make what the code declares, events cannot be changed, a newer database is left alone."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from queue_server.store import engine, migrate, schema


@pytest.fixture
def writer(tmp_path) -> Engine:
    """A database that migrations have just made."""
    made = engine.open_writer(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate.migrate(made)
    yield made
    made.dispose()


def without_triggers(tmp_path) -> Engine:
    """What the code declares, made without migrations."""
    made = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    schema.metadata.create_all(made)
    return made


def test_migrations_make_exactly_the_declared_tables(writer):
    with writer.connect() as conn, conn.begin():
        assert compare_metadata(MigrationContext.configure(conn), schema.metadata) == []


def test_and_exactly_their_indexes_and_keys(writer, tmp_path):
    """Alembic's comparison does not look into partial indexes; the database's own words do."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"

    def indexes(database):
        with database.connect() as conn, conn.begin():
            return {name: " ".join(sql.split()).lower() for name, sql in conn.execute(text(asked))}

    def keys(database):
        seen = inspect(database)
        return {
            name: (seen.get_pk_constraint(name)["constrained_columns"], len(seen.get_unique_constraints(name)))
            for name in schema.metadata.tables
        }

    declared = without_triggers(tmp_path)
    assert indexes(writer) == indexes(declared)
    assert keys(writer) == keys(declared)
    declared.dispose()


def test_the_comparison_notices_a_column_that_no_migration_made(writer):
    with writer.connect() as conn, conn.begin():
        conn.execute(text("ALTER TABLE ticket DROP COLUMN wish"))
        assert compare_metadata(MigrationContext.configure(conn), schema.metadata) != []


def test_head_is_the_newest_migration():
    newest = max(path.name for path in (migrate._FOLDER / "versions").glob("[0-9]*.py"))
    assert newest.startswith(f"{migrate.HEAD}_")


def test_migrating_twice_changes_nothing(writer):
    assert migrate.current(writer) == migrate.HEAD
    migrate.migrate(writer)
    assert migrate.current(writer) == migrate.HEAD


def test_an_empty_database_has_no_version(tmp_path):
    empty = engine.open_writer(f"sqlite:///{tmp_path / 'empty.db'}")
    assert migrate.current(empty) is None
    empty.dispose()


def test_a_newer_database_is_refused_and_left_as_it_is(writer):
    with writer.connect() as conn, conn.begin():
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        conn.commit()
    with pytest.raises(migrate.SchemaTooNew, match="9999"):
        migrate.migrate(writer)
    assert migrate.current(writer) == "9999"


EVENT = (
    "INSERT INTO event (site, epoch, revision, n, at, day, kind, detail, clock_suspect)"
    " VALUES ('lebak', 1, 1, 0, 0, '2026-11-23', 'issued', '{}', 0)"
)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE event SET kind = 'finished'",
        "UPDATE event SET detail = '{}' WHERE revision = 1",
        "DELETE FROM event",
        "REPLACE INTO event SELECT * FROM event",
        "INSERT OR REPLACE INTO event SELECT site, epoch, revision, n, 1, day, kind, ticket, counter, service, officer,"
        ' detail, clock_suspect, "by" FROM event',
    ],
)
def test_events_refuse_to_be_changed(writer, attempt):
    """I-18"""
    with writer.connect() as conn, conn.begin():
        conn.execute(text(EVENT))
        conn.commit()
    with pytest.raises(DBAPIError), writer.connect() as conn, conn.begin():
        conn.execute(text(attempt))
        conn.commit()
    with writer.connect() as conn, conn.begin():
        assert conn.execute(text("SELECT kind, at FROM event")).all() == [("issued", 0)]


def test_a_second_event_of_one_place_in_the_history_is_impossible(writer):
    with writer.connect() as conn, conn.begin():
        conn.execute(text(EVENT))
        with pytest.raises(DBAPIError):
            conn.execute(text(EVENT))
